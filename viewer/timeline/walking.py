"""From one shown event to another: the next in time, and the nearest to a moment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from viewer.timeline.moments import Tally
    from viewer.timeline.parts import Part, PartSight

    Key = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Walk:
    """The shown events of some lanes of the parts, in order of their first and last seconds and of id."""

    parts: tuple[PartSight, ...]
    lanes: tuple[int, ...]

    def beside(self, key: Key | None, step: int) -> Key | None:
        """Return what comes first after a place in the order, or with a negative step last before it.

        A key is first second, last second and event; None stands before all, or with a negative step after all.
        """
        found = [
            candidate
            for part in self.parts
            for lane in self.lanes
            if (candidate := _beside(part, part.part.lanes[lane], key, step)) is not None
        ]
        return (min if step > 0 else max)(found, default=None)

    def nearest(self, moment: int) -> int | None:
        """Return the event whose mark is nearest to a moment; the earlier one where two are as near."""
        found = [
            (abs(mark - moment), mark, event)
            for part in self.parts
            for lane in self.lanes
            for mark, event in _around(part, part.part.lanes[lane], moment)
        ]
        return min(found)[2] if found else None


def _beside(part: PartSight, lane: int, key: Key | None, step: int) -> Key | None:
    if lane < 0:
        return None
    tally = part.whole.starts
    first, last = tally.lanes[lane : lane + 2].tolist()
    if key is None:
        rank = first if step > 0 else last
    else:
        low, high = tally.before(lane, np.array([key[0], key[0] + 1], dtype=np.int64)).tolist()
        bisected = bisect_right if step > 0 else bisect_left
        rank = bisected(range(low, high), key, key=lambda at: key_of(part.part, tally.position(at))) + low
    ranks = range(rank, last) if step > 0 else range(rank - 1, first - 1, -1)
    at = next(_there(part, tally, ranks), None)
    return None if at is None else key_of(part.part, tally.position(at))


def _around(part: PartSight, lane: int, moment: int) -> Iterator[tuple[int, int]]:
    """Yield mark and event of the last mark of a lane before a moment, and of the first from it on."""
    if lane < 0:
        return
    tally = part.whole.marks
    first, last = tally.lanes[lane : lane + 2].tolist()
    (rank,) = tally.before(lane, np.array([moment], dtype=np.int64)).tolist()
    entries = part.part.packed.entries
    for ranks in (range(rank - 1, first - 1, -1), range(rank, last)):
        for at in _there(part, tally, ranks):
            position = tally.position(at)
            yield int(entries.mark[position]), int(entries.ids[position])
            break


def _there(part: PartSight, tally: Tally, ranks: Iterable[int]) -> Iterator[int]:
    """Yield those of the ranks whose entries are not gone."""
    for rank in ranks:
        if not part.part.are_gone(np.array([tally.position(rank)]))[0]:
            yield rank


def key_of(part: Part, position: int) -> Key:
    """Return where an entry stands in the order."""
    entries = part.packed.entries
    return int(entries.lo[position]), int(entries.hi[position]), int(entries.ids[position])
