"""What the rows of the window's lists are painted with: their ground, their signs, words that give way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtWidgets import QStyle

from viewer.ui.measures import baseline, elided, font, text_width
from viewer.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

INSET = 8
"""How far the ground of a row stands from the sides of its list, in logical pixels."""


def paint_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> str:
    """Paint what lies below a row and return its token."""
    selected = bool(state & QStyle.StateFlag.State_Selected)
    hovered = bool(state & QStyle.StateFlag.State_MouseOver)
    ground = "accent_ground" if selected else "raised" if hovered else "panel"
    # The view has painted its own selection from edge to edge.
    painter.fillRect(rect, theme().colour("panel"))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour(ground))
    painter.drawRoundedRect(QRectF(rect).adjusted(INSET, 1, -INSET, -1), 6, 6)
    if selected and state & QStyle.StateFlag.State_HasFocus:
        painter.setPen(theme().colour("accent"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(INSET + 0.5, 1.5, -INSET - 0.5, -1.5), 6, 6)
    return ground


def paint_sign(painter: QPainter, right: int, centre: int, words: str) -> int:
    """Paint a word of warning up to `right` and return where it begins, a gap included."""
    width = text_width(words, "tick_strong") + 12
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme().colour("warning_ground"))
    painter.drawRoundedRect(QRectF(right - width, centre - 9, width, 18), 4, 4)
    write(painter, int(right - width + 6), centre, int(width), words, "tick_strong", "warning")
    return int(right - width - INSET)


def write(painter: QPainter, x: int, centre: int, width: int, text: str, role: str, token: str) -> None:
    """Write one line, its middle at `centre`, cut with an ellipsis where it is wider than `width`."""
    painter.setFont(font(role))
    painter.setPen(theme().colour(token))
    painter.drawText(QPointF(x, round(baseline(centre, role))), elided(text, role, float(max(width, 0))))
