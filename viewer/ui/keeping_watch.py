"""A window's watch over its document: checked, backed up, and compared with the file every two seconds.

What the user must know stands in a banner above the timeline until it is no longer so. All that takes long is done
in workers; nothing here ever stands in the way of work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.storage.access import Notice
from viewer.storage.checking import check_pages
from viewer.storage.errors import StorageError
from viewer.storage.watching import outside_error
from viewer.ui.background import Background
from viewer.ui.notice import NoticeBar

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.document import Document
    from viewer.ui.statusline import StatusLine

_LOOK_MS = 2_000
_PATIENCE = 0.2  # seconds for which the window may stand still
_AGAIN_MS = 500
_TRIES = 5
_RESTORABLE = ("overwritten", "damaged")
_RESCUABLE = ("broken-references", "damaged")
_COPYABLE = (
    "removed", "replaced", "changed-elsewhere", "side-files", "look", "read-only-file", "read-only-folder",
    "backup-failed", "no-notes",
)  # fmt: skip


class KeepingWatch(QObject):
    """Owns the banner. `changed()`: whether the document may be edited; the rest asks the window for something."""

    changed = Signal()
    trouble = Signal(object)
    save_copy_requested = Signal()
    reopen_requested = Signal()
    restore_requested = Signal()
    rescue_requested = Signal()

    def __init__(self, document: Document, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._document = document
        self._store = document.store
        self._status = status
        self.banner = NoticeBar(name="banner")
        self._background = Background(self)
        self._said: Notice | None = None
        self._backing_up: int | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._store.refuse_unchecked()
        self._store.wait_for_writers(_PATIENCE)
        self._say(self._what_of_opening())

    @property
    def may_edit(self) -> bool:
        """Whether the document may be edited now."""
        return self._store.read_only is None and self._store.is_checked

    def begin(self) -> None:
        """Begin to watch, when the window is up; a large document is checked first, beside it."""
        self._timer.start()
        if not self._store.is_checked:
            self._status.set_doing("check", self.tr("Checking the file…"))
            path = self._store.path
            self._background.start(
                lambda cancelled: check_pages(path, cancelled=cancelled.is_set),
                self._checked,
                self._unchecked,
            )

    def look(self) -> None:
        """Compare the file with what was read, and make the backup that is due."""
        found = self._store.difference()
        if found is None:
            self._say(self._what_of_opening())
            self._back_up()
        else:
            error = outside_error(self._store.path, found)
            self._say(Notice(error.code, error.message, error.remedy))

    def pause(self) -> None:
        """Look away while another process changes the file for this window."""
        self._timer.stop()

    def resume(self) -> None:
        """Look again."""
        self._timer.start()

    def stop(self) -> None:
        """End all that is done beside the window."""
        self._timer.stop()
        self._background.stop()

    def attempt(
        self, change: Callable[[], object], failed: Callable[[StorageError], None], *, tries: int = _TRIES
    ) -> None:
        """Make a change, again and again while another program writes: the window does not stand still for it."""
        if not self._timer.isActive() and tries < _TRIES:
            return  # the window was closed meanwhile
        self._status.set_doing("waiting")
        try:
            change()
        except StorageError as error:
            if error.code != "in-use" or tries <= 0:
                failed(error)
                return
            self._status.set_doing("waiting", self.tr("Waiting for another program…"))
            QTimer.singleShot(_AGAIN_MS, self, lambda: self.attempt(change, failed, tries=tries - 1))

    # Saying

    def _what_of_opening(self) -> Notice | None:
        """Return what is to be known of the document itself, the gravest first."""
        return next(iter((*self._of_access(), *self._store.notices)), None)

    def _of_access(self) -> tuple[Notice, ...]:
        both = (self._store.read_only, self._document.keeper.problem)
        return tuple(each for each in both if each is not None)

    def _say(self, notice: Notice | None) -> None:
        """Show a notice, once: closed by the user it stays so until there is something else to say."""
        if notice == self._said:
            return
        self._said = notice
        if notice is None:
            self.banner.hide()
        else:
            details = "; ".join(notice.details[:3])
            self.banner.show_notice(f"{notice} {details}".strip(), self._actions(notice.code))

    def _actions(self, code: str) -> list[tuple[str, Callable[[], object]]]:
        actions: list[tuple[str, Callable[[], object]]] = []
        if code == "changed-elsewhere":
            actions.append((self.tr("Show the changes"), self.catch_up))
        if code in ("replaced", "overwritten"):
            actions.append((self.tr("Reload"), self.reopen_requested.emit))
        if code in _RESTORABLE:
            actions.append((self.tr("Restore from backup…"), self.restore_requested.emit))
        if code in _RESCUABLE:
            actions.append((self.tr("Rescue into a copy…"), self.rescue_requested.emit))
        if code in _COPYABLE:
            actions.append((self.tr("Save a copy…"), self.save_copy_requested.emit))
        return actions

    def catch_up(self) -> None:
        """Take in what another program saved into the file."""
        try:
            self._document.catch_up()
        except StorageError as error:
            self.trouble.emit(error)
        self.look()

    # Workers

    def _checked(self, found: Notice | None) -> None:
        self._store.take_check(found)
        self._status.set_doing("check")
        self._say(self._what_of_opening())
        self.changed.emit()

    def _unchecked(self, error: Exception) -> None:
        """Let the document only be read: a check that failed vouches for nothing."""
        message = self.tr("The file could not be checked: {error}.").format(error=error)
        self._checked(Notice("damaged", message, self.tr("Open a backup, or rescue what it holds.")))

    def _back_up(self) -> None:
        reason = None if self._backing_up is not None else self._document.keeper.due()
        if reason is not None:
            make = self._document.keeper.beside(reason)
            self._backing_up = self._store.revision
            self._background.start(
                lambda cancelled: make(cancelled.is_set), self._backed_up, self._not_backed_up
            )

    def _backed_up(self, problem: Notice | None) -> None:
        revision, self._backing_up = self._backing_up, None
        if revision is not None:
            self._document.keeper.made(revision, problem)

    def _not_backed_up(self, error: Exception) -> None:
        message = self.tr("No backup could be made: {error}.").format(error=error)
        self._backed_up(Notice("backup-failed", message, self.tr("You can go on working.")))
