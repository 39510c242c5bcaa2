"""The button that begins a new entry; its right end opens the menu of kinds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QMenu, QPushButton, QStyle, QStyleOptionButton, QWidget

from viewer.ui.guard import guard
from viewer.ui.icons import icon
from viewer.ui.marks import mark_icon
from viewer.ui.measures import font
from viewer.ui.text import menu_text
from viewer.ui.theme import set_role, theme, themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent

    from viewer.domain.records import Kind

_END = 32
_WIDTH = 148


class NewEntryButton(QPushButton):
    """`new_requested(kind)`: the name of a kind, or "" where the user chose none."""

    new_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "primary")
        self.setObjectName("new_entry")
        self.setText(self.tr("New entry"))
        self.setToolTip(self.tr("A new entry; the arrow or the Down key chooses its kind"))
        self.setMinimumWidth(_WIDTH)
        self._kinds: tuple[Kind, ...] = ()
        self._menu = QMenu(self)
        self._menu.setObjectName("new_entry_menu")
        self._menu.aboutToShow.connect(self._fill)
        self.clicked.connect(lambda: self.new_requested.emit(""))
        themes().changed.connect(self.update)

    def set_kinds(self, kinds: Sequence[Kind]) -> None:
        """Offer these kinds in the menu."""
        self._kinds = tuple(kinds)

    def open_menu(self) -> None:
        """Open the menu of kinds below the button."""
        self._menu.setMinimumWidth(self.width())
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _fill(self) -> None:
        self._menu.clear()
        for kind in self._kinds:
            entry = self._menu.addAction(mark_icon(kind), menu_text(kind.label))
            entry.triggered.connect(lambda _checked=False, name=kind.name: self.new_requested.emit(name))

    def _end(self) -> QRect:
        return QRect(self.width() - _END, 0, _END, self.height())

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        with QPainter(self) as painter:
            self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
            end = self._end()
            painter.setFont(font("strong"))
            painter.setPen(theme().colour("on_accent"))
            words = self.rect().adjusted(0, 0, -_END, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
            rule = theme().colour("on_accent")
            rule.setAlphaF(0.3)
            painter.fillRect(QRect(end.left(), 8, 1, end.height() - 16), rule)
            mark = QRect(0, 0, 14, 14)
            mark.moveCenter(end.center())
            icon("chevron-down", "on_accent").paint(painter, mark)

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self._end().contains(event.position().toPoint()):
            self.open_menu()
        else:
            super().mousePressEvent(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open_menu()
        else:
            super().keyPressEvent(event)
