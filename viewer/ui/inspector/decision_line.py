"""One line that asks for the reason of a decision before it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from viewer.ui.guard import guard
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_LONGEST_REASON = 2_000


class DecisionLine(QWidget):
    """Asks why. `decided(reason)`; `left()`: nothing was decided. Enter records it, Esc leaves."""

    decided = Signal(str)
    left = Signal()

    def __init__(self, question: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        asked = PlainLabel(question, "small", self)
        asked.setWordWrap(True)
        self._reason = QLineEdit(self)
        self._reason.setObjectName(f"{name}_reason")
        self._reason.setMaxLength(_LONGEST_REASON)
        self._reason.setAccessibleName(question)
        self._reason.setPlaceholderText(self.tr("The reason, kept with the change"))
        self._reason.textChanged.connect(self._typed)
        self._reason.returnPressed.connect(self._decide)
        self._record = QPushButton(self.tr("Record"), self)
        self._record.setObjectName(f"{name}_record")
        self._record.clicked.connect(self._decide)
        self._cancel = QPushButton(self.tr("Cancel"), self)
        self._cancel.setObjectName(f"{name}_cancel")
        set_role(self._cancel, "quiet")
        self._cancel.clicked.connect(self.left)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(SPACE // 2)
        rows.addWidget(asked)
        rows.addWidget(self._reason)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._record)
        rows.addLayout(row)
        self._typed()

    def ask(self, *, after: QWidget) -> None:
        """Put the keyboard into the line; for the Tab key it comes after the widget that opened it."""
        before = after
        for part in (self._reason, self._cancel, self._record):
            QWidget.setTabOrder(before, part)
            before = part
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _typed(self) -> None:
        self._record.setEnabled(bool(self._reason.text().strip()))

    def _decide(self) -> None:
        if reason := self._reason.text().strip():
            self.decided.emit(reason)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)
