"""Numbers of footnotes beside the marks of a frame: in which order they are read, and where there is room.

A number stands after the title of its event, else right of its extent. Room for it is kept before any title is
placed, so that neither covers the other; marks that lie too close for a number each have theirs joined: "12–14".
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.scene import Items, NoteNumber, Scene

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from viewer.timeline.metrics import Measure, Metrics

    Pixels = NDArray[np.float64]

ROLE = "note"
"""The font role of the numbers."""
GAP = 2.0
"""Pixels between a title or an extent and its number."""
RAISED = 4.5
"""How far numbers stand above the middle of their row."""
_DOT = 4.0
"""A disputed event without a title has a dot at its mark's upper right."""


def reading_order(scenes: Sequence[Scene]) -> list[int]:
    """Return the events that frames draw one by one: by time, then from top to bottom, undated ones last."""
    found: list[int] = []
    for scene in scenes:
        items = scene.items[~scene.items["slim"]]
        middle = (items["lo"].astype(np.float64) + items["hi"]) / 2
        at = np.where(np.isnan(items["mark"]), middle, items["mark"])
        found += items["event"][np.lexsort((items["y"], at))].tolist()
    found += [chip.event for scene in scenes if scene.shelf is not None for chip in scene.shelf.chips]
    return list(dict.fromkeys(found))


def joined(numbers: Sequence[int]) -> str:
    """Return numbers as they are written beside marks that share a place: "7, 12–14"."""
    runs: list[list[int]] = []
    for number in sorted(set(numbers)):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [
        ", ".join(map(str, run)) if len(run) < 3 else f"{run[0]}–{run[-1]}"  # two are as short one by one
        for run in runs
    ]
    return ", ".join(words)


@dataclass(frozen=True, slots=True, eq=False)
class NumberRoom:
    """What numbers take of the rows of items, before titles are placed.

    For each item: `own_lo` and `own_hi` are the ends that its own title keeps off, `lo` and `hi` those that the
    titles of its neighbours keep off; `after` are the pixels of its number when that follows its title.
    """

    own_lo: Pixels
    own_hi: Pixels
    lo: Pixels
    hi: Pixels
    after: Pixels
    numbers: tuple[NoteNumber, ...]


def number_room(
    items: Items,
    ends: tuple[Pixels, Pixels],
    canvas: tuple[float, float],
    *,
    numbers: Mapping[int, int],
    measure: Measure,
    metrics: Metrics,
) -> NumberRoom:
    """Return the room for the numbers of events; `ends` are left and right of what each item covers.

    Items come in order of row and time. Those of slim rows, and those without a number, get none.
    """
    lo, hi = ends
    if not numbers:
        return NumberRoom(lo, hi, lo, hi, np.zeros(len(items)), ())
    room = NumberRoom(lo.copy(), hi.copy(), lo.copy(), hi.copy(), np.zeros(len(items)), ())
    writer = _Writer(items, lo, hi, canvas, numbers, measure, metrics)
    found: list[NoteNumber] = []
    for row in writer.rows():
        for group in writer.groups(row):
            if group.numbered:
                found.append(writer.written(group))
                writer.reserve(group, found[-1], room)
    return NumberRoom(room.own_lo, room.own_hi, room.lo, room.hi, room.after, tuple(found))


@dataclass(slots=True)
class _Group:
    """Items of a row whose numbers stand together: from `at` on, else right of their end and of a dot there."""

    places: list[int]
    numbered: list[int]
    lo: float
    hi: float
    dot: float
    width: float = 0.0
    at: float | None = None

    @property
    def x(self) -> float:
        return self.hi + self.dot + GAP if self.at is None else self.at

    @property
    def end(self) -> float:
        return self.x + self.width if self.numbered and self.at is None else self.hi


