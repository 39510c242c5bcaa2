"""What a window says of single events: in the inspector, in a row of the list, on the card beside a mark.

All of it as known on a day, where one is set. What is read of an event is kept until the next edit, so that
going from day to day reads nothing again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.domain.conflicts import conflicts
from viewer.domain.date_words import describe_date
from viewer.domain.provenance import first_publication, standing
from viewer.timeline.claim_bands import Expanded, expanded
from viewer.ui.hover_card import HoverText
from viewer.ui.inspector import LinkedEvent
from viewer.ui.inspector.wording import standing_words
from viewer.ui.list_rows import ListRow
from viewer.ui.text import one_line
from viewer.ui.words import bound_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.document import Document
    from viewer.domain.records import Event, Kind, Source


@dataclass(frozen=True, slots=True)
class Inspected:
    """An event as the inspector shows it; `later` claims came after the day."""

    event: Event
    kind: Kind
    sources: Mapping[str, Source]
    linked: Sequence[LinkedEvent]
    later: int = 0


class _Sources(Mapping[str, "Source"]):
    """The sources of an event by uid; each is read, with its text, when it is first looked at."""

    def __init__(self, document: Document, uids: frozenset[str]) -> None:
        self._document = document
        self._uids = uids
        self._read: dict[str, Source] = {}

    def __getitem__(self, uid: str) -> Source:
        if uid not in self._read:
            source = self._document.store.source(uid) if uid in self._uids else None
            if source is None:
                raise KeyError(uid)
            self._read[uid] = source
        return self._read[uid]

    def __iter__(self) -> Iterator[str]:
        return iter(self._uids)

    def __len__(self) -> int:
        return len(self._uids)


class EventDetails:
    """Reads a document's events one at a time."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._known_by: int | None = None
        self._rows: dict[int, ListRow] = {}
        self._inspected: Inspected | None = None

    def forget(self) -> None:
        """Read everything anew: the document was changed."""
        self._rows.clear()
        self._inspected = None

    def set_known_by(self, day: int | None) -> None:
        """Say only what had been published by a moment, in seconds; None: everything."""
        self._known_by = day

    def as_known(self, event: Event) -> Event:
        """Return an event with the claims that had been published by the day that is set."""
        return self._document.as_known(event, self._known_by)

    def whole(self, event_id: int) -> Event | None:
        """Return an event with all of its claims; None when there is no such event."""
        found = self._kept(event_id)
        return None if found is None else found.event

    def inspected(self, event_id: int) -> Inspected | None:
        """Return what the inspector shows of an event; None when there is no such event."""
        whole = self._kept(event_id)
        if whole is None:
            return None
        known = self._document.as_known(whole.event, self._known_by)
        return replace(whole, event=known, later=len(whole.event.claims) - len(known.claims))

    def expanded(self, event_id: int) -> Expanded | None:
        """Return the claims of an event as the timeline draws them; None when there is no such event."""
        found = self.inspected(event_id)
        if found is None:
            return None
        context = self._document.provenance_context()
        facts = context.sources
        names = {
            uid: one_line(facts[uid].publisher or facts[uid].title, 80)
            for uid in {claim.source for claim in found.event.claims} & facts.keys()
        }
        rivals = [clash for clash in conflicts(found.event, context=context) if clash.field != "stance"]
        return expanded(found.event, names, {uid for clash in rivals for uid in clash.claims})

    def list_row(self, event_id: int) -> ListRow:
        """Return a row of the list; asked for at every paint, read once after an edit."""
        if event_id not in self._rows:
            self._rows[event_id] = self._read_row(event_id)
        row = self._rows[event_id]
        if self._known_by is None or not row.disputed:
            return row
        return replace(row, disputed=self._document.publications().is_disputed(event_id, self._known_by))

    def hover_text(self, event_id: int) -> HoverText | None:
        """Return what the card says of an event."""
        event = self._document.store.event(event_id)
        if event is None:
            return None
        known = self._document.as_known(event, self._known_by)
        chains = [" › ".join(hop.name for hop in claim.chain) for claim in known.claims if claim.chain]
        counted = standing_words(standing(known, self._document.provenance_context()))
        lines = (*((one_line(chains[0], 120),) if chains else ()), counted)
        return HoverText(title=one_line(event.title, 160), when=self._when(event), lines=lines)

    def _kept(self, event_id: int) -> Inspected | None:
        if self._inspected is None or self._inspected.event.id != event_id:
            self._inspected = self._read(event_id)
        return self._inspected

    def _read(self, event_id: int) -> Inspected | None:
        document = self._document
        event = document.store.event(event_id)
        if event is None:
            return None
        kinds = {kind.name: kind for kind in document.store.kinds()}
        return Inspected(
            event,
            kinds[event.kind],
            _Sources(document, frozenset(claim.source for claim in event.claims)),
            [
                LinkedEvent(id=other.id, title=other.title, relation=relation, outgoing=outgoing)
                for other, relation, outgoing in document.linked(event)
            ],
        )

    def _read_row(self, event_id: int) -> ListRow:
        event = self._document.store.event(event_id)
        if event is None:
            return ListRow(kind=0, title="", when="")
        kinds = [kind.name for kind in self._document.store.kinds()]
        disputed = standing(event).disputes > 0
        when = self._when(event, in_list=True)
        return ListRow(kind=kinds.index(event.kind), title=event.title, when=when, disputed=disputed)

    def _when(self, event: Event, *, in_list: bool = False) -> str:
        """Say when an event happened or, where it is not dated, by when it must have."""
        if event.when is not None and event.when.is_dated:
            return describe_date(event.when)
        # The list says "undated" once, above all of them.
        words = "" if in_list else QCoreApplication.translate("Inspector", "Not dated")
        if event.when is not None:
            words = describe_date(event.when)
        first = first_publication(event, self._document.provenance_context())
        return " · ".join(part for part in (words, "" if first is None else bound_words(first)) if part)
