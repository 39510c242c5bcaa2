"""What reading a file gives: records as far as they could be read, and every problem by its place."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from dataclasses import field, replace
from typing import Any

from viewer.domain.records import Actor, Event, Kind, Place, Source
from viewer.frozen import dataclass


class UnreadableError(Exception):
    """The file cannot be read at all; the message says where and what was expected."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.file = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a file that is not as it should be: where, and what was done about it."""

    path: str
    message: str
    line: int | None = None
    file: str = ""


def _none(_uid: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """What the document holds already, by uid or name, so that a file may refer to it."""

    sources: Container[str] = frozenset()
    events: Container[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    owner_of: Callable[[str], str | None] = _none
    """The uid of the event that a claim belongs to, by the claim's own uid."""
    text_of: Callable[[str], str | None] = _none
    """The stored text of one of these sources."""


@dataclass(frozen=True, slots=True)
class Either(Container[str]):
    """What is in one of two containers: nothing is copied, for a document may hold millions."""

    one: Container[str]
    other: Container[str]

    def __contains__(self, value: object) -> bool:
        return value in self.one or value in self.other


@dataclass(frozen=True, slots=True)
class IncomingEvent:
    """An event and the names of the fields that the file states; what it does not state is not recorded.

    `claims_stated` says the same of each of its claims; `path` and `line` are its place in the file.
    """

    event: Event
    stated: frozenset[str]
    claims_stated: tuple[frozenset[str], ...]
    path: str = field(compare=False)
    line: int | None = field(compare=False)


@dataclass(frozen=True, slots=True)
class IncomingSource:
    """A source, the names of the fields that the file states, and its place in the file."""

    source: Source
    stated: frozenset[str]
    path: str = field(compare=False)
    line: int | None = field(compare=False)


@dataclass(slots=True)
class Incoming:
    """All that a file, or several, bring. Claims without a uid of their own have an empty one."""

    title: str | None = None
    language: str | None = None
    kinds: list[Kind] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    sources: list[IncomingSource] = field(default_factory=list)
    events: list[IncomingEvent] = field(default_factory=list)
    views: list[Mapping[str, Any]] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    refused: int = 0

    def add(self, other: Incoming, file: str) -> None:
        """Take in what another file brings; of a record that both hold, the first is kept."""
        self.problems.extend(replace(problem, file=file) for problem in other.problems)
        self.title, self.language = self.title or other.title, self.language or other.language
        self.kinds.extend(other.kinds)
        self.actors.extend(other.actors)
        self.places.extend(other.places)
        self.views.extend(other.views)
        self.extra = {**other.extra, **self.extra}
        self.refused += other.refused
        sources = {entry.source.uid: entry for entry in self.sources}
        for source in other.sources:
            if source.source.uid not in sources:
                self.sources.append(source)
            elif source != sources[source.source.uid]:
                self._twice(source, file)
        events = {entry.event.uid: entry for entry in self.events}
        for event in other.events:
            if event.event.uid not in events:
                self.events.append(event)
            elif event != events[event.event.uid]:
                self._twice(event, file)
                self.refused += 1

    def _twice(self, entry: IncomingSource | IncomingEvent, file: str) -> None:
        message = "a file before this one holds the same uid with other content; not imported"
        self.problems.append(Problem(entry.path, message, entry.line, file))
