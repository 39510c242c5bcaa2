"""The panel around a provenance graph: whose it is, how it counts, a picture of it, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Signal
from PySide6.QtWidgets import QWidget

from viewer.domain.provenance import standing
from viewer.frozen import dataclass
from viewer.graphs.drawing import drawn_graph
from viewer.graphs.scene import Graph
from viewer.graphs.words import GraphWords
from viewer.ui.graph_painter import paint_graph
from viewer.ui.graph_view import ProvenanceGraph
from viewer.ui.inspector.wording import standing_words
from viewer.ui.measures import text_width
from viewer.ui.picture_files import FOOTER, paint_footer
from viewer.ui.picture_panel import PicturePanel
from viewer.ui.text import one_line
from viewer.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from viewer.domain.context import Context
    from viewer.domain.records import Event, Kind
    from viewer.ui.theme import Theme

_MARGIN = 16
_PICTURE_SCALE = 2.0
_LEAST_WIDTH = 480.0


@dataclass(frozen=True, slots=True)
class GraphPicture:
    """A graph with its footer, to be written to a file."""

    graph: Graph
    kinds: tuple[Kind | None, Kind | None]
    title: str
    facts: str
    theme: Theme

    @property
    def width(self) -> float:
        """Logical pixels."""
        words = text_width(self.facts, "small") + text_width(one_line(self.title), "heading") + 4 * _MARGIN
        return max(self.graph.width, min(words, 2 * _LEAST_WIDTH), _LEAST_WIDTH)

    @property
    def height(self) -> float:
        """Logical pixels."""
        return self.graph.height + FOOTER

    def paint(self, painter: QPainter, *, for_print: bool) -> None:
        """Draw the graph in its own size, and the footer."""
        painter.fillRect(QRectF(0, 0, self.width, self.height), self.theme.colour("canvas"))
        place = QRectF(0, 0, self.width, self.graph.height)
        paint_graph(painter, place, self.graph, self.theme, kinds=self.kinds, for_print=for_print)
        paint_footer(painter, self, self.facts, for_print=for_print)


class GraphPanel(PicturePanel):
    """The provenance of one event.

    `source_chosen(uid)`, `claim_chosen(uid)`, `statement_chosen(uid)` as in the graph; `closed` and
    `picture_requested` as in each panel of a picture.
    """

    source_chosen = Signal(str)
    claim_chosen = Signal(str)
    statement_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("graph", self.tr("Provenance"), parent)
        self.graph = ProvenanceGraph()
        self.graph.setObjectName("provenance_graph")
        self.graph.source_chosen.connect(self.source_chosen)
        self.graph.claim_chosen.connect(self.claim_chosen)
        self.graph.statement_chosen.connect(self.statement_chosen)
        self._kinds: tuple[Kind | None, Kind | None] = (None, None)
        self._facts = ""
        self.add_tool("fit", self.tr("Show all (0)"), self.graph.fit)
        self.set_body(self.graph)

    def show_event(self, event: Event | None, *, context: Context, kinds: Sequence[Kind] = ()) -> None:
        """Show who says an event; `kinds` are those of the document. None empties the panel."""
        if event is None:
            self._facts = ""
            self.set_title("")
            self.graph.set_graph(Graph(), (None, None))
            return
        found = {kind.name: kind for kind in kinds}
        self._kinds = (found.get(event.kind), found.get("statement"))
        self._facts = standing_words(standing(event, context))
        self.set_title(event.title)
        graph = drawn_graph(event, context, measure=text_width, words=graph_words(), note=self._facts)
        self.graph.set_graph(graph, self._kinds)

    def picture(self) -> GraphPicture:
        """Return the whole graph in its own size."""
        return GraphPicture(self.graph.graph(), self._kinds, self.title(), self._facts, theme())


def graph_words() -> GraphWords:
    """Return what a graph says, in the language of the application."""
    say = QCoreApplication.translate
    return GraphWords(
        origins=say("Graph", "Origins"),
        hops=say("Graph", "Hops"),
        sources=say("Graph", "Sources"),
        claims=say("Graph", "Claims"),
        event=say("Graph", "Event"),
        unrecorded=say("Graph", "origin not recorded"),
        missing=say("Graph", "missing source"),
        copied=say("Graph", "copied by"),
        skipped=say("Graph", "… {count} more hops"),
        more_reports=say("Graph", "… and {count} more reports"),
        more_claims=say("Graph", "… and {count} more claims"),
        supports=say("Graph", "supports"),
        disputes=say("Graph", "disputes"),
        mentions=say("Graph", "mentions"),
        several=say("Graph", "{manner} × {count}"),
        retracted=say("Graph", "retracted"),
        one_origin=say("Graph", "count as one origin: {names}"),
    )
