"""What a reader of somebody else's format is given, and what it gives back: records, one by one, and problems.

A reader is a generator over an `Opened` file. It runs in a process of its own and what it gives is checked again
by the reader of bundles, so it may build our records straight from the file's words. It never refuses a row because
the row is odd: it keeps what it can, and says what it could not read as a `Problem` with the place in the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from typing import IO, Any

from viewer.domain.records import UID_LIMIT, Actor, Event, Kind, Place, Source
from viewer.formats.incoming import Problem
from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """What a file says of the whole: a document that has no title or language yet takes them, and new views.

    A view is what a bundle writes of one: its uid, its name, and what it shows.
    """

    title: str | None = None
    language: str | None = None
    views: tuple[Mapping[str, Any], ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)


Record = Kind | Actor | Place | Source | Event | DocumentFacts


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that is being read: seekable, at its beginning. `name` is without its folder.

    `options` are what the user chose for this format, such as a table's mapping; plain JSON values.
    """

    file: IO[bytes]
    name: str
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """One record, where it stands in the file in words (“row 12”, “events[3]”), and its line, from 1.

    What the file does not say stays None or empty in the record, and is then left as it is in a document that
    knows the record already. A kind, actor or place only needs to be given where more than its name is known.
    `whole`: the file says all that the record holds, as a bundle does; what is None or empty is meant so.
    """

    record: Record
    path: str
    line: int | None = None
    whole: bool = False


Reading = Iterator[Found | Problem]
Reader = Callable[[Opened], Reading]


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, from which its format is told: its name and up to 64 kB."""

    name: str
    data: bytes


class Confidence:
    """How sure a format is that a file is its own; the surest reads it."""

    NO = 0
    ENDING = 1
    """Only the file's name says so."""
    LIKELY = 2
    """The content fits, as that of other formats might."""
    SURE = 3
    """The content names the format, or has its columns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadableFormat:
    """A format that can be brought in. `name` is what `--format` takes; `label` is shown."""

    name: str
    label: str
    endings: tuple[str, ...]
    recognise: Callable[[Head], int]
    """Return a `Confidence`; must be quick and must not raise."""
    read: Reader
    """Raises UnreadableError if the file is not of this format at all."""


def stable_uid(scope: str, identifier: str) -> str:
    """Return the uid of a record that a file knows by an identifier: the same whenever it is read again.

    `scope` is what the identifier is unique within, such as “acled” or a table's name. Too long ones are hashed.
    """
    uid = f"{scope}:{identifier}"
    if len(uid) <= UID_LIMIT:
        return uid
    return f"{scope[:30]}:{hashlib.sha256(uid.encode()).hexdigest()[:40]}"
