"""The cache of what is searched: finds an index, has it follow the log, and falls back where it cannot.

It lies in the document's cache folder and remembers the edit up to which it has read the log. A document that
went another way since (a copy, a restored backup) is indexed anew; so is everything when the index is damaged.
Nothing of it is ever needed to open a document.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from viewer.storage.cache_folder import CacheFolder
from viewer.storage.column_queries import has_more_events_than
from viewer.storage.errors import ReadError, StorageError, WriteError
from viewer.storage.reader import Reader
from viewer.storage.search_index import (
    build_index,
    connect_index,
    covered,
    fill_index,
    first_matches,
    follow,
    listed,
    matches,
)
from viewer.storage.touching import edits_since, touched_since

FEW = 5_000
"""So many events are indexed at once when a search needs them; more of them in the background."""

Answer = TypeVar("Answer")


class Searching:
    """A search in an index as it is now, for one thread at a time; another one may interrupt it. Close it."""

    def __init__(self, connection: sqlite3.Connection, lock: threading.Lock | None = None) -> None:
        self._connection = connection
        self._lock = lock

    def events(self, text: str) -> array[int]:
        """Return the ids of the events whose title, summary, names, quotes or their paragraphs match, rising.

        Raises:
            ReadError: the index is damaged, or the search was interrupted.
        """
        return self._asked(lambda: matches(self._connection, "events", text))

    def listed(self, text: str) -> str:
        """Return the same ids in any order, written with commas between: quicker to come by, where there are many.

        Raises:
            ReadError: the index is damaged, or the search was interrupted.
        """
        return self._asked(lambda: listed(self._connection, "events", text))

    def first(self, text: str, limit: int = 100) -> array[int]:
        """Return some of these, at once; rising.

        Raises:
            ReadError: the index is damaged, or the search was interrupted.
        """
        return self._asked(lambda: first_matches(self._connection, "events", text, limit))

    def sources(self, text: str) -> array[int]:
        """Return the ids of the sources whose title, publisher or stored text match, rising.

        Raises:
            ReadError: the index is damaged, or the search was interrupted.
        """
        return self._asked(lambda: matches(self._connection, "sources", text))

    def interrupt(self) -> None:
        """Stop what another thread is asking just now, if it is."""
        try:
            self._connection.interrupt()
        except sqlite3.ProgrammingError:  # it has closed it meanwhile
            pass

    def close(self) -> None:
        """End the search."""
        if self._lock is None:
            self._connection.close()

    def _asked(self, ask: Callable[[], Answer]) -> Answer:
        try:
            if self._lock is None:
                return ask()
            with self._lock:
                return ask()
        except sqlite3.Error as error:
            raise ReadError("search-failed", f"The search index cannot be read: {error}.") from error


class Cache:
    """The search index of one document. Any failure makes it start again, at last in memory alone.

    So `few` events are indexed when a search needs them. `problem`: why the index is kept in memory, in words of
    the system; None while it lies in the folder.
    """

    def __init__(self, folder: CacheFolder, document_uid: str, *, few: int = FEW) -> None:
        self._folder = folder
        self._uid = document_uid
        self._few = few
        self._path: Path | None = None
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.Lock()
        self.problem: str | None = None

    def close(self) -> None:
        """Close the index; its file stays for the next time."""
        if self._connection is not None:
            self._connection.close()
        self._connection = self._path = None

    def is_ready(self, reader: Reader) -> bool:
        """Tell whether the index covers the document as it is, after it has caught up with what it can.

        A small document is indexed here and now, as far as need be; for a big one without an index, or with
        too many edits since, the answer is no: have `build` run in the background.
        """
        return self._surely(lambda: self._catch_up(reader))

    def searching(self, reader: Reader) -> Searching | None:
        """Return a search in the index, to be used in any one thread; None while there is no index yet."""
        return self._surely(lambda: self._beside(reader))

    def search(self, reader: Reader, text: str) -> array[int]:
        """Return what `Searching.events` finds; whatever the size of the document, it is indexed before."""
        return self._found(reader, "events", text)

    def search_sources(self, reader: Reader, text: str) -> array[int]:
        """Return what `Searching.sources` finds; whatever the size of the document, it is indexed before."""
        return self._found(reader, "sources", text)

    def distrust(self) -> None:
        """Forget an index that a search found damaged."""
        self._start_again()

    def build(
        self,
        reader: Reader,
        progress: Callable[[int, int], None] = lambda done, total: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        """Index the document in the folder, else in memory. May run in a worker, with a reader of its own."""
        if self.problem is None:
            try:
                self._folder.use()
                build_index(reader, self._folder.new_search_index(), progress, cancelled)
                return
            except (OSError, WriteError) as error:
                self._remember(error)
        self._build_in_memory(reader, progress, cancelled)

    def _found(self, reader: Reader, table: str, text: str) -> array[int]:
        def ask() -> array[int]:
            if not self._catch_up(reader):
                self.build(reader)
                self._catch_up(reader)
            if self._connection is None:
                raise sqlite3.DatabaseError("there is no search index")
            with self._lock:
                return matches(self._connection, table, text)

        return self._surely(ask)

    def _surely(self, work: Callable[[], Answer]) -> Answer:
        try:
            return work()
        except (sqlite3.Error, ReadError):
            self._start_again()
        try:
            return work()
        except (sqlite3.Error, ReadError) as error:
            self._remember(error)
            self._start_again()
        return work()

    def _catch_up(self, reader: Reader) -> bool:
        connection = self._connection or self._opened(reader)
        if connection is None:
            if has_more_events_than(reader, self._few):
                return False
            self.build(reader)
            connection = self._connection or self._opened(reader)
            if connection is None:
                raise sqlite3.DatabaseError("the search index was not written")
        _, revision, edit_uid = covered(connection)
        meta = reader.meta()
        if revision == meta.revision:
            return True
        touched = touched_since(reader, edit_uid, "found", self._few)
        if touched is not None:
            with self._lock:
                follow(connection, reader, touched, meta.revision)
            return True
        self._start_again()
        return not has_more_events_than(reader, self._few) and self._catch_up(reader)

    def _opened(self, reader: Reader) -> sqlite3.Connection | None:
        """Open the newest index that belongs to this document and its history."""
        for path in self._folder.search_indexes() if self.problem is None else ():
            try:
                connection = connect_index(path)
            except (sqlite3.Error, OSError):
                self._folder.discard(path)
                continue
            try:
                if self._belongs(reader, connection):
                    self._connection, self._path = connection, path
                    return connection
            except sqlite3.Error:
                self._folder.discard(path)
            connection.close()
        return None

    def _belongs(self, reader: Reader, connection: sqlite3.Connection) -> bool:
        uid, revision, edit_uid = covered(connection)
        since = edits_since(reader, edit_uid)
        return uid == self._uid and since is not None and revision + since == reader.meta().revision

    def _beside(self, reader: Reader) -> Searching | None:
        if not self._catch_up(reader):
            return None
        if self._path is not None:
            return Searching(connect_index(self._path))
        return None if self._connection is None else Searching(self._connection, self._lock)

    def _build_in_memory(
        self, reader: Reader, progress: Callable[[int, int], None], cancelled: Callable[[], bool]
    ) -> None:
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        if fill_index(connection, reader, progress, cancelled):
            self._connection = connection
        else:
            connection.close()

    def _start_again(self) -> None:
        path = self._path
        self.close()
        if path is not None:
            self._folder.discard(path)

    def _remember(self, error: Exception) -> None:
        if self.problem is None:
            self.problem = error.message if isinstance(error, StorageError) else str(error)
