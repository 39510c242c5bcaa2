"""Rows for events that come to an arrangement, while those that are in it stay where they are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.packing import pack
from viewer.timeline.segments import bisected

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.timeline.masks import Flags
    from viewer.timeline.packed import Geometry, Packed, Records, Rows, Times
    from viewer.timeline.parts import Part

_ROWS = 512
_MANY_NEW = 2000


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """One lane of an arrangement (-1: none, it is empty), but for the entries that are `gone` (rising)."""

    packed: Packed
    lane: int
    gone: Records

    @property
    def padding(self) -> int:
        """The seconds kept free after each event."""
        return int(self.packed.paddings[self.lane]) if self.lane >= 0 else 0

    def placed(self, lo: Times, hi: Times, rows: Rows, wish: Rows) -> Rows:
        """Return a row for each extent [lo, hi), of which no two in a row overlap, nor anybody there.

        `rows` are those that are decided, `wish` those that others would like; -1: none. Who has no wish, or
        comes too late for it, has the lowest row that is free; where lanes are very deep, one near the depth
        that the lane has there. Very many stand together above the rest.
        """
        rows = rows.copy()
        wishing = np.flatnonzero((rows < 0) & (wish >= 0))
        granted = wishing[self._are_free(wish[wishing], lo[wishing], hi[wishing])]
        decided = rows >= 0
        others = lo[decided], hi[decided], rows[decided]
        for at in granted.tolist():
            # Those that wish are at odds with none of each other: all stood here at one time.
            if int(wish[at]) not in _overlapping((int(lo[at]), int(hi[at])), others):
                rows[at] = wish[at]
        missing, hi = np.flatnonzero(rows < 0), hi + self.padding  # who only comes back needs no more room
        height = max(self._depth, int(rows.max(initial=-1)) + 1)
        if len(missing) > _MANY_NEW or not height:
            rows[missing] = pack(lo[missing], hi[missing]) + height
            return rows
        for at in missing[np.lexsort((hi[missing], lo[missing]))].tolist():
            rows[at] = self._free_row(*_one_of(lo, hi, rows, at))
        return rows

    @property
    def _numbers(self) -> Rows:
        bounds = self.packed.row_base
        return self.packed.row_numbers[bounds[self.lane] : bounds[self.lane + 1]]

    @property
    def _depth(self) -> int:
        return int(self.packed.lane_rows[self.lane]) if self.lane >= 0 else 0

    def _are_free(self, rows: Rows, lo: Times, hi: Times) -> Flags:
        """Tell of each extent whether nothing in its row overlaps it."""
        if self.lane < 0:
            return np.ones(len(rows), dtype=np.bool_)
        packed, entries = self.packed, self.packed.entries
        base, numbers = int(packed.row_base[self.lane]), self._numbers
        stored = np.searchsorted(numbers, rows)
        there = stored < len(numbers)
        there[there] = numbers[stored[there]] == rows[there]
        begins, ends = (packed.row_bounds[np.where(there, base + stored + side, base)] for side in (0, 1))
        begins = bisected(begins, ends, lambda places: entries.hi[places] <= lo)
        ends = bisected(begins, ends, lambda places: entries.lo[places] < hi)
        return ends - begins <= np.searchsorted(self.gone, ends) - np.searchsorted(self.gone, begins)

    def _free_row(self, extent: tuple[int, int], others: tuple[Times, Times, Rows]) -> int:
        """Return a row in which nothing overlaps an extent."""
        beside = _overlapping(extent, others)
        # As many rows as there are others around, and one more: one of these is free.
        highest = max(self._depth, int(beside.max(initial=-1)) + 1)
        most = min(self._overlaps(extent) + len(beside), highest) + 1
        near = max(most - _ROWS, 0)
        for first, last in ((0, min(_ROWS, most)), (near, most), (0, most)):
            free = np.flatnonzero(~self._taken(first, last, extent, beside))
            if len(free):
                return first + int(free[0])
        raise AssertionError("more events than there are stand in these rows")

    def _overlaps(self, extent: tuple[int, int]) -> int:
        """Return how many entries of the lane overlap an extent, those that are gone included."""
        if self.lane < 0:
            return 0
        lo, hi = np.array([extent[0] - self.padding]), np.array([extent[1]])
        begun, ended = self.packed.starts.before(self.lane, hi), self.packed.ends.before(self.lane, lo)
        return int(begun[0] - ended[0])

    def _taken(self, first: int, last: int, extent: tuple[int, int], beside: Rows) -> Flags:
        """Tell of each row from the first up to the last whether something in it overlaps an extent."""
        taken = np.zeros(last - first, dtype=np.bool_)
        taken[beside[(beside >= first) & (beside < last)] - first] = True
        if self.lane < 0:
            return taken
        around = extent[0] - self.padding, extent[1]
        rows, begins, ends = self.packed.slices(self.lane, around, (first, last))
        gone = np.searchsorted(self.gone, ends) - np.searchsorted(self.gone, begins)
        taken[rows[ends - begins > gone] - first] = True
        return taken


def settled(
    ground: Part, entries: Geometry, lane: NDArray[np.integer], rows: Rows, wish: Rows | None = None
) -> Rows:
    """Return the rows of entries that come to a part: those that are decided, and for -1 one that is free.

    `lane` is that of the index. See `Ground.placed`.
    """
    order = np.argsort(lane, kind="stable")
    bounds = np.append(np.flatnonzero(np.diff(lane[order], prepend=-1)), len(order))
    rows = rows.copy()
    wish = np.full(len(rows), -1, dtype=np.int32) if wish is None else wish
    for first, last in pairwise(bounds.tolist()):
        inside = order[first:last]
        if (rows[inside] < 0).any():
            free = Ground(ground.packed, ground.lanes[int(lane[inside[0]])], ground.gone)
            rows[inside] = free.placed(entries.lo[inside], entries.hi[inside], rows[inside], wish[inside])
    return rows


def _one_of(lo: Times, hi: Times, rows: Rows, at: int) -> tuple[tuple[int, int], tuple[Times, Times, Rows]]:
    """Return one extent, and those that have a row."""
    standing = rows >= 0
    return (int(lo[at]), int(hi[at])), (lo[standing], hi[standing], rows[standing])


def _overlapping(extent: tuple[int, int], others: tuple[Times, Times, Rows]) -> Rows:
    lo, hi, rows = others
    found: Rows = rows[(lo < extent[1]) & (hi > extent[0])]
    return found
