"""Which events an edit touches, from the rows that it changed: what is derived from them has to follow.

Two things are derived: what is drawn of an event, and in which words it is found. A name that many events share
touches all of them in what is found, and none in what is drawn.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, Literal

from viewer.domain.edits import Change, Edit
from viewer.frozen import dataclass
from viewer.storage.reader import Reader

Purpose = Literal["drawn", "found"]

_ASKED = 500
_OWN = ("event_actors", "event_tags", "claims")
_NAMED = ("actors", "places", "tags")
_TOLD = {"drawn": "published_", "found": "text"}
_RELEVANT = ("events", "sources", "claim_hops", *_OWN, *_NAMED)
_SINCE = f"""SELECT table_name, row_id, "before" IS NULL, "after" IS NULL,
        json_extract(b, '$.event_id'), json_extract(a, '$.event_id'),
        json_extract(b, '$.claim_id'), json_extract(a, '$.claim_id'),
        instr(ifnull("after", "before"), '"published_') > 0, instr(ifnull("after", "before"), '"text"') > 0,
        json_type(a, '$.name') IS NOT NULL
    FROM (SELECT *, iif(json_valid("before"), "before", '{{}}') AS b, iif(json_valid("after"), "after", '{{}}') AS a
        FROM edit_changes WHERE edit_id > ? AND table_name IN ({", ".join(f"'{table}'" for table in _RELEVANT)})
        LIMIT ?)"""
_NAMING = {
    "actors": (
        "SELECT event_id FROM event_actors WHERE actor_id IN ({0})",
        "SELECT event_id FROM claims WHERE id IN (SELECT claim_id FROM claim_hops WHERE actor_id IN ({0}))",
    ),
    "places": (
        "SELECT id FROM events WHERE place_id IN ({0})",
        "SELECT id FROM events WHERE origin_place_id IN ({0})",
    ),
    "tags": ("SELECT event_id FROM event_tags WHERE tag_id IN ({0})",),
}


@dataclass(frozen=True, slots=True)
class Touched:
    """Ids of events and of sources; some of them may be gone."""

    events: frozenset[int]
    sources: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Trace:
    """What a change of a row says: `told` where what the purpose needs of a source changed."""

    table: str
    id: int
    is_new: bool
    is_gone: bool
    events: tuple[int, ...]
    claims: tuple[int, ...]
    told: bool
    renamed: bool


def edits_since(reader: Reader, edit_uid: str | None) -> int | None:
    """Return how many edits followed one; None: all of them. None when it is not in this document's log."""
    after = _place(reader, edit_uid)
    if after is None:
        return None
    return int(reader.tuples("SELECT count(*) FROM edits WHERE id > ?", (after,))[0][0])


def last_edit(reader: Reader) -> str | None:
    """Return the uid of the newest edit; None without any."""
    found = reader.rows("SELECT uid FROM edits ORDER BY id DESC LIMIT 1")
    return str(found[0]["uid"]) if found else None


def touched_since(reader: Reader, edit_uid: str | None, purpose: Purpose, most: int) -> Touched | None:
    """Return what all edits after one touched; None when that is more than `most`, or cannot be known."""
    after = _place(reader, edit_uid)
    if after is None:
        return None
    most_rows = 20 * most
    rows = reader.tuples(_SINCE, (after, most_rows))
    if len(rows) == most_rows:
        return None
    return _touched(reader, [_logged(row, purpose) for row in rows], purpose, most)


def touched_by(reader: Reader, edit: Edit, purpose: Purpose, most: int) -> Touched | None:
    """Return what one edit touched, after it was applied; None when that is more than `most`, or not told."""
    if not edit.is_whole:
        return None
    relevant = [change for change in edit.changes if change.table in _RELEVANT]
    if sum(change.table == "events" for change in relevant) > most:
        return None
    return _touched(reader, [_seen(change, purpose) for change in relevant], purpose, most)


def _place(reader: Reader, edit_uid: str | None) -> int | None:
    """Return the number of an edit in the log, 0 for None; None when it is not there."""
    if edit_uid is None:
        return 0
    found = reader.tuples("SELECT id FROM edits WHERE uid = ?", (edit_uid,))
    return int(found[0][0]) if found else None


def _logged(row: tuple[Any, ...], purpose: Purpose) -> _Trace:
    table, row_id, is_new, is_gone, *owners, published, text, renamed = row
    numbers = [owner if isinstance(owner, int) else None for owner in owners]
    return _Trace(
        table=table,
        id=row_id,
        is_new=bool(is_new),
        is_gone=bool(is_gone),
        events=tuple(each for each in numbers[:2] if each is not None),
        claims=tuple(each for each in numbers[2:] if each is not None),
        told=bool(published if purpose == "drawn" else text),
        renamed=bool(renamed),
    )


def _seen(change: Change, purpose: Purpose) -> _Trace:
    rows = [row for row in (change.before, change.after) if row is not None]
    prefix = _TOLD[purpose]
    return _Trace(
        table=change.table,
        id=change.id,
        is_new=change.before is None,
        is_gone=change.after is None,
        events=tuple(_numbers(row.get("event_id") for row in rows)),
        claims=tuple(_numbers(row.get("claim_id") for row in rows)),
        told=any(name.startswith(prefix) for row in rows for name in row),
        renamed="name" in (change.after or ()),
    )


def _touched(reader: Reader, traces: Collection[_Trace], purpose: Purpose, most: int) -> Touched | None:
    events = {trace.id for trace in traces if trace.table == "events"}
    for table in _OWN:
        mine = [trace for trace in traces if trace.table == table]
        events.update(event for trace in mine for event in trace.events)
        bare = {trace.id for trace in mine if not trace.events}
        events.update(_found(reader, f"SELECT event_id FROM {table} WHERE id IN ({{0}})", bare))
    sources = {trace.id for trace in traces if trace.table == "sources"}
    told = {trace.id for trace in traces if trace.table == "sources" and trace.told and not trace.is_new}
    events.update(_found(reader, "SELECT event_id FROM claims WHERE source_id IN ({0})", told))
    if purpose == "found":
        events.update(_by_words(reader, traces))
    return Touched(frozenset(events), frozenset(sources)) if len(events) <= most else None


def _by_words(reader: Reader, traces: Collection[_Trace]) -> Iterator[int]:
    """Yield the events that are found by other words because a chain changed, or a name that they share."""
    hops = [trace for trace in traces if trace.table == "claim_hops"]
    bare = {trace.id for trace in hops if not trace.claims}
    claims = {claim for trace in hops for claim in trace.claims}
    claims.update(_found(reader, "SELECT claim_id FROM claim_hops WHERE id IN ({0})", bare))
    yield from _found(reader, "SELECT event_id FROM claims WHERE id IN ({0})", claims)
    for table, queries in _NAMING.items():
        renamed = {t.id for t in traces if t.table == table and t.renamed and not t.is_new}
        for query in queries:
            yield from _found(reader, query, renamed)


def _found(reader: Reader, query: str, ids: Iterable[int]) -> Iterator[int]:
    wanted = list(ids)
    for start in range(0, len(wanted), _ASKED):
        part = wanted[start : start + _ASKED]
        marks = ", ".join("?" * len(part))
        yield from (row[0] for row in reader.tuples(query.format(marks), part))


def _numbers(values: Iterable[object]) -> Iterator[int]:
    return (value for value in values if isinstance(value, int))
