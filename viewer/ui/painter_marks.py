"""The shapes of the marks: one outline per shape, told apart without colour."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

MARK = 15.0
"""Outer size of a mark in logical pixels, its rim included."""
RIM = 1.5

Point = tuple[float, float]

_CORE = MARK - 2 * RIM


def paint_mark(
    painter: QPainter, shape: str, at: QPointF, colour: QColor, rim: QColor, *, size: float = MARK
) -> None:
    """Paint a mark centred at `at`, `size` pixels over all, as a shape; its rim in the colour of the ground."""
    painter.save()
    painter.translate(at)
    _draw(painter, shape, colour, rim, size)
    painter.restore()


def stamp_marks(
    painter: QPainter,
    shape: str,
    points: Iterable[Point],
    colours: tuple[QColor, QColor],
    *,
    size: float,
    ratio: float,
) -> None:
    """Paint marks that look alike on a screen of `ratio` device pixels to a logical one.

    They are stamped onto whole device pixels: thousands a frame cost little. `colours` are mark and rim.
    """
    colour, rim = colours
    stamp = _stamp(shape, colour.rgba(), rim.rgba(), size, ratio)
    half, draw = stamp.width() / 2, painter.drawImage
    for x, y in points:
        draw(QPointF(round(x * ratio - half) / ratio, round(y * ratio - half) / ratio), stamp)


@functools.lru_cache(maxsize=512)
def _stamp(shape: str, colour: int, rim: int, size: float, ratio: float) -> QImage:
    side = 2 * math.ceil((size / 2 + 1) * ratio)
    image = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(side / ratio / 2, side / ratio / 2)
        _draw(painter, shape, QColor.fromRgba(colour), QColor.fromRgba(rim), size)
    return image


def _draw(painter: QPainter, shape: str, colour: QColor, rim: QColor, size: float) -> None:
    painter.scale(size / MARK, size / MARK)
    outline = mark_outline(shape)
    pen = QPen(rim, 2 * RIM)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.strokePath(outline, pen)
    painter.fillPath(outline, QBrush(colour))


@functools.cache
def mark_outline(shape: str) -> QPainterPath:
    """Return the outline of a shape around (0, 0), without its rim; an unknown word is a square."""
    half = _CORE / 2
    path = QPainterPath()
    if shape == "disc":
        path.addEllipse(QPointF(0, 0), half - 0.5, half - 0.5)
    elif shape == "plus":
        arm = half / 2.6
        path.setFillRule(Qt.FillRule.WindingFill)
        path.addRect(QRectF(-half, -arm, 2 * half, 2 * arm))
        path.addRect(QRectF(-arm, -half, 2 * arm, 2 * half))
        path = path.simplified()
    else:
        corners = _corners(shape, half)
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        path.closeSubpath()
        if shape == "hexagon":  # a full one is hardly told from a disc at this size
            path.addEllipse(QPointF(0, 0), half * 0.4, half * 0.4)
    return path


def _corners(shape: str, half: float) -> list[tuple[float, float]]:
    if shape == "hexagon":
        angles = [math.radians(60 * corner) for corner in range(6)]
        return [(half * math.cos(angle), half * math.sin(angle)) for angle in angles]
    if shape == "right":
        return [(-half + 1, -half), (half, 0), (-half + 1, half)]
    if shape == "left":
        return [(half - 1, -half), (-half, 0), (half - 1, half)]
    if shape == "diamond":
        return [(0, -half), (half, 0), (0, half), (-half, 0)]
    across, side = (2.0, half) if shape == "bar" else (half - 0.7, half - 0.7)
    return [(-across, -side), (across, -side), (across, side), (-across, side)]
