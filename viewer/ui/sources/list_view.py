"""The list of sources itself: arrows move, Enter reads, and what else can be done by a key or the menu."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QTableView, QWidget

from viewer.ui.guard import guard
from viewer.ui.row_list import be_a_list
from viewer.ui.sources.rows import ROW_HEIGHT, SourceModel, SourcePainter
from viewer.ui.theme import themes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QPoint

    from viewer.document_sources import ListedSource

_VERBS: dict[int, str] = {
    Qt.Key.Key_Return: "read",
    Qt.Key.Key_Enter: "read",
    Qt.Key.Key_F2: "edit",
    Qt.Key.Key_Delete: "delete",
    Qt.Key.Key_Insert: "add",
}


class SourceList(QTableView):
    """`chosen(uid)` as the selection moves; `asked(verb)`: "read", "edit", "delete", "add"; `menu_asked(where)`."""

    chosen = Signal(str)
    asked = Signal(str)
    menu_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sources = SourceModel(self)
        self._painter = SourcePainter(self)
        self._telling = True
        self.setObjectName("source_list")
        self.setAccessibleName(self.tr("Sources"))
        self.setModel(self._sources)
        self.setItemDelegate(self._painter)
        be_a_list(self, ROW_HEIGHT)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(lambda: self.asked.emit("read"))
        themes().changed.connect(self.viewport().update)

    def show_sources(self, sources: Sequence[ListedSource], titles: Mapping[str, str]) -> None:
        """Show other sources; the selected one stays so if it is among them. Says nothing."""
        kept = self.current()
        self._telling = False
        self._sources.set_sources(sources, titles)
        self._telling = True
        self.go_to(None if kept is None else kept.brief.uid)

    def current(self) -> ListedSource | None:
        """Return the selected source."""
        return self._sources.source_at(self.currentIndex().row())

    def go_to(self, uid: str | None) -> None:
        """Select a source and bring it into view without telling anybody."""
        row = None if uid is None else self._sources.row_of_source(uid)
        self._telling = False
        self.setCurrentIndex(QModelIndex() if row is None else self._sources.index(row, 0))
        if row is None:
            self.clearSelection()
        self._telling = True

    def below_current(self) -> QPoint:
        """Return where a menu of the selected source opens, on the screen."""
        return self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())

    def _tell(self) -> None:
        source = self.current()
        if source is not None and self._telling:
            self.chosen.emit(source.brief.uid)

    @guard(default=False)
    def event(self, event: QEvent) -> bool:
        """Claim our keys before shortcuts of the window get them: Delete is about a source here."""
        ours = isinstance(event, QKeyEvent) and not event.modifiers() and event.key() in _VERBS
        if ours and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        verb = None if event.modifiers() else _VERBS.get(event.key())
        if verb is not None:
            self.asked.emit(verb)
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)

    @guard()
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        where = event.globalPos() if by_mouse else self.below_current()
        if self.current() is not None:
            self.menu_asked.emit(where)
