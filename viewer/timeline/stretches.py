"""Stretches of time to count events in: whole days, or parts of a day that make it up.

A stretch of a day and a half would hold now one day's events and now two's, and draw a comb that is not in
the document.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from viewer.domain.calendar import DAY, HOUR, MINUTE

_WITHIN_A_DAY = (
    *(1, 2, 5, 10, 15, 30),
    *(count * MINUTE for count in (1, 2, 5, 10, 15, 30)),
    *(count * HOUR for count in (1, 2, 3, 4, 6, 8, 12)),
)


def whole_step(least: float, coarse: int = 0) -> int:
    """Return the shortest stretch, in seconds, that lasts at least `least` and fits the days.

    One that is longer than `coarse` is made of whole such steps, for which counts were made beforehand.
    """
    if coarse and least > coarse:
        return int(-(-least // coarse)) * coarse
    days = -(-least // DAY)
    return next((step for step in _WITHIN_A_DAY if step >= least), int(days) * DAY)


def step_edges(lo: int, hi: int, step: int) -> NDArray[np.int64]:
    """Return the edges of stretches of `step` seconds from at or before `lo` to at or after `hi`."""
    first = lo // step * step
    return first + step * np.arange(-(-(hi - first) // step) + 1, dtype=np.int64)
