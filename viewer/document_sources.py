"""What a document does with its sources: the part of `Document` that adds, grades and retracts them.

What a change would do is worked out by modules loaded when it is first asked: the window opens without them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from viewer import source_commands
from viewer.domain.edits import Edit
from viewer.domain.records import Source
from viewer.frozen import dataclass
from viewer.storage.reader import SourceBrief
from viewer.storage.rows import sha256_of
from viewer.storage.source_queries import (
    claim_counts,
    claims_in,
    counted_events,
    events_behind,
    quoted_claims,
    same_text,
)
from viewer.storage.store import Store
from viewer.surroundings import Surroundings

if TYPE_CHECKING:
    from viewer.domain.context import Context
    from viewer.domain.impact import Impact, SourceChange


@dataclass(frozen=True, slots=True)
class ListedSource:
    """A source without its text, how many claims rest on it, and how many of those are retracted."""

    brief: SourceBrief
    claims: int = 0
    retracted_claims: int = 0

    @property
    def is_retracted(self) -> bool:
        """Whether none of its claims counts any more."""
        return 0 < self.claims == self.retracted_claims


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """A claim's quote and its place in the source's text, with the event that it is made for."""

    claim: str
    event_id: int
    title: str
    kind: str
    quote: str
    span: tuple[int, int] | None
    stance: str
    retracted: bool


class DocumentSources:
    """The sources of a document. Every change of them is one edit."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._surroundings = Surroundings(store)

    @property
    def author(self) -> str | None:
        """Who signs the edits."""
        raise NotImplementedError

    def do(self, edit: Edit, who: object = None) -> Edit | None:
        """Apply an edit; None when it changes nothing."""
        raise NotImplementedError

    def save_source(self, source: Source, *, reason: str | None = None, who: object = None) -> Edit | None:
        """Add or revise a source; a text to which quotes are tied is replaced with `replace_source_text`.

        Raises:
            WriteError: nothing was changed.
        """
        self.store.expect_same()
        edit = source_commands.save_source(self.store, source, author=self.author, reason=reason)
        return self.do(edit, who)

    def replace_source_text(
        self,
        source: Source,
        new_text: str | None,
        accepted: Mapping[str, tuple[int, int] | None],
        *,
        reason: str | None = None,
        who: object = None,
    ) -> Edit | None:
        """Revise a source and replace its text; `accepted` says where each claim's quote stands now, if it does.

        Raises:
            WriteError: nothing was changed.
        """
        self.store.expect_same()
        edit = source_commands.replace_text(
            self.store, source, new_text, accepted, author=self.author, reason=reason
        )
        return self.do(edit, who)

    def retract_source(
        self, uid: str, retracted: bool, *, reason: str | None = None, who: object = None
    ) -> Edit | None:
        """Retract all claims of a source, or let them count again; None when they do already.

        Raises:
            WriteError: nothing was changed.
        """
        self.store.expect_same()
        edit = source_commands.retract_source(self.store, uid, retracted, author=self.author, reason=reason)
        return self.do(edit, who)

    def grade_source(
        self, uid: str, reliability: str | None, *, reason: str | None = None, who: object = None
    ) -> Edit | None:
        """Say how reliable a source is, "A" to "F" or None; None when that is said already.

        Raises:
            WriteError: nothing was changed.
        """
        self.store.expect_same()
        edit = source_commands.grade_source(self.store, uid, reliability, author=self.author, reason=reason)
        return self.do(edit, who)

    def delete_source(self, uid: str, *, reason: str | None = None, who: object = None) -> Edit | None:
        """Delete a source on which no claim rests.

        Raises:
            WriteError: claims rest on it, or it could not be saved; nothing was changed.
        """
        self.store.expect_same()
        edit = source_commands.delete_source(self.store, uid, author=self.author, reason=reason)
        return self.do(edit, who)

    def source_list(self) -> list[ListedSource]:
        """Return all sources without their texts, in the order in which they were added."""
        counts = claim_counts(self.store)
        return [ListedSource(brief, *counts.get(brief.id, (0, 0))) for brief in self.store.source_briefs()]

    def quoted_claims(self, source: Source) -> tuple[int, int]:
        """Return how many claims a source has, and how many of them quote it."""
        return quoted_claims(self.store, source.id)

    def sources_saying(self, text: str) -> list[str]:
        """Return the uids of the sources whose stored text is exactly this one."""
        return same_text(self.store, sha256_of(text) or "")

    def quotes_of(self, uid: str) -> list[Quoted]:
        """Return what claims quote from a source, in the order of its text."""
        return [
            Quoted(
                claim=row["uid"],
                event_id=row["event_id"],
                title=row["title"],
                kind=row["kind"],
                quote=row["quote"] or "",
                span=None if row["span_start"] is None else (row["span_start"], row["span_end"]),
                stance=row["stance"],
                retracted=bool(row["retracted"]),
            )
            for row in claims_in(self.store, uid)
        ]

    def events_in_numbers(self, wanted: Iterable[int]) -> list[int]:
        """Return those of some events, by id, that say how many."""
        return counted_events(self.store, wanted)

    def leads_back(self, source_uid: str, original_uid: str) -> bool:
        """Tell whether a source would be a copy of itself if it derived from `original_uid`."""
        return source_commands.leads_back(self.store, source_uid, original_uid)

    def provenance_context(self) -> Context:
        """Return what decides how claims count; the same one until an edit touches it."""
        return self._surroundings.context()

    @property
    def surroundings(self) -> Surroundings:
        """What lies around the events; the context is made of it."""
        return self._surroundings

    def source_impact(self, change: SourceChange) -> Impact:
        """Return what a change of a source would do, without doing it; reads only the events that it can reach."""
        from viewer.domain.impact import copies_of, impact

        context = self.provenance_context()
        reached = {change.source, *copies_of(change.source, context)}
        behind = events_behind(self.store, self.store.ids_of("sources", "uid", reached).values())
        return impact(self.store.events(behind), context, change)
