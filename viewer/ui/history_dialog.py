"""The history: every change of the document, by whom and why, what it changed, and how to take it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QTableView, QVBoxLayout

from viewer.storage.errors import StorageError
from viewer.ui.history_rows import ChangeRows, EditRows
from viewer.ui.painter_ink import number
from viewer.ui.plain_table import be_plain_table
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.domain.edits import Edit
    from viewer.ui.workspace import Workspace


class HistoryDialog(QDialog):
    """Lists the edits, newest first, and below what the selected one changed; stays open over what it does."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.setWindowTitle(self.tr("History"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(960, 640)
        self._workspace = workspace
        store = workspace.document.store
        self._edits, self._changes = EditRows(store, self), ChangeRows(store, self)
        self._heading = PlainLabel("", "heading")
        self._heading.setObjectName("history_heading")
        self._list = self._table("history_edits", self.tr("Changes, newest first"), self._edits)
        self._list.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        be_plain_table(self._list, (140, 110, 430))
        self._details = self._table("history_changes", self.tr("What it changed"), self._changes)
        be_plain_table(self._details, (300, 150, 220))
        self._said = PlainLabel("", "muted")
        self._said.setObjectName("history_said")
        self._said.setWordWrap(True)
        self._lay_out()
        self._list.selectionModel().selectionChanged.connect(self._follow)
        workspace.edited.connect(self._reload)
        workspace.furnishing.keeping.changed.connect(self._follow)
        self._reload()
        self._list.setFocus()

    def _table(self, name: str, words: str, rows: EditRows | ChangeRows) -> QTableView:
        table = QTableView()
        table.setObjectName(name)
        table.setAccessibleName(words)
        table.setModel(rows)
        return table

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._heading)
        column.addWidget(self._list, 3)
        column.addWidget(PlainLabel(self.tr("What it changed"), "heading"))
        column.addWidget(self._details, 2)
        column.addWidget(self._said)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        self._reason = QLineEdit()
        self._reason.setObjectName("history_reason")
        self._reason.setAccessibleName(self.tr("Why"))
        self._reason.setPlaceholderText(self.tr("Why it is taken back (kept in the history)"))
        row.addWidget(self._reason, 1)
        document = self._workspace.document
        self._back = self._button("history_back", self.tr("Go Back to This Point"), document.go_back)
        self._revert = self._button("history_revert", self.tr("Revert This Change"), document.revert)
        leave = QPushButton(self.tr("Close"))
        leave.setObjectName("history_close")
        leave.clicked.connect(self.reject)
        for button in (self._back, self._revert, leave):
            button.setAutoDefault(False)  # Enter in the line of the reason is no answer to either
            row.addWidget(button)
        return row

    def _button(self, name: str, words: str, verb: Callable[..., Edit | None]) -> QPushButton:
        button = QPushButton(words)
        button.setObjectName(name)
        button.clicked.connect(lambda: self._take_back(verb))
        return button

    def _selected(self) -> str | None:
        return self._edits.uid_at(self._list.currentIndex().row())

    def _reload(self) -> None:
        """Show the log as it is now; the selection stays where it was, and follows what is done here."""
        kept = self._selected()
        try:
            self._edits.reload()
        except StorageError as error:
            self._say(str(error), "problem")
        count = self._edits.rowCount()
        words = self.tr("1 change") if count == 1 else self.tr("{count} changes, newest first")
        if not count:
            words = self.tr("Nothing was changed in this document yet.")
        self._heading.setText(words.format(count=number(count)))
        if count:
            self._list.selectRow(self._edits.row_of(kept) or 0)
        else:
            self._follow()

    def _follow(self, *_: object) -> None:
        uid = self._selected()
        try:
            self._changes.show_edit(uid)
        except StorageError as error:
            self._say(str(error), "problem")
        may_edit = self._workspace.furnishing.keeping.may_edit and uid is not None
        self._revert.setEnabled(may_edit)
        self._back.setEnabled(may_edit and self._list.currentIndex().row() > 0)

    def _take_back(self, verb: Callable[..., Edit | None]) -> None:
        uid = self._selected()
        if uid is None or self._left_to_window(uid):
            return
        reason = self._reason.text().strip() or None
        self._say("")
        try:
            done = verb(uid, reason=reason, who=self._workspace)
        except StorageError as error:
            self._say(str(error), "problem")
            return
        if done is None:
            self._say(self.tr("All is already as it was then."))
            return
        self._reason.clear()
        self._list.selectRow(0)
        self._list.scrollToTop()
        self._say(self.tr("Done, as a change of its own: it can be undone."))

    def _left_to_window(self, uid: str) -> bool:
        """Leave the newest edit to the window where it is large: it has that undone beside, and says how far."""
        history, store = self._workspace.document.history, self._workspace.document.store
        for newest, verb in (
            (history.next_undo, self._workspace.undo),
            (history.next_redo, self._workspace.redo),
        ):
            if newest is not None and newest.uid == uid and store.is_long(uid):
                self.accept()
                verb()
                return True
        return False

    def _say(self, words: str, role: str = "muted") -> None:
        set_role(self._said, role)
        self._said.setText(words)
        self._said.setVisible(bool(words))
