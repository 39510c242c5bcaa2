"""The courses that links may take: curves from point to point, in pixels.

A curve is a chain of cubic ones: its first point, then two control points and a point for each part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from operator import mul

Point = tuple[float, float]
Curve = tuple[Point, ...]

_ROUND = 0.45
"""How far from a corner, as a share of its radius, the control points of a quarter turn lie."""


def bow(start: Point, end: Point, bend: float) -> Curve:
    """Return a curve pulled off the middle of the chord by so many pixels, to the right of its direction."""
    (x0, y0), (x1, y1) = start, end
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    pull = ((x0 + x1) / 2 - bend * (y1 - y0) / length, (y0 + y1) / 2 + bend * (x1 - x0) / length)
    return (start, _between(start, pull, 2 / 3), _between(end, pull, 2 / 3), end)


def sweep(start: Point, end: Point) -> Curve:
    """Return a curve that leaves upright and arrives upright."""
    middle = (start[1] + end[1]) / 2
    return (start, (start[0], middle), (end[0], middle), end)


def rounded(corners: Sequence[Point], radius: float) -> Curve:
    """Return the way through corners with turns of at most so many pixels of radius."""
    points = [point for point, after in pairwise(corners) if point != after] + [corners[-1]]
    lengths = [math.dist(one, other) for one, other in pairwise(points)]
    curve: list[Point] = [points[0]]
    for at in range(1, len(points) - 1):
        turn = min(radius, lengths[at - 1] / 2, lengths[at] / 2)
        before = _between(points[at], points[at - 1], turn / lengths[at - 1])
        after = _between(points[at], points[at + 1], turn / lengths[at])
        curve += _straight(curve[-1], before)
        curve += [_between(points[at], before, _ROUND), _between(points[at], after, _ROUND), after]
    return (*curve, *_straight(curve[-1], points[-1]))


def points_along(curve: Curve, each: int) -> list[Point]:
    """Return points of a curve from its start to its end, `each` steps for each of its parts."""
    found = [curve[0]]
    for at in range(0, len(curve) - 1, 3):
        found += [_on(curve[at : at + 4], step / each) for step in range(1, each + 1)]
    return found


def _on(part: Sequence[Point], share: float) -> Point:
    rest = 1 - share
    weights = (rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3)
    x, y = (sum(map(mul, weights, axis)) for axis in zip(*part, strict=True))
    return x, y


def _straight(start: Point, end: Point) -> list[Point]:
    return [_between(start, end, 1 / 3), _between(start, end, 2 / 3), end]


def _between(start: Point, end: Point, share: float) -> Point:
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share
