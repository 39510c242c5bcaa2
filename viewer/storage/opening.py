"""Opening and creating documents: nothing is written to a file that is not surely ours.

The order matters. Kind and size of the file first, then its first hundred bytes, then the files beside it, and
only then SQLite, whose first read of a stranger's journal can already do harm. A file that this process has
open is never opened a second time: closing the second handle would drop SQLite's locks.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from viewer.domain.records import BUILT_IN_KINDS
from viewer.frozen import dataclass
from viewer.storage import rows
from viewer.storage.access import Notice
from viewer.storage.connection import BUSY_SECONDS, connect, write
from viewer.storage.errors import OpenError, ReadError, WriteError, is_busy, refused
from viewer.storage.files import clear_away, sync_folder, temporary_beside
from viewer.storage.looking import check_identity, look_at, status
from viewer.storage.notes import Notes
from viewer.storage.open_files import FileKey, hold, is_held, key_of, release
from viewer.storage.schema import APPLICATION_ID, SCHEMA_VERSION, migrations
from viewer.storage.schema_gate import check_schema
from viewer.storage.side_files import beside, hot
from viewer.storage.store import Store

# A quick_check of so much takes some 40 ms; what is larger is checked before the first edit.
CHECKED_AT_ONCE = 32 * 1024 * 1024
FAILURES = (sqlite3.Error, OSError, ValueError, OverflowError, MemoryError, RecursionError)
_COMMIT = 0.3  # seconds in which a commit is done and its journal gone
_LOOK, _LOOKS = (
    0.05,
    6,
)  # seconds between two looks at whether it is cancelled; how many of them between two tries
_LISTED = 20
_OTHER_COPY = "Open a backup or another copy."
_SAVE_A_COPY = "Save a copy to change it."


@dataclass(frozen=True, slots=True)
class _Way:
    """How a file is opened, and why it may only be read."""

    mode: Literal["write", "read", "immutable"]
    read_only: Notice | None = None


def file_key(path: Path) -> FileKey:
    """Return what identifies a file whatever it is called: device and inode.

    Raises:
        OpenError: there is no such file, or its path leads in a circle.
    """
    return key_of(status(path))


def open_store(
    path: Path, *, notes: Notes | None = None, look: bool = False, patience: float = BUSY_SECONDS
) -> Store:
    """Open a document; the store says whether it can be written to, and what the user should know.

    A crash's side files are put into the document only where `notes` say that it was changed here; without
    notes they are believed. `look`: only read it, and no file beside it. `patience`: for how many seconds to wait
    while another program lets nobody read it.

    Raises:
        OpenError: no document of this program, damaged, or open already; not a byte of it was changed.
    """
    key = file_key(path)
    if is_held(key):
        raise refused(path, "already-open", "is already open", "Use the window that shows it.")
    path = path.resolve()
    header = look_at(path)
    check_identity(path, header.application, header.version)
    sides = hot(path)
    if sides and not look and notes is not None and not notes.knows(path):
        time.sleep(_COMMIT)  # somebody elsewhere may just be saving
        sides = hot(path)
    way = _way(path, sides, notes=notes, look=look, wal=header.wal)
    with damage_refused(path):
        connection = _connected(path, way, patience)
    try:
        with damage_refused(path):
            store = _store(path, connection, way, sides, key)
            connection.execute(f"PRAGMA busy_timeout={round(BUSY_SECONDS * 1000)}")
    except BaseException:
        connection.close()
        raise
    hold(key)
    return store


def _way(path: Path, sides: tuple[Path, ...], *, notes: Notes | None, look: bool, wal: bool) -> _Way:
    unfinished = sides and (look or not (notes is None or notes.knows(path)))
    if unfinished and not look:
        raise refused(
            path,
            "side-files",
            f"has an unfinished change beside it that was not made on this computer ({sides[0].name})",
            "Look at it without that change, or recover it into a copy.",
        )
    if unfinished:
        message = f"“{path.name}” is shown without the unfinished change beside it ({sides[0].name})."
        return _Way("immutable", Notice("side-files", message, _SAVE_A_COPY))
    reason = _why_not_writable(path)
    if reason is None and look:
        reason = Notice("look", f"“{path.name}” was opened to be read only.", _SAVE_A_COPY)
    if reason is None:
        return _Way("write")
    return _Way("immutable" if sides or wal else "read", reason)


def _why_not_writable(path: Path) -> Notice | None:
    if not os.access(path, os.W_OK):
        return Notice("read-only-file", f"“{path.name}” is write-protected.", _SAVE_A_COPY)
    if not os.access(path.parent, os.W_OK):
        message = f"The folder of “{path.name}” is write-protected, and a change needs a file beside it."
        return Notice("read-only-folder", message, _SAVE_A_COPY)
    return None


@contextmanager
def damage_refused(path: Path) -> Iterator[None]:
    """Turn whatever a damaged file, or one that another program holds, may raise into a refusal.

    Raises:
        OpenError: its code is damaged or in-use.
    """
    try:
        yield
    except (*FAILURES, IndexError, ReadError) as error:
        if is_busy(error):
            raise refused(
                path, "in-use", "is being written by another program", "Try again when that is done."
            ) from error
        raise refused(path, "damaged", f"is damaged ({error})", _OTHER_COPY) from error


def wait_until_readable(path: Path, cancelled: Callable[[], bool]) -> bool:
    """Wait while another program lets nobody read a file; return whether it can be opened, False: cancelled.

    For a worker. Whatever else is the matter with the file, opening it says so.
    """
    while True:
        for _ in range(_LOOKS):
            if cancelled():
                return False
            time.sleep(_LOOK)
        try:
            with closing(connect(path, read_only=True)) as connection:
                connection.execute("PRAGMA busy_timeout=0")
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        except FAILURES as error:
            if is_busy(error):
                continue
        return True


def _connected(path: Path, way: _Way, patience: float = BUSY_SECONDS) -> sqlite3.Connection:
    connection = connect(path, read_only=way.mode == "read", immutable=way.mode == "immutable")
    connection.execute(f"PRAGMA busy_timeout={round(patience * 1000)}")
    return connection


def _store(
    path: Path, connection: sqlite3.Connection, way: _Way, sides: tuple[Path, ...], key: FileKey
) -> Store:
    check_schema(path, connection)  # the first read: a journal of ours is rolled back by it
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    check_identity(path, application, version)
    checked = path.stat().st_size <= CHECKED_AT_ONCE
    read_only = way.read_only
    if checked:
        with _checking(path, way, connection) as reading:
            quick_check(path, reading)
            read_only = read_only or broken_references(path, reading)
    if way.mode == "write":
        # Last, because it writes to a file that another tool has put into WAL mode.
        connection.execute("PRAGMA journal_mode=DELETE")
        if beside(path) and not hot(path):
            # The finished journal of a process that was killed; SQLite removes it under its lock.
            connection.execute("PRAGMA journal_mode=PERSIST")
            connection.execute("PRAGMA journal_mode=DELETE")
    return Store(
        connection,
        path,
        key,
        on_close=lambda: release(key),
        read_only=read_only,
        notices=_recovered(path, way, sides),
        check=None if checked else lambda: _check_now(path),
    )


@contextmanager
def _checking(path: Path, way: _Way, connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Give a connection that can only read: SQLite checks through it five times as fast."""
    if way.mode != "write":
        yield connection
        return
    with closing(_connected(path, _Way("read"))) as reading:
        yield reading


