"""What is to be written of a document, and what a format for writing is.

A writer is given records, never the document: events already chosen by a filter and reduced to what was known,
with the sources, actors, places and kinds that these name. It writes a stream and says what it could not carry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import IO, Any

from viewer.domain.context import Context
from viewer.domain.records import Actor, Event, Extra, Kind, Place, Source
from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """A document, or a selection of its events, as records.

    `sources` and `events` give a fresh iterator each time they are called: a large document is never held whole.
    A source comes with the original that it derives from, an actor or a place with its parent. A link, or a
    claim's statement, may lead to an event that is not among those written. `context` is that of the whole
    document: with it claims count here as they do there.

    `title` None: it has none of its own; `name` is then that of its file, for a heading. `known_by`, seconds: only
    what had been published by then is here; None: everything. `hidden` counts the events that a filter left out.
    """

    uid: str
    name: str
    title: str | None
    language: str | None
    kinds: tuple[Kind, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    views: tuple[Mapping[str, Any], ...]
    sources: Callable[[], Iterator[Source]]
    events: Callable[[], Iterator[Event]]
    extra: Extra
    context: Callable[[], Context] = Context
    known_by: int | None = None
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Loss:
    """Something of the records that a format has no place for, in plain words (“events without a date”)."""

    what: str
    count: int

    def __str__(self) -> str:
        """Return “events without a date: 3”."""
        return f"{self.what}: {self.count:,}"


Writer = Callable[[Outgoing, IO[bytes]], Iterable[Loss]]


@dataclass(frozen=True, slots=True, kw_only=True)
class WritableFormat:
    """A format that can be written. `name` is what `--format` takes; `label` is shown; `ending` is “.json”.

    Of several formats with one ending, the first that is offered is meant by a file's name alone.
    """

    name: str
    label: str
    ending: str
    write: Writer
    """Writes everything before it returns; the same records always give the same bytes. The stream cannot seek."""


class Losses:
    """A tally of what could not be carried, in the order in which it was first met."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, what: str, count: int = 1) -> None:
        """Count something that was left out."""
        if count:
            self._counts[what] = self._counts.get(what, 0) + count

    def found(self) -> tuple[Loss, ...]:
        """Return what was counted."""
        return tuple(Loss(what, count) for what, count in self._counts.items())
