"""What can be done about a file that is damaged, refused or older: it is offered, then done in a worker.

Restoring and bringing up to date keep what was there; rescuing writes a new document and leaves the old file alone.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from viewer.domain.uids import new_uid
from viewer.keeping import bring_up_to_date, kept_backups, kept_notes
from viewer.storage.backups import inspect
from viewer.storage.errors import StorageError
from viewer.storage.opening import wait_until_readable
from viewer.storage.restoring import backups_for
from viewer.ui.background import Background
from viewer.ui.text import one_line

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable
    from pathlib import Path

    from viewer.storage.rescue import Rescued
    from viewer.ui.background import Task
    from viewer.ui.main_window import MainWindow

    Action = tuple[str, Callable[[], object]]

_RESTORABLE = ("damaged", "empty", "missing", "not-a-document")
_RESCUABLE = ("side-files", "foreign-journal", "damaged")


class Mending(QObject):
    """The ways out of trouble with a file, for one window."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._background = Background(self)
        self._then: Callable[[Any], None] = lambda _value: None
        self._reopened: Path | None = None
        self._waiting: Task | None = None
        self._awaited: Path | None = None

    def actions(self, error: StorageError) -> list[Action]:
        """Return what can be offered when a file was not opened."""
        path, code = error.path, error.code
        if path is None:
            return []
        offered: list[Action] = []
        if code == "side-files":
            offered.append((self.tr("Look at it only"), partial(self._window.open_path, path, look=True)))
        if code in _RESTORABLE and backups_for(path, backups=kept_backups(), notes=kept_notes()):
            offered.append((self.tr("Restore from backup…"), partial(self.choose_backup, path)))
        if code in _RESCUABLE:
            offered.append((self.tr("Rescue into a copy…"), partial(self.rescue, path)))
        if code in ("program-code", "other-schema"):
            offered.append((self.tr("Import data only…"), partial(self.rescue, path)))
        if code == "older":
            offered.append((self.tr("Bring up to date"), partial(self._bring_up_to_date, path, again=False)))
        if code == "migration-failed-before":
            offered.append((self.tr("Try again"), partial(self._bring_up_to_date, path, again=True)))
        if code == "in-use":
            offered.append((self.tr("Cancel"), self._stop_waiting))
        return offered

    def wait_for(self, path: Path) -> None:
        """Open a file as soon as another program lets it be read."""
        self._stop_waiting()
        self._awaited = path
        self._waiting = self._background.start(
            lambda cancelled: wait_until_readable(path, cancelled.is_set), self._open_awaited
        )

    def _open_awaited(self, _readable: bool) -> None:
        path, self._waiting = self._awaited, None
        self._window.hush()
        if path is not None:
            self._window.open_path(path)

    def _stop_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None

    def rescue(self, path: Path) -> None:
        """Ask for a name, copy what can be read of a file into a new document there, and open it."""
        target = self._window.ask_document(f"{path.stem} rescued.dateline")
        if target is None:
            return

        def work(_cancelled: threading.Event) -> Rescued:
            from viewer.storage.rescue import rescue

            return rescue(path, target, uid=new_uid())

        def open_rescued(found: Rescued) -> None:
            self._window.open_path(target)
            lost = len(found.losses) + sum(found.uncounted.values())
            words = self.tr("Rescued {events} events, {sources} sources and {claims} claims; {lost} losses.")
            counts = {name: f"{found.rows[name]:,}" for name in ("events", "sources", "claims")}
            self._window.say(words.format(**counts, lost=f"{lost:,}"))

        self._start(self.tr("Copying what can be read of “{name}”…"), path, work, open_rescued)

    def choose_backup(self, path: Path) -> None:
        """Show the backups of a document, to restore one of them."""
        from viewer.ui.restore_dialog import RestoreDialog

        dialog = RestoreDialog(path, self._window)
        dialog.chosen.connect(partial(self.restore, path))
        dialog.open()

    def restore(self, path: Path, backup: Path) -> None:
        """Put a backup in the place of a document, which is closed and kept first, and open it."""
        self._window.leave_document(path)

        def work(_cancelled: threading.Event) -> Path | None:
            import time

            from viewer.storage.restoring import restore

            backups, notes = kept_backups(), kept_notes()
            return restore(path, backup, backups=backups, notes=notes, at=int(time.time())).kept

        def open_restored(kept: Path | None) -> None:
            self._window.open_path(path)
            words = self.tr("Restored. What was there is kept as {path}.")
            self._window.say(self.tr("Restored.") if kept is None else words.format(path=one_line(str(kept))))

        self._start(self.tr("Restoring “{name}”…"), path, work, open_restored, reopened=path)

    def stop(self) -> bool:
        """Wait for what is being done, 2 s at most; return whether it has ended."""
        return self._background.stop()

    def _bring_up_to_date(self, path: Path, *, again: bool) -> None:
        self._start(
            self.tr("Bringing “{name}” up to date…"),
            path,
            lambda _cancelled: bring_up_to_date(path, again=again),
            lambda _backup: self._window.open_path(path),
        )

    def _start(
        self,
        words: str,
        path: Path,
        work: Callable[[threading.Event], Any],
        then: Callable[[Any], None],
        *,
        reopened: Path | None = None,
    ) -> None:
        """Do work on a file in a worker, then `then`; if it fails, say so and open `reopened` as it was."""
        self._then, self._reopened = then, reopened
        self._window.say(words.format(name=one_line(path.name, 80)))
        self._background.start(work, self._done, self._failed)

    def _done(self, value: object) -> None:
        self._window.hush()
        self._then(value)

    def _failed(self, error: Exception) -> None:
        self._window.hush()
        if self._reopened is not None and inspect(self._reopened) is not None:
            self._window.open_path(self._reopened)
        self._window.show_trouble(error)
        if not isinstance(error, StorageError):
            raise error
