"""Backups of documents, in the application's data: made on a schedule, verified, thinned out with age.

Each is a complete document under a name that says when and why it was made. It gets that name only after it has
passed its check, so a file of that name was whole once; whether it still is, `inspect` tells.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from viewer.frozen import dataclass
from viewer.storage.connection import connect, copy_database
from viewer.storage.errors import OpenError, WriteError
from viewer.storage.opening import FAILURES, quick_check
from viewer.storage.schema_gate import check_schema
from viewer.storage.store import Store
from viewer.storage.watching import State, state_of

Reason = Literal["session", "interval", "import", "restore", "migration", "command"]
"""Why a backup was made: at the first edit of a session, every half hour of changes, before an import, before an
older version was restored, before the file was brought up to date, because somebody asked."""

_AUTOMATIC = ("session", "interval")
_NAME = re.compile(r"(\d{8}T\d{6})Z-([0-9a-f]{8})-([a-z]+)(?:-\d+)?\.dateline")
_TIME = "%Y%m%dT%H%M%S"
_DAY = 24 * 60 * 60
_NEWEST, _DAILY, _WEEKLY = 10, 7, 4


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: where it lies, when it was made (seconds) and why, of the document at which place, its bytes."""

    path: Path
    at: int
    reason: str
    place: str
    size: int
    order: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a document or a backup holds, to tell versions apart."""

    state: State
    events: int
    sources: int
    claims: int
    last_edit: str | None


class Backups:
    """The backups of all documents below one folder; a document and its copies share one by their uid."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def aside(self) -> Path:
        """The folder of files that were replaced though they could not be opened, each as it was."""
        return self._folder / "aside"

    def make(self, store: Store, reason: Reason, *, at: int) -> Backup | None:
        """Back a document up as it is now, then thin its backups out; None when the newest holds the same.

        Only an automatic backup is left out so.

        Raises:
            WriteError: it could not be made; the document can be worked on all the same.
        """
        return self._make(store.path, store.state, reason, at, partial(store.copy_to, private=True))

    def make_beside(
        self, path: Path, state: State, reason: Reason, *, at: int, cancelled: Callable[[], bool]
    ) -> Backup | None:
        """Back up a document that is open in another thread, in steps between which it can be changed.

        `state` is the store's. What is changed meanwhile is in the backup too.

        Raises:
            WriteError: it could not be made, or `cancelled` said so.
        """

        def copy(target: Path) -> None:
            try:
                with closing(connect(path, read_only=True)) as connection:
                    if state_of(connection).uid != state.uid:
                        raise _failed("another document lies in its place")
                    copy_database(connection, target, private=True, cancelled=cancelled)
            except FAILURES as error:
                raise _failed(str(error)) from error

        return self._make(path, state, reason, at, copy)

    def make_from(self, connection: sqlite3.Connection, path: Path, reason: Reason, *, at: int) -> Backup:
        """Back up a document of whatever format through a connection to it.

        Raises:
            WriteError: it could not be made.
            sqlite3.Error, ValueError: the document says nothing of itself.
        """
        copy = partial(copy_database, connection, private=True)
        made = self._make(path, state_of(connection), reason, at, copy)
        if made is None:
            raise _failed("it is gone already")
        return made

    def _make(
        self, path: Path, state: State, reason: Reason, at: int, copy: Callable[[Path], None]
    ) -> Backup | None:
        place = _place(path)
        if reason in _AUTOMATIC and self._holds(state, place):
            return None
        folder = self._folder_of(state.uid)
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            needed = 2 * path.stat().st_size if path.exists() else 0
            free = shutil.disk_usage(folder).free
        except OSError as error:
            raise _failed(error.strerror or str(error)) from error
        if free < needed:
            raise _failed("the disk has too little space left")
        _clear(folder, at)
        target = _free_name(folder, at, place, reason)
        try:
            copy(target)
        except WriteError as error:
            raise _failed(error.message) from error
        self._thin(state.uid, place)
        return _backup_from(target)

    def of(self, uid: str) -> list[Backup]:
        """Return the backups of a document and its copies, newest first."""
        return _in_folder(self._folder_of(uid))

    def of_place(self, path: Path) -> list[Backup]:
        """Return the backups of what lay at a real path, newest first: for a document that cannot be read."""
        place = _place(path)
        try:
            folders = list(self._folder.iterdir())
        except OSError:
            return []
        found = [each for folder in folders for each in _in_folder(folder) if each.place == place]
        return sorted(found, key=lambda each: each.order)[::-1]

    def newest_whole(self, uid: str) -> Backup | None:
        """Return the newest backup that passes its check now."""
        return next((each for each in self.of(uid) if inspect(each.path) is not None), None)

    def _holds(self, state: State, place: str) -> bool:
        newest = next((each for each in self.of(state.uid) if each.place == place), None)
        if newest is None:
            return False
        try:
            with closing(connect(newest.path, immutable=True)) as connection:
                return state_of(connection) == state
        except FAILURES:
            return False

    def _thin(self, uid: str, place: str) -> None:
        """Remove what the schedule does not keep; the newest, verified a moment ago, is always kept."""
        mine = [each for each in self.of(uid) if each.place == place]
        kept = kept_of([each.at for each in mine])
        for number, each in enumerate(mine):
            if number not in kept:
                with suppress(OSError):  # it goes the next time
                    each.path.unlink()

    def _folder_of(self, uid: str) -> Path:
        return self._folder / re.sub(r"[^0-9A-Za-z-]", "_", uid)[:80]


