"""Opening and creating documents: nothing is written to a file that is not surely ours.

The order matters. Kind and size of the file first, then its first hundred bytes, then the files beside it, and
only then SQLite, whose first read of a stranger's journal can already do harm. A file that this process has
open is never opened a second time: closing the second handle would drop SQLite's locks.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import struct
from contextlib import closing
from pathlib import Path

from viewer.domain.records import BUILT_IN_KINDS
from viewer.storage import rows
from viewer.storage.connection import connect, write
from viewer.storage.errors import OpenError, ReadError, WriteError
from viewer.storage.files import sync_folder, temporary_beside
from viewer.storage.schema import APPLICATION_ID, SCHEMA_VERSION, canonical_schema, migrations, schema_rows
from viewer.storage.store import Store

_HEADER = 100
_MAGIC = b"SQLite format 3\x00"
_SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")
_CHECK_LIMIT = 64 * 1024 * 1024
_FAILURES = (sqlite3.Error, OSError, ValueError, OverflowError, MemoryError, RecursionError)
_NOT_OURS = "Choose a .dateline file; to bring in other material, use Import."

FileKey = tuple[int, int]
_open_files: set[FileKey] = set()


def _refused(path: Path, code: str, message: str, remedy: str) -> OpenError:
    return OpenError(code, f"“{path.name or path}” {message}.", remedy, path=path)


def file_key(path: Path) -> FileKey:
    """Return what identifies a file whatever it is called: device and inode.

    Raises:
        OpenError: there is no such file, or its path leads in a circle.
    """
    found = _stat(path)
    return (found.st_dev, found.st_ino)


def open_store(path: Path) -> Store:
    """Open a document.

    Raises:
        OpenError: no document of this program, damaged, or open already; not a byte of it was changed.
    """
    key = file_key(path)
    if key in _open_files:
        raise _refused(path, "already-open", "is already open", "Use the window that shows it.")
    path = path.resolve()
    _check_file(path)
    _check_header(path)
    _check_journal(path)
    try:
        connection = _checked_connection(path)
    except _FAILURES as error:
        raise _refused(path, "damaged", f"is damaged ({error})", "Open a backup or another copy.") from error
    try:
        store = Store(connection, path, on_close=lambda: _open_files.discard(key))
    except (*_FAILURES, IndexError, ReadError) as error:
        connection.close()
        raise _refused(path, "damaged", f"is damaged ({error})", "Open a backup or another copy.") from error
    _open_files.add(key)
    return store


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
        if temporary is not None:
            temporary.unlink(missing_ok=True)
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


def _stat(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except FileNotFoundError as error:
        raise _refused(path, "missing", "was not found", "It may have been moved or renamed.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refused(path, "unreachable", f"cannot be reached ({reason})", "Check its path.") from error


def _check_file(path: Path) -> None:
    found = _stat(path)
    if stat.S_ISDIR(found.st_mode):
        raise _refused(path, "not-a-file", "is a folder", _NOT_OURS)
    if not stat.S_ISREG(found.st_mode):
        raise _refused(path, "not-a-file", "is not a regular file", _NOT_OURS)
    if found.st_size == 0:
        raise _refused(path, "empty", "is empty (0 bytes)", "It holds no document; open another copy.")
    if found.st_size < _HEADER:
        raise _refused(path, "not-a-document", "is not a timeline document", _NOT_OURS)


def _check_header(path: Path) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise _refused(
            path, "unreadable", f"cannot be read ({error.strerror})", "Check its permissions."
        ) from error
    if not header.startswith(_MAGIC):
        raise _refused(path, "not-a-document", "is not a timeline document", _NOT_OURS)
    version, application = struct.unpack(">I4xI", header[60:72])
    _check_identity(path, application, version)


def _check_identity(path: Path, application: int, version: int) -> None:
    if application != APPLICATION_ID:
        raise _refused(
            path,
            "other-application",
            f"is an SQLite file of another program (application id {application:#x})",
            "It was not opened; export its data there and bring it in with Import.",
        )
    if version > SCHEMA_VERSION:
        raise _refused(
            path,
            "newer",
            f"was made by a newer version of Dateline (format {version}; this one reads up to {SCHEMA_VERSION})",
            "Update Dateline to open it; not a byte was changed.",
        )
    if version < SCHEMA_VERSION:
        raise _refused(
            path, "damaged", f"says format {version}, which never was", "Open a backup or another copy."
        )


def _check_journal(path: Path) -> None:
    """Refuse a journal that names a super-journal: rolling it back deletes whatever file it names."""
    journal = path.with_name(path.name + "-journal")
    try:
        if stat.S_ISREG(journal.lstat().st_mode):
            with journal.open("rb") as file:
                file.seek(max(0, journal.stat().st_size - len(_SUPER_JOURNAL)))
                if file.read() == _SUPER_JOURNAL:
                    raise _refused(
                        path,
                        "foreign-journal",
                        f"has a journal beside it that Dateline did not write ({journal.name})",
                        "Move the journal away if you trust the document without it.",
                    )
    except FileNotFoundError:
        return
    except OSError as error:
        raise _refused(
            path, "unreadable", f"has an unreadable journal ({error.strerror})", "Check its permissions."
        ) from error


def _checked_connection(path: Path) -> sqlite3.Connection:
    connection = connect(path)
    try:
        _check_schema(path, connection)
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        _check_identity(path, application, version)
        if path.stat().st_size <= _CHECK_LIMIT:
            _quick_check(path, connection)
        # Last, because it writes to a file that another tool has put into WAL mode.
        connection.execute("PRAGMA journal_mode=DELETE")
    except BaseException:
        connection.close()
        raise
    return connection


def _check_schema(path: Path, connection: sqlite3.Connection) -> None:
    found, expected = schema_rows(connection), canonical_schema()
    code = sorted(row[1] for row in found - expected if row[0] in ("trigger", "view"))
    if code:
        raise _refused(
            path,
            "program-code",
            f"contains program code that Dateline did not write ({', '.join(code[:3])})",
            "It was not run. Ask its sender for an export instead.",
        )
    if found != expected:
        odd = sorted({row[1] for row in found ^ expected})
        raise _refused(
            path,
            "other-schema",
            f"differs from Dateline's own tables ({', '.join(odd[:3])})",
            "It was not opened. Ask its sender for an export instead.",
        )


def _quick_check(path: Path, connection: sqlite3.Connection) -> None:
    problems = [row[0] for row in connection.execute("PRAGMA quick_check(5)")]
    if problems != ["ok"]:
        raise _refused(path, "damaged", f"is damaged ({problems[0]})", "Open a backup or another copy.")
    broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    if broken:
        raise _refused(
            path, "damaged", f"has broken references (table {broken[0]})", "Open a backup or another copy."
        )
