"""From a document's plain rows to the table of its events, and to the columns that each clock draws.

All at once or only some events; by arithmetic on whole columns, nothing for a single event. Rows may name
others that are not there: they are read in several steps, between which the document may change.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from viewer.frozen import dataclass
from viewer.storage import column_queries as queries
from viewer.storage.reader import Reader
from viewer.timeline.columns import NEG_INF, POS_INF, Columns
from viewer.timeline.distinct import distinct
from viewer.timeline.event_table import (
    DATED,
    DISPUTED,
    OPEN_HI,
    OPEN_LO,
    SAID,
    SAID_OPEN_HI,
    SAID_OPEN_LO,
    EventTable,
    Postings,
)

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
Progress = Callable[[int], None]
"""Told how many events were read so far; what it raises ends the reading."""


@dataclass(frozen=True, slots=True, eq=False)
class Dates:
    """Fuzzy dates as columns; `marks` are the flags of `column_queries`."""

    start_lo: Numbers
    start_hi: Numbers
    end_lo: Numbers
    end_hi: Numbers
    marks: Numbers

    @property
    def is_known(self) -> Flags:
        """Whether a date has an earliest or a latest bound."""
        known: Flags = (self.start_lo != NEG_INF) | (self.end_hi != POS_INF)
        return known

    def at(self, places: Numbers) -> Dates:
        """Return the dates at some places; at -1 none is known."""
        there, dates = places >= 0, Dates.unknown(len(places))
        for mine, theirs in zip(dates.columns(), self.columns(), strict=True):
            mine[there] = theirs[places[there]]
        return dates

    def joined(self, others: Dates) -> Dates:
        """Return these dates, and others after them."""
        return Dates.of(np.concatenate(pair) for pair in zip(self.columns(), others.columns(), strict=True))

    @classmethod
    def unknown(cls, count: int) -> Dates:
        """Return so many dates of which nothing is known."""
        values = (NEG_INF, POS_INF, NEG_INF, POS_INF, 0)
        return cls.of(np.full(count, value, dtype=np.int64) for value in values)

    @classmethod
    def of(cls, columns: Iterable[Numbers]) -> Dates:
        """Return the dates of columns in order."""
        start_lo, start_hi, end_lo, end_hi, marks = columns
        return cls(start_lo, start_hi, end_lo, end_hi, marks)

    def columns(self) -> tuple[Numbers, ...]:
        """Return the columns in order."""
        return self.start_lo, self.start_hi, self.end_lo, self.end_hi, self.marks


@dataclass(frozen=True, slots=True, eq=False)
class Tabulated:
    """The table of some events, and their dates by either clock.

    `published` are dates of sources, `first` says which of them is the one in which each event was first told.
    """

    table: EventTable
    happened: Dates
    published: Dates
    first: Numbers

    def columns(self, *, by_publication: bool) -> Columns:
        """Return the events that have a date by a clock, their kinds as lanes."""
        dates, table = self.published.at(self.first) if by_publication else self.happened, self.table
        dated = np.flatnonzero(dates.is_known)
        marks = dates.marks[dated]
        kinds = table.kind[dated]
        return Columns(
            ids=table.ids[dated],
            kind=kinds,
            lane=kinds.astype(np.int32),
            start_lo=dates.start_lo[dated],
            start_hi=dates.start_hi[dated],
            end_lo=dates.end_lo[dated],
            end_hi=dates.end_hi[dated],
            span=(marks & queries.LASTS) != 0,
            open_lo=(marks & queries.OPEN_LO) != 0,
            open_hi=(marks & queries.OPEN_HI) != 0,
            blurred=(marks & queries.BLURRED) != 0,
            disputed=(table.flags[dated] & DISPUTED) != 0,
            records=dated.astype(np.int32),
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Claims:
    """Claims of events that are there: where event and source stand, and by when the source was out."""

    records: Numbers
    sources: Numbers
    source_ids: Numbers
    known: Numbers
    disputes: Flags
    retracted: Flags


def tabulated(
    reader: Reader,
    kinds: Sequence[int],
    events: Collection[int] | None = None,
    progress: Progress = lambda done: None,
) -> Tabulated:
    """Read events: those with these ids, or all. `kinds`: the ids of the document's kinds, rising.

    Raises:
        ReadError: the document cannot be read.
    """
    columns, titles = _events(reader, events, progress)
    ids, kind_ids, start_lo, start_hi, end_lo, end_hi, marks, places, origins, lengths = columns
    happened = Dates(start_lo, start_hi, end_lo, end_hi, marks)
    claims, published = _claims(reader, ids, events)
    first = _first_told(claims, len(ids))
    said = published.at(first)
    position = np.searchsorted(np.array(kinds, dtype=np.int64), kind_ids)
    table = EventTable.of(
        ids=ids,
        kind=np.minimum(position, max(0, len(kinds) - 1)).astype(np.int16),
        flags=_flags(happened, said, claims),
        start_lo=happened.start_lo,
        end_hi=happened.end_hi,
        said_lo=said.start_lo,
        said_hi=said.end_hi,
        known_from=_known_from(claims, len(ids)),
        disputed_from=_earliest(claims, claims.disputes & ~claims.retracted, len(ids)),
        not_later_than=said.end_hi,
        title_ends=np.cumsum(lengths, dtype=np.int64),
        titles=np.frombuffer(titles, dtype=np.uint8),
        postings=_postings(reader, ids, events, (places, origins), claims),
    )
    return Tabulated(table, happened, published, first)


def _events(
    reader: Reader, events: Collection[int] | None, progress: Progress
) -> tuple[list[Numbers], bytearray]:
    titles = bytearray()
    expected = reader.event_count() if events is None else len(events)

    def chunks() -> Iterable[queries.Chunk]:
        done = 0
        for chunk, some in queries.events_in_chunks(reader, events):
            titles.extend(some)
            done += len(chunk[0])
            progress(done)
            yield chunk

    return _joined(chunks(), 10, expected), titles


def _claims(reader: Reader, ids: Numbers, events: Collection[int] | None) -> tuple[_Claims, Dates]:
    """Return the claims of events, in order of id, and when their sources were published."""
    chunks = queries.claims_in_chunks(reader, events)
    _, event_ids, source_ids, disputes, retracted = _joined(chunks, 5, 2 * len(ids))
    asked = None if events is None else distinct(source_ids).tolist()
    own_ids, *columns = _joined(queries.sources_in_chunks(reader, asked), 6)
    records, sources = _places(ids, event_ids), _places(own_ids, source_ids)
    there = (records >= 0) & (sources >= 0)
    dates = Dates.of(columns)
    found = _Claims(
        records[there],
        sources[there],
        source_ids[there],
        dates.end_hi[sources[there]],
        disputes[there] != 0,
        retracted[there] != 0,
    )
    return found, dates


def _first_told(claims: _Claims, events: int) -> Numbers:
    """Return the source in which each event was first said to be, -1 without a dated one.

    A source that disputes an event says nothing of when it was over, and a retracted claim nothing at all.
    """
    telling = np.flatnonzero(~claims.retracted & ~claims.disputes & (claims.known != POS_INF))
    records, sources = claims.records[telling], claims.sources[telling]
    order = np.lexsort((claims.known[telling], records))  # stable: of two on one day, the older claim
    records, sources = records[order], sources[order]
    first = np.ones(len(records), dtype=np.bool_)
    first[1:] = records[1:] != records[:-1]
    found = np.full(events, -1, dtype=np.int64)
    found[records[first]] = sources[first]
    return found


def _known_from(claims: _Claims, events: int) -> Numbers:
    """Return from when each event was known: always if nothing is claimed of it.

    A retracted claim counts only where an event has no other.
    """
    everything = np.ones(len(claims.records), dtype=np.bool_)
    standing = ~claims.retracted
    known = np.full(events, NEG_INF, dtype=np.int64)
    for counted in (everything, standing):
        some = np.zeros(events, dtype=np.bool_)
        some[claims.records[counted]] = True
        known[some] = _earliest(claims, counted, events)[some]
    return known


def _earliest(claims: _Claims, counted: Flags, events: int) -> Numbers:
    """Return by when the first of some claims of each event was out; POS_INF where none ever was."""
    found = np.full(events, POS_INF, dtype=np.int64)
    np.minimum.at(found, claims.records[counted], claims.known[counted])
    return found


def _flags(happened: Dates, said: Dates, claims: _Claims) -> NDArray[np.uint8]:
    flags = np.zeros(len(happened.marks), dtype=np.uint8)
    for dates, known, open_lo, open_hi in (
        (happened, DATED, OPEN_LO, OPEN_HI),
        (said, SAID, SAID_OPEN_LO, SAID_OPEN_HI),
    ):
        flags[dates.is_known] |= known
        flags[(dates.marks & queries.OPEN_LO) != 0] |= open_lo
        flags[(dates.marks & queries.OPEN_HI) != 0] |= open_hi
    flags[claims.records[claims.disputes & ~claims.retracted]] |= DISPUTED
    return flags


def _postings(
    reader: Reader,
    ids: Numbers,
    events: Collection[int] | None,
    places: tuple[Numbers, Numbers],
    claims: _Claims,
) -> Mapping[str, Postings]:
    found: dict[str, Postings] = {}
    for part in ("actor", "tag"):
        _, event_ids, keys = _joined(queries.parts_in_chunks(reader, part, events), 3, 2 * len(ids))
        records = _places(ids, event_ids)
        there = records >= 0
        found[part] = Postings.of(keys[there], records[there].astype(np.int32))
    everywhere = np.concatenate(places)
    named = np.flatnonzero(everywhere)
    found["place"] = Postings.of(everywhere[named], (named % max(1, len(ids))).astype(np.int32))
    found["source"] = Postings.of(claims.source_ids, claims.records.astype(np.int32))
    return found


def _joined(chunks: Iterable[queries.Chunk], width: int, expected: int = 0) -> list[Numbers]:
    """Return chunks of columns as one array for each column.

    Each chunk is copied to its place at once; room for more than are `expected` is made as it is needed, and
    room that is not needed costs nothing.
    """
    size = 0
    columns = [np.empty(expected, dtype=np.int64) for _ in range(width)]
    for chunk in chunks:
        more = size + len(chunk[0])
        if more > len(columns[0]):
            columns = [np.resize(column, more + more // 2) for column in columns]
        for column, part in zip(columns, chunk, strict=True):
            column[size:more] = np.frombuffer(part, dtype=np.int64)
        size = more
    return [column[:size] for column in columns]


def _places(sorted_ids: Numbers, wanted: Numbers) -> Numbers:
    """Return where each of some ids stands among others, which are rising; -1 where it does not."""
    if not len(sorted_ids):
        return np.full(len(wanted), -1, dtype=np.int64)
    found = np.minimum(np.searchsorted(sorted_ids, wanted), len(sorted_ids) - 1)
    return np.where(sorted_ids[found] == wanted, found, -1)
