"""What lies around a document's events and decides how their claims count, kept until an edit touches it.

Never reads a source's text. After an edit only what it touched is read anew. What a context is made of is
loaded with the first one: the window opens without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from viewer.domain.edits import Edit
from viewer.domain.records import Actor, Event
from viewer.storage.reader import Reader
from viewer.storage.source_queries import statement_ids
from viewer.storage.touching import touched_by

if TYPE_CHECKING:
    from viewer.domain.context import Context, SourceFacts

_NOT_AROUND = frozenset(("sources", "kinds", "imports", "views", "meta"))
_STATEMENT = "statement_event_id"
_MOST_TOUCHED = 5_000


class Surroundings:
    """The context of a document, made when it is first asked for; tell it of every edit with `heard`."""

    def __init__(self, store: Reader) -> None:
        self._store = store
        self._sources: Mapping[str, SourceFacts] | None = None
        self._actors: tuple[Actor, ...] | None = None
        self._statements: Mapping[str, Event] | None = None
        self._context: Context | None = None

    def context(self) -> Context:
        """Return the context of all events; the same one until an edit touches it."""
        if self._context is None:
            from viewer.domain.context import Context

            actors = self._actors = self._store.actors() if self._actors is None else self._actors
            sources = self._sources = self._facts() if self._sources is None else self._sources
            if self._statements is None:
                told = self._store.events(statement_ids(self._store))
                self._statements = {event.uid: event for event in told}
            self._context = Context(
                sources=sources,
                parents={actor.name: actor.parent for actor in actors if actor.parent},
                aliases={alias: actor.name for actor in actors for alias in actor.aliases},
                statements=self._statements,
            )
        return self._context

    @property
    def is_known(self) -> bool:
        """Whether the context was made and nothing has touched it since."""
        return self._context is not None

    def take_over(self, other: Surroundings) -> None:
        """Take over what was made beside the window, of the document as it is now."""
        if self._context is None:
            self._sources, self._actors = other._sources, other._actors
            self._statements, self._context = other._statements, other._context

    def heard(self, edit: Edit, _who: object = None) -> None:
        """Forget what an edit touched; where that is nothing of all this, the context stays the same one."""
        tables = {change.table for change in edit.changes}
        if "sources" in tables:
            self._sources = self._context = None
        if "actors" in tables:
            self._actors = self._context = None
        if tables - _NOT_AROUND and self._touches_statements(edit):
            self._statements = self._context = None

    def _touches_statements(self, edit: Edit) -> bool:
        """Tell whether an edit changes an event in which a claim was made, or makes one of an event."""
        rows = [row for change in edit.changes for row in (change.before, change.after) if row is not None]
        if any(row.get(_STATEMENT) is not None for row in rows):
            return True
        touched = touched_by(self._store, edit, "found", _MOST_TOUCHED)
        if touched is None or self._statements is None:
            return True
        return any(event.id in touched.events for event in self._statements.values())

    def _facts(self) -> dict[str, SourceFacts]:
        from viewer.domain.context import SourceFacts

        return {
            brief.uid: SourceFacts(
                title=brief.title,
                derived_from=brief.derived_from,
                published=brief.published,
                publisher=brief.publisher,
                reliability=brief.reliability,
            )
            for brief in self._store.source_briefs()
        }
