"""A field with a suggestion beside it: fills in an empty one and says so, never touches what was typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from viewer.ui.elided import ElidedLabel
from viewer.ui.forms.date_field import DateField
from viewer.ui.forms.drafted import text_in
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from viewer.ui.forms.field import LineField


class Suggested(QWidget):
    """Wraps a field. `used`: a suggestion was taken over."""

    used = Signal()

    def __init__(self, field: LineField | DateField, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = field
        self._offered = ""
        self._filling = False
        self._words = ElidedLabel("", "small", self)
        self._words.setObjectName(f"{name}_suggestion")
        self._use = QPushButton(self.tr("use"), self)
        self._use.setObjectName(f"{name}_use")
        self._use.setAccessibleName(self.tr("Use the suggestion: {label}").format(label=field.label.text()))
        set_role(self._use, "link")
        self._use.clicked.connect(self._take_over)
        self._row = QWidget(self)
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE // 2)
        row.addWidget(self._words)
        row.addWidget(self._use, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(field)
        column.addWidget(self._row)
        self._row.hide()
        field.changed.connect(self._typed)

    def suggest(self, text: str | None) -> None:
        """Suggest a text: it fills an empty field, marked; beside another one it waits to be used."""
        self._offered = (text or "").strip()
        typed = self._typed_text()
        if not self._offered or typed == self._offered:
            self._row.hide()
        elif typed:
            self._show(self.tr("Found: “{text}”").format(text=self._offered), offers=True)
        else:
            self._fill()
            self._show(self.tr("suggested: check it"), offers=False)

    def _typed_text(self) -> str:
        if isinstance(self.field, DateField):
            return text_in(self.field.data(), "text").strip()
        return (self.field.value() or "").strip()

    def _fill(self) -> None:
        self._filling = True
        if isinstance(self.field, DateField):
            self.field.restore({"text": self._offered})
        else:
            self.field.line.setText(self._offered)
            self.field.line.setCursorPosition(0)
        self._filling = False

    def _show(self, words: str, *, offers: bool) -> None:
        self._words.set_full_text(words)
        self._use.setVisible(offers)
        self._row.show()

    def _take_over(self) -> None:
        self._fill()
        self._row.hide()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.used.emit()

    def _typed(self) -> None:
        if not self._filling:
            self._row.hide()
