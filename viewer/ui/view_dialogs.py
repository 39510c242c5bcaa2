"""Two small sheets: the name of a view to be saved, and the list of those that are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from viewer.ui.view_keeping import ViewKeeping

_UID = Qt.ItemDataRole.UserRole
_MOST_LETTERS = 200


class NameView(QDialog):
    """One field; Enter saves, Esc leaves. A name that is taken is said before it is replaced."""

    def __init__(self, views: ViewKeeping, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save this view"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(360)
        self._views = views
        self._taken = {name for _uid, name in views.names()}
        self._field = QLineEdit()
        self._field.setObjectName("view_name")
        self._field.setAccessibleName(self.tr("Name of the view"))
        self._field.setPlaceholderText(self.tr("Name of the view"))
        self._field.setMaxLength(_MOST_LETTERS)
        self._echo = PlainLabel("", "muted")
        self._echo.setObjectName("view_name_echo")
        self._echo.setWordWrap(True)
        self._save = QPushButton(self.tr("Save"))
        set_role(self._save, "primary")
        self._save.setObjectName("save_view")
        cancel = QPushButton(self.tr("Cancel"))
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._field)
        column.addWidget(self._echo)
        column.addLayout(buttons)
        self._field.textChanged.connect(self._read)
        self._save.setDefault(True)
        self._save.clicked.connect(self._accept_name)
        cancel.clicked.connect(self.reject)
        self._read("")

    def _read(self, text: str) -> None:
        name = text.strip()
        self._save.setEnabled(bool(name))
        kept = self.tr("Kept are the period, filters, lanes, clock and the day of “as known on”.")
        taken = self.tr("There is a view of that name: saving replaces it.")
        set_role(self._echo, "problem" if name in self._taken else "muted")
        self._echo.setText(taken if name in self._taken else kept)

    def _accept_name(self) -> None:
        self.accept()
        self._views.save(self._field.text().strip())


class SavedViews(QDialog):
    """The views in a list: Enter shows one, F2 renames it, Del deletes it."""

    def __init__(self, views: ViewKeeping, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Saved views"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(420, 320)
        self._views = views
        self._list = QListWidget()
        self._list.setObjectName("saved_views")
        self._list.setAccessibleName(self.tr("Saved views"))
        self._empty = PlainLabel(self.tr("No view is saved yet: View ▸ Save This View keeps one."), "muted")
        self._empty.setObjectName("no_views")
        self._empty.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._empty)
        column.addWidget(self._list, 1)
        column.addLayout(self._buttons())
        self._list.itemActivated.connect(self._show)
        self._list.itemChanged.connect(self._rename)
        self._list.currentRowChanged.connect(self._follow)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self._list)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._delete)
        self._fill(0)
        self._list.setFocus()

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self._on_selected = []
        for name, words, verb in (
            ("rename_view", self.tr("Rename"), self._begin_rename),
            ("delete_view", self.tr("Delete"), self._delete),
            ("show_view", self.tr("Show"), self._show),
        ):
            button = QPushButton(words)
            button.setObjectName(name)
            button.setAutoDefault(False)
            button.clicked.connect(lambda _checked=False, verb=verb: verb())
            self._on_selected.append(button)
            row.addWidget(button)
        row.insertStretch(2, 1)
        set_role(self._on_selected[-1], "primary")
        return row

    def _fill(self, row: int) -> None:
        self._list.blockSignals(True)
        self._list.clear()
        for uid, name in self._views.names():
            item = QListWidgetItem(name)
            item.setData(_UID, uid)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsEditable)
            self._list.addItem(item)
        self._list.setCurrentRow(min(row, self._list.count() - 1))
        self._list.blockSignals(False)
        self._follow()

    def _follow(self, _row: int = 0) -> None:
        """Dim what needs a view, where there is none."""
        has_views = self._list.count() > 0
        self._list.setVisible(has_views)
        self._empty.setVisible(not has_views)
        for button in self._on_selected:
            button.setEnabled(self._list.currentItem() is not None)

    def _show(self, _item: object = None) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.accept()
            self._views.apply(str(item.data(_UID)))

    def _begin_rename(self) -> None:
        if (item := self._list.currentItem()) is not None:
            self._list.editItem(item)

    def _rename(self, item: QListWidgetItem) -> None:
        name, row = item.text().strip(), self._list.row(item)
        if name:
            self._views.rename(str(item.data(_UID)), name)
        self._fill(row)

    def _delete(self) -> None:
        item, row = self._list.currentItem(), self._list.currentRow()
        if item is not None:
            self._views.delete(str(item.data(_UID)))
            self._fill(row)
