"""A provenance graph in pixels: plain values, bounded in number, from who said it first to the event.

`drawn_graph` computes a Graph, a painter draws it, a pointer is looked up in it. Coordinates are logical pixels
from the graph's own top left corner.
"""

from __future__ import annotations

from dataclasses import field

from viewer.frozen import dataclass

Curve = tuple[tuple[float, float], ...]
"""A chain of cubic curves: the first point, then two control points and a point for each part."""


@dataclass(frozen=True, slots=True)
class Node:
    """Something in the graph.

    `role`: "actor", "statement", "source", "claim" (the claims of one source that say it in one manner),
    "event", or "rest" (claims for which there was no room). `uid` is that of a source, a statement or the event.
    `counted`: one of the independent origins. `struck`: all its claims are retracted. `manner` is the stance of
    a claim. `text` and `note` are whole, `lines` are what fits.
    """

    key: str
    role: str
    text: str
    note: str = ""
    hint: str = ""
    uid: str | None = None
    claims: tuple[str, ...] = ()
    counted: bool = False
    anonymous: bool = False
    struck: bool = False
    manner: str = ""
    lines: tuple[str, ...] = ()
    x: float = 0.0
    y: float = 0.0
    width: float = 0.0
    height: float = 0.0

    @property
    def middle(self) -> float:
        """The height of its centre."""
        return self.y + self.height / 2

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point lies in it."""
        return self.x <= x <= self.x + self.width and self.y <= y <= self.y + self.height


@dataclass(frozen=True, slots=True)
class Line:
    """From one node to another, by key, with its verb; `manner` is that of its claims, or "retracted".

    `derived`: from an original to its copy. `label` is as much of the verb as fits, from `label_x` on, centred on
    `label_y`; it is empty where another line says the same word, or where there is no room.
    """

    start: str
    end: str
    verb: str = ""
    claims: tuple[str, ...] = ()
    derived: bool = False
    manner: str = "supports"
    curve: Curve = ()
    label: str = ""
    label_x: float = 0.0
    label_y: float = 0.0
    label_width: float = 0.0


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands in the columns from `x` on; `y` is its centre."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, slots=True)
class Graph:
    """Nodes in the order in which the keyboard goes through them, column by column."""

    width: float = 0.0
    height: float = 0.0
    headings: tuple[Heading, ...] = ()
    nodes: tuple[Node, ...] = ()
    lines: tuple[Line, ...] = ()
    gathered: tuple[str, ...] = field(default=())

    def node(self, key: str | None) -> Node | None:
        """Return a node by its key."""
        return next((node for node in self.nodes if node.key == key), None)

    def node_at(self, x: float, y: float) -> Node | None:
        """Return the node at a point."""
        return next((node for node in self.nodes if node.holds(x, y)), None)
