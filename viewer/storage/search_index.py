"""One full-text index in a file of its own: how it is built, how it follows edits, how it is asked.

The words of the document as it was when the index was built lie in tables without content, half the size, from
which nothing can be deleted. What was touched since is named in a list of its own, and its words as they are now
lie in small tables beside them. A reader of the file never waits for its writer.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from array import array
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from viewer.storage.errors import WriteError
from viewer.storage.found_words import words_of_events, words_of_sources
from viewer.storage.reader import Reader
from viewer.storage.touching import Touched, last_edit

Progress = Callable[[int, int], None]

_VERSION = 2
_QUERY_LIMIT = 400
_WORD = re.compile(r"\w+")
_MEMORY = 32 * 1024 * 1024  # bytes of words that are gathered before they are written: less is merged later
_FTS = "USING fts5(words, tokenize = 'unicode61 remove_diacritics 2'"
_TABLES = f"""
CREATE TABLE covered (id INTEGER PRIMARY KEY CHECK (id = 1), document TEXT, revision INTEGER, edit_uid TEXT);
CREATE TABLE touched_events (id INTEGER PRIMARY KEY);
CREATE TABLE touched_sources (id INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE events {_FTS}, content = '', columnsize = 0);
CREATE VIRTUAL TABLE sources {_FTS}, content = '', columnsize = 0);
CREATE VIRTUAL TABLE recent_events {_FTS});
CREATE VIRTUAL TABLE recent_sources {_FTS});
PRAGMA user_version = {_VERSION};
"""
_UNTOUCHED = "SELECT rowid FROM {0} WHERE {0} MATCH ?1"
_MATCHING = f"""{_UNTOUCHED} AND rowid NOT IN (SELECT id FROM touched_{{0}})
    UNION ALL SELECT rowid FROM recent_{{0}} WHERE recent_{{0}} MATCH ?1"""


def connect_index(path: Path) -> sqlite3.Connection:
    """Connect to an index; its connection may be handed from thread to thread, not used by two at once.

    Raises:
        sqlite3.Error: it is none, or of another version.
    """
    address = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        if connection.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            raise sqlite3.DatabaseError("the search index is of another version")
    except BaseException:
        connection.close()
        raise
    return connection


def build_index(
    reader: Reader,
    path: Path,
    progress: Progress = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Write the index of a whole document, as a file beside `path` that is renamed when it is complete.

    Return whether it was; edits made meanwhile are caught up with like later ones.

    Raises:
        WriteError: it could not be written.
        ReadError: the document cannot be read.
    """
    unfinished = path.with_suffix(".part")
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=OFF")
            connection.execute("PRAGMA journal_mode=OFF")
            if not fill_index(connection, reader, progress, cancelled):
                return False
            connection.execute("PRAGMA journal_mode=WAL")
        unfinished.replace(path)
    except (OSError, sqlite3.Error) as error:
        raise WriteError("index-failed", str(error), "Make room for the cache.", path=path) from error
    finally:
        _remove(unfinished)
    return True


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # the folder is not there, or may not be written to
        pass


