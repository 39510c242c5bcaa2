"""Which source is read: its title, and below it a list of all sources that narrows as one types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QSize, QStringListModel, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QListView, QVBoxLayout, QWidget

from viewer.ui.elided import ElidedButton
from viewer.ui.forms.suggestions import folded
from viewer.ui.guard import guard
from viewer.ui.icons import icon
from viewer.ui.text import one_line
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.ui.desk.records import DeskTitle

_MOST = 200
_ROWS = 10
_WIDTH = 420
_LONGEST = 120


class SourceList(QFrame):
    """Lies over the window below `button`. `chosen(uid)`."""

    chosen = Signal(str)

    def __init__(self, button: QWidget) -> None:
        super().__init__(button.window())
        self._button = button
        self._titles: Sequence[DeskTitle] = ()
        self._searchable: list[str] | None = None
        self._offered: list[DeskTitle] = []
        set_role(self, "popover")
        self.setObjectName("desk_sources")
        self.setAccessibleName(self.tr("Sources"))
        self.words = QLineEdit(self)
        set_role(self.words, "search")
        self.words.setObjectName("desk_source_words")
        self.words.setPlaceholderText(self.tr("Title or publisher"))
        self.words.setAccessibleName(self.tr("Title or publisher"))
        self._model = QStringListModel(self)
        self._list = QListView(self)
        self._list.setObjectName("desk_source_list")
        self._list.setAccessibleName(self.tr("Sources"))
        self._list.setModel(self._model)
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self.words)
        column.addWidget(self._list)
        self.words.textChanged.connect(self._narrow)
        self.words.installEventFilter(self)
        self._list.clicked.connect(self._choose)
        button.destroyed.connect(self.deleteLater)
        self.hide()

    def open_on(self, titles: Sequence[DeskTitle], uid: str) -> None:
        """Open on all sources, the one of `uid` marked."""
        self._titles, self._searchable = titles, None
        self.words.clear()
        self._narrow("")
        row = next((n for n, title in enumerate(self._offered) if title.uid == uid), 0)
        self._list.setCurrentIndex(self._model.index(row, 0))
        self._place()
        self.show()
        self.raise_()
        self.words.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_now(self) -> None:
        """Close, and give the keyboard back to the button."""
        if self.isVisible():
            self.hide()
            self._button.setFocus(Qt.FocusReason.PopupFocusReason)

    def _narrow(self, typed: str) -> None:
        if self._searchable is None:
            self._searchable = [folded(f"{title.title} {title.details}"[:_LONGEST]) for title in self._titles]
        wanted = folded(typed.strip())
        pairs = zip(self._titles, self._searchable, strict=True)
        matching = [(title, words) for title, words in pairs if wanted in words]
        matching.sort(key=lambda pair: not pair[1].startswith(wanted))
        self._offered = [title for title, _ in matching[:_MOST]]
        self._model.setStringList([_row(title) for title in self._offered])
        self._list.setCurrentIndex(self._model.index(0, 0))

    def _place(self) -> None:
        window = self._button.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        at = self._button.mapTo(window, QPoint(0, self._button.height() + SPACE // 2))
        rows = min(max(len(self._offered), 1), _ROWS)
        height = rows * max(self._list.sizeHintForRow(0), 24) + self.words.sizeHint().height() + 4 * SPACE
        if at.y() + height > window.height():
            at.setY(max(0, at.y() - self._button.height() - SPACE - height))
        width = min(_WIDTH, window.width() - 2 * SPACE)
        self.setGeometry(max(SPACE, min(at.x(), window.width() - width - SPACE)), at.y(), width, height)

    def _choose(self, index: QModelIndex) -> None:
        if 0 <= index.row() < len(self._offered):
            uid = self._offered[index.row()].uid
            self.close_now()
            self.chosen.emit(uid)

    def _step(self, by: int) -> None:
        row = min(max(self._list.currentIndex().row() + by, 0), len(self._offered) - 1)
        self._list.setCurrentIndex(self._model.index(row, 0))

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    @guard(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys in the line act on the list; another place for the keyboard closes both."""
        if event.type() is QEvent.Type.FocusOut and not self._has_focus():
            self.hide()
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: _ROWS, Qt.Key.Key_PageUp: -_ROWS}
        key = Qt.Key(event.key())
        if key in steps:
            self._step(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self._list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.close_now()
        else:
            return False
        return True


class SourceChooser(ElidedButton):
    """The title of the source that is read; where there are others, a click or a letter opens their list.

    `chosen(uid)`.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", "chooser", parent)
        self.setObjectName("desk_source")
        self._titles: tuple[DeskTitle, ...] = ()
        self._uid = ""
        self._sources: SourceList | None = None
        self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)  # the arrow stands behind the words
        self.setIconSize(QSize(12, 12))
        self.clicked.connect(lambda _checked=False: self._open(""))

    def set_titles(self, titles: Sequence[DeskTitle], uid: str) -> None:
        """Say which sources there are, and which one is read."""
        self._titles, self._uid = tuple(titles), uid
        several = len(self._titles) > 1
        self.setEnabled(several)
        self.setIcon(icon("chevron-down", "muted") if several else QIcon())
        self.set_full_text(next((title.title for title in self._titles if title.uid == uid), ""))

    def _open(self, typed: str) -> None:
        if self._sources is None:
            self._sources = SourceList(self)
            self._sources.chosen.connect(self.chosen)
        self._sources.open_on(self._titles, self._uid)
        self._sources.words.setText(typed)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self._open("")
        elif event.text().isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._open(event.text())
        else:
            super().keyPressEvent(event)


def _row(title: DeskTitle) -> str:
    name = one_line(title.title, _LONGEST)
    return f"{name}  ·  {one_line(title.details, _LONGEST)}" if title.details else name
