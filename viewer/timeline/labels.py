"""Titles beside their events: right of them, else left, else inside a wide extent; cut where none is enough.

A title takes only what is free in its own row between its neighbours and within the canvas, so it can
appear and vanish but never moves anything. Selected events are served first. Which of many get one is found
over arrays; only those are then looked at one by one.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.distinct import are_among
from viewer.timeline.elide import elide
from viewer.timeline.numbering import GAP, RAISED, NumberRoom, number_room
from viewer.timeline.scene import Items, Label, NoteNumber

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from viewer.timeline.metrics import Measure, Metrics

    Pixels = NDArray[np.float64]

Titles = Callable[[int], str]

_TRIED_PER_LABEL = 2
_LEGIBLE = 2
"""So many times the least room is enough for a selected title to be cut there instead of going elsewhere."""


def footprints(items: Items) -> tuple[Pixels, Pixels]:
    """Return the left and right ends of what each item covers: its extent and its mark."""
    mark, half = items["mark"].astype(np.float64), items["size"].astype(np.float64) / 2
    left = np.fmin(items["lo"].astype(np.float64), mark - half)
    right = np.fmax(items["hi"].astype(np.float64), mark + half)
    return left, right


def place_labels(
    items: Items,
    left: float,
    right: float,
    *,
    title: Titles,
    measure: Measure,
    metrics: Metrics,
    selected: frozenset[int],
    nameless: NDArray[np.bool_],
    most: int,
    numbers: Mapping[int, int],
) -> tuple[tuple[Label, ...], tuple[NoteNumber, ...]]:
    """Return at most so many labels of items, which come in order of row and time, on a canvas from left to right.

    The sign of a disputed event counts as two more. Those that are `nameless` get none. With them the numbers of
    footnotes, by event.
    """
    room = number_room(
        items, footprints(items), (left, right), numbers=numbers, measure=measure, metrics=metrics
    )
    placer = _Placer.of(items, room, left, right, measure, metrics)
    chosen = are_among(items["event"], selected)
    labels: list[Label] = []
    for at in placer.candidates(chosen, nameless, _TRIED_PER_LABEL * most):
        if most <= 0:
            break
        event = int(items["event"][at])
        label = placer.place(at, title(event), selected=event in selected)
        if label is not None:
            labels.append(label)
            most -= 3 if placer.signed[at] else 1
    return tuple(labels), _after_titles(room.numbers, labels)


def _after_titles(numbers: tuple[NoteNumber, ...], labels: list[Label]) -> tuple[NoteNumber, ...]:
    """Return numbers, those of titles that keep room for them moved to the ends of these."""
    ends = {label.event: label for label in labels if label.noted}
    return tuple(
        number
        if len(number.events) > 1 or (label := ends.get(number.events[0])) is None
        else replace(number, x=label.x + label.width + GAP, y=label.y - RAISED)
        for number in numbers
    )


@dataclass(frozen=True, slots=True)
class _Placer:
    """Items with what is free beside them: from `free_lo` to `free_hi`, narrowed as labels are placed.

    `signs` are the pixels that the number of a footnote and the sign of a disputed event take after a title.
    """

    items: Items
    signed: NDArray[np.bool_]
    noted: Pixels
    signs: Pixels
    lo: Pixels
    hi: Pixels
    free_lo: Pixels
    free_hi: Pixels
    measure: Measure
    metrics: Metrics

    @classmethod
    def of(
        cls, items: Items, room: NumberRoom, left: float, right: float, measure: Measure, metrics: Metrics
    ) -> _Placer:
        free_lo, free_hi = np.full(len(items), left), np.full(len(items), right)
        if len(items):
            same_row = items["y"][1:] == items["y"][:-1]
            free_lo[1:][same_row] = room.hi[:-1][same_row]
            free_hi[:-1][same_row] = room.lo[1:][same_row]
        signed = items["disputed"] | items["rival"]
        signs = np.where(signed, metrics.sign, 0.0) + room.after
        return cls(
            items, signed, room.after, signs, room.own_lo, room.own_hi, free_lo, free_hi, measure, metrics
        )

    def candidates(self, first: NDArray[np.bool_], never: NDArray[np.bool_], most: int) -> list[int]:
        """Return the items that may get a label, the `first` before at most so many others with most room."""
        room = np.maximum(self.free_hi - self.hi, self.lo - self.free_lo)
        room = np.maximum(room, self.hi - self.lo) - 2 * self.metrics.label_gap
        least = np.where(self.items["slim"], self.metrics.label_slim, 0.0)
        others = np.flatnonzero((room > least) & ~first & ~never)
        if len(others) > most:
            others = np.sort(others[np.argsort(-room[others], kind="stable")[:most]])
        return [*np.flatnonzero(first).tolist(), *others.tolist()]

    def place(self, at: int, text: str, *, selected: bool) -> Label | None:
        """Return the label of an item where it fits best, and take that place.

        A selected one, which comes first, leaves the title to its left some room: to select an event must not
        wipe out what is written beside another.
        """
        if not text:
            return None
        role = "strong" if selected else "label"
        width = self.measure(text, role)
        least = min(width, self.metrics.label_slim if self.items["slim"][at] else self.metrics.label_least)
        rooms = {"right": self._room_right(at), "left": self._room_left(at), "over": self._room_over(at)}
        if selected and self._same_row(at, at - 1):
            rooms["left"] -= self.metrics.label_least + self.metrics.label_apart
        for side in rooms:
            if width <= rooms[side]:
                return self._taken(at, side, text, width)
        side = max(rooms, key=lambda each: rooms[each])
        if selected and rooms["right"] >= _LEGIBLE * least:
            side = "right"
        if rooms[side] < least:
            return None
        # Whole pixels: the fractions that differ from frame to frame must not change a title, nor cost a search.
        cut = elide(text, math.floor(rooms[side]), self.measure, role)
        return self._taken(at, side, cut, self.measure(cut, role)) if cut else None

    def _room_right(self, at: int) -> float:
        return float(self.free_hi[at] - self.hi[at] - self.signs[at]) - 2 * self.metrics.label_gap

    def _room_left(self, at: int) -> float:
        return float(self.lo[at] - self.free_lo[at] - self.signs[at]) - 2 * self.metrics.label_gap

    def _room_over(self, at: int) -> float:
        end = float(min(self.hi[at], self.free_hi[at]) - self.signs[at])
        return end - self._over_from(at) - self.metrics.label_gap

    def _over_from(self, at: int) -> float:
        mark = float(self.items["mark"][at])
        inside = float(max(self.lo[at], self.free_lo[at]))
        start = inside if math.isnan(mark) else mark + float(self.items["size"][at]) / 2
        return start + self.metrics.label_gap

    def _taken(self, at: int, side: str, text: str, width: float) -> Label:
        taken = width + float(self.signs[at])
        apart = self.metrics.label_apart - self.metrics.label_gap
        if side == "right":
            x = float(self.hi[at]) + self.metrics.label_gap
            if self._same_row(at, at + 1):
                self.free_lo[at + 1] = x + taken + apart
        elif side == "left":
            x = float(self.lo[at]) - self.metrics.label_gap - taken
            if self._same_row(at, at - 1):
                self.free_hi[at - 1] = x - apart
        else:
            x = self._over_from(at)
        event, y = int(self.items["event"][at]), float(self.items["y"][at])
        return Label(event, x, y, width, text, side, float(self.noted[at]))

    def _same_row(self, at: int, other: int) -> bool:
        ys = self.items["y"]
        return 0 <= other < len(ys) and bool(ys[at] == ys[other])
