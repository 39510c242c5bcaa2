"""The log of a document: every edit in order, with the rows that each changed, as they were before and after."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from viewer.domain.edits import Change, Edit, ManyChanges, Row
from viewer.storage import rows
from viewer.storage.reader import Reader
from viewer.storage.spool import MOST_HELD, Spool

Act = Literal["added", "changed", "deleted"]
MOST_TOLD = 1_000
"""Rows of an edit that are read without anybody noticing: in some 20 ms."""
_PART = 1_000
_BEYOND = 2**63 - 1
_EDITS = "SELECT e.*, u.uid AS undoes FROM edits e LEFT JOIN edits u ON u.id = e.undoes_id"


class EditLog(Reader):
    """A document's tables with its log."""

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
        changes = LoggedChanges(self, found[0]["id"])
        return _edit_from(found[0], changes if len(changes) > MOST_HELD else tuple(changes))

    def edit_briefs(self, uids: Sequence[str]) -> dict[str, Edit]:
        """Return some edits by their uids, without the rows that each changed."""
        marks = ", ".join("?" * len(uids))
        found = self._rows(f"{_EDITS} WHERE e.uid IN ({marks})", tuple(uids))
        return {row["uid"]: _edit_from(row, ()) for row in found}

    def change_count(self, uid: str) -> int:
        """Return how many rows an edit changed: of a million in some 30 ms."""
        query = "SELECT count(*) FROM edit_changes WHERE edit_id = (SELECT id FROM edits WHERE uid = ?)"
        return int(self.tuples(query, (uid,))[0][0])

    def change_counts(self, uid: str) -> list[tuple[str, Act, int]]:
        """Return of which tables an edit added, changed or deleted how many rows: of 20,000 in some 70 ms."""
        return self.tuples(
            """SELECT table_name, CASE WHEN "before" IS NULL THEN 'added' WHEN "after" IS NULL THEN 'deleted'
                ELSE 'changed' END AS act, count(*) FROM edit_changes
            WHERE edit_id = (SELECT id FROM edits WHERE uid = ?) GROUP BY table_name, act
            ORDER BY min(id)""",
            (uid,),
        )

    def changes_after(self, uid: str, most: int) -> tuple[Change, ...] | None:
        """Return the rows that all edits after one changed, oldest first; None: they are more than `most`.

        Raises:
            ValueError: what the log says of a row cannot be read.
        """
        found = self._rows(
            """SELECT * FROM edit_changes WHERE edit_id > (SELECT id FROM edits WHERE uid = ?)
            ORDER BY id LIMIT ?""",
            (uid, most + 1),
        )
        return None if len(found) > most else tuple(map(_change_from, found))

    def is_long(self, uid: str) -> bool:
        """Tell whether an edit changed so many rows that to read them, or take them back, takes a while."""
        found = self.tuples(
            f"""SELECT count(*) FROM (SELECT 1 FROM edit_changes
            WHERE edit_id = (SELECT id FROM edits WHERE uid = ?) LIMIT {MOST_TOLD + 1})""",
            (uid,),
        )
        return bool(found[0][0] > MOST_TOLD)

    def edits_after(self, uid: str | None) -> tuple[Edit, ...]:
        """Return the edits that followed one, oldest first, None: all; of a long one only the tables."""
        found = self._rows(
            "SELECT uid FROM edits WHERE id > ifnull((SELECT id FROM edits WHERE uid = ?), 0) ORDER BY id",
            (uid,),
        )
        edits = (self._told(row["uid"]) for row in found)
        return tuple(edit for edit in edits if edit is not None)

    def _told(self, uid: str) -> Edit | None:
        if not self.is_long(uid):
            return self.edit(uid)
        found = self._rows(f"{_EDITS} WHERE e.uid = ?", (uid,))
        tables = self.tuples(
            "SELECT DISTINCT table_name FROM edit_changes WHERE edit_id = ?", (found[0]["id"],)
        )
        changes = tuple(Change(table, 0, {}, {}) for (table,) in tables)
        return _edit_from(found[0], changes).in_brief()

    def _record(self, edit: Edit, at: int) -> None:
        """Write an edit into the log, within the transaction that applies it."""
        cursor = self._connection.execute(
            """INSERT INTO edits (uid, at, author, label, reason, undoes_id)
            VALUES (?, ?, ?, ?, ?, (SELECT id FROM edits WHERE uid = ?))""",
            (edit.uid, at, edit.author, edit.label, edit.reason, edit.undoes),
        )
        self._connection.executemany(
            """INSERT INTO edit_changes (edit_id, table_name, row_id, "before", "after")
            VALUES (?, ?, ?, ?, ?)""",
            ((cursor.lastrowid, *told) for told in _texts(edit.changes)),
        )


class LoggedChanges(ManyChanges):
    """The rows that an edit changed, in order, read from the log in parts as often as they are asked for."""

    def __init__(self, log: Reader, edit_id: int) -> None:
        self._log = log
        self._edit_id = edit_id
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            query = "SELECT count(*) FROM edit_changes WHERE edit_id = ?"
            self._count = int(self._log.tuples(query, (self._edit_id,))[0][0])
        return self._count

    def __iter__(self) -> Iterator[Change]:
        return self._parts("AND id > ? ORDER BY id")

    def __reversed__(self) -> Iterator[Change]:
        return self._parts("AND id < ? ORDER BY id DESC", after=_BEYOND)

    def _at(self, index: int) -> Change:
        query = "SELECT * FROM edit_changes WHERE edit_id = ? ORDER BY id LIMIT 1 OFFSET ?"
        return _change_from(self._log.rows(query, (self._edit_id, index))[0])

    def _parts(self, which: str, after: int = -1) -> Iterator[Change]:
        query = f"SELECT * FROM edit_changes WHERE edit_id = ? {which} LIMIT {_PART}"
        while found := self._log.rows(query, (self._edit_id, after)):
            yield from map(_change_from, found)
            after = int(found[-1]["id"])


def _texts(changes: Sequence[Change]) -> Iterator[tuple[str, int, str | None, str | None]]:
    if isinstance(changes, Spool):
        return changes.texts()
    return ((c.table, c.id, _json_or_none(c.before), _json_or_none(c.after)) for c in changes)


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


def _edit_from(row: Mapping[str, Any], changes: Sequence[Change]) -> Edit:
    return Edit(
        uid=row["uid"],
        label=row["label"],
        changes=changes,
        author=row["author"],
        reason=row["reason"],
        undoes=row["undoes"],
        at=row["at"],
    )
