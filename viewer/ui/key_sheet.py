"""The sheet of keys, made from the menus, with the gestures of the timeline beside them."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE


class KeySheet(QDialog):
    """Shows every key; closed by Esc."""

    def __init__(self, actions: Iterable[tuple[str, QAction]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        columns.setSpacing(5 * SPACE)
        native = QKeySequence.SequenceFormat.NativeText
        in_menus = [
            (
                label.replace("&", "").rstrip("…"),
                " · ".join(keys.toString(native) for keys in action.shortcuts()),
            )
            for label, action in actions
            if not action.shortcut().isEmpty()
        ]
        columns.addLayout(self._column(self.tr("Menus"), in_menus))
        columns.addLayout(self._column(self.tr("Timeline"), self._gestures()))

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
            (self.tr("Clear"), self.tr("Esc")),
            (self.tr("As known: by publication"), self.tr("← · → on the flag")),
            (self.tr("As known: by day"), self.tr("Shift+← · Shift+→, drag")),
            (self.tr("As known: play or stop"), self.tr("Space")),
            (self.tr("As known: off"), self.tr("Del")),
        ]

    def _column(self, heading: str, rows: list[tuple[str, str]]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        column.addWidget(PlainLabel(heading, "heading"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        for row, (what, keys) in enumerate(rows):
            grid.addWidget(PlainLabel(what, "body"), row, 0, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(PlainLabel(keys, "muted"), row, 1, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(grid)
        column.addStretch(1)
        return column
