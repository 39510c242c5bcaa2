"""All dated events of a document, each in its row, ready to be looked up; and those without a date.

Rows are given once and kept. What was edited since the arrangement was made stands in a small one of its own,
and what no longer holds is told apart, so that an edit never costs more than the few that were edited.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.columns import NEG_INF, POS_INF, Columns
from viewer.timeline.masks import Mask
from viewer.timeline.packed import Geometry, Packed
from viewer.timeline.parts import Part, emptied
from viewer.timeline.placing import settled
from viewer.timeline.seen import Seen
from viewer.timeline.undated import Undated, UndatedEvents, UndatedPart

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.timeline.events import Events
    from viewer.timeline.masks import Flags
    from viewer.timeline.packed import Places, Records, Rows, Times

__all__ = ["NEG_INF", "POS_INF", "Columns", "Entry", "Index", "LaneInfo", "Undated"]


@dataclass(frozen=True, slots=True)
class LaneInfo:
    """A lane to pack events into; `kind` as in the document's list of kinds, -1 where lanes are not kinds."""

    key: str
    name: str
    kind: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One event in one lane: its row there, its extent [lo, hi), its mark, and what is known of its bounds."""

    event: int
    kind: int
    lane: int
    row: int
    lo: int
    hi: int
    mark: int
    known_lo: int
    known_hi: int
    flags: int


@dataclass(frozen=True, eq=False)
class Index:
    """Events with their rows.

    Attributes:
        base: the arrangement, without what no longer holds of it.
        recent: events that were added or revised since.
        lanes: as they are drawn.
        undated: events that are in no lane.
        base_size: how many records of the table a mask has flags for; the recent ones follow.
        size: how many flags a mask has.
        dead: the records of the table that no longer hold, rising.
    """

    base: Part
    recent: Part
    lanes: tuple[LaneInfo, ...]
    undated: UndatedEvents
    base_size: int
    size: int
    dead: Records

    @classmethod
    def build(
        cls,
        columns: Columns,
        lanes: Sequence[LaneInfo],
        undated: Sequence[Undated] = (),
        before: Index | None = None,
    ) -> Index:
        """Arrange all events anew; of those in `before`, nobody moves who did not change lane or extent.

        Records are numbered: the columns first, unless they say otherwise, then the undated ones.
        """
        rows = None if before is None else before.rows_for(columns, lanes)
        part = UndatedPart.of(undated, len(columns.ids))
        size = len(columns.ids) + len(undated)
        none = np.empty(0, dtype=np.int32)
        return cls(
            _whole(Packed.build(columns, len(lanes), rows)),
            _whole(_nothing(len(lanes))),
            tuple(lanes),
            UndatedEvents(part, none, UndatedPart.of((), 0)),
            size,
            size,
            none,
        )

    @classmethod
    def of(
        cls, base: Packed, lanes: Sequence[LaneInfo], events: Events, *, by_publication: bool = False
    ) -> Index:
        """Return the index of an arrangement of a table's events, none of which was edited yet.

        `by_publication`: they are arranged by when they were first said.
        """
        return cls(
            _whole(base),
            _whole(_nothing(len(lanes))),
            tuple(lanes),
            UndatedEvents.of(events, by_publication=by_publication),
            len(events.base),
            events.size,
            np.empty(0, dtype=np.int32),
        )

    def changed(
        self, recent: Columns, lanes: Sequence[LaneInfo], events: Events, *, by_publication: bool = False
    ) -> Index:
        """Return the index after edits, `recent` being all entries of the recent events as they are now.

        Their records count in the table of recent events. What holds the place that it had keeps its row;
        others take the lowest that is free. Nobody else moves. Lanes go by their keys.
        """
        fresh = np.setdiff1d(events.dead, self.dead, assume_unique=True)
        gone = self.base.packed.positions_of(events.base.ids[fresh])
        base = emptied(self.base, self._own_lanes(lanes), gone)
        packed = Packed.build(recent, len(lanes), self._rows_beside(base, recent, lanes))
        return Index(
            base,
            _whole(packed),
            tuple(lanes),
            UndatedEvents.of(events, by_publication=by_publication),
            len(events.base),
            events.size,
            events.dead,
        )

    @property
    def parts(self) -> tuple[Part, Part]:
        """The arrangement, and that of the recent events."""
        return self.base, self.recent

    @cached_property
    def lane_rows(self) -> tuple[int, ...]:
        """How many rows each lane has; a lane grows with edits and does not shrink."""
        rows = np.zeros(len(self.lanes), dtype=np.int64)
        for part in self.parts:
            own = np.array(part.lanes, dtype=np.int64)
            there = own >= 0
            rows[there] = np.maximum(rows[there], part.packed.lane_rows[own[there]])
        return tuple(rows.tolist())

    @cached_property
    def grains(self) -> tuple[int, ...]:
        """How finely each lane is dated: a day, hour, minute or second that nine in ten of its events last."""
        own = np.array(self.base.lanes, dtype=np.int64)
        there = own >= 0
        grains = self.recent.packed.grains.copy()
        grains[there] = self.base.packed.grains[own[there]]
        return tuple(grains.tolist())

    @property
    def step(self) -> int:
        """Seconds; edges of time that are multiples of it are counted without a search. 0: none are."""
        return self.base.packed.step

    def entry(self, event: int, lane: int | None = None) -> Entry | None:
        """Return where an event stands: in that lane, or in the first that it has; None when in none."""
        return next((each for each in self.entries_of(event) if lane in (None, each.lane)), None)

    def entries_of(self, event: int) -> list[Entry]:
        """Return where an event stands, in order of the lanes of the arrangement."""
        return [
            _entry(part, at, lane)
            for part in self.parts
            for at in part.positions_of(event)
            if (lane := part.index_lane(at)) is not None
        ]

    def extent(self, event: int) -> tuple[int, int] | None:
        """Return the first and the last known second of an event; None when it has none."""
        found = self.entry(event)
        return None if found is None else (found.known_lo, found.known_hi)

    def span(self) -> tuple[int, int] | None:
        """Return the first and the last second known of any event."""
        ends = [found for part in self.parts if (found := part.ends()) is not None]
        return (min(lo for lo, _ in ends), max(hi for _, hi in ends)) if ends else None

    @cached_property
    def all_seen(self) -> Seen:
        """All dated events, with nothing held back."""
        return Seen.of(self.base, self.recent, None)

    def seen(self, mask: Mask | Flags | None) -> Seen:
        """Return the dated events that a mask lets through; None: all."""
        if mask is None:
            return self.all_seen
        return Seen.of(self.base, self.recent, Mask.of(mask, self.base_size))

    def next_of(
        self, event: int | None, step: int, mask: Mask | Flags | None = None, lane: int | None = None
    ) -> int | None:
        """Return the neighbour `step` events later (earlier when negative) among those that the mask shows.

        Of one lane, or of all. Without an event: the first of all, or the last for a negative step. None
        beyond either end, and for an event without a date.
        """
        return self.seen(mask).next_of(event, step, lane)

    def nearest(self, moment: int, lane: int | None = None, mask: Mask | Flags | None = None) -> int | None:
        """Return the event whose mark is nearest to a moment, in one lane or in all; None where there is none."""
        return self.seen(mask).nearest(moment, lane)

    def counts(self, edges: Times, mask: Mask | Flags | None = None) -> Times:
        """Return how many marks lie between neighbouring edges (seconds, rising), in all lanes together."""
        return self.seen(mask).counts(edges)

    def rows_for(self, columns: Columns, lanes: Sequence[LaneInfo]) -> Rows | None:
        """Return a row for each event: its own where it has one here, else one that is free beside these.

        None where none of them has one.
        """
        entries = Geometry.of(columns)
        rows = np.full(len(entries), -1, dtype=np.int32)
        for part in self.parts:
            numbers = self._numbers(part, lanes)
            rows = np.maximum(rows, part.rows_of(entries, columns.lane, numbers, gone=False))
        kept = np.flatnonzero(rows >= 0)
        if not len(kept):
            return None
        ground = _whole(Packed.arranged(entries.at(kept), columns.lane[kept], len(lanes), rows[kept]))
        return settled(ground, entries, columns.lane, rows)

    def _rows_beside(self, base: Part, recent: Columns, lanes: Sequence[LaneInfo]) -> Rows:
        """Return rows for the recent events: that of before, or that in the arrangement if it is still free."""
        entries = Geometry.of(recent)
        own = self.recent.rows_of(entries, recent.lane, self._numbers(self.recent, lanes), gone=False)
        wish = self.base.rows_of(entries, recent.lane, self._numbers(self.base, lanes), gone=True)
        return settled(base, entries, recent.lane, own, wish)

    def _numbers(self, part: Part, lanes: Sequence[LaneInfo]) -> Places:
        """Return, for the lanes of an arrangement, which of other lanes they are; -1: none."""
        numbers = np.full(part.packed.lanes, -1, dtype=np.int64)
        if lanes is self.lanes:
            owns = np.array(part.lanes, dtype=np.int64)
            there = np.flatnonzero(owns >= 0)
            numbers[owns[there]] = there
            return numbers
        other = {lane.key: at for at, lane in enumerate(lanes)}
        for lane, own in zip(self.lanes, part.lanes, strict=True):
            if own >= 0:
                numbers[own] = other.get(lane.key, -1)
        return numbers

    def _own_lanes(self, lanes: Sequence[LaneInfo]) -> tuple[int, ...]:
        """Return where other lanes are in the arrangement; -1: they are new."""
        if lanes is self.lanes:
            return self.base.lanes
        own = {lane.key: at for lane, at in zip(self.lanes, self.base.lanes, strict=True)}
        return tuple(own.get(lane.key, -1) for lane in lanes)


def _whole(packed: Packed) -> Part:
    return Part(packed, tuple(range(packed.lanes)), np.empty(0, dtype=np.int32))


def _entry(part: Part, at: int, lane: int) -> Entry:
    columns = part.packed.entries
    names = ("lo", "hi", "mark", "known_lo", "known_hi", "flags")
    return Entry(
        int(columns.ids[at]), int(columns.kind[at]), lane, int(part.packed.rows_of(np.array([at]))[0]),
        *(int(getattr(columns, name)[at]) for name in names),
    )  # fmt: skip


def _nothing(lanes: int) -> Packed:
    times, flags = np.empty(0, dtype=np.int64), np.empty(0, dtype=np.bool_)
    kinds, none = times.astype(np.int16), times.astype(np.int32)
    bounds, signs = (times, times, times, times), (flags, flags, flags, flags, flags)
    return Packed.build(Columns(times, kinds, none, *bounds, *signs), lanes)
