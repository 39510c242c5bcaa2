"""Saving a mapping by name, and choosing one that lies in a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

from viewer.saved_mappings import save_mapping, saved_mappings, why_not
from viewer.storage.errors import WriteError
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from viewer.formats.tables.mapping import TableMapping


class MappingSaving(QObject):
    """Asks over a dialog. `saved(name)` when a mapping is; `failed(words)`: why not."""

    saved = Signal(str)
    failed = Signal(str)

    def __init__(self, dialog: QWidget) -> None:
        super().__init__(dialog)
        self._dialog = dialog

    def ask_name(self, mapping: TableMapping, name: str) -> None:
        """Ask for a name and save the mapping under it; one that is there is replaced when confirmed."""
        box = QInputDialog(self._dialog)
        box.setObjectName("mapping_name")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle(self.tr("Save mapping"))
        box.setLabelText(self.tr("It is then listed under “Read as”. Name:"))
        box.setOkButtonText(self.tr("Save"))
        box.setTextValue(name)
        box.textValueSelected.connect(lambda text: self._save(text.strip(), mapping))
        box.open()

    def choose_file(self, folder: Path) -> Path | None:
        """Ask for a file that holds a mapping."""
        kinds = f"{self.tr('Mappings')} (*.json)"
        name, _ = QFileDialog.getOpenFileName(self._dialog, self.tr("Load mapping"), str(folder), kinds)
        return Path(name) if name else None

    def _save(self, name: str, mapping: TableMapping) -> None:
        refused = why_not(name)
        if refused:
            self.failed.emit(self.tr("The mapping was not saved: {reason}.").format(reason=refused))
            return
        shelf = saved_mappings()
        held = {each.casefold() for each in (*shelf.mappings, *shelf.damaged)}
        if name.casefold() in held:
            self._ask_replace(name, mapping)
        else:
            self._write(name, mapping)

    def _ask_replace(self, name: str, mapping: TableMapping) -> None:
        box = QMessageBox(self._dialog)
        box.setObjectName("mapping_replace")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("Save mapping"))
        box.setText(self.tr("Replace the saved mapping “{name}”?").format(name=one_line(name, 60)))
        wanted = box.addButton(self.tr("Replace"), QMessageBox.ButtonRole.AcceptRole)
        wanted.setObjectName("mapping_replace_confirm")
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        wanted.clicked.connect(lambda _checked=False: self._write(name, mapping))
        box.open()

    def _write(self, name: str, mapping: TableMapping) -> None:
        try:
            save_mapping(name, mapping)
        except WriteError as error:
            self.failed.emit(str(error))
        else:
            self.saved.emit(name)
