"""What a lane shows: its events one by one, as slim rows where they are many, or as a band of how many there are.

Which of them is told by how many events are in view and by the pixels of the lane, before any is looked at. So
what a frame works on is bounded by pixels, and the same view always shows the same.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.packed import BLURRED, DISPUTED, OPEN_HI, OPEN_LO, SPAN
from viewer.timeline.scene import ITEM, Items
from viewer.timeline.shown import Drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from viewer.timeline.index import Index
    from viewer.timeline.lanes import LanePlan
    from viewer.timeline.metrics import Metrics
    from viewer.timeline.scale import TimeScale
    from viewer.timeline.shown import Shown

_FLAGS = {"span": SPAN, "open_lo": OPEN_LO, "open_hi": OPEN_HI, "blurred": BLURRED, "disputed": DISPUTED}
_EASE_FROM = 0.4
"""From this share of the crowd on that is drawn one by one, marks grow smaller."""


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
    within: Mapping[str, float]
    on_paper: bool

    @property
    def overflow(self) -> float:
        """How many pixels of lanes lie below the visible part when scrolled to the top."""
        return max(self.plan.total - (self.bottom - self.top), 0.0)

    @property
    def visible(self) -> tuple[int, int]:
        """The first second shown and the first one after."""
        return self.scale.visible(self.right - self.left)

    @property
    def lanes(self) -> range:
        """The lanes in sight."""
        return self.plan.between(self.scroll, self.scroll + self.bottom - self.top)

    def lane_y(self, lane: int) -> float:
        """Return the top of a lane in the scene."""
        return self.top + float(self.plan.tops[lane]) - self.scroll

    def lane_scroll(self, lane: int) -> float:
        """Return how many pixels a lane is scrolled within itself."""
        wanted = self.within.get(self.index.lanes[lane].key, 0.0) if self.within else 0.0
        return min(max(wanted, 0.0), self.plan.overflow(lane))

    def rows_between(self, lane: int) -> tuple[float, float]:
        """Return from where to where the rows of a lane are seen, in pixels of the scene."""
        top = self.lane_y(lane) + float(self.plan.heads[lane])
        return top, top + self.plan.room(lane)

    def row_y(self, lane: int, row: int) -> float:
        """Return the centre of a row, in sight or not."""
        first = self.rows_between(lane)[0] + self.plan.row_height / 2
        return first + row * self.plan.row_height - self.lane_scroll(lane)

    def rows(self, lane: int) -> tuple[int, int]:
        """Return the first and the last row of a lane in sight; the last before the first where none is."""
        step, reach = self.plan.row_height, self.plan.row_height / 2
        top, bottom = self.top - reach, self.bottom + reach
        if self.plan.overflow(lane) > 0:
            seen = self.rows_between(lane)
            top, bottom = max(top, seen[0]), min(bottom, seen[1])
        first = self.row_y(lane, 0)
        last_row = min(math.floor((bottom - first) / step), int(self.plan.rows[lane]) - 1)
        return max(math.ceil((top - first) / step), 0), last_row

    def xs(self, times: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return moments as pixels of the scene."""
        return self.left + self.scale.xs(times)


@dataclass(frozen=True, slots=True)
class Look:
    """How a lane is drawn; `rows` and `band` say how strongly, `size` is the width of its marks.

    Without slim rows and without a band, its events are drawn one by one.
    """

    lane: int
    size: float
    rows: float = 0.0
    band: float = 0.0

    @property
    def is_single(self) -> bool:
        """Whether events are drawn one by one."""
        return not self.rows and not self.band


def looks(window: Window, lanes: Sequence[int]) -> list[Look]:
    """Return how lanes are drawn: those of few events one by one, until there are too many."""
    counts = dict(zip(lanes, window.shown.counts_in(lanes, *window.visible), strict=True))
    left, single = window.metrics.singles, dict[int, float]()
    for lane in sorted(counts, key=lambda each: (counts[each], each)):
        crowd = counts[lane] / max(_places(window, lane, window.metrics.single_step), 1.0)
        if counts[lane] > left or crowd > 1:
            break
        left -= counts[lane]
        single[lane] = crowd
    used = 1 - left / window.metrics.singles
    return [
        Look(lane, _mark_size(window, max(single[lane], used)))
        if lane in single
        else _crowded(window, lane, counts[lane])
        for lane in counts
    ]


