"""Events in order of time, to be listed: a row is asked for, and only then it is worked out.

The order of the table stays as it is, in its file; what was edited since is a few gaps in it and a few rows
put in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from viewer.timeline.masks import taken
from viewer.timeline.segments import bisected
from viewer.timeline.time_order import TimeKeys

if TYPE_CHECKING:
    from viewer.timeline.event_table import EventTable
    from viewer.timeline.events import Events
    from viewer.timeline.masks import Mask
    from viewer.timeline.time_order import Flags, Places, Records, Times


@dataclass(frozen=True, eq=False)
class ListOrder:
    """The events that a mask lets through (None: all), in order of time by a clock, undated ones last."""

    events: Events
    mask: Mask | None
    by_publication: bool

    def __len__(self) -> int:
        if self.mask is None:
            return self.events.count
        shown = int(np.count_nonzero(self.mask.base)) - int(
            np.count_nonzero(self.mask.base[self.events.dead])
        )
        return shown + int(np.count_nonzero(self.mask.recent))

    @cached_property
    def first_undated(self) -> int:
        """The row from which on events have no date by this clock."""
        first = TimeKeys.beyond_dated()
        kept = self._base.dated
        inserted = int(np.count_nonzero(self._recent_keys.come_before(first)))
        return kept - int(np.searchsorted(self._gaps, kept)) + inserted

    def id_at(self, row: int) -> int:
        """Return the event in a row.

        Raises:
            IndexError: there is no such row.
        """
        found = self.ids(row, 1)
        if row < 0 or not len(found):
            raise IndexError(row)
        return int(found[0])

    def ids(self, first: int, count: int) -> Times:
        """Return the events from a row on, so many as there are."""
        rows = np.arange(max(first, 0), min(first + count, len(self)), dtype=np.int64)
        before = np.searchsorted(self._inserted, rows)
        recent = before < len(self._inserted)
        recent[recent] = self._inserted[before[recent]] == rows[recent]
        found = np.empty(len(rows), dtype=np.int64)
        found[recent] = self._recent_keys.ids[before[recent]]
        kept = rows[~recent] - before[~recent]
        # The k-th that is left has as many gaps before it as have at most k left before them.
        gaps = np.searchsorted(self._gaps - np.arange(len(self._gaps)), kept, side="right")
        found[~recent] = self.events.base.ids[self._base.order[kept + gaps]]
        return found

    def row_of(self, event: int) -> int | None:
        """Return the row of an event; None when it is not listed."""
        record = self.events.record(event)
        if record is None or not (self.mask is None or self.mask.has(record)):
            return None
        base = len(self.events.base)
        if record >= base:
            place = int(np.flatnonzero(self._recent_keys.ids == event)[0])
            return int(self._inserted[place])
        keys = self.events.base.keys(np.array([record]), by_publication=self.by_publication)
        rank = int(self._base.ranks(keys)[0])
        kept = rank - int(np.searchsorted(self._gaps, rank))
        return kept + int(np.count_nonzero(self._recent_keys.come_before(keys)))

    @cached_property
    def _base(self) -> _Sorted:
        table = self.events.base
        order = table.by_publication if self.by_publication else table.by_time
        if self.mask is not None:
            order = order[taken(self.mask.base, order)]
        return _Sorted(table, order, self.by_publication)

    @cached_property
    def _gaps(self) -> Places:
        """Where in the order of the table events stand that are no longer there, rising."""
        dead = self.events.dead
        if self.mask is not None:
            dead = dead[self.mask.base[dead]]
        return np.sort(self._base.ranks(self.events.base.keys(dead, by_publication=self.by_publication)))

    @cached_property
    def _recent_keys(self) -> TimeKeys:
        table = self.events.recent
        order = table.by_publication if self.by_publication else table.by_time
        if self.mask is not None:
            order = order[self.mask.recent[order]]
        return table.keys(order, by_publication=self.by_publication)

    @cached_property
    def _inserted(self) -> Places:
        """The rows of recent events, rising."""
        ranks = self._base.ranks(self._recent_keys)
        return ranks - np.searchsorted(self._gaps, ranks) + np.arange(len(ranks))


@dataclass(frozen=True, slots=True, eq=False)
class _Sorted:
    """Records of a table in order of time."""

    table: EventTable
    order: Records
    by_publication: bool

    @property
    def dated(self) -> int:
        """How many of the records have a date."""
        return self.table.dated_of(self.order, by_publication=self.by_publication)

    def ranks(self, keys: TimeKeys) -> Places:
        """Return how many of the records come before each of the keys: one binary search for all of them."""
        begins = np.zeros(len(keys), dtype=np.int64)

        def before(places: Places) -> Flags:
            there = self.table.keys(self.order[places], by_publication=self.by_publication)
            return there.come_before(keys)

        return bisected(begins, begins + len(self.order), before)
