"""A document written in another format beside its window: read anew, whole or not at all, cancelled at any time."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, TypeVar, cast

from viewer.domain.provenance import known_on
from viewer.domain.records import Event
from viewer.formats.outgoing import Loss, Outgoing, WritableFormat
from viewer.frozen import dataclass
from viewer.publishing import everything, selection
from viewer.storage.files import writing_whole
from viewer.storage.reader import Reader
from viewer.storage.reading import reading
from viewer.surroundings import Surroundings

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which events are written, by id, None: all; and as they were known at which moment, in seconds."""

    ids: Sequence[int] | None = None
    known_by: int | None = None


class CancelledError(Exception):
    """Nobody waits for the file any more; nothing was written."""


def export_beside(
    path: Path,
    document: str,
    target: Path,
    form: WritableFormat,
    wanted: Wanted,
    *,
    cancelled: Callable[[], bool],
) -> tuple[Loss, ...]:
    """Write the document at a path, by its uid, to `target`; return what has no place in the format.

    Call it in a worker.

    Raises:
        CancelledError: an older file is as it was.
        ReadError: the document cannot be read.
        WriteError: the file could not be written; an older one is as it was.
    """
    heed = _Heed(cancelled)
    with reading(path, document) as reader, writing_whole(target) as file:
        outgoing = heed.outgoing(_outgoing(reader, wanted, heed))
        return tuple(form.write(outgoing, cast(IO[bytes], _Heeding(file, heed))))


class _Heed:
    """Ends what is going on, by an error, once nobody waits for it any more."""

    def __init__(self, cancelled: Callable[[], bool]) -> None:
        self._cancelled = cancelled
        self.has_ended = False

    def check(self) -> None:
        """Raise CancelledError if nobody waits."""
        if self.has_ended or self._cancelled():
            self.has_ended = True
            raise CancelledError

    def outgoing(self, outgoing: Outgoing) -> Outgoing:
        """Return the same, read as long as somebody waits: many formats write nothing before they have read all."""
        return replace(
            outgoing,
            sources=lambda: self._each(outgoing.sources()),
            events=lambda: self._each(outgoing.events()),
        )

    def _each(self, records: Iterator[Record]) -> Iterator[Record]:
        for record in records:
            self.check()
            yield record


def _outgoing(reader: Reader, wanted: Wanted, heed: _Heed) -> Outgoing:
    context = Surroundings(reader).context
    if wanted.ids is None and wanted.known_by is None:
        return everything(reader, context)

    def as_known(event: Event) -> Event:
        heed.check()
        if wanted.known_by is None:
            return event
        return known_on(event, wanted.known_by, context()) or event

    ids = sorted(wanted.ids if wanted.ids is not None else (event.id for event in reader.events()))
    return selection(reader, ids, context, known_by=wanted.known_by, as_known=as_known)


class _Heeding(io.RawIOBase):
    """A stream that ends with CancelledError at the next write once nobody waits for the file.

    What is still written then goes nowhere: an archive completes itself when it is thrown away.
    """

    def __init__(self, file: IO[bytes], heed: _Heed) -> None:
        super().__init__()
        self._file = file
        self._heed = heed

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Write all of some bytes."""
        if self._heed.has_ended:
            return len(data)
        self._heed.check()
        return self._file.write(data)
