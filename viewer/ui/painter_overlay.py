"""What lies over a frame on screen only: the rubber band, the number of a density band, the focus ring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from viewer.frozen import dataclass
from viewer.ui.measures import baseline, elided, font, text_width
from viewer.ui.painter_ink import thinned

if TYPE_CHECKING:
    from viewer.timeline.scene import Scene
    from viewer.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Probe:
    """A reading of a density band: the pixel it was taken at, and what it says."""

    x: float
    y: float
    text: str


def paint_probe(painter: QPainter, scene: Scene, theme: Theme, probe: Probe) -> None:
    """Paint a dashed rule through the lanes with the reading beside it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(theme.colour("accent"), 1.0, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3.0, 2.0])
    painter.setPen(pen)
    x = round(probe.x) + 0.5
    painter.drawLine(QPointF(x, scene.lanes_top), QPointF(x, scene.lanes_bottom))
    width = text_width(probe.text, "tick_strong") + 20
    left = x + 9 if x + 9 + width <= scene.width else x - 9 - width
    top = min(max(probe.y - 36, scene.lanes_top + 4), scene.lanes_bottom - 30)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("text"))
    painter.drawRoundedRect(QRectF(left, top, width, 26), 5, 5)
    painter.setPen(theme.colour("panel"))
    painter.setFont(font("tick_strong"))
    painter.drawText(QPointF(left + 10, baseline(top + 13, "tick_strong")), probe.text)


def paint_band(painter: QPainter, scene: Scene, theme: Theme, band: QRectF) -> None:
    """Paint the time that a rubber band has caught, over the whole height of the lanes."""
    left, right = max(band.left(), scene.heading), min(band.right(), scene.width)
    caught = QRectF(left, scene.lanes_top, max(0.0, right - left), scene.lanes_bottom - scene.lanes_top)
    accent = theme.colour("accent")
    painter.fillRect(caught, thinned(accent, 0.12))
    for x in (caught.left(), caught.right() - 1):
        painter.fillRect(QRectF(round(x), caught.top(), 1, caught.height()), accent)


def paint_words(painter: QPainter, scene: Scene, theme: Theme, words: str) -> None:
    """Write one calm line in the middle of the canvas."""
    text = elided(words, "body", max(0.0, scene.width - scene.heading - 32))
    x = scene.heading + (scene.width - scene.heading - text_width(text, "body")) / 2
    middle = (scene.lanes_top + scene.lanes_bottom) / 2
    ground = QRectF(x - 12, middle - 14, text_width(text, "body") + 24, 28)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(ground, theme.colour("canvas"))
    painter.setPen(theme.colour("muted"))
    painter.setFont(font("body"))
    painter.drawText(QPointF(x, baseline(middle, "body")), text)


def paint_focus(painter: QPainter, scene: Scene, theme: Theme) -> None:
    """Paint the ring that says where the keyboard is."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(theme.colour("accent"), 2.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(QRectF(1, 1, scene.width - 2, scene.height - 2))
