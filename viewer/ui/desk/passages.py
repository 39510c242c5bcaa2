"""The quoted passages of a text: which lie where, and how those that overlap are told apart."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from viewer.ui.desk.records import DeskPassage

MOST_DRAWN = 60
"""How many passages are drawn on one piece of the text; nobody can tell more apart."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Passages of one span that look alike, drawn as one. `level` counts overlapping marks from below."""

    first: int
    last: int
    colour: str
    stance: str
    retracted: bool
    level: int
    events: frozenset[int]


class Passages:
    """The passages of one text that still stand in it."""

    def __init__(self, passages: Iterable[DeskPassage]) -> None:
        placed = [(passage.span, passage) for passage in passages if passage.span is not None]
        self._placed = sorted(placed, key=lambda each: each[0])
        self._marks = _marks([passage for _, passage in self._placed])
        self._starts = [mark.first for mark in self._marks]
        self._reach = list(accumulate((mark.last for mark in self._marks), max))
        self._passage_starts = [span[0] for span, _ in self._placed]
        self._passage_reach = list(accumulate((span[1] for span, _ in self._placed), max))

    def __len__(self) -> int:
        return len(self._placed)

    def marks(self, first: int, last: int) -> list[Mark]:
        """Return the marks that touch a span of the text, in its order, at most MOST_DRAWN."""
        found: list[Mark] = []
        for place in range(bisect_left(self._starts, last) - 1, -1, -1):
            if self._reach[place] <= first or len(found) >= MOST_DRAWN:
                break
            if self._marks[place].last > first:
                found.append(self._marks[place])
        return found[::-1]

    def at(self, place: int) -> list[DeskPassage]:
        """Return the passages that hold a place, the shortest first."""
        found: list[tuple[int, DeskPassage]] = []
        for number in range(bisect_left(self._passage_starts, place + 1) - 1, -1, -1):
            if self._passage_reach[number] <= place:
                break
            (start, end), passage = self._placed[number]
            if end > place:
                found.append((end - start, passage))
        return [passage for _, passage in sorted(found, key=lambda each: each[0])]

    def events_at(self, place: int) -> tuple[int, ...]:
        """Return the events quoted at a place, the one with the shortest passage first."""
        return tuple(dict.fromkeys(passage.event_id for passage in self.at(place)))

    def spans_of(self, event: int) -> list[tuple[int, int]]:
        """Return where an event is quoted, in the order of the text."""
        return [span for span, passage in self._placed if passage.event_id == event]

    def next_from(self, place: int, by: int) -> tuple[int, int] | None:
        """Return the span of the next passage behind a place (1) or before it (-1)."""
        starts = self._passage_starts
        number = bisect_left(starts, place + 1) if by > 0 else bisect_left(starts, place) - 1
        return self._placed[number][0] if 0 <= number < len(starts) else None


def _marks(passages: Sequence[DeskPassage]) -> list[Mark]:
    alike: dict[tuple[tuple[int, int], str, str, bool], set[int]] = {}
    for passage in passages:
        if passage.span is not None:
            key = (passage.span, passage.colour, passage.stance, passage.retracted)
            alike.setdefault(key, set()).add(passage.event_id)
    marks: list[Mark] = []
    ends: list[int] = []  # of the last mark on each level
    for (span, colour, stance, retracted), events in alike.items():
        free = (level for level, end in enumerate(ends[:MOST_DRAWN]) if end <= span[0])
        level = next(free, min(len(ends), MOST_DRAWN))
        ends[level : level + 1] = [span[1]]
        marks.append(Mark(*span, colour, stance, retracted, level, frozenset(events)))
    return marks
