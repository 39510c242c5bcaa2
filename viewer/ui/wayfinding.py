"""Ways through a document: back and forward, saved views, events that share an actor, measuring, zoom buttons.

It comes with the inspector, right after the first picture; what a hand asks for once in a while is loaded then.
"""

from __future__ import annotations

import time
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.timeline.scale import TimeScale
from viewer.ui.visits import Spot, Visits
from viewer.ui.zoom_corner import ZoomCorner

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.ui.fellow_steps import FellowSteps
    from viewer.ui.measuring import Measuring
    from viewer.ui.pinned_cards import PinnedCards
    from viewer.ui.view_keeping import ViewKeeping
    from viewer.ui.view_motion import Place
    from viewer.ui.workspace import Workspace


class Wayfinding(QObject):
    """Remembers where one was in a window, and leads elsewhere. `changed()`: whether one can go back or forward."""

    changed = Signal()

    def __init__(
        self, workspace: Workspace, parent: QObject, clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._visits = Visits(clock)
        self._size = (0, 0)
        self._could = (False, False)
        self._arrival: Callable[[], None] | None = None

    def begin(self) -> None:
        """Look where one goes from now on."""
        workspace, timeline = self._workspace, self._workspace.timeline
        corner = ZoomCorner(timeline)
        corner.zoomed.connect(timeline.zoom_by)
        corner.fit_asked.connect(timeline.fit_all)
        timeline.view_changed.connect(self._notice)
        timeline.leaving.connect(self.leave)
        workspace.selection_changed.connect(self._notice)
        workspace.showing.shown.connect(self._on_shown)
        workspace.showing.charting.given_up.connect(self._stay)
        self._notice()

    # Back and forward

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to go back to."""
        return self._visits.can_go_back

    @property
    def can_go_forward(self) -> bool:
        """Whether one went back from a place."""
        return self._visits.can_go_forward

    def back(self) -> None:
        """Go to the place that was visited before this one."""
        self._go(self._visits.back())

    def forward(self) -> None:
        """Go to the place that one went back from."""
        self._go(self._visits.forward())

    def leave(self) -> None:
        """Remember the place that a jump leads away from, however short one was there."""
        self._arrival = None
        if self._is_somewhere():
            self._visits.correct(self._spot())
            self._visits.leave()
            self._tell()

    def show_in(self, grouping: str | None, by_publication: bool | None, arrive: Callable[[], None]) -> None:
        """Show lanes and clock (None: as they are), and do the rest once they are there."""
        charting = self._workspace.showing.charting
        self._arrival = None
        if grouping is not None:
            charting.group_by(grouping)
        if by_publication is not None:
            charting.place_by_publication(by_publication)
        self._arrival = arrive
        self._on_shown()

    def _go(self, spot: Spot | None) -> None:
        if spot is None:
            return
        self.show_in(spot.grouping, spot.by_publication, lambda: self._arrive(spot))
        self._tell()

    def _arrive(self, spot: Spot) -> None:
        window, timeline = self._workspace, self._workspace.timeline
        is_there = spot.selected is not None and window.details.whole(spot.selected) is not None
        if window.selected != (spot.selected if is_there else None):
            window.select(spot.selected if is_there else None)
        timeline.show_place(_refitted(spot, timeline.canvas_width()))
        self._visits.correct(self._spot())
        self._tell()

    def _on_shown(self) -> None:
        """Arrive, if the chart that is awaited is there by now."""
        showing, arrive = self._workspace.showing, self._arrival
        if arrive is not None and not showing.charting.is_on_the_way:
            self._arrival = None
            arrive()

    def _stay(self) -> None:
        self._arrival = None

    def _notice(self, *_: object) -> None:
        """Take note of what is shown now: costs the same however much that is."""
        if not self._is_somewhere() or self._arrival is not None:
            return
        timeline = self._workspace.timeline
        size = (timeline.width(), timeline.height())
        if size != self._size:
            self._size = size
            self._visits.correct(self._spot())
        else:
            self._visits.arrive(self._spot())
        self._tell()

    def _is_somewhere(self) -> bool:
        return self._workspace.timeline.content().index.span() is not None

    def _spot(self) -> Spot:
        window, charting = self._workspace, self._workspace.showing.charting
        timeline = window.timeline
        lanes, clock = charting.grouping, charting.by_publication
        return Spot(timeline.destination(), timeline.canvas_width(), window.selected, lanes, clock)

    def _tell(self) -> None:
        can = (self.can_go_back, self.can_go_forward)
        if can != self._could:
            self._could = can
            self.changed.emit()

    # What is loaded when it is asked for

    @cached_property
    def views(self) -> ViewKeeping:
        """The saved views of the document."""
        from viewer.ui.view_keeping import ViewKeeping

        return ViewKeeping(self._workspace, self)

    @cached_property
    def fellows(self) -> FellowSteps:
        """Steps to events that share an actor, a place or a source."""
        from viewer.ui.fellow_steps import FellowSteps

        return FellowSteps(self._workspace)

    @cached_property
    def cards(self) -> PinnedCards:
        """The cards that stay open."""
        from viewer.ui.pinned_cards import PinnedCards

        return PinnedCards(self._workspace)

    @cached_property
    def measuring(self) -> Measuring:
        """The ruler."""
        from viewer.ui.measuring import Measuring

        measuring = Measuring(self._workspace.timeline)
        status = self._workspace.status
        measuring.changed.connect(lambda words: status.set_doing("measuring", words))
        return measuring


def _refitted(spot: Spot, width: float) -> Place:
    """Return the place of a spot on a canvas that may be of another width by now: the same period."""
    if width == spot.width:
        return spot.place
    return replace(spot.place, scale=TimeScale.fitting(*spot.place.scale.visible(spot.width), width))
