"""One frame of the strength chart, in pixels: rows of bands on the timeline's own axis, from low to high.

What is drawn is bounded by pixels: where a row holds more bands than the eye can tell apart, the lowest and the
highest number of each column of pixels are drawn instead, and the row says so.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.metrics import Metrics
from viewer.timeline.scale import FARTHEST
from viewer.timeline.ticks import CalendarNames, calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from viewer.graphs.strength_rows import StrengthRow
    from viewer.timeline.metrics import Measure
    from viewer.timeline.scale import TimeScale
    from viewer.timeline.scene import Strip, Tick

BOX = np.dtype(
    [
        ("band", np.int64),  # position in the row's bands
        ("x", np.float64),
        ("right", np.float64),
        ("top", np.float64),
        ("bottom", np.float64),
        ("open_lo", np.bool_),  # dissolves towards the left, or the right: no bound in time
        ("open_hi", np.bool_),
        ("open_low", np.bool_),  # dissolves downwards, or upwards: no lower or upper number
        ("open_high", np.bool_),
        ("disputed", np.bool_),
    ]
)

SECTION = 26.0
"""Pixels of the heading above the rows of one sort."""
NOTE = 30.0
"""Pixels of the line below the rows."""
MOST_BOXES = 400
"""More bands than this in one row are drawn as one."""

_ROW_LEAST, _ROW_MOST = 76.0, 150.0
_HEAD, _FOOT = 14.0, 12.0
_TICK_STEP = 17.0
_HEADROOM = 1.05
_LEAST_WIDTH, _LEAST_HEIGHT = 6.0, 3.0
_FADE = 28.0
_COLUMN = 3.0
_NEAR = 4.0
_BEYOND = 60.0


class Box(NamedTuple):
    """A box as plain numbers, which are read many times faster than numpy's."""

    band: int
    x: float
    right: float
    top: float
    bottom: float
    open_lo: bool
    open_hi: bool
    open_low: bool
    open_high: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class ValueTick:
    """A level line of a row; `value` is the number that it stands for."""

    y: float
    value: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """From the highest to the lowest of many bands, in columns of `step` pixels from `x`; NaN: no band there."""

    x: float
    step: float
    tops: NDArray[np.float64]
    bottoms: NDArray[np.float64]
    disputed: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class RowScene:
    """A row: its place, `row` in the list of rows, and what is seen of its bands.

    `section` is "flow" or "stock" where its kind of rows begins; that heading lies in the `SECTION` pixels above.
    Where `envelope` is not None it is drawn instead of the boxes.
    """

    row: int
    y: float
    height: float
    section: str
    ticks: tuple[ValueTick, ...]
    boxes: NDArray[np.void]
    envelope: Envelope | None


@dataclass(frozen=True, slots=True)
class ChartScene:
    """A frame. Rows lie between `lanes_top` and `lanes_bottom` and are clipped to them; the note is below."""

    width: float
    height: float
    heading: float
    lanes_top: float
    lanes_bottom: float
    strips: tuple[Strip, ...]
    grid: tuple[Tick, ...]
    rows: tuple[RowScene, ...]
    overflow: float

    def band_at(self, x: float, y: float) -> tuple[int, int] | None:
        """Return the row and the band at a point: of several the smallest, near by if none is hit."""
        if x < self.heading or not self.lanes_top <= y < self.lanes_bottom:
            return None
        for scene in self.rows:
            if scene.y <= y < scene.y + scene.height:
                boxes = scene.boxes
                hit = (boxes["x"] - _NEAR <= x) & (x <= boxes["right"] + _NEAR)
                hit &= (boxes["top"] - _NEAR <= y) & (y <= boxes["bottom"] + _NEAR)
                if hit.any():
                    areas = (boxes["right"] - boxes["x"]) * (boxes["bottom"] - boxes["top"])
                    return scene.row, int(boxes["band"][np.where(hit, areas, np.inf).argmin()])
        return None


def chart_scene(
    rows: Sequence[StrengthRow],
    scale: TimeScale,
    width: float,
    height: float,
    *,
    measure: Measure,
    names: CalendarNames,
    metrics: Metrics | None = None,
    axis: bool = False,
    scroll: float = 0.0,
) -> ChartScene:
    """Return the frame of rows for a chart of so many pixels; `axis`: with the calendar above them."""
    used = metrics or Metrics()
    strips, grid = calendar(scale, used.heading, width, names=names, measure=measure, metrics=used)
    top = sum(used.strip_heights) if axis else 0.0
    bottom = max(top, height - NOTE)
    each, whole = _row_height(rows, bottom - top)
    overflow = max(0.0, whole - (bottom - top))
    y = top - min(max(scroll, 0.0), overflow)
    scenes: list[RowScene] = []
    for at, row in enumerate(rows):
        section = "" if at and rows[at - 1].stock == row.stock else "stock" if row.stock else "flow"
        y += SECTION if section else 0.0
        if y + each > top and y - SECTION < bottom:
            scenes.append(_row_scene(at, row, section, y, each, (scale, used.heading, width)))
        y += each
    return ChartScene(
        width, height, used.heading, top, bottom, strips if axis else (), grid, tuple(scenes), overflow
    )


