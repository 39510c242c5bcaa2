"""The whole document in one strip, with the part that the timeline shows as a window to take hold of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.domain.calendar import DAY
from viewer.frozen import dataclass
from viewer.timeline.stretches import step_edges, whole_step
from viewer.ui.guard import guard
from viewer.ui.measures import text_width
from viewer.ui.painter_ink import ink_for, mixed, thinned
from viewer.ui.staging import metrics_in_use, written
from viewer.ui.theme import theme, themes

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent

    from viewer.timeline.shown import Shown
    from viewer.ui.painter_ink import Ink

HEIGHT = 46

_EDGE = 16.0
_BAR = 5.0
_GRIP = 6.0
_LEAST_WINDOW = 12.0
_LEAST_SPAN = 30 * DAY
_AROUND = 0.06
_FEW = 8
"""So many events in one bar are a full bar at least: a handful of events stays low."""
_KEY_STEP = 0.1
_KEY_ZOOM = 1.5


@dataclass(frozen=True, slots=True)
class Drag:
    """What was taken hold of, "left", "right" or "window", where, and the seconds shown then."""

    part: str
    x: float
    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Stretches of time with events as rectangles of the strip: what stands there, and what may lie there."""

    certain: list[QRectF]
    possible: list[QRectF]


class OverviewStrip(QWidget):
    """The strip; `range_chosen(lo, hi)` asks for another part of time to be shown, in seconds."""

    range_chosen = Signal(object, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: Shown | None = None
        self._span: tuple[int, int] | None = None
        self._visible: tuple[int, int] | None = None
        self._bars: Bars | None = None
        self._reach: tuple[float, float] | None = None
        self._drag: Drag | None = None
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Overview of the whole document"))
        themes().changed.connect(self.update)

    def set_shown(self, shown: Shown) -> None:
        """Show those events of a document that a filter lets through; the strip spans all of them."""
        self._shown = shown
        self._span = _widened(shown.index.span())
        self._recount()

    def set_visible(self, t0: int, t1: int) -> None:
        """Show which part of time (seconds) the timeline shows."""
        self._visible = (t0, t1)
        self.update()

    def x_of(self, t: int) -> float:
        """Return the pixel of a moment, not beyond the ends of the strip."""
        left, right = self._ends()
        if self._span is None:
            return left
        share = (t - self._span[0]) / (self._span[1] - self._span[0])
        return left + min(max(share, 0.0), 1.0) * (right - left)

    def window_rectangle(self) -> QRectF:
        """Return where the window lies: what is visible, never too narrow to take hold of."""
        if self._span is None or self._visible is None:
            return QRectF()
        left, right = (self.x_of(t) for t in self._visible)
        lack = max(0.0, _LEAST_WINDOW - (right - left))
        first, last = self._ends()
        left = min(max(left - lack / 2, first), last - _LEAST_WINDOW)
        return QRectF(left, 4, max(right - left, _LEAST_WINDOW), HEIGHT - 8)

    def _ends(self) -> tuple[float, float]:
        if self._reach is None:
            self._reach = self._measured()
        return self._reach

    def _measured(self) -> tuple[float, float]:
        """Return from where to where time runs in the strip: up to the date at its end."""
        dates = text_width(written(self._span[1], _unit(self._span)), "small") if self._span else 0.0
        return metrics_in_use().heading, max(metrics_in_use().heading + 1, self.width() - dates - 3 * _EDGE)

    def _time_of(self, pixels: float) -> int:
        """Return how many seconds so many pixels of the strip are."""
        left, right = self._ends()
        return 0 if self._span is None else round(pixels * (self._span[1] - self._span[0]) / (right - left))

    def _recount(self) -> None:
        self._bars = self._reach = None
        self.update()

    def _counted(self) -> Bars:
        """Return bars for the stretches of time that hold events; square roots, so that few stay seen."""
        if self._shown is None or self._span is None:
            return Bars([], [])
        left, right = self._ends()
        length = self._span[1] - self._span[0]
        step = whole_step(_BAR * length / (right - left), self._shown.index.step)
        edges = step_edges(*self._span, step)
        certain, possible = self._shown.density_of_all(edges)
        most = max(int(possible.max(initial=0)), _FEW)
        ends = left + np.clip((edges - self._span[0]) / length, 0.0, 1.0) * (right - left)
        return Bars(_rectangles(ends, certain / most), _rectangles(ends, possible / most))

    def _part_at(self, x: float) -> str:
        window = self.window_rectangle()
        # A narrow window is all handle: its edges are then taken hold of from outside.
        inner = _GRIP if window.width() >= 4 * _GRIP else 0.0
        if window.left() + inner < x < window.right() - inner:
            return "window"
        if window.left() - _GRIP <= x <= window.left() + inner:
            return "left"
        return "right" if window.right() - inner <= x <= window.right() + _GRIP else "outside"

    def _choose(self, lo: int, hi: int) -> None:
        if hi > lo:
            self.range_chosen.emit(lo, hi)

    def _choose_around(self, x: float) -> None:
        """Centre the window on a pixel."""
        if self._span is not None and self._visible is not None:
            length = self._visible[1] - self._visible[0]
            lo = self._span[0] + self._time_of(x - self._ends()[0]) - length // 2
            self._choose(lo, lo + length)

    def _choose_by_key(self, key: int) -> bool:
        if self._span is None or self._visible is None:
            return False
        lo, hi = self._visible
        length, middle = hi - lo, (lo + hi) // 2
        step, closer, wider = (
            round(length * _KEY_STEP),
            round(length / _KEY_ZOOM / 2),
            round(length * _KEY_ZOOM / 2),
        )
        ranges: dict[int, tuple[int, int]] = {
            Qt.Key.Key_Left: (lo - step, hi - step),
            Qt.Key.Key_Right: (lo + step, hi + step),
            Qt.Key.Key_PageUp: (lo - length, hi - length),
            Qt.Key.Key_PageDown: (lo + length, hi + length),
            Qt.Key.Key_Plus: (middle - closer, middle + closer),
            Qt.Key.Key_Equal: (middle - closer, middle + closer),
            Qt.Key.Key_Minus: (middle - wider, middle + wider),
            Qt.Key.Key_Home: (self._span[0], self._span[0] + length),
            Qt.Key.Key_End: (self._span[1] - length, self._span[1]),
            Qt.Key.Key_Return: self._span,
            Qt.Key.Key_Enter: self._span,
        }
        chosen = ranges.get(key)
        if chosen is not None:
            self._choose(*chosen)
        return chosen is not None

    def _paint_bars(self, ink: Ink) -> None:
        if self._bars is None:
            self._bars = self._counted()
        muted, panel = ink.theme.colour("muted"), ink.theme.colour("panel")
        ink.rectangles(self._bars.possible, mixed(thinned(muted, 0.25), panel))
        ink.rectangles(self._bars.certain, mixed(thinned(muted, 0.6), panel))

    def _paint_window(self, painter: QPainter, ink: Ink) -> None:
        window = self.window_rectangle()
        if window.isEmpty():
            return
        painter.setPen(QPen(ink.theme.colour("accent"), 2.0 if self.hasFocus() else 1.5))
        painter.setBrush(thinned(ink.theme.colour("accent"), 0.12))
        painter.drawRoundedRect(window.adjusted(0.75, 0.75, -0.75, -0.75), 4, 4)

    def _paint_dates(self, ink: Ink) -> None:
        if self._shown is None or (span := self._shown.index.span()) is None:
            ink.text(_EDGE, HEIGHT / 2, self.tr("No dates yet"), "small", "muted")
            return
        first, last = (written(t, _unit(span)) for t in span)
        ink.text(_EDGE, HEIGHT / 2, first, "small", "muted")
        ink.text(self.width() - _EDGE - text_width(last, "small"), HEIGHT / 2, last, "small", "muted")

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink = ink_for(painter, theme(), ())
            ink.fill(0, 0, self.width(), HEIGHT, ink.theme.colour("panel"))
            ink.horizontal(0, 0, self.width(), ink.theme.colour("line"))
            self._paint_window(painter, ink)
            self._paint_bars(ink)
            self._paint_dates(ink)

    @guard()
    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._recount()

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton or self._visible is None or self._span is None:
            return
        x = event.position().x()
        part = self._part_at(x)
        if part == "outside":
            self._choose_around(x)
            part = "window"
        self._drag = Drag(part, x, *self._visible)

    @guard()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        drag, x = self._drag, event.position().x()
        if drag is None:
            self.setCursor(_CURSORS[self._part_at(x)])
            return
        away = self._time_of(x - drag.x)
        self._choose(
            drag.lo if drag.part == "right" else drag.lo + away,
            drag.hi if drag.part == "left" else drag.hi + away,
        )

    @guard()
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._drag = None

    @guard()
    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        if self._span is not None:
            self._choose(*self._span)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._choose_by_key(event.key()):
            super().keyPressEvent(event)

    @guard()
    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.update()

    @guard()
    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self.update()

    @guard(default=QSize(320, HEIGHT))
    def sizeHint(self) -> QSize:
        return QSize(960, HEIGHT)


_CURSORS = {
    "left": Qt.CursorShape.SizeHorCursor,
    "right": Qt.CursorShape.SizeHorCursor,
    "window": Qt.CursorShape.OpenHandCursor,
    "outside": Qt.CursorShape.ArrowCursor,
}


def _rectangles(ends: NDArray[np.float64], shares: NDArray[np.float64]) -> list[QRectF]:
    """Return a bar between neighbouring ends for each share that is not 0."""
    tallest, foot = HEIGHT - 16.0, HEIGHT - 6.0
    at = np.flatnonzero(shares > 0)
    heights = np.sqrt(shares[at]) * tallest
    widths = np.maximum(ends[at + 1] - ends[at] - 1, 1)
    bars = (ends[at], foot - heights, widths, heights)
    return [QRectF(*bar) for bar in zip(*(each.tolist() for each in bars), strict=True)]


def _unit(span: tuple[int, int]) -> str:
    """Return the unit in which the ends of a span are written: they must differ and stay short."""
    length = span[1] - span[0]
    if length < 2 * _LEAST_SPAN:
        return "day"
    return "month" if length < 400 * _LEAST_SPAN else "year"


def _widened(span: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return a document's span with some time around it, so that its ends can be reached."""
    if span is None:
        return None
    around = max(round((span[1] - span[0]) * _AROUND), _LEAST_SPAN // 2)
    return span[0] - around, span[1] + around