def kept_of(times: Iterable[int]) -> set[int]:
    """Return which of some backups are kept, given by their times, newest first.

    The ten newest; of each of the last seven days and of each of the last four weeks that have any, the newest.
    """
    kept: set[int] = set()
    days: set[object] = set()
    weeks: set[object] = set()
    for number, at in enumerate(times):
        day = datetime.fromtimestamp(at, UTC).date()
        week = day.isocalendar()[:2]
        if number < _NEWEST or (day not in days and len(days) < _DAILY):
            kept.add(number)
        if week not in weeks and len(weeks) < _WEEKLY:
            kept.add(number)
        days.add(day)
        weeks.add(week)
    return kept


def inspect(path: Path) -> Contents | None:
    """Check a backup, or any closed document, and tell what it holds; None when it fails its check.

    Never opens the files beside it, and never writes. Takes about a second a gigabyte.
    """
    try:
        if not path.is_file():  # a pipe would be waited for
            return None
        with closing(connect(path, immutable=True)) as connection:
            check_schema(path, connection)
            quick_check(path, connection)
            if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
                return None
            return contents_of(connection)
    except (OpenError, *FAILURES):
        return None


def present_contents(path: Path) -> Contents | None:
    """Return what a document holds that may be open; None when it cannot be read."""
    try:
        with closing(connect(path, read_only=True)) as connection:
            return contents_of(connection)
    except FAILURES:
        return None


def contents_of(connection: sqlite3.Connection) -> Contents:
    """Return what a document holds.

    Raises:
        sqlite3.Error, ValueError: it cannot be read.
    """
    events, sources, claims = connection.execute(
        "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM sources), (SELECT count(*) FROM claims)"
    ).fetchone()
    newest = connection.execute("SELECT label FROM edits ORDER BY id DESC LIMIT 1").fetchone()
    return Contents(state_of(connection), events, sources, claims, newest[0] if newest else None)


def _clear(folder: Path, at: int) -> None:
    """Remove what a crash left half written more than a day ago."""
    for each in folder.glob(".dateline-*.part*"):
        with suppress(OSError):
            if each.stat().st_mtime < at - _DAY:
                each.unlink()


def _in_folder(folder: Path) -> list[Backup]:
    try:
        found = [_backup_from(path) for path in folder.iterdir()]
    except OSError:
        return []
    return sorted((each for each in found if each is not None), key=lambda each: each.order)[::-1]


def _backup_from(path: Path) -> Backup | None:
    named = _NAME.fullmatch(path.name)
    if named is None:
        return None
    try:
        at = datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
        found, seconds = path.stat(), round(at.timestamp())
        return Backup(path, seconds, named[3], named[2], found.st_size, (seconds, found.st_mtime_ns))
    except (ValueError, OSError):
        return None


def _free_name(folder: Path, at: int, place: str, reason: str) -> Path:
    stem = f"{datetime.fromtimestamp(at, UTC):{_TIME}}Z-{place}-{reason}"
    number, target = 1, folder / f"{stem}.dateline"
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}.dateline"
    return target


def _place(path: Path) -> str:
    """Return what tells a document from a copy of it that lies elsewhere."""
    import hashlib  # 10 ms of OpenSSL, which most starts do without

    return hashlib.sha256(os.fsencode(path)).hexdigest()[:8]


def _failed(reason: str) -> WriteError:
    return WriteError(
        "backup-failed",
        f"No backup could be made: {reason.rstrip('.')}.",
        "You can go on working; save a copy elsewhere.",
    )
