"""The painter of the strength chart: bands from low to high, on screen, in pictures and on paper alike.

A bound that is open fades; what is disputed is hatched and bears an amber dot. Bands lie over each other as they
are: nothing is added up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPen

from viewer.domain.quantities import number_text
from viewer.frozen import dataclass
from viewer.graphs.strength_chart import SECTION, Box
from viewer.ui.inspector.wording import measure_word
from viewer.ui.measures import elided, text_width
from viewer.ui.painter_frame import MARGIN
from viewer.ui.painter_ink import ink_for, mixed, number, thinned
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.graphs.strength_chart import ChartScene, Envelope, RowScene
    from viewer.graphs.strength_rows import StrengthRow
    from viewer.ui.painter_ink import Ink
    from viewer.ui.theme import Theme

_COLOURS = {"deployed": "deployment", "present": "deployment", "withdrawn": "withdrawal"}
_EDGE = 1.5
_FADE = 28.0
_HATCH = 7.0
_LINE = 16.0
_DOT = 3.0


@dataclass(frozen=True, slots=True)
class Pointed:
    """The band under the pointer or under the keyboard, by row and band, and what is said of it, line by line."""

    row: int
    band: int
    lines: tuple[str, ...]


def paint_chart(
    painter: QPainter,
    scene: ChartScene,
    rows: Sequence[StrengthRow],
    theme: Theme,
    *,
    note: str,
    pointed: Pointed | None = None,
    for_print: bool = False,
) -> None:
    """Paint a frame at the painter's origin; `note` says below it what was left out, and why."""
    ink = ink_for(painter, theme, (), for_print=for_print)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    ink.fill(0, 0, scene.width, scene.height, theme.colour("canvas"))
    painter.save()
    lanes = QRectF(0, scene.lanes_top, scene.width, scene.lanes_bottom - scene.lanes_top)
    painter.setClipRect(lanes, Qt.ClipOperation.IntersectClip)
    for token, strong in (("grid_fine", False), ("grid_coarse", True)):
        for tick in scene.grid:
            if tick.strong is strong:
                ink.vertical(tick.x, scene.lanes_top, scene.lanes_bottom, theme.colour(token))
    for row in scene.rows:
        _Row(ink, scene, row, rows[row.row], pointed).paint()
    painter.restore()
    _axis(ink, scene)
    _note(ink, scene, note)
    if pointed is not None:
        _callout(ink, scene, pointed)
    painter.restore()


