"""How high the lanes are: told by their rows and by the size of the window, never by what is in view.

So lanes stand still while one pans, zooms or filters. Where all rows do not fit the window, a lane deeper than
its share scrolls within itself. Plain arrays: five thousand lanes cost a frame no more than eight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.timeline.metrics import Metrics

    Pixels = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class LanePlan:
    """Where lanes lie, in pixels below the first one's top, unscrolled; `rows` are all those of a lane."""

    tops: Pixels
    heights: Pixels
    heads: Pixels
    rows: NDArray[np.int64]
    row_height: float
    foot: float

    @property
    def total(self) -> float:
        """The height of all lanes together."""
        return float(self.tops[-1] + self.heights[-1]) if len(self.tops) else 0.0

    def between(self, top: float, bottom: float) -> range:
        """Return the lanes that reach into a stretch of pixels."""
        first = int(np.searchsorted(self.tops, top, side="right")) - 1
        last = int(np.searchsorted(self.tops, bottom, side="left"))
        return range(max(first, 0), last) if bottom > top else range(0)

    def room(self, lane: int) -> float:
        """Return how many pixels of a lane are for its rows."""
        return float(self.heights[lane] - self.heads[lane]) - self.foot

    def lines(self, lane: int) -> int:
        """Return how many rows of a lane can be seen at once, one at least."""
        fitting = int((self.room(lane) + 0.5) // self.row_height)
        return max(min(fitting, int(self.rows[lane])), 1)

    def overflow(self, lane: int) -> float:
        """Return how many pixels of a lane's rows lie below its visible part when scrolled to its top."""
        return max(float(self.rows[lane] * self.row_height) - self.room(lane), 0.0)


def plan_lanes(lane_rows: Sequence[int], area: float, metrics: Metrics) -> LanePlan:
    """Share out `area` pixels of height among lanes of so many rows; more than that when they need it."""
    rows = np.asarray(lane_rows, dtype=np.int64)
    edges = metrics.lane_head + metrics.lane_foot
    fitting = (area - edges * len(rows)) // max(int(rows.sum()), 1)
    row_height = min(max(fitting, metrics.row_compact), metrics.row)
    needed = np.maximum(edges + rows * row_height, metrics.lane_least)
    if float(needed.sum()) > area:
        heights, spare = (
            _shared(rows, needed, area, edges + metrics.lane_rows_least * row_height, metrics),
            0.0,
        )
    else:
        heights, spare = needed, max(area - float(needed.sum()), 0.0)
    more = _spread(rows, spare)
    heights = heights + more
    slack = metrics.lane_head_most - metrics.lane_head
    tops = np.cumsum(heights) - heights
    heads = metrics.lane_head + np.minimum(more / 4, slack)
    return LanePlan(tops, heights, heads, rows, row_height, metrics.lane_foot)


def _shared(rows: NDArray[np.int64], needed: Pixels, area: float, least: float, metrics: Metrics) -> Pixels:
    """Return heights where deep lanes get what the others leave, evenly, but at least `least`."""
    deep = rows > metrics.lane_rows
    wanted = np.sort(needed[deep])
    left = area - float(needed[~deep].sum())
    # The level at which what deep lanes get, each no more than it needs, is all that is left.
    below = np.concatenate(([0.0], np.cumsum(wanted)))[:-1]
    levels = (left - below) / np.arange(len(wanted), 0, -1)
    fits = np.flatnonzero(levels <= wanted)
    level = float(levels[fits[0]]) if len(fits) else float(wanted[-1]) if len(wanted) else 0.0
    return np.where(deep, np.minimum(needed, np.floor(max(level, least))), needed)


def _spread(rows: NDArray[np.int64], spare: float) -> Pixels:
    """Give lanes with more rows more of what is left, and empty lanes nothing while others can take it."""
    weights = np.where(rows > 0, rows + 1, 0)
    if not weights.any():
        weights = np.ones(len(rows), dtype=np.int64)
    shares: Pixels = np.floor(spare * weights / max(int(weights.sum()), 1))
    return shares
