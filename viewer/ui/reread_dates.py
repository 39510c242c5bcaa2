"""Re-read dates: what today's rules make of the stored wordings, shown first and then done as one edit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTableView, QVBoxLayout

from viewer.domain.date_words import describe_date
from viewer.rereading import Rereading
from viewer.storage.errors import StorageError
from viewer.ui.painter_ink import number
from viewer.ui.plain_table import PlainRows, be_plain_table
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from viewer.ui.workspace import Workspace


class RereadDates(QDialog):
    """Lists every date that reads otherwise today, from what to what; nothing changes before Apply."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.setWindowTitle(self.tr("Re-read dates"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace = workspace
        self._found = workspace.document.plan_rereading()
        self._count = sum(each.applies for each in self._found)
        heading = PlainLabel(self._heading(), "heading" if self._found else "body")
        heading.setObjectName("reread_heading")
        heading.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(heading)
        if self._found:
            self.resize(900, 460)
            column.addWidget(self._table(), 1)
        else:
            self.setMinimumWidth(360)
        column.addLayout(self._buttons())

    def _heading(self) -> str:
        if not self._found:
            return self.tr(
                "Every date reads today as it did when it was entered. There is nothing to change."
            )
        left = len(self._found) - self._count
        if not self._count:
            text = self.tr("No date would change. {count} need a look: they stay as they are.")
            if left == 1:
                text = self.tr("No date would change. 1 needs a look: it stays as it is.")
            return text.format(count=number(left))
        would = self.tr("{count} dates would change.").format(count=number(self._count))
        if self._count == 1:
            would = self.tr("1 date would change.")
        stay = self.tr("{count} others need a look and stay as they are.").format(count=number(left))
        if left == 1:
            stay = self.tr("1 other needs a look and stays as it is.")
        return f"{would} {stay}" if left else would

    def _table(self) -> QTableView:
        table = QTableView()
        table.setObjectName("rereadings")
        table.setModel(_Rereadings(self._found, table))
        be_plain_table(table, (220, 90, 180, 170))
        return table

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addStretch(1)
        leave = QPushButton(self.tr("Cancel") if self._count else self.tr("Close"))
        leave.setObjectName("reread_cancel")
        leave.clicked.connect(self.reject)
        row.addWidget(leave)
        if self._count:
            apply = QPushButton(self.tr("Apply"))
            apply.setObjectName("reread_apply")
            set_role(apply, "primary")
            apply.setDefault(True)
            apply.clicked.connect(self._apply)
            row.addWidget(apply)
        return row

    def _apply(self) -> None:
        self.accept()
        _apply(self._workspace, self._found)


def _apply(workspace: Workspace, found: Sequence[Rereading]) -> None:
    """Make the changes; a notice offers to take them back, or to try again."""
    try:
        edit = workspace.document.reread(found, who=workspace)
    except StorageError as error:
        workspace.show_trouble(error, lambda: _apply(workspace, found))
        return
    if edit is not None:
        undo = QCoreApplication.translate("RereadDates", "Undo")
        done = QCoreApplication.translate("RereadDates", "Dates re-read: {count}.")
        workspace.notice.show_notice(done.format(count=number(len(edit.changes))), [(undo, workspace.undo)])


class _Rereadings(PlainRows):
    """One row for each date; its cells are made when they are painted."""

    def __init__(self, found: Sequence[Rereading], parent: QObject) -> None:
        super().__init__(parent)
        self._found = found
        self._row_count = len(found)
        self._heads = (
            self.tr("Entry"),
            self.tr("Date of"),
            self.tr("Wording"),
            self.tr("So far"),
            self.tr("Re-read"),
        )
        self._whose = {
            "events": self.tr("the event"),
            "claims": self.tr("a claim"),
            "published": self.tr("publication"),
            "accessed": self.tr("access"),
        }

    def _cell(self, row: int, column: int) -> str:
        each = self._found[row]
        whose = self._whose[each.field if each.table == "sources" else each.table]
        so_far = self.tr("not dated") if each.before.edtf is None else describe_date(each.before)
        cells = (each.title, whose, each.before.text or "", so_far)
        return cells[column] if column < len(cells) else self._becomes(each)

    def _becomes(self, each: Rereading) -> str:
        if each.after is None:
            return self.tr("stays: can no longer be read")
        words = describe_date(each.after)
        return words if each.applies else self.tr("stays: could be {words}").format(words=words)