def _recovered(path: Path, way: _Way, sides: tuple[Path, ...]) -> tuple[Notice, ...]:
    if way.mode != "write" or not sides or any(side.exists() for side in sides):
        return ()
    message = f"“{path.name}” was recovered after a crash; a change that was not finished is not in it."
    return (Notice("recovered", message, "Look whether your last change is there."),)


def quick_check(path: Path, connection: sqlite3.Connection) -> None:
    """Refuse a file whose pages are damaged.

    Raises:
        OpenError: it is damaged.
        sqlite3.Error: it is too damaged even to be checked.
    """
    problems = [row[0] for row in connection.execute("PRAGMA quick_check(5)")]
    if problems != ["ok"]:
        raise refused(path, "damaged", f"is damaged ({problems[0]})", _OTHER_COPY)


def broken_references(path: Path, connection: sqlite3.Connection) -> Notice | None:
    """Say why a document with references to rows that do not exist may only be read; None without such."""
    found = connection.execute("PRAGMA foreign_key_check").fetchmany(_LISTED)
    if not found:
        return None
    return Notice(
        "broken-references",
        f"“{path.name}” refers to rows that do not exist; it can be read, but not changed.",
        "Rescue what it holds into a new document, or open a backup.",
        tuple(f"{table} {row}: no such row of {parent}" for table, row, parent, _ in found),
    )


def check_late(path: Path, connection: sqlite3.Connection) -> Notice | None:
    """Check a large document before its first edit; return why it must not be edited."""
    try:
        quick_check(path, connection)
        return broken_references(path, connection)
    except (OpenError, *FAILURES) as error:
        remedy = "Save nothing over it. Open a backup, or rescue what it holds."
        return Notice("damaged", f"“{path.name}” is damaged; it must not be changed ({error}).", remedy)


def _check_now(path: Path) -> Notice | None:
    try:
        with closing(connect(path, read_only=True)) as reading:
            return check_late(path, reading)
    except FAILURES as error:
        return Notice("damaged", f"“{path.name}” cannot be checked: {error}.", _SAVE_A_COPY)


def create_store(path: Path, *, uid: str) -> Store:
    """Create a new empty document with the built-in kinds and open it; `uid` becomes the document's own.

    Raises:
        WriteError: there is such a file already, or the folder cannot be written to.
    """
    path = path.absolute()
    if os.path.lexists(path):
        raise WriteError(
            "exists",
            f"“{path.name}” exists already.",
            "Choose another name; nothing was overwritten.",
            path=path,
        )
    temporary: Path | None = None
    try:
        temporary = temporary_beside(path)
        with closing(connect(temporary)) as connection:
            _fill(connection, uid)
        _move_without_overwriting(temporary, path)
        sync_folder(path.parent)
    except (OSError, sqlite3.Error) as error:
        raise WriteError(
            "create-failed",
            f"“{path.name}” could not be created: {getattr(error, 'strerror', None) or error}.",
            "Choose another folder.",
            path=path,
        ) from error
    finally:
        clear_away(temporary)
    return open_store(path)


def _move_without_overwriting(temporary: Path, path: Path) -> None:
    """Give a file its name; unlike a rename, a link fails when someone else made such a file meanwhile."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as a memory stick's
        if path.exists():
            raise
        temporary.rename(path)


def _fill(connection: sqlite3.Connection, uid: str) -> None:
    from sqlite_utils import Database  # imports 0.2 s of modules that opening a document does not need

    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    migrations().apply(Database(connection, execute_plugins=False))
    with write(connection):
        connection.execute("INSERT INTO meta (id, uid, revision) VALUES (1, ?, 0)", (uid,))
        for kind in BUILT_IN_KINDS:
            row = rows.kind_row(kind)
            connection.execute(
                """INSERT INTO kinds (name, label, shape, colour, extra)
                VALUES (:name, :label, :shape, :colour, :extra)""",
                row,
            )
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
