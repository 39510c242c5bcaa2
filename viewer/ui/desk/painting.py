"""How a piece of the text is painted: grounds in the colours of kinds, letters on them, bars beside them.

A ground is thin enough to be seen through another one, so that overlapping passages are darker; each then
has a line of its own below the words as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QTextCharFormat, QTextLayout

from viewer.frozen import dataclass
from viewer.ui.painter_ink import thinned
from viewer.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.ui.desk.laid_block import LaidBlock
    from viewer.ui.desk.passages import Mark

BARS = 40
"""How much room bars and their distance from the words take, in pixels."""

_GROUND = {"light": (0.13, 0.26), "dark": (0.22, 0.42)}
_BAR, _BAR_STEP, _BAR_GAP = 3.0, 6.0, 14.0
_MOST_BARS = 4
_INSET = 2.0
_ROUNDING = 3.0
_UNDERLINE, _UNDERLINE_STEP, _UNDERLINES, _BELOW = 1.5, 3.0, 3, 3.0
_STRIKE, _STRIKE_WIDTH = 5.0, 1.25


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be seen on the text besides its words."""

    marks: Sequence[Mark] = ()
    event: int | None = None
    selected: tuple[int, int] = (0, 0)
    hits: Sequence[tuple[int, int]] = ()
    hit: tuple[int, int] | None = None


def paint_block(painter: QPainter, block: LaidBlock, at: QPointF, shown: Shown) -> None:
    """Paint a piece of the text, its top left corner at a point."""
    painter.save()
    painter.translate(at)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    # The selected event last, on top of the others.
    marks = sorted(shown.marks, key=lambda mark: shown.event in mark.events)
    for mark in marks:
        _paint_ground(painter, block, mark, strong=shown.event in mark.events)
    for hit in shown.hits:
        _paint_hit(painter, block, hit, current=hit == shown.hit)
    for mark in marks:
        _paint_underlines(painter, block, mark, shown)
    _fill(painter, block, shown.selected, theme().colour("accent"), rounding=0, inset=0)
    _paint_words(painter, block, shown.selected)
    for mark in marks:
        _strike_out(painter, block, mark)
    _paint_bars(painter, block, marks, shown.event)
    painter.restore()


def _paint_ground(painter: QPainter, block: LaidBlock, mark: Mark, *, strong: bool) -> None:
    if mark.retracted and not strong:
        return
    soft, full = _GROUND[theme().name]
    colour = thinned(theme().kind_colour(mark.colour), full if strong else soft)
    _fill(painter, block, (mark.first, mark.last), colour)


def _paint_hit(painter: QPainter, block: LaidBlock, hit: tuple[int, int], *, current: bool) -> None:
    _fill(painter, block, hit, theme().colour("quote"))
    if current:
        painter.setPen(QPen(theme().colour("accent"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for _, box in block.boxes(*hit):
            painter.drawRoundedRect(box.adjusted(-1, _INSET, 1, -_INSET), _ROUNDING, _ROUNDING)


def _fill(
    painter: QPainter,
    block: LaidBlock,
    span: tuple[int, int],
    colour: QColor,
    *,
    rounding: float = _ROUNDING,
    inset: float = _INSET,
) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    for _, box in block.boxes(*span):
        painter.drawRoundedRect(box.adjusted(0, inset, 0, -inset), rounding, rounding)


def _paint_words(painter: QPainter, block: LaidBlock, selected: tuple[int, int]) -> None:
    painter.setPen(theme().colour("text"))
    ranges = []
    first, last = block.units(selected[0]), block.units(selected[1])
    if first < last:
        chosen = QTextLayout.FormatRange()
        chosen.start, chosen.length = first, last - first
        look = QTextCharFormat()
        look.setForeground(theme().colour("on_accent"))
        chosen.format = look
        ranges.append(chosen)
    block.layout.draw(painter, QPointF(0, 0), ranges)


def _paint_underlines(painter: QPainter, block: LaidBlock, mark: Mark, shown: Shown) -> None:
    """Underline what overlaps, each on a level of its own, and what is selected."""
    is_strong = shown.event in mark.events
    overlaps = any(
        other is not mark and other.first < mark.last and mark.first < other.last for other in shown.marks
    )
    if not (overlaps or is_strong):
        return
    colour = theme().kind_colour(mark.colour)
    below = _BELOW + min(mark.level, _UNDERLINES - 1) * _UNDERLINE_STEP
    for number, box in block.boxes(mark.first, mark.last):
        line = QRectF(box.left(), block.lines[number].baseline + below, box.width(), _UNDERLINE)
        painter.fillRect(line, colour if is_strong else thinned(colour, 0.55))


def _strike_out(painter: QPainter, block: LaidBlock, mark: Mark) -> None:
    if not mark.retracted:
        return
    for number, box in block.boxes(mark.first, mark.last):
        line = QRectF(box.left(), block.lines[number].baseline - _STRIKE, box.width(), _STRIKE_WIDTH)
        painter.fillRect(line, theme().colour("muted"))


def _paint_bars(painter: QPainter, block: LaidBlock, marks: Sequence[Mark], event: int | None) -> None:
    """Draw a bar left of the words along the lines of each passage, those that share a line side by side."""
    taken: list[int] = []  # the last line with a bar, for each place beside the words
    for mark in sorted(marks, key=lambda mark: (mark.first, mark.last)):
        boxes = block.boxes(mark.first, mark.last)
        if not boxes:
            continue
        first, last = boxes[0][0], boxes[-1][0]
        free = next((place for place, line in enumerate(taken) if line < first), len(taken))
        if free >= _MOST_BARS:
            continue
        taken[free : free + 1] = [last]
        bar = QRectF(-_BAR_GAP - free * _BAR_STEP, boxes[0][1].top() + 4, _BAR, 0)
        bar.setBottom(boxes[-1][1].bottom() - 4)
        _paint_bar(painter, bar, mark, strong=event in mark.events)


def _paint_bar(painter: QPainter, bar: QRectF, mark: Mark, *, strong: bool) -> None:
    """Draw one bar: broken where a source disputes, thin where it only mentions or was retracted."""
    colour = theme().kind_colour(mark.colour)
    colour = colour if strong else thinned(colour, 0.6)
    width = 1.5 if mark.stance == "mentions" or mark.retracted else _BAR
    pen = QPen(colour, width + (1 if strong else 0))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    if mark.stance == "disputes":
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([2.0, 1.5])
    painter.setPen(pen)
    x = bar.center().x()
    painter.drawLine(QPointF(x, bar.top()), QPointF(x, bar.bottom()))
