"""The store: a document's tables, read as records, and written by applying edits, which is the one way.

An edit is applied in one transaction together with its entry in the log and a new revision. Each row must
still be what the edit expects, else nothing is written and the caller hears that it changed elsewhere.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from viewer.domain.edits import Change, Edit, Row
from viewer.storage import rows
from viewer.storage.connection import copy_database, write
from viewer.storage.errors import ChangedElsewhereError, ReadError, WriteError
from viewer.storage.reader import Reader
from viewer.storage.schema import EDITABLE_TABLES

_EDITS = "SELECT e.*, u.uid AS undoes FROM edits e LEFT JOIN edits u ON u.id = e.undoes_id"


class Store(Reader):
    """An open document's tables. Not safe to share between threads."""

    def __init__(self, connection: sqlite3.Connection, path: Path, *, on_close: Callable[[], None]) -> None:
        super().__init__(connection, path)
        self._on_close = on_close
        self.revision = self.meta().revision
        self._columns: dict[str, frozenset[str]] = {}

    def close(self) -> None:
        """Close the connection; further calls raise."""
        self._connection.close()
        self._on_close()

    def copy_to(self, target: Path) -> None:
        """Write a complete copy of the document, as it is open here, over `target`, whole or not at all.

        Works also when the file itself was deleted or replaced meanwhile.

        Raises:
            WriteError: the copy could not be written; an older `target` is as it was.
        """
        copy_database(self._connection, target)

    # The log

    def edits(self) -> tuple[Edit, ...]:
        """Return the log, oldest first, without the rows that each edit changed."""
        found = self._rows(f"{_EDITS} ORDER BY e.id")
        return tuple(_edit_from(row, ()) for row in found)

    def edit(self, uid: str) -> Edit | None:
        """Return one edit with the rows that it changed."""
        found = self._rows(f"{_EDITS} WHERE e.uid = ?", (uid,))
        if not found:
            return None
        changed = self._rows("SELECT * FROM edit_changes WHERE edit_id = ? ORDER BY id", (found[0]["id"],))
        return _edit_from(found[0], tuple(_change_from(row) for row in changed))

    def dump(self) -> dict[str, Sequence[Row]]:
        """Return every row of every table but the log: what undo must restore."""
        return {
            table: self._rows(f'SELECT * FROM "{table}" ORDER BY id')
            for table in sorted(EDITABLE_TABLES - {"meta"})
        }

    # Writing

    def apply(self, edit: Edit, *, at: int) -> Edit:
        """Apply an edit and record it, all or nothing; return it with its time.

        Raises:
            ChangedElsewhereError: a row is no longer what the edit expects.
            WriteError: the file could not be written; nothing was changed.
        """
        try:
            with write(self._connection):
                self._expect_revision()
                for change in edit.changes:
                    self._change(change)
                self._record(edit, at)
                self._connection.execute("UPDATE meta SET revision = revision + 1")
        except (sqlite3.Error, ReadError, UnicodeEncodeError, OverflowError) as error:
            raise WriteError(
                "write-failed",
                f"The change could not be saved: {error}.",
                "Nothing was changed. Try again, or save a copy elsewhere.",
                path=self.path,
            ) from error
        self.revision += 1
        return replace(edit, at=at)

    def _expect_revision(self) -> None:
        found = self._rows("SELECT revision FROM meta")[0]["revision"]
        if found != self.revision:
            raise ChangedElsewhereError(
                "changed-elsewhere",
                "The document was changed by another program since it was read.",
                "Nothing was changed here. Reopen it, or save a copy.",
                path=self.path,
            )

    def _change(self, change: Change) -> None:
        self._expect_columns(change)
        if change.before is not None:
            self._expect(change)
        if change.after is None:
            self._connection.execute(f'DELETE FROM "{change.table}" WHERE id = ?', (change.id,))
        elif change.before is None:
            row = {"id": change.id, **change.after}
            names = ", ".join(f'"{name}"' for name in row)
            marks = ", ".join("?" * len(row))
            self._connection.execute(
                f'INSERT INTO "{change.table}" ({names}) VALUES ({marks})', tuple(row.values())
            )
        else:
            names = ", ".join(f'"{name}" = ?' for name in change.after)
            self._connection.execute(
                f'UPDATE "{change.table}" SET {names} WHERE id = ?', (*change.after.values(), change.id)
            )

    def _expect_columns(self, change: Change) -> None:
        """Refuse names that are not ours: they stand in SQL, and a stranger's log may hold any."""
        if not self._columns:
            self._columns = {table: self._columns_of(table) for table in EDITABLE_TABLES}
        named = {*(change.before or ()), *(change.after or ())}
        if change.table not in self._columns or not named <= self._columns[change.table]:
            raise WriteError(
                "not-editable",
                f"An edit cannot change these columns of {change.table!r}.",
                "Nothing was changed. Run a check of the document.",
                path=self.path,
            )

    def _columns_of(self, table: str) -> frozenset[str]:
        found = self._rows("SELECT name FROM pragma_table_info(?)", (table,))
        return frozenset(row["name"] for row in found)

    def _expect(self, change: Change) -> None:
        found = self._rows(f'SELECT * FROM "{change.table}" WHERE id = ?', (change.id,))
        before = change.before or {}
        if not found or any(found[0].get(name) != value for name, value in before.items()):
            raise ChangedElsewhereError(
                "changed-elsewhere",
                f"A row of {change.table} is no longer what this change builds on.",
                "Nothing was changed. Look at it again and repeat the change.",
                path=self.path,
            )

    def _record(self, edit: Edit, at: int) -> None:
        cursor = self._connection.execute(
            """INSERT INTO edits (uid, at, author, label, reason, undoes_id)
            VALUES (?, ?, ?, ?, ?, (SELECT id FROM edits WHERE uid = ?))""",
            (edit.uid, at, edit.author, edit.label, edit.reason, edit.undoes),
        )
        self._connection.executemany(
            """INSERT INTO edit_changes (edit_id, table_name, row_id, "before", "after")
            VALUES (?, ?, ?, ?, ?)""",
            (
                (cursor.lastrowid, c.table, c.id, _json_or_none(c.before), _json_or_none(c.after))
                for c in edit.changes
            ),
        )


def _json_or_none(row: Row | None) -> str | None:
    return None if row is None else rows.to_json(dict(row))


def _change_from(row: Mapping[str, Any]) -> Change:
    before, after = _row_or_none(row["before"]), _row_or_none(row["after"])
    return Change(row["table_name"], row["row_id"], before, after)


def _row_or_none(text: str | None) -> Row | None:
    value: Row | None = None if text is None else json.loads(text)
    if not isinstance(value, dict | None):
        raise ValueError("what the log says of a row is no JSON object")
    return value


def _edit_from(row: Mapping[str, Any], changes: tuple[Change, ...]) -> Edit:
    return Edit(
        uid=row["uid"],
        label=row["label"],
        changes=changes,
        author=row["author"],
        reason=row["reason"],
        undoes=row["undoes"],
        at=row["at"],
    )
