"""The bundle as a format to write; what stands in it is worked out in `bundle_writing`."""

from __future__ import annotations

from typing import IO

from viewer.formats.bundle_writing import bundle_text
from viewer.formats.outgoing import Loss, Outgoing, WritableFormat


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write a bundle; nothing is lost."""
    for piece in bundle_text(outgoing):
        file.write(piece.encode())
    return ()


FORMAT = WritableFormat(name="bundle", label="Bundle", ending=".json", write=write)
