"""All events of a document as columns, one record for each, in order of id: what lists and filters read.

The table itself never changes, and may lie in a file that is mapped into memory. The few events that were
edited since stand in a second, small table: see `events.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.frozen import dataclass
from viewer.timeline.distinct import distinct, is_first
from viewer.timeline.segments import joined
from viewer.timeline.time_order import TimeKeys

if TYPE_CHECKING:
    from typing import Self

Times = NDArray[np.int64]
Records = NDArray[np.int32]

DATED, DISPUTED, OPEN_LO, OPEN_HI, SAID, SAID_OPEN_LO, SAID_OPEN_HI = (1 << bit for bit in range(7))
"""What the flags of a record say: when it happened is known; some claim disputes it; its first or last bound is
open; SAID...: the same of when it was first said."""

_COLUMNS = (
    "ids", "kind", "flags", "start_lo", "end_hi", "said_lo", "said_hi", "known_from", "disputed_from",
    "not_later_than",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """Which records have which keys: those of keys[i] are records[bounds[i]:bounds[i + 1]]; keys are rising."""

    keys: Times
    bounds: Times
    records: Records

    @classmethod
    def of(cls, keys: Times, records: Records) -> Postings:
        """Return the postings of pairs of a key and a record, in any order; pairs may come twice."""
        order = np.lexsort((records, keys))
        keys, records = keys[order], records[order]
        fresh = np.ones(len(keys), dtype=np.bool_)
        fresh[1:] = (keys[1:] != keys[:-1]) | (records[1:] != records[:-1])
        keys, records = keys[fresh], records[fresh]
        first = np.flatnonzero(is_first(keys))
        bounds = np.append(first, len(keys)).astype(np.int64)
        return cls(keys[first].astype(np.int64), bounds, records.astype(np.int32))

    def records_of(self, keys: Times) -> Records:
        """Return the records that have one of the keys, each as often as it has."""
        wanted = distinct(np.asarray(keys, dtype=np.int64))
        place = np.searchsorted(self.keys, wanted)
        there = place < len(self.keys)
        there[there] = self.keys[place[there]] == wanted[there]
        place = place[there]
        found: Records = self.records[joined(self.bounds[place], self.bounds[place + 1])]
        return found

    def pairs(self) -> tuple[Times, Records]:
        """Return a key for each of the records, and these."""
        return np.repeat(self.keys, np.diff(self.bounds)), self.records


@dataclass(frozen=True, eq=False)
class EventTable:
    """A record for each event, dated or not. Times are whole seconds, both bounds inclusive.

    Attributes:
        ids: rising.
        kind: position in the document's list of kinds.
        flags: DATED and so on.
        start_lo, end_hi: when it happened; NEG_INF and POS_INF where open or not known.
        said_lo, said_hi: when it was first said, in the same way.
        known_from: from when on something that is said of it was known; NEG_INF always, POS_INF never.
        disputed_from: from when on a claim disputes it; POS_INF never.
        not_later_than: by when its first publication was out; POS_INF where not known.
        title_ends, titles: titles as UTF-8, one after the other, and where each ends.
        by_time, by_publication: records in order of time by either clock, undated ones last.
        postings: which records have which keys, by "actor", "place", "source" and "tag".
    """

    ids: Times
    kind: NDArray[np.int16]
    flags: NDArray[np.uint8]
    start_lo: Times
    end_hi: Times
    said_lo: Times
    said_hi: Times
    known_from: Times
    disputed_from: Times
    not_later_than: Times
    title_ends: Times
    titles: NDArray[np.uint8]
    by_time: Records
    by_publication: Records
    postings: Mapping[str, Postings]

    @classmethod
    def of(
        cls,
        *,
        ids: Times,
        kind: NDArray[np.int16],
        flags: NDArray[np.uint8],
        start_lo: Times,
        end_hi: Times,
        said_lo: Times,
        said_hi: Times,
        known_from: Times,
        disputed_from: Times,
        not_later_than: Times,
        title_ends: Times,
        titles: NDArray[np.uint8],
        postings: Mapping[str, Postings],
    ) -> Self:
        """Return the table of these columns, in order of id, with the orders of time worked out."""
        happened, said = (
            TimeKeys.of(
                ids,
                bounds,
                (flags & dated) != 0,
                ((flags & open_lo) != 0, (flags & open_hi) != 0),
            ).order()
            for bounds, dated, open_lo, open_hi in (
                ((start_lo, end_hi), DATED, OPEN_LO, OPEN_HI),
                ((said_lo, said_hi), SAID, SAID_OPEN_LO, SAID_OPEN_HI),
            )
        )
        return cls(
            ids, kind, flags, start_lo, end_hi, said_lo, said_hi, known_from, disputed_from, not_later_than,
            title_ends, titles, happened, said, postings,
        )  # fmt: skip

    @classmethod
    def empty(cls) -> Self:
        """Return a table without events."""
        times = np.empty(0, dtype=np.int64)
        return cls.of(
            ids=times, kind=times.astype(np.int16), flags=times.astype(np.uint8),
            start_lo=times, end_hi=times, said_lo=times, said_hi=times,
            known_from=times, disputed_from=times, not_later_than=times,
            title_ends=times, titles=times.astype(np.uint8), postings={},
        )  # fmt: skip

    def __len__(self) -> int:
        return len(self.ids)

    def records(self, ids: Times) -> Records:
        """Return the records of those of the events that are there, in the order of `ids`."""
        ids = np.asarray(ids, dtype=np.int64)
        if not len(self.ids):
            return np.empty(0, dtype=np.int32)
        first, last = int(self.ids[0]), int(self.ids[-1])
        ids = ids[(ids >= first) & (ids <= last)]
        if last - first + 1 == len(self.ids):  # nothing was ever deleted: no need to search
            return (ids - np.int64(first)).astype(np.int32)
        place = np.searchsorted(self.ids, ids).astype(np.int32)
        found: Records = place[self.ids[place] == ids]
        return found

    def record(self, event: int) -> int | None:
        """Return the record of an event; None when it is not there."""
        # As `records`, but without arrays of one: each title of a frame asks.
        if not len(self.ids):
            return None
        first, last = int(self.ids[0]), int(self.ids[-1])
        if not first <= event <= last:
            return None
        if last - first + 1 == len(self.ids):
            return event - first
        place = int(self.ids.searchsorted(np.int64(event)))
        return place if int(self.ids[place]) == event else None

    def title(self, record: int) -> str:
        """Return the title of a record."""
        begin = int(self.title_ends[record - 1]) if record else 0
        return bytes(self.titles[begin : int(self.title_ends[record])]).decode("utf-8", "replace")

    def keys(self, records: Records | None = None, *, by_publication: bool) -> TimeKeys:
        """Return what some records (None: all) are put in order of time by."""
        names = ("said_lo", "said_hi") if by_publication else ("start_lo", "end_hi")
        dated, open_lo, open_hi = (
            (SAID, SAID_OPEN_LO, SAID_OPEN_HI) if by_publication else (DATED, OPEN_LO, OPEN_HI)
        )
        at = slice(None) if records is None else records
        lo, hi = (getattr(self, name)[at] for name in names)
        flags = self.flags[at]
        opened = (flags & open_lo) != 0, (flags & open_hi) != 0
        return TimeKeys.of(self.ids[at], (lo, hi), (flags & dated) != 0, opened)

    def undated(self, *, by_publication: bool) -> Records:
        """Return the records without a date by a clock, in order of id; looked up once."""
        return self._unsaid if by_publication else self._undated

    @cached_property
    def _undated(self) -> Records:
        return np.sort(self.by_time[self.dated_of(self.by_time, by_publication=False) :])

    @cached_property
    def _unsaid(self) -> Records:
        return np.sort(self.by_publication[self.dated_of(self.by_publication, by_publication=True) :])

    def dated_of(self, order: Records, *, by_publication: bool) -> int:
        """Return how many of some records have a date by a clock; they are in order of time by it."""
        lo, hi, flag = 0, len(order), SAID if by_publication else DATED
        while lo < hi:
            middle = (lo + hi) // 2
            if int(self.flags[order[middle]]) & flag:
                lo = middle + 1
            else:
                hi = middle
        return lo

    @cached_property
    def kinds_count(self) -> Times:
        """How many events there are of each kind, up to the last that has any."""
        return np.bincount(self.kind, minlength=1).astype(np.int64)

    def chosen(self, records: Records) -> EventTable:
        """Return a table of some records alone; they are rising."""
        begins = (
            np.where(records > 0, self.title_ends[records - 1], 0) if len(records) else self.title_ends[:0]
        )
        ends = self.title_ends[records]
        postings = {name: _chosen(each, records) for name, each in self.postings.items()}
        return EventTable.of(
            **{name: getattr(self, name)[records] for name in _COLUMNS},
            title_ends=np.cumsum(ends - begins),
            titles=self.titles[joined(begins, ends)],
            postings=postings,
        )

    def with_others(self, others: EventTable) -> EventTable:
        """Return a table of these events and others, none of which is in both."""
        ids = np.concatenate((self.ids, others.ids))
        place = np.argsort(np.argsort(ids, kind="stable"), kind="stable").astype(np.int32)
        shifted = (place[: len(self)], place[len(self) :])
        postings = {
            name: _joined(
                [
                    (table.postings.get(name), moved)
                    for table, moved in zip((self, others), shifted, strict=True)
                ]
            )
            for name in {*self.postings, *others.postings}
        }
        titles = [table.title(record) for table in (self, others) for record in range(len(table))]
        order = np.argsort(ids, kind="stable")
        encoded = [titles[at].encode() for at in order.tolist()]
        return EventTable.of(
            **{
                name: np.concatenate((getattr(self, name), getattr(others, name)))[order] for name in _COLUMNS
            },
            title_ends=np.cumsum([len(title) for title in encoded], dtype=np.int64),
            titles=np.frombuffer(b"".join(encoded), dtype=np.uint8),
            postings=postings,
        )

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all arrays by name, for a file."""
        names = (*_COLUMNS, "title_ends", "titles", "by_time", "by_publication")
        found = {name: getattr(self, name) for name in names}
        for group, postings in self.postings.items():
            for name in ("keys", "bounds", "records"):
                found[f"postings/{group}/{name}"] = getattr(postings, name)
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Return the table whose `arrays` these are.

        Raises:
            KeyError: an array is missing.
        """
        names = (*_COLUMNS, "title_ends", "titles", "by_time", "by_publication")
        groups = sorted({name.split("/")[1] for name in arrays if name.startswith("postings/")})
        postings = {
            group: Postings(*(arrays[f"postings/{group}/{name}"] for name in ("keys", "bounds", "records")))
            for group in groups
        }
        return cls(**{name: arrays[name] for name in names}, postings=postings)


def packed_titles(titles: Sequence[str]) -> tuple[Times, NDArray[np.uint8]]:
    """Return `title_ends` and `titles` of a table."""
    encoded = [title.encode("utf-8", "replace") for title in titles]
    ends = np.cumsum([len(title) for title in encoded], dtype=np.int64)
    return ends, np.frombuffer(b"".join(encoded), dtype=np.uint8)


def _chosen(postings: Postings, records: Records) -> Postings:
    keys, found = postings.pairs()
    place = np.searchsorted(records, found)
    there = place < len(records)
    there[there] = records[place[there]] == found[there]
    return Postings.of(keys[there], place[there].astype(np.int32))


def _joined(parts: list[tuple[Postings | None, Records]]) -> Postings:
    pairs = [(each.pairs()[0], moved[each.records]) for each, moved in parts if each is not None]
    return Postings.of(np.concatenate([keys for keys, _ in pairs]), np.concatenate([at for _, at in pairs]))
