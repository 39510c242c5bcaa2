"""Watching the file of an open document: is it still the same, and does it still hold what was read?

A sync tool may put another version in its place or write it over the open one; another Dateline may add edits.
What a document holds is known by its uid, its revision and its newest edit. A look costs a few microseconds: the
system's word on the file and SQLite's counter of changes; only when one of them moved is the file itself read,
by a connection of its own, because SQLite may have kept pages of before.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Literal, NamedTuple

from viewer.storage.connection import BUSY_SECONDS, connect
from viewer.storage.errors import ChangedElsewhereError, WriteError, is_busy
from viewer.storage.open_files import FileKey, key_of

Difference = Literal["removed", "replaced", "overwritten", "changed"]
"""removed: nothing lies there any more, or its disk is gone. replaced: another file lies there; the one that was
opened can still be read whole. overwritten: another program wrote another version into the very file. changed: it
holds what was read and, after it, edits that another program made."""

_STATE = "SELECT uid, revision, (SELECT uid FROM edits ORDER BY id DESC LIMIT 1) FROM meta"


class State(NamedTuple):
    """What tells two versions of a document apart."""

    uid: str
    revision: int
    last_edit: str | None


def state_of(connection: sqlite3.Connection) -> State:
    """Return the state of a document as a connection sees it.

    Raises:
        sqlite3.Error: it cannot be read.
        ValueError: it says nothing of itself.
    """
    row = connection.execute(_STATE).fetchone()
    if row is None:
        raise ValueError("the document lost its name")
    return State(*row)


class Watch:
    """Knows what the file of an open document was when it was read or written last."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, key: FileKey) -> None:
        self._connection = connection
        self._path = path
        self._key = key
        self._stamp: tuple[int, int] | None = None
        self._version = -1
        self.state = self.renew()

    def renew(self) -> State:
        """Take the present file as read; return its state.

        Raises:
            sqlite3.Error, ValueError: it cannot be read.
        """
        # First the stamp: what is written between the two is noticed at the next look.
        self._stamp, self._version = self._present_stamp(), self._data_version()
        self.state = state_of(self._connection)
        return self.state

    def keep(self, state: State) -> None:
        """Take the present file as ours, after a commit of ours that led to a state."""
        # SQLite's counter is of others' changes; as it was, it tells of one that came after the commit.
        self.state, self._stamp = state, self._present_stamp()

    def is_saved(self, state: State) -> bool:
        """Return whether the file itself is in a state now: a commit may take effect and yet report a failure."""
        try:
            with closing(connect(self._path, read_only=True)) as fresh:
                fresh.execute(f"PRAGMA busy_timeout={round(BUSY_SECONDS * 1000)}")
                return key_of(os.stat(self._path)) == self._key and state_of(fresh) == state
        except (sqlite3.Error, OSError, ValueError):
            return False

    def doubt(self) -> None:
        """Compare the file itself at the next look: a transaction found another state than the last look."""
        self._stamp = None

    def difference(self) -> Difference | None:
        """Return how the file differs from what was read; None when it does not, or when it is in use.

        Cheap enough to ask before every edit and every two seconds.
        """
        try:
            found = os.stat(self._path)
        except (OSError, ValueError):
            return "removed"
        if key_of(found) != self._key:
            return "replaced"
        try:
            version = self._data_version()
        except sqlite3.Error as error:
            return None if is_busy(error) else "overwritten"
        stamp = (found.st_size, found.st_mtime_ns)
        if (stamp, version) == (self._stamp, self._version):
            return None
        return self._compared(stamp, version)

    def expect_same(self) -> None:
        """Make sure that the file is still what was read.

        Raises:
            ChangedElsewhereError: its code is replaced, overwritten or changed-elsewhere.
            WriteError: removed: the file is no longer there.
        """
        found = self.difference()
        if found is not None:
            raise outside_error(self._path, found)

    def _compared(self, stamp: tuple[int, int], version: int) -> Difference | None:
        """Read the file anew, past the pages that SQLite keeps; nothing but a touch leaves it the same."""
        try:
            with closing(connect(self._path, read_only=True)) as fresh:
                fresh.execute("PRAGMA busy_timeout=0")
                state = state_of(fresh)
                ours = self.state.last_edit
                follows = (
                    ours is None or fresh.execute("SELECT 1 FROM edits WHERE uid = ?", (ours,)).fetchone()
                )
        except (sqlite3.Error, OSError, ValueError) as error:
            return None if is_busy(error) else "overwritten"
        if state == self.state:
            self._stamp, self._version = stamp, version
            return None
        if state.uid != self.state.uid or not follows or state.revision <= self.state.revision:
            return "overwritten"
        # Where SQLite has not noticed, it would mix pages of both versions: no case for catching up. It is asked
        # again, for another program may have written between its word and the reading.
        try:
            has_noticed = version != self._version or self._data_version() != self._version
        except sqlite3.Error as error:
            return None if is_busy(error) else "overwritten"
        return "changed" if has_noticed else "overwritten"

    def _data_version(self) -> int:
        version: int = self._connection.execute("PRAGMA data_version").fetchone()[0]
        return version

    def _present_stamp(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self._path)
        except (OSError, ValueError):  # the next look tells what is the matter
            return None
        return (found.st_size, found.st_mtime_ns)


def outside_error(path: Path, difference: Difference) -> WriteError:
    """Return the error of a change that was not made because the file is no longer what was read."""
    name = f"“{path.name}”"
    if difference == "removed":
        message = f"{name} is no longer where it was opened: it was moved or deleted, or its disk is gone."
        return WriteError("removed", message, "Nothing was changed. Save a copy elsewhere.", path=path)
    if difference == "replaced":
        message = f"{name} was replaced by another file while it was open."
        remedy = "Nothing was changed. Reopen it to see that file, or save a copy of this one elsewhere."
    elif difference == "overwritten":
        message = f"{name} was changed by another program, which wrote another version over it."
        remedy = "Nothing was changed. Reopen it; the version before is in its backups."
    else:
        message = f"{name} was changed by another program since it was read."
        remedy = "Nothing was changed here. Look at the new version, then repeat the change, or save a copy."
    code = "changed-elsewhere" if difference == "changed" else difference
    return ChangedElsewhereError(code, message, remedy, path=path)
