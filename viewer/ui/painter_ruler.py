"""The ruler over a frame: two moments, or what may be one, their dates, and how far they lie apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from viewer.frozen import dataclass
from viewer.ui.measures import baseline, font, text_width
from viewer.ui.painter_ink import thinned

if TYPE_CHECKING:
    from viewer.timeline.scale import TimeScale
    from viewer.timeline.scene import Scene
    from viewer.ui.theme import Theme

_TICK = 5.0
_PILL, _SMALL_PILL = 26.0, 22.0
_FOOT = 12.0
_PADDING = 10.0


@dataclass(frozen=True, slots=True)
class RulerEnd:
    """One end: from the first to the last second that it may be, where its line ends, and its date in words."""

    lo: int
    hi: int
    mark: int
    words: str


@dataclass(frozen=True, slots=True)
class Ruler:
    """One end or two, at a height of the view; `words` say how far they lie apart, or what to do next."""

    y: float
    words: str
    ends: tuple[RulerEnd, ...] = ()


def paint_ruler(painter: QPainter, scene: Scene, theme: Theme, scale: TimeScale, ruler: Ruler) -> None:
    """Paint a rule through the lanes at each end, and between them the distance."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    lanes = QRectF(
        scene.heading, scene.lanes_top, scene.width - scene.heading, scene.lanes_bottom - scene.lanes_top
    )
    y = min(max(ruler.y, lanes.top() + 2 * _PILL), lanes.bottom() - _FOOT)
    middles = [scene.heading + scale.x(end.mark) for end in ruler.ends]
    painter.setClipRect(lanes)
    for end, middle in zip(ruler.ends, middles, strict=True):
        _paint_end(
            painter, lanes, theme, (scene.heading + scale.x(end.lo), scene.heading + scale.x(end.hi)), middle
        )
    if len(middles) > 1:
        _paint_line(painter, theme, sorted(middles), y)
    for end, middle, others in zip(ruler.ends, middles, reversed(middles), strict=True):
        _paint_date(painter, lanes, theme, end.words, middle, is_left=len(middles) > 1 and middle < others)
    centre = (min(middles) + max(middles)) / 2 if middles else lanes.center().x()
    _paint_words(painter, lanes, theme, ruler.words, (centre, y))
    painter.restore()


def _paint_end(
    painter: QPainter, lanes: QRectF, theme: Theme, sides: tuple[float, float], middle: float
) -> None:
    accent = theme.colour("accent")
    if sides[1] - sides[0] > 1:  # it may be anywhere within
        extent = QRectF(sides[0], lanes.top(), sides[1] - sides[0], lanes.height())
        painter.fillRect(extent, thinned(accent, 0.10))
        for x in sides:
            painter.fillRect(QRectF(round(x), lanes.top(), 1, lanes.height()), thinned(accent, 0.55))
    else:
        painter.fillRect(QRectF(round(middle), lanes.top(), 1, lanes.height()), accent)


def _paint_line(painter: QPainter, theme: Theme, ends: list[float], y: float) -> None:
    painter.setPen(QPen(theme.colour("accent"), 1.5))
    painter.drawLine(QPointF(ends[0], y), QPointF(ends[1], y))
    for x in ends:
        painter.drawLine(QPointF(x, y - _TICK), QPointF(x, y + _TICK))


def _paint_date(
    painter: QPainter, lanes: QRectF, theme: Theme, words: str, x: float, *, is_left: bool
) -> None:
    """Write a date at the head of its rule, outside the stretch that is measured where there is room."""
    width = text_width(words, "tick_strong") + 2 * _PADDING
    left = x - width - 4 if is_left else x + 4
    left = x + 4 if is_left and left < lanes.left() else left
    left = x - width - 4 if not is_left and left + width > lanes.right() else left
    ground = QRectF(left, lanes.top() + 4, width, _SMALL_PILL)
    painter.setPen(QPen(theme.colour("accent"), 1.0))
    painter.setBrush(theme.colour("panel"))
    painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
    painter.setPen(theme.colour("text"))
    painter.setFont(font("tick_strong"))
    painter.drawText(QPointF(left + _PADDING, baseline(ground.center().y(), "tick_strong")), words)


def _paint_words(
    painter: QPainter, lanes: QRectF, theme: Theme, words: str, centre: tuple[float, float]
) -> None:
    width = text_width(words, "tick_strong") + 2 * _PADDING
    left = min(max(centre[0] - width / 2, lanes.left() + 4), lanes.right() - width - 4)
    top = centre[1] - _PILL - 6
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("text"))
    painter.drawRoundedRect(QRectF(left, top, width, _PILL), 5, 5)
    painter.setPen(theme.colour("panel"))
    painter.setFont(font("tick_strong"))
    painter.drawText(QPointF(left + _PADDING, baseline(top + _PILL / 2, "tick_strong")), words)
