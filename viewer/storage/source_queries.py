"""What rests on sources, and what they rest on, asked of the tables without a source's text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from viewer.storage.reader import Reader
from viewer.storage.store import Store

_CHUNK = 500  # ids a query; well below SQLite's limit of variables


def titles_of(store: Store, ids: Sequence[int]) -> list[tuple[str, str]]:
    """Return uid and title of some sources, the ids of which are rising, in the order in which they were added."""
    query = "SELECT uid, title FROM sources WHERE id IN (%s) ORDER BY id"
    found: list[tuple[str, str]] = []
    for start in range(0, len(ids), _CHUNK):
        some = ids[start : start + _CHUNK]
        found += ((row[0], row[1]) for row in store.tuples(query % ", ".join("?" * len(some)), some))
    return found


def claim_counts(store: Store) -> dict[int, tuple[int, int]]:
    """Return how many claims each source has, by its id, and how many of them are retracted."""
    query = "SELECT source_id, count(*) AS claims, sum(retracted <> 0) AS gone FROM claims GROUP BY source_id"
    return {row["source_id"]: (row["claims"], row["gone"]) for row in store.rows(query)}


def quoted_claims(store: Store, source_id: int) -> tuple[int, int]:
    """Return how many claims a source has, and how many of them quote it."""
    query = "SELECT count(*) AS claims, count(quote) AS quoted FROM claims WHERE source_id = ?"
    found = store.rows(query, (source_id,))[0]
    return found["claims"], found["quoted"]


def original_of(store: Store, uid: str) -> str | None:
    """Return the uid of the source that one derives from."""
    query = """SELECT original.uid FROM sources s JOIN sources original ON original.id = s.derived_from_id
        WHERE s.uid = ?"""
    found = store.rows(query, (uid,))
    return str(found[0]["uid"]) if found else None


def same_text(store: Store, sha256: str) -> list[str]:
    """Return the uids of the sources whose stored text has a checksum."""
    return [row["uid"] for row in store.rows("SELECT uid FROM sources WHERE text_sha256 = ?", (sha256,))]


def claims_in(store: Store, uid: str) -> list[dict[str, Any]]:
    """Return the claims of a source with their places, each with its event's id, title and kind."""
    query = """SELECT c.uid, c.event_id, c.quote, c.span_start, c.span_end, c.stance, c.retracted,
            e.title, k.name AS kind
        FROM claims c JOIN sources s ON s.id = c.source_id JOIN events e ON e.id = c.event_id
            JOIN kinds k ON k.id = e.kind_id
        WHERE s.uid = ? ORDER BY c.span_start, c.id"""
    return store.rows(query, (uid,))


def counted_events(store: Store, wanted: Iterable[int]) -> list[int]:
    """Return those of some events, by id, that say a number."""
    query = "SELECT id FROM events WHERE quantity_low IS NOT NULL OR quantity_high IS NOT NULL"
    chosen = frozenset(wanted)
    return [row["id"] for row in store.rows(query) if row["id"] in chosen]


def events_behind(store: Store, source_ids: Iterable[int]) -> list[int]:
    """Return the ids of the events with a claim in one of the sources, or with one made in such an event."""
    found = _events_of_claims(store, "source_id", source_ids)
    return sorted(found | _events_of_claims(store, "statement_event_id", found))


def statement_ids(store: Reader) -> list[int]:
    """Return the ids of the events in which claims were made."""
    query = "SELECT DISTINCT statement_event_id AS id FROM claims WHERE statement_event_id IS NOT NULL"
    return [row["id"] for row in store.rows(query)]


def _events_of_claims(store: Store, column: str, values: Iterable[int]) -> set[int]:
    wanted, found = list(values), set[int]()
    for start in range(0, len(wanted), _CHUNK):
        part = wanted[start : start + _CHUNK]
        marks = ", ".join("?" * len(part))
        query = f"SELECT DISTINCT event_id AS id FROM claims WHERE {column} IN ({marks})"
        found.update(row["id"] for row in store.rows(query, part))
    return found
