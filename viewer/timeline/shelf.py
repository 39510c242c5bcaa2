"""The shelf below the lanes: undated events as chips, in at most a few rows.

Its height is told by all undated events and the width, not by what a filter leaves of them, so that the
lanes above stand still while one filters.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

from viewer.frozen import dataclass
from viewer.timeline.elide import elide
from viewer.timeline.scene import Chip, Shelf
from viewer.timeline.undated import Undated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.timeline.labels import Titles
    from viewer.timeline.metrics import Measure, Metrics


_REST_GAP = 4.0


@dataclass(frozen=True, slots=True)
class Pile:
    """Undated events: how many there are, and the `first` of them, as many as a shelf may show."""

    first: Sequence[Undated]
    count: int


@dataclass(frozen=True, slots=True)
class _Place:
    undated: Undated
    text: str
    row: int
    x: float
    width: float


def chips_most(width: float, metrics: Metrics) -> int:
    """Return how many events to look at for a shelf: at least as many as fit, however short their titles."""
    narrowest = metrics.chip_text + metrics.chip_end + metrics.chip_gap
    return min(metrics.chip_rows * (int(max(width, 0.0) // narrowest) + 1), metrics.chips)


def place_shelf(
    undated: Pile,
    present: Pile,
    size: tuple[float, float],
    *,
    title: Titles,
    measure: Measure,
    metrics: Metrics,
    note: str,
) -> Shelf | None:
    """Return the shelf at the bottom of an area of that size; None when no event is undated.

    `present` are those of them that the filter shows.
    """
    if not undated.count:
        return None
    rows = _rows_allowed(size[1], metrics)
    texts = tuple(title(each.event) for each in undated.first)
    longest, rows_used = _calmest(texts, undated.count, (size[0], rows), measure, metrics, note)
    flow, rows = _Flow(size[0], rows, title, measure, metrics, note, longest), rows_used
    places = flow.places(present)
    height = 2 * metrics.shelf_padding + rows * metrics.chip_height + (rows - 1) * metrics.chip_gap
    y = size[1] - height
    chips = tuple(_chip(place, y, metrics) for place in places)
    more = present.count - len(places)
    rest_row, rest_x = flow.rest(places, rows, whole=not more)
    return Shelf(
        y=y,
        height=height,
        count=undated.count,
        shown=present.count,
        chips=chips,
        more=more,
        note=note,
        rest_x=rest_x,
        rest_y=_row_y(rest_row, y, metrics) + metrics.chip_height / 2,
        rest_width=max(size[0] - rest_x - metrics.chip_gap, 0.0) if more or note else 0.0,
    )


@dataclass(frozen=True, slots=True)
class _Flow:
    """Chips laid one after the other, wrapped to rows; the last row keeps room for what did not fit."""

    width: float
    rows: int
    title: Titles
    measure: Measure
    metrics: Metrics
    note: str
    longest: float

    def places(self, undated: Pile) -> list[_Place]:
        """Return a place for each chip that fits, in their order."""
        placed: list[_Place] = []
        row, x = 0, self._start
        for each in undated.first:
            text, width = self._cut(each)
            if x > self._start and x + width > self._end:
                row, x = row + 1, self._start
            if row >= self.rows:
                break
            placed.append(_Place(each, text, row, x, width))
            x += width + self.metrics.chip_gap
        return self._with_room_for_rest(placed) if len(placed) < undated.count else placed

    def rest(self, placed: Sequence[_Place], rows: int, *, whole: bool) -> tuple[int, float]:
        """Return row and x of what is written after the chips: on the next of `rows` where only that has room."""
        if not placed:
            return 0, self._start
        last = placed[-1]
        x = last.x + last.width + self.metrics.chip_gap + _REST_GAP
        if whole and x + self._rest_width > self._end and last.row + 1 < rows:
            return last.row + 1, self._start
        return last.row, x

    def holds(self, placed: Sequence[_Place]) -> bool:
        """Tell whether the note fits too, after the last of all chips."""
        return self.rest(placed, 0, whole=True)[1] + self._rest_width <= self._end

    @property
    def _end(self) -> float:
        return self.width - self.metrics.chip_gap

    @property
    def _rest_width(self) -> float:
        return self.measure(self.note, "small") if self.note else 0.0

    @property
    def _start(self) -> float:
        return self.metrics.heading + self.metrics.chip_gap

    def _cut(self, each: Undated) -> tuple[str, float]:
        around = self.metrics.chip_text + self.metrics.chip_end
        # A chip that has a row to itself still leaves room to say how many more there are.
        widest = min(self.longest, self._end - self._start - self.metrics.shelf_rest)
        text = elide(self.title(each.event), widest - around, self.measure, "small")
        return text, self.measure(text, "small") + around

    def _with_room_for_rest(self, placed: list[_Place]) -> list[_Place]:
        limit = self._end - self.metrics.shelf_rest - self._rest_width
        while len(placed) > 1 and placed[-1].x > self._start and placed[-1].x + placed[-1].width > limit:
            placed.pop()
        return placed


@functools.lru_cache(maxsize=4)
def _calmest(
    texts: tuple[str, ...],
    count: int,
    room: tuple[float, int],
    measure: Measure,
    metrics: Metrics,
    note: str,
) -> tuple[float, int]:
    """Return how long chips of the first texts of so many may be, and how many rows they then take.

    They are cut no shorter than it takes for all to fit, or else for most to be seen. It takes many tries,
    and a filter changes nothing in it: it is remembered. `room` is width and rows.
    """
    pile = Pile([Undated(at, 0) for at in range(len(texts))], count)
    flow = _Flow(*room, texts.__getitem__, measure, metrics, note, metrics.chip_longest)
    steps = int((metrics.chip_longest - metrics.chip_shortest) // metrics.chip_step)
    best: list[_Place] = []
    longest = flow.longest
    for step in range(steps + 1):
        shorter = replace(flow, longest=flow.longest - step * metrics.chip_step)
        placed = shorter.places(pile)
        is_whole = len(placed) == count and shorter.holds(placed)
        if is_whole or len(placed) > len(best):
            best, longest = placed, shorter.longest
        if is_whole:
            break
    return longest, max((place.row for place in best), default=0) + 1


def _rows_allowed(height: float, metrics: Metrics) -> int:
    """Return how many rows of chips leave the lanes at least two thirds of the height, one at least."""
    fitting = int(height / 3 // (metrics.chip_height + metrics.chip_gap))
    return min(max(fitting, 1), metrics.chip_rows)


def _chip(place: _Place, top: float, metrics: Metrics) -> Chip:
    y, each = _row_y(place.row, top, metrics), place.undated
    return Chip(each.event, each.kind, place.x, y, place.width, metrics.chip_height, place.text)


def _row_y(row: int, top: float, metrics: Metrics) -> float:
    return top + metrics.shelf_padding + row * (metrics.chip_height + metrics.chip_gap)
