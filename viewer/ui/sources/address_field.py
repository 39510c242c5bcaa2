"""The field for a source's address: fetched only when asked for, and the fetching can be called off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from viewer.ui.forms.field import LineField
from viewer.ui.links import checked_url
from viewer.ui.theme import SPACE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class AddressField(LineField):
    """`fetch_wanted(url)`; `called_off()`."""

    fetch_wanted = Signal(str)
    called_off = Signal()

    def __init__(self, label: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(label, name, parent, hint="https://")
        self._fetching = False
        self._fetch = QPushButton(self)
        self._fetch.setObjectName(f"{name}_fetch")
        self._fetch.clicked.connect(self._press)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.line, 1)
        row.addWidget(self._fetch, 0, Qt.AlignmentFlag.AlignVCenter)
        self.put(row)
        self.set_fetching(False)

    def set_fetching(self, on: bool) -> None:
        """Show that the page is being fetched, or not any more."""
        self._fetching = on
        self._fetch.setText(self.tr("Stop") if on else self.tr("Fetch"))
        self.say(self.tr("Fetching…") if on else "")
        self._follow()

    def _press(self) -> None:
        if self._fetching:
            self.called_off.emit()
        else:
            self.fetch_wanted.emit(self.value() or "")

    def _typed(self) -> None:
        super()._typed()
        url = self.value()
        if url and checked_url(url) is None:
            self.say(self.tr("Not an address of the web; it is kept as text."), "problem")
        self._follow()

    def _follow(self) -> None:
        self._fetch.setEnabled(self._fetching or checked_url(self.value() or "") is not None)
