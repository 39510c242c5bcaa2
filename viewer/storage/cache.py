"""The cache: what is derived from a document, in a file of its own that can be deleted at any time.

It lies in the user's cache folder, named by the document's uid, and remembers the edit up to which it has
read the log. A document that went another way since (a copy, a restored backup) is read anew; so is
everything when the cache is damaged. Nothing of it is ever needed to open a document.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Set
from pathlib import Path
from typing import Any, TypeVar

from viewer.domain.anchoring import paragraph_around, quote_holds
from viewer.domain.records import Event
from viewer.storage.errors import ReadError
from viewer.storage.store import Store

Answer = TypeVar("Answer")

_VERSION = 1
_CONTEXT = 1_000  # characters of the paragraph around a quote that are searched with it, on each side
_QUERY_LIMIT = 400
_WORD = re.compile(r"\w+")
_TABLES = f"""
CREATE TABLE covered (id INTEGER PRIMARY KEY CHECK (id = 1), revision INTEGER, edit_uid TEXT);
CREATE VIRTUAL TABLE events USING fts5
    (title, summary, names, quotes, context, tokenize = 'unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE sources USING fts5
    (title, publisher, text, tokenize = 'unicode61 remove_diacritics 2');
PRAGMA user_version = {_VERSION};
"""


class Cache:
    """The full-text index of one document. Any failure makes it start again, at last in memory alone."""

    def __init__(self, folder: Path, document_uid: str) -> None:
        safe = re.sub(r"[^0-9A-Za-z-]", "_", document_uid)[:80]
        self._path = folder / f"{safe}.cache"
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file; the cache stays for the next time."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def search(self, store: Store, text: str) -> frozenset[int]:
        """Return the ids of the events whose title, summary, names, quotes or their paragraphs match.

        Words are matched without regard to accents or case, the last one by its beginning. Text without a
        word matches nothing.
        """
        return self._found(store, "events", text)

    def search_sources(self, store: Store, text: str) -> frozenset[int]:
        """Return the ids of the sources whose title, publisher or stored text match."""
        return self._found(store, "sources", text)

    def _surely(self, work: Callable[[], Answer]) -> Answer:
        for retreat in (self._start_again, self._stay_in_memory):
            try:
                return work()
            except (sqlite3.Error, ReadError):
                retreat()
        return work()

    def _found(self, store: Store, table: str, text: str) -> frozenset[int]:
        query = _query(text)
        if not query:
            return frozenset()
        return self._surely(lambda: self._matches(store, table, query))

    def _matches(self, store: Store, table: str, query: str) -> frozenset[int]:
        self._catch_up(store)
        found = self._open().execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (query,))
        return frozenset(row[0] for row in found)

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None:
            return self._connection
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            connection = sqlite3.connect(self._path, isolation_level=None)
        except (OSError, sqlite3.Error):  # no cache folder: search works all the same
            return self._stay_in_memory()
        self._connection = connection
        connection.execute("PRAGMA synchronous=OFF")
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version == 0:
            connection.executescript(_TABLES)
        elif version != _VERSION:
            raise sqlite3.DatabaseError("the cache is of another version")
        return connection

    def _stay_in_memory(self) -> sqlite3.Connection:
        self.close()
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        self._connection.executescript(_TABLES)
        return self._connection

    def _start_again(self) -> None:
        self.close()
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            pass

    def _catch_up(self, store: Store) -> None:
        connection = self._open()
        covered = connection.execute("SELECT revision, edit_uid FROM covered").fetchone()
        if covered is not None and covered[0] == store.revision and self._belongs(store, covered[1]):
            return
        connection.execute("BEGIN IMMEDIATE")
        try:
            if covered is None or not self._belongs(store, covered[1]):
                self._index_all(store)
            else:
                self._index_since(store, covered[1])
            connection.execute(
                "INSERT OR REPLACE INTO covered VALUES (1, ?, ?)", (store.revision, _last_edit(store))
            )
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    def _belongs(self, store: Store, edit_uid: str | None) -> bool:
        if edit_uid is None:
            return not store.rows("SELECT 1 FROM edits LIMIT 1")
        return bool(store.rows("SELECT 1 FROM edits WHERE uid = ?", (edit_uid,)))

    def _index_all(self, store: Store) -> None:
        self._index_sources(store, None)
        self._index_events(store, None)

    def _index_since(self, store: Store, edit_uid: str | None) -> None:
        changed = store.rows(
            """SELECT DISTINCT table_name, row_id,
                coalesce(json_extract("before", '$.event_id'), json_extract("after", '$.event_id')) AS event_id,
                coalesce(json_extract("before", '$.claim_id'), json_extract("after", '$.claim_id')) AS claim_id
            FROM edit_changes WHERE edit_id > coalesce((SELECT id FROM edits WHERE uid = ?), 0)""",
            (edit_uid,),
        )
        if any(row["table_name"] in ("actors", "places", "tags") for row in changed):
            self._index_all(store)  # a name may stand in any number of events
            return
        sources = {row["row_id"] for row in changed if row["table_name"] == "sources"}
        events = _events_of(changed, store)
        for source_id in sources:
            events.update(
                int(row["event_id"] or 0) for row in store.rows_of("claims", "source_id", source_id)
            )
        self._index_sources(store, sources)
        self._index_events(store, sorted(events))

    def _index_sources(self, store: Store, wanted: Set[int] | None) -> None:
        connection = self._open()
        connection.executemany("DELETE FROM sources WHERE rowid = ?", ((i,) for i in wanted or ()))
        if wanted is None:
            connection.execute("DELETE FROM sources")
        elif not wanted:
            return
        connection.executemany(
            "INSERT INTO sources (rowid, title, publisher, text) VALUES (?, ?, ?, ?)",
            (
                (source.id, source.title, source.publisher, source.text)
                for source in store.sources()
                if wanted is None or source.id in wanted
            ),
        )

    def _index_events(self, store: Store, ids: list[int] | None) -> None:
        connection = self._open()
        if ids is None:
            connection.execute("DELETE FROM events")
        else:
            connection.executemany("DELETE FROM events WHERE rowid = ?", ((i,) for i in ids))
        texts: dict[str, str | None] = {}
        connection.executemany(
            "INSERT INTO events (rowid, title, summary, names, quotes, context) VALUES (?, ?, ?, ?, ?, ?)",
            (_entry(event, store, texts) for event in store.events(ids)),
        )


def _events_of(changed: Iterable[Mapping[str, Any]], store: Store) -> set[int]:
    """Return the events that changed rows belong to: by the row itself, by its claim, or by the row as it is."""
    found: set[int] = set()
    for row in changed:
        if row["table_name"] == "events":
            found.add(row["row_id"])
        elif row["event_id"] is not None:
            found.add(row["event_id"])
        elif row["table_name"] in ("claims", "event_actors", "event_tags"):
            query = f"SELECT event_id FROM {row['table_name']} WHERE id = ?"
            found.update(r["event_id"] for r in store.rows(query, (row["row_id"],)))
        elif row["table_name"] == "claim_hops":
            query = """SELECT event_id FROM claims WHERE id = coalesce(?,
                (SELECT claim_id FROM claim_hops WHERE id = ?))"""
            found.update(r["event_id"] for r in store.rows(query, (row["claim_id"], row["row_id"])))
    return found


def _entry(event: Event, store: Store, texts: dict[str, str | None]) -> tuple[int, str, str, str, str, str]:
    names = [part.name for part in event.actors] + [event.place or "", event.origin or "", *event.tags]
    quotes, context = [], []
    for claim in event.claims:
        names.extend(hop.name for hop in claim.chain)
        quotes.append(claim.quote or "")
        if claim.source not in texts:
            source = store.source(claim.source)
            texts[claim.source] = None if source is None else source.text
        text = texts[claim.source]
        if text is not None and claim.span is not None and quote_holds(claim.quote, claim.span, text):
            start, end = paragraph_around(text, claim.span)
            start, end = max(start, claim.span[0] - _CONTEXT), min(end, claim.span[1] + _CONTEXT)
            context.append(text[start:end])
    return event.id, event.title, event.summary or "", " ".join(names), "\n".join(quotes), "\n".join(context)


def _last_edit(store: Store) -> str | None:
    found = store.rows("SELECT uid FROM edits ORDER BY id DESC LIMIT 1")
    return str(found[0]["uid"]) if found else None


def _query(text: str) -> str:
    """Return an FTS5 query of quoted words: nothing a user types is an operator."""
    words = _WORD.findall(unicodedata.normalize("NFC", text[:_QUERY_LIMIT]))
    return " ".join(f'"{word}"' for word in words[:-1]) + (f' "{words[-1]}"*' if words else "")
