"""The bar beside a selection: make an entry of it, or a claim for the event that is selected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QHBoxLayout, QMenu, QPushButton

from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.marks import mark_icon
from viewer.ui.text import PlainLabel, menu_text, one_line, set_tooltip
from viewer.ui.theme import set_role, theme, themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from viewer.ui.desk.records import DeskKind

_GAP = 6
_PADDING = 4
_ICON = QSize(16, 16)
_LONGEST_NAME = 24
_SHOWN = 4


class SelectionBar(QFrame):
    """Kinds without a key, or beyond the fourth, are in a menu.

    `entry_chosen(kind)`, `claim_chosen()`, `left()` by Esc.
    """

    entry_chosen = Signal(str)
    claim_chosen = Signal()
    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_role(self, "popover")
        self.setObjectName("selection_bar")
        self.setAccessibleName(self.tr("Make an entry of the selection"))
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(20)
        self._shadow.setOffset(0, 3)
        self.setGraphicsEffect(self._shadow)
        self._kinds: tuple[DeskKind, ...] = ()
        self._event_title: str | None = None
        self._words: dict[QPushButton, str] = {}
        self._is_short = False
        self._too_long = PlainLabel("", "small", self)
        self._too_long.setObjectName("selection_too_long")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_PADDING, _PADDING, _PADDING, _PADDING)
        self._row.setSpacing(0)
        self._row.addWidget(self._too_long)
        themes().changed.connect(self._fill)
        self._fill()
        self.hide()

    def set_kinds(self, kinds: Sequence[DeskKind]) -> None:
        """Offer entries of these kinds."""
        self._kinds = tuple(kinds)
        self._fill()

    def set_event(self, title: str | None) -> None:
        """Offer a claim for the event of this title; None: no event is selected."""
        if title != self._event_title:
            self._event_title = title
            self._fill()

    def say_too_long(self, words: str) -> None:
        """Say why no entry can be made of the selection; "" offers them again."""
        self._too_long.setText(words)
        self._too_long.setVisible(bool(words))
        for button in self._words:
            button.setVisible(not words)

    def place(self, selected: QRect, inside: QRect, otherwise: QRect) -> None:
        """Lie below what is selected, else above it, inside a rectangle; else in another one, never on it."""
        self._fit(inside.width())
        size = self.sizeHint()
        left = min(max(inside.left() + _GAP, selected.left()), inside.right() - size.width() - _GAP)
        if inside.top() <= selected.bottom() and selected.bottom() + _GAP + size.height() <= inside.bottom():
            top = selected.bottom() + _GAP
        elif selected.top() <= inside.bottom() and selected.top() - _GAP - size.height() >= inside.top():
            top = selected.top() - _GAP - size.height()
        else:
            left = otherwise.right() - size.width() - _GAP
            top = otherwise.center().y() - size.height() // 2
        self._shadow.setColor(theme().colour("shadow"))
        self.setGeometry(QRect(QPoint(max(0, left), max(0, top)), size))
        self.show()
        self.raise_()

    def _fill(self) -> None:
        for old in self._words:
            self._row.removeWidget(old)
            old.hide()
            old.setObjectName("")
            old.deleteLater()
        self._words = {}
        first = [kind for kind in self._kinds if kind.key][:_SHOWN]
        for kind in first:
            self._add_kind(kind)
        more = [kind for kind in self._kinds if kind not in first]
        if more:
            self._add_more(more)
        if self._event_title is not None:
            self._add_claim(self._event_title)
        self.say_too_long("")

    def _add_kind(self, kind: DeskKind) -> None:
        label = one_line(kind.kind.label, _LONGEST_NAME)
        button = self._button(label, f"new_{kind.kind.name}")
        button.setIcon(mark_icon(kind.kind))
        words = self.tr("New {kind} ({key})").format(kind=one_line(kind.kind.label).lower(), key=kind.key)
        set_tooltip(button, words)
        button.setAccessibleName(words)
        name = kind.kind.name
        button.clicked.connect(lambda _checked=False: self.entry_chosen.emit(name))

    def _add_more(self, kinds: Sequence[DeskKind]) -> None:
        button = self._button("", "more_kinds")
        set_icon(button, "more", "muted")
        button.setToolTip(self.tr("Other kinds"))
        button.setAccessibleName(self.tr("Other kinds"))
        menu = QMenu(button)
        for kind in kinds:
            action = menu.addAction(mark_icon(kind.kind), menu_text(kind.kind.label))
            action.triggered.connect(lambda _checked=False, name=kind.kind.name: self.entry_chosen.emit(name))
        button.clicked.connect(
            lambda _checked=False: menu.popup(button.mapToGlobal(QPoint(0, button.height())))
        )

    def _add_claim(self, title: str) -> None:
        button = self._button(self.tr("Claim"), "new_claim")
        set_icon(button, "quote", "accent")
        words = self.tr("Claim for “{title}” (C)").format(title=one_line(title))
        set_tooltip(button, words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked=False: self.claim_chosen.emit())

    def _button(self, words: str, name: str) -> QPushButton:
        button = QPushButton(self)
        set_role(button, "inset")
        button.setObjectName(name)
        button.setIconSize(_ICON)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard with the text
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setText("" if self._is_short else menu_text(words))
        self._words[button] = words
        self._row.addWidget(button)
        button.show()
        return button

    def _fit(self, room: int) -> None:
        """Leave the words off when there is no room for them."""
        self._is_short = False
        for short in (False, True):
            for button, words in self._words.items():
                button.setText("" if short else menu_text(words))
            self._is_short = short
            self._row.activate()
            if self.sizeHint().width() + 2 * _GAP <= room:
                break

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
