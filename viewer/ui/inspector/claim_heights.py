"""How high the claims of an event stand, of which only the few in view have ever been measured."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

_USUAL, _LEAST = 220, 24
_HIGHEST = 12_000_000
"""Qt's widgets end at 16,777,215 pixels: so many claims that they would reach beyond are guessed lower."""


class ClaimHeights:
    """Where each claim stands below the others, in pixels; one that was not measured counts as usual."""

    def __init__(self, count: int, gap: int) -> None:
        usual = max(_LEAST, min(_USUAL, _HIGHEST // max(count, 1) - gap))
        self._heights = [usual] * count
        self._gap = gap
        self._tops = self._added_up()

    @property
    def total(self) -> int:
        """How high all of them stand together."""
        return max(self._tops[-1] - self._gap, 0)

    def top(self, number: int) -> int:
        """Return where a claim begins."""
        return self._tops[number]

    def height(self, number: int) -> int:
        """Return how high a claim is, or is taken to be."""
        return self._heights[number]

    def at(self, place: int) -> int:
        """Return the claim that stands at a place, or the nearest one; there must be one."""
        return max(0, min(bisect_right(self._tops, place) - 1, len(self._heights) - 1))

    def measure(self, heights: dict[int, int]) -> None:
        """Take over how high some claims are."""
        for number, height in heights.items():
            self._heights[number] = height
        self._tops = self._added_up()

    def _added_up(self) -> list[int]:
        return list(accumulate((height + self._gap for height in self._heights), initial=0))
