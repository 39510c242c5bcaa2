"""The frame of a popover that belongs to a chip: where it lies, and when it closes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QVBoxLayout, QWidget

from viewer.ui.guard import guard
from viewer.ui.theme import SPACE, set_role

_WIDTH = 360
_GAP = 4


class ChipPopover(QFrame):
    """Lies over the window below its chip, its parts in one column; Esc or another place closes it."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, name: str, title: str, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName(f"{name}_popover")
        self.setAccessibleName(title)
        set_role(self, "popover")
        self._chip: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE + SPACE // 2)
        self._column.setSpacing(SPACE + SPACE // 2)
        self.hide()

    def open_at(self, chip: QWidget, first: QWidget) -> None:
        """Open below the chip, the keyboard in the first part."""
        self._chip = chip
        self.place()
        self.show()
        self.raise_()
        first.setFocus(Qt.FocusReason.PopupFocusReason)
        _application().focusChanged.connect(self._on_focus)

    def close_now(self) -> None:
        """Close, and give the keyboard back to whoever had it below."""
        if self.isVisible():
            self._leave()
            if self._chip is not None:
                self._chip.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Lie below the chip, inside the window, as high as the words need."""
        if self._chip is None:
            return
        window = self.window()
        at = self._chip.mapTo(window, QPoint(0, self._chip.height() + _GAP))
        width = min(_WIDTH, window.width() - 2 * SPACE)
        left = max(SPACE, min(at.x(), window.width() - width - SPACE))
        height = self._column.totalHeightForWidth(width)
        self.setGeometry(left, at.y(), width, height)

    def put_link(self, words: str, name: str) -> QPushButton:
        """Add a link below all other parts."""
        button = QPushButton(words, self)
        button.setObjectName(name)
        set_role(button, "link")
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        return button

    def _leave(self) -> None:
        _application().focusChanged.disconnect(self._on_focus)
        self.hide()
        self.closed.emit()

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Close when the keyboard goes elsewhere in the window; a calendar is a window of its own."""
        if now is not None and now.window() is self.window() and not self.isAncestorOf(now):
            self._leave()

    @guard(False)
    def event(self, event: QEvent) -> bool:
        """Claim Esc before shortcuts of the window get it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return super().event(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
        else:
            super().keyPressEvent(event)


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("a popover needs an application")
    return application