class _Row:
    def __init__(
        self, ink: Ink, scene: ChartScene, row: RowScene, data: StrengthRow, pointed: Pointed | None
    ) -> None:
        self._ink = ink
        self._scene = scene
        self._row = row
        self._data = data
        self._pointed = pointed.band if pointed is not None and pointed.row == row.row else None
        self._colour = ink.theme.colour(_COLOURS.get(data.measure, "statement"))

    def paint(self) -> None:
        """Paint the row with its heading, and the heading of its section above."""
        ink, scene, row = self._ink, self._scene, self._row
        painter = ink.painter
        if row.section:
            self._section()
        else:
            ink.horizontal(row.y, 0, scene.width, ink.theme.colour("line"))
        painter.save()
        canvas = QRectF(scene.heading, row.y, scene.width - scene.heading, row.height)
        painter.setClipRect(canvas, Qt.ClipOperation.IntersectClip)
        for tick in row.ticks:
            token = "grid_fine" if tick.value else "grid_coarse"
            ink.horizontal(tick.y, scene.heading, scene.width, ink.theme.colour(token))
        if row.envelope is None:
            for box in row.boxes.tolist():
                self._box(Box._make(box))
        else:
            self._many(row.envelope)
        for tick in row.ticks[1:]:
            self._value(tick.y, number_text(tick.value))
        painter.restore()
        self._heading()

    def _section(self) -> None:
        ink, scene, row = self._ink, self._scene, self._row
        top = row.y - SECTION
        ink.fill(0, top, scene.width, SECTION, ink.theme.colour("raised"))
        ink.horizontal(top, 0, scene.width, ink.theme.colour("line"))
        say = QCoreApplication.translate
        words = (
            say("Strength", "Stocks: how many were there at a time")
            if row.section == "stock"
            else say("Strength", "Flows: how many came, left or were lost")
        )
        ink.text(MARGIN, top + SECTION / 2, words, "small", "muted")

    def _heading(self) -> None:
        ink, scene, row, data = self._ink, self._scene, self._row, self._data
        painter, width = ink.painter, scene.heading - MARGIN - 8
        ink.fill(0, row.y + 1, scene.heading, row.height - 1, ink.theme.colour("canvas"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._colour)
        painter.drawRoundedRect(QRectF(-3, row.y + 10, 6, row.height - 20), 2, 2)
        name = one_line(measure_word(data.measure))
        y = row.y + 20
        ink.text(MARGIN, y, elided(name[:1].upper() + name[1:], "heading", width), "heading", "text")
        forces = ", ".join(data.forces) or QCoreApplication.translate("Strength", "no force given")
        for at, line in enumerate((forces, self._unit())):
            if line:
                ink.text(
                    MARGIN, y + 18 + at * _LINE, elided(one_line(line), "small", width), "small", "muted"
                )

    def _unit(self) -> str:
        count = len(self._data.bands)
        if self._row.envelope is not None:
            return QCoreApplication.translate("Strength", "{count} numbers").format(count=number(count))
        return self._data.unit or ""

    def _value(self, y: float, text: str) -> None:
        ink, width = self._ink, text_width(text, "small")
        x = self._scene.heading + 8
        ink.fill(self._scene.heading, y - 8, width + 13, 16, ink.theme.colour("canvas"))
        ink.text(x, y, text, "small", "muted")

    def _box(self, box: Box) -> None:
        painter, area = self._ink.painter, QRectF(box.x, box.top, box.right - box.x, box.bottom - box.top)
        pointed = box.band == self._pointed
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._fill(box, area, self._shade(0.5 if pointed else 0.28)))
        painter.drawRect(area)
        if box.disputed:
            self._hatch(area, self._fill(box, area, self._shade(0.6)))
        edge = self._edge(box, area)
        for y, is_open in ((box.bottom - _EDGE, box.open_low), (box.top, box.open_high)):
            if not is_open:
                painter.fillRect(QRectF(box.x, y, area.width(), _EDGE), edge)
        if pointed:
            painter.setPen(QPen(self._ink.theme.colour("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(-3, -3, 3, 3), 3, 3)
        if box.disputed:
            painter.setPen(QPen(self._ink.theme.colour("canvas"), 1.0))
            painter.setBrush(self._ink.theme.colour("warning"))
            painter.drawEllipse(QPointF(min(box.right, self._scene.width - 6), box.top), _DOT, _DOT)

    def _shade(self, alpha: float) -> QColor:
        thin = thinned(self._colour, alpha)
        return mixed(thin, self._ink.theme.colour("canvas")) if self._ink.ratio is None else thin

    def _fill(self, box: Box, area: QRectF, full: QColor) -> QBrush:
        """Return what fills a band: even, or fading towards a bound that is open."""
        if box.open_low or box.open_high:
            fill = QLinearGradient(area.bottomLeft(), area.topLeft())
            fill.setColorAt(0.0, self._shade(0.0) if box.open_low else full)
            fill.setColorAt(1.0, self._shade(0.0) if box.open_high else full)
            return QBrush(fill)
        return self._along(box, area, full)

    def _edge(self, box: Box, area: QRectF) -> QBrush:
        return self._along(box, area, self._shade(0.85))

    def _along(self, box: Box, area: QRectF, full: QColor) -> QBrush:
        """Return a colour that dissolves where a band is open in time."""
        if not (box.open_lo or box.open_hi):
            return QBrush(full)
        fill, nothing = QLinearGradient(area.topLeft(), area.topRight()), self._shade(0.0)
        share = min(0.5, _FADE / max(area.width(), 1.0))
        fill.setColorAt(0.0, nothing if box.open_lo else full)
        fill.setColorAt(share, full)
        fill.setColorAt(1 - share, full)
        fill.setColorAt(1.0, nothing if box.open_hi else full)
        return QBrush(fill)

    def _hatch(self, area: QRectF, lines: QBrush) -> None:
        """Draw slanting lines over a band; on the canvas they are as many as its pixels allow.

        They are cut to the band by hand: an SVG knows neither clips nor strokes that fade.
        """
        painter, scene = self._ink.painter, self._scene
        left, right, high = max(area.left(), scene.heading), min(area.right(), scene.width), area.height()
        painter.setPen(QPen(lines, 1.0) if self._ink.ratio else QPen(self._shade(0.4), 1.0))
        x = (left - high) // _HATCH * _HATCH
        while x < right:
            start, end = max(x, left), min(x + high, right)
            if start < end:
                painter.drawLine(
                    QPointF(start, area.bottom() - (start - x)), QPointF(end, area.bottom() - (end - x))
                )
            x += _HATCH

    def _many(self, envelope: Envelope) -> None:
        """Draw the columns of many bands as one shape, those with a disputed one hatched at the top."""
        painter = self._ink.painter
        painter.setPen(Qt.PenStyle.NoPen)
        seen = np.flatnonzero(np.isfinite(envelope.tops))
        xs = (envelope.x + seen * envelope.step).tolist()
        tops, bottoms = envelope.tops[seen].tolist(), envelope.bottoms[seen].tolist()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setBrush(self._shade(0.28))
        painter.drawRects(
            [QRectF(x, top, envelope.step, low - top) for x, top, low in zip(xs, tops, bottoms, strict=True)]
        )
        painter.setBrush(self._shade(0.85))
        painter.drawRects(
            [
                QRectF(x, y, envelope.step, _EDGE)
                for ys in (tops, bottoms)
                for x, y in zip(xs, ys, strict=True)
            ]
        )
        painter.setBrush(self._ink.theme.colour("warning"))
        doubted = envelope.disputed[seen].tolist()
        painter.drawRects(
            [
                QRectF(x, top - 3, envelope.step, 2)
                for x, top, one in zip(xs, tops, doubted, strict=True)
                if one
            ]
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)


def _axis(ink: Ink, scene: ChartScene) -> None:
    """Paint the calendar above the rows, where the chart has one of its own."""
    if not scene.strips:
        return
    ink.fill(0, 0, scene.width, scene.lanes_top, ink.theme.colour("panel"))
    line = ink.theme.colour("line")
    for strip, role, token in zip(scene.strips, ("heading", "tick"), ("muted", "text"), strict=True):
        for tick in strip.ticks:
            bottom = strip.y + strip.height
            if tick.x > scene.heading + 0.5:
                ink.vertical(tick.x, strip.y + 4 if tick.strong else bottom - 6, bottom, line)
            if tick.label:
                ink.text(tick.x + 8, strip.y + strip.height / 2, tick.label, role, token)
    ink.horizontal(scene.lanes_top - 1, 0, scene.width, line)


def _note(ink: Ink, scene: ChartScene, note: str) -> None:
    top = scene.lanes_bottom
    ink.fill(0, top, scene.width, scene.height - top, ink.theme.colour("canvas"))
    ink.horizontal(top, 0, scene.width, ink.theme.colour("line"))
    text = elided(note, "small", max(0.0, scene.width - 2 * MARGIN))
    ink.text(MARGIN, (top + scene.height) / 2, text, "small", "muted")


def _callout(ink: Ink, scene: ChartScene, pointed: Pointed) -> None:
    """Paint what is said of a band beside it, inside the chart."""
    row = next((row for row in scene.rows if row.row == pointed.row), None)
    found = () if row is None else row.boxes[row.boxes["band"] == pointed.band].tolist()
    if not found:
        return
    box = Box._make(found[0])
    lines = [elided(line, "small", 360) for line in pointed.lines]
    width = max(text_width(line, "tick_strong") for line in lines) + 20
    height = 10 + 18.0 * len(lines)
    right = min(box.right, scene.width - 8)
    x = right + 10 if right + 10 + width <= scene.width - 8 else max(box.x, scene.heading) - 10 - width
    x = min(max(x, scene.heading + 8), scene.width - 8 - width)
    y = min(max(box.top, scene.lanes_top + 4), scene.lanes_bottom - height - 4)
    painter = ink.painter
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.theme.colour("text"))
    painter.drawRoundedRect(QRectF(x, y, width, height), 5, 5)
    for at, line in enumerate(lines):
        ink.text(x + 10, y + 14 + 18 * at, line, "tick_strong" if at == 0 else "small", "panel")
