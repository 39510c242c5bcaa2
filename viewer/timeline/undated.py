"""Events without a date: counted by kind, and the first of them by id, however many there are."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.columns import POS_INF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from viewer.timeline.event_table import EventTable, Records, Times
    from viewer.timeline.events import Events
    from viewer.timeline.masks import Mask


@dataclass(frozen=True, slots=True)
class Undated:
    """An event without any known bound; it happened not later than that second (when its source appeared)."""

    event: int
    kind: int
    not_later_than: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class UndatedPart:
    """Undated events among the records of a table: `at` says which, in order of id.

    The records of masks begin `offset` before those of these columns.
    """

    ids: Times
    kind: NDArray[np.int16]
    not_later_than: Times
    at: Records
    offset: int = 0

    @classmethod
    def of_table(cls, table: EventTable, *, by_publication: bool) -> UndatedPart:
        """Return those of a table that have no date by a clock."""
        return cls(table.ids, table.kind, table.not_later_than, table.undated(by_publication=by_publication))

    @classmethod
    def of(cls, undated: Sequence[Undated], offset: int) -> UndatedPart:
        """Return some events, whose records are numbered as they come."""
        ids = np.array([each.event for each in undated], dtype=np.int64)
        limits = (POS_INF if each.not_later_than is None else each.not_later_than for each in undated)
        return cls(
            ids,
            np.array([each.kind for each in undated], dtype=np.int16),
            np.fromiter(limits, np.int64, len(undated)),
            np.argsort(ids, kind="stable").astype(np.int32),
            offset,
        )

    def chosen(self, flags: NDArray[np.bool_]) -> UndatedPart:
        """Return those that have their flag."""
        return replace(self, at=self.at[flags[self.at + self.offset]])

    def find(self, event: int) -> int | None:
        """Return the record of an event; None when it is not one of them. Their ids rise with the records."""
        place = bisect_left(range(len(self.at)), event, key=lambda place: int(self.ids[self.at[place]]))
        there = place < len(self.at) and int(self.ids[self.at[place]]) == event
        return int(self.at[place]) if there else None


@dataclass(frozen=True, slots=True, eq=False)
class UndatedEvents:
    """The undated events of a document or of a filter: those of the table without the `gone`, and recent ones."""

    base: UndatedPart
    gone: Records
    recent: UndatedPart

    @classmethod
    def of(cls, events: Events, *, by_publication: bool) -> UndatedEvents:
        """Return the events without a date by a clock."""
        base = UndatedPart.of_table(events.base, by_publication=by_publication)
        recent = UndatedPart.of_table(events.recent, by_publication=by_publication)
        return cls(base, events.dead[_are_in(events.dead, base.at)], recent)

    def chosen(self, mask: Mask | None) -> UndatedEvents:
        """Return those that a mask lets through; None: all."""
        if mask is None:
            return self
        gone = self.gone[mask.base[self.gone + self.base.offset]]
        return UndatedEvents(self.base.chosen(mask.base), gone, self.recent.chosen(mask.recent))

    def __len__(self) -> int:
        return len(self.base.at) - len(self.gone) + len(self.recent.at)

    def first(self, most: int) -> tuple[Undated, ...]:
        """Return the first of them, in order of id, at most so many."""
        at = self.base.at[: most + len(self.gone)]
        at = at[~_are_in(at, self.gone)]
        parts = ((self.base, at[:most]), (self.recent, self.recent.at))
        ids, kinds, limits = (
            np.concatenate([getattr(part, name)[some] for part, some in parts])
            for name in ("ids", "kind", "not_later_than")
        )
        order = np.argsort(ids, kind="stable")[:most]
        found = zip(ids[order].tolist(), kinds[order].tolist(), limits[order].tolist(), strict=True)
        return tuple(
            Undated(event, kind, None if limit == POS_INF else limit) for event, kind, limit in found
        )

    def of_kind(self) -> dict[int, int]:
        """Return how many there are of each kind that has any."""
        counts = np.zeros(1 << 16, dtype=np.int64)
        for part, at, sign in (
            (self.base, self.base.at, 1), (self.base, self.gone, -1), (self.recent, self.recent.at, 1),
        ):  # fmt: skip
            some = np.bincount(part.kind[at])
            counts[: len(some)] += sign * some
        return {kind: int(counts[kind]) for kind in np.flatnonzero(counts).tolist()}

    def not_later_than(self) -> int | None:
        """Return the second by which all of them had happened; None when that is not known of one of them."""
        kept = self.base.at[~_are_in(self.base.at, self.gone)] if len(self.gone) else self.base.at
        parts = ((self.base, kept), (self.recent, self.recent.at))
        latest = max((int(part.not_later_than[at].max()) for part, at in parts if len(at)), default=POS_INF)
        return None if latest == POS_INF else latest

    def has(self, event: int) -> bool:
        """Tell whether an event is one of them."""
        at = self.base.find(event)
        if at is not None and not _are_in(np.array([at], dtype=np.int32), self.gone)[0]:
            return True
        return self.recent.find(event) is not None


def _are_in(some: Records, others: Records) -> NDArray[np.bool_]:
    """Tell of each record whether it is among others, which are rising."""
    if not len(others):
        return np.zeros(len(some), dtype=np.bool_)
    place = np.minimum(np.searchsorted(others, some), len(others) - 1)
    found: NDArray[np.bool_] = others[place] == some
    return found
