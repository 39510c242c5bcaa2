"""Reading what can be read out of a file that is damaged or not ours, without running anything in it.

Only plain tables that have our names are read, and of them only plain columns that have our names: no view, no
virtual table, no generated column, no index, and the connection can write nothing. Where a page is damaged,
reading goes on behind it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

from viewer.frozen import dataclass
from viewer.storage.connection import connect

_LAST_ROW = 2**63 - 1
_FURTHEST = 2**40  # no document has as many rows; behind so large a gap nothing is looked for


@dataclass(frozen=True, slots=True)
class Gap:
    """Rows that cannot be read: from the first to the last (None: to the end), and why."""

    first: int
    last: int | None
    reason: str


@dataclass(slots=True)
class Table:
    """One table: its name and those of its columns that are read, and whether a text was no UTF-8."""

    name: str
    columns: tuple[str, ...]
    undecodable: int = 0


@contextmanager
def salvaging(path: Path, sides: tuple[Path, ...]) -> Iterator[sqlite3.Connection]:
    """Read a file as it lies there, or, with files of a crash beside it, a private copy that is rolled back.

    Raises:
        sqlite3.Error, OSError: nothing of it can be read.
    """
    if not sides:
        with closing(connect(path, immutable=True, tolerant=True)) as connection:
            yield connection
        return
    with TemporaryDirectory(prefix="dateline-") as folder:
        for each in (path, *sides):
            copyfile(each, Path(folder, f"private{each.name[len(path.name) :]}"))
        private = Path(folder, "private")
        with closing(connect(private)) as connection:  # which puts the files of the crash into the copy
            connection.execute("PRAGMA data_version").fetchone()
        with closing(connect(private, immutable=True, tolerant=True)) as connection:
            yield connection


def plain_table(connection: sqlite3.Connection, name: str, columns: frozenset[str]) -> Table | None:
    """Return a table of that name with those of the columns that it stores; None without an ordinary one.

    Raises:
        sqlite3.Error: its definition cannot be read.
    """
    kinds = connection.execute(
        "SELECT type, sql FROM sqlite_schema WHERE lower(name) = ?", (name.lower(),)
    ).fetchall()
    if len(kinds) != 1 or kinds[0][0] != "table" or str(kinds[0][1])[:13].upper() != "CREATE TABLE ":
        return None
    found = connection.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (name,)).fetchall()
    stored = tuple(column for column, hidden in found if column in columns and hidden == 0)
    return Table(name, stored) if "id" in stored else None


def rows_of(connection: sqlite3.Connection, table: Table) -> Iterator[dict[str, Any] | Gap]:
    """Yield the rows of a table in order, and a gap wherever some cannot be read."""
    connection.text_factory = _Decoder(table)
    names = ", ".join(f'"{column}"' for column in table.columns)
    query = f'SELECT rowid, {names} FROM "{table.name}" NOT INDEXED WHERE rowid > ? ORDER BY rowid'
    last: int | None = -_LAST_ROW - 1
    while last is not None:
        reason = ""
        try:
            for number, *cells in connection.execute(query, (last,)):
                last = number
                yield dict(zip(table.columns, cells, strict=True))
            return
        except (sqlite3.Error, MemoryError) as error:
            reason = str(error) or "too large"
        behind = _next_readable(connection, f"{query} LIMIT 1", max(last, 0))
        yield Gap(max(last, 0) + 1, None if behind is None else behind, reason)
        last = behind


def _next_readable(connection: sqlite3.Connection, query: str, last: int) -> int | None:
    """Return the smallest number behind which a row can be read or the table ends well; None without one."""

    def readable(step: int) -> bool:
        try:
            return connection.execute(query, (last + step,)).fetchone() is not None
        except (sqlite3.Error, MemoryError):
            return False

    step = 1
    while not readable(step):
        step *= 2
        if step > _FURTHEST:
            return None
    low, high = step // 2, step  # not readable behind low, readable behind high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if readable(middle) else (middle, high)
    return last + high


class _Decoder:
    """Reads texts whatever bytes they are, and counts those that are no UTF-8."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def __call__(self, text: bytes) -> str:
        try:
            return text.decode()
        except UnicodeDecodeError:
            self._table.undecodable += 1
            return text.decode("utf-8", "replace")
