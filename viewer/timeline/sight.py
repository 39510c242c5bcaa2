"""The entries of one arrangement that are shown: counted and found without going through the others."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.masks import taken
from viewer.timeline.moments import Moments, Ranks, Tally
from viewer.timeline.segments import joined

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Self

    from numpy.typing import NDArray

    from viewer.timeline.masks import Flags
    from viewer.timeline.packed import Packed, Places, Times

Moment = Literal["marks", "starts", "ends"]

_FEW = 40
"""Where at most one in so many is shown, these are sorted anew; else all are counted through once."""


@dataclass(frozen=True, eq=False)
class Sight:
    """Those of the entries that have their `flags`, or those at some `places` (rising); without both: all.

    What a question needs of a filter is worked out when it is first asked.
    """

    packed: Packed
    flags: Flags | None = None
    places: Places | None = None

    @classmethod
    def of(cls, packed: Packed, mask: Flags | None) -> Self:
        """Return the entries whose record a mask lets through; None: all."""
        if mask is None:
            return cls(packed)
        flags = taken(mask, packed.entries.records)
        if np.count_nonzero(flags) * _FEW > len(flags):
            return cls(packed, flags)
        return cls(packed, flags, np.flatnonzero(flags))

    @cached_property
    def lanes(self) -> Places:
        """How many of the shown entries come before each lane, and how many there are."""
        return self.rank(self.packed.lane_bounds)

    @cached_property
    def marks(self) -> Tally:
        """The shown entries by their marks."""
        entries = self.packed.entries
        return self._tally(self.packed.marks, lambda at: (entries.mark[at],))

    @cached_property
    def starts(self) -> Tally:
        """The shown entries by their first seconds."""
        entries = self.packed.entries
        return self._tally(self.packed.starts, lambda at: (entries.lo[at], entries.hi[at], entries.ids[at]))

    @cached_property
    def ends(self) -> Tally:
        """The shown entries by their last seconds, inclusive."""
        entries = self.packed.entries
        return self._tally(self.packed.ends, lambda at: (entries.hi[at] - 1,))

    def counts(self, moment: Moment, lanes: Places, keys: Times) -> Places:
        """Return how many moments of each of some lanes come before each of the keys."""
        tally: Tally = getattr(self, moment)
        return tally.all_before(lanes, keys)

    def rank(self, places: Places) -> Places:
        """Return how many of the shown entries come before each place of the arrangement."""
        if self.places is not None:
            found: Places = np.searchsorted(self.places, places)
            return found
        return places if self._ranks is None else self._ranks.before(places)

    def has(self, position: int) -> bool:
        """Tell whether an entry is shown."""
        return self.flags is None or bool(self.flags[position])

    def between(self, begins: Places, ends: Places) -> Places:
        """Return the shown entries in slices [begin, end), one slice after the other."""
        ranks = joined(self.rank(begins), self.rank(ends))
        return ranks if self._kept is None else self._kept[ranks].astype(np.int64)

    @cached_property
    def _kept(self) -> NDArray[np.integer] | None:
        """Where the shown entries stand; None: everywhere."""
        if self.places is not None or self.flags is None:
            return self.places
        return np.flatnonzero(self.flags).astype(np.int32)

    @cached_property
    def _ranks(self) -> Ranks | None:
        return None if self.flags is None else Ranks.of(self.flags)

    def _tally(self, moments: Moments, keys: Callable[[Places], tuple[Times, ...]]) -> Tally:
        """Return the shown ones of some moments, which are sorted by these keys of theirs."""
        if self.places is not None:
            times, *ties = keys(self.places)
            found = Moments.of(times, self.lanes, *ties)
            return Tally(replace(found, at=self.places[found.at].astype(np.int32)), None)
        return Tally(moments, None if self.flags is None else Ranks.of(taken(self.flags, moments.at)))