def fill_index(
    connection: sqlite3.Connection, reader: Reader, progress: Progress, cancelled: Callable[[], bool]
) -> bool:
    """Fill an empty database with the index of a document; return False when it was cancelled."""
    connection.executescript(_TABLES)
    meta, newest = reader.meta(), last_edit(reader)
    total = reader.event_count()
    done = 0
    for table in ("sources", "events"):
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', ?)", (_MEMORY,))
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('automerge', 0)")
    connection.execute("BEGIN")
    for words in words_of_sources(reader):
        connection.executemany("INSERT INTO sources (rowid, words) VALUES (?, ?)", words)
        if cancelled():
            return False
    for words in words_of_events(reader):
        connection.executemany("INSERT INTO events (rowid, words) VALUES (?, ?)", words)
        done += len(words)
        progress(done, max(done, total))
        if cancelled():
            return False
    connection.execute("COMMIT")
    for table in ("sources", "events"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
    connection.execute("INSERT INTO covered VALUES (1, ?, ?, ?)", (meta.uid, meta.revision, newest))
    return True


def covered(connection: sqlite3.Connection) -> tuple[str, int, str | None]:
    """Return the document's uid, the revision and the newest edit that an index covers.

    Raises:
        sqlite3.Error: it is damaged.
    """
    found = connection.execute("SELECT document, revision, edit_uid FROM covered").fetchone()
    if found is None or not isinstance(found[1], int):
        raise sqlite3.DatabaseError("the search index is incomplete")
    return str(found[0]), found[1], found[2]


def follow(connection: sqlite3.Connection, reader: Reader, touched: Touched, revision: int) -> None:
    """Bring what edits have touched up to date, as it is in the document now.

    Raises:
        sqlite3.Error: the index is damaged, or cannot be written to.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        events, sources = sorted(touched.events), sorted(touched.sources)
        _renew(connection, "events", events, words_of_events(reader, events))
        _renew(connection, "sources", sources, words_of_sources(reader, sources))
        connection.execute("UPDATE covered SET revision = ?, edit_uid = ?", (revision, last_edit(reader)))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _renew(
    connection: sqlite3.Connection, table: str, ids: list[int], words: Iterable[list[tuple[int, str]]]
) -> None:
    each = [(row_id,) for row_id in ids]
    connection.executemany(f"INSERT OR IGNORE INTO touched_{table} VALUES (?)", each)
    connection.executemany(f"DELETE FROM recent_{table} WHERE rowid = ?", each)
    for entries in words:
        connection.executemany(f"INSERT INTO recent_{table} (rowid, words) VALUES (?, ?)", entries)


def listed(connection: sqlite3.Connection, table: str, text: str) -> str:
    """Return the ids of the "events" or "sources" that a text is found in, with commas between, in any order.

    A row for each of them, handed over one by one, would take three times as long. Words are matched without
    regard to accents or case, the last one by its beginning. Text without a word matches nothing.

    Raises:
        sqlite3.Error: the index is damaged, or the search was interrupted.
    """
    query = _query(text)
    if not query:
        return ""
    matching = _matching(connection, table)
    return connection.execute(f"SELECT group_concat(rowid) FROM ({matching})", (query,)).fetchone()[0] or ""


def matches(connection: sqlite3.Connection, table: str, text: str) -> array[int]:
    """Return the same ids, rising.

    Raises:
        sqlite3.Error: the index is damaged, or the search was interrupted.
    """
    return array("q", sorted(json.loads(f"[{listed(connection, table, text)}]")))


def first_matches(connection: sqlite3.Connection, table: str, text: str, limit: int) -> array[int]:
    """Return at most so many of these ids, rising, and soon.

    Raises:
        sqlite3.Error: the index is damaged, or the search was interrupted.
    """
    matching = f"{_matching(connection, table)} LIMIT ?2"
    found: set[int] = set()
    # All that begins like a word has to be gathered before any of it is told: the word itself is told at once.
    for query in (_query(text, begun=False), _query(text)):
        if query and len(found) < limit:
            rows = connection.execute(matching, (query, limit))
            found.update(row[0] for row in rows)
    return array("q", sorted(found)[:limit])


def _matching(connection: sqlite3.Connection, table: str) -> str:
    """Return the query for matches: nothing is compared with what was touched where nothing was."""
    is_touched = connection.execute(f"SELECT EXISTS (SELECT 1 FROM touched_{table})").fetchone()[0]
    return (_MATCHING if is_touched else _UNTOUCHED).format(table)


def _query(text: str, *, begun: bool = True) -> str:
    """Return an FTS5 query of quoted words: nothing a user types is an operator.

    `begun`: the last word may be the beginning of one.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text[:_QUERY_LIMIT]))
    return " ".join(f'"{word}"' for word in words) + ("*" if words and begun else "")
