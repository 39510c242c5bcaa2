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

_FEW = 200
_TITLE_SHARE = 0.8
_TITLE_ROWS = 5.0


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


def lane_paddings(marks: Times, sizes: NDArray[np.int64]) -> Times:
    """Return the seconds kept free after each event of a lane, so that titles have room where events are few.

    The more events, the less room, or each lane would grow by more than a few rows. The bulk of the document
    is the measure: one event a century away must not push all others onto rows of their own.
    """
    paddings = np.zeros(len(sizes), dtype=np.int64)
    few = np.flatnonzero((sizes > 0) & (sizes <= _FEW))
    if len(few):
        early, late = _quantile(marks, 0.05), _quantile(marks, 0.95)
        shares = np.minimum(_TITLE_SHARE, _TITLE_ROWS / sizes[few])
        paddings[few] = ((late - early) * shares).astype(np.int64)
    return paddings


def _quantile(values: Times, share: float) -> float:
    """Return the value below which a share of all lie. numpy's own loads 20 ms of masked arrays first."""
    place = share * (len(values) - 1)
    below = int(place)
    above = min(below + 1, len(values) - 1)
    one, other = np.partition(values, (below, above))[[below, above]].astype(np.float64)
    return float(one + (other - one) * (place - below))
