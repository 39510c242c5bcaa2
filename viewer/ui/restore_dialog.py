"""The backups of a document: when and why each was made, what it holds, and how that differs from what is there."""

from __future__ import annotations

import threading
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTableView, QVBoxLayout

from viewer.keeping import kept_backups, kept_notes
from viewer.storage.backups import Backup, Contents, inspect, present_contents
from viewer.storage.restoring import backups_for
from viewer.ui.background import Background
from viewer.ui.painter_ink import number
from viewer.ui.plain_table import PlainRows, be_plain_table
from viewer.ui.text import PlainLabel, one_line
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class RestoreDialog(QDialog):
    """Lists backups, newest first; each is checked in a worker. `chosen(Path)`: the one to be restored."""

    chosen = Signal(object)

    def __init__(self, path: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Restore from backup"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(900, 420)
        self._found = backups_for(path, backups=kept_backups(), notes=kept_notes())
        self._background = Background(self)
        self.finished.connect(self._background.stop)
        words = self.tr("Backups of “{name}”. What is there now is kept when one is restored.")
        heading = PlainLabel(
            words.format(name=one_line(path.name, 80))
            if self._found
            else self.tr("There is no backup of this document yet."),
            "heading",
        )
        heading.setObjectName("restore_heading")
        heading.setWordWrap(True)
        self._rows = _Rows(self._found, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(heading)
        column.addWidget(self._table(), 1)
        column.addLayout(self._buttons())
        self._background.start(lambda _cancelled: present_contents(path), self._rows.compare_with)
        for place, backup in enumerate(self._found):
            self._background.start(partial(_inspected, place, backup.path), self._inspected)

    def _table(self) -> QTableView:
        self._view = QTableView()
        self._view.setObjectName("backups")
        self._view.setModel(self._rows)
        be_plain_table(self._view, (170, 160, 250))
        self._view.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self._view.selectionModel().selectionChanged.connect(self._follow)
        return self._view

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addStretch(1)
        leave = QPushButton(self.tr("Cancel"))
        leave.setObjectName("restore_cancel")
        leave.clicked.connect(self.reject)
        self._restore = QPushButton(self.tr("Restore"))
        self._restore.setObjectName("restore_apply")
        set_role(self._restore, "primary")
        self._restore.setEnabled(False)
        self._restore.clicked.connect(self._choose)
        row.addWidget(leave)
        row.addWidget(self._restore)
        return row

    def _selected(self) -> int | None:
        rows = self._view.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def _inspected(self, answer: tuple[int, Contents | None]) -> None:
        self._rows.tell(*answer)
        newest = self._rows.newest_whole()
        if newest is not None and self._selected() is None:
            self._view.selectRow(newest)
        self._follow()

    def _follow(self, *_: object) -> None:
        place = self._selected()
        self._restore.setEnabled(place is not None and self._rows.is_whole(place))

    def _choose(self) -> None:
        place = self._selected()
        if place is not None:
            self.accept()
            self.chosen.emit(self._found[place].path)


def _inspected(place: int, path: Path, _cancelled: threading.Event) -> tuple[int, Contents | None]:
    return place, inspect(path)


class _Rows(PlainRows):
    """One row for each backup; what it holds comes later."""

    def __init__(self, found: Sequence[Backup], parent: QObject) -> None:
        super().__init__(parent)
        self._found = found
        self._row_count = len(found)
        self._holds: dict[int, Contents | None] = {}
        self._present: Contents | None = None
        self._heads = (self.tr("Made"), self.tr("Why"), self.tr("Holds"), self.tr("Against now"))
        self._why = {
            "session": self.tr("before the first change of a session"),
            "interval": self.tr("half an hour of changes"),
            "import": self.tr("before an import"),
            "restore": self.tr("before a restore"),
            "migration": self.tr("before bringing up to date"),
            "command": self.tr("asked for"),
        }

    def tell(self, place: int, holds: Contents | None) -> None:
        """Take what a backup was found to hold; None: it failed its check."""
        self._holds[place] = holds
        self._renew(place, place)

    def compare_with(self, present: Contents | None) -> None:
        """Take what the document holds now."""
        self._present = present
        self._renew(0, self._row_count - 1)

    def is_whole(self, place: int) -> bool:
        """Whether a backup has passed its check."""
        return self._holds.get(place) is not None

    def newest_whole(self) -> int | None:
        """Return the newest backup that passed its check, once all newer ones are known to have failed."""
        for place in range(self._row_count):
            if place not in self._holds:
                return None
            if self._holds[place] is not None:
                return place
        return None

    def _renew(self, first: int, last: int) -> None:
        if first <= last:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._heads) - 1))

    def _cell(self, row: int, column: int) -> str:
        backup = self._found[row]
        if column == 0:
            return f"{datetime.fromtimestamp(backup.at):%Y-%m-%d %H:%M}"
        if column == 1:
            return self._why.get(backup.reason, backup.reason)
        if row not in self._holds:
            return self.tr("being checked…") if column == 2 else ""
        holds = self._holds[row]
        if holds is None:
            return self.tr("failed its check") if column == 2 else ""
        return self._contents(holds) if column == 2 else self._difference(holds)

    def _contents(self, holds: Contents) -> str:
        words = self.tr("{events} events, {sources} sources, {claims} claims")
        return words.format(
            events=number(holds.events), sources=number(holds.sources), claims=number(holds.claims)
        )

    def _difference(self, holds: Contents) -> str:
        now = self._present
        if now is None:
            return self.tr("last change: {label}").format(label=holds.last_edit or "–")
        if holds.state == now.state:
            return self.tr("the same")
        parts = [
            words.format(count=f"{there - here:+,}")
            for words, there, here in (
                (self.tr("{count} events"), holds.events, now.events),
                (self.tr("{count} sources"), holds.sources, now.sources),
                (self.tr("{count} claims"), holds.claims, now.claims),
                (self.tr("{count} changes"), holds.state.revision, now.state.revision),
            )
            if there != here
        ]
        return ", ".join([*parts, self.tr("last change: {label}").format(label=holds.last_edit or "–")])
