"""From one place on the timeline to another: at once, or in 140 ms with the eye able to follow.

Zooming multiplies, so the way in between is taken in equal ratios; and the one moment that both places show
at the same pixel stays there the whole way, which makes a zoom at the pointer stand still under it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import field, replace

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation

from viewer.frozen import dataclass
from viewer.timeline.scale import TimeScale
from viewer.ui.accessible_motion import motions

STEP_MS = 140

_SAME = 1e-6
_FARTHEST_PIXEL = 1e9


@dataclass(frozen=True, slots=True)
class Place:
    """What the window shows: its time scale, how many pixels the lanes are scrolled, and lanes in themselves.

    `within` holds pixels by the key of a lane; a lane that is not in it stands at its top.
    """

    scale: TimeScale
    scroll: float = 0.0
    within: Mapping[str, float] = field(default_factory=dict)

    def scrolled_within(self, key: str, pixels: float) -> Place:
        """Return the place with a lane scrolled so many pixels within itself."""
        return replace(self, within={**self.within, key: max(0.0, pixels)})


def between(first: Place, last: Place, share: float) -> Place:
    """Return the place at a share of 0 to 1 of the way from `first` to `last`."""
    if share >= 1:
        return last
    scroll = first.scroll + (last.scroll - first.scroll) * share
    within = _within(first.within, last.within, share)
    before, after = first.scale, last.scale
    gap = (after.start - before.start) + (after.offset - before.offset)
    shrink = before.seconds_per_pixel - after.seconds_per_pixel
    ratio = before.seconds_per_pixel / after.seconds_per_pixel
    fixed = gap / shrink if abs(math.log(ratio)) > _SAME else math.inf
    if abs(fixed) > _FARTHEST_PIXEL:
        return Place(before.panned(gap / before.seconds_per_pixel * share), scroll, within)
    return Place(before.zoomed(ratio**share, fixed), scroll, within)


def _within(first: Mapping[str, float], last: Mapping[str, float], share: float) -> Mapping[str, float]:
    if first == last:
        return last
    keys = {**first, **last}
    return {key: first.get(key, 0.0) * (1 - share) + last.get(key, 0.0) * share for key in keys}


class Motion(QObject):
    """Moves a view to places; `moved` is told each place on the way. Steps add up while one is under way."""

    def __init__(self, moved: Callable[[Place], None], parent: QObject) -> None:
        super().__init__(parent)
        self._moved = moved
        self._ends: tuple[Place, Place] | None = None
        self._still: bool | None = None
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setEndValue(1.0)
        self._animation.setDuration(STEP_MS)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._advance)
        self._animation.finished.connect(self._arrive)

    def set_still(self, still: bool) -> None:
        """Jump instead of moving, or move, whatever was chosen for the whole program."""
        self._still = still

    @property
    def target(self) -> Place | None:
        """Where the move under way ends, or None when all is still."""
        return self._ends[1] if self._ends else None

    def go(self, first: Place, last: Place) -> None:
        """Move from `first` to `last`, replacing a move under way."""
        self.stop()
        if motions().is_still if self._still is None else self._still:
            self._moved(last)
            return
        self._ends = (first, last)
        self._animation.start()

    def stop(self) -> None:
        """Stay where the view is now."""
        self._ends = None
        self._animation.stop()

    def _advance(self, share: object) -> None:
        if self._ends is not None and isinstance(share, float):
            self._moved(between(*self._ends, share))

    def _arrive(self) -> None:
        if self._ends is not None:
            last = self._ends[1]
            self._ends = None
            self._moved(last)
