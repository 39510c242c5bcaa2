"""Which events meet a filter: one query, all criteria together. Fuzzy dates possibly or certainly."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.domain.edits import Cell
from viewer.domain.filters import Filter
from viewer.storage.store import Store

_PAST, _FUTURE = -(2**62), 2**62

_ACTOR = """EXISTS (SELECT 1 FROM event_actors ea JOIN actors a ON a.id = ea.actor_id
    WHERE ea.event_id = events.id AND (a.name LIKE ? ESCAPE '\\' OR a.aliases LIKE ? ESCAPE '\\'))"""
_PLACE = """EXISTS (SELECT 1 FROM places p WHERE p.id IN (events.place_id, events.origin_place_id)
    AND (p.name LIKE ? ESCAPE '\\' OR p.aliases LIKE ? ESCAPE '\\'))"""
_SOURCE = """EXISTS (SELECT 1 FROM claims c JOIN sources s ON s.id = c.source_id
    WHERE c.event_id = events.id AND (s.title LIKE ? ESCAPE '\\' OR s.publisher LIKE ? ESCAPE '\\'
    OR substr(s.uid, 1, length(?)) = ?))"""
_TAG = """EXISTS (SELECT 1 FROM event_tags et JOIN tags t ON t.id = et.tag_id
    WHERE et.event_id = events.id AND t.name = ?)"""
_KNOWN = """EXISTS (SELECT 1 FROM claims c JOIN sources s ON s.id = c.source_id
    WHERE c.event_id = events.id AND NOT c.retracted AND s.published_start_lo <= ?)"""
# A bound that is NULL because it is open lies at infinity; one that is unknown meets nothing for certain.
_LO = "CASE when_earliest_state WHEN 'known' THEN when_start_lo ELSE ? END"
_HI = "CASE when_latest_state WHEN 'known' THEN when_end_hi ELSE ? END"
_DATED = "(when_start_lo IS NOT NULL OR when_end_hi IS NOT NULL)"


def matching_ids(store: Store, wanted: Filter, *, among: Iterable[int] | None = None) -> list[int]:
    """Return the ids of the events that meet a filter, in order of time; undated ones last.

    `among` limits the answer to what a search for the filter's text has found.
    """
    clauses: list[str] = ["1"]
    values: list[Cell] = []
    if wanted.kinds is not None:
        marks = ", ".join("?" * len(wanted.kinds))
        clauses.append(f"kind_id IN (SELECT id FROM kinds WHERE name IN ({marks}))")
        values.extend(sorted(wanted.kinds))
    if wanted.actor:
        clauses.append(_ACTOR)
        values.extend([_like(wanted.actor)] * 2)
    if wanted.place:
        clauses.append(_PLACE)
        values.extend([_like(wanted.place)] * 2)
    if wanted.source:
        clauses.append(_SOURCE)
        values.extend([_like(wanted.source)] * 2 + [wanted.source] * 2)
    if wanted.tag:
        clauses.append(_TAG)
        values.append(wanted.tag)
    if wanted.known_by is not None:
        clauses.append(_KNOWN)
        values.append(wanted.known_by)
    _period(wanted, clauses, values)
    query = f"""SELECT id FROM events WHERE {" AND ".join(clauses)}
        ORDER BY when_start_lo IS NULL AND when_end_hi IS NULL, coalesce(when_start_lo, {_PAST}),
        coalesce(when_end_hi, {_FUTURE}), id"""
    found = [row["id"] for row in store.rows(query, values)]
    if among is None:
        return found
    allowed = set(among)
    return [event_id for event_id in found if event_id in allowed]


def _period(wanted: Filter, clauses: list[str], values: list[Cell]) -> None:
    if wanted.earliest is None and wanted.latest is None:
        return
    earliest = _PAST if wanted.earliest is None else wanted.earliest
    latest = _FUTURE if wanted.latest is None else wanted.latest
    clauses.append(_DATED)
    if wanted.certainly:
        clauses.append(f"{_LO} >= ? AND {_HI} <= ?")
        values.extend([_PAST - 1, earliest, _FUTURE + 1, latest])
    else:
        clauses.append(f"{_HI} >= ? AND {_LO} <= ?")
        values.extend([_FUTURE, earliest, _PAST, latest])


def _like(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
