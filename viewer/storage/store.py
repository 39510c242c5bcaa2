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
from viewer.storage.access import Notice
from viewer.storage.connection import BUSY_SECONDS, copy_database, write
from viewer.storage.errors import (
    ChangedElsewhereError,
    ReadError,
    ReadOnlyError,
    WriteError,
    is_busy,
    write_code,
)
from viewer.storage.open_files import FileKey
from viewer.storage.reader import Reader
from viewer.storage.schema import EDITABLE_TABLES
from viewer.storage.watching import Difference, State, Watch, outside_error, state_of

_EDITS = "SELECT e.*, u.uid AS undoes FROM edits e LEFT JOIN edits u ON u.id = e.undoes_id"


class Store(Reader):
    """An open document's tables. Not safe to share between threads.

    `read_only` says why it cannot be changed, None: it can. `notices` are what the user should know of its opening.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        key: FileKey,
        *,
        on_close: Callable[[], None],
        read_only: Notice | None = None,
        notices: tuple[Notice, ...] = (),
        check: Callable[[], Notice | None] | None = None,
    ) -> None:
        super().__init__(connection, path)
        self.read_only = read_only
        self.notices = notices
        self._on_close = on_close
        self._check = check
        self._before_first_write: Callable[[], None] | None = None
        self._watch = Watch(connection, path, key=key)
        self._columns: dict[str, frozenset[str]] = {}
        self._patience = BUSY_SECONDS

    @property
    def revision(self) -> int:
        """The revision that is shown here."""
        return self._watch.state.revision

    @property
    def state(self) -> State:
        """What tells the version that is shown here from others: uid, revision, newest edit."""
        return self._watch.state

    def close(self) -> None:
        """Close the connection; further calls raise."""
        self._connection.close()
        self._on_close()

    def copy_to(self, target: Path, *, private: bool = False) -> None:
        """Write a complete copy of the document, as it is open here, over `target`, whole or not at all.

        Works also when the file itself was deleted or replaced meanwhile. `private`: only its owner may read it.

        Raises:
            WriteError: the copy could not be written, or the version that was read is no longer there; an older
                `target` is as it was.
        """
        if self._watch.difference() == "overwritten":
            raise outside_error(self.path, "overwritten")
        copy_database(self._connection, target, private=private)

    # The file

    @property
    def is_checked(self) -> bool:
        """Whether its pages were checked; a large document is opened before that, and checked before an edit."""
        return self._check is None

    def take_check(self, found: Notice | None) -> None:
        """Take the result of a check that was made beside: None, or why the document must not be changed."""
        self._check = None
        self.read_only = self.read_only or found

    def refuse_unchecked(self) -> None:
        """Let an edit be refused until `take_check`, instead of checking first: for who cannot wait so long."""
        if self._check is not None:
            self._check = self._refuse_unchecked

    def wait_for_writers(self, seconds: float) -> None:
        """Wait only so long for another program that writes; then an edit is refused as "in-use"."""
        self._patience = seconds

    def before_first_write(self, action: Callable[[], None]) -> None:
        """Do something before the first edit of this session: note it, and keep a backup of what was there."""
        self._before_first_write = action

    def difference(self) -> Difference | None:
        """Return how the file differs from what was read: another program changed, replaced or removed it."""
        return self._watch.difference()

    def expect_same(self) -> None:
        """Make sure, before an edit is prepared, that the file is still what was read; every edit asks again.

        Raises:
            ChangedElsewhereError: its code is replaced, overwritten or changed-elsewhere.
            WriteError: removed: the file is no longer there.
        """
        self._watch.expect_same()

    def catch_up(self) -> tuple[Edit, ...]:
        """Take the edits that another program added as read; return them with their changes, oldest first.

        Raises:
            WriteError: the file was removed or replaced, or holds another version; its code says which.
            ReadError: the log cannot be read.
        """
        found = self._watch.difference()
        if found is None:
            return ()
        if found != "changed":
            raise outside_error(self.path, found)
        known = self._watch.state.last_edit
        try:
            self._watch.renew()
        except (sqlite3.Error, ValueError) as error:
            raise ReadError(
                "unreadable", f"“{self.path.name}” cannot be read: {error}.", "Open a backup.", path=self.path
            ) from error
        uids = self._rows(
            "SELECT uid FROM edits WHERE id > ifnull((SELECT id FROM edits WHERE uid = ?), 0) ORDER BY id",
            (known,),
        )
        edits = (self.edit(row["uid"]) for row in uids)
        return tuple(edit for edit in edits if edit is not None)

    # The log

    def edits(self) -> tuple[Edit, ...]:
        """Return the log, oldest first, without the rows that each edit changed."""
        found = self._rows(f"{_EDITS} ORDER BY e.id")
        return tuple(_edit_from(row, ()) for row in found)

    def edit_order(self) -> list[tuple[str, str | None]]:
        """Return the uid of each edit, oldest first, and that of the one that it takes back."""
        return self.tuples(
            "SELECT e.uid, u.uid FROM edits e LEFT JOIN edits u ON u.id = e.undoes_id ORDER BY e.id"
        )

    def edit_brief(self, uid: str) -> Edit | None:
        """Return one edit without the rows that it changed."""
        found = self._rows(f"{_EDITS} WHERE e.uid = ?", (uid,))
        return _edit_from(found[0], ()) if found else None

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
            ReadOnlyError: the document may only be read.
            ChangedElsewhereError: a row is no longer what the edit expects, or the file is no longer the same.
            WriteError: the file could not be written; nothing was changed.
        """
        self._prepare()
        done = State(self.state.uid, self.revision + 1, edit.uid)
        try:
            with write(self._connection, patience=self._patience):
                self._expect_state()
                for change in edit.changes:
                    self._change(change)
                self._record(edit, at)
                self._connection.execute("UPDATE meta SET revision = revision + 1")
        except (sqlite3.Error, ReadError, ValueError, OverflowError) as error:
            # All may be done but for the syncing of its folder, at which a commit fails too.
            if is_busy(error) or not self._watch.is_saved(done):
                raise WriteError(
                    write_code(error),
                    f"The change could not be saved: {error}.",
                    "Nothing was changed. Try again, or save a copy elsewhere.",
                    path=self.path,
                ) from error
        self._watch.keep(done)
        return replace(edit, at=at)

    def _prepare(self) -> None:
        """Make sure, before a transaction begins, that this document may be changed."""
        self.expect_same()
        if self._check is not None and self.read_only is None:
            self.take_check(self._check())
        if self.read_only is not None:
            raise ReadOnlyError("read-only", self.read_only.message, self.read_only.remedy, path=self.path)
        if self._before_first_write is not None:
            action, self._before_first_write = self._before_first_write, None
            action()

    def _refuse_unchecked(self) -> Notice | None:
        message = f"“{self.path.name}” is still being checked, and can be changed as soon as that is done."
        raise WriteError("being-checked", message, "Nothing was changed. Try again soon.", path=self.path)

    def _expect_state(self) -> None:
        """Look again inside the transaction, in which nobody else can write."""
        if state_of(self._connection) != self.state:
            self._watch.doubt()
            raise outside_error(self.path, "changed")

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
