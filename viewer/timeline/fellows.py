"""The events that share an actor, a place, a source or a tag, in order of time.

What it takes follows how many these are, not how many events there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.timeline.event_table import EventTable, Records, Times
    from viewer.timeline.events import Events
    from viewer.timeline.masks import Mask


@dataclass(frozen=True, slots=True, eq=False)
class Fellows:
    """Events in order of time, by their ids."""

    ids: Times

    def __len__(self) -> int:
        return len(self.ids)

    def place(self, event: int) -> int | None:
        """Return where an event stands among them, from 0; None where it is not one of them."""
        found = np.flatnonzero(self.ids == event)
        return int(found[0]) if len(found) else None

    def at(self, place: int) -> int:
        """Return the event at a place."""
        return int(self.ids[place])


def fellows(
    events: Events, grouping: str, key: int, mask: Mask | None = None, *, by_publication: bool = False
) -> Fellows:
    """Return the events that have a key and that a mask lets through (None: all), in order of time by a clock.

    grouping: "actor", "place", "source" or "tag"; key: its id in the document. Undated events come last.
    """
    keys = [
        table.keys(records, by_publication=by_publication)
        for table, records in zip(
            (events.base, events.recent), _shared(events, grouping, key, mask), strict=True
        )
    ]
    undated, lo, hi, ids = (
        np.concatenate([getattr(each, name) for each in keys]) for name in ("undated", "lo", "hi", "ids")
    )
    return Fellows(ids[np.lexsort((ids, hi, lo, undated))])


def count_fellows(events: Events, grouping: str, key: int, mask: Mask | None = None) -> int:
    """Return how many they are, without putting them in order."""
    return sum(len(records) for records in _shared(events, grouping, key, mask))


def _shared(events: Events, grouping: str, key: int, mask: Mask | None) -> tuple[Records, Records]:
    """Return the records of the table that have a key, those that still hold, and those of the recent events."""
    flags = (None, None) if mask is None else (mask.base, mask.recent)
    base = _records(events.base, grouping, key, flags[0])
    base = base[~np.isin(base, events.dead)] if len(events.dead) else base
    return base, _records(events.recent, grouping, key, flags[1])


def _records(table: EventTable, grouping: str, key: int, flags: NDArray[np.bool_] | None) -> Records:
    postings = table.postings.get(grouping)
    if postings is None:
        return np.empty(0, dtype=np.int32)
    found = postings.records_of(np.array([key], dtype=np.int64))
    return found if flags is None else found[flags[found]]
