"""The painter of provenance graphs: a Graph becomes strokes, on screen, in pictures and on paper alike.

Pills are those of the inspector's chain: who counts as an origin stands on the accent's ground, who is not named
in a hollow pill. What disputes is amber; what was retracted is struck.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPolygonF

from viewer.frozen import dataclass
from viewer.graphs.drawing import MARK_ROOM, PADDING
from viewer.ui.measures import baseline, font
from viewer.ui.painter_ink import ink_for, mixed, thinned
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from viewer.domain.records import Kind
    from viewer.graphs.scene import Graph, Line, Node
    from viewer.ui.painter_ink import Ink
    from viewer.ui.theme import Theme

_DASHES = {"derived": [4.0, 3.0], "mentions": [1.5, 2.5], "retracted": [3.0, 3.0]}
_ARROW = 6.0
_RING = 3.0
_MARK = 12.0
_LINE = 16.0


@dataclass(frozen=True, slots=True)
class Lit:
    """What stands out: the node under the pointer, and the one that has the keyboard."""

    hovered: str | None = None
    focused: str | None = None


def paint_graph(
    painter: QPainter,
    rect: QRectF,
    graph: Graph,
    theme: Theme,
    *,
    kinds: tuple[Kind | None, Kind | None] = (None, None),
    lit: Lit | None = None,
    for_print: bool = False,
) -> None:
    """Paint a graph into a rectangle, as large as fits, in the middle of it.

    `kinds` are that of the event and that of statements; `for_print` is for vectors: no pixels, no transparency.
    """
    if not graph.nodes:
        return
    scale = min(rect.width() / graph.width, rect.height() / graph.height)
    painter.save()
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.translate(rect.center() - QPointF(graph.width, graph.height) * (scale / 2))
    painter.scale(scale, scale)
    ink = ink_for(
        painter, theme, [kind for kind in kinds if kind is not None], for_print=for_print or scale != 1
    )
    _Strokes(ink, graph, kinds, lit or Lit()).paint()
    painter.restore()


class _Strokes:
    def __init__(self, ink: Ink, graph: Graph, kinds: tuple[Kind | None, Kind | None], lit: Lit) -> None:
        self._ink = ink
        self._graph = graph
        self._kinds = kinds
        self._lit = lit
        at = graph.node(lit.focused) or graph.node(lit.hovered)
        self._followed = frozenset() if at is None or at.role == "event" else frozenset(at.claims)

    def paint(self) -> None:
        """Paint headings, lines, their verbs, nodes."""
        for heading in self._graph.headings:
            self._ink.text(heading.x, heading.y, heading.text, "small", "muted")
        calm = [line for line in self._graph.lines if not self._is_followed(line)]
        followed = [line for line in self._graph.lines if self._is_followed(line)]
        for line in (*calm, *followed):
            self._line(line)
        for line in self._graph.lines:
            if line.label:
                self._verb(line)
        for node in self._graph.nodes:
            self._node(node)

    def _is_followed(self, line: Line) -> bool:
        return not self._followed.isdisjoint(line.claims)

    def _thin(self, token: str, alpha: float) -> QColor:
        return mixed(thinned(self._ink.theme.colour(token), alpha), self._ink.theme.colour("canvas"))

    def _line(self, line: Line) -> None:
        followed = self._is_followed(line)
        colour = self._thin(
            "warning" if line.manner == "disputes" else "muted", 0.55 if line.manner != "retracted" else 0.4
        )
        if followed:
            colour = self._ink.theme.colour("warning" if line.manner == "disputes" else "accent")
        pen = QPen(colour, 1.75 if followed else 1.25)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        dashes = _DASHES.get("derived" if line.derived else line.manner)
        if dashes:
            pen.setStyle(Qt.PenStyle.CustomDashLine)
            pen.setDashPattern(dashes)
        painter = self._ink.painter
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.strokePath(_path(line), pen)
        self._arrow(line, colour)

    def _arrow(self, line: Line, colour: QColor) -> None:
        end = self._graph.node(line.end)
        if end is None or end.role == "claim":
            return
        tip, before = QPointF(*line.curve[-1]), QPointF(*line.curve[-2])
        upright = abs(tip.x() - before.x()) < abs(tip.y() - before.y())
        along = QPointF(0, _ARROW if tip.y() > before.y() else -_ARROW) if upright else QPointF(_ARROW, 0)
        across = QPointF(along.y(), along.x()) * 0.55
        painter = self._ink.painter
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([tip, tip - along + across, tip - along - across]))

    def _verb(self, line: Line) -> None:
        theme = self._ink.theme
        ground = QRectF(line.label_x - 4, line.label_y - 8, line.label_width + 8, 16)
        self._ink.painter.fillRect(ground, theme.colour("canvas"))
        token = "accent" if self._is_followed(line) else "muted"
        self._ink.text(line.label_x, line.label_y, one_line(line.label), "small", token)

    def _node(self, node: Node) -> None:
        around = QRectF(node.x, node.y, node.width, node.height)
        ground, rim = self._dress(node)
        painter = self._ink.painter
        radius = 8.0 if node.role in ("source", "event") else node.height / 2
        if self._lit.focused == node.key:
            painter.setPen(QPen(self._ink.theme.colour("accent"), 2.0))
            painter.setBrush(self._ink.theme.colour("canvas"))
            painter.drawRoundedRect(
                around.adjusted(-_RING, -_RING, _RING, _RING), radius + _RING, radius + _RING
            )
        painter.setPen(rim)
        painter.setBrush(ground)
        painter.drawRoundedRect(around.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        self._words(node)

    def _dress(self, node: Node) -> tuple[QColor, QPen]:
        """Return the ground of a node and the pen of its rim."""
        theme = self._ink.theme
        ground, rim = theme.colour("panel"), QPen(theme.colour("line"), 1.0)
        if node.role == "claim":
            ground = theme.colour(
                "warning_ground" if node.manner == "disputes" and not node.struck else "canvas"
            )
            rim = QPen(ground, 1.0)
        elif node.role == "event" or (node.counted and not node.anonymous):
            ground = theme.colour("accent_ground")
            rim = QPen(ground, 1.0)
        elif node.anonymous or node.role == "rest":
            ground = theme.colour("canvas")
            rim = QPen(self._thin("muted", 0.6), 1.0, Qt.PenStyle.CustomDashLine)
            rim.setDashPattern([3.0, 2.5])
        if self._lit.hovered == node.key:
            rim = QPen(theme.colour("accent"), 1.0)
        return ground, rim

    def _words(self, node: Node) -> None:
        roles = {"source": ("label", "small"), "event": ("strong", "small")}.get(
            node.role, ("small", "small")
        )
        left = node.x + (9 if node.role == "claim" else PADDING)
        top = node.middle - (len(node.lines) - 1) * _LINE / 2 - (0.5 if len(node.lines) > 1 else 0)
        if node.role in ("statement", "event"):
            self._mark(node, left + _MARK / 2, top)
            left += MARK_ROOM
        for at, (text, role) in enumerate(zip(node.lines, roles, strict=False)):
            self._write(node, left, top + at * (_LINE + 2), text, role, second=at > 0)

    def _write(self, node: Node, x: float, middle: float, text: str, role: str, *, second: bool) -> None:
        face = QFont(font(role))
        face.setItalic(node.anonymous)
        face.setStrikeOut(node.struck)
        painter = self._ink.painter
        painter.setFont(face)
        painter.setPen(self._ink.theme.colour(_token(node, second=second)))
        painter.drawText(QPointF(x, self._ink.snapped(baseline(middle, role))), one_line(text))

    def _mark(self, node: Node, x: float, middle: float) -> None:
        kinds = [kind for kind in self._kinds if kind is not None]
        kind = self._kinds[0 if node.role == "event" else 1]
        if kind is not None:
            ground = self._ink.theme.colour(
                "accent_ground" if node.role == "event" or node.counted else "panel"
            )
            self._ink.mark(self._ink.kind(kinds.index(kind)), x, middle, ground, _MARK)


def _token(node: Node, *, second: bool) -> str:
    if node.role == "claim":
        return "warning" if node.manner == "disputes" and not node.struck else "muted"
    if second or node.anonymous or node.struck or node.role == "rest":
        return "muted"
    return "accent" if node.counted else "text"


def _path(line: Line) -> QPainterPath:
    first, *others = (QPointF(x, y) for x, y in line.curve)
    path = QPainterPath(first)
    for at in range(0, len(others), 3):
        path.cubicTo(*others[at : at + 3])
    return path
