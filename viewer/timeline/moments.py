"""The entries of each lane by one of their moments, and how many of them come before a time.

Counting takes a binary search for each edge. Where edges lie on whole steps of time, as those of a view from
afar do, counts made beforehand take its place: then nothing of the sorted moments is even read.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from viewer.frozen import dataclass
from viewer.timeline.scale import FARTHEST

Times = NDArray[np.int64]
Places = NDArray[np.int64]
Positions = NDArray[np.int32]
Flags = NDArray[np.bool_]

_ONES = np.array([bin(byte).count("1") for byte in range(256)], dtype=np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Bins:
    """How many moments of a lane come before each whole step: `counts[lane, k]` before `first` + k * `step`."""

    first: int
    step: int
    counts: NDArray[np.int32]

    def covers(self, keys: Times) -> Flags:
        """Tell of each time whether it lies on one of the steps, or beyond them all, where nothing changes.

        Open ends alone lie farther out, as far as there is time.
        """
        on_step = (keys >= self.first) & (keys <= self.last) & (keys % self.step == 0)
        before = (keys < self.first) & (keys > -FARTHEST)
        covered: Flags = on_step | before | ((keys > self.last) & (keys < FARTHEST))
        return covered

    def before(self, lanes: Places, keys: Times) -> Places:
        """Return how many moments of each lane come before each of the keys, which are covered."""
        steps = (np.clip(keys, self.first, self.last) - self.first) // self.step
        return self.counts[lanes[:, None], steps].astype(np.int64)

    @property
    def last(self) -> int:
        """The last of the steps."""
        return self.first + self.step * (int(self.counts.shape[1]) - 1)


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """`times` sorted within each lane, `at` whose they are; a lane's begin at bounds[lane]."""

    times: Times
    at: Positions
    bounds: Places
    bins: Bins | None = None

    @classmethod
    def of(cls, times: Times, bounds: Places, *ties: Times) -> Moments:
        """Sort the moments of each lane, whose entries stand together; `ties` decide, the weightiest first."""
        order = np.empty(len(times), dtype=np.int32)
        for lane in np.flatnonzero(np.diff(bounds)).tolist():
            first, last = bounds[lane : lane + 2].tolist()
            part = slice(first, last)
            if ties:
                found = np.lexsort((*(tie[part] for tie in reversed(ties)), times[part]))
            else:
                found = np.argsort(times[part], kind="stable")
            np.add(found, first, out=order[part], casting="unsafe")
        return cls(times[order], order, bounds)

    def before(self, lane: int, keys: Times) -> Places:
        """Return where the first moment of a lane stands that does not come before each of the keys."""
        places: Places = self.all_before(np.array([lane]), keys)[0]
        return places

    def all_before(self, lanes: Places, keys: Times) -> Places:
        """Return the same for each of some lanes."""
        places = np.empty((len(lanes), len(keys)), dtype=np.int64)
        searched = np.ones(len(keys), dtype=np.bool_) if self.bins is None else ~self.bins.covers(keys)
        if self.bins is not None and not searched.all():
            counted = ~searched
            places[:, counted] = self.bounds[lanes][:, None] + self.bins.before(lanes, keys[counted])
        if searched.any():
            wanted = keys[searched]
            for at, lane in enumerate(lanes.tolist()):
                places[at, searched] = self._searched(lane, wanted)
        return places

    def binned(self, first: int, step: int, count: int) -> Moments:
        """Return the same with counts made for the first `count` steps."""
        lanes = len(self.bounds) - 1
        counts = np.zeros((lanes, count), dtype=np.int32)
        edges = first + step * np.arange(count, dtype=np.int64)
        for lane in range(lanes):
            counts[lane] = self._searched(lane, edges) - self.bounds[lane]
        return Moments(self.times, self.at, self.bounds, Bins(first, step, counts))

    def _searched(self, lane: int, keys: Times) -> Places:
        first, last = int(self.bounds[lane]), int(self.bounds[lane + 1])
        # Keys of another type than the moments would have all of these converted.
        return first + np.searchsorted(self.times[first:last], np.asarray(keys, dtype=np.int64))


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """Flags packed into bits, with a running count: how many are set before a place, and where the k-th is."""

    packed: NDArray[np.uint8]
    sums: NDArray[np.int32]

    @classmethod
    def of(cls, flags: Flags) -> Ranks:
        """Pack flags."""
        packed = np.packbits(flags, bitorder="little")
        sums = np.zeros(len(packed) + 1, dtype=np.int32)
        np.cumsum(_ONES.take(packed), out=sums[1:])
        return cls(np.append(packed, np.uint8(0)), sums)

    def before(self, places: Places) -> Places:
        """Return how many flags are set before each place."""
        whole, within = places >> 3, places & 7
        part = _ONES[self.packed[whole] & ((1 << within) - 1)]
        found: Places = self.sums[whole].astype(np.int64) + part
        return found

    def place(self, rank: int) -> int:
        """Return where the flag stands that has so many set ones before it and is set itself."""
        byte = int(np.searchsorted(self.sums, np.int32(rank), side="right")) - 1
        bits = np.flatnonzero(np.unpackbits(self.packed[byte : byte + 1], bitorder="little"))
        return byte * 8 + int(bits[rank - int(self.sums[byte])])


@dataclass(frozen=True, eq=False)
class Tally:
    """The entries that are shown, by one of their moments: as if only they were sorted.

    A rank counts the shown ones through all lanes. `ranks` are of the flags in the order of the moments, None
    where `moments` are those of the shown ones alone.
    """

    moments: Moments
    ranks: Ranks | None

    @cached_property
    def lanes(self) -> Places:
        """The rank at which each lane begins, and the end of the last."""
        bounds = self.moments.bounds
        return bounds if self.ranks is None else self.ranks.before(bounds)

    def before(self, lane: int, keys: Times) -> Places:
        """Return the rank of the first in a lane that does not come before each of the keys."""
        places = self.moments.before(lane, keys)
        return places if self.ranks is None else self.ranks.before(places)

    def all_before(self, lanes: Places, keys: Times) -> Places:
        """Return how many of the shown ones of each lane come before each of the keys."""
        places = self.moments.all_before(lanes, keys)
        ranks = places if self.ranks is None else self.ranks.before(places)
        found: Places = ranks - self.lanes[lanes][:, None]
        return found

    def position(self, rank: int) -> int:
        """Return the entry of a rank."""
        return int(self.moments.at[rank if self.ranks is None else self.ranks.place(rank)])
