"""A document written in another format beside its window: read anew, whole or not at all, cancelled at any time."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Any, cast

from viewer.domain.provenance import known_on
from viewer.domain.records import Event
from viewer.formats.outgoing import Loss, Outgoing, WritableFormat
from viewer.frozen import dataclass
from viewer.publishing import everything, selection
from viewer.storage.files import writing_whole
from viewer.storage.reader import Reader
from viewer.storage.reading import reading
from viewer.surroundings import Surroundings


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
    with reading(path, document) as reader, writing_whole(target) as file:
        return tuple(form.write(_outgoing(reader, wanted), cast(IO[bytes], _Heeding(file, cancelled))))


def _outgoing(reader: Reader, wanted: Wanted) -> Outgoing:
    context = Surroundings(reader).context
    if wanted.ids is None and wanted.known_by is None:
        return everything(reader, context)

    def as_known(event: Event) -> Event:
        if wanted.known_by is None:
            return event
        return known_on(event, wanted.known_by, context()) or event

    ids = sorted(wanted.ids if wanted.ids is not None else (event.id for event in reader.events()))
    return selection(reader, ids, context, known_by=wanted.known_by, as_known=as_known)


class _Heeding(io.RawIOBase):
    """A stream that ends with CancelledError at the next write once nobody waits for the file."""

    def __init__(self, file: IO[bytes], cancelled: Callable[[], bool]) -> None:
        super().__init__()
        self._file = file
        self._cancelled = cancelled

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Write all of some bytes."""
        if self._cancelled():
            raise CancelledError
        return self._file.write(data)
