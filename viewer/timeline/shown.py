"""What is shown of an index: how many events, where they are many, and which, where they are few.

What a filter takes is worked out when it is first asked for, and once: no frame has to go through a million
events again. A frame's own questions cost what it has pixels for.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.masks import Mask
from viewer.timeline.packed import DISPUTED
from viewer.timeline.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from viewer.timeline.index import Index
    from viewer.timeline.masks import Flags
    from viewer.timeline.packed import Geometry, Places, Rows, Times
    from viewer.timeline.undated import Undated, UndatedEvents


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """A few entries of a lane, in order of row and time; times as in `Extents`, flags as in `packed`."""

    event: Times
    kind: NDArray[np.int16]
    row: Rows
    lo: Times
    hi: Times
    core_lo: Times
    core_hi: Times
    mark: Times
    flags: NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.event)


@dataclass(frozen=True, eq=False)
class Shown:
    """The events of an index that are shown: all, or those of a mask.

    `disputed` says which are signed as disputed, of those that are; None: all of them.
    """

    index: Index
    mask: Mask | None
    disputed: Mask | None
    seen: Seen

    @classmethod
    def of(
        cls,
        index: Index,
        mask: Mask | Flags | None = None,
        *,
        disputed: Mask | Flags | None = None,
        before: Shown | None = None,
    ) -> Shown:
        """Return what a mask lets through of an index; None: all.

        `before`: what was shown last; what is known of it is taken over where the mask is the same for all
        but the recent events.
        """
        mask, disputed = (
            None if each is None else Mask.of(each, index.base_size) for each in (mask, disputed)
        )
        if mask is None:
            return cls(index, None, disputed, index.all_seen)
        if before is not None and not before.is_of(index, mask):
            before = None
        seen = Seen.of(index.base, index.recent, mask, None if before is None else before.seen)
        return cls(index, mask, disputed, seen)

    @property
    def lane_sizes(self) -> tuple[int, ...]:
        """How many events each lane shows."""
        return tuple(self.seen.lane_sizes.tolist())

    @cached_property
    def count(self) -> int:
        """How many events are shown, undated ones included; one in several lanes is counted once."""
        index, mask = self.index, self.mask
        if mask is None:
            return index.size - len(index.dead)
        kept = np.count_nonzero(mask.base) - np.count_nonzero(mask.base[index.dead])
        return int(kept) + int(np.count_nonzero(mask.recent))

    @property
    def undated_count(self) -> int:
        """How many events without a date are shown."""
        return len(self._undated)

    @cached_property
    def undated_of_kind(self) -> Mapping[int, int]:
        """How many of them there are of each kind that has any."""
        return self._undated.of_kind()

    def kind_sizes(self, kinds: int) -> tuple[int, ...]:
        """Return how many events of each of so many kinds are shown, undated ones included; lanes are kinds."""
        sizes = [self.undated_of_kind.get(kind, 0) for kind in range(kinds)]
        for lane, size in zip(self.index.lanes, self.lane_sizes, strict=True):
            sizes[lane.kind] += size
        return tuple(sizes)

    def undated(self, most: int) -> tuple[Undated, ...]:
        """Return the first of them, in order of id, at most so many."""
        return self._undated.first(most)

    def has(self, event: int) -> bool:
        """Tell whether an event is shown, dated or not."""
        return any(part.has(event) for part in self.seen.parts) or self._undated.has(event)

    def count_in(self, lane: int, t0: int, t1: int) -> int:
        """Return how many entries of a lane meet the period [t0, t1)."""
        return self.counts_in([lane], t0, t1)[0]

    def counts_in(self, lanes: Sequence[int], t0: int, t1: int) -> list[int]:
        """Return the same for each of some lanes."""
        among = np.asarray(lanes, dtype=np.int64)
        begun = self.seen.before("starts", among, np.array([t1], dtype=np.int64))
        ended = self.seen.before("ends", among, np.array([t0], dtype=np.int64))
        counts: list[int] = np.maximum(begun - ended, 0)[:, 0].tolist()
        return counts

    def density(self, lane: int, edges: Times) -> tuple[Times, Times]:
        """Return, between neighbouring edges, how many events have their mark there, and how many may lie there."""
        marks, extents = self.densities([lane], edges)
        return marks[0], extents[0]

    def densities(self, lanes: Sequence[int], edges: Times) -> tuple[Times, Times]:
        """Return the same for each of some lanes, a line for each."""
        edges, among = np.asarray(edges, dtype=np.int64), np.asarray(lanes, dtype=np.int64)
        marks = np.diff(self.seen.before("marks", among, edges))
        begun = self.seen.before("starts", among, edges[1:])
        return marks, begun - self.seen.before("ends", among, edges[:-1])

    def density_of_all(self, edges: Times) -> tuple[Times, Times]:
        """Return the same for all lanes together."""
        edges = np.asarray(edges, dtype=np.int64)
        begun = self.seen.all_before("starts", edges[1:])
        return self.seen.counts(edges), begun - self.seen.all_before("ends", edges[:-1])

    def count_in_rows(self, lane: int, t0: int, t1: int, first_row: int, last_row: int) -> int:
        """Return how many entries `entries` would return."""
        found = 0
        for part in self.seen.parts:
            _, _, begins, ends = part.slices([(lane, first_row, last_row + 1)], (t0, t1))
            found += int(part.between(begins, ends)[1].sum()) if len(begins) else 0
        return found

    def entries(self, lane: int, t0: int, t1: int, first_row: int, last_row: int) -> Drawn:
        """Return the entries of a lane that meet the period [t0, t1), of the rows from the first to the last."""
        return self.entries_of([(lane, first_row, last_row)], t0, t1)[0]

    def entries_of(self, rows: Sequence[tuple[int, int, int]], t0: int, t1: int) -> tuple[Drawn, list[int]]:
        """Return the same for lanes, each with the first and the last of its rows, and how many each one has."""
        wanted = [(lane, first, last + 1) for lane, first, last in rows]
        which, found = self._entries(0, wanted, (t0, t1))
        if len(self.index.recent.packed):
            others, recent = self._entries(1, wanted, (t0, t1))
            which = np.concatenate((which, others))
            names = Drawn.__dataclass_fields__
            joined = {name: np.concatenate((getattr(found, name), getattr(recent, name))) for name in names}
            order = np.lexsort((joined["lo"], joined["row"], which))
            found = Drawn(**{name: values[order] for name, values in joined.items()})
        counts: list[int] = np.bincount(which, minlength=len(rows)).tolist()
        return found, counts

    def is_of(self, index: Index, mask: Mask) -> bool:
        """Tell whether arrangement and mask are these, whatever was edited since."""
        same = self.index.base.packed is index.base.packed
        return same and self.mask is not None and self.mask.base is mask.base

    @cached_property
    def _undated(self) -> UndatedEvents:
        return self.index.undated.chosen(self.mask)

    def _entries(
        self, at: int, wanted: Sequence[tuple[int, int, int]], period: tuple[int, int]
    ) -> tuple[Places, Drawn]:
        """Return entries of the arrangement or of the recent ones, and which of the wanted each is of."""
        part = self.seen.parts[at]
        which, numbers, begins, ends = part.slices(wanted, period)
        positions, sizes = part.between(begins, ends)
        found: Geometry = part.part.packed.entries.at(positions)
        flags = found.flags
        if self.disputed is not None:
            signed = (self.disputed.base, self.disputed.recent)[at][found.records]
            flags = np.where(signed, flags, flags & ~DISPUTED)
        row: Rows = np.repeat(numbers, sizes)
        drawn = Drawn(
            found.ids, found.kind, row, found.lo, found.hi, found.core_lo, found.core_hi, found.mark, flags
        )
        return np.repeat(which, sizes), drawn
