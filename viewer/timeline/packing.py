"""Which row of its lane an event stands in: decided once, from outer bounds alone, lowest free row first.

Zoom, pan, filter and the width of labels have no say, so nothing can jump while the view changes. Extents
are half open, [lo, hi).
"""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.int64]
Rows = NDArray[np.int32]


def pack(lo: Times, hi: Times) -> Rows:
    """Return a row for each extent such that no two in one row overlap."""
    order = np.lexsort((hi, lo))
    by_end = np.argsort(hi, kind="stable")
    ended = np.searchsorted(hi[by_end], lo[order], side="right").tolist()
    leaving = by_end.tolist()
    rows = [0] * len(leaving)
    free: list[int] = []
    released, height = 0, 0
    for event, until in zip(order.tolist(), ended, strict=True):
        while released < until:
            heapq.heappush(free, rows[leaving[released]])
            released += 1
        if free:
            rows[event] = heapq.heappop(free)
        else:
            rows[event] = height
            height += 1
    return np.array(rows, dtype=np.int32)


def lowest_free(lo: int, hi: int, others: tuple[Times, Times, Rows]) -> int:
    """Return the lowest row in which nothing of the others (lo, hi, row) overlaps lo to hi."""
    other_lo, other_hi, rows = others
    taken = np.unique(rows[(other_lo < hi) & (other_hi > lo)])
    gaps = np.flatnonzero(taken != np.arange(len(taken)))
    return int(gaps[0]) if len(gaps) else len(taken)
