"""The search box: says what was typed once the typing pauses, clears with a click or with Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLineEdit, QToolButton, QWidget

from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

PAUSE_MS = 150

_WIDEST = 340


class SearchField(QLineEdit):
    """Says what to look for, and how to go on.

    `searched(text)` follows the last key by PAUSE_MS, Enter at once; `stepped(1 or -1)`: Enter, Shift+Enter;
    `left()`: Esc with nothing to clear.
    """

    searched = Signal(str)
    stepped = Signal(int)
    left = Signal()

    def __init__(self, parent: QWidget | None = None, *, has_key: bool = True) -> None:
        """`has_key`: Ctrl+F leads here, which is said while the field is empty."""
        super().__init__(parent)
        set_role(self, "search")
        self.setObjectName("search")
        self.setMaximumWidth(_WIDEST)
        self.setPlaceholderText(self.tr("Search events, quotes, sources"))
        self.setAccessibleName(self.tr("Search events, quotes, sources"))
        self._said = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._say)
        self._hint = PlainLabel(self.tr("Ctrl F") if has_key else "", "small", self)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._clear = self._clear_button()
        self.textChanged.connect(self._changed)
        self._changed("")

    def clear_now(self) -> None:
        """Empty the field and say so at once."""
        self.clear()
        self._say()

    def show_text(self, text: str) -> None:
        """Show a text that was looked for already."""
        self.setText(text)
        self._pause.stop()
        self._said = text

    def _clear_button(self) -> QToolButton:
        button = QToolButton(self)
        set_role(button, "icon")
        set_icon(button, "close", "muted")
        button.setIconSize(QSize(12, 12))
        button.setObjectName("clear_search")
        button.setToolTip(self.tr("Clear the search (Esc)"))
        button.setAccessibleName(self.tr("Clear the search"))
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(self.clear_now)
        return button

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._hint.setVisible(not text)
        self._place()
        self._pause.start()

    def _say(self) -> None:
        self._pause.stop()
        if self.text() != self._said:
            self._said = self.text()
            self.searched.emit(self._said)

    def _place(self) -> None:
        """Put hint and button at the right end, and keep the text from running below them."""
        reserved = 0
        for part in (self._hint, self._clear):
            part.adjustSize()
            part.move(self.width() - part.width() - SPACE, (self.height() - part.height()) // 2)
            reserved = max(reserved, 0 if part.isHidden() else part.width())
        self.setTextMargins(0, 0, reserved, 0)

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    @guard(default=False)
    def event(self, event: QEvent) -> bool:
        # Esc belongs to the field while there is something to clear, whatever the window does with it.
        if event.type() is QEvent.Type.ShortcutOverride and self.text() and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _is_escape(event):
            self.clear_now() if self.text() else self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._say()
            self.stepped.emit(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        else:
            super().keyPressEvent(event)

    @guard(default=QSize())
    def sizeHint(self) -> QSize:
        return QSize(_WIDEST, super().sizeHint().height())

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(200, super().minimumSizeHint().height())


def _is_escape(event: QEvent) -> bool:
    key = getattr(event, "key", None)
    return key is not None and key() == Qt.Key.Key_Escape
