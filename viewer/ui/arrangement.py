"""How the parts of a document's window stand beside and below each other, and the room that each has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from viewer.ui.tabbed_panel import TabbedPanel

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIST_WIDTH, _SIDE_WIDTH = 264, 352
_LIST_LEAST, _LANES_LEAST, _SIDE_LEAST = 180, 280, 320  # side by side in the narrowest window
_LANES_AND_BELOW = (480, 300)


class Arrangement(QSplitter):
    """The lists at the left, the lanes with what comes up below them, one sheet of several at the right."""

    def __init__(self, *, lanes: Sequence[QWidget], below: QWidget, sheets: Sequence[QWidget]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.left = TabbedPanel("left", self.tr("Events or sources"))
        self._side = QStackedWidget()
        for sheet in sheets:
            self._side.addWidget(sheet)
        middle = _middle(lanes, below)
        for part, narrowest in (
            (self.left, _LIST_LEAST),
            (middle, _LANES_LEAST),
            (self._side, _SIDE_LEAST),
        ):
            self.addWidget(part)
            part.setMinimumWidth(narrowest)
        self.setStretchFactor(1, 1)
        self.setSizes([_LIST_WIDTH, 10_000, _SIDE_WIDTH])
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)

    def show_sheet(self, sheet: QWidget) -> None:
        """Show a sheet at the right."""
        self._side.setCurrentWidget(sheet)

    def state(self) -> bytes:
        """Return the widths of the parts, for `restore`."""
        return bytes(self.saveState().data())

    def restore(self, state: bytes) -> None:
        """Give the parts the widths of an earlier session."""
        if state:
            self.restoreState(QByteArray(state))


def _middle(lanes: Sequence[QWidget], below: QWidget) -> QSplitter:
    """Stack the lanes, the first of them stretching, over what comes up below."""
    above = QWidget()
    column = QVBoxLayout(above)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for number, part in enumerate(lanes):
        column.addWidget(part, 0 if number else 1)
    middle = QSplitter(Qt.Orientation.Vertical)
    middle.addWidget(above)
    middle.addWidget(below)
    middle.setChildrenCollapsible(False)
    middle.setHandleWidth(1)
    middle.setSizes(list(_LANES_AND_BELOW))
    return middle
