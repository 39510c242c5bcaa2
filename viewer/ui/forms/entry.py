"""What goes into a form and what comes out of it, as plain values."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from viewer.domain.dates import FuzzyDate
from viewer.domain.records import Event, Kind, Source
from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True)
class SourceChoice:
    """A source that a claim can name."""

    uid: str
    title: str
    publisher: str | None = None
    language: str | None = None
    published: FuzzyDate | None = None
    has_text: bool = False


@dataclass(frozen=True, slots=True)
class EventChoice:
    """An event that a statement can be about."""

    uid: str
    title: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What the document knows already; `text_of` gives the stored text of a source by its uid.

    `statements`: the events in which a claim can have been made.
    """

    kinds: Sequence[Kind]
    actors: Sequence[str]
    places: Sequence[str]
    sources: Sequence[SourceChoice]
    events: Sequence[EventChoice]
    text_of: Callable[[str], str | None]
    statements: Sequence[EventChoice] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a form hands over: the event as it shall be, and the sources that were created with it."""

    event: Event
    new_sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Ghost:
    """Where the draft would stand on the timeline; undated or not understood: None."""

    kind: str
    date: FuzzyDate | None