def height_of(rows: Sequence[StrengthRow], *, axis: bool = False) -> float:
    """Return how many pixels a chart needs that shows all its rows without scrolling."""
    strips = sum(Metrics().strip_heights) if axis else 0.0
    return strips + _row_height(rows, 0.0)[1] + NOTE


def round_step(least: float) -> float:
    """Return the smallest of 1, 2, 5, 10, 20, 50 … that is not less than a number."""
    if least <= 1:
        return 1.0
    power = 10.0 ** math.floor(math.log10(least))
    return next(factor * power for factor in (1, 2, 5, 10, 20) if factor * power >= least)


def _row_height(rows: Sequence[StrengthRow], room: float) -> tuple[float, float]:
    """Return the height of one row, and of all with the headings of their sections."""
    sections = SECTION * len({row.stock for row in rows})
    each = min(max((room - sections) / max(len(rows), 1), _ROW_LEAST), _ROW_MOST)
    return each, sections + each * len(rows)


def _row_scene(
    at: int, row: StrengthRow, section: str, y: float, height: float, canvas: tuple[TimeScale, float, float]
) -> RowScene:
    foot, plot = y + height - _FOOT, height - _HEAD - _FOOT
    greatest = max(row.greatest, 1.0) * _HEADROOM
    step = round_step(greatest * _TICK_STEP / plot)
    ticks = tuple(
        ValueTick(foot - plot * number * step / greatest, number * step)
        for number in range(math.floor(greatest / step) + 1)
    )
    boxes = _boxes(row, canvas, (y, foot), plot / greatest)
    left, right = canvas[1], canvas[2]
    envelope = _envelope(boxes, left, right) if len(boxes) > MOST_BOXES else None
    return RowScene(at, y, height, section, ticks, boxes, envelope)


def _boxes(
    row: StrengthRow, canvas: tuple[TimeScale, float, float], ends_at: tuple[float, float], per_one: float
) -> NDArray[np.void]:
    """Return the bands that can be seen, clipped a little outside of the canvas."""
    (scale, left, right), (ceiling, foot) = canvas, ends_at
    xs, ends = left + scale.xs(row.starts), left + scale.xs(row.ends)
    lack = np.maximum(_LEAST_WIDTH - (ends - xs), 0.0) / 2
    xs, ends = xs - lack, ends + lack
    seen = np.flatnonzero((ends >= left) & (xs <= right))
    boxes = np.zeros(len(seen), BOX)
    lows, highs = row.lows[seen], row.highs[seen]
    boxes["band"] = seen
    boxes["x"], boxes["right"] = np.maximum(xs[seen], left - _BEYOND), np.minimum(ends[seen], right + _BEYOND)
    boxes["open_lo"], boxes["open_hi"] = row.starts[seen] <= -FARTHEST, row.ends[seen] >= FARTHEST
    boxes["open_low"], boxes["open_high"] = np.isnan(lows), np.isnan(highs)
    bottoms = np.where(boxes["open_low"], foot, foot - lows * per_one)
    tops = np.where(boxes["open_high"], bottoms - _FADE, foot - highs * per_one)
    lack = np.maximum(_LEAST_HEIGHT - (bottoms - tops), 0.0) / 2
    boxes["top"], boxes["bottom"] = np.maximum(tops - lack, ceiling), bottoms + lack
    boxes["disputed"] = row.disputed[seen]
    return boxes


def _envelope(boxes: NDArray[np.void], left: float, right: float) -> Envelope:
    """Return the highest top and the lowest bottom of the boxes in each column of pixels."""
    count = max(1, math.ceil((right - left) / _COLUMN))
    first = np.clip(((boxes["x"] - left) // _COLUMN).astype(np.int64), 0, count - 1)
    last = np.clip(((boxes["right"] - left) // _COLUMN).astype(np.int64), first, count - 1)
    tops = -_most(-boxes["top"], first, last, count)
    bottoms = _most(boxes["bottom"], first, last, count)
    disputed = _most(np.where(boxes["disputed"], 1.0, 0.0), first, last, count) > 0
    nothing = ~np.isfinite(bottoms)
    return Envelope(
        left, _COLUMN, np.where(nothing, np.nan, tops), np.where(nothing, np.nan, bottoms), disputed
    )


def _most(
    values: NDArray[np.float64], first: NDArray[np.int64], last: NDArray[np.int64], count: int
) -> NDArray[np.float64]:
    """Return the greatest value over each column, given the columns from `first` to `last` of each value.

    Two overlapping runs of 2^n columns cover any stretch; from the longest down, runs hand on to their halves.
    """
    levels = np.floor(np.log2(last - first + 1)).astype(np.int64)
    found = np.full(count, -np.inf)
    for level in range(int(levels.max(initial=0)), -1, -1):
        here = levels == level
        np.maximum.at(found, first[here], values[here])
        np.maximum.at(found, last[here] - 2**level + 1, values[here])
        if level:
            half = 2 ** (level - 1)
            found[half:] = np.maximum(found[half:], found[: count - half].copy())
    return found
