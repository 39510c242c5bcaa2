"""The marks of the timeline outside of it: as icons in menus, beside the name of a kind, in lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.ui.guard import guard
from viewer.ui.measures import baseline, elided, font, metrics
from viewer.ui.painter_marks import paint_mark
from viewer.ui.text import one_line, set_tooltip
from viewer.ui.theme import theme, themes

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent

    from viewer.domain.records import Kind

_ICON = 16
_GAP = 8
_ROLE = "tick_strong"


def draw_mark(painter: QPainter, kind: Kind, at: QPointF, ground: QColor, size: float) -> None:
    """Draw the mark of `kind` in its colour, centred at `at`, on a ground of the given colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_mark(painter, kind.shape, at, theme().kind_colour(kind.colour), ground, size=size)
    painter.restore()


def mark_icon(kind: Kind) -> QIcon:
    """Return the mark of `kind` as an icon in the theme in force."""
    icon = QIcon()
    for size in (_ICON, 2 * _ICON, 3 * _ICON):
        pixmap = QPixmap(QSize(size, size))
        pixmap.fill(Qt.GlobalColor.transparent)
        with QPainter(pixmap) as painter:
            draw_mark(painter, kind, QPointF(size / 2, size / 2), theme().colour("panel"), size * 0.9)
        icon.addPixmap(pixmap)
    return icon


class KindLine(QWidget):
    """Mark and name of a kind, in its colour."""

    def __init__(self, kind: Kind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._words = one_line(kind.label).upper()
        self.setAccessibleName(one_line(kind.label))
        set_tooltip(self, kind.label)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        themes().changed.connect(self.update)

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            middle = self.height() / 2
            draw_mark(painter, self._kind, QPointF(_ICON / 2 - 1, middle), theme().colour("panel"), 15)
            left = _ICON + _GAP
            painter.setFont(font(_ROLE))
            painter.setPen(theme().kind_ink(self._kind.colour))
            shown = elided(self._words, _ROLE, max(0.0, float(self.width() - left)))
            painter.drawText(QPointF(left, round(baseline(middle, _ROLE))), shown)

    @guard(default=QSize())
    def sizeHint(self) -> QSize:
        width = _ICON + _GAP + int(metrics(_ROLE).horizontalAdvance(self._words)) + 1
        return QSize(width, 20)

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(_ICON, 20)
