"""What a document is to be written as: a list of formats, and whether all of it or only what is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from viewer.formats.registry import writable_formats
from viewer.ui.painter_ink import number
from viewer.ui.text import PlainLabel, one_line
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.formats.outgoing import WritableFormat

_VISIBLE = 10


class ExportDialog(QDialog):
    """`chosen(WritableFormat, bool)`: what was asked for, and whether only of what is shown.

    `shown` of `total` events are shown; when all are, there is nothing to choose there.
    """

    chosen = Signal(object, bool)

    def __init__(self, shown: int, total: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("export_dialog")
        self.setWindowTitle(self.tr("Export"))
        self.setMinimumWidth(460)
        self._formats = QListWidget()
        self._formats.setObjectName("export_formats")
        self._formats.setAccessibleName(self.tr("Formats"))
        self._formats.setUniformItemSizes(True)
        for form in writable_formats():
            item = QListWidgetItem(one_line(f"{form.label}  ({form.ending})", 80))
            item.setData(Qt.ItemDataRole.UserRole, form)
            self._formats.addItem(item)
        self._meaning = PlainLabel("", "muted")
        self._meaning.setObjectName("export_meaning")
        self._meaning.setWordWrap(True)
        words = self.tr("&Only what is shown: {shown} of {total} events")
        self._only = QCheckBox(words.format(shown=number(shown), total=number(total)))
        self._only.setObjectName("export_only_shown")
        self._only.setChecked(shown < total)
        self._only.setVisible(shown < total)
        self._lay_out()
        self._formats.currentItemChanged.connect(self._explain)
        self._formats.itemDoubleClicked.connect(lambda _item: self._choose())
        self._formats.setCurrentRow(0)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        row = self._formats.sizeHintForRow(0)
        self._formats.setMinimumHeight(min(self._formats.count(), _VISIBLE) * row + SPACE)
        column.addWidget(self._formats, 1)
        column.addWidget(self._meaning)
        column.addWidget(self._only, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(SPACE)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        leave = QPushButton(self.tr("Cancel"))
        leave.setObjectName("export_cancel")
        leave.clicked.connect(self.reject)
        save = QPushButton(self.tr("Export…"))
        save.setObjectName("export_save")
        set_role(save, "primary")
        save.setDefault(True)
        save.clicked.connect(self._choose)
        buttons.addWidget(leave)
        buttons.addWidget(save)
        column.addLayout(buttons)
        # Two lines, whatever is chosen: the dialog does not change its size under the pointer.
        self._meaning.setMinimumHeight(2 * self._meaning.fontMetrics().lineSpacing())

    def _explain(self) -> None:
        form = self._form()
        self._meaning.setText(_meaning(form.name) if form is not None else "")

    def _form(self) -> WritableFormat | None:
        item = self._formats.currentItem()
        form: WritableFormat | None = None if item is None else item.data(Qt.ItemDataRole.UserRole)
        return form

    def _choose(self) -> None:
        form = self._form()
        if form is not None:
            self.accept()
            self.chosen.emit(form, self._only.isChecked())


def _meaning(name: str) -> str:
    say = QCoreApplication.translate
    return {
        "bundle": say(
            "ExportDialog", "Everything, lossless both ways: one text file to read, compare and merge."
        ),
        "datapackage": say(
            "ExportDialog", "Everything, lossless both ways: one table for each sort of record."
        ),
        "csv-events": say("ExportDialog", "One row for each event, for spreadsheets."),
        "csv-claims": say("ExportDialog", "One row for each claim, with its quote, chain and source."),
        "xlsx": say("ExportDialog", "Events, claims and sources as sheets of a workbook."),
        "html": say("ExportDialog", "A page to pass on: opens from disk in any browser, with every source."),
        "timelinejs": say("ExportDialog", "For publishing with TimelineJS. What has no date stays behind."),
        "csl-json": say("ExportDialog", "The sources, for Zotero and other reference managers."),
        "icalendar": say("ExportDialog", "The dated events, for calendars. Vague dates become whole days."),
        "prov-json": say("ExportDialog", "Who said what by way of whom, for provenance tools (W3C PROV)."),
    }.get(name, say("ExportDialog", "A format of an installed package."))
