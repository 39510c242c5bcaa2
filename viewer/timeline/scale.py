"""Where a moment lies on the canvas, and back: the only place where time becomes pixels.

The origin is a whole second plus a fraction, and differences are taken in whole seconds before they become
floating point: a double is exact only to 2^53, and a view of minutes may lie a hundred thousand years away.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from viewer.domain.calendar import DAY
from viewer.frozen import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

FARTHEST = 2**61
"""Seconds either side of 1970 beyond which nothing is drawn; the difference of two such fits in an int64."""

FINEST = 1.0
"""Seconds per pixel: closer than a second nothing is recorded, so there is nothing to be seen."""

COARSEST = 100_000 * 365.25 * DAY / 600
"""Seconds per pixel: a hundred thousand years in the smallest window."""

OUTSIDE = 1e7
"""Pixels; what lies farther from the canvas is put there, so that it still fits a float32 or an int32."""


@dataclass(frozen=True, slots=True)
class TimeScale:
    """A canvas's way of showing time: `start` plus `offset` seconds lie at x = 0 of the canvas."""

    start: int
    seconds_per_pixel: float
    offset: float = 0.0

    @classmethod
    def fitting(cls, lo: int, hi: int, width: float, margin: float = 0.0) -> TimeScale:
        """Return the scale that shows lo to hi in `width` pixels, `margin` of them free at each side."""
        lo, hi = _within(min(lo, hi)), _within(max(lo, hi))
        per_pixel = _limited((hi - lo) / max(width - 2 * margin, 1.0))
        middle = cls(lo + (hi - lo) // 2, per_pixel)
        return middle.panned(-width / 2)

    def x(self, t: int) -> float:
        """Return the pixel of a moment, in canvas coordinates."""
        pixels = (_within(t) - self.start - self.offset) / self.seconds_per_pixel
        return min(max(pixels, -OUTSIDE), OUTSIDE)

    def xs(self, times: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the pixels of many moments."""
        seconds = np.clip(times, -FARTHEST, FARTHEST) - np.int64(self.start)
        pixels = (seconds.astype(np.float64) - self.offset) / self.seconds_per_pixel
        return np.clip(pixels, -OUTSIDE, OUTSIDE)

    def t(self, x: float) -> int:
        """Return the moment at a pixel of the canvas, to the nearest second."""
        return self.start + round(self.offset + x * self.seconds_per_pixel)

    def visible(self, width: float) -> tuple[int, int]:
        """Return the first second shown and the first one after it, for a canvas of `width` pixels."""
        return self.start, self.start + math.ceil(self.offset + width * self.seconds_per_pixel)

    def zoomed(self, factor: float, at_x: float) -> TimeScale:
        """Return the scale `factor` times closer; the moment at pixel `at_x` stays where it is."""
        per_pixel = _limited(self.seconds_per_pixel / factor)
        return self._moved(at_x * (self.seconds_per_pixel - per_pixel), per_pixel)

    def panned(self, pixels: float) -> TimeScale:
        """Return the scale of the view moved by `pixels`, towards later times when positive."""
        return self._moved(pixels * self.seconds_per_pixel, self.seconds_per_pixel)

    def _moved(self, seconds: float, per_pixel: float) -> TimeScale:
        whole = math.floor(self.offset + seconds)
        start = _within(self.start + whole)
        return TimeScale(start, per_pixel, self.offset + seconds - whole)


def _within(t: int) -> int:
    return min(max(t, -FARTHEST), FARTHEST)


def _limited(per_pixel: float) -> float:
    return min(max(per_pixel, FINEST), COARSEST)
