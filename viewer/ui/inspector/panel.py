"""The panel at the right: shows one event, never modal, and says so when there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.domain.provenance import standing
from viewer.ui.elided import ElidedButton
from viewer.ui.flow_text import FlowText, Run
from viewer.ui.icons import set_icon
from viewer.ui.inspector.claim_card import ClaimCard
from viewer.ui.inspector.facts import KEY_WIDTH, FactRows, facts_of
from viewer.ui.inspector.standing_bar import StandingBar
from viewer.ui.inspector.wording import relation_word
from viewer.ui.marks import KindLine
from viewer.ui.text import PlainLabel, plain_tooltip
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from viewer.domain.records import Claim, Event, Kind, Source

_MARGIN = 22
_AT_ONCE = 30


@dataclass(frozen=True, slots=True)
class LinkedEvent:
    """An event that the inspected one is linked with; `outgoing` when the link goes out from the latter."""

    id: int
    title: str
    relation: str
    outgoing: bool


class Inspector(QWidget):
    """Reads one event. `edit_requested(id)`, `delete_requested(id)`, `event_chosen(id)`: a linked event."""

    edit_requested = Signal(int)
    delete_requested = Signal(int)
    event_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setMinimumWidth(300)
        self._event: Event | None = None
        self._scroll = QScrollArea()
        self._scroll.setObjectName("inspector_scroll")
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
    ) -> None:
        """Show an event with the sources of its claims by uid, or the empty page; keep the place in it."""
        same = self._event is not None and event is not None and self._event.uid == event.uid
        place = self._scroll.verticalScrollBar().value() if same else 0
        self._event = event
        old = self._scroll.takeWidget()
        if old is not None:
            # It may hold the button whose click brought us here.
            old.hide()
            old.deleteLater()
        if event is None or kind is None:
            self._pages.setCurrentIndex(0)
            return
        self._scroll.setWidget(self._page(event, kind, sources or {}, linked))
        self._pages.setCurrentIndex(1)
        self._scroll.verticalScrollBar().setValue(place)

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

    def _page(
        self, event: Event, kind: Kind, sources: Mapping[str, Source], linked: Sequence[LinkedEvent]
    ) -> QWidget:
        page = QWidget()
        set_role(page, "bare")
        rows = QVBoxLayout(page)
        rows.setContentsMargins(_MARGIN, 14, _MARGIN, 24)
        rows.setSpacing(0)
        rows.addLayout(self._head(event, kind))
        rows.addSpacing(2)
        rows.addWidget(_named(FlowText([Run(event.title, "title")]), "inspector_title"))
        rows.addSpacing(14)
        rows.addWidget(FactRows(facts_of(event, sources)))
        if event.summary:
            rows.addSpacing(14)
            rows.addWidget(_named(FlowText([Run(event.summary)], limit=4_000), "inspector_summary"))
        rows.addSpacing(16)
        rows.addWidget(StandingBar(standing(event)))
        rows.addSpacing(18)
        rows.addLayout(_heading(self.tr("Claims"), len(event.claims)))
        rows.addSpacing(8)
        rows.addWidget(_Claims(event.claims, kind, sources))
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
        row.addWidget(self._tool("edit", self.tr("Edit (F2)"), lambda: self.edit_requested.emit(event.id)))
        row.addWidget(
            self._tool("delete", self.tr("Delete (Del)"), lambda: self.delete_requested.emit(event.id))
        )
        return row

    def _tool(self, name: str, words: str, press: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        set_role(button, "icon")
        set_icon(button, name, "muted")
        button.setObjectName(f"inspector_{name}")
        button.setToolTip(plain_tooltip(words))
        button.setAccessibleName(words)
        button.clicked.connect(press)
        return button

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


class _Claims(QWidget):
    """The cards; very many of them come in portions."""

    def __init__(self, claims: Sequence[Claim], kind: Kind, sources: Mapping[str, Source]) -> None:
        super().__init__()
        self._claims = claims
        self._kind = kind
        self._sources = sources
        self._shown = 0
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(12)
        self._more = QPushButton(self.tr("Show more claims"))
        set_role(self._more, "quiet")
        self._more.setObjectName("more_claims")
        self._more.clicked.connect(self._show_more)
        self._rows.addWidget(self._more)
        if not claims:
            hint = PlainLabel(self.tr("Edit the event to add who says so, and in which words."), "muted")
            hint.setWordWrap(True)
            self._rows.addWidget(hint)
        self._show_more()

    def _show_more(self) -> None:
        portion = self._claims[self._shown : self._shown + _AT_ONCE]
        for number, claim in enumerate(portion, self._shown):
            card = ClaimCard(claim, self._sources.get(claim.source), self._kind, number)
            self._rows.insertWidget(number, card)
        self._shown += len(portion)
        self._more.setVisible(self._shown < len(self._claims))


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
