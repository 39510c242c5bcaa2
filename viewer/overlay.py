"""What was edited since a base was made: these few events as they are now, over the table of all."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from viewer.frozen import dataclass
from viewer.storage.reader import Reader
from viewer.tabulating import Dates, Tabulated, tabulated
from viewer.timeline.columns import Columns
from viewer.timeline.event_table import EventTable
from viewer.timeline.events import Events


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """The events of a document as they are now, and the dates of those that were edited, as in `events.recent`."""

    events: Events
    happened: Dates
    said: Dates

    @classmethod
    def over(cls, table: EventTable) -> Overlay:
        """Return the events of a table, none of which was edited."""
        return cls(Events(table), Dates.unknown(0), Dates.unknown(0))

    @property
    def weight(self) -> int:
        """How many events lie over the table or are missing from it."""
        return max(len(self.events.recent), len(self.events.dead))

    def changed(self, reader: Reader, kinds: Sequence[int], touched: Collection[int]) -> Overlay:
        """Return the events after an edit that touched some of them, which are read as they are now.

        Raises:
            ReadError: the document cannot be read.
        """
        found = tabulated(reader, kinds, touched)
        asked = np.array(sorted(touched), dtype=np.int64)
        gone = np.setdiff1d(asked, found.table.ids)
        before = self.events.recent.ids
        kept = np.flatnonzero(~np.isin(before, asked))
        order = np.argsort(np.concatenate((before[kept], found.table.ids)), kind="stable")
        said = found.published.at(found.first)
        return Overlay(
            self.events.changed(found.table, gone.tolist()),
            self.happened.at(kept).joined(found.happened).at(order),
            self.said.at(kept).joined(said).at(order),
        )

    def columns(self, *, by_publication: bool) -> Columns:
        """Return those of the edited events that have a date by a clock, their kinds as lanes."""
        table = self.events.recent
        first = np.arange(len(table), dtype=np.int64)
        return Tabulated(table, self.happened, self.said, first).columns(by_publication=by_publication)
