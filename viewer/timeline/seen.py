"""The dated events that a filter shows, table and recent ones together: counted, and walked through."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.parts import PartSight
from viewer.timeline.walking import Walk, key_of

if TYPE_CHECKING:
    from viewer.timeline.masks import Mask
    from viewer.timeline.packed import Places, Times
    from viewer.timeline.parts import Part
    from viewer.timeline.sight import Moment

_LANES = 256
"""So many lanes are counted at once."""


@dataclass(frozen=True, eq=False)
class Seen:
    """What a mask lets through of both parts of an index; None: all."""

    base: PartSight
    recent: PartSight

    @classmethod
    def of(cls, base: Part, recent: Part, mask: Mask | None, before: Seen | None = None) -> Seen:
        """Return what a mask lets through; `before` was made of the same arrangement with the same flags for it."""
        flags = (None, None) if mask is None else (mask.base, mask.recent)
        return cls(
            PartSight.of(base, flags[0], None if before is None else before.base),
            PartSight.of(recent, flags[1]),
        )

    @property
    def parts(self) -> tuple[PartSight, PartSight]:
        """What is shown of the arrangement, and of the recent events."""
        return self.base, self.recent

    @cached_property
    def lane_sizes(self) -> Times:
        """How many events each lane shows."""
        return self.base.lane_sizes + self.recent.lane_sizes

    def before(self, moment: Moment, lanes: Places, keys: Times) -> Times:
        """Return how many moments of each of some lanes come before each of the keys."""
        found = self.base.counts(moment, lanes, keys)
        return found + self.recent.counts(moment, lanes, keys) if len(self.recent.part.packed) else found

    def all_before(self, moment: Moment, keys: Times) -> Times:
        """Return how many moments come before each of the keys, in all lanes together."""
        found = np.zeros(len(keys), dtype=np.int64)
        lanes = np.flatnonzero(self.lane_sizes)
        for first in range(0, len(lanes), _LANES):
            found += self.before(moment, lanes[first : first + _LANES], keys).sum(axis=0)
        return found

    def counts(self, edges: Times) -> Times:
        """Return how many marks lie between neighbouring edges (seconds, rising), in all lanes together."""
        return np.diff(self.all_before("marks", np.asarray(edges, dtype=np.int64)))

    def next_of(self, event: int | None, step: int, lane: int | None) -> int | None:
        """Return the event `step` places later, earlier when negative: see `Index.next_of`."""
        walk, key = self._walk(lane), None
        if event is not None:
            key = next(
                (key_of(each.part, at) for each in self.parts for at in each.part.positions_of(event)), None
            )
        for _ in range(abs(step)):
            key = walk.beside(key, step)
            if key is None:
                return None
        return None if key is None else key[2]

    def nearest(self, moment: int, lane: int | None) -> int | None:
        """Return the event whose mark is nearest to a moment."""
        return self._walk(lane).nearest(moment)

    def _walk(self, lane: int | None) -> Walk:
        lanes = np.flatnonzero(self.lane_sizes).tolist() if lane is None else [lane]
        return Walk(self.parts, tuple(lanes))
