"""Which events meet a filter: one query, all criteria together. Fuzzy dates possibly or certainly."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from viewer.domain.calendar import MAX_SECONDS, MIN_SECONDS
from viewer.domain.edits import Cell
from viewer.domain.filters import Filter, as_credible_as, as_reliable_as
from viewer.storage.reader import Reader

_ACTOR = """EXISTS (SELECT 1 FROM event_actors ea JOIN actors a ON a.id = ea.actor_id
    WHERE ea.event_id = events.id AND (a.name LIKE ? ESCAPE '\\'
    OR EXISTS (SELECT 1 FROM json_each(iif(json_valid(a.aliases), a.aliases, '[]'))
        WHERE value LIKE ? ESCAPE '\\')))"""
_PLACE = """EXISTS (SELECT 1 FROM places p WHERE p.id IN (events.place_id, events.origin_place_id)
    AND (p.name LIKE ? ESCAPE '\\'
    OR EXISTS (SELECT 1 FROM json_each(iif(json_valid(p.aliases), p.aliases, '[]'))
        WHERE value LIKE ? ESCAPE '\\')))"""
_SOURCE = """EXISTS (SELECT 1 FROM claims c JOIN sources s ON s.id = c.source_id
    WHERE c.event_id = events.id AND (s.title LIKE ? ESCAPE '\\' OR s.publisher LIKE ? ESCAPE '\\'
    OR substr(s.uid, 1, length(?)) = ?))"""
_TAG = """EXISTS (SELECT 1 FROM event_tags et JOIN tags t ON t.id = et.tag_id
    WHERE et.event_id = events.id AND t.name = ?)"""
# What can only be so; whether it is so takes the claims themselves, and what lies around them.
_MAY_BE_DISPUTED = """(SELECT total(c.stance = 'disputes') > 0
    OR total(c.when_start_lo IS NOT NULL OR c.when_end_hi IS NOT NULL) > 1
    OR total(c.quantity_low IS NOT NULL OR c.quantity_high IS NOT NULL) > 1
    FROM claims c WHERE c.event_id = events.id AND NOT c.retracted AND c.stance <> 'mentions')"""
_ENOUGH_REPORTS = """(SELECT count(*) FROM claims c WHERE c.event_id = events.id AND NOT c.retracted
    AND c.stance = 'supports') >= ?"""
_GRADED = """EXISTS (SELECT 1 FROM claims c JOIN sources s ON s.id = c.source_id
    WHERE c.event_id = events.id AND NOT c.retracted AND c.stance = 'supports'{criteria})"""
_DATED = "(when_start_lo IS NOT NULL OR when_end_hi IS NOT NULL)"
_MAY_CLASH = f"""SELECT event_id FROM claims
    WHERE event_id BETWEEN ? AND ? AND NOT retracted AND stance <> 'mentions'
        AND ({_DATED} OR quantity_low IS NOT NULL OR quantity_high IS NOT NULL)
    GROUP BY event_id HAVING
        max(iif({_DATED}, coalesce(when_start_lo, {MIN_SECONDS}), NULL))
            > min(iif({_DATED}, coalesce(when_end_hi, {MAX_SECONDS}), NULL))
        OR min(coalesce(quantity_low, quantity_high)) <> max(coalesce(quantity_low, quantity_high))
        OR min(coalesce(quantity_high, quantity_low)) <> max(coalesce(quantity_high, quantity_low))
        OR (count(coalesce(quantity_low, quantity_high)) > 1
            AND count(DISTINCT coalesce(quantity_qualifier, '')) > 1)
    ORDER BY event_id"""
_STRETCH = """SELECT min(id) AS first, max(id) AS last
    FROM (SELECT id FROM events WHERE id > ? ORDER BY id LIMIT ?)"""
_LAST_ID = 2**63 - 1
_PATTERN_LIMIT = 5_000  # characters; SQLite refuses patterns of more than 50,000 bytes
# A bound that is open or unknown is NULL: it may lie anywhere, and keeps to no limit for certain.
_CERTAINLY = ("when_start_lo >= ?", "when_end_hi <= ?")
_POSSIBLY = ("coalesce(when_end_hi >= ?, 1)", "coalesce(when_start_lo <= ?, 1)")
# An open bound lies farther out than any that is known; one that is unknown comes last.
_ORDER = f"""when_start_lo IS NULL AND when_end_hi IS NULL,
    coalesce(when_start_lo, iif(when_earliest_state = 'open', {MIN_SECONDS}, {MAX_SECONDS})),
    coalesce(when_end_hi, iif(when_latest_state = 'open', {MAX_SECONDS}, {MAX_SECONDS + 1})), id"""


def matching_ids(
    store: Reader,
    wanted: Filter,
    *,
    among: Iterable[int] | None = None,
    within: tuple[int, int] | None = None,
) -> list[int]:
    """Return the ids of the events that meet a filter, in order of time; undated ones last.

    `among` limits the answer to what a search for the filter's text has found, `within` to ids from one to
    another. Of a filter that asks for provenance, or for what was known by a day, those that may meet it.
    """
    clauses: list[str] = ["1"]
    values: list[Cell] = []
    if within is not None:
        clauses.append("events.id BETWEEN ? AND ?")
        values.extend(within)
    if wanted.kinds is not None:
        marks = ", ".join("?" * len(wanted.kinds))
        clauses.append(f"kind_id IN (SELECT id FROM kinds WHERE name IN ({marks}))")
        values.extend(sorted(wanted.kinds))
    if wanted.actor:
        clauses.append(_ACTOR)
        values.extend([like_pattern(wanted.actor)] * 2)
    if wanted.place:
        clauses.append(_PLACE)
        values.extend([like_pattern(wanted.place)] * 2)
    if wanted.source:
        clauses.append(_SOURCE)
        values.extend([like_pattern(wanted.source)] * 2 + [wanted.source] * 2)
    if wanted.tag:
        clauses.append(_TAG)
        values.append(wanted.tag)
    _provenance(wanted, clauses, values)
    _period(wanted, clauses, values)
    query = f"SELECT id FROM events WHERE {' AND '.join(clauses)} ORDER BY {_ORDER}"
    found = [row["id"] for row in store.rows(query, values)]
    if among is None:
        return found
    allowed = set(among)
    return [event_id for event_id in found if event_id in allowed]


def ids_that_may_clash(store: Reader, within: tuple[int, int] | None = None) -> list[int]:
    """Return the ids of the events of which several claims give dates or numbers that are not the same.

    `within`: only of ids from one to another.
    """
    first, last = (0, _LAST_ID) if within is None else within
    return [row["event_id"] for row in store.rows(_MAY_CLASH, (first, last))]


def stretches(store: Reader, size: int) -> Iterator[tuple[int, int]]:
    """Yield the first and the last id of so many neighbouring events, until there are no more.

    For work on a whole large document in short reads: nobody can write while one goes on.
    """
    last = -1
    while True:
        found = store.rows(_STRETCH, (last, size))[0]
        if found["last"] is None:
            return
        last = found["last"]
        yield found["first"], last


def _provenance(wanted: Filter, clauses: list[str], values: list[Cell]) -> None:
    if wanted.disputed:
        clauses.append(_MAY_BE_DISPUTED)
    if wanted.min_origins > 0:
        clauses.append(_ENOUGH_REPORTS)
        values.append(wanted.min_origins)
    grades: dict[str, tuple[Cell, ...]] = {}
    if wanted.reliability:
        grades["s.reliability"] = as_reliable_as(wanted.reliability)
    if wanted.credibility is not None:
        grades["c.credibility"] = as_credible_as(wanted.credibility)
    if not grades:
        return
    criteria = "".join(f" AND {column} IN ({', '.join('?' * len(good))})" for column, good in grades.items())
    values.extend(value for good in grades.values() for value in good)
    if wanted.known_by is not None:
        criteria += " AND s.published_end_hi <= ?"
        values.append(wanted.known_by)
    clauses.append(_GRADED.format(criteria=criteria))


def _period(wanted: Filter, clauses: list[str], values: list[Cell]) -> None:
    if wanted.earliest is None and wanted.latest is None:
        return
    clauses.append(_DATED)
    meets = _CERTAINLY if wanted.certainly else _POSSIBLY
    for clause, limit in zip(meets, (wanted.earliest, wanted.latest), strict=True):
        if limit is not None:
            clauses.append(clause)
            values.append(limit)


def like_pattern(text: str) -> str:
    """Return the pattern of texts that hold a text, for LIKE with a backslash as its escape."""
    escaped = text[:_PATTERN_LIMIT].replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"
