"""Connections and the write transaction: the settings of every connection, and the one way to commit.

A rollback journal, not WAL: a document is copied, mailed and synced as one file, and a WAL beside it loses
commits when it is. `write()` never swallows an error inside the block: a full disk ends the transaction, and
statements that follow would commit one by one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from viewer.storage.errors import WriteError
from viewer.storage.files import sync_folder, temporary_beside

_SETTINGS = (
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
    "PRAGMA recursive_triggers=ON",
)
_LENGTH_LIMIT = 64 * 1024 * 1024
_SQL_LIMIT = 1_000_000
BUSY_SECONDS = 5.0


def connect(path: Path) -> sqlite3.Connection:
    """Connect to an existing file; never creates one and writes nothing.

    Raises:
        sqlite3.Error: the file cannot be opened or is no database.
    """
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        check_same_thread=True,
    )
    try:
        for setting in _SETTINGS:
            connection.execute(setting)
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LENGTH_LIMIT)
        connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _SQL_LIMIT)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def write(connection: sqlite3.Connection) -> Iterator[None]:
    """Run the block in one transaction: all of it is committed, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("PRAGMA defer_foreign_keys=ON")
        yield
        if not connection.in_transaction:
            raise sqlite3.OperationalError("the transaction ended before its end")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def copy_database(connection: sqlite3.Connection, target: Path) -> None:
    """Copy an open database into a file: a temporary beside it, checked, then renamed over it.

    Raises:
        WriteError: the copy could not be completed; an older `target` is as it was.
    """
    temporary: Path | None = None
    try:
        temporary = temporary_beside(target)
        with closing(sqlite3.connect(temporary)) as copy:
            connection.backup(copy)
            if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("the copy did not pass its check")
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(temporary, target)
        sync_folder(target.parent)
    except (sqlite3.Error, OSError) as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise WriteError(
            "copy-failed",
            f"The copy could not be written to {target.name}: {error}.",
            "Choose another place.",
            path=target,
        ) from error
