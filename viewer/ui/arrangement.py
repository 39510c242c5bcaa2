"""How the parts of a document's window stand beside and below each other, and the room that each has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from viewer.ui.tabbed_panel import TabbedPanel
from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

_LIST_WIDTH, _SIDE_WIDTH = 264, 352
_LIST_LEAST, _LANES_LEAST, _SIDE_LEAST = 180, 280, 320  # side by side in the narrowest window
_LANES_AND_BELOW = (480, 300)


class Arrangement(QSplitter):
    """The lists at the left, the lanes with what comes up below them, one sheet of several at the right."""

    def __init__(self, *, lanes: Sequence[QWidget]) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.left = TabbedPanel("left", self.tr("Events or sources"))
        self._side = QStackedWidget()
        self._ground = _ground()
        self._side.addWidget(self._ground)
        self._middle = _middle(lanes)
        for part, narrowest in (
            (self.left, _LIST_LEAST),
            (self._middle, _LANES_LEAST),
            (self._side, _SIDE_LEAST),
        ):
            self.addWidget(part)
            part.setMinimumWidth(narrowest)
        self.setStretchFactor(1, 1)
        self.setSizes([_LIST_WIDTH, 10_000, _SIDE_WIDTH])
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)

    def add_sheet(self, sheet: QWidget) -> None:
        """Add a sheet behind those at the right."""
        self._side.addWidget(sheet)

    def show_if_bare(self, sheet: QWidget) -> None:
        """Show a sheet where nothing else is shown yet."""
        if self._side.currentWidget() is self._ground:
            self.show_sheet(sheet)

    def put_below(self, part: QWidget) -> None:
        """Put what comes up below the lanes there."""
        self._middle.addWidget(part)
        self._middle.setChildrenCollapsible(False)
        self._middle.setSizes(list(_LANES_AND_BELOW))

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


def _middle(lanes: Sequence[QWidget]) -> QSplitter:
    """Stack the lanes, the first of them stretching; what comes up below them is put there later."""
    above = QWidget()
    column = QVBoxLayout(above)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    for number, part in enumerate(lanes):
        column.addWidget(part, 0 if number else 1)
    middle = QSplitter(Qt.Orientation.Vertical)
    middle.addWidget(above)
    middle.setHandleWidth(1)
    return middle


def _ground() -> QWidget:
    """Return what is seen at the right until there is a sheet."""
    ground = QWidget()
    set_role(ground, "panel")
    return ground
