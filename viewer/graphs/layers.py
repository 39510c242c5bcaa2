"""Boxes in columns, joined from left to right: in what order they stand, and how high, so that few lines cross.

The order is found by barycentres: each box goes where its neighbours are, column by column, to and fro, and the
best order met is kept. Then boxes move as near to their neighbours as their order allows. Nothing here is drawn
by lot, so the same graph always looks the same.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

_SWEEPS = 12
_SETTLING = 40
_STRAIGHT = 4.0
"""So much more a line holds to itself than to its ends where it passes several columns."""
_SLIP = 4.0
"""A bend of so few pixels is made straight."""
_BEND = 6.0
"""Pixels of a column that a line takes which passes it."""

Joint = str | tuple[str, str, int]
"""A box by its key, or the place at which a line passes a column."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where everything stands: the way of each line, joint by joint, and the height of the centre of each joint.

    Lines that do not lead to a later column have no way.
    """

    ways: Mapping[tuple[str, str], tuple[Joint, ...]]
    middles: Mapping[Joint, float]


def depths(keys: Iterable[str], lines: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return how many lines lead up to each key, by the longest way; a line that closes a cycle is left out."""
    after: dict[str, list[str]] = {key: [] for key in keys}
    for start, end in lines:
        if start in after and end in after:
            after[start].append(end)
    found = dict.fromkeys(after, 0)
    for key in _in_order(after):
        for follower in after[key]:
            found[follower] = max(found[follower], found[key] + 1)
    return found


def _in_order(after: dict[str, list[str]]) -> list[str]:
    """Return the keys so that each stands before its followers; lines back into the way taken are dropped."""
    ended: list[str] = []
    seen: set[str] = set()
    under_way: set[str] = set()
    for first in after:
        if first in seen:
            continue
        stack = [(first, 0)]
        seen.add(first)
        under_way.add(first)
        while stack:
            key, at = stack.pop()
            if at == len(after[key]):
                under_way.discard(key)
                ended.append(key)
                continue
            follower = after[key][at]
            if follower in under_way:
                del after[key][at]
                stack.append((key, at))
                continue
            stack.append((key, at + 1))
            if follower not in seen:
                seen.add(follower)
                under_way.add(follower)
                stack.append((follower, 0))
    return ended[::-1]


