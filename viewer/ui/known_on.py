"""The second clock of a window: as known on which day, if any, and the hands to move it.

Off at the start. On, a line with a flag stands in the timeline at the end of a day; it goes from day to day
under the hand, from publication to publication by key, and through all of them by itself.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from viewer.domain.calendar import DAY
from viewer.timeline.publications import end_of_day
from viewer.ui.axis_corner import AxisCorner
from viewer.ui.staging import metrics_in_use, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.timeline.publications import Publications
    from viewer.ui.known_flag import KnownFlag, KnownPole
    from viewer.ui.timeline_view import TimelineView

STEP_MS = 600
"""How long playing stays at a day."""

_TOP = 4


class KnownOn(QObject):
    """Keeps the day; `publications` are asked for when there is one.

    `changed(last second of the day, or None)`; `refused()`: no source says when it was published.
    """

    changed = Signal(object)
    refused = Signal()

    def __init__(self, timeline: TimelineView, publications: Callable[[], Publications]) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._publications = publications
        self._day: int | None = None
        self.corner = AxisCorner(timeline)
        self._timer = QTimer(self)
        self._timer.setInterval(STEP_MS)
        self._timer.timeout.connect(self._play_on)
        timeline.view_changed.connect(self.place)
        self.corner.clock_asked.connect(self.toggle)
        self.place()

    @property
    def day(self) -> int | None:
        """The last second of the day; None: whenever it became known."""
        return self._day

    @property
    def is_playing(self) -> bool:
        """Whether it goes on by itself."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Turn the clock on at the last publication, the keyboard on its flag; or off."""
        if self._day is not None:
            self.clear()
        elif not self._days():
            self.corner.set_on(False)
            self.refused.emit()
        else:
            self._go_to_end(1)
            self._flag.setFocus()

    def clear(self) -> None:
        """Show whatever is known, whenever it became so."""
        had_keyboard = self._day is not None and self._flag.hasFocus()
        self._stop()
        self._go(None)
        if had_keyboard:
            self._timeline.setFocus()

    def show(self, day: int | None) -> None:
        """Show what was known at the last second of a day; None: whenever it became known."""
        if day is None:
            self.clear()
        else:
            self._stop()
            self._go(end_of_day(day))

    def step(self, step: int, by_day: bool) -> None:
        """Go to the next publication (1) or the one before (-1), or by a single day."""
        self._stop()
        self._step(step, by_day)

    def play_or_stop(self) -> None:
        """Go through the publications, from the first one again at the end; or stay where it is."""
        if self.is_playing:
            self._stop()
            return
        if self._day is None:
            return
        if self._publications().day_beside(self._day, 1) is None:
            self._go_to_end(-1)
        self._timer.start()
        self._flag.set_playing(True)

    def _days(self) -> list[int]:
        """Return the first and the last day with a publication; nothing where there is none."""
        days = self._publications().days
        return [int(days[0]), int(days[-1])] if len(days) else []

    def _go_to_end(self, end: int) -> None:
        self._stop()
        days = self._days()
        if days:
            self._go(days[0] if end < 0 else days[-1])

    def _step(self, step: int, by_day: bool) -> bool:
        if self._day is None:
            return False
        there = self._publications().day_beside(self._day, step)
        if by_day:
            there = end_of_day(self._day + step * DAY)
        if there is not None:
            self._go(there)
        return there is not None

    def _play_on(self) -> None:
        if not self._step(1, by_day=False):
            self._stop()

    def _stop(self) -> None:
        if self.is_playing:
            self._timer.stop()
            self._flag.set_playing(False)

    def _leave(self) -> None:
        """Stop; when nothing plays, give the keyboard back to the timeline."""
        if self.is_playing:
            self._stop()
        else:
            self._timeline.setFocus()

    def _take_hold(self) -> None:
        self._stop()
        self._flag.setFocus()

    def _drag(self, x: float) -> None:
        heading, width = metrics_in_use().heading, self._timeline.canvas_width()
        moment = self._timeline.scale().t(min(max(x - heading, 0.0), width))
        # The line stands where its day ends: the nearest midnight closes the day.
        self._go(end_of_day(moment - DAY // 2))

    def _go(self, day: int | None) -> None:
        if day == self._day:
            self.place()
            return
        self._day = day
        self.place()
        self.changed.emit(day)

    def place(self, *_: object) -> None:
        """Put line and flag where the day ends in the timeline."""
        day, timeline = self._day, self._timeline
        self.corner.set_on(day is not None)
        if day is None:
            self._put_away()
            return
        metrics = metrics_in_use()
        ends = (metrics.heading, timeline.width() - 1.0)
        x = metrics.heading + timeline.scale().x(day + 1)
        self._flag.show()
        self._pole.setVisible(ends[0] <= x <= ends[1])
        self._flag.show_day(written(day, "day"))
        scene = timeline.scene()
        self._pole.stand(x, _TOP, round(scene.lanes_top), round(scene.lanes_bottom))
        self._flag.stand(x, _TOP, ends)
        self._flag.raise_()

    def _put_away(self) -> None:
        if "_flag" in vars(self):
            self._flag.hide()
            self._pole.hide()

    @cached_property
    def _pole(self) -> KnownPole:
        """The line; as the flag, it is made for the first day that is asked for."""
        from viewer.ui.known_flag import KnownPole

        pole = KnownPole(self._timeline)
        pole.pressed.connect(self._take_hold)
        pole.dragged.connect(self._drag)
        pole.clicked.connect(self._timeline.click)
        return pole

    @cached_property
    def _flag(self) -> KnownFlag:
        from viewer.ui.known_flag import KnownFlag

        flag = KnownFlag(self._timeline)
        flag.pressed.connect(self._take_hold)
        flag.dragged.connect(self._drag)
        flag.stepped.connect(self.step)
        flag.end_asked.connect(self._go_to_end)
        flag.play_asked.connect(self.play_or_stop)
        flag.stop_asked.connect(self._leave)
        flag.cleared.connect(self.clear)
        return flag
