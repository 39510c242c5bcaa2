"""The rows of the history: the edits of the log, newest first, and what one of them changed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from viewer.storage.edit_log import MOST_TOLD
from viewer.telling import Told, tell
from viewer.ui.history_words import act_words, count_words, field_words, record_words, value_words
from viewer.ui.painter_ink import number
from viewer.ui.plain_table import PlainRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QObject

    from viewer.domain.edits import Edit
    from viewer.storage.store import Store

_BATCH = 64
"""So many neighbouring edits are read by one query; a screen shows about a third of them."""
_MOST_KEPT = 2_000
_MOST_COUNTED = 20_000
"""Rows of one edit that are counted by their tables, for which each is looked at."""


class EditRows(PlainRows):
    """One row for each edit of the log, however long: what a row says is read when it is painted."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._heads = (self.tr("When"), self.tr("Who"), self.tr("What"), self.tr("Why"))
        self._uids: list[str] = []
        self._depths: list[int] = []
        self._kept: dict[str, Edit] = {}

    def reload(self) -> None:
        """Read anew which edits there are."""
        self.beginResetModel()
        depths: dict[str, int] = {}
        for uid, undoes in self._store.edit_order():
            # An undo that is taken back is a redo, and so on.
            depths[uid] = depths.get(undoes, 0) + 1 if undoes else 0
        self._uids = [*reversed(depths)]
        self._depths = [*reversed(depths.values())]
        self._row_count = len(self._uids)
        self.endResetModel()

    def uid_at(self, row: int) -> str | None:
        """Return the edit of a row; None for no row."""
        return self._uids[row] if 0 <= row < self._row_count else None

    def row_of(self, uid: str | None) -> int | None:
        """Return the row of an edit; None when there is none."""
        return self._uids.index(uid) if uid in self._uids else None

    def _cell(self, row: int, column: int) -> str:
        edit = self._edit(row)
        if edit is None:
            return ""
        if column == 0:
            return "" if edit.at is None else f"{datetime.fromtimestamp(edit.at):%Y-%m-%d %H:%M}"
        if column == 2:
            return self._what(row, edit)
        return (edit.author if column == 1 else edit.reason) or ""

    def _what(self, row: int, edit: Edit) -> str:
        if not self._depths[row]:
            return edit.label
        words = self.tr("Undo: {label}") if self._depths[row] % 2 else self.tr("Redo: {label}")
        return words.format(label=edit.label)

    def _edit(self, row: int) -> Edit | None:
        uid = self._uids[row]
        if uid not in self._kept:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            first = row - row % _BATCH
            self._kept.update(self._store.edit_briefs(self._uids[first : first + _BATCH]))
        return self._kept.get(uid)


class ChangeRows(PlainRows):
    """What one edit changed: a row for each field, or for each table of an edit too large for that."""

    def __init__(self, store: Store, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._heads = (self.tr("Record"), self.tr("What"), self.tr("Before"), self.tr("After"))
        self._rows: Sequence[Told | tuple[str, str]] = ()

    def show_edit(self, uid: str | None) -> None:
        """Show another edit, or none.

        Raises:
            ReadError: the log cannot be read.
        """
        self.beginResetModel()
        self._rows = () if uid is None else self._read(uid)
        self._row_count = len(self._rows)
        self.endResetModel()

    def _read(self, uid: str) -> Sequence[Told | tuple[str, str]]:
        count = self._store.change_count(uid)
        if count > _MOST_COUNTED:
            return [(self.tr("{count} rows").format(count=number(count)), act_words("changed"))]
        if count > MOST_TOLD:
            return [count_words(*each) for each in self._store.change_counts(uid)]
        try:
            edit = self._store.edit(uid)
        except ValueError:  # what it says of a row cannot be read
            return [(self.tr("The log no longer says what this changed."), "")]
        return () if edit is None else tell(self._store, edit.changes)

    def _cell(self, row: int, column: int) -> str:
        told = self._rows[row]
        if isinstance(told, tuple):
            return told[column] if column < len(told) else ""
        if column == 0:
            return record_words(told)
        if column == 1:
            field = field_words(told.field)
            return field if told.act == "changed" else f"{act_words(told.act)}: {field}"
        return value_words(told.field, told.before if column == 2 else told.after)
