"""The panel at the right: shows one event, never modal, and says so when there is none."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.domain.conflicts import conflicts
from viewer.domain.context import Context, context_of
from viewer.domain.provenance import standing
from viewer.frozen import dataclass
from viewer.ui.elided import ElidedButton
from viewer.ui.flow_text import FlowText, Run
from viewer.ui.icons import set_icon
from viewer.ui.inspector.claim_card import ClaimCard
from viewer.ui.inspector.claims_list import ClaimsList
from viewer.ui.inspector.conflict_table import ConflictTable
from viewer.ui.inspector.facts import KEY_WIDTH, FactRows, facts_of
from viewer.ui.inspector.standing_bar import StandingBar
from viewer.ui.inspector.wording import relation_word
from viewer.ui.marks import KindLine
from viewer.ui.text import PlainLabel, set_tooltip
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from viewer.domain.records import Event, Kind, Source

_MARGIN = 22
_ABOVE = 12
"""How far below the top a claim is brought that was asked for."""


@dataclass(frozen=True, slots=True)
class LinkedEvent:
    """An event that the inspected one is linked with; `outgoing` when the link goes out from the latter."""

    id: int
    title: str
    relation: str
    outgoing: bool


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a reader was: scrolled so far, or at a claim and how far below the top; what had the keyboard."""

    value: int = 0
    claim: str | None = None
    below: int = 0
    focus: str = ""
    counting: bool = False


