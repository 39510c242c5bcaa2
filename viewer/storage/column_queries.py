"""What the timeline's columns are made of: plain numbers, in chunks, each read by a query of its own.

A chunk takes about ten milliseconds, so a commit never waits for long. What changes between two chunks is read
again by whoever catches up with the log; so a row may name another that is not there any more.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from viewer.storage.reader import Reader

UNKNOWN_LO = -(2**63)
"""In place of an earliest bound that is open or unknown."""

UNKNOWN_HI = 2**63 - 1
"""In place of a latest bound that is open or unknown."""

OPEN_LO, OPEN_HI, LASTS, BLURRED = 1, 2, 4, 8
"""Flags of a date: open at its beginning, at its end; a span or a set of dates; approximate or uncertain."""

_CHUNK = 4_000
_ASKED = 500  # ids a query; well below SQLite's limit of variables

Chunk = Sequence["array[int]"]


def _date(prefix: str) -> str:
    """Return the columns of a date: four bounds and its flags."""
    p = prefix
    return f"""ifnull({p}_start_lo, {UNKNOWN_LO}), ifnull({p}_start_hi, {UNKNOWN_HI}),
        ifnull({p}_end_lo, {UNKNOWN_LO}), ifnull({p}_end_hi, {UNKNOWN_HI}),
        ({p}_earliest_state IS 'open') | (({p}_latest_state IS 'open') << 1)
            | (({p}_shape IS 'span' OR {p}_shape IS 'set') << 2)
            | ((ifnull({p}_approximate, 0) OR ifnull({p}_uncertain, 0)) << 3)"""


_EVENTS = f"""SELECT id, kind_id, {_date("when")}, ifnull(place_id, 0), ifnull(origin_place_id, 0), title
    FROM events"""
_CLAIMS = """SELECT id, event_id, source_id, stance IS 'disputes', retracted <> 0 FROM claims"""
_SOURCES = f"SELECT id, {_date('published')} FROM sources"
_PARTS = {"actor": ("event_actors", "actor_id"), "tag": ("event_tags", "tag_id")}


def events_in_chunks(reader: Reader, ids: Iterable[int] | None = None) -> Iterator[tuple[Chunk, bytes]]:
    """Yield events in order of id: columns, and their titles in UTF-8, one after the other.

    The columns: id, kind's id, start_lo, start_hi, end_lo, end_hi, flags of the date, place's id and that of
    the place of origin (0: none), length of the title in bytes. `ids`: only these.
    """
    for rows in _chunks(reader, _EVENTS, "id", ids):
        *numbers, titles = zip(*rows, strict=True)
        columns = [array("q", column) for column in numbers]
        yield [*columns, array("q", map(len, titles))], b"".join(titles)


def claims_in_chunks(reader: Reader, events: Iterable[int] | None = None) -> Iterator[Chunk]:
    """Yield claims: id, event's id, source's id, whether it disputes, whether it is retracted (0 or 1).

    `events`: only the claims of these.
    """
    yield from _numbers(_chunks(reader, _CLAIMS, "id" if events is None else "event_id", events))


def sources_in_chunks(reader: Reader, ids: Iterable[int] | None = None) -> Iterator[Chunk]:
    """Yield when sources were published, in order of id: id, start_lo, start_hi, end_lo, end_hi, flags."""
    yield from _numbers(_chunks(reader, _SOURCES, "id", ids))


def parts_in_chunks(reader: Reader, part: str, events: Iterable[int] | None = None) -> Iterator[Chunk]:
    """Yield what events name, an "actor" or a "tag": row's id, event's id, id of the actor or the tag."""
    table, column = _PARTS[part]
    query = f"SELECT id, event_id, {column} FROM {table}"
    yield from _numbers(_chunks(reader, query, "id" if events is None else "event_id", events))


def has_more_events_than(reader: Reader, number: int) -> bool:
    """Tell whether there are more events than that, without counting them all."""
    return bool(reader.tuples("SELECT 1 FROM events LIMIT 1 OFFSET ?", (number,)))


def names_of(reader: Reader, grouping: str, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of some actors, places or tags, or the titles of sources, by their ids."""
    table, column = _NAMES[grouping]
    query = f"SELECT id, {column} FROM {table}"
    return {row[0]: row[1].decode("utf-8", "replace") for row in _asked(reader, query, "id", ids)}


_NAMES = {
    "actor": ("actors", "name"),
    "place": ("places", "name"),
    "source": ("sources", "title"),
    "tag": ("tags", "name"),
}


def _chunks(
    reader: Reader, query: str, column: str, values: Iterable[int] | None
) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a query by their ids, or those whose `column` has one of some values."""
    if values is not None:
        rows = sorted(_asked(reader, query, column, values))
        if rows:
            yield rows
        return
    last = UNKNOWN_LO
    while rows := reader.tuples(f"{query} WHERE id > ? ORDER BY id LIMIT {_CHUNK}", (last,), as_bytes=True):
        last = rows[-1][0]
        yield rows


def _asked(reader: Reader, query: str, column: str, values: Iterable[int]) -> Iterator[tuple[Any, ...]]:
    wanted = list(values)
    for start in range(0, len(wanted), _ASKED):
        part = wanted[start : start + _ASKED]
        marks = ", ".join("?" * len(part))
        yield from reader.tuples(f"{query} WHERE {column} IN ({marks})", part, as_bytes=True)


def _numbers(chunks: Iterable[list[tuple[Any, ...]]]) -> Iterator[Chunk]:
    for rows in chunks:
        yield [array("q", column) for column in zip(*rows, strict=True)]
