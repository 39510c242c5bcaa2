"""How high the lanes are: told by their rows and by the size of the window, never by what is in view.

So lanes stand still while one pans, zooms or filters. A lane of very many rows is folded: row r is drawn in
line r modulo the lines that its share of the window holds. Because rows are filled from the lowest, lines
are shared only where more events happen at once than the lane can show, and there it shows a band anyway.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.timeline.metrics import Metrics


@dataclass(frozen=True, slots=True)
class LanePlan:
    """Where lanes lie, in pixels below the first one's top, unscrolled; `lines` are rows after folding."""

    tops: tuple[float, ...]
    heights: tuple[float, ...]
    heads: tuple[float, ...]
    lines: tuple[int, ...]
    row_height: float

    @property
    def total(self) -> float:
        """The height of all lanes together."""
        return self.tops[-1] + self.heights[-1] if self.tops else 0.0


def plan_lanes(lane_rows: Sequence[int], area: float, metrics: Metrics) -> LanePlan:
    """Share out `area` pixels of height among lanes of so many rows; more than that when they need it."""
    lines = _lines(lane_rows, area, metrics)
    edges = metrics.lane_head + metrics.lane_foot
    room = (area - edges * len(lines)) // max(sum(lines), 1)
    row_height = min(max(room, metrics.row_compact), metrics.row)
    needed = [max(metrics.lane_least, edges + count * row_height) for count in lines]
    spare = _spare(lines, max(area - sum(needed), 0.0))
    heights = [own + more for own, more in zip(needed, spare, strict=True)]
    tops = [sum(heights[:at]) for at in range(len(heights))]
    slack = metrics.lane_head_most - metrics.lane_head
    heads = [metrics.lane_head + min(more / 4, slack) for more in spare]
    return LanePlan(tuple(tops), tuple(heights), tuple(heads), tuple(lines), row_height)


def _lines(lane_rows: Sequence[int], area: float, metrics: Metrics) -> list[int]:
    share = area / max(len(lane_rows), 1) - metrics.lane_head - metrics.lane_foot
    folded = min(max(int(share // metrics.row_compact), metrics.folded_rows), metrics.lane_rows)
    return [rows if rows <= metrics.lane_rows else folded for rows in lane_rows]


def _spare(lines: Sequence[int], spare: float) -> list[float]:
    """Give lanes with more lines more of what is left, and empty lanes nothing while others can take it."""
    weights = [count + 1 if count else 0 for count in lines]
    if not any(weights):
        weights = [1] * len(lines)
    return [float(spare * weight // sum(weights)) for weight in weights]
