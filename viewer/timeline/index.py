"""All dated events of a document, each in its row, ready to be looked up.

Rows are given once and kept: when the document changes, only what changed is placed anew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from viewer.domain.calendar import DAY, HOUR, MINUTE
from viewer.timeline.columns import NEG_INF, POS_INF, Columns, Extents, extents
from viewer.timeline.packing import lowest_free, pack
from viewer.timeline.segments import Marks, Segments, running

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["NEG_INF", "POS_INF", "Columns", "Index", "LaneInfo", "Undated"]

Times = NDArray[np.int64]
Rows = NDArray[np.int32]
Mask = NDArray[np.bool_]
Positions = NDArray[np.int64]

_FEW = 200
_TITLE_SHARE = 0.8
_TITLE_ROWS = 5.0
_MANY_NEW = 2000


@dataclass(frozen=True, slots=True)
class LaneInfo:
    """A lane to pack events into; `kind` as in the document's list of kinds, -1 where lanes are not kinds."""

    key: str
    name: str
    kind: int


@dataclass(frozen=True, slots=True)
class Undated:
    """An event without any known bound; it happened not later than that second (when its source appeared)."""

    event: int
    kind: int
    not_later_than: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Events with their rows. A position is an event's place in the columns; masks have one flag for each.

    `grains` say how finely a lane is dated: a day, hour, minute or second that nine in ten of its events last.
    """

    columns: Columns
    lanes: tuple[LaneInfo, ...]
    undated: tuple[Undated, ...]
    extents: Extents
    rows: Rows
    lane_rows: tuple[int, ...]
    segments: Segments
    marks: Marks
    lane_sizes: Positions
    grains: tuple[int, ...]
    undated_of_kind: Mapping[int, int]
    _by_id: Positions
    _ids: Positions
    _by_time: Positions

    @classmethod
    def build(cls, columns: Columns, lanes: Sequence[LaneInfo], undated: Sequence[Undated]) -> Index:
        """Pack all events anew, lowest free row first."""
        found = extents(columns)
        padding = _padding(columns, found, len(lanes))
        rows = np.zeros(len(columns.ids), dtype=np.int32)
        for lane in range(len(lanes)):
            inside = np.flatnonzero(columns.lane == lane)
            rows[inside] = pack(found.lo[inside], found.hi[inside] + padding[lane])
        return cls._of(columns, lanes, undated, found, rows)

    def updated(self, columns: Columns, lanes: Sequence[LaneInfo], undated: Sequence[Undated]) -> Index:
        """Return the index of a changed document in which nobody moves who did not change lane or extent.

        Others take the lowest row that is free for them; very many new ones stand together above the rest.
        """
        found = extents(columns)
        rows = self._kept_rows(columns, lanes, found)
        padding = _padding(columns, found, len(lanes))
        for lane in range(len(lanes)):
            inside = np.flatnonzero(columns.lane == lane)
            lo, hi, old = found.lo[inside], found.hi[inside] + padding[lane], rows[inside]
            rows[inside] = _placed(lo, hi, old)
        return self._of(columns, lanes, undated, found, rows)

    def position(self, event: int) -> int | None:
        """Return where an event stands in the columns; None when it is not a dated event."""
        found = int(np.searchsorted(self._ids, np.int64(event)))
        there = found < len(self._ids) and self._ids[found] == event
        return int(self._by_id[found]) if there else None

    def extent(self, event: int) -> tuple[int, int] | None:
        """Return the first and the last known second of an event; None when it has none."""
        at = self.position(event)
        return None if at is None else (int(self.extents.known_lo[at]), int(self.extents.known_hi[at]))

    def span(self) -> tuple[int, int] | None:
        """Return the first and the last second known of any event."""
        if not len(self.columns.ids):
            return None
        return int(self.extents.known_lo.min()), int(self.extents.known_hi.max())

    def next_of(self, event: int | None, step: int, mask: Mask | None = None) -> int | None:
        """Return the neighbour `step` events later (earlier when negative) among those that the mask shows.

        Without an event: the first of all, or the last for a negative step. None beyond either end.
        """
        order = self._by_time if mask is None else self._by_time[mask[self._by_time]]
        at = None if event is None else self.position(event)
        if at is None:
            target = step - 1 if step > 0 else len(order) + step
        else:
            before, itself = self._place_in(order, at, mask)
            target = before + step - (0 if itself or step < 0 else 1)
        return int(self.columns.ids[order[target]]) if 0 <= target < len(order) else None

    def in_order(self, events: Iterable[int]) -> list[int]:
        """Return events in order of time as they are placed here, those without a date last."""
        wanted = np.fromiter(events, np.int64)
        dated = np.isin(self.columns.ids, wanted)[self._by_time]
        undated = frozenset(wanted.tolist())
        return [
            *self.columns.ids[self._by_time[dated]].tolist(),
            *(each.event for each in self.undated if each.event in undated),
        ]

    def counts(self, edges: Times, mask: Mask | None = None) -> Times:
        """Return how many marks lie between neighbouring edges (seconds, rising), in all lanes together."""
        sums = None if mask is None else running(mask[self.marks.order])
        parts = [self.marks.counts(lane, edges, sums) for lane in range(len(self.lanes))]
        return np.sum(parts, axis=0, dtype=np.int64) if parts else np.zeros(len(edges) - 1, dtype=np.int64)

    @classmethod
    def _of(
        cls,
        columns: Columns,
        lanes: Sequence[LaneInfo],
        undated: Sequence[Undated],
        found: Extents,
        rows: Rows,
    ) -> Index:
        lane_rows = np.zeros(len(lanes), dtype=np.int64)
        np.maximum.at(lane_rows, columns.lane, rows.astype(np.int64) + 1)
        by_id = np.argsort(columns.ids, kind="stable")
        marks = Marks.of(columns.lane, found.mark, len(lanes))
        return cls(
            columns,
            tuple(lanes),
            tuple(undated),
            found,
            rows,
            tuple(lane_rows.tolist()),
            Segments.of(columns.lane, rows, found, lane_rows),
            marks,
            np.diff(marks.bounds),
            tuple(_grain((found.hi - found.lo)[columns.lane == lane]) for lane in range(len(lanes))),
            Counter(each.kind for each in undated),
            by_id,
            columns.ids[by_id],
            np.lexsort((columns.ids, found.hi, found.lo)),
        )

    def _kept_rows(self, columns: Columns, lanes: Sequence[LaneInfo], found: Extents) -> Rows:
        """Return the rows of events that keep theirs, -1 for the others."""
        rows = np.full(len(columns.ids), -1, dtype=np.int32)
        if not len(self.columns.ids) or not len(rows):
            return rows
        ids = self._ids
        place = np.minimum(np.searchsorted(ids, columns.ids), len(ids) - 1)
        old = self._by_id[place]
        new_lane = {lane.key: at for at, lane in enumerate(lanes)}
        moved = np.array([new_lane.get(lane.key, -1) for lane in self.lanes])
        same = (
            (self.columns.ids[old] == columns.ids)
            & (moved[self.columns.lane[old]] == columns.lane)
            & (self.extents.lo[old] == found.lo)
            & (self.extents.hi[old] == found.hi)
        )
        rows[same] = self.rows[old[same]]
        return rows

    def _place_in(self, order: Positions, at: int, mask: Mask | None) -> tuple[int, bool]:
        """Return how many of `order` come before a position in time, and whether it is among them itself."""
        rank = int(np.flatnonzero(self._by_time == at)[0])
        if mask is None:
            return rank, True
        return int(np.count_nonzero(mask[self._by_time[:rank]])), bool(mask[at])


def _grain(lengths: Times) -> int:
    """Return the unit of time, in seconds, that nine in ten of these lengths reach."""
    if not len(lengths):
        return 1
    tenth = len(lengths) // 10
    typical = int(np.partition(lengths, tenth)[tenth])
    return next(unit for unit in (DAY, HOUR, MINUTE, 1) if typical >= unit)


def _padding(columns: Columns, found: Extents, lanes: int) -> list[int]:
    """Return the seconds kept free after each event of a lane, so that titles have room where events are few.

    The more events, the less room, or each lane would grow by more than a few rows. The bulk of the document
    is the measure: one event a century away must not push all others onto rows of their own.
    """
    sizes = np.bincount(columns.lane, minlength=lanes)
    if not len(columns.ids):
        return [0] * lanes
    early, late = np.quantile(found.mark.astype(np.float64), (0.05, 0.95))
    return [
        int((late - early) * min(_TITLE_SHARE, _TITLE_ROWS / size)) if 0 < size <= _FEW else 0
        for size in sizes.tolist()
    ]


def _placed(lo: Times, hi: Times, rows: Rows) -> Rows:
    """Return the rows of a lane with the missing ones (-1) filled in."""
    missing = np.flatnonzero(rows < 0)
    rows = rows.copy()
    if len(missing) > _MANY_NEW or len(missing) == len(rows):
        rows[missing] = pack(lo[missing], hi[missing]) + (int(rows.max(initial=-1)) + 1)
        return rows
    for at in missing[np.lexsort((hi[missing], lo[missing]))].tolist():
        standing = rows >= 0
        rows[at] = lowest_free(int(lo[at]), int(hi[at]), (lo[standing], hi[standing], rows[standing]))
    return rows
