"""What a lane shows: its events one by one, or a band of how many there are where they would crowd."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from viewer.timeline.scene import ITEM, Band, Items
from viewer.timeline.stretches import step_edges, whole_step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from viewer.timeline.index import Index
    from viewer.timeline.lanes import LanePlan
    from viewer.timeline.metrics import Metrics
    from viewer.timeline.scale import TimeScale
    from viewer.timeline.shown import Shown

    Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Window:
    """What is looked at: an index through a canvas from left to right and from top to bottom."""

    index: Index
    scale: TimeScale
    plan: LanePlan
    metrics: Metrics
    shown: Shown
    left: float
    right: float
    top: float
    bottom: float
    scroll: float

    @property
    def visible(self) -> tuple[int, int]:
        """The first second shown and the first one after."""
        return self.scale.visible(self.right - self.left)

    def lane_y(self, lane: int) -> float:
        """Return the top of a lane in the scene."""
        return self.top + self.plan.tops[lane] - self.scroll

    def xs(self, times: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return moments as pixels of the scene."""
        return self.left + self.scale.xs(times)


def lane_items(window: Window, lane: int) -> Items | None:
    """Return the items of a lane in order of row and time; None when there are too many for single marks."""
    begins, ends = window.shown.slices(lane, *window.visible)
    lines = window.plan.lines[lane]
    most = max(window.right - window.left, 0.0) / window.metrics.item_step * lines
    if int((ends - begins).sum()) > most:
        return None
    positions = window.shown.gathered(begins, ends)
    if len(begins) > lines:
        positions = _folded(window, positions, lines)
        if _overlap(window, positions, lines):
            return None
    return _items(window, lane, positions, window.index.rows[positions] % max(lines, 1))


def picked_items(window: Window, lane: int, events: Iterable[int]) -> Items:
    """Return the items of a few events of a crowded lane, on its first row, above its band."""
    found = [at for each in sorted(events) if (at := window.index.position(each)) is not None]
    positions = np.array([at for at in found if _is_in_sight(window, lane, at)], dtype=np.int64)
    return _items(window, lane, positions, np.zeros(len(positions), dtype=np.int64))


def lane_band(window: Window, lane: int) -> Band:
    """Return how many marks of a lane lie in each column of pixels; heights come later, from all bands."""
    least = window.metrics.band_step * window.scale.seconds_per_pixel
    step = whole_step(max(least, window.index.grains[lane]))
    edges = step_edges(*window.visible, step)
    counts = window.index.marks.counts(lane, edges, window.shown.by_mark)
    x = window.left + window.scale.x(int(edges[0]))
    pixels = step / window.scale.seconds_per_pixel
    return Band(lane, x, pixels, counts, np.zeros(len(counts), dtype=np.float32))


def with_heights(window: Window, bands: list[Band]) -> tuple[Band, ...]:
    """Return the bands with heights by the square root of their counts, so that lanes can be compared."""
    most = max((int(band.counts.max(initial=0)) for band in bands), default=0)
    return tuple(
        Band(band.lane, band.x, band.step, band.counts, _heights(window, band, most)) for band in bands
    )


def _heights(window: Window, band: Band, most: int) -> NDArray[np.float32]:
    metrics = window.metrics
    # Above the band stays room for a row: what is selected stands there.
    head = window.plan.heads[band.lane] + window.plan.row_height
    full = max(window.plan.heights[band.lane] - metrics.band_foot - head, metrics.band_full)
    heights = full * np.sqrt(band.counts / max(most, 1))
    return np.where(band.counts > 0, np.maximum(heights, metrics.band_least), 0.0).astype(np.float32)


def _folded(window: Window, positions: Positions, lines: int) -> Positions:
    order = np.lexsort((window.index.extents.lo[positions], window.index.rows[positions] % lines))
    folded: Positions = positions[order]
    return folded


def _overlap(window: Window, positions: Positions, lines: int) -> bool:
    line = window.index.rows[positions] % lines
    lo, hi = window.index.extents.lo[positions], window.index.extents.hi[positions]
    return bool(np.any((line[1:] == line[:-1]) & (lo[1:] < hi[:-1])))


def _is_in_sight(window: Window, lane: int, position: int) -> bool:
    extents, (t0, t1) = window.index.extents, window.visible
    visible = bool(extents.lo[position] < t1 and extents.hi[position] > t0)
    return visible and window.index.columns.lane[position] == lane and window.shown.has(position)


def _items(window: Window, lane: int, positions: Positions, line: NDArray[np.integer]) -> Items:
    plan = window.plan
    first = window.lane_y(lane) + plan.heads[lane] + plan.row_height / 2
    y = first + line * plan.row_height
    near = (y > window.top - plan.row_height / 2) & (y < window.bottom + plan.row_height / 2)
    positions, y = positions[near], y[near]
    columns = window.index.columns
    items = np.zeros(len(positions), dtype=ITEM)
    items["event"], items["kind"], items["y"] = columns.ids[positions], columns.kind[positions], y
    for name in ("span", "open_lo", "open_hi", "blurred"):
        items[name] = getattr(columns, name)[positions]
    items["disputed"] = window.shown.disputed[positions]
    _place(window, items, positions)
    return items


def _place(window: Window, items: Items, positions: Positions) -> None:
    """Fill in what lies along the axis of time, clipped to the canvas."""
    found, left, right = window.index.extents, window.left, window.right
    items["lo"] = np.clip(window.xs(found.lo[positions]), left, right)
    items["hi"] = np.clip(window.xs(found.hi[positions]), left, right)
    core_lo, core_hi = window.xs(found.core_lo[positions]), window.xs(found.core_hi[positions])
    certain = (core_lo <= core_hi) & (core_hi >= left) & (core_lo <= right)
    items["core_lo"] = np.where(certain, np.clip(core_lo, left, right), right)
    items["core_hi"] = np.where(certain, np.clip(core_hi, left, right), left)
    mark = window.xs(found.mark[positions])
    items["mark"] = np.where((mark >= left) & (mark <= right), mark, np.nan)
