"""What a window says of single events: in the inspector, in a row of the list, on the card beside a mark.

All of it as known on a day, where one is set. What is read of the inspected event is kept until an edit
touches it, so that going from day to day reads nothing again. What weighs claims is loaded when an event is
looked into: the list does without.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.domain.date_words import describe_date
from viewer.frozen import dataclass
from viewer.storage.event_briefs import EventBrief, event_briefs
from viewer.ui.list_rows import ListRow
from viewer.ui.text import one_line
from viewer.ui.words import bound_words

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from viewer.document import Document
    from viewer.domain.dates import FuzzyDate
    from viewer.domain.records import Event, Kind, Source
    from viewer.timeline.claim_bands import Expanded
    from viewer.ui.accessible_words import Spoken
    from viewer.ui.hover_card import HoverText
    from viewer.ui.inspector import LinkedEvent


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
        self._inspected: Inspected | None = None

    def forget(self, touched: Set[int] | None = None) -> bool:
        """Read anew what an edit touched, events by id; None: everything. Return whether any of it was kept."""
        kept = self._inspected
        around = () if kept is None else (kept.event.id, *(other.id for other in kept.linked))
        if touched is None or not touched.isdisjoint(around):
            self._inspected = None
        return self._inspected is not kept

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
        from viewer.domain.conflicts import conflicts
        from viewer.timeline.claim_bands import expanded

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

    def list_rows(self, events: Sequence[int]) -> dict[int, ListRow]:
        """Return what the list says of some events, by id; those that are no more are left out."""
        places = {kind.name: place for place, kind in enumerate(self._document.store.kinds())}
        found = event_briefs(self._document.store, events)
        return {event: _list_row(brief, places[brief.kind]) for event, brief in found.items()}

    def hover_text(self, event_id: int) -> HoverText | None:
        """Return what the card says of an event."""
        from viewer.domain.provenance import first_publication, standing
        from viewer.ui.hover_card import HoverText
        from viewer.ui.inspector.wording import standing_words

        event = self._kept_or_read(event_id)
        if event is None:
            return None
        known = self._document.as_known(event, self._known_by)
        chains = [" › ".join(hop.name for hop in claim.chain) for claim in known.claims if claim.chain]
        counted = standing_words(standing(known, self._document.provenance_context()))
        lines = (*((one_line(chains[0], 120),) if chains else ()), counted)
        first = first_publication(event, self._document.provenance_context())
        undated = QCoreApplication.translate("Inspector", "Not dated")
        when = _when_words(event.when, first, undated=undated)
        return HoverText(title=one_line(event.title, 160), when=when, lines=lines)

    def spoken(self, event_id: int) -> Spoken | None:
        """Return what a screen reader says of an event; None when there is no such event."""
        from viewer.domain.provenance import first_publication, standing
        from viewer.ui.accessible_words import Spoken, spoken_chain, spoken_name, spoken_when
        from viewer.ui.inspector.wording import standing_words

        event = self._kept_or_read(event_id)
        if event is None:
            return None
        context = self._document.provenance_context()
        known = self._document.as_known(event, self._known_by)
        label = next((kind.label for kind in self._document.store.kinds() if kind.name == event.kind), "")
        when = spoken_when(event.when, first_publication(event, context))
        name = spoken_name(label, when, standing_words(standing(known, context)), event.title)
        chain = next((claim.chain for claim in known.claims if claim.chain), ())
        return Spoken(name, spoken_chain([hop.name for hop in chain]))

    def _kept_or_read(self, event_id: int) -> Event | None:
        kept = self._inspected
        if kept is not None and kept.event.id == event_id:
            return kept.event
        return self._document.store.event(event_id)

    def _kept(self, event_id: int) -> Inspected | None:
        if self._inspected is None or self._inspected.event.id != event_id:
            self._inspected = self._read(event_id)
        return self._inspected

    def _read(self, event_id: int) -> Inspected | None:
        from viewer.ui.inspector import LinkedEvent

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


def _list_row(brief: EventBrief, kind: int) -> ListRow:
    # The list says "undated" once, above all of them.
    when = _when_words(brief.when, brief.first_said, undated="")
    return ListRow(kind, brief.title, when, brief.disputed, brief.disputed_from)


def _when_words(when: FuzzyDate | None, first_said: FuzzyDate | None, *, undated: str) -> str:
    """Say when an event happened or, where it is not dated, by when it must have."""
    if when is not None and when.is_dated:
        return describe_date(when)
    words = undated if when is None else describe_date(when)
    bound = "" if first_said is None else bound_words(first_said)
    return " · ".join(part for part in (words, bound) if part)
