"""Pills: short names in rounded grounds, in rows that wrap; some can be removed, some can be chosen."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from viewer.ui.guard import guard
from viewer.ui.measures import elided, text_width
from viewer.ui.text import one_line, set_tooltip
from viewer.ui.theme import SPACE, theme, themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

_HEIGHT = 24
_SIDE = 10
_CROSS = 18
_WIDEST = 200.0


class Pill(QAbstractButton):
    """A name in a pill. With `removable` it ends in a cross; the keys act on the pill that has the focus."""

    removed = Signal()
    moved = Signal(int)
    """By how many places it shall move in its row."""
    stepped = Signal(int)
    """Which neighbour shall have the focus."""

    def __init__(
        self,
        text: str,
        parent: QWidget,
        *,
        removable: bool = False,
        anonymous: bool = False,
        is_new: bool = False,
    ) -> None:
        super().__init__(parent)
        self._role = "small" if anonymous else "tick"
        self._words = elided(one_line(text), "tick_strong", _WIDEST)
        self._new = self.tr("new") if is_new else ""
        self._removable, self._anonymous = removable, anonymous
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(one_line(text))
        if removable:
            self.setAccessibleDescription(self.tr("Delete removes it"))
        set_tooltip(self, text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        themes().changed.connect(self.update)

    def cross(self) -> QRect:
        """Return where the cross is, which removes the pill when clicked."""
        return QRect(self.width() - _CROSS - 3, 0, _CROSS + 3, self.height()) if self._removable else QRect()

    @guard(QSize())
    def sizeHint(self) -> QSize:
        new = text_width(self._new, "small") + SPACE if self._new else 0
        cross = _CROSS - 4 if self._removable else 0
        return QSize(round(text_width(self._words, "tick_strong") + new + 2 * _SIDE + cross), _HEIGHT)

    @guard()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.isDown() and self.cross().contains(event.position().toPoint()):
            self.setDown(False)
            self.removed.emit()
        else:
            super().mouseReleaseEvent(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        side = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        if side and event.modifiers() & (
            Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
        ):
            self.moved.emit(side)
        elif side:
            self.stepped.emit(side)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)

    @guard()
    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
            self._paint_words(painter)
            if self._removable:
                middle = QPointF(self.width() - _CROSS / 2 - 3, self.height() / 2)
                painter.setPen(QPen(theme().colour("muted"), 1.4))
                painter.drawLine(middle + QPointF(-3, -3), middle + QPointF(3, 3))
                painter.drawLine(middle + QPointF(-3, 3), middle + QPointF(3, -3))

    def _paint_ground(self, painter: QPainter) -> None:
        marked = self.hasFocus() or self.isChecked()
        painter.setPen(QPen(theme().colour("accent"), 1.5) if marked else Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("raised" if self._anonymous else "accent_ground"))
        around = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(around, around.height() / 2, around.height() / 2)

    def _paint_words(self, painter: QPainter) -> None:
        font = theme().font("tick" if self._anonymous else "tick_strong")
        font.setItalic(self._anonymous)
        painter.setFont(font)
        painter.setPen(theme().colour("muted" if self._anonymous else "accent"))
        inner = self.rect().adjusted(_SIDE, 0, 0, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._words)
        if self._new:
            painter.setFont(theme().font("small"))
            painter.setPen(theme().colour("muted"))
            inner.setLeft(inner.left() + round(text_width(self._words, "tick_strong")) + SPACE // 2 + 2)
            painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._new)


def stand_before(pills: Sequence[QWidget], widget: QWidget) -> None:
    """Let Tab go through the pills, in their order, before it comes to `widget`."""
    before = widget.previousInFocusChain()
    # Qt orders only widgets that can have the focus: labels in between do not count.
    while before is not None and before is not widget and not _can_precede(before, pills, widget):
        before = before.previousInFocusChain()
    start = [] if before is None or before is widget else [before]
    for first, second in pairwise([*start, *pills, widget]):
        QWidget.setTabOrder(first, second)


def _can_precede(before: QWidget, pills: Sequence[QWidget], widget: QWidget) -> bool:
    takes_focus = before.focusPolicy() is not Qt.FocusPolicy.NoFocus
    return takes_focus and before not in pills and before.window() is widget.window()


class WrappingRow(QWidget):
    """Lays its widgets out in rows that wrap; no taller than they need."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._widgets: list[QWidget] = []
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these widgets, children of the row, in place of those before, which are deleted."""
        for widget in self._widgets:
            if widget not in widgets:
                widget.hide()
                widget.deleteLater()
        self._widgets = list(widgets)
        for widget in self._widgets:
            widget.show()
        self.setVisible(bool(widgets))
        self._arrange(self.width(), move=True)
        self.updateGeometry()

    def _arrange(self, width: int, *, move: bool) -> int:
        """Put the widgets into rows of `width` pixels; return the height."""
        x = y = 0
        row = _HEIGHT if self._widgets else 0
        for widget in self._widgets:
            size = widget.sizeHint()
            if x and x + size.width() > width:
                x, y = 0, y + row + SPACE // 2
            if move:
                middle = y + max(0, _HEIGHT - size.height()) // 2
                widget.setGeometry(x, middle, min(size.width(), max(1, width)), size.height())
            x += size.width() + SPACE // 2
        return y + row

    @guard(False)
    def hasHeightForWidth(self) -> bool:
        return True

    @guard(0)
    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, move=False)

    @guard(QSize())
    def sizeHint(self) -> QSize:
        return QSize(0, self._arrange(max(self.width(), 1), move=False))

    @guard(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(0, _HEIGHT if self._widgets else 0)

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(self.width(), move=True)