@dataclass(frozen=True, slots=True, eq=False)
class _Writer:
    items: Items
    lo: Pixels
    hi: Pixels
    canvas: tuple[float, float]
    numbers: Mapping[int, int]
    measure: Measure
    metrics: Metrics

    def rows(self) -> list[list[int]]:
        """Return the places of the items drawn one by one, row by row."""
        found: dict[float, list[int]] = {}
        for at in np.flatnonzero(~self.items["slim"]).tolist():
            found.setdefault(float(self.items["y"][at]), []).append(at)
        return list(found.values())

    def groups(self, row: Sequence[int]) -> list[_Group]:
        """Return the items of a row in groups, between which each one's number has room."""
        groups: list[_Group] = []
        for at in row:
            numbered = [at] if int(self.items["event"][at]) in self.numbers else []
            groups.append(_Group([at], numbered, float(self.lo[at]), float(self.hi[at]), self._dot(at)))
            self._measure(groups[-1])
            while len(groups) > 1 and groups[-2].end > groups[-1].lo:
                if not self._put_inside(groups[-2]):
                    self._join(groups)
        while groups and groups[-1].end > self.canvas[1]:
            last = groups[-1]
            free = groups[-2].end if len(groups) > 1 else self.canvas[0]
            if self._put_inside(last):
                break
            if last.lo - GAP - last.width >= free:
                last.at = last.lo - GAP - last.width
                break
            if len(groups) == 1:
                break
            self._join(groups)
        return groups

    def written(self, group: _Group) -> NoteNumber:
        """Return the number of a group as it stands where no title is before it."""
        x = group.x
        y = float(self.items["y"][group.places[-1]]) - RAISED
        if x + group.width > self.canvas[1]:
            # The row is full from edge to edge: above the end of the last extent is room.
            x = self.canvas[1] - group.width - GAP
        if group.lo <= x < group.hi:
            y -= RAISED
        events = tuple(int(self.items["event"][at]) for at in group.numbered)
        first = min(self.numbers[event] for event in events)
        return NoteNumber(events, first, x, y, group.width, self._text(group))

    def reserve(self, group: _Group, number: NoteNumber, room: NumberRoom) -> None:
        """Keep the room of a group's number free of titles."""
        first, last = group.places[0], group.places[-1]
        room.lo[first] = min(room.lo[first], number.x)
        room.hi[last] = max(room.hi[last], group.end)
        if len(group.places) == 1:
            room.after[first] = group.width + GAP
        else:  # the number stays where it is, and titles begin after it
            room.own_lo[first], room.own_hi[last] = room.lo[first], room.hi[last]

    def _put_inside(self, group: _Group) -> bool:
        """Put the number of an event above its own extent, beside its mark, if that is wide enough."""
        if len(group.places) > 1 or not group.numbered or group.at is not None:
            return False
        (place,) = group.places
        lo, hi = float(self.lo[place]), float(self.hi[place])
        item, needed = self.items[place], group.width + GAP
        mark, half = float(item["mark"]), float(item["size"]) / 2
        if math.isnan(mark):
            places = [(lo + GAP, hi)]
        else:
            signed = bool(item["disputed"] or item["rival"])
            places = [(mark + half + (_DOT if signed else 0.0), hi), (lo + GAP, mark - half)]
        group.at = next((left for left, right in places if left + needed <= right), None)
        return group.at is not None

    def _dot(self, place: int) -> float:
        """Return how far the dot of a disputed event reaches beyond its end."""
        item = self.items[place]
        if not (item["disputed"] or item["rival"]) or math.isnan(item["mark"]):
            return 0.0
        return max(float(item["mark"]) + float(item["size"]) / 2 + _DOT - float(self.hi[place]), 0.0)

    def _join(self, groups: list[_Group]) -> None:
        last = groups.pop()
        first = groups[-1]
        first.places += last.places
        first.numbered += last.numbered
        first.lo, first.hi = min(first.lo, last.lo), max(first.hi, last.hi)
        first.dot, first.at = last.dot, None
        self._measure(first)

    def _measure(self, group: _Group) -> None:
        group.width = float(math.ceil(self.measure(self._text(group), ROLE))) if group.numbered else 0.0

    def _text(self, group: _Group) -> str:
        return joined([self.numbers[int(self.items["event"][at])] for at in group.numbered])
