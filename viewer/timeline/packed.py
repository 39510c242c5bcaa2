"""The dated events of a document, each in its row, in the order in which they are drawn: lane, row, time.

An arrangement never changes once it is made, and may lie in a file that is mapped into memory. A position is
an entry's place in it; where lanes are actors or tags, an event has an entry in each of its lanes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from viewer.domain.calendar import DAY, HOUR, MINUTE
from viewer.frozen import dataclass
from viewer.timeline.columns import Columns, extents
from viewer.timeline.moments import Bins, Moments
from viewer.timeline.packing import lane_paddings, pack
from viewer.timeline.segments import bisected, first_above, joined
from viewer.timeline.stretches import whole_step

if TYPE_CHECKING:
    from typing import Self

Times = NDArray[np.int64]
Records = NDArray[np.int32]
Places = NDArray[np.int64]
Rows = NDArray[np.int32]

SPAN, OPEN_LO, OPEN_HI, BLURRED, DISPUTED = (np.uint8(1 << bit) for bit in range(5))
"""What the flags of an entry say: it lasts; its first or its last bound is open; it is vague; it is disputed."""

_ENDS = 64
_BINNED = 50_000
_CELLS = 1_200_000
_MOMENTS = ("marks", "starts", "ends")


@dataclass(frozen=True, slots=True, eq=False)
class Geometry:
    """Columns of an arrangement, or of a few entries of one: see `Extents` for what the times mean."""

    ids: Times
    records: Records
    kind: NDArray[np.int16]
    flags: NDArray[np.uint8]
    lo: Times
    hi: Times
    core_lo: Times
    core_hi: Times
    mark: Times
    known_lo: Times
    known_hi: Times

    @classmethod
    def of(cls, columns: Columns) -> Self:
        """Return what is drawn of events, in their order."""
        found = extents(columns)
        flags = np.zeros(len(columns.ids), dtype=np.uint8)
        for flag, name in (
            (SPAN, "span"), (OPEN_LO, "open_lo"), (OPEN_HI, "open_hi"), (BLURRED, "blurred"),
            (DISPUTED, "disputed"),
        ):  # fmt: skip
            flags |= getattr(columns, name) * flag
        records = columns.records
        if records is None:
            records = np.arange(len(columns.ids), dtype=np.int32)
        return cls(
            columns.ids, records, columns.kind, flags,
            found.lo, found.hi, found.core_lo, found.core_hi, found.mark, found.known_lo, found.known_hi,
        )  # fmt: skip

    def at(self, places: NDArray[np.integer]) -> Self:
        """Return some of them."""
        return replace(self, **{field.name: getattr(self, field.name)[places] for field in fields(self)})

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, eq=False)
class Packed:
    """Geometry in order of lane, row and time, and what a frame needs to find and to count them.

    Attributes:
        entries: by position.
        lane_bounds: lane k holds the positions from lane_bounds[k] to lane_bounds[k + 1].
        row_base: lane k holds the stored rows from row_base[k] to row_base[k + 1].
        row_numbers: which row of its lane each stored row is; rising in a lane.
        row_bounds: where each stored row begins, and the end of the last.
        id_at: positions in order of id.
        marks, starts, ends: by their marks, first seconds and last seconds (inclusive).
        grains: by lane, a day, hour, minute or second that nine in ten of its events last.
        paddings: by lane, seconds kept free after each event.
        firsts, lasts: the positions of the earliest and of the latest known bounds, a few of each.
    """

    entries: Geometry
    lane_bounds: Places
    row_base: Places
    row_numbers: Rows
    row_bounds: Places
    id_at: Records
    marks: Moments
    starts: Moments
    ends: Moments
    grains: Times
    paddings: Times
    firsts: Records
    lasts: Records

    @classmethod
    def build(cls, columns: Columns, lanes: int, rows: Rows | None = None) -> Self:
        """Arrange events in so many lanes; in these rows, or else each in the lowest that is free for it."""
        return cls.arranged(Geometry.of(columns), columns.lane, lanes, rows)

    def regrouped(self, records: Records, lane_of: NDArray[np.int32], lanes: int) -> Packed:
        """Arrange the same events in other lanes: a record, and one of its lanes, in each place of the pairs.

        Records that have no entry here, those of undated events, are passed over.
        """
        by_record = np.argsort(self.entries.records, kind="stable")
        known = self.entries.records[by_record]
        place = np.minimum(np.searchsorted(known, records), max(len(known) - 1, 0))
        there = known[place] == records if len(known) else np.zeros(len(records), dtype=np.bool_)
        return self.arranged(self.entries.at(by_record[place[there]]), lane_of[there], lanes, None)

    @classmethod
    def arranged(cls, entries: Geometry, lane: NDArray[np.integer], lanes: int, rows: Rows | None) -> Self:
        """Arrange entries in these rows of their lanes, or else each in the lowest that is free for it."""
        by_lane = np.argsort(lane, kind="stable")
        lane_bounds = np.concatenate(([0], np.cumsum(np.bincount(lane, minlength=lanes))))
        paddings = lane_paddings(entries.mark, np.diff(lane_bounds))
        order = by_lane.astype(np.int32)
        numbers = np.empty(len(order), dtype=np.int32)
        for at in np.flatnonzero(np.diff(lane_bounds)).tolist():
            part = slice(int(lane_bounds[at]), int(lane_bounds[at + 1]))
            inside = by_lane[part]
            lo = entries.lo[inside]
            if rows is None:
                own = pack(lo, entries.hi[inside] + paddings[at])
            else:
                own = rows[inside]
            drawn = np.lexsort((lo, own))
            order[part], numbers[part] = inside[drawn], own[drawn]
        return cls._of(entries.at(order), lane_bounds, numbers, paddings)

    @classmethod
    def _of(cls, entries: Geometry, lane_bounds: Places, rows: Rows, paddings: Times) -> Self:
        """Return entries that are in order already, `rows` being those of their lane."""
        fresh = np.ones(len(rows), dtype=np.bool_)
        fresh[1:] = rows[1:] != rows[:-1]
        fresh[lane_bounds[:-1][lane_bounds[:-1] < len(rows)]] = True
        begins = np.flatnonzero(fresh)
        marks, starts, ends = (
            Moments.of(entries.mark, lane_bounds),
            Moments.of(entries.lo, lane_bounds, entries.hi, entries.ids),
            Moments.of(entries.hi - 1, lane_bounds),
        )
        step, first, count = _steps(entries, len(lane_bounds) - 1)
        if count:
            marks, starts, ends = (each.binned(first, step, count) for each in (marks, starts, ends))
        return cls(
            entries,
            lane_bounds,
            np.searchsorted(begins, lane_bounds),
            rows[begins],
            np.append(begins, len(rows)),
            np.argsort(entries.ids, kind="stable").astype(np.int32),
            marks,
            starts,
            ends,
            _grains(entries, lane_bounds),
            paddings,
            _least(entries.known_lo),
            _least(-entries.known_hi),
        )

    def __len__(self) -> int:
        return len(self.entries)

    @property
    def lanes(self) -> int:
        """How many lanes there are."""
        return len(self.lane_bounds) - 1

    @property
    def step(self) -> int:
        """The seconds of which counts were made beforehand; 0 when there are none."""
        return self.marks.bins.step if self.marks.bins else 0

    @cached_property
    def lane_rows(self) -> Places:
        """How many rows each lane has."""
        rows = np.zeros(self.lanes, dtype=np.int64)
        filled = self.row_base[1:] > self.row_base[:-1]
        rows[filled] = self.row_numbers[self.row_base[1:][filled] - 1] + 1
        return rows

    def pairs_of(self, ids: Times) -> tuple[Places, Records]:
        """Return the entries of these events: a place in `ids` and a position for each, in order of `ids`."""
        first, beyond = (self._among_ids(ids, step) for step in (0, 1))
        return np.repeat(np.arange(len(ids)), beyond - first), self.id_at[joined(first, beyond)]

    def positions_of(self, ids: Times) -> Records:
        """Return where the entries of any of these events stand, rising."""
        return np.sort(self.pairs_of(ids)[1])

    def _among_ids(self, ids: Times, step: int) -> Places:
        """Return how many entries have a lesser id than each of these, or with a step of 1 no greater one."""
        begins = np.zeros(len(ids), dtype=np.int64)
        known, at, wanted = self.entries.ids, self.id_at, ids + step
        return bisected(begins, begins + len(at), lambda places: known[at[places]] < wanted)

    def stored_rows(self, lane: int, first: int, last: int) -> tuple[Rows, Places]:
        """Return the rows of a lane from the first up to the last that are in use, and where they are stored."""
        begin, end = int(self.row_base[lane]), int(self.row_base[lane + 1])
        rows = self.row_numbers[begin:end]
        low, high = np.searchsorted(
            rows, np.array([first, last]).clip(0, 2**31 - 1).astype(np.int32)
        ).tolist()
        return rows[low:high], np.arange(begin + low, begin + high)

    def slices(
        self, lane: int, period: tuple[int, int], rows: tuple[int, int]
    ) -> tuple[Rows, Places, Places]:
        """Return the rows of a lane from the first up to the last, and the slices of them that meet a period."""
        return self.slices_of([(lane, *rows)], period)[1:]

    def slices_of(
        self, wanted: Sequence[tuple[int, int, int]], period: tuple[int, int]
    ) -> tuple[Places, Rows, Places, Places]:
        """Return the same for several lanes, searched at once, and before it which of those wanted each row is of.

        Wanted are a lane, the first of its rows, and the one after the last.
        """
        found = [self.stored_rows(*each) for each in wanted]
        which = np.repeat(np.arange(len(found)), [len(numbers) for numbers, _ in found])
        none = [(np.empty(0, dtype=np.int32), np.empty(0, dtype=np.int64))]
        numbers, stored = (np.concatenate(each) for each in zip(*found or none, strict=True))
        begins, ends = self.row_bounds[stored], self.row_bounds[stored + 1]
        begins = first_above(self.entries.hi, begins, ends, period[0])
        ends = first_above(self.entries.lo, begins, ends, period[1] - 1)
        return which, numbers, begins, ends

    def lanes_of(self, positions: NDArray[np.integer]) -> Places:
        """Return the lanes of some entries."""
        return np.searchsorted(self.lane_bounds, positions, side="right") - 1

    def rows_of(self, positions: NDArray[np.integer]) -> Rows:
        """Return the rows of their lanes in which some entries stand."""
        return self.row_numbers[np.searchsorted(self.row_bounds, positions, side="right") - 1]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Return all arrays by name, for a file."""
        found = {name: getattr(self, name) for name in _plain_names()}
        found |= {f"entries/{field.name}": getattr(self.entries, field.name) for field in fields(Geometry)}
        for name in _MOMENTS:
            moments: Moments = getattr(self, name)
            found[f"{name}/times"], found[f"{name}/at"] = moments.times, moments.at
            if moments.bins is not None:
                found[f"{name}/counts"] = moments.bins.counts.reshape(-1)
                found["steps"] = np.array([moments.bins.first, moments.bins.step], dtype=np.int64)
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Self:
        """Return the arrangement whose `arrays` these are.

        Raises:
            KeyError: an array is missing.
        """
        plain = {name: arrays[name] for name in _plain_names()}
        entries = Geometry(*(arrays[f"entries/{field.name}"] for field in fields(Geometry)))
        moments = {
            name: Moments(
                arrays[f"{name}/times"], arrays[f"{name}/at"], plain["lane_bounds"], _bins(arrays, name)
            )
            for name in _MOMENTS
        }
        found: dict[str, Any] = {**plain, **moments}
        return cls(entries=entries, **found)


