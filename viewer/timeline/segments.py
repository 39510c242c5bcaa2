"""Events sorted for the two questions of a frame: which are visible, and how many are there.

Within a row of a lane nothing overlaps, so starts and ends are both sorted there: what is visible in a row
is one slice, found by two binary searches, and these run for all rows of a lane at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.timeline.columns import Extents

    Times = NDArray[np.int64]
    Rows = NDArray[np.int32]
    Mask = NDArray[np.bool_]
    Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Segments:
    """Positions sorted by lane, row and time; `bounds[base[lane] + row]` begins a row."""

    order: Positions
    lo: Times
    hi: Times
    bounds: Positions
    base: Positions

    @classmethod
    def of(cls, lane: NDArray[np.int16], rows: Rows, found: Extents, lane_rows: Times) -> Segments:
        """Sort the events."""
        order = np.lexsort((found.lo, rows, lane))
        base = np.concatenate(([0], np.cumsum(lane_rows)))
        sizes = np.bincount(base[lane] + rows, minlength=int(base[-1]))
        bounds = np.concatenate(([0], np.cumsum(sizes)))
        return cls(order, found.lo[order], found.hi[order], bounds, base)

    def slices(self, lane: int, t0: int, t1: int) -> tuple[Positions, Positions]:
        """Return, per row of a lane, where what is visible from t0 to t1 begins and ends."""
        first, last = int(self.base[lane]), int(self.base[lane + 1])
        begins, ends = self.bounds[first:last], self.bounds[first + 1 : last + 1]
        return _first_above(self.hi, begins, ends, t0), _first_above(self.lo, begins, ends, t1 - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Marks sorted by lane and time, for counting."""

    order: Positions
    times: Times
    bounds: Positions

    @classmethod
    def of(cls, lane: NDArray[np.int16], marks: Times, lanes: int) -> Marks:
        """Sort the marks."""
        order = np.lexsort((marks, lane))
        bounds = np.concatenate(([0], np.cumsum(np.bincount(lane, minlength=lanes))))
        return cls(order, marks[order], bounds)

    def counts(self, lane: int, edges: Times, sums: Positions | None) -> Times:
        """Return how many marks of a lane lie between neighbouring edges.

        With running sums of a mask in the order of the marks, only those that it shows.
        """
        first, last = int(self.bounds[lane]), int(self.bounds[lane + 1])
        at = first + np.searchsorted(self.times[first:last], edges)
        return np.diff(at if sums is None else sums[at])


def joined(order: Positions, begins: Positions, ends: Positions) -> Positions:
    """Return what lies in slices of an order, one slice after the other."""
    sizes = ends - begins
    shifts = np.repeat(begins - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
    taken: Positions = order[shifts + np.arange(int(sizes.sum()))]
    return taken


def running(mask: Mask) -> Positions:
    """Return how many flags are set before each place of a mask, and in all."""
    sums = np.zeros(len(mask) + 1, dtype=np.int64)
    np.cumsum(mask, out=sums[1:])
    return sums


def _first_above(values: Times, begins: Positions, ends: Positions, key: int) -> Positions:
    """Return, for each stretch of sorted values, where the first one greater than `key` stands."""
    lo, hi = begins.copy(), ends.copy()
    for _ in range(int((ends - begins).max(initial=0)).bit_length()):
        middle = (lo + hi) // 2
        searching = lo < hi
        below = searching & (values[np.minimum(middle, len(values) - 1)] <= key)
        lo = np.where(below, middle + 1, lo)
        hi = np.where(searching & ~below, middle, hi)
    return lo