def _crowded(window: Window, lane: int, count: int) -> Look:
    """Return the look of a lane whose events are too many to be drawn one by one."""
    metrics = window.metrics
    crowd = count / max(_places(window, lane, metrics.slim_step), 1.0)
    size = metrics.slim_most - (metrics.slim_most - metrics.slim_least) * min(crowd, 1.0) ** 0.5
    if crowd >= 1:
        return Look(lane, size, band=1.0)
    rows = min((1 - crowd) / (1 - metrics.fading), 1.0)
    return Look(lane, size, rows=rows, band=1 - rows)


def _places(window: Window, lane: int, step: float) -> float:
    """Return how many events, one in `step` pixels, the rows of a lane hold that are seen at once."""
    return max(window.right - window.left, 0.0) / step * window.plan.lines(lane)


def _mark_size(window: Window, crowd: float) -> float:
    metrics = window.metrics
    eased = min(max((crowd - _EASE_FROM) / (1 - _EASE_FROM), 0.0), 1.0)
    return metrics.mark - (metrics.mark - metrics.mark_least) * eased


def items_of(window: Window, shown: Sequence[Look]) -> tuple[Items, list[int]]:
    """Return what is seen of the rows of lanes, in order of lane, row and time, and how many items each has."""
    rows = [(look.lane, *window.rows(look.lane)) for look in shown]
    found, counts = window.shown.entries_of(rows, *window.visible)
    if not len(found):
        return np.empty(0, dtype=ITEM), counts
    tops = np.array([window.row_y(look.lane, 0) for look in shown])
    items = _items(window, found, np.repeat(tops, counts))
    items["slim"] = np.repeat([not look.is_single for look in shown], counts)
    items["size"] = np.repeat([look.size for look in shown], counts)
    return items, counts


def hides_rows(window: Window, look: Look) -> bool:
    """Tell whether a lane shows less than all of its events in view, where nobody can scroll it."""
    if not window.on_paper or window.plan.overflow(look.lane) <= 0 or look.band == 1:
        return False
    drawn = window.shown.count_in_rows(look.lane, *window.visible, *window.rows(look.lane))
    return drawn < window.shown.count_in(look.lane, *window.visible)


def picked_items(window: Window, lane: int, events: Iterable[int]) -> Items:
    """Return the items of a few events of a lane that is drawn as a band, on its first row, above its bars."""
    first = window.rows_between(lane)[0] + window.plan.row_height / 2
    parts = [_one(window, lane, event) for event in sorted(events)]
    items = np.concatenate([np.empty(0, dtype=ITEM), *parts])
    items["y"] = first
    return items


def _one(window: Window, lane: int, event: int) -> Items:
    """Return the item of an event where it is in view in a lane."""
    entry, (t0, t1) = window.index.entry(event), window.visible
    if entry is None or entry.lane != lane or entry.lo >= t1 or entry.hi <= t0:
        return np.empty(0, dtype=ITEM)
    # Nothing overlaps in a row: within its own extent the event is alone.
    found = window.shown.entries(lane, entry.lo, entry.hi, entry.row, entry.row)
    items = _items(window, found, np.zeros(len(found)))
    items["size"] = window.metrics.mark
    own: Items = items[items["event"] == event]
    return own


def _items(window: Window, found: Drawn, tops: NDArray[np.float64]) -> Items:
    """Return entries as items; `tops` are the centres of the first row of each one's lane."""
    items = np.zeros(len(found.event), dtype=ITEM)
    items["event"], items["kind"] = found.event, found.kind
    items["y"] = tops + found.row * window.plan.row_height
    for name, bit in _FLAGS.items():
        items[name] = (found.flags & bit) != 0
    _place(window, items, found)
    return items


def _place(window: Window, items: Items, found: Drawn) -> None:
    """Fill in what lies along the axis of time, clipped to the canvas."""
    left, right = window.left, window.right
    items["lo"] = np.minimum(np.maximum(window.xs(found.lo), left), right)
    items["hi"] = np.minimum(np.maximum(window.xs(found.hi), left), right)
    core_lo, core_hi = window.xs(found.core_lo), window.xs(found.core_hi)
    certain = (core_lo <= core_hi) & (core_hi >= left) & (core_lo <= right)
    items["core_lo"] = np.where(certain, np.clip(core_lo, left, right), right)
    items["core_hi"] = np.where(certain, np.clip(core_hi, left, right), left)
    mark = window.xs(found.mark)
    items["mark"] = np.where((mark >= left) & (mark <= right), mark, np.nan)
