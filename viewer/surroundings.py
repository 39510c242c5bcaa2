"""What lies around a document's events and decides how their claims count, kept until an edit touches it.

Never reads a source's text. After an edit only what it touched is read anew.
"""

from __future__ import annotations

from collections.abc import Mapping

from viewer.domain.context import Context, SourceFacts
from viewer.domain.edits import Edit
from viewer.domain.records import Actor, Event
from viewer.storage.source_queries import statement_ids
from viewer.storage.store import Store

_NOT_AROUND = frozenset(("kinds", "imports", "views", "meta"))


class Surroundings:
    """The context of a document, made when it is first asked for; tell it of every edit with `heard`."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sources: Mapping[str, SourceFacts] | None = None
        self._actors: tuple[Actor, ...] | None = None
        self._statements: Mapping[str, Event] | None = None
        self._context: Context | None = None

    def context(self) -> Context:
        """Return the context of all events; the same one until an edit touches it."""
        if self._context is None:
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

    def heard(self, edit: Edit, _who: object = None) -> None:
        """Forget what an edit touched."""
        tables = {change.table for change in edit.changes}
        if tables <= _NOT_AROUND:
            return
        if "sources" in tables:
            self._sources = None
        if "actors" in tables:
            self._actors = None
        if tables - {"sources"}:
            self._statements = None
        self._context = None

    def _facts(self) -> dict[str, SourceFacts]:
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
