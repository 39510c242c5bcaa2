"""Stretches of sorted values, looked through all at once: the rows of a lane are such stretches.

Within a row nothing overlaps, so starts and ends are both sorted there: what is visible in a row is one
slice, found by two binary searches, and these run for all the rows wanted at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Times = NDArray[np.int64]
    Places = NDArray[np.int64]
    Flags = NDArray[np.bool_]


def bisected(begins: Places, ends: Places, before: Callable[[Places], Flags]) -> Places:
    """Return, for each stretch [begin, end), the first place that does not come before what is looked for.

    `before` is asked about one place of each stretch at a time; it holds up to some place, and not beyond.
    """
    lo, hi = begins.copy(), ends.copy()
    last = max(int(ends.max(initial=0)) - 1, 0)
    for _ in range(int((ends - begins).max(initial=0)).bit_length()):
        middle = np.minimum((lo + hi) >> 1, last)
        searching = lo < hi
        passed = before(middle)
        lo = np.where(searching & passed, middle + 1, lo)
        hi = np.where(searching & ~passed, middle, hi)
    return lo


def first_above(values: Times, begins: Places, ends: Places, key: int) -> Places:
    """Return, for each stretch of sorted values, where the first one greater than `key` stands."""
    return bisected(begins, ends, lambda places: values[places] <= key)


def joined(begins: Places, ends: Places) -> Places:
    """Return the places in slices [begin, end), one slice after the other."""
    sizes = ends - begins
    shifts = np.repeat(begins - np.concatenate(([0], np.cumsum(sizes)[:-1])), sizes)
    places: Places = shifts + np.arange(int(sizes.sum()))
    return places
