"""The provenance of one event as a graph to look into: pan, zoom, follow a claim, open its source.

The pointer and the keyboard both light up the claims that go through a node, from their origin to the event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolTip, QWidget

from viewer.graphs.scene import Graph
from viewer.ui.graph_painter import Lit, paint_graph
from viewer.ui.guard import guard
from viewer.ui.pointer import WHEEL_CLICK, WHEEL_PIXELS, WHEEL_ZOOM
from viewer.ui.text import plain_tooltip
from viewer.ui.theme import theme, themes

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from viewer.domain.records import Kind
    from viewer.graphs.scene import Node

_CLOSEST, _FARTHEST = 3.0, 0.15
_LEGIBLE = 0.7
_KEPT = 80.0
_AROUND = 32.0
_STEP = 1.25
_BY_TAB = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)


class ProvenanceGraph(QWidget):
    """A graph of claims. `source_chosen(uid)`, `claim_chosen(uid)`; `statement_chosen(uid)`: of an event.

    A click on several claims chooses one after the other.
    """

    source_chosen = Signal(str)
    claim_chosen = Signal(str)
    statement_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._graph = Graph()
        self._kinds: tuple[Kind | None, Kind | None] = (None, None)
        self._zoom, self._offset, self._fitted = 1.0, QPointF(), True
        self._hovered: str | None = None
        self._focused: str | None = None
        self._press: tuple[QPointF, QPointF] | None = None
        self._dragging = False
        self._turns: dict[str, int] = {}
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Provenance"))
        themes().changed.connect(self.update)

    def set_graph(self, graph: Graph, kinds: tuple[Kind | None, Kind | None]) -> None:
        """Show a graph; `kinds` are that of its event and that of statements. The same event keeps its place."""
        same = _event_of(graph) == _event_of(self._graph)
        kept = graph.node(self._focused) if same else None
        self._graph, self._kinds = graph, kinds
        self._hovered, self._turns = None, {}
        if self._fitted or not same:
            self.fit()
        self._focus(None if kept is None else kept.key)

    def graph(self) -> Graph:
        """Return what is shown."""
        return self._graph

    def focused(self) -> Node | None:
        """Return the node that has the keyboard."""
        return self._graph.node(self._focused)

    def rectangle_of(self, key: str) -> QRectF | None:
        """Return where a node lies in the widget, or None when it is not in the graph."""
        node = self._graph.node(key)
        if node is None:
            return None
        corner = self._offset + QPointF(node.x, node.y) * self._zoom
        return QRectF(corner.x(), corner.y(), node.width * self._zoom, node.height * self._zoom)

    def fit(self) -> None:
        """Show all of the graph, or as much as can still be read."""
        self._fitted = True
        room = QPointF(
            self.width() / max(self._graph.width, 1.0), self.height() / max(self._graph.height, 1.0)
        )
        self._zoom = min(1.0, max(_LEGIBLE, min(room.x(), room.y())))
        free = QPointF(
            self.width() - self._graph.width * self._zoom, self.height() - self._graph.height * self._zoom
        )
        self._offset = QPointF(max(0.0, free.x() / 2), max(0.0, free.y() / 2))
        self.update()

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Come `factor` times closer; what lies at a point, or else in the middle, stays there."""
        fixed = QPointF(self.width() / 2, self.height() / 2) if at is None else at
        zoom = min(max(self._zoom * factor, _FARTHEST), _CLOSEST)
        self._move(fixed + (self._offset - fixed) * (zoom / self._zoom), zoom)

    def pan_by(self, pixels: QPointF) -> None:
        """Move the graph."""
        self._move(self._offset + pixels, self._zoom)

    def choose(self, node: Node) -> None:
        """Tell which source, claim or statement a node stands for; several claims take turns."""
        self._focus(node.key)
        if node.role == "source" and node.uid is not None:
            self.source_chosen.emit(node.uid)
        elif node.role == "statement" and node.uid is not None:
            self.statement_chosen.emit(node.uid)
        elif node.role in ("claim", "rest"):
            turn = self._turns.get(node.key, 0)
            self._turns[node.key] = turn + 1
            self.claim_chosen.emit(node.claims[turn % len(node.claims)])

    def _move(self, offset: QPointF, zoom: float) -> None:
        """Show another part, some of the graph always in sight."""
        self._fitted = False
        wide, high = self._graph.width * zoom, self._graph.height * zoom
        x = min(max(offset.x(), _KEPT - wide), self.width() - _KEPT)
        y = min(max(offset.y(), _KEPT - high), self.height() - _KEPT)
        self._offset, self._zoom = QPointF(x, y), zoom
        self.update()

    def _at(self, point: QPointF) -> Node | None:
        place = (point - self._offset) / self._zoom
        return self._graph.node_at(place.x(), place.y())

    def _focus(self, key: str | None) -> None:
        """Give a node the keyboard, and bring it into view."""
        self._focused = key
        node = self.focused()
        self.setAccessibleDescription("" if node is None else self._said(node))
        around = None if key is None else self.rectangle_of(key)
        if around is not None and not self.rect().contains(around.toAlignedRect()):
            room = QRectF(self.rect()).adjusted(_AROUND, _AROUND, -_AROUND, -_AROUND)
            x = max(room.left() - around.left(), 0.0) or min(room.right() - around.right(), 0.0)
            y = max(room.top() - around.top(), 0.0) or min(room.bottom() - around.bottom(), 0.0)
            self.pan_by(QPointF(x, y))
        self.update()

    def _said(self, node: Node) -> str:
        """Return all that a node says, a line for each."""
        count = len(node.claims)
        claims = self.tr("1 claim") if count == 1 else self.tr("{count} claims").format(count=f"{count:,}")
        unnamed = self.tr("anonymous, counts as no origin") if node.anonymous and node.role == "actor" else ""
        origin = self.tr("counts as an origin") if node.counted else ""
        struck = self.tr("retracted") if node.struck else ""
        lines = (node.text, node.note, node.hint, unnamed, origin, struck, claims)
        return "\n".join(dict.fromkeys(line for text in lines for line in text.split("\n") if line))

    def _step(self, way: int) -> bool:
        """Move the keyboard to the next node or the one before; False at the ends."""
        keys = [node.key for node in self._graph.nodes]
        if self._focused in keys:
            place = keys.index(self._focused) + way
        else:
            place = 0 if way > 0 else len(keys) - 1
        if not 0 <= place < len(keys):
            return False
        self._focus(keys[place])
        return True

    def _follow(self, forward: bool) -> None:
        """Move the keyboard along a line, to the nearest height."""
        node = self.focused()
        if node is None:
            self._step(1 if forward else -1)
            return
        ends = {line.end for line in self._graph.lines if line.start == node.key}
        starts = {line.start for line in self._graph.lines if line.end == node.key}
        beside = [other for other in self._graph.nodes if other.key in (ends if forward else starts)]
        if beside:
            self._focus(min(beside, key=lambda other: abs(other.middle - node.middle)).key)

    def _obey(self, key: int) -> bool:
        node = self.focused()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and node is not None:
            self.choose(node)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._follow(key == Qt.Key.Key_Right)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_by(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom_by(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        else:
            return False
        return True

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme().colour("canvas"))
            size = QPointF(self._graph.width, self._graph.height) * self._zoom
            place = QRectF(self._offset.x(), self._offset.y(), size.x(), size.y())
            if not self._graph.nodes:
                painter.setPen(theme().colour("muted"))
                painter.drawText(
                    self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Select an event to see who says so.")
                )
            lit = Lit(self._hovered, self._focused)
            paint_graph(painter, place, self._graph, theme(), kinds=self._kinds, lit=lit)
            if self.hasFocus() and self._focused is None:
                painter.setPen(QPen(theme().colour("accent"), 2.0))
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    @guard()
    def resizeEvent(self, _event: QResizeEvent) -> None:
        if self._fitted:
            self.fit()

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._press = (event.position(), self._offset)

    @guard()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            node = self._at(event.position())
            self._hovered = None if node is None else node.key
            acts = node is not None and node.role not in ("actor", "event")
            self.setCursor(Qt.CursorShape.PointingHandCursor if acts else Qt.CursorShape.ArrowCursor)
            self.update()
            return
        at, offset = self._press
        way = event.position() - at
        if self._dragging or way.manhattanLength() >= QApplication.startDragDistance():
            self._dragging = True
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._move(offset + way, self._zoom)

    @guard()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, dragged = self._press is not None, self._dragging
        self._press, self._dragging = None, False
        self.unsetCursor()
        if not pressed or dragged:
            return
        node = self._at(event.position())
        if node is None:
            self._focus(None)
        else:
            self.choose(node)

    @guard()
    def leaveEvent(self, _event: QEvent) -> None:
        self._hovered = None
        self.update()

    @guard()
    def wheelEvent(self, event: QWheelEvent) -> None:
        turn = QPointF(event.angleDelta()) / WHEEL_CLICK
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(WHEEL_ZOOM ** turn.y(), event.position())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pan_by(QPointF(turn.y() or turn.x(), 0) * WHEEL_PIXELS)
        else:
            self.pan_by(turn * WHEEL_PIXELS)
        event.accept()

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._obey(event.key()):
            super().keyPressEvent(event)

    @guard()
    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in _BY_TAB:
            self._focused = None
            self._step(1 if event.reason() is Qt.FocusReason.TabFocusReason else -1)
        self.update()

    @guard()
    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self.update()

    @guard(default=False)
    def focusNextPrevChild(self, forward: bool) -> bool:
        if self._step(1 if forward else -1):
            return True
        self._focus(None)
        return super().focusNextPrevChild(forward)

    @guard(default=False)
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            node = self._at(QPointF(event.pos()))
            text = "" if node is None else plain_tooltip(self._said(node))
            area = QRectF() if node is None else self.rectangle_of(node.key) or QRectF()
            QToolTip.showText(event.globalPos(), text, self, area.toAlignedRect())
            return True
        return super().event(event)

    @guard(default=QSize(320, 160))
    def sizeHint(self) -> QSize:
        return QSize(720, 280)

    @guard(default=QSize(200, 120))
    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)


def _event_of(graph: Graph) -> str | None:
    return next((node.uid for node in graph.nodes if node.role == "event"), None)
