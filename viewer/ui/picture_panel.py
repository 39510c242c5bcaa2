"""A panel around something painted: what it is, a picture of it to keep, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from viewer.ui.elided import ElidedLabel
from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.picture_files import write_picture
from viewer.ui.text import PlainLabel, set_tooltip
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent

    from viewer.ui.picture_files import Painted

_MARGIN = 16
_SCALE = 2.0


class PicturePanel(QWidget):
    """A head with its buttons above a body.

    `closed()`; `picture_requested(write)`: asks for a path to call `write` with, which then writes the picture.
    """

    closed = Signal()
    picture_requested = Signal(object)

    def __init__(self, name: str, heading: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._name = name
        self.setObjectName(f"{name}_panel")
        self._title = ElidedLabel("", "muted")
        self._title.setObjectName(f"{name}_title")
        self._tools = QHBoxLayout()
        self._tools.setSpacing(2)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addLayout(self._head(heading))

    def picture(self) -> Painted:
        """Return what "Save picture…" saves."""
        raise NotImplementedError

    def write_picture(self, path: Path) -> None:
        """Write the picture as PNG, SVG or PDF by the ending of the file.

        ValueError for another ending, WriteError when it cannot be written.
        """
        write_picture(path, self.picture, _SCALE)

    def title(self) -> str:
        """Return what is shown."""
        return self._title.full_text()

    def set_title(self, title: str) -> None:
        """Say what is shown."""
        self._title.set_full_text(title)

    def set_body(self, body: QWidget) -> None:
        """Put what is painted below the head."""
        self._rows.addWidget(body, 1)

    def add_tool(self, name: str, words: str, press: Callable[[], None]) -> None:
        """Add a button before the one that closes the panel."""
        button = QToolButton()
        set_role(button, "icon")
        set_icon(button, name, "muted")
        button.setObjectName(f"{self._name}_{name}")
        set_tooltip(button, words)
        button.setAccessibleName(words)
        button.clicked.connect(lambda _checked=False: press())
        self._tools.insertWidget(max(0, self._tools.count() - 1), button)

    def _head(self, heading: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, 6, SPACE, 6)
        row.setSpacing(SPACE)
        row.addWidget(PlainLabel(heading, "heading"))
        row.addWidget(self._title, 1)
        save = QPushButton(self.tr("Save picture…"))
        set_role(save, "quiet")
        save.setObjectName(f"{self._name}_save")
        save.clicked.connect(lambda _checked=False: self.picture_requested.emit(self.write_picture))
        row.addWidget(save)
        row.addLayout(self._tools)
        self.add_tool("close", self.tr("Close (Esc)"), lambda: self.closed.emit())
        return row

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
