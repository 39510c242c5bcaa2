"""What lies around an event and decides how its claims count: sources, actors above others, statements.

Anything may be missing: a name without a parent stands for itself, an unknown source was copied from nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from functools import cached_property

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.records import Actor, Event, Source
from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What counting needs to know of a source; all but its text."""

    title: str = ""
    derived_from: str | None = None
    published: FuzzyDate | None = None
    publisher: str | None = None
    reliability: str | None = None


@dataclass(frozen=True, kw_only=True, eq=False)
class Context:
    """What lies outside the events, by uid or by name; it must not change while it is in use.

    sources: by uid; parents: from an actor's name to that of the actor above it; aliases: from another name
    of an actor to its name; statements: by uid, the events in which claims were made.
    """

    sources: Mapping[str, SourceFacts] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    statements: Mapping[str, Event] = field(default_factory=dict)

    def origin_key(self, name: str) -> str:
        """Return what is the same for all names that count as one origin."""
        key = self.actor_key(name)
        return self._tops.get(key, key)

    def actor_key(self, name: str) -> str:
        """Return what is the same for all names of one actor."""
        key = folded(name)
        return self._names.get(key, key)

    def spelled(self, key: str) -> str:
        """Return the name that a key of an actor with others below it stands for."""
        return self._spellings.get(key, key)

    @cached_property
    def _names(self) -> dict[str, str]:
        return {folded(alias): folded(name) for alias, name in self.aliases.items()}

    @cached_property
    def _spellings(self) -> dict[str, str]:
        return {self.actor_key(name): name for pair in self.parents.items() for name in pair}

    @cached_property
    def _tops(self) -> dict[str, str]:
        """The topmost actor above each one; of a circle of parents the first by name stands for all."""
        above = {self.actor_key(name): self.actor_key(parent) for name, parent in self.parents.items()}
        tops: dict[str, str] = {}
        for name in above:
            path: dict[str, int] = {}
            at = name
            while at in above and at not in tops and at not in path:
                path[at] = len(path)
                at = above[at]
            top = min(list(path)[path[at] :]) if at in path else tops.get(at, at)
            tops.update(dict.fromkeys(path, top))
        return tops


def folded(name: str) -> str:
    """Return a name as names are compared: whatever the case and the spaces."""
    return " ".join(name.split()).casefold()


def facts_of(source: Source) -> SourceFacts:
    """Return what counting needs to know of a source."""
    return SourceFacts(
        title=source.title,
        derived_from=source.derived_from,
        published=source.published,
        publisher=source.publisher,
        reliability=source.reliability,
    )


def context_of(
    sources: Iterable[Source] = (), actors: Iterable[Actor] = (), events: Iterable[Event] = ()
) -> Context:
    """Put a context together from whole records; of the events, those in which claims were made are needed.

    An alias that several actors go by, or that is the name of another one, stands for none of them.
    """
    known = tuple(actors)
    used = Counter(name for actor in known for name in {folded(actor.name), *map(folded, actor.aliases)})
    return Context(
        sources={source.uid: facts_of(source) for source in sources},
        parents={actor.name: actor.parent for actor in known if actor.parent},
        aliases={alias: actor.name for actor in known for alias in actor.aliases if used[folded(alias)] == 1},
        statements={event.uid: event for event in events},
    )
