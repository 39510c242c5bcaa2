"""The events of a document as they are now: the table, and the few that were edited since it was made.

A mask has a flag for each record: those of the table first, then those of the recent events.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.distinct import distinct
from viewer.timeline.event_table import EventTable
from viewer.timeline.list_order import ListOrder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viewer.timeline.event_table import Records, Times
    from viewer.timeline.masks import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Events:
    """The table, the events that were added or revised since, and the records that no longer hold (rising)."""

    base: EventTable
    recent: EventTable = field(default_factory=EventTable.empty)
    dead: Records = field(default_factory=lambda: np.empty(0, dtype=np.int32))

    @property
    def size(self) -> int:
        """How many records there are: as many flags has a mask."""
        return len(self.base) + len(self.recent)

    @property
    def count(self) -> int:
        """How many events there are."""
        return self.size - len(self.dead)

    @property
    def undated_count(self) -> int:
        """How many of them have no date."""
        base = self.base.undated(by_publication=False)
        gone = int(np.count_nonzero(np.isin(self.dead, base))) if len(base) else 0
        return len(base) - gone + len(self.recent.undated(by_publication=False))

    def record(self, event: int) -> int | None:
        """Return the record of an event, counted through both parts; None when it is not there."""
        recent = self.recent.record(event)
        if recent is not None:
            return len(self.base) + recent
        base = self.base.record(event)
        return None if base is None or self._is_dead(base) else base

    def title(self, event: int) -> str:
        """Return the title of an event; nothing when it is not there."""
        record, base = self.record(event), len(self.base)
        if record is None:
            return ""
        return self.base.title(record) if record < base else self.recent.title(record - base)

    def kinds_count(self, kinds: int) -> Times:
        """Return how many events there are of each of so many kinds."""
        return (
            _padded(self.base.kinds_count, kinds)
            + np.bincount(self.recent.kind, minlength=kinds)[:kinds]
            - np.bincount(self.base.kind[self.dead], minlength=kinds)[:kinds]
        )

    def changed(self, touched: EventTable, gone: Iterable[int] = ()) -> Events:
        """Return the events after an edit: `touched` as they are now, `gone` were deleted."""
        deleted = np.fromiter(gone, np.int64)
        old = np.concatenate((touched.ids, deleted))
        kept = np.flatnonzero(~np.isin(self.recent.ids, old)).astype(np.int32)
        recent = self.recent.chosen(kept).with_others(touched) if len(self.recent) else touched
        dead = distinct(np.concatenate((self.dead, self.base.records(distinct(old))))).astype(np.int32)
        return Events(self.base, recent, dead)

    def order(self, mask: Mask | None = None, *, by_publication: bool = False) -> ListOrder:
        """Return the events that a mask lets through, in order of time by a clock."""
        return ListOrder(self, mask, by_publication)

    def _is_dead(self, record: int) -> bool:
        place = int(self.dead.searchsorted(np.int32(record)))
        return place < len(self.dead) and int(self.dead[place]) == record


def _padded(counts: Times, length: int) -> Times:
    found = np.zeros(length, dtype=np.int64)
    found[: min(length, len(counts))] = counts[:length]
    return found
