"""Reading a document beside the window: a connection of one's own, which can write nothing and blocks nobody.

A reader holds the file's lock while it reads, and a commit waits for it. So each read is short: many rows are
read in chunks, and between two of them whoever writes has the file.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from viewer.storage.connection import connect
from viewer.storage.errors import ReadError
from viewer.storage.reader import Reader


@contextmanager
def reading(path: Path, document_uid: str | None = None) -> Iterator[Reader]:
    """Read a document that may be open elsewhere, in this thread; the one of this uid, if it is given.

    Raises:
        ReadError: it is not there any more, or another document lies in its place.
    """
    try:
        connection = connect(path, read_only=True)
    except (sqlite3.Error, OSError) as error:
        raise _unreadable(path, str(error)) from error
    with closing(connection):
        reader = Reader(connection, path)
        if document_uid is not None and reader.meta().uid != document_uid:
            raise _unreadable(path, "another document lies in its place")
        yield reader


def _unreadable(path: Path, reason: str) -> ReadError:
    return ReadError("unreadable", f"“{path.name}” cannot be read: {reason}.", "Open it again.", path=path)
