"""Measuring: two clicks, a drag, or two events by key; a ruler says the dates and how far they lie apart.

While it lasts it stands between the hand and the timeline; wheel, pinch and the middle button go through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from viewer.domain.calendar import DAY, HOUR, MINUTE
from viewer.domain.distances import nearest_and_farthest
from viewer.frozen import dataclass
from viewer.timeline.columns import NEG_INF, POS_INF
from viewer.timeline.hit import hit
from viewer.timeline.scale import FARTHEST
from viewer.ui.distance_words import date_words, range_words
from viewer.ui.guard import guard
from viewer.ui.painter_ruler import Ruler, RulerEnd
from viewer.ui.staging import metrics_in_use

if TYPE_CHECKING:
    from viewer.domain.distances import Extent
    from viewer.ui.timeline_view import TimelineView

_MINUTES, _HOURS = 30.0, 900.0
"""Seconds per pixel from which on the hand means whole hours, and whole days."""


@dataclass(frozen=True, slots=True)
class _End:
    """From the first to the last second that it may be; None where that is open."""

    lo: int | None
    hi: int | None
    mark: int

    @property
    def is_of_days(self) -> bool:
        """Whether it is known to the day at best."""
        return self.lo is None or self.hi is None or self.hi - self.lo >= DAY - 1


class Measuring(QObject):
    """A ruler over a timeline. `changed(words)`: what it says now, nothing when it is put away."""

    changed = Signal(str)

    def __init__(self, timeline: TimelineView) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._ends: tuple[_End, ...] = ()
        self._is_done = False
        self._is_on = False
        self._pressed: QPointF | None = None
        self._y = 0.0

    @property
    def is_on(self) -> bool:
        """Whether the hand measures."""
        return self._is_on

    def toggle(self) -> None:
        """Begin, from the selected event if there is one; or put the ruler away."""
        self.leave() if self._is_on else self.begin()

    def begin(self) -> None:
        """Take the mouse, and the selected event as the first end."""
        timeline = self._timeline
        self._is_on, self._ends, self._is_done = True, (), False
        self._y = timeline.height()  # the foot of the lanes, where little else stands
        selected = timeline.content().selected
        first = None if selected is None else self._end_of(selected)
        if first is not None:
            self._ends = (first,)
        timeline.installEventFilter(self)
        timeline.event_selected.connect(self._take_event)
        timeline.setFocus()
        timeline.setCursor(Qt.CursorShape.CrossCursor)
        self._show()

    def leave(self) -> None:
        """Put the ruler away."""
        if not self._is_on:
            return
        self._is_on, self._ends, self._pressed = False, (), None
        self._timeline.removeEventFilter(self)
        self._timeline.event_selected.disconnect(self._take_event)
        self._timeline.setCursor(Qt.CursorShape.ArrowCursor)
        self._timeline.set_ruler(None)
        self.changed.emit("")

    # Hands

    @guard(default=False)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        is_escape = event.key() == Qt.Key.Key_Escape
        if is_escape:
            self.leave()
        return is_escape

    def _take_mouse(self, event: QMouseEvent) -> bool:
        kind, at = event.type(), event.position()
        if kind is QEvent.Type.MouseMove and not event.buttons() & ~Qt.MouseButton.LeftButton:
            self._follow(at)
            return True
        if event.button() is not Qt.MouseButton.LeftButton:
            return False
        if kind is QEvent.Type.MouseButtonPress:
            self._press(at)
        elif kind is QEvent.Type.MouseButtonRelease:
            self._release(at)
        return True

    def _press(self, at: QPointF) -> None:
        self._pressed = at
        if self._is_done or not self._ends:
            self._ends, self._is_done, self._y = (self._end_at(at),), False, at.y()
        else:
            self._ends, self._is_done = (self._ends[0], self._end_at(at)), True
        self._show()

    def _follow(self, at: QPointF) -> None:
        """Let the second end follow the pointer, until it is set down."""
        if self._ends and not self._is_done:
            self._ends = (self._ends[0], self._end_at(at))
            self._y = at.y()
            self._show()

    def _release(self, at: QPointF) -> None:
        """Set the second end down where a drag ends."""
        pressed, self._pressed = self._pressed, None
        if pressed is None or self._is_done:
            return
        if (at - pressed).manhattanLength() >= QApplication.startDragDistance():
            self._ends, self._is_done = (self._ends[0], self._end_at(at)), True
            self._show()

    def _take_event(self, event: int | None) -> None:
        """Take an event that was selected by key for the second end."""
        end = None if event is None else self._end_of(event)
        if end is not None:
            self._ends = (*self._ends[:1], end)
            self._is_done = False
            self._show()

    # Ends

    def _end_at(self, at: QPointF) -> _End:
        """Return what lies at a point: what an event's bounds are, or a moment as finely as a hand can mean it."""
        found = hit(self._timeline.scene(), at.x(), at.y())
        end = None if found.event is None else self._end_of(found.event)
        if end is not None:
            return end
        scale = self._timeline.scale()
        unit = MINUTE
        if scale.seconds_per_pixel >= _MINUTES:
            unit = HOUR if scale.seconds_per_pixel < _HOURS else DAY
        moment = scale.t(max(0.0, at.x() - metrics_in_use().heading))
        moment = (moment + unit // 2) // unit * unit
        return _End(moment, moment, moment)

    def _end_of(self, event: int) -> _End | None:
        """Return the bounds of an event; None for one without a date."""
        entry = self._timeline.content().index.entry(event)
        if entry is None:
            return None
        lo = None if entry.lo == NEG_INF else entry.lo
        hi = None if entry.hi == POS_INF else entry.hi - 1
        return _End(lo, hi, entry.mark)

    # Saying

    def _show(self) -> None:
        words = self._words()
        ends = tuple(self._drawn(end) for end in self._ends)
        self._timeline.set_ruler(Ruler(self._y, words, ends))
        self.changed.emit(words)

    def _words(self) -> str:
        if len(self._ends) < 2:
            if self._ends:
                return self.tr("Click the other end, or select an event · Esc leaves")
            return self.tr("Click where to measure from · Esc leaves")
        days = any(end.is_of_days for end in self._ends)
        one, other = (_floored(end, DAY if days else 1) for end in self._ends)
        return range_words(*nearest_and_farthest(one, other), whole_days=days)

    def _drawn(self, end: _End) -> RulerEnd:
        lo = -FARTHEST if end.lo is None else end.lo
        hi = FARTHEST if end.hi is None else end.hi
        return RulerEnd(lo, hi, end.mark, date_words(end.lo, end.hi))


def _floored(end: _End, unit: int) -> Extent:
    lo, hi = (None if side is None else side // unit * unit for side in (end.lo, end.hi))
    return lo, hi
