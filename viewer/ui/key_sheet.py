"""The sheet of keys, made from the menus, with the gestures of the timeline beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from viewer.ui.menu_commands import STEP, commands
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenuBar

Section = tuple[str, list[tuple[str, str]]]


class KeySheet(QDialog):
    """Shows every key; closed by Esc."""

    def __init__(self, bar: QMenuBar, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        columns.setSpacing(5 * SPACE)
        menus = _with_keys(bar)
        half = sum(map(len, menus.values())) / 2
        sheets: list[list[Section]] = [[], []]
        above = 0
        for title, rows in menus.items():
            sheets[above + len(rows) / 2 >= half].append((title, rows))
            above += len(rows)
        for sections in (*filter(None, sheets), [(self.tr("Timeline"), self._gestures())]):
            columns.addLayout(self._column(sections))

    def _gestures(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Zoom at the pointer"), self.tr("Ctrl+wheel, pinch")),
            (self.tr("Pan"), self.tr("drag, Shift+wheel, A · D")),
            (self.tr("Zoom"), self.tr("W · S, + · −")),
            (self.tr("Zoom to a region"), self.tr("Shift+drag")),
            (self.tr("Select"), self.tr("click")),
            (self.tr("Edit"), self.tr("double-click a mark, Enter")),
            (self.tr("Add at a date"), self.tr("double-click empty space")),
            (self.tr("Neighbouring event"), self.tr("← · →, ↑ · ↓")),
            (self.tr("Next and previous"), ". · ,"),
            (self.tr("First and last"), self.tr("Home · End")),
            (self.tr("Focus, then fit"), "F"),
            (self.tr("Claims of the selected event"), "E"),
            (self.tr("Saved views"), self.tr("Ctrl+Alt+1 … 9")),
            (self.tr("Clear"), self.tr("Esc")),
            (self.tr("As known: by publication"), self.tr("← · → on the flag")),
            (self.tr("As known: by day"), self.tr("Shift+← · Shift+→, drag")),
            (self.tr("As known: play or stop"), self.tr("Space")),
            (self.tr("As known: off"), self.tr("Del")),
        ]

    def _column(self, sections: list[Section]) -> QVBoxLayout:
        """Lay out rows below their headings; the keys of one column stand below each other."""
        column = QVBoxLayout()
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        for heading, rows in sections:
            first = grid.rowCount()
            if first > 1:
                grid.setRowMinimumHeight(first, SPACE)
            grid.addWidget(PlainLabel(heading, "heading"), first + 1, 0, 1, 2)
            for row, (what, keys) in enumerate(rows, first + 2):
                grid.addWidget(PlainLabel(what, "body"), row, 0, Qt.AlignmentFlag.AlignLeft)
                grid.addWidget(PlainLabel(keys, "muted"), row, 1, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(grid)
        column.addStretch(1)
        return column


def _with_keys(bar: QMenuBar) -> dict[str, list[tuple[str, str]]]:
    """Return of each menu the commands that have keys, and these."""
    menus: dict[str, list[tuple[str, str]]] = {}
    for command in commands(bar):
        if command.keys:
            title, _, words = command.lasting_name.partition(STEP)
            menus.setdefault(title, []).append((words.rstrip("…"), command.keys))
    return menus
