"""A stranger's file, read in a process of its own with limits; what comes back is checked before it is used."""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import IO, Any

from viewer.children import ChildError, stream_child
from viewer.formats import wire
from viewer.formats.bundle import read_elements
from viewer.formats.foreign import Opened
from viewer.formats.incoming import Incoming, Known, Problem, UnreadableError
from viewer.formats.registry import readable_format
from viewer.formats.strict_json import Element

MEMORY_MB = 2048
SECONDS = 30
SECONDS_PER_MB = 20
"""Processor time that a reader may take: for any file, and more for a large one."""


@dataclass(slots=True)
class ForeignFile:
    """A file to be read as a format: a real one, open for reading; `options` as that format takes them."""

    file: IO[bytes]
    name: str
    format: str
    options: Mapping[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes."""
        return os.fstat(self.file.fileno()).st_size


Told = Callable[[int], None]
"""Called now and then with the bytes of the file that have been read."""


PART = 2_000
PART_BYTES = 32 * 1024 * 1024
"""Records that are held at once, and how long their lines are together."""


def parts_of(
    foreign: ForeignFile,
    *,
    cancelled: Callable[[], bool] = lambda: False,
    told: Told = lambda _bytes: None,
) -> Generator[Part, None, None]:
    """Yield a file part by part, each to be checked before the next is read.

    Raises:
        UnreadableError: it is not of this format, or its reader had to be stopped, or was cancelled.
    """
    part = Part()
    for section, each, size in _elements(foreign, cancelled=cancelled, told=told):
        if isinstance(each, Problem):
            part.problems.append(each)
        else:
            part.add(section, each)
        part.count += 1
        part.size += size
        if part.count >= PART or part.size >= PART_BYTES:
            yield part
            part = Part()
    if part.count:
        yield part


@dataclass(slots=True)
class Part:
    """Some of the records of a file, as its reader gave them, and what was odd about them."""

    found: dict[str, list[Element]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    count: int = 0
    size: int = 0

    def add(self, section: str, element: Element) -> None:
        """Add a record under its key."""
        self.found.setdefault(section, []).append(element)

    def named(self) -> dict[str, list[str]]:
        """Return the uids that the records have or refer to, by the kind of record."""
        named: dict[str, list[Any]] = {"events": [], "sources": [], "claims": []}
        for element in self.found.get("sources", ()):
            named["sources"] += (element.value.get("uid"), element.value.get("derived_from"))
        for element in self.found.get("events", ()):
            named["events"].append(element.value.get("uid"))
            named["events"] += (link.get("to") for link in objects_in(element.value, "links"))
            for claim in objects_in(element.value, "claims"):
                named["claims"].append(claim.get("uid"))
                named["sources"].append(claim.get("source"))
                named["events"].append(claim.get("statement"))
        return {name: [uid for uid in found if uid.__class__ is str] for name, found in named.items()}

    def read(self, known: Known) -> Incoming:
        """Check the records like those of a bundle; `known` is what they may refer to beside each other."""
        facts = self.found.pop(wire.DOCUMENT, [])
        found: dict[str, Element | list[Element]] = dict(self.found)
        for element in facts:
            found |= _top(element)
        incoming = read_elements(found, known)
        for element in facts:
            extra = element.value.get("extra")
            if not element.fault and isinstance(extra, dict):
                incoming.extra |= extra
        incoming.problems[:0] = self.problems
        return incoming


def objects_in(value: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the objects of a list within a record; none where there is no list."""
    found = value.get(key)
    if not found:
        return []
    return [each for each in found if each.__class__ is dict] if found.__class__ is list else []


def _top(facts: Element) -> dict[str, Element | list[Element]]:
    """Return what a file says of the whole as the top of a bundle has it."""
    if facts.fault:
        return {wire.DOCUMENT: facts}
    views = facts.value.get("views")
    top: dict[str, Element | list[Element]] = {
        key: Element(facts.value.get(key), facts.line) for key in ("title", "language")
    }
    return {**top, "views": [Element(view, facts.line) for view in views] if isinstance(views, list) else []}


def _elements(
    foreign: ForeignFile, *, cancelled: Callable[[], bool], told: Told
) -> Iterator[tuple[str, Element | Problem, int]]:
    """Yield what a file holds, one by one: the key of a bundle that it belongs under, itself, its bytes."""
    readable_format(foreign.format)
    seconds = SECONDS + SECONDS_PER_MB * foreign.size // 1_000_000
    lines = stream_child(
        read_out,
        foreign.file,
        arguments={"format_name": foreign.format, "name": foreign.name, "options": dict(foreign.options)},
        cpu_seconds=seconds,
        memory_mb=MEMORY_MB,
        wall_seconds=seconds * 4,
        cancelled=cancelled,
    )
    try:
        # Closed at once: the thread that takes the lines in must not live on while the interpreter ends.
        with closing(lines):
            yield from _checked(lines, told)
    except ChildError as error:
        raise UnreadableError(f"it could not be read: {error}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError("it could not be read: its reader gave something else than records") from error


def _checked(lines: Iterator[bytes], told: Told) -> Iterator[tuple[str, Element | Problem, int]]:
    for line in lines:
        section, each = wire.element_of(line)
        if isinstance(each, Element | Problem):
            yield section, each, len(line)
        elif isinstance(each, UnreadableError):
            raise each
        elif isinstance(each, wire.Progress):
            told(each.bytes)
        else:
            return
    raise ChildError("answer", "its reader stopped in the middle")


def read_out(file: IO[bytes], *, format_name: str, name: str, options: Mapping[str, Any]) -> Iterator[bytes]:
    """Read a file as a format, in the child; yield its lines (see `viewer.formats.wire`)."""
    reader = readable_format(format_name)
    return wire.lines_of(reader.read(Opened(file, name, options)), lambda: os.lseek(file.fileno(), 0, 1))
