"""What an index is made of: an arrangement without what no longer holds of it, and one of what was edited."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.sight import Sight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from viewer.timeline.masks import Flags
    from viewer.timeline.packed import Geometry, Packed, Places, Records, Rows, Times
    from viewer.timeline.sight import Moment


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """An arrangement of which some entries are `gone`; lane k of the index is its lane `lanes[k]`, -1 none."""

    packed: Packed
    lanes: tuple[int, ...]
    gone: Records

    def positions_of(self, event: int) -> list[int]:
        """Return the entries of an event that are still there."""
        found = self.packed.positions_of(np.array([event], dtype=np.int64))
        there: list[int] = found[~self.are_gone(found)].tolist()
        return there

    def index_lane(self, position: int) -> int | None:
        """Return the lane of the index that an entry is in; None when the index has it no longer."""
        own = int(self.packed.lanes_of(np.array([position]))[0])
        return self.lanes.index(own) if own in self.lanes else None

    def are_gone(self, positions: Places | Records) -> Flags:
        """Tell of each entry whether it is no longer there."""
        if not len(self.gone):
            return np.zeros(len(positions), dtype=np.bool_)
        positions = positions.astype(np.int32)
        place = np.minimum(np.searchsorted(self.gone, positions), len(self.gone) - 1)
        found: Flags = self.gone[place] == positions
        return found

    def ends(self) -> tuple[int, int] | None:
        """Return the first and the last second known of its events."""
        if len(self.packed) == len(self.gone):
            return None
        entries, few = self.packed.entries, (self.packed.firsts, self.packed.lasts)
        first, last = (each[~self.are_gone(each)] for each in few)
        if len(first) and len(last):
            return int(entries.known_lo[first[0]]), int(entries.known_hi[last[0]])
        there = np.delete(np.arange(len(self.packed)), self.gone)
        return int(entries.known_lo[there].min()), int(entries.known_hi[there].max())

    def rows_of(
        self, entries: Geometry, lane: NDArray[np.integer], lanes: NDArray[np.int64], gone: bool
    ) -> Rows:
        """Return the rows that events have here, -1 for those that are in another lane or have another extent.

        `lanes` are those of this arrangement as numbered by whoever asks, -1 for one that he does not know.
        With `gone`, entries that are no longer there are asked too.
        """
        place, at = self.packed.pairs_of(entries.ids)
        own = self.packed.entries
        same = (
            (lanes[self.packed.lanes_of(at)] == lane[place])
            & (own.lo[at] == entries.lo[place])
            & (own.hi[at] == entries.hi[place])
        )
        if not gone:
            same &= ~self.are_gone(at)
        rows = np.full(len(entries), -1, dtype=np.int32)
        rows[place[same]] = self.packed.rows_of(at[same])
        return rows


@dataclass(frozen=True, eq=False)
class PartSight:
    """What is shown of a part: the entries that a mask lets through, but for those that are gone."""

    part: Part
    whole: Sight
    missing: Sight

    @classmethod
    def of(cls, part: Part, mask: Flags | None, before: PartSight | None = None) -> PartSight:
        """Return what a mask lets through; `before` was made with the same mask, perhaps of an earlier part."""
        gone = part.gone
        if mask is not None and len(gone):
            gone = gone[mask[part.packed.entries.records[gone]]]
        whole = before.whole if before is not None else Sight.of(part.packed, mask)
        return cls(part, whole, Sight(part.packed, places=gone.astype(np.int64)))

    @cached_property
    def lane_sizes(self) -> Times:
        """How many of the shown entries each lane of the index has."""
        sizes = np.append(np.diff(self.whole.lanes) - np.diff(self.missing.lanes), 0)
        return sizes[self._lanes]

    def counts(self, moment: Moment, lanes: Places, keys: Times) -> Times:
        """Return how many moments of each of some lanes come before each of the keys."""
        own = self._lanes[lanes]
        there = np.flatnonzero(own >= 0)
        counts = np.zeros((len(lanes), len(keys)), dtype=np.int64)
        counts[there] = self.whole.counts(moment, own[there], keys)
        if len(self.part.gone):
            counts[there] -= self.missing.counts(moment, own[there], keys)
        return counts

    @cached_property
    def _lanes(self) -> Places:
        """Which lane of the part each lane of the index is."""
        return np.array(self.part.lanes, dtype=np.int64)

    def has(self, event: int) -> bool:
        """Tell whether an event is shown in any lane."""
        return any(self.whole.has(position) for position in self.part.positions_of(event))

    def slices(
        self, wanted: Sequence[tuple[int, int, int]], period: tuple[int, int]
    ) -> tuple[Places, Rows, Places, Places]:
        """Return which of the wanted each row is of, the row, and where in it what meets a period begins and ends.

        Wanted are a lane, the first of its rows, and the one after the last.
        """
        there = [at for at, (lane, _, _) in enumerate(wanted) if self.part.lanes[lane] >= 0]
        own = [(self.part.lanes[wanted[at][0]], *wanted[at][1:]) for at in there]
        which, numbers, begins, ends = self.part.packed.slices_of(own, period)
        return np.array(there, dtype=np.int64)[which], numbers, begins, ends

    def between(self, begins: Places, ends: Places) -> tuple[Places, Places]:
        """Return the shown entries in slices [begin, end), slice after slice, and how many each of them has."""
        found, sizes = self.whole.between(begins, ends), self.whole.rank(ends) - self.whole.rank(begins)
        if not len(self.part.gone):
            return found, sizes
        there = ~self.part.are_gone(found)
        before = np.concatenate(([0], np.cumsum(there)))
        after = np.cumsum(sizes)
        return found[there], before[after] - before[after - sizes]


def emptied(part: Part, lanes: tuple[int, ...], gone: Records) -> Part:
    """Return a part with other lanes, and with more entries gone."""
    return replace(part, lanes=lanes, gone=np.union1d(part.gone, gone).astype(np.int32))
