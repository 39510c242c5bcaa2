"""A web of provenance, placed: columns of origins, hops, sources and claims, the event at the right."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from viewer.frozen import dataclass
from viewer.graphs.layers import arranged, depths
from viewer.graphs.scene import Graph, Heading, Line, Node
from viewer.graphs.web import Web, provenance_web
from viewer.graphs.words import GraphWords
from viewer.timeline.elide import elide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from viewer.domain.context import Context
    from viewer.domain.records import Event
    from viewer.graphs.layers import Columns
    from viewer.graphs.scene import Curve
    from viewer.timeline.metrics import Measure

MARGIN = 24.0
"""Around the graph, in logical pixels."""
PADDING = 12.0
"""From the edge of a node to what is written in it."""
MARK_ROOM = 20.0
"""From there to the title of a statement or of the event, for the mark of its kind."""

_HEADING = 34.0
_BETWEEN = 14.0
_CURVE = 48.0
_LEAD = 10.0
_LABEL_MOST = 110.0


@dataclass(frozen=True, slots=True)
class _Look:
    """How large nodes of a role are, and in which fonts their lines are set."""

    height: float
    widest: float
    roles: tuple[str, ...]
    beside: float = 2 * PADDING
    """Pixels of the width that are not for words."""


_LOOKS = {
    "actor": _Look(28, 220, ("small",)),
    "statement": _Look(28, 240, ("small",), 2 * PADDING + MARK_ROOM),
    "source": _Look(48, 260, ("label", "small")),
    "claim": _Look(22, 140, ("small",), 18),
    "rest": _Look(30, 260, ("small",)),
    "event": _Look(52, 300, ("strong", "small"), 2 * PADDING + MARK_ROOM),
}


@dataclass(frozen=True, slots=True)
class _Room:
    """The pixels between a column and the next: for words at either end, and for the curves between."""

    start: float
    end: float

    @property
    def width(self) -> float:
        """Pixels in all."""
        return self.start + _CURVE + self.end


@dataclass(frozen=True, slots=True)
class _Label:
    """A verb as far as it fits, at the start of its line or at its end."""

    text: str
    width: float
    at_end: bool


def drawn_graph(
    event: Event, context: Context, *, measure: Measure, words: GraphWords | None = None, note: str = ""
) -> Graph:
    """Return the provenance of an event as a graph; `note` stands below the event's title."""
    said = words or GraphWords()
    return _Drawing(provenance_web(event, context, said, note=note), measure, said).graph()


