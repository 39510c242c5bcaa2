"""Putting a backup in the place of a document; what lay there is kept first, whatever state it is in."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from viewer.frozen import dataclass
from viewer.storage.backups import Backup, Backups, inspect
from viewer.storage.connection import connect, write
from viewer.storage.errors import OpenError, StorageError, WriteError, refused
from viewer.storage.files import clear_away, sync_folder, temporary_beside
from viewer.storage.notes import Notes
from viewer.storage.open_files import is_open
from viewer.storage.opening import FAILURES, open_store
from viewer.storage.side_files import beside
from viewer.storage.watching import state_of


@dataclass(frozen=True, slots=True)
class Restored:
    """Where the document of before is kept; None where nothing lay there."""

    kept: Path | None


def backups_for(path: Path, *, backups: Backups, notes: Notes) -> list[Backup]:
    """Return the backups of a document that is perhaps damaged or gone, newest first.

    By its own uid, else by what was noted of it, else by where it lay.
    """
    real = path.resolve()
    uid = _uid_of(real, notes)
    return (backups.of(uid) if uid is not None else []) or backups.of_place(real)


def _uid_of(real: Path, notes: Notes) -> str | None:
    try:
        if real.is_file():  # a pipe would be waited for
            shown = is_open(real)
            with closing(connect(real, read_only=shown, immutable=not shown)) as connection:
                return state_of(connection).uid
    except FAILURES:
        pass
    note = notes.of(real)
    return None if note is None else note.uid


def restore(path: Path, backup: Path, *, backups: Backups, notes: Notes, at: int) -> Restored:
    """Put a verified backup in the place of a document, after keeping what lies there.

    The restored document counts as newer than both, so that other windows and caches notice it.

    Raises:
        OpenError: the document is open here, or the backup fails its check.
        WriteError: the present file could not be kept, or the restored one not be written; nothing was changed.
    """
    path = path.resolve()
    if is_open(path):
        raise refused(path, "already-open", "is open", "Close it first.")
    if os.path.lexists(path) and not path.is_file():
        raise refused(path, "not-a-file", "is not a regular file", "Choose a document.")
    found = inspect(backup)
    if found is None:
        raise refused(
            backup,
            "damaged",
            "failed its check and was not restored",
            "Choose another, or rescue what it holds.",
        )
    kept, revision = _keep(path, backups, notes, at)
    _put(path, backup, max(revision, found.state.revision) + 1)
    return Restored(kept)


def _keep(path: Path, backups: Backups, notes: Notes, at: int) -> tuple[Path | None, int]:
    """Keep what lies at a path; return where, and its revision. One that cannot be opened is kept byte by byte."""
    if not os.path.lexists(path):
        return None, 0
    try:
        store = open_store(path, notes=notes)
    except OpenError:
        return _set_aside(path, backups, at), 0
    try:
        made = backups.make(store, "restore", at=at)
        return (None if made is None else made.path), store.revision
    finally:
        store.close()


def _set_aside(path: Path, backups: Backups, at: int) -> Path:
    """Copy a damaged file and the files beside it into a folder of their own."""
    folder = backups.aside / f"{datetime.fromtimestamp(at, UTC):%Y%m%dT%H%M%SZ}"
    number = 1
    try:
        backups.aside.mkdir(parents=True, exist_ok=True, mode=0o700)
        while folder.exists():
            number += 1
            folder = folder.with_name(f"{folder.name.partition('-')[0]}-{number}")
        folder.mkdir(mode=0o700)
        for each in (path, *beside(path)):
            shutil.copy2(each, folder / each.name, follow_symlinks=False)
        sync_folder(folder)
    except (OSError, shutil.Error) as error:
        raise WriteError(
            "keep-failed",
            f"“{path.name}” could not be kept, so nothing was restored: {error}.",
            "Make a copy of it by hand, then restore again.",
            path=path,
        ) from error
    return folder / path.name


def _put(path: Path, backup: Path, revision: int) -> None:
    temporary: Path | None = None
    try:
        temporary = temporary_beside(path)
        shutil.copyfile(backup, temporary)
        with closing(connect(temporary)) as connection, write(connection):
            connection.execute("UPDATE meta SET revision = ?", (revision,))
        if inspect(temporary) is None:
            raise sqlite3.DatabaseError("the copy did not pass its check")
        for side in beside(path):  # they belong to what was there, and SQLite would believe them
            side.unlink()
        os.replace(temporary, path)
        sync_folder(path.parent)
    except (OSError, sqlite3.Error, StorageError) as error:
        raise WriteError(
            "restore-failed",
            f"“{path.name}” could not be restored: {error}.",
            "What lay there was kept.",
            path=path,
        ) from error
    finally:
        clear_away(temporary)
