"""The order of time in which lists show events, and where one of them stands in it.

By the first bound, then by the last, then by id; undated events last. An open bound lies farther out than any
that is known, one that is unknown comes last: the very order in which the store answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from viewer.domain.calendar import MAX_SECONDS, MIN_SECONDS
from viewer.frozen import dataclass
from viewer.timeline.columns import NEG_INF, POS_INF

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Times = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Records = NDArray[np.int32]
    Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class TimeKeys:
    """What some events are put in order by, the weightiest first."""

    undated: Flags
    lo: Times
    hi: Times
    ids: Times

    @classmethod
    def of(
        cls, ids: Times, bounds: tuple[Times, Times], dated: Flags, opened: tuple[Flags, Flags]
    ) -> TimeKeys:
        """Return the keys of events with these bounds, NEG_INF and POS_INF where open or not known."""
        (lo, hi), (open_lo, open_hi) = bounds, opened
        return cls(
            ~dated,
            np.where(lo != NEG_INF, lo, np.where(open_lo, MIN_SECONDS, MAX_SECONDS)),
            np.where(hi != POS_INF, hi, np.where(open_hi, MAX_SECONDS, MAX_SECONDS + 1)),
            ids,
        )

    @classmethod
    def beyond_dated(cls) -> TimeKeys:
        """Return keys that come after all that is dated and before all that is not."""
        least = np.array([NEG_INF], dtype=np.int64)
        return cls(np.array([True]), least, least, least)

    def order(self) -> Records:
        """Return where the events stand, in order of time; their ids must be rising."""
        return np.lexsort((self.hi, self.lo, self.undated)).astype(np.int32)

    def come_before(self, others: TimeKeys) -> Flags:
        """Tell of each event whether it comes before the other in the same place."""
        before = self.ids < others.ids
        for mine, theirs in ((self.hi, others.hi), (self.lo, others.lo), (self.undated, others.undated)):
            before = (mine < theirs) | ((mine == theirs) & before)
        return before

    def __len__(self) -> int:
        return len(self.ids)
