"""The store: a document's tables, read as records, and written by applying edits, which is the one way.

An edit is applied in one transaction together with its entry in the log and a new revision. Each row must
still be what the edit expects, else nothing is written and the caller hears that it changed elsewhere.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby, islice
from pathlib import Path

from viewer.domain.edits import Change, Edit, Row
from viewer.storage.access import Notice
from viewer.storage.connection import BUSY_SECONDS, copy_database, write
from viewer.storage.edit_log import EditLog
from viewer.storage.errors import (
    ChangedElsewhereError,
    ReadError,
    ReadOnlyError,
    WriteError,
    is_busy,
    write_code,
)
from viewer.storage.open_files import FileKey
from viewer.storage.schema import EDITABLE_TABLES
from viewer.storage.watching import Difference, State, Watch, outside_error, state_of

_STEP = 200
_Shape = tuple[str, tuple[str, ...] | None, tuple[str, ...] | None]


class Store(EditLog):
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
        self._refusal: Notice | None = None
        self._tell_step: Callable[[int, int], None] = lambda _done, _total: None

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

    def refuse_edits(self, reason: Notice | None) -> None:
        """Refuse all edits, and look away from the file, while another process changes it for this one.

        `reason` is what is said to who tries; None: that has ended.
        """
        self._refusal = reason

    def tell_steps(self, told: Callable[[int, int], None]) -> None:
        """Tell now and then how many rows of an edit are written, of how many; what `told` raises takes it back."""
        self._tell_step = told

    def before_first_write(self, action: Callable[[], None]) -> None:
        """Do something before the first edit of this session: note it, and keep a backup of what was there."""
        self._before_first_write = action

    def difference(self) -> Difference | None:
        """Return how the file differs from what was read: another program changed, replaced or removed it."""
        return None if self._refusal is not None else self._watch.difference()

    def expect_editable(self) -> None:
        """Make sure that the document may be changed now.

        Raises:
            WriteError: it may not, and why.
        """
        self.expect_same()
        if self._check is not None and self.read_only is None:
            self.take_check(self._check())
        if self.read_only is not None:
            raise ReadOnlyError("read-only", self.read_only.message, self.read_only.remedy, path=self.path)

    def expect_same(self) -> None:
        """Make sure, before an edit is prepared, that the file is still what was read; every edit asks again.

        Raises:
            ChangedElsewhereError: its code is replaced, overwritten or changed-elsewhere.
            WriteError: removed: the file is no longer there; or edits are refused for now.
        """
        if self._refusal is not None:
            reason = self._refusal
            raise WriteError(reason.code, reason.message, reason.remedy, path=self.path)
        self._watch.expect_same()

    def catch_up(self) -> tuple[Edit, ...]:
        """Take the edits that another program added as read; return them, oldest first.

        One that changed very many rows comes without them: see `edits_after`.

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
        return self.edits_after(known)

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
                self._change_all(edit.changes)
                self._record(edit, at)
                self._tell_step(len(edit.changes), len(edit.changes))
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
        self.expect_editable()
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

    def _change_all(self, changes: Sequence[Change]) -> None:
        """Make all changes in their order; rows that are added to one table in a row are added at once."""
        number, total = 0, len(changes)
        for shape, some in groupby(changes, _shape):
            while run := list(islice(some, _STEP)):
                self._tell_step(number, total)
                self._expect_columns(shape, run[0])
                if shape[1] is None and shape[2] is not None:
                    self._insert(run)
                else:
                    for change in run:
                        self._change(change)
                number += len(run)

    def _insert(self, run: Sequence[Change]) -> None:
        """Add rows of one table that name the same columns in the same order."""
        names = ", ".join(f'"{name}"' for name in ("id", *(run[0].after or ())))
        marks = ", ".join("?" * (1 + len(run[0].after or ())))
        self._connection.executemany(
            f'INSERT INTO "{run[0].table}" ({names}) VALUES ({marks})',
            [(change.id, *(change.after or {}).values()) for change in run],
        )

    def _change(self, change: Change) -> None:
        if change.before is not None:
            self._expect(change)
        if change.after is None:
            self._connection.execute(f'DELETE FROM "{change.table}" WHERE id = ?', (change.id,))
        else:
            names = ", ".join(f'"{name}" = ?' for name in change.after)
            self._connection.execute(
                f'UPDATE "{change.table}" SET {names} WHERE id = ?', (*change.after.values(), change.id)
            )

    def _expect_columns(self, shape: _Shape, change: Change) -> None:
        """Refuse names that are not ours: they stand in SQL, and a stranger's log may hold any."""
        if not self._columns:
            self._columns = {table: self._columns_of(table) for table in EDITABLE_TABLES}
        named = {*(shape[1] or ()), *(shape[2] or ())}
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
        # A row that goes must be the whole row that was meant; columns that are not named were empty.
        names = before if change.after is not None else self._columns[change.table] - {"id"}
        if not found or any(found[0].get(name) != before.get(name) for name in names):
            raise ChangedElsewhereError(
                "changed-elsewhere",
                f"A row of {change.table} is no longer what this change builds on.",
                "Nothing was changed. Look at it again and repeat the change.",
                path=self.path,
            )


def _shape(change: Change) -> _Shape:
    """Return a change's table and the names of the columns before and after."""
    before, after = change.before, change.after
    return change.table, None if before is None else tuple(before), None if after is None else tuple(after)
