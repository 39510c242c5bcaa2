"""Checking the pages of a large document beside the window: on a connection of one's own, in a worker.

Until it is done the document can be read; its first edit would wait for the same check.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from viewer.storage.access import Notice
from viewer.storage.connection import connect
from viewer.storage.opening import check_late

_STEPS = 100_000  # of SQLite's machine between two questions: a few milliseconds


class Cancelled(Exception):
    """The work was cancelled; nothing was changed."""


def check_pages(path: Path, *, cancelled: Callable[[], bool]) -> Notice | None:
    """Check an open document; return why it must not be changed, or None. Reads 1 GB in about a second.

    Give the result to `Store.take_check` in the thread of the store.

    Raises:
        Cancelled: `cancelled` said so.
    """
    try:
        connection = connect(path, read_only=True)
    except (sqlite3.Error, OSError) as error:
        return Notice("damaged", f"“{path.name}” cannot be checked: {error}.", "Save a copy.")
    with closing(connection):
        connection.set_progress_handler(cancelled, _STEPS)
        found = check_late(path, connection)
        if cancelled():
            raise Cancelled
        return found
