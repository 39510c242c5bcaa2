"""Connections and the write transaction: the settings of every connection, and the one way to commit.

A rollback journal, not WAL: a document is copied, mailed and synced as one file, and a WAL beside it loses
commits when it is. `write()` never swallows an error inside the block: a full disk ends the transaction, and
statements that follow would commit one by one.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

from viewer.storage.errors import WriteError
from viewer.storage.files import clear_away, sync_folder, temporary_beside
from viewer.storage.open_files import is_open

_SETTINGS = (
    "PRAGMA synchronous=EXTRA",
    "PRAGMA foreign_keys=ON",
    "PRAGMA trusted_schema=OFF",
    "PRAGMA cell_size_check=ON",
    "PRAGMA mmap_size=0",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
    "PRAGMA recursive_triggers=ON",
    # Pages of 4 kB: a change that fits into 256 MB keeps readers out only while it is committed, not before.
    "PRAGMA cache_spill=65536",
)
_TOLERANT = ("PRAGMA writable_schema=ON", "PRAGMA query_only=ON")
_LENGTH_LIMIT = 64 * 1024 * 1024
_SQL_LIMIT = 1_000_000
BUSY_SECONDS = 5.0
_STEP_PAGES = 4_000  # 16 MB: some 20 ms
_COUNTED = ("events", "sources", "claims", "edits")
_READER_BUSY_SECONDS = 60.0  # nobody waits for a reader in the background, and an import may take its time


def connect(
    path: Path, *, read_only: bool = False, immutable: bool = False, tolerant: bool = False
) -> sqlite3.Connection:
    """Connect to an existing file; never creates one and writes nothing.

    `immutable`: read the file alone, without locks and without a look at the files beside it. `tolerant`: nothing
    can be written, a definition that cannot be understood does not hide the others, and any bytes are a text.

    Raises:
        sqlite3.Error: the file cannot be opened or is no database.
    """
    mode = "?mode=ro&immutable=1" if immutable else "?mode=ro" if read_only else "?mode=rw"
    connection = sqlite3.connect(
        path.absolute().as_uri() + mode,
        uri=True,
        isolation_level=None,
        timeout=_READER_BUSY_SECONDS if read_only else BUSY_SECONDS,
        check_same_thread=True,
    )
    try:
        for setting in (*(_TOLERANT if tolerant else ()), *_SETTINGS):
            connection.execute(setting)
        if tolerant:
            connection.text_factory = partial(str, encoding="utf-8", errors="replace")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LENGTH_LIMIT)
        connection.setlimit(sqlite3.SQLITE_LIMIT_SQL_LENGTH, _SQL_LIMIT)
        connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def write(connection: sqlite3.Connection, *, patience: float = BUSY_SECONDS) -> Iterator[None]:
    """Run the block in one transaction: all of it is committed, or none of it.

    `patience`: for how many seconds to wait at its begin while another program writes.
    """
    connection.execute(f"PRAGMA busy_timeout={round(patience * 1000)}")
    try:
        connection.execute("BEGIN IMMEDIATE")
    finally:
        connection.execute(f"PRAGMA busy_timeout={round(BUSY_SECONDS * 1000)}")
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


def copy_database(
    connection: sqlite3.Connection,
    target: Path,
    *,
    private: bool = False,
    cancelled: Callable[[], bool] | None = None,
) -> None:
    """Copy an open database into a file: a temporary beside it, checked, then renamed over it.

    `private`: only its owner may read it. With `cancelled`, which is asked now and then, the copy is made in
    steps, between which others can write; what they write is in the copy too.

    Raises:
        WriteError: the copy could not be completed; an older `target` is as it was.
    """
    if is_open(target):
        raise WriteError(
            "target-open", f"“{target.name}” is open as a document.", "Choose another name.", path=target
        )
    temporary: Path | None = None
    try:
        temporary = temporary_beside(target, private=private)
        with closing(sqlite3.connect(temporary, isolation_level=None)) as copy:
            _fill_copy(connection, copy, cancelled)
        with closing(connect(temporary, immutable=True)) as copy:
            _check_copy(connection, copy, compared=cancelled is None)
        with temporary.open("rb+") as written:
            os.fsync(written.fileno())
        os.replace(temporary, target)
        sync_folder(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise WriteError(
            "copy-failed",
            f"The copy could not be written to {target.name}: {error}.",
            "Choose another place.",
            path=target,
        ) from error
    finally:
        clear_away(temporary)
        clear_away(temporary and temporary.with_name(temporary.name + "-journal"))


def _fill_copy(
    source: sqlite3.Connection, copy: sqlite3.Connection, cancelled: Callable[[], bool] | None
) -> None:
    def step(_status: int, _remaining: int, _total: int) -> None:
        if cancelled is not None and cancelled():
            raise sqlite3.OperationalError("it was cancelled")

    # Nobody reads the copy before it is whole and synced, so it needs no journal of its own.
    copy.execute("PRAGMA journal_mode=OFF")
    copy.execute("PRAGMA synchronous=OFF")
    source.backup(copy, pages=-1 if cancelled is None else _STEP_PAGES, progress=step)
    copy.execute("PRAGMA journal_mode=DELETE")  # a document in WAL mode is copied as one file


def _check_copy(source: sqlite3.Connection, copy: sqlite3.Connection, *, compared: bool) -> None:
    if copy.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise sqlite3.DatabaseError("the copy did not pass its check")
    if compared and _counts(copy) != _counts(source):
        raise sqlite3.DatabaseError("the copy does not hold as many rows")


def _counts(connection: sqlite3.Connection) -> tuple[int, ...]:
    row: tuple[int, ...] = connection.execute(
        f"SELECT {', '.join(f'(SELECT count(*) FROM {table})' for table in _COUNTED)}"
    ).fetchone()
    return row
