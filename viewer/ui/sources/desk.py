"""The desk of sources: owns their panel and form, reads and fetches for it, previews what falls, and saves."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.domain.impact import SourceChange
from viewer.fetching import fetch
from viewer.storage.errors import StorageError
from viewer.ui.sources.editing import SourceEditing
from viewer.ui.sources.impact_dialog import ImpactDialog
from viewer.ui.sources.panel import SourcesPanel
from viewer.ui.sources.saving import is_lower
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.domain.edits import Edit
    from viewer.domain.records import Source
    from viewer.ui.drafts import Drafts
    from viewer.ui.notice import NoticeBar
    from viewer.ui.sources.intake import Fetch

_LISTED = frozenset(("sources", "claims"))
_TITLE = 80


class SourcesDesk(QObject):
    """Everything about sources in one window.

    `source_chosen(uid)`: another one is selected in the panel; `read_requested(uid)`: it is to be read;
    `opened()`, `closed()`: the form is to be shown, or no more; `saved(uid)`; `undo_requested()`: by a notice;
    `save_copy_requested()`.
    """

    source_chosen = Signal(str)
    read_requested = Signal(str)
    opened = Signal()
    closed = Signal()
    saved = Signal(str)
    undo_requested = Signal()
    save_copy_requested = Signal()

    def __init__(
        self,
        document: Document,
        notice: NoticeBar,
        window: QWidget,
        drafts: Drafts | None = None,
        fetch: Fetch = fetch,
    ) -> None:
        super().__init__(notice)
        self._document = document
        self._notice = notice
        self._window = window
        self._is_stale = True
        self.panel = SourcesPanel(document.sources_mentioning)
        self.editing = SourceEditing(document, notice, window, drafts, fetch)
        self.form = self.editing.form
        self._connect()

    def stop(self) -> bool:
        """Keep what is half typed and end all work; return whether it has ended."""
        return self.editing.stop()

    def follow(self, edit: Edit, _who: object = None) -> None:
        """Keep up with an edit of the document."""
        if any(change.table in _LISTED for change in edit.changes):
            self._is_stale = True
            self._refresh()

    def add(self) -> None:
        """Open the form for a new source."""
        self.editing.open_new()

    def edit(self, uid: str) -> None:
        """Open the form of a source."""
        self.editing.open_edit(uid)

    def retract(self, uid: str, retracted: bool = True) -> None:
        """Show what falls with a source, to be applied or not; to restore one takes no question."""
        source = self._document.store.source(uid)
        if source is None:
            return
        if retracted:
            self._preview(source, SourceChange(source=uid, retract=True))
        else:
            verb = partial(self._document.retract_source, uid, False)
            self._change(source, verb, self.tr("Restored “{title}”."))

    def grade(self, uid: str, reliability: str | None) -> None:
        """Grade a source; where that lowers what events rest on, show first what it does."""
        source = self._document.store.source(uid)
        if source is None or source.reliability == reliability:
            return
        change = SourceChange(source=uid, reliability=reliability)
        if is_lower(source.reliability, reliability) and self._document.source_impact(change).affected:
            self._preview(source, change)
        else:
            verb = partial(self._document.grade_source, uid, reliability)
            self._change(source, verb, self.tr("Graded “{title}”."))

    def delete(self, uid: str) -> None:
        """Delete a source on which no claim rests; a notice offers to take that back."""
        source = self._document.store.source(uid)
        if source is not None:
            verb = partial(self._document.delete_source, uid)
            self._change(source, verb, self.tr("Deleted “{title}”."))

    def _connect(self) -> None:
        panel, editing = self.panel, self.editing
        panel.shown.connect(self._refresh)
        panel.source_chosen.connect(self.source_chosen)
        panel.read_requested.connect(self.read_requested)
        panel.add_requested.connect(self.add)
        panel.edit_requested.connect(self.edit)
        panel.retract_requested.connect(self.retract)
        panel.grade_requested.connect(self.grade)
        panel.delete_requested.connect(self.delete)
        editing.opened.connect(self.opened)
        editing.closed.connect(self.closed)
        editing.saved.connect(self._on_saved)
        editing.delete_requested.connect(self.delete)
        editing.save_copy_requested.connect(self.save_copy_requested)

    def _refresh(self) -> None:
        """Show the sources as they are now; while nobody looks, that waits."""
        if self._is_stale and self.panel.isVisible():
            self._is_stale = False
            self.panel.set_sources(self._document.source_list())

    def _on_saved(self, uid: str) -> None:
        self._refresh()
        self.panel.select(uid)
        self.saved.emit(uid)

    def _preview(self, source: Source, change: SourceChange) -> None:
        found = self._document.source_impact(change)
        dialog = ImpactDialog(found, source.title, source.reliability, self._window)
        dialog.applied.connect(partial(self._apply, source, change))
        dialog.open()

    def _apply(self, source: Source, change: SourceChange, reason: str) -> None:
        why = reason or None
        if change.retract:
            verb = partial(self._document.retract_source, source.uid, True, reason=why)
            self._change(source, verb, self.tr("Retracted “{title}”."))
        else:
            graded = partial(self._document.grade_source, source.uid, change.reliability, reason=why)
            self._change(source, graded, self.tr("Graded “{title}”."))

    def _change(self, source: Source, verb: Callable[..., Edit | None], done: str) -> None:
        """Make one edit; a notice says what was done and offers to take it back, or to try again."""
        try:
            edit = verb(who=self)
        except StorageError as error:
            again = (self.tr("Try again"), lambda: self._change(source, verb, done))
            copy = (self.tr("Save a copy…"), self.save_copy_requested.emit)
            self._notice.show_notice(str(error), [again, copy])
            return
        if edit is not None:
            words = done.format(title=one_line(source.title, _TITLE))
            self._notice.show_notice(words, [(self.tr("Undo"), self.undo_requested.emit)])
