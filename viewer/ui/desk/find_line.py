"""The slim line that finds words in the text being read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from viewer.ui.desk.finding import MOST, find
from viewer.ui.desk.painting import BARS
from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.painter_ink import number
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable

PAUSE_MS = 120

_WIDEST = 320
_COUNT_WIDTH = 96


class FindLine(QWidget):
    """`found(spans, current span or None)` as one types and steps; `left()`: closed by Esc or its button."""

    found = Signal(object, object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("find_line")
        self._text = ""
        self._spans: list[tuple[int, int]] = []
        self._current = 0
        self._from = 0
        self.words = QLineEdit(self)
        set_role(self.words, "search")
        self.words.setObjectName("find_words")
        self.words.setMaximumWidth(_WIDEST)
        self.words.setPlaceholderText(self.tr("Find in this text"))
        self.words.setAccessibleName(self.tr("Find in this text"))
        self._count = PlainLabel("", "small", self)
        self._count.setObjectName("find_count")
        self._count.setMinimumWidth(_COUNT_WIDTH)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._search)
        self.words.textChanged.connect(lambda _text: self._pause.start())
        row = QHBoxLayout(self)
        row.setContentsMargins(BARS, 0, SPACE, SPACE)
        row.setSpacing(SPACE // 2)
        row.addWidget(self.words, 1)
        row.addWidget(self._button("chevron-left", self.tr("Previous (Shift+Enter)"), lambda: self.step(-1)))
        row.addWidget(self._button("chevron-right", self.tr("Next (Enter)"), lambda: self.step(1)))
        row.addSpacing(SPACE)
        row.addWidget(self._count)
        row.addStretch(0)
        row.addWidget(self._button("close", self.tr("Close (Esc)"), self.close_now))
        self.hide()

    def open_on(self, text: str, place: int) -> None:
        """Open on a text; the first hit is the one at or behind a place."""
        self._text, self._from = text, place
        self.show()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.words.selectAll()
        self._search()

    def close_now(self) -> None:
        """Close on what was typed, found or not."""
        if self._pause.isActive():
            self._search()
        self.hide()
        self.left.emit()

    def dismiss(self) -> None:
        """Close, and forget what was found; nobody is told."""
        self._pause.stop()
        self._spans = []
        self.hide()

    def current(self) -> tuple[int, int] | None:
        """Return the span of the hit that is looked at."""
        return self._spans[self._current] if self._spans else None

    def step(self, by: int) -> None:
        """Go to the next (1) or previous (-1) hit, round the ends."""
        if self._pause.isActive():
            self._search()
        elif self._spans:
            self._current = (self._current + by) % len(self._spans)
            self._tell()

    def _search(self) -> None:
        self._pause.stop()
        self._spans = find(self._text, self.words.text())
        self._current = next((n for n, span in enumerate(self._spans) if span[0] >= self._from), 0)
        self._tell()

    def _tell(self) -> None:
        count = number(len(self._spans)) + ("+" if len(self._spans) >= MOST else "")
        words = ""
        if self._spans:
            words = self.tr("{place} of {count}").format(place=number(self._current + 1), count=count)
        elif self.words.text().strip():
            words = self.tr("Not in this text")
        self._count.setText(words)
        self.found.emit(tuple(self._spans), self.current())

    def _button(self, name: str, words: str, act: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        set_role(button, "icon")
        set_icon(button, name, "muted")
        button.setIconSize(QSize(14, 14))
        button.setObjectName(f"find_{name}")
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked=False: act())
        return button

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F3):
            self.step(-1 if back else 1)
        else:
            super().keyPressEvent(event)
