"""What a row of a list says of events: a few columns by one query, never whole records with their claims."""

from __future__ import annotations

from collections.abc import Sequence

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.frozen import dataclass
from viewer.storage.reader import Reader
from viewer.storage.rows import date_columns, date_from

_CHUNK = 500  # ids a query; well below SQLite's limit of variables
_WHEN = ", ".join(f'events."{name}"' for name in date_columns("when", None))
_PUBLISHED = ", ".join(f'"{name}"' for name in date_columns("published", None))
_BRIEFS = f"""SELECT events.id, kinds.name AS kind, title, {_WHEN},
    EXISTS (SELECT 1 FROM claims WHERE event_id = events.id AND stance = 'disputes' AND NOT retracted)
        AS disputed,
    (SELECT min(published_end_hi) FROM claims JOIN sources ON sources.id = source_id
        WHERE event_id = events.id AND stance = 'disputes' AND NOT retracted) AS disputed_from
    FROM events JOIN kinds ON kinds.id = kind_id WHERE events.id IN (%s)"""
# A source that disputes an event says nothing of when it was over, and a retracted claim nothing at all.
_FIRST_SAID = f"""SELECT event_id, {_PUBLISHED} FROM (
    SELECT event_id, source_id,
        row_number() OVER (PARTITION BY event_id ORDER BY published_end_hi, claims.id) AS place
    FROM claims JOIN sources ON sources.id = source_id
    WHERE event_id IN (%s) AND NOT retracted AND stance <> 'disputes' AND published_end_hi IS NOT NULL
) AS told JOIN sources ON sources.id = told.source_id WHERE place = 1"""
_MOST_CLAIMED = """SELECT event_id AS id FROM claims JOIN events ON events.id = event_id
    WHERE events.when_shape IS NOT NULL GROUP BY event_id ORDER BY count(*) DESC, event_id LIMIT 1"""


@dataclass(frozen=True, slots=True)
class EventBrief:
    """An event without its claims.

    disputed: a claim that counts speaks against it. disputed_from: the second by which the first of these was
    published; None where that is not known. first_said: when the event was first published, looked up only
    where it is not dated itself.
    """

    id: int
    kind: str
    title: str
    when: FuzzyDate | None
    disputed: bool
    disputed_from: int | None = None
    first_said: FuzzyDate | None = None


def event_briefs(store: Reader, ids: Sequence[int]) -> dict[int, EventBrief]:
    """Return the briefs of events by id; those that are no more are left out.

    Raises:
        ReadError: the document cannot be read.
    """
    found: dict[int, EventBrief] = {}
    for start in range(0, len(ids), _CHUNK):
        found.update(_briefs(store, ids[start : start + _CHUNK]))
    return found


def most_claimed(store: Reader) -> int | None:
    """Return the event with a date of which most is claimed; None when nothing is claimed of any."""
    found = store.rows(_MOST_CLAIMED)
    return int(found[0]["id"]) if found else None


def _briefs(store: Reader, ids: Sequence[int]) -> dict[int, EventBrief]:
    rows = store.rows(_BRIEFS % ", ".join("?" * len(ids)), ids)
    dates = {row["id"]: date_from("when", row) for row in rows}
    undated = [event for event, when in dates.items() if when is None or not when.is_dated]
    said = _first_said(store, undated)
    return {
        row["id"]: EventBrief(
            id=row["id"],
            kind=row["kind"],
            title=row["title"],
            when=dates[row["id"]],
            disputed=bool(row["disputed"]),
            disputed_from=row["disputed_from"],
            first_said=said.get(row["id"]),
        )
        for row in rows
    }


def _first_said(store: Reader, ids: Sequence[int]) -> dict[int, FuzzyDate | None]:
    if not ids:
        return {}
    rows = store.rows(_FIRST_SAID % ", ".join("?" * len(ids)), ids)
    return {row["event_id"]: date_from("published", row) for row in rows}