class _Drawing:
    def __init__(self, web: Web, measure: Measure, words: GraphWords) -> None:
        self._web = web
        self._measure = measure
        self._words = words
        self._column = _columns(web)
        self._nodes = self._sized()
        self._labels = self._labelled()
        self._rooms = self._roomy()
        self._spans = self._spanned()

    def graph(self) -> Graph:
        """Return the finished graph."""
        heights = {key: node.height for key, node in self._nodes.items()}
        pairs = [(line.start, line.end) for line in self._web.lines]
        found = arranged(heights, self._column, pairs, _BETWEEN)
        sink = MARGIN + _HEADING - min(found.middles[key] - height / 2 for key, height in heights.items())
        nodes = {key: self._placed(node, found.middles[key] + sink) for key, node in self._nodes.items()}
        return Graph(
            width=self._spans[-1][1] + MARGIN,
            height=max(node.y + node.height for node in nodes.values()) + MARGIN,
            headings=tuple(self._headings()),
            nodes=tuple(sorted(nodes.values(), key=lambda node: (self._column[node.key], node.y))),
            lines=tuple(self._drawn(line, nodes, found, sink) for line in self._web.lines),
            gathered=self._web.gathered,
        )

    def _sized(self) -> dict[str, Node]:
        """Return the nodes with what of their words fits; the cards of one column are equally wide."""
        nodes = {key: self._cut(node) for key, node in self._web.nodes.items()}
        widest: defaultdict[int, float] = defaultdict(float)
        for key, node in nodes.items():
            if node.role == "source":
                widest[self._column[key]] = max(widest[self._column[key]], node.width)
        return {
            key: replace(node, width=widest[self._column[key]]) if node.role == "source" else node
            for key, node in nodes.items()
        }

    def _cut(self, node: Node) -> Node:
        look = _LOOKS[node.role]
        said = list(zip((text for text in (node.text, node.note) if text), look.roles, strict=False))
        room = look.widest - look.beside
        lines = [(elide(" ".join(text.split()), room, self._measure, role), role) for text, role in said]
        words = max((self._measure(line, role) for line, role in lines), default=0.0)
        shown = tuple(line for line, _ in lines)
        return replace(node, lines=shown, width=words + look.beside, height=look.height)

    def _labelled(self) -> dict[tuple[str, str], _Label]:
        """Return the verbs that are written: once where all lines of a node share it, else where it is clear."""
        ahead = [line for line in self._web.lines if self._column[line.start] < self._column[line.end]]
        leaving, coming = _verbs(ahead, "start"), _verbs(ahead, "end")
        found: dict[tuple[str, str], _Label] = {}
        written: set[tuple[bool, str]] = set()
        for line in ahead:
            at_end = len(leaving[line.start]) > 1
            once = (at_end, line.end if at_end else line.start)
            if not line.verb or once in written or (at_end and len(coming[line.end]) > 1):
                continue
            written.add(once)
            text = elide(" ".join(line.verb.split()), _LABEL_MOST, self._measure, "small")
            found[line.start, line.end] = _Label(text, self._measure(text, "small"), at_end)
        return found

    def _roomy(self) -> list[_Room]:
        """Return the room after each column but the last."""
        rooms = [_Room(_LEAD, _LEAD) for _ in range(max(self._column.values()))]
        for (start, end), label in self._labels.items():
            taken = label.width + 2 * _LEAD
            if label.at_end:
                room = rooms[self._column[end] - 1]
                rooms[self._column[end] - 1] = replace(room, end=max(room.end, taken))
            else:
                room = rooms[self._column[start]]
                rooms[self._column[start]] = replace(room, start=max(room.start, taken))
        return rooms

    def _spanned(self) -> list[tuple[float, float]]:
        """Return the left and the right edge of each column."""
        widths = [0.0] * (max(self._column.values()) + 1)
        for key, node in self._nodes.items():
            widths[self._column[key]] = max(widths[self._column[key]], node.width)
        steps = (width + room.width for width, room in zip(widths, self._rooms, strict=False))
        return [(x, x + width) for x, width in zip(accumulate(steps, initial=MARGIN), widths, strict=True)]

    def _placed(self, node: Node, middle: float) -> Node:
        left, right = self._spans[self._column[node.key]]
        x = left + (right - left - node.width) / 2 if node.role == "claim" else left
        return replace(node, x=x, y=middle - node.height / 2)

    def _drawn(self, line: Line, nodes: Mapping[str, Node], found: Columns, sink: float) -> Line:
        start, end = nodes[line.start], nodes[line.end]
        way = found.ways.get((line.start, line.end))
        if way is None:
            return replace(line, curve=_back(start, end))
        curve = self._curve(start, end, [found.middles[joint] + sink for joint in way])
        label = self._labels.get((line.start, line.end))
        if label is None:
            return replace(line, curve=curve)
        left, right = self._spans[self._column[line.end]][0], self._spans[self._column[line.start]][1]
        x = left - label.width - _LEAD if label.at_end else right + _LEAD
        y = end.middle if label.at_end else start.middle
        return replace(line, curve=curve, label=label.text, label_x=x, label_y=y, label_width=label.width)

    def _curve(self, start: Node, end: Node, heights: list[float]) -> Curve:
        """Return the way through the columns: level beside them, where words stand, and bent in between."""
        points = [(start.x + start.width, heights[0])]
        for column, (y, then) in enumerate(pairwise(heights), self._column[start.key]):
            left, right = self._spans[column][1] + self._rooms[column].start, self._spans[column + 1][0]
            points += _level(points[-1], left)
            right -= self._rooms[column].end
            points += [((left + right) / 2, y), ((left + right) / 2, then), (right, then)]
        return tuple(points + _level(points[-1], end.x))

    def _headings(self) -> Iterator[Heading]:
        """Yield what the columns hold, above the first column of each sort."""
        names = {
            "actor": (self._words.origins, self._words.hops),
            "statement": (self._words.origins, self._words.hops),
            "source": (self._words.sources,) * 2,
            "rest": (self._words.sources,) * 2,
            "claim": (self._words.claims,) * 2,
            "event": (self._words.event,) * 2,
        }
        said = set()
        for key, column in sorted(self._column.items(), key=lambda item: item[1]):
            text = names[self._nodes[key].role][column > 0]
            if text not in said:
                said.add(text)
                yield Heading(self._spans[column][0], MARGIN + 6, text)


def _columns(web: Web) -> dict[str, int]:
    """Return the column of each node: who said it, sources from original to copy, claims, the event."""
    pairs = [(line.start, line.end) for line in web.lines]
    found: dict[str, int] = {}
    for roles in (("actor", "statement"), ("source",), ("claim",), ("event",)):
        first = max(found.values(), default=-1) + 1
        keys = [key for key, node in web.nodes.items() if node.role in roles]
        found |= {key: first + depth for key, depth in depths(keys, pairs).items()}
    last = max((found[key] for key, node in web.nodes.items() if node.role == "claim"), default=0)
    rest = {key: max(last - 1, 0) for key, node in web.nodes.items() if node.role == "rest"}
    return found | rest


def _verbs(lines: list[Line], side: str) -> Mapping[str, set[str]]:
    """Return the different verbs of the lines at each node, at one "start" or "end" of them."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for line in lines:
        found[getattr(line, side)].add(line.verb)
    return found


def _level(start: tuple[float, float], x: float) -> list[tuple[float, float]]:
    """Return a straight part to `x`, as a curve."""
    from_x, y = start
    return [(from_x + (x - from_x) / 3, y), (from_x + (x - from_x) * 2 / 3, y), (x, y)]


def _back(start: Node, end: Node) -> Curve:
    """Return the bow of a line that closes a circle, below both of its ends."""
    first = (start.x + start.width / 2, start.y + start.height)
    last = (end.x + end.width / 2, end.y + end.height)
    low = max(first[1], last[1]) + _BETWEEN
    return (first, (first[0], low), (last[0], low), last)
