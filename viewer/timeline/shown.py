"""What a filter lets through, counted once: no frame has to go through a million events again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.timeline.segments import joined, running

if TYPE_CHECKING:
    from viewer.timeline.index import Index, Undated

    Mask = NDArray[np.bool_]
    Positions = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Shown:
    """The events of an index that are shown: all, or those of a mask (a flag per position).

    `by_mark` are running sums of the mask in the order of the marks, None where all are shown; `undated`
    are those on the shelf, `undated_ids` the filter that they passed; `disputed` is a flag per position.
    """

    index: Index
    mask: Mask | None
    undated: tuple[Undated, ...]
    undated_ids: frozenset[int] | None
    undated_of_kind: Mapping[int, int]
    disputed: Mask
    lane_sizes: tuple[int, ...]
    by_mark: Positions | None
    _by_row: Positions | None
    _in_rows: Positions

    @classmethod
    def of(
        cls,
        index: Index,
        mask: Mask | None = None,
        undated_ids: frozenset[int] | None = None,
        disputed: Mask | None = None,
    ) -> Shown:
        """Return what a mask and the ids of undated events let through of an index; None: all.

        `disputed` where not all that is disputed is to be signed.
        """
        signed = index.columns.disputed if disputed is None else disputed
        undated, of_kind = index.undated, index.undated_of_kind
        if undated_ids is not None:
            undated = tuple(each for each in undated if each.event in undated_ids)
            of_kind = Counter(each.kind for each in undated)
        order = index.segments.order
        if mask is None:
            sizes = tuple(index.lane_sizes.tolist())
            return cls(index, mask, undated, undated_ids, of_kind, signed, sizes, None, None, order)
        by_mark = running(mask[index.marks.order])
        in_rows = mask[order]
        sizes = tuple(np.diff(by_mark[index.marks.bounds]).tolist())
        kept = order[in_rows]
        counted = running(in_rows)
        return cls(index, mask, undated, undated_ids, of_kind, signed, sizes, by_mark, counted, kept)

    @property
    def count(self) -> int:
        """How many events are shown, undated ones included."""
        return sum(self.lane_sizes) + len(self.undated)

    def has(self, position: int) -> bool:
        """Tell whether the event at a position of the index is shown."""
        return self.mask is None or bool(self.mask[position])

    def slices(self, lane: int, t0: int, t1: int) -> tuple[Positions, Positions]:
        """Return, per row of a lane, where what is shown from t0 to t1 begins and ends."""
        begins, ends = self.index.segments.slices(lane, t0, t1)
        ends = np.maximum(begins, ends)
        return (begins, ends) if self._by_row is None else (self._by_row[begins], self._by_row[ends])

    def gathered(self, begins: Positions, ends: Positions) -> Positions:
        """Return the positions in slices, row after row, each in order of time."""
        return joined(self._in_rows, begins, ends)
