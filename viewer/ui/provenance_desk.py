"""What lies below the timeline: the reading desk, the provenance of an event, the strength chart.

One of them is up at a time, or none; each is brought up to date from the document only while it is up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from viewer.ui.desk.desk import ReadingDesk
from viewer.ui.desk.records import DeskKind, DeskPassage, DeskSource, DeskTitle
from viewer.ui.graph_panel import GraphPanel
from viewer.ui.inspector.wording import date_words
from viewer.ui.list_rows import FewEvents
from viewer.ui.strength_panel import StrengthPanel
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.document import Document
    from viewer.domain.dates import FuzzyDate
    from viewer.domain.edits import Edit
    from viewer.domain.records import Event
    from viewer.timeline.scale import TimeScale
    from viewer.ui.list_rows import Order

_LEAST_HEIGHT = 160
_LONGEST = 120
_LETTERS = {"deployment": "D", "withdrawal": "W", "statement": "T"}


class ProvenanceDesk(QObject):
    """Owns the three pages in `pages`, a widget that hides itself when nothing is up.

    `event_chosen(id)`; `event_told(uid)`: the same, by uid; `claim_chosen(uid)`; `entry_requested(kind,
    Selection)`, `claim_requested(Selection)`; `text_wanted(source uid)`, `sources_wanted()`;
    `picture_requested(write)`; `changed()`: another page is up, or none.
    """

    event_chosen = Signal(int)
    event_told = Signal(str)
    claim_chosen = Signal(str)
    entry_requested = Signal(str, object)
    claim_requested = Signal(object)
    text_wanted = Signal(str)
    sources_wanted = Signal()
    picture_requested = Signal(object)
    changed = Signal()

    def __init__(self, document: Document, as_known: Callable[[Event], Event], parent: QWidget) -> None:
        super().__init__(parent)
        self._document = document
        self._as_known = as_known
        self._event: Event | None = None
        self._events: Order = FewEvents(())
        self.reading = ReadingDesk()
        self.graph = GraphPanel()
        self.strength = StrengthPanel()
        self.pages = QStackedWidget()
        self.pages.setMinimumHeight(_LEAST_HEIGHT)
        for page in (self.reading, self.graph, self.strength):
            self.pages.addWidget(page)
        self.pages.hide()
        self.reading.source_wanted.connect(self._read)
        self.reading.passage_chosen.connect(self.event_chosen)
        self.reading.entry_requested.connect(self.entry_requested)
        self.reading.claim_requested.connect(self.claim_requested)
        self.reading.text_wanted.connect(self.text_wanted)
        self.reading.sources_wanted.connect(self.sources_wanted)
        self.reading.closed.connect(self.put_away)
        self.graph.source_chosen.connect(self.read)
        self.graph.claim_chosen.connect(self.claim_chosen)
        self.graph.statement_chosen.connect(self.event_told)
        self.strength.event_chosen.connect(self.event_told)
        for panel in (self.graph, self.strength):
            panel.closed.connect(self.put_away)
            panel.picture_requested.connect(self.picture_requested)

    def toggle(self, page: QWidget) -> None:
        """Bring a page up, or put it away when it is."""
        if self.is_up(page):
            self.put_away()
        else:
            self._bring_up(page)

    def is_up(self, page: QWidget) -> bool:
        """Whether a page is to be seen."""
        return not self.pages.isHidden() and self.pages.currentWidget() is page

    def put_away(self) -> None:
        """Leave the room to the timeline."""
        self.pages.hide()
        self.changed.emit()

    def read(self, uid: str) -> None:
        """Bring the reading desk up on a source."""
        self._read(uid)
        self._bring_up(self.reading)

    def leaf_to(self, uid: str) -> None:
        """Go to another source where one is being read already; the keyboard stays where it is."""
        if self.is_up(self.reading):
            self._read(uid)

    def select(self, event: Event | None) -> None:
        """Follow the selection."""
        self._event = event
        self._fill()

    def show_events(self, events: Order) -> None:
        """Follow the filter and the day as known on which all is shown: the events let through, in their order."""
        self._events = events
        if self.is_up(self.strength):
            self._fill_strength()
        elif self.is_up(self.graph):
            self._fill()

    def set_scale(self, scale: TimeScale) -> None:
        """Follow the time in view."""
        self.strength.chart.set_scale(scale)

    def follow(self, _edit: Edit, _who: object = None) -> None:
        """Keep up with an edit of the document."""
        if self.is_up(self.reading):
            self._tell_sources()
            uid = self.reading.source_uid()
            if uid is not None:
                self._read(uid)
        elif self.is_up(self.strength):
            self._fill_strength()

    def _bring_up(self, page: QWidget) -> None:
        self.pages.setCurrentWidget(page)
        self.pages.show()
        if page is self.reading:
            self._tell_sources()
            self._read_something()
        elif page is self.strength:
            self._fill_strength()
        self._fill()
        focus = self.reading.page if page is self.reading else page
        focus.setFocus()
        self.changed.emit()

    def _read_something(self) -> None:
        """Open the first source where nothing says which one."""
        briefs = self._document.store.source_briefs()
        if briefs and self.reading.source_uid() is None and (self._event is None or not self._event.claims):
            self._read(briefs[0].uid)

    def _fill(self) -> None:
        """Show the selected event on the page that is up."""
        event = self._event
        if self.is_up(self.reading):
            if event is not None and event.claims and self._reads_another(event):
                self._read(event.claims[0].source)
            if event is None:
                self.reading.show_event(None)
            else:
                self.reading.show_event(event.id, one_line(event.title, _LONGEST))
        elif self.is_up(self.graph):
            known = None if event is None else self._as_known(event)
            context = self._document.provenance_context()
            self.graph.show_event(known, context=context, kinds=self._document.store.kinds())

    def _fill_strength(self) -> None:
        shown = self._events.ids(0, len(self._events)).tolist()
        ids = self._document.events_in_numbers(shown)
        events = [self._as_known(event) for event in self._document.store.events(ids)]
        self.strength.show_events(events, document_title=self._document.title)

    def _reads_another(self, event: Event) -> bool:
        """Whether what is read says nothing of an event that other sources speak of."""
        return self.reading.source_uid() not in {claim.source for claim in event.claims}

    def _tell_sources(self) -> None:
        store = self._document.store
        self.reading.set_kinds([DeskKind(kind, _LETTERS.get(kind.name, "")) for kind in store.kinds()])
        self.reading.set_sources(
            [
                DeskTitle(
                    brief.uid,
                    one_line(brief.title, _LONGEST),
                    _details(brief.publisher, brief.published, brief.reliability),
                )
                for brief in store.source_briefs()
            ]
        )

    def _read(self, uid: str) -> None:
        source = self._document.store.source(uid)
        if source is None:
            return
        colours = {kind.name: kind.colour for kind in self._document.store.kinds()}
        passages = tuple(
            DeskPassage(
                claim_uid=quoted.claim,
                event_id=quoted.event_id,
                kind=quoted.kind,
                colour=colours[quoted.kind],
                quote=quoted.quote,
                span=quoted.span,
                stance=quoted.stance,
                retracted=quoted.retracted,
                title=one_line(quoted.title, _LONGEST),
            )
            for quoted in self._document.quotes_of(uid)
        )
        self.reading.show_source(
            DeskSource(
                uid=uid,
                title=one_line(source.title, _LONGEST),
                details=_details(source.publisher, source.published, source.reliability),
                text=source.text,
                language=source.language,
                passages=passages,
            )
        )


def _details(publisher: str | None, published: FuzzyDate | None, reliability: str | None) -> str:
    date = date_words(published) if published is not None and published.is_dated else ""
    return " · ".join(part for part in (one_line(publisher or "", 60), date, reliability or "") if part)