class Inspector(QWidget):
    """Reads one event. Its signals ask for what others do; an event is given by id, a claim by uid.

    `event_chosen`: another event, linked with this one. `passage_requested(claim)`: read it in its source.
    `retraction_requested(event, claim, whether)`. `decision_requested(event, field, value, reason)`: take what
    a claim gives as "when" or "quantity" as the event's own. `bands_requested(event)`: its claims on the
    timeline. `graph_requested(event)`: where its claims come from, as a picture.
    """

    edit_requested = Signal(int)
    delete_requested = Signal(int)
    event_chosen = Signal(int)
    passage_requested = Signal(str)
    retraction_requested = Signal(int, str, bool)
    decision_requested = Signal(int, str, object, str)
    bands_requested = Signal(int)
    graph_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setMinimumWidth(300)
        self._event: Event | None = None
        self._kind: Kind | None = None
        self._sources: Mapping[str, Source] = {}
        self._context = Context()
        self._standing: StandingBar | None = None
        self._claims: ClaimsList | None = None
        self._scroll = QScrollArea()
        self._scroll.setObjectName("inspector_scroll")
        self._scroll.setAccessibleName(self.tr("Selected event"))
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self._empty_page())
        self._pages.addWidget(self._scroll)

    def show_event(
        self,
        event: Event | None,
        *,
        kind: Kind | None = None,
        sources: Mapping[str, Source] | None = None,
        linked: Sequence[LinkedEvent] = (),
        context: Context | None = None,
        later: int = 0,
    ) -> None:
        """Show an event with the sources of its claims by uid, or the empty page; keep the place in it.

        `context`: what decides how its claims count, the sources alone where it is not given; `later`: how many
        more came after the day that is set.
        """
        same = self._event is not None and event is not None and self._event.uid == event.uid
        place = self._place() if same else None
        self._event, self._kind, self._sources = event, kind, sources or {}
        self._context = context_of(self._sources.values()) if context is None else context
        old = self._scroll.takeWidget()
        if old is not None:
            # It may hold the button whose click brought us here.
            old.hide()
            old.deleteLater()
        self._standing = self._claims = None
        if event is None or kind is None:
            self._pages.setCurrentIndex(0)
            return
        self._scroll.setWidget(self._page(event, kind, linked, later))
        self._pages.setCurrentIndex(1)
        self._return_to(place or _Place())

    def show_claim(self, uid: str) -> None:
        """Bring a claim of the event into view, and put the keyboard on it."""
        numbers = [] if self._event is None else [claim.uid for claim in self._event.claims]
        if self._claims is not None and uid in numbers:
            self._claims.go_to(numbers.index(uid), _ABOVE).mark()

    def _place(self) -> _Place:
        """Return what is read and what has the keyboard."""
        focused = self.focusWidget()
        has_keyboard = focused is not None and focused.hasFocus() and self._scroll.isAncestorOf(focused)
        at_top = None if self._claims is None or self._event is None else self._claims.at_top()
        return _Place(
            self._scroll.verticalScrollBar().value(),
            None if at_top is None or self._event is None else self._event.claims[at_top[0]].uid,
            0 if at_top is None else at_top[1],
            focused.objectName() if focused is not None and has_keyboard else "",
            self._standing is not None and self._standing.is_open,
        )

    def _return_to(self, place: _Place) -> None:
        """Show the page as it was left, as far as it is still the same."""
        if place.counting and self._standing is not None:
            self._standing.turn()
        numbers = {
            claim.uid: number for number, claim in enumerate(self._event.claims if self._event else ())
        }
        if place.claim in numbers and self._claims is not None:
            self._claims.go_to(numbers[place.claim], place.below)
        else:
            self._scroll.verticalScrollBar().setValue(place.value)
        focused = self._scroll.findChild(QWidget, place.focus) if place.focus else None
        if isinstance(focused, QWidget):
            focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _empty_page(self) -> QWidget:
        page = QWidget()
        line = PlainLabel(self.tr("Select an event to read who says so."), "muted")
        line.setObjectName("inspector_empty")
        line.setWordWrap(True)
        line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        rows = QVBoxLayout(page)
        rows.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        rows.addWidget(line)
        return page

    def _page(self, event: Event, kind: Kind, linked: Sequence[LinkedEvent], later: int) -> QWidget:
        page = QWidget()
        set_role(page, "bare")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(_MARGIN, 14, _MARGIN, 24)
        rows.setSpacing(0)
        rows.addLayout(self._head(event, kind))
        rows.addSpacing(2)
        rows.addWidget(_named(FlowText([Run(event.title, "title")]), "inspector_title"))
        rows.addSpacing(14)
        rows.addWidget(FactRows(facts_of(event, self._context)))
        if event.summary:
            rows.addSpacing(14)
            rows.addWidget(_named(FlowText([Run(event.summary)], limit=4_000), "inspector_summary"))
        rows.addSpacing(16)
        rows.addWidget(self._bar(event, later))
        rows.addSpacing(18)
        if tables := list(self._conflicts(event)):
            rows.addLayout(_heading(self.tr("What cannot all hold"), len(tables)))
            for table in tables:
                rows.addSpacing(6)
                rows.addWidget(table)
            rows.addSpacing(18)
        rows.addLayout(_heading(self.tr("Claims"), len(event.claims)))
        rows.addSpacing(8)
        rows.addWidget(self._claims_of(event))
        if linked:
            rows.addSpacing(20)
            rows.addLayout(_heading(self.tr("Related events"), len(linked)))
            rows.addSpacing(6)
            rows.addLayout(self._links(linked))
        rows.addStretch(1)
        return page

    def _head(self, event: Event, kind: Kind) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(KindLine(kind), 1)
        tools = (
            ("bands", self.tr("Show claims on the timeline (E)"), self.bands_requested),
            ("graph", self.tr("Where it comes from, as a picture"), self.graph_requested),
            ("edit", self.tr("Edit (F2)"), self.edit_requested),
            ("delete", self.tr("Delete (Del)"), self.delete_requested),
        )
        for name, words, asked in tools[0 if event.claims else 2 :]:
            row.addWidget(self._tool(name, words, partial(asked.emit, event.id)))
        return row

    def _tool(self, name: str, words: str, press: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        set_role(button, "icon")
        set_icon(button, name, "muted")
        button.setObjectName(f"inspector_{name}")
        set_tooltip(button, words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda: press())
        return button

    def _bar(self, event: Event, later: int) -> StandingBar:
        numbers = {claim.uid: number for number, claim in enumerate(event.claims)}
        self._standing = StandingBar(standing(event, self._context), numbers, later)
        self._standing.claim_chosen.connect(self.show_claim)
        return self._standing

    def _conflicts(self, event: Event) -> Iterator[ConflictTable]:
        claims = {claim.uid: claim for claim in event.claims}
        for number, conflict in enumerate(conflicts(event, context=self._context)):
            table = ConflictTable(conflict, claims, self._sources, number)
            table.claim_chosen.connect(self.show_claim)
            yield table

    def _claims_of(self, event: Event) -> QWidget:
        if not event.claims:
            hint = PlainLabel(self.tr("Edit the event to add who says so, and in which words."), "muted")
            hint.setWordWrap(True)
            return hint
        self._claims = ClaimsList(len(event.claims), self._card, self._scroll)
        return self._claims

    def _card(self, number: int) -> ClaimCard:
        event, kind = self._event, self._kind
        if event is None or kind is None:
            raise LookupError("a card belongs to an event that is shown")
        claim = event.claims[number]
        card = ClaimCard(
            claim,
            self._sources.get(claim.source),
            kind,
            number,
            event=event,
            statement=self._context.statements.get(claim.statement or ""),
        )
        card.decided.connect(
            lambda field, value, reason: self.decision_requested.emit(event.id, field, value, reason)
        )
        card.retraction_requested.connect(
            lambda retracted: self.retraction_requested.emit(event.id, claim.uid, retracted)
        )
        card.passage_requested.connect(lambda: self.passage_requested.emit(claim.uid))
        card.statement_chosen.connect(self.event_chosen)
        return card

    def _links(self, linked: Sequence[LinkedEvent]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(2)
        grid.setColumnMinimumWidth(0, KEY_WIDTH)
        grid.setColumnStretch(1, 1)
        for row, other in enumerate(linked):
            button = ElidedButton(other.title, "link")
            button.setObjectName(f"linked_{row}")
            button.clicked.connect(lambda _checked=False, event=other.id: self.event_chosen.emit(event))
            grid.addWidget(PlainLabel(relation_word(other.relation, other.outgoing), "muted"), row, 0)
            grid.addWidget(button, row, 1, Qt.AlignmentFlag.AlignLeft)
        return grid


def _named(widget: FlowText, name: str) -> FlowText:
    widget.setObjectName(name)
    return widget


def _heading(words: str, count: int) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    row.addWidget(PlainLabel(words, "heading"))
    row.addWidget(PlainLabel(str(count), "muted"))
    row.addStretch(1)
    return row
