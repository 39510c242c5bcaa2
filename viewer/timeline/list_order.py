"""Events in order of time, to be listed: a row is asked for, and only then it is worked out.

The order of the table stays as it is, in its file; what was edited since is a few gaps in it and a few rows
put in between.
"""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.array_files import let_go
from viewer.timeline.masks import taken
from viewer.timeline.segments import bisected
from viewer.timeline.time_order import TimeKeys

if TYPE_CHECKING:
    from viewer.timeline.event_table import EventTable
    from viewer.timeline.events import Events
    from viewer.timeline.masks import Mask
    from viewer.timeline.time_order import Flags, Places, Records, Times

_STRETCH = 1 << 16


@dataclass(frozen=True, eq=False)
class ListOrder:
    """The events that a mask lets through (None: all), in order of time by a clock, undated ones last."""

    events: Events
    mask: Mask | None
    by_publication: bool

    def __len__(self) -> int:
        return self._length

    @cached_property
    def _length(self) -> int:
        flags = self._flags
        if self.mask is None or flags is None:
            return self.events.count
        return int(np.count_nonzero(flags)) + int(np.count_nonzero(self.mask.recent))

    @cached_property
    def first_undated(self) -> int:
        """The row from which on events have no date by this clock."""
        table, flags = self.events.base, self._flags
        inserted = int(np.count_nonzero(self._recent_keys.come_before(TimeKeys.beyond_dated())))
        if flags is None:
            dated = table.dated_of(self._base.order, by_publication=self.by_publication)
            gone = table.keys(self.events.dead, by_publication=self.by_publication).undated
            return dated - int(np.count_nonzero(~gone)) + inserted
        undated = table.undated(by_publication=self.by_publication)
        return int(np.count_nonzero(flags)) - int(np.count_nonzero(flags[undated])) + inserted

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
        found[~recent] = self.events.base.ids[self._base.records(kept + gaps)]
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
    def _flags(self) -> Flags | None:
        """Which records of the table are listed; None: all but those that no longer hold."""
        if self.mask is None:
            return None
        flags = self.mask.base
        if len(self.events.dead):
            flags = flags.copy()
            flags[self.events.dead] = False
        return flags

    @cached_property
    def _base(self) -> _Sorted:
        table = self.events.base
        order = table.by_publication if self.by_publication else table.by_time
        return _Sorted(table, order, self._flags, self.by_publication)

    @cached_property
    def _gaps(self) -> Places:
        """Where in the order of the table events stand that are no longer there, rising; a mask leaves none."""
        dead = self.events.dead if self.mask is None else self.events.dead[:0]
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


@dataclass(frozen=True, eq=False)
class _Sorted:
    """The records of a table in order of time; of those that have their flag (None: all), ranks are counted.

    The order is gone through from its start, and only as far as was ever asked for: a list is mostly looked at
    where it begins.
    """

    table: EventTable
    order: Records
    flags: Flags | None
    by_publication: bool
    _kept: list[Records] = field(default_factory=list)
    _counts: list[int] = field(default_factory=lambda: [0])

    def records(self, ranks: Places) -> Records:
        """Return the records of some ranks, which are there."""
        if self.flags is None:
            return self.order[ranks]
        while self._counts[-1] <= int(ranks.max(initial=-1)):
            self._go_on(self.flags)
        counts, places = np.array(self._counts), np.empty(len(ranks), dtype=np.int64)
        stretches = np.searchsorted(counts, ranks, side="right") - 1
        for at in np.unique(stretches).tolist():
            here = stretches == at
            places[here] = self._kept[at][ranks[here] - counts[at]]
        return self.order[places]

    def ranks(self, keys: TimeKeys) -> Places:
        """Return how many of the records come before each of the keys: one binary search for all of them."""
        begins = np.zeros(len(keys), dtype=np.int64)

        def before(places: Places) -> Flags:
            there = self.table.keys(self.order[places], by_publication=self.by_publication)
            return there.come_before(keys)

        places = bisected(begins, begins + len(self.order), before)
        return places if self.flags is None else self._before(places, self.flags)

    def _before(self, places: Places, flags: Flags) -> Places:
        """Return how many of the records stand before each of some places of the whole order."""
        while len(self._kept) * _STRETCH < int(places.max(initial=0)):
            self._go_on(flags)
        stretches = places // _STRETCH
        found = np.array(self._counts)[stretches]
        for at in np.unique(stretches[places % _STRETCH > 0]).tolist():
            here = stretches == at
            found[here] += np.searchsorted(self._kept[at], places[here].astype(np.int32))
        return found

    def _go_on(self, flags: Flags) -> None:
        """Go through the next stretch of the order."""
        first = len(self._kept) * _STRETCH
        there = taken(flags, self.order[first : first + _STRETCH])
        self._kept.append((np.flatnonzero(there) + first).astype(np.int32))
        self._counts.append(self._counts[-1] + len(self._kept[-1]))
        if first + _STRETCH >= len(self.order):
            let_go(self.order)
