"""Writing a window's document in another format, beside the window: told, cancelled, and reported."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.exporting import CancelledError, Wanted, export_beside
from viewer.storage.errors import StorageError
from viewer.ui.background import Background
from viewer.ui.progress_card import ProgressCard
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.formats.outgoing import Loss, WritableFormat
    from viewer.ui.workspace import Workspace


class TakingOut(QObject):
    """Writes the document of a workspace; made anew for each file, and gone when that is done."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._background = Background(self)
        self._card = ProgressCard(workspace)
        self._card.setObjectName("export_progress")
        self._card.cancelled.connect(self._cancel)
        self._left = threading.Event()
        self._path: Path | None = None
        workspace.destroyed.connect(self._left.set)

    def take_out(self, path: Path, form: WritableFormat, *, only_shown: bool) -> None:
        """Write to a path as a format; `only_shown`: the events that the window shows, as they were known then."""
        workspace, left = self._workspace, self._left
        self._path = path
        store, uid = workspace.document.store, workspace.document.uid
        if _is_same(path, store.path):
            self._say(self.tr("That is the document itself. Choose another name."))
            return
        wanted = Wanted()
        if only_shown:
            shown = workspace.showing.sieve.shown
            wanted = Wanted(shown.ids(0, len(shown)).tolist(), workspace.timeline.content().known_by)
        workspace.notice.hide()
        self._card.show_share(self.tr("Writing {file}…").format(file=one_line(path.name, 60)), 0.0)

        def work(cancelled: threading.Event) -> tuple[Loss, ...]:
            return export_beside(
                store.path, uid, path, form, wanted, cancelled=lambda: left.is_set() or cancelled.is_set()
            )

        self._background.start(work, self._done, self._fail)

    def _cancel(self) -> None:
        self._left.set()

    def _done(self, losses: tuple[Loss, ...]) -> None:
        words = self.tr("Wrote {path}.").format(path=one_line(str(self._path)))
        if losses:
            left_out = "; ".join(one_line(str(loss), 80) for loss in losses)
            words = self.tr("{done} Not carried: {losses}.").format(done=words, losses=left_out)
        self._say(words)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, CancelledError):
            self._say(self.tr("The export was cancelled. Nothing was written."))
        elif isinstance(error, StorageError):
            self._say(str(error))
        else:
            self._card.put_away()
            self.deleteLater()
            raise error

    def _say(self, words: str) -> None:
        self._card.put_away()
        self._workspace.notice.show_notice(words, [])
        self._card.deleteLater()
        self.deleteLater()


def _is_same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False
