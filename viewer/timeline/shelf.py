"""The shelf below the lanes: undated events as chips, in at most a few rows.

Its height is told by all undated events and the width, not by what a filter leaves of them, so that the
lanes above stand still while one filters.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viewer.timeline.elide import elide
from viewer.timeline.scene import Chip, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from viewer.timeline.index import Undated
    from viewer.timeline.labels import Titles
    from viewer.timeline.metrics import Measure, Metrics


@dataclass(frozen=True, slots=True)
class _Place:
    undated: Undated
    text: str
    row: int
    x: float
    width: float


def place_shelf(
    undated: Sequence[Undated],
    shown: frozenset[int] | None,
    size: tuple[float, float],
    *,
    title: Titles,
    measure: Measure,
    metrics: Metrics,
    note: str,
) -> Shelf | None:
    """Return the shelf at the bottom of an area of that size; None when no event is undated."""
    if not undated:
        return None
    flow = _Flow(size[0], _rows_allowed(size[1], metrics), title, measure, metrics, note)
    rows = max((place.row for place in flow.places(undated)), default=0) + 1
    present = undated if shown is None else [each for each in undated if each.event in shown]
    places = flow.places(present)
    height = 2 * metrics.shelf_padding + rows * metrics.chip_height + (rows - 1) * metrics.chip_gap
    y = size[1] - height
    chips = tuple(_chip(place, y, metrics) for place in places)
    more = len(present) - len(places)
    last = chips[-1] if chips else None
    rest_x = last.x + last.width + metrics.chip_gap + 4 if last else metrics.heading + metrics.chip_gap
    return Shelf(
        y=y,
        height=height,
        count=len(undated),
        shown=len(present),
        chips=chips,
        more=more,
        note=note,
        rest_x=rest_x,
        rest_y=(last.y if last else y + metrics.shelf_padding) + metrics.chip_height / 2,
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

    def places(self, undated: Iterable[Undated]) -> list[_Place]:
        """Return a place for each chip that fits, in their order."""
        waiting = list(undated)
        placed: list[_Place] = []
        row, x = 0, self._start
        for each in waiting:
            text, width = self._cut(each)
            if x > self._start and x + width > self.width - self.metrics.chip_gap:
                row, x = row + 1, self._start
            if row >= self.rows:
                break
            placed.append(_Place(each, text, row, x, width))
            x += width + self.metrics.chip_gap
        return self._with_room_for_rest(placed) if len(placed) < len(waiting) else placed

    @property
    def _start(self) -> float:
        return self.metrics.heading + self.metrics.chip_gap

    def _cut(self, each: Undated) -> tuple[str, float]:
        around = self.metrics.chip_text + self.metrics.chip_end
        widest = min(self.metrics.chip_longest, self.width - self.metrics.chip_gap - self._start)
        text = elide(self.title(each.event), widest - around, self.measure, "small")
        return text, self.measure(text, "small") + around

    def _with_room_for_rest(self, placed: list[_Place]) -> list[_Place]:
        rest = self.metrics.shelf_rest + self.measure(self.note, "small")
        limit = self.width - self.metrics.chip_gap - rest
        while len(placed) > 1 and placed[-1].x > self._start and placed[-1].x + placed[-1].width > limit:
            placed.pop()
        return placed


def _rows_allowed(height: float, metrics: Metrics) -> int:
    """Return how many rows of chips leave the lanes at least two thirds of the height, one at least."""
    fitting = int(height / 3 // (metrics.chip_height + metrics.chip_gap))
    return min(max(fitting, 1), metrics.chip_rows)


def _chip(place: _Place, top: float, metrics: Metrics) -> Chip:
    y = top + metrics.shelf_padding + place.row * (metrics.chip_height + metrics.chip_gap)
    each = place.undated
    return Chip(each.event, each.kind, place.x, y, place.width, metrics.chip_height, place.text)
