"""An edit too large to be held: its changes, and the ids of the rows it adds, in a private file without a name.

As long as there are few of either they are in memory. The file is SQLite's own temporary one: it lies where the
system keeps such files, and goes when it is closed or the process ends.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence

from viewer.domain.edits import Change, ManyChanges
from viewer.storage import rows
from viewer.storage.errors import WriteError, write_code

MOST_HELD = 20_000
"""Changes, or ids, that are held in memory."""
_PART = 500
_TABLES = """
CREATE TABLE changes (id INTEGER PRIMARY KEY, table_name TEXT, row_id INTEGER, "before" TEXT, "after" TEXT);
CREATE TABLE ids (name TEXT, value TEXT, id INTEGER, PRIMARY KEY (name, value)) WITHOUT ROWID;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
"""


class Spool(ManyChanges):
    """Changes in the order in which they were added, read as often as is wanted; and ids by name and value."""

    def __init__(self) -> None:
        self._held: list[Change] = []
        self._ids: dict[tuple[str, str], int] = {}
        self._count = 0
        self._file: sqlite3.Connection | None = None

    @property
    def held(self) -> tuple[Change, ...] | None:
        """All changes if they are in memory, else None."""
        return tuple(self._held) if len(self._held) == self._count else None

    def close(self) -> None:
        """Let the file go; what was in it is gone."""
        if self._file is not None:
            self._file.close()

    # Changes

    def append(self, change: Change) -> None:
        """Add a change.

        Raises:
            WriteError: the temporary file cannot be written.
        """
        self._held.append(change)
        self._count += 1
        if len(self._held) > MOST_HELD:
            self._put_away()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Change]:
        yield from self._read("ORDER BY id")
        yield from self._held

    def __reversed__(self) -> Iterator[Change]:
        yield from reversed(self._held)
        yield from self._read("ORDER BY id DESC")

    def _at(self, index: int) -> Change:
        before = self._count - len(self._held)
        if index >= before:
            return self._held[index - before]
        return next(self._read("WHERE id = ?", (index + 1,)))

    def _put_away(self) -> None:
        found = ((c.table, c.id, _text(c.before), _text(c.after)) for c in self._held)
        self._write('INSERT INTO changes (table_name, row_id, "before", "after") VALUES (?, ?, ?, ?)', found)
        self._held.clear()

    def _read(self, which: str, values: Sequence[int] = ()) -> Iterator[Change]:
        if self._file is None:
            return
        query = f'SELECT table_name, row_id, "before", "after" FROM changes {which}'
        for table, row_id, before, after in self._file.execute(query, values):
            yield Change(table, row_id, _row(before), _row(after))

    def texts(self) -> Iterator[tuple[str, int, str | None, str | None]]:
        """Yield table, id, and both rows as JSON, as the log writes them: what lies in the file is so already."""
        if self._file is not None:
            yield from self._file.execute(
                'SELECT table_name, row_id, "before", "after" FROM changes ORDER BY id'
            )
        for change in self._held:
            yield change.table, change.id, _text(change.before), _text(change.after)

    # Ids

    def keep_ids(self, name: str, found: Mapping[str, int]) -> None:
        """Remember ids by a value, under the name of what they are ids of.

        Raises:
            WriteError: the temporary file cannot be written.
        """
        self._ids.update({(name, value): row_id for value, row_id in found.items()})
        if len(self._ids) > MOST_HELD:
            self._write(
                "INSERT OR IGNORE INTO ids VALUES (?, ?, ?)",
                ((*key, row_id) for key, row_id in self._ids.items()),
            )
            self._ids.clear()

    def kept_ids(self, name: str, values: Iterable[str]) -> dict[str, int]:
        """Return the ids that are remembered of some values."""
        wanted = list(values)
        found = {value: self._ids[name, value] for value in wanted if (name, value) in self._ids}
        if self._file is None:
            return found
        for start in range(0, len(wanted), _PART):
            part = wanted[start : start + _PART]
            marks = ", ".join("?" * len(part))
            query = f"SELECT value, id FROM ids WHERE name = ? AND value IN ({marks})"
            found.update(self._file.execute(query, (name, *part)))
        return found

    # The file

    def _write(self, statement: str, values: Iterable[tuple[object, ...]]) -> None:
        try:
            file = self._opened()
            file.execute("BEGIN")
            file.executemany(statement, values)
            file.execute("COMMIT")
        except (sqlite3.Error, OSError) as error:
            raise WriteError(
                write_code(error),
                f"So large a change needs a temporary file, which could not be written: {error}.",
                "Nothing was changed. Make room where temporary files lie, and try again.",
            ) from error

    def _opened(self) -> sqlite3.Connection:
        if self._file is None:
            # An empty name: a file of its own that no other can open.
            self._file = sqlite3.connect("", isolation_level=None, check_same_thread=False)
            self._file.executescript(_TABLES)
        return self._file


def _text(row: Mapping[str, object] | None) -> str | None:
    return None if row is None else rows.to_json(dict(row))


def _row(text: str | None) -> dict[str, str | int | float | None] | None:
    return None if text is None else json.loads(text)
