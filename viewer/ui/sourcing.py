"""What a window does with who says so: passages read and cited, claims retracted, decisions, sources, pictures.

It joins the inspector, the forms, the sources and what lies below the timeline; each of them only asks.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viewer.storage.errors import StorageError
from viewer.ui.provenance_desk import ProvenanceDesk
from viewer.ui.sources.desk import SourcesDesk

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.document import Document
    from viewer.domain.dates import FuzzyDate
    from viewer.domain.edits import Edit
    from viewer.domain.quantities import Quantity
    from viewer.domain.records import Event
    from viewer.ui.desk.records import Selection
    from viewer.ui.drafts import Drafts
    from viewer.ui.entry_desk import EntryDesk
    from viewer.ui.inspector import Inspector
    from viewer.ui.notice import NoticeBar


class Sourcing(QObject):
    """Owns the desk of sources and the pages below the timeline.

    `event_chosen(id)`; `undo_requested()`; `picture_requested(write)`; `trouble(error, again)`: a change could
    not be saved; `changed()`: another page is up below the timeline, or none.
    """

    event_chosen = Signal(int)
    undo_requested = Signal()
    picture_requested = Signal(object)
    trouble = Signal(object, object)
    changed = Signal()

    def __init__(
        self,
        document: Document,
        drafts: Drafts,
        notice: NoticeBar,
        *,
        inspector: Inspector,
        entries: EntryDesk,
        as_known: Callable[[Event], Event],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._document = document
        self._inspector = inspector
        self._entries = entries
        self._event: Event | None = None
        self.below = ProvenanceDesk(document, as_known, window)
        self.sources = SourcesDesk(document, notice, window, drafts)
        self._connect_below()
        self._connect_sources()

    def toggle_graph(self) -> None:
        """Draw where the claims come from, or put that away."""
        self.below.toggle(self.below.graph)

    def select(self, event: Event | None) -> None:
        """Follow the selection; the whole event, whatever is known of it on a day."""
        self._event = event
        self.below.select(event)

    def follow(self, edit: Edit, who: object = None) -> None:
        """Keep up with an edit of the document."""
        self.sources.follow(edit, who)
        self.below.follow(edit, who)

    def _connect_below(self) -> None:
        below = self.below
        below.event_chosen.connect(self.event_chosen)
        below.event_told.connect(self._choose)
        below.claim_chosen.connect(self._inspector.show_claim)
        below.entry_requested.connect(self._enter)
        below.claim_requested.connect(self._cite)
        below.text_wanted.connect(self.sources.edit)
        below.sources_wanted.connect(self.sources.add)
        below.picture_requested.connect(self.picture_requested)
        below.changed.connect(self.changed)

    def _connect_sources(self) -> None:
        self.sources.read_requested.connect(self.below.read)
        self.sources.source_chosen.connect(self.below.leaf_to)
        self.sources.undo_requested.connect(self.undo_requested)

    def _choose(self, uid: str) -> None:
        event = self._document.store.id_of("events", "uid", uid)
        if event is not None:
            self.event_chosen.emit(event)

    def read_claim(self, uid: str) -> None:
        """Open the reading desk at the source of a claim of the selected event."""
        claims = [] if self._event is None else self._event.claims
        source = next((claim.source for claim in claims if claim.uid == uid), None)
        if source is not None:
            self.below.read(source)

    def _enter(self, kind: str, selection: Selection) -> None:
        source = self._document.store.source(selection.source_uid)
        if source is not None:
            self._entries.open_passage(kind, source, selection.span, selection.sentences)

    def _cite(self, selection: Selection) -> None:
        source = self._document.store.source(selection.source_uid)
        if source is not None and self._event is not None:
            self._entries.open_claim(self._event, source, selection.span, selection.sentences)

    def retract(self, event_id: int, uid: str, retracted: bool) -> None:
        """Retract a claim of an event, or let it count again."""
        event = self._document.store.event(event_id)
        if event is not None:
            claims = tuple(
                replace(claim, retracted=retracted) if claim.uid == uid else claim for claim in event.claims
            )
            self._save(replace(event, claims=claims), "")

    def decide(self, event_id: int, field: str, value: FuzzyDate | Quantity, reason: str) -> None:
        """Take what one claim gives as the event's own, as its user decided."""
        event = self._document.store.event(event_id)
        if event is not None:
            decided = {field: value}
            self._save(replace(event, **decided), reason)  # type: ignore[arg-type]

    def _save(self, event: Event, reason: str) -> None:
        try:
            self._document.save_event(event, reason=reason or None, who=self)
        except StorageError as error:
            self.trouble.emit(error, lambda: self._save(event, reason))