def arranged(
    heights: Mapping[str, float], columns: Mapping[str, int], lines: Sequence[tuple[str, str]], gap: float
) -> Columns:
    """Return where boxes stand, given the height and the column of each; boxes are at least `gap` apart."""
    ways = {line: _way(*line, columns) for line in lines if columns[line[0]] < columns[line[1]]}
    placed: list[list[Joint]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for key in heights:
        placed[columns[key]].append(key)
    for way in ways.values():
        for at, joint in enumerate(way[1:-1], columns[str(way[0])] + 1):
            placed[at].append(joint)
    before: defaultdict[Joint, list[Joint]] = defaultdict(list)
    after: defaultdict[Joint, list[Joint]] = defaultdict(list)
    for way in ways.values():
        for one, other in pairwise(way):
            after[one].append(other)
            before[other].append(one)
    order = _untangled(placed, before, after)
    sizes = {
        joint: heights.get(joint, _BEND) if isinstance(joint, str) else _BEND
        for each in order
        for joint in each
    }
    return Columns(ways, _heights(order, before, after, lambda one: sizes[one] + gap))


def _way(start: str, end: str, columns: Mapping[str, int]) -> tuple[Joint, ...]:
    passed = range(columns[start] + 1, columns[end])
    return (start, *((start, end, column) for column in passed), end)


def _untangled(
    placed: list[list[Joint]], before: Mapping[Joint, list[Joint]], after: Mapping[Joint, list[Joint]]
) -> list[list[Joint]]:
    """Return the order of each column with the fewest crossings found."""
    best, fewest = [list(column) for column in placed], _crossings(placed, after)
    order = [list(column) for column in placed]
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        forward = sweep % 2 == 0
        near = before if forward else after
        for at in range(1, len(order)) if forward else range(len(order) - 2, -1, -1):
            beside = {joint: place for place, joint in enumerate(order[at - 1 if forward else at + 1])}
            order[at] = _by_barycentre(order[at], beside, near)
        found = _crossings(order, after)
        if found < fewest:
            best, fewest = [list(column) for column in order], found
    return best


def _by_barycentre(
    column: list[Joint], beside: Mapping[Joint, int], near: Mapping[Joint, list[Joint]]
) -> list[Joint]:
    """Return a column sorted by where the neighbours of each stand; those without any keep their place."""
    wanted = {}
    for place, joint in enumerate(column):
        places = [beside[other] for other in near.get(joint, ())]
        wanted[joint] = sum(places) / len(places) if places else float(place)
    return sorted(column, key=lambda joint: wanted[joint])


def _crossings(order: list[list[Joint]], after: Mapping[Joint, list[Joint]]) -> int:
    count = 0
    for column, following in pairwise(order):
        place = {joint: at for at, joint in enumerate(following)}
        passed: list[int] = []
        for joint in column:
            ends = sorted(place[other] for other in after.get(joint, ()))
            count += sum(len(passed) - bisect_left(passed, end + 1) for end in ends)
            for end in ends:
                insort(passed, end)
    return count


def _heights(
    order: list[list[Joint]],
    before: Mapping[Joint, list[Joint]],
    after: Mapping[Joint, list[Joint]],
    size: Callable[[Joint], float],
) -> dict[Joint, float]:
    """Return the centre of each joint: in order, apart, and near to what it is joined to."""
    middles: dict[Joint, float] = {}
    for column in order:
        middles |= zip(column, _apart([0.0] * len(column), [size(joint) for joint in column]), strict=True)
    pulls = {joint: _pulls(joint, before, after) for column in order for joint in column}
    for sweep in range(_SETTLING):
        for column in order if sweep % 2 == 0 else order[::-1]:
            wanted = [_pulled(middles, pulls[joint], middles[joint]) for joint in column]
            middles |= zip(column, _apart(wanted, [size(joint) for joint in column]), strict=True)
    for column in order[1:]:
        _straighten(column, before, middles, size)
    return middles


def _straighten(
    column: list[Joint],
    before: Mapping[Joint, list[Joint]],
    middles: dict[Joint, float],
    size: Callable[[Joint], float],
) -> None:
    """Level the lines of a column that are all but level, where there is room: a small bend looks like a slip."""
    # Upwards, then downwards: one that moves may make room for the next.
    for at in (*range(len(column)), *reversed(range(len(column)))):
        joint = column[at]
        joined = before.get(joint, ())
        if len(joined) != 1 or abs(middles[joined[0]] - middles[joint]) > _SLIP:
            continue
        level = middles[joined[0]]
        beside = [other for other in (at - 1, at + 1) if 0 <= other < len(column)]
        if all(
            abs(middles[column[other]] - level) >= (size(column[other]) + size(joint)) / 2 for other in beside
        ):
            middles[joint] = level


def _pulls(
    joint: Joint, before: Mapping[Joint, list[Joint]], after: Mapping[Joint, list[Joint]]
) -> list[tuple[Joint, float]]:
    """Return what a joint is drawn to and how strongly: the less, the more others are joined there too."""
    found = [(other, 1 / len(after[other])) for other in before.get(joint, ())]
    found += [(other, 1 / len(before[other])) for other in after.get(joint, ())]
    bent = isinstance(joint, tuple)
    return [
        (other, weight * (_STRAIGHT if bent and isinstance(other, tuple) else 1)) for other, weight in found
    ]


def _pulled(middles: Mapping[Joint, float], pulls: list[tuple[Joint, float]], otherwise: float) -> float:
    total = sum(weight for _, weight in pulls)
    return sum(middles[other] * weight for other, weight in pulls) / total if total else otherwise


def _apart(wanted: list[float], sizes: list[float]) -> list[float]:
    """Return the heights nearest to those wanted at which things of these sizes stand below each other.

    Where two want to overlap they share the difference: the squares of all differences are the least.
    """
    if not wanted:
        return []
    offsets = list(accumulate(((one + other) / 2 for one, other in pairwise(sizes)), initial=0.0))
    blocks: list[tuple[float, int]] = []
    for height, offset in zip(wanted, offsets, strict=True):
        total, count = height - offset, 1
        while blocks and blocks[-1][0] * count > total * blocks[-1][1]:
            above = blocks.pop()
            total, count = total + above[0], count + above[1]
        blocks.append((total, count))
    levels = [total / count for total, count in blocks for _ in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]