def _plain_names() -> list[str]:
    return [field.name for field in fields(Packed) if field.name not in (*_MOMENTS, "entries")]


def _bins(arrays: Mapping[str, NDArray[Any]], name: str) -> Bins | None:
    if f"{name}/counts" not in arrays:
        return None
    first, step = arrays["steps"].tolist()
    return Bins(first, step, arrays[f"{name}/counts"].reshape(len(arrays["lane_bounds"]) - 1, -1))


def _steps(entries: Geometry, lanes: int) -> tuple[int, int, int]:
    """Return the step of the counts made beforehand, where the first lies, and how many there are.

    As fine as their memory allows, but no finer than a day: closer views search.
    """
    if len(entries) < _BINNED or not lanes:
        return 0, 0, 0
    lo, hi = int(entries.known_lo.min()), int(entries.known_hi.max())
    most = _CELLS // lanes
    step = whole_step(max((hi - lo) // max(most - 2, 1) + 1, DAY))
    first = lo // step * step
    count = (hi - first) // step + 2
    return (step, first, count) if count >= 2 else (0, 0, 0)


def _grains(entries: Geometry, lane_bounds: Places) -> Times:
    """Return, by lane, the unit of time in seconds that nine in ten of its events last."""
    grains = np.ones(len(lane_bounds) - 1, dtype=np.int64)
    for lane in np.flatnonzero(np.diff(lane_bounds)).tolist():
        first, last = lane_bounds[lane : lane + 2].tolist()
        tenth = (last - first) // 10
        lengths = entries.hi[first:last] - entries.lo[first:last]
        typical = int(np.partition(lengths, tenth)[tenth])
        grains[lane] = next(unit for unit in (DAY, HOUR, MINUTE, 1) if typical >= unit)
    return grains


def _least(values: Times) -> Records:
    """Return where the few least values stand, the least first."""
    few = np.argpartition(values, _ENDS)[:_ENDS] if len(values) > _ENDS else np.arange(len(values))
    return few[np.argsort(values[few], kind="stable")].astype(np.int32)
