"""A chip that says what narrows the view: it opens a popover; its cross and the Delete key clear what is set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton

from viewer.ui.guard import guard
from viewer.ui.icons import icon
from viewer.ui.measures import baseline, elided, font, text_width
from viewer.ui.text import set_tooltip
from viewer.ui.theme import set_role, theme, themes

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent
    from PySide6.QtWidgets import QWidget

_HEIGHT = 28
_PADDING, _ICON, _GAP, _CROSS = 12, 14, 7, 20
_SHORT_PADDING = 8
_WIDEST = 200.0
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class FilterChip(QPushButton):
    """`clicked()` asks for the popover, `cleared()` for everything again."""

    cleared = Signal()

    def __init__(self, name: str, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "chip")
        self.setObjectName(name)
        self.setCheckable(True)
        # A click leaves the keyboard where it is, or the popover would close before it could be toggled.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._icon = icon_name
        self._is_short = False
        self._is_active = False
        self._words = ""
        themes().changed.connect(self.update)

    def show_words(self, words: str, *, active: bool) -> None:
        """Say what is shown, and whether that is less than everything."""
        self._is_active = active
        self._words = words
        set_tooltip(self, words)
        self.nextCheckState()
        self.updateGeometry()
        self.update()

    def is_active(self) -> bool:
        """Whether the chip narrows what is shown."""
        return self._is_active

    def set_short(self, short: bool) -> None:
        """Show only the icon, or the words as well."""
        if short != self._is_short:
            self._is_short = short
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """Return the words that the chip shows; empty on a short one."""
        return "" if self._is_short else elided(self._words, "tick", _WIDEST)

    def cross(self) -> QRect:
        """Return where the cross is that clears what is set."""
        shown = self._is_active and not self._is_short
        return QRect(self.width() - _CROSS - 4, 0, _CROSS + 4, self.height()) if shown else QRect()

    def width_wanted(self, short: bool) -> int:
        """Return how wide the chip is, in pixels, with or without its words."""
        if short:
            return 2 * _SHORT_PADDING + _ICON
        words = text_width(elided(self._words, "tick", _WIDEST), "tick")
        cross = _CROSS - _PADDING // 2 if self._is_active else 0
        return int(2 * _PADDING + _ICON + _GAP + words + cross) + 1

    @guard()
    def nextCheckState(self) -> None:
        """The chip is checked while it narrows what is shown, whoever clicks it."""
        self.setChecked(self._is_active)

    @guard()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and self.cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.cleared.emit()
        else:
            super().mouseReleaseEvent(event)

    @guard(default=False)
    def event(self, event: QEvent) -> bool:
        # Otherwise Delete would delete the selected event.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _CLEARS
        ):
            event.accept()
            return True
        return super().event(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _CLEARS:
            self.cleared.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.click()
        else:
            super().keyPressEvent(event)

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        with QPainter(self) as painter:
            self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            middle = self.height() / 2
            left = _SHORT_PADDING if self._is_short else _PADDING
            sign = QRect(left, round(middle - _ICON / 2), _ICON, _ICON)
            icon(self._icon, "accent" if self._is_active else "muted").paint(painter, sign)
            painter.setFont(font("tick"))
            painter.setPen(theme().colour("text" if self._is_active else "muted"))
            at = QPointF(left + _ICON + _GAP, round(baseline(middle, "tick")))
            painter.drawText(at, self.words())
            if not self.cross().isNull():
                painter.setPen(QPen(theme().colour("muted"), 1.4))
                centre = QPointF(self.width() - _CROSS / 2 - 4, middle)
                painter.drawLine(centre + QPointF(-3, -3), centre + QPointF(3, 3))
                painter.drawLine(centre + QPointF(-3, 3), centre + QPointF(3, -3))

    @guard(default=QSize())
    def sizeHint(self) -> QSize:
        return QSize(self.width_wanted(self._is_short), _HEIGHT)

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
