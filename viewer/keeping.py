"""Keeping an open document: noted as changed here, backed up on schedule, watched for others' changes.

What cannot be kept never stands in the way of work: a failure becomes a notice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.folders import data_folder
from viewer.storage.access import Notice
from viewer.storage.errors import WriteError
from viewer.storage.notes import Notes
from viewer.storage.store import Store

if TYPE_CHECKING:
    from viewer.storage.backups import Backup, Backups, Reason

EVERY = 30 * 60
"""Seconds between two backups of a document that is being changed."""
BEFORE_THE_EDIT = 32 * 1024 * 1024
"""Bytes. A document up to that is backed up in the moment of its first edit, in 70 ms; a larger one beside the
work, as soon as `due` says so."""


def kept_notes() -> Notes:
    """Return the notes of the documents that were changed on this machine."""
    return Notes(data_folder() / "documents")


def kept_backups() -> Backups:
    """Return the backups of all documents."""
    from viewer.storage.backups import Backups  # only changing needs it

    return Backups(data_folder() / "backups")


def bring_up_to_date(path: Path, *, again: bool = False) -> Backup:
    """Bring a closed document of an older format up to date, when the user agreed; return its backup.

    `again`: try although it failed before.

    Raises:
        StorageError: it was not; the document is as it was.
    """
    from viewer.storage.migrating import migrate

    failures = data_folder() / "failed"
    return migrate(path, backups=kept_backups(), failures=failures, at=int(time.time()), again=again)


class Keeper:
    """Keeps one open document, from its first edit on."""

    def __init__(self, store: Store, *, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock
        self._notes = kept_notes()
        self._backed_up: tuple[int, float] | None = None  # the revision, and when
        self.problem: Notice | None = None
        store.before_first_write(self._begin)

    @cached_property
    def _backups(self) -> Backups:
        return kept_backups()

    def due(self) -> Reason | None:
        """Return why a backup should be made now: none yet of this session's changes, or half an hour passed.

        For the window's timer, which makes it in a worker: see `Backups.make_beside` and `made`.
        """
        if self._backed_up is None or self._store.revision == self._backed_up[0]:
            return None
        if self._backed_up[1] == 0:
            return "session"
        return "interval" if self._clock() - self._backed_up[1] >= EVERY else None

    def beside(self, reason: Reason) -> Callable[[Callable[[], bool]], Notice | None]:
        """Return the making of a backup for a worker, which is asked whether it is cancelled.

        Give what it returns to `made`, with the present revision, in the thread of the store.
        """
        path, state, at, backups = self._store.path, self._store.state, int(self._clock()), self._backups

        def make(cancelled: Callable[[], bool]) -> Notice | None:
            return _problem_of(lambda: backups.make_beside(path, state, reason, at=at, cancelled=cancelled))

        return make

    def made(self, revision: int, problem: Notice | None = None) -> None:
        """Take note that the backup that was due is made, of a revision, or could not be."""
        self._backed_up = (revision, self._clock())
        self.problem = problem

    def back_up(self, reason: Reason) -> Backup | None:
        """Make a backup now; None when there is nothing new to keep, or when it failed: see `problem`."""
        if self._store.revision == 0:  # a new document: there is nothing to be kept yet
            self.made(0)
            return None
        made: list[Backup | None] = [None]

        def make() -> None:
            made[0] = self._backups.make(self._store, reason, at=int(self._clock()))

        self.made(self._store.revision, _problem_of(make))
        return made[0]

    def _begin(self) -> None:
        unnoted = None
        try:
            self._notes.write(self._store.path, self._store.state.uid)
        except WriteError as error:
            unnoted = Notice(error.code, error.message, "You can go on working.")
        try:
            small = self._store.path.stat().st_size <= BEFORE_THE_EDIT
        except OSError:
            small = True
        if small:
            self.back_up("session")
        else:
            self._backed_up = (-1, 0)
        self.problem = self.problem or unnoted


def _problem_of(make: Callable[[], object]) -> Notice | None:
    """Make a backup; return why that failed."""
    try:
        make()
    except WriteError as error:
        return Notice(error.code, error.message, error.remedy)
    except OSError as error:
        return Notice("backup-failed", f"No backup could be made: {error}.", "You can go on working.")
    return None
