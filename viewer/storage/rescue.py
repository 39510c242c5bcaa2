"""Rescuing: the rows of a damaged or a stranger's file, copied into a new document of ours.

Each row must fit our own tables, whose types and constraints check it; what does not fit, or cannot be read, is
named. A row that others refer to and that is lost leaves a placeholder, so that a claim outlives its event. The
damaged file is not touched, and nothing in a stranger's file is run.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import field
from pathlib import Path
from typing import Any

from viewer.frozen import dataclass
from viewer.storage.connection import connect, write
from viewer.storage.errors import OpenError, WriteError, refused
from viewer.storage.files import clear_away
from viewer.storage.looking import look_at
from viewer.storage.open_files import is_open
from viewer.storage.opening import FAILURES, create_store
from viewer.storage.salvage import Gap, plain_table, rows_of, salvaging
from viewer.storage.side_files import hot

_TABLES = (
    "kinds", "actors", "places", "imports", "events", "event_actors", "event_links", "sources", "claims",
    "claim_hops", "tags", "event_tags", "views", "edits", "edit_changes",
)  # fmt: skip
_NAMED_LOSSES = 100  # of each table; the rest is counted
_LOST = "(lost)"
_PLACEHOLDERS = {
    "kinds": """INSERT INTO kinds (id, name, label, shape, colour)
        VALUES (?1, 'lost-' || ?1, ?2, 'disc', 'statement')""",
    "sources": "INSERT INTO sources (id, uid, title) VALUES (?1, 'lost-source-' || ?1, ?2)",
    "events": """INSERT INTO events (id, uid, title, kind_id)
        VALUES (?1, 'lost-event-' || ?1, ?2, ifnull((SELECT min(id) FROM kinds), 1))""",
}


@dataclass(frozen=True, slots=True)
class Loss:
    """Something that is not in the new document as it was in the old: in which table, which row, and why."""

    table: str
    row: int | None
    message: str


@dataclass(slots=True)
class Rescued:
    """How many rows were copied of each table, and what was lost; `uncounted` losses are not named."""

    rows: Counter[str] = field(default_factory=Counter)
    losses: list[Loss] = field(default_factory=list)
    uncounted: Counter[str] = field(default_factory=Counter)

    def lose(self, table: str, row: int | None, message: str) -> None:
        """Note a loss, by name as long as there are not too many of its table."""
        if sum(loss.table == table for loss in self.losses[-_NAMED_LOSSES:]) < _NAMED_LOSSES:
            self.losses.append(Loss(table, row, message))
        else:
            self.uncounted[table] += 1


def rescue(path: Path, target: Path, *, uid: str) -> Rescued:
    """Copy what can be read of a file into a new document, whose uid becomes `uid`; never overwrites.

    The way to open a file that is refused: damaged, with a schema that is not ours or with program code in it,
    or with somebody's unfinished change beside it. `path` is not changed.

    Raises:
        OpenError: it is open here, it is no SQLite file, or it holds nothing of a timeline document.
        WriteError: the new document cannot be written; nothing is left of it.
    """
    if is_open(path):
        raise refused(path, "already-open", "is open", "Close it first.")
    path = path.resolve()
    look_at(path)
    found = Rescued()
    sides = _believable(path, found)
    store = create_store(target, uid=uid)
    made = store.path
    store.close()
    try:
        _copy(path, sides, made, found)
    except BaseException:
        clear_away(made)
        raise
    if not found.rows["events"] and not found.rows["sources"]:
        clear_away(made)
        raise refused(path, "nothing-readable", "holds no event or source that can be read", "Open a backup.")
    return found


def data_only(path: Path, into: Path, *, uid: str) -> Rescued:
    """Bring the plain rows of a stranger's file into a new document; no code of the file is run. See `rescue`."""
    return rescue(path, into, uid=uid)


def _believable(path: Path, found: Rescued) -> tuple[Path, ...]:
    try:
        return hot(path)
    except OpenError as error:
        found.lose("document", None, f"What lies beside the file was left out: {error.message}")
        return ()


def _copy(path: Path, sides: tuple[Path, ...], target: Path, found: Rescued) -> None:
    try:
        with closing(connect(target)) as connection:
            connection.execute("PRAGMA synchronous=NORMAL")
            with write(connection), salvaging(path, sides) as old:
                connection.execute("DELETE FROM kinds")
                for table in _TABLES:
                    _copy_table(old, connection, table, found)
                _copy_meta(old, connection, found)
                _raise_numbers(old, connection)
                _mend(connection, found)
    except WriteError:
        raise
    except FAILURES as error:
        if _is_of_target(error):
            message = f"“{target.name}” could not be written: {error}."
            raise WriteError("rescue-failed", message, "Choose another place.", path=target) from error
        raise refused(path, "damaged", f"cannot be read at all ({error})", "Open a backup.") from error


