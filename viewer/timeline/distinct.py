"""The distinct values of an array. numpy's own `unique` does the same, and loads 20 ms of masked arrays first."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Scalar = TypeVar("Scalar", bound=np.generic)


def distinct(values: NDArray[Scalar]) -> NDArray[Scalar]:
    """Return each value once, rising."""
    ordered = np.sort(values)
    return ordered[is_first(ordered)]


def is_first(ordered: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Return a flag for the first of each run of equal values."""
    first = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return first
