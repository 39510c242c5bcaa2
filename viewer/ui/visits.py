"""The places that were visited, to go back to and forward again, as in a browser.

Visited is where one rested for a while, and where one jumped from. Nothing here waits: whether somebody rested
is known when they leave.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.ui.view_motion import Place

REST_SECONDS = 1.0
MOST = 100


@dataclass(frozen=True, slots=True)
class Spot:
    """What one looked at: a place on a canvas so many pixels wide, an event, lanes and clock."""

    place: Place
    width: float
    selected: int | None = None
    grouping: str = "kind"
    by_publication: bool = False


class Visits:
    """Keeps the newest MOST spots either way; `clock` counts seconds from whenever it likes."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._here: Spot | None = None
        self._since = clock()
        self._past: deque[Spot] = deque(maxlen=MOST)
        self._future: deque[Spot] = deque(maxlen=MOST)

    @property
    def can_go_back(self) -> bool:
        """Whether another spot was visited before."""
        return any(spot != self._here for spot in self._past)

    @property
    def can_go_forward(self) -> bool:
        """Whether one went back from another spot."""
        return any(spot != self._here for spot in self._future)

    def arrive(self, spot: Spot) -> None:
        """Take note of what is shown now, and of what was left for it where one had rested there."""
        if spot != self._here:
            if self._clock() - self._since >= REST_SECONDS:
                self.leave()
            self._here, self._since = spot, self._clock()

    def correct(self, spot: Spot) -> None:
        """Take note that the same spot looks otherwise now, as the window has another size."""
        self._here = spot

    def leave(self) -> None:
        """Remember where one is, before a jump to elsewhere; what one went back from is forgotten."""
        if self._here is not None and (not self._past or self._past[-1] != self._here):
            self._past.append(self._here)
        self._future.clear()

    def back(self) -> Spot | None:
        """Go to the spot before this one; None where there is none."""
        return self._go(self._past, self._future)

    def forward(self) -> Spot | None:
        """Go to the spot that one went back from; None where there is none."""
        return self._go(self._future, self._past)

    def _go(self, there: deque[Spot], behind: deque[Spot]) -> Spot | None:
        left = self._here
        while there:
            spot = there.pop()
            if spot != left:
                if left is not None:
                    behind.append(left)
                self._here, self._since = spot, self._clock()
                return spot
        return None