def _is_of_target(error: BaseException) -> bool:
    number = getattr(error, "sqlite_errorcode", None)
    return isinstance(number, int) and number & 0xFF in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR)


def _copy_table(old: sqlite3.Connection, new: sqlite3.Connection, name: str, found: Rescued) -> None:
    ours = frozenset(row[0] for row in new.execute("SELECT name FROM pragma_table_info(?)", (name,)))
    try:
        table = plain_table(old, name, ours)
    except sqlite3.Error as error:
        found.lose(name, None, f"The table cannot be read: {error}.")
        return
    if table is None:
        found.lose(name, None, "There is no plain table of that name.")
        return
    marks = ", ".join("?" * len(table.columns))
    names = ", ".join(f'"{column}"' for column in table.columns)
    insert = f'INSERT INTO "{name}" ({names}) VALUES ({marks})'
    for row in rows_of(old, table):
        if isinstance(row, Gap):
            last = "the end" if row.last is None else str(row.last)
            found.lose(name, row.first, f"Rows {row.first} to {last} cannot be read: {row.reason}.")
        elif _inserted(new, insert, row, name, found):
            found.rows[name] += 1
    if table.undecodable:
        message = (
            f"{table.undecodable} texts were not UTF-8; what could not be read of them stands as U+FFFD."
        )
        found.lose(name, None, message)


def _inserted(new: sqlite3.Connection, insert: str, row: dict[str, Any], table: str, found: Rescued) -> bool:
    number = row["id"] if isinstance(row["id"], int) else None
    try:
        new.execute(insert, tuple(row.values()))
    except (sqlite3.IntegrityError, sqlite3.DataError) as error:  # these leave the transaction as it was
        found.lose(table, number, f"The row does not fit: {error}.")
        return False
    return True


def _copy_meta(old: sqlite3.Connection, new: sqlite3.Connection, found: Rescued) -> None:
    try:
        table = plain_table(old, "meta", frozenset(("id", "revision", "title", "language", "extra")))
        row = next(rows_of(old, table), None) if table is not None else None
        if isinstance(row, dict):
            values = {"revision": 0, "title": None, "language": None, "extra": "{}", **row}
            new.execute(
                "UPDATE meta SET revision = :revision, title = :title, language = :language, extra = :extra",
                values,
            )
            return
    except (sqlite3.IntegrityError, sqlite3.OperationalError):
        pass
    found.lose("meta", None, "The document's title and language are lost.")


def _raise_numbers(old: sqlite3.Connection, new: sqlite3.Connection) -> None:
    """No number that a row ever had is given again, where that is still known."""
    try:
        known = old.execute("SELECT name, seq FROM sqlite_sequence").fetchall()
    except sqlite3.Error:
        return
    for name, number in known:
        if name in _TABLES and isinstance(number, int):
            new.execute("UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = ?", (number, name))


def _mend(connection: sqlite3.Connection, found: Rescued) -> None:
    """Give every reference a row again: a placeholder, nothing where that is allowed, else the row goes."""
    while True:
        broken = list(_broken(connection))
        if not broken:
            return
        for table, row, parent, column, missing, optional in broken:
            if parent in _PLACEHOLDERS and not optional and missing is not None:
                there = connection.execute(f"SELECT 1 FROM {parent} WHERE id = ?", (missing,)).fetchone()
                if there is None:
                    connection.execute(_PLACEHOLDERS[parent], (missing, _LOST))
                    found.lose(
                        parent, missing, "The row is lost; others refer to it, so an empty one stands there."
                    )
            elif optional:
                connection.execute(f'UPDATE "{table}" SET "{column}" = NULL WHERE id = ?', (row,))
                found.lose(table, row, f"Its {column} referred to a row of {parent} that is lost.")
            else:
                found.rows[table] -= connection.execute(
                    f'DELETE FROM "{table}" WHERE id = ?', (row,)
                ).rowcount
                found.lose(table, row, f"It belonged to a row of {parent} that is lost.")


def _broken(connection: sqlite3.Connection) -> Iterator[tuple[str, int, str, str, int | None, bool]]:
    """Yield each broken reference: table, row, parent, column, the number that is missing, may it be empty."""
    for table, row, parent, key in connection.execute("PRAGMA foreign_key_check").fetchall():
        column = connection.execute(
            'SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?', (table, key)
        ).fetchone()[0]
        needed = connection.execute(
            'SELECT "notnull" FROM pragma_table_info(?) WHERE name = ?', (table, column)
        ).fetchone()[0]
        missing = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,)).fetchone()
        yield table, row, parent, column, None if missing is None else missing[0], not needed
