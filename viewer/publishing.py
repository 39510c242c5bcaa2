"""A document, or the events that a filter chose, made ready to be written in any format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from viewer.domain.context import Context, folded
from viewer.domain.records import Actor, Event, Place, Source
from viewer.formats.outgoing import Outgoing
from viewer.storage.reader import Reader

_AT_ONCE = 50
"""Sources read in one go: each may hold the text of a book."""


def everything(store: Reader, context: Callable[[], Context]) -> Outgoing:
    """Return all that a document holds; `context` is what lies around its events."""
    meta = store.meta()
    return Outgoing(
        uid=meta.uid,
        name=meta.title or store.path.stem,
        title=meta.title,
        language=meta.language,
        kinds=store.kinds(),
        actors=store.actors(),
        places=store.places(),
        views=store.views(),
        sources=lambda: _sources(store, None),
        events=store.events,
        extra=meta.extra,
        context=context,
    )


def selection(
    store: Reader,
    ids: Sequence[int],
    context: Callable[[], Context],
    *,
    known_by: int | None,
    as_known: Callable[[Event], Event],
) -> Outgoing:
    """Return some events, by id, in the state that `as_known` makes of them, and only what they name.

    Views are left out: they speak of the whole document.
    """
    meta = store.meta()

    def events() -> Iterator[Event]:
        return map(as_known, store.events(ids))

    named = _Named(store, events())
    return Outgoing(
        uid=meta.uid,
        name=meta.title or store.path.stem,
        title=meta.title,
        language=meta.language,
        kinds=tuple(kind for kind in store.kinds() if kind.name in named.kinds),
        actors=named.actors,
        places=named.places,
        views=(),
        sources=lambda: _sources(store, named.sources),
        events=events,
        extra=meta.extra,
        context=context,
        known_by=known_by,
        hidden=store.event_count() - len(ids),
    )


class _Named:
    """What some events name: kinds, and sources, actors and places with all that these stand on."""

    def __init__(self, store: Reader, events: Iterable[Event]) -> None:
        self.kinds: set[str] = set()
        sources: set[str] = set()
        places: set[str | None] = set()
        actors: set[str] = set()
        for event in events:
            self.kinds.add(event.kind)
            places |= {event.place, event.origin}
            actors.update(part.name for part in event.actors)
            for claim in event.claims:
                sources.add(claim.source)
                actors.update(hop.name for hop in claim.chain)
        briefs = store.source_briefs()
        originals = {brief.uid: brief.derived_from for brief in briefs if brief.derived_from}
        self.sources = frozenset(_and_above(sources, originals))
        actors.update(brief.publisher for brief in briefs if brief.publisher and brief.uid in self.sources)
        self.actors = tuple(_actors(store.actors(), {folded(name) for name in actors}))
        self.places = tuple(_places(store.places(), {name for name in places if name}))


def _and_above(names: Iterable[str], parents: dict[str, str]) -> set[str]:
    found: set[str] = set()
    for name in names:
        at: str | None = name
        while at is not None and at not in found:
            found.add(at)
            at = parents.get(at)
    return found


def _actors(actors: Sequence[Actor], named: set[str]) -> Iterator[Actor]:
    """Yield the actors that go by one of some folded names, and those above them."""
    meant = {
        actor.name for actor in actors if not named.isdisjoint(map(folded, (actor.name, *actor.aliases)))
    }
    kept = _and_above(meant, {actor.name: actor.parent for actor in actors if actor.parent})
    return (actor for actor in actors if actor.name in kept)


def _places(places: Sequence[Place], named: set[str]) -> Iterator[Place]:
    kept = _and_above(named, {place.name: place.parent for place in places if place.parent})
    return (place for place in places if place.name in kept)


def _sources(store: Reader, wanted: frozenset[str] | None) -> Iterator[Source]:
    """Yield sources a few at a time, in the order in which they were added."""
    ids = sorted(
        number for uid, number in store.ids_by("sources", "uid").items() if wanted is None or uid in wanted
    )
    for start in range(0, len(ids), _AT_ONCE):
        yield from store.sources(ids[start : start + _AT_ONCE])
