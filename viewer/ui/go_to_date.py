"""Go to a date: typed as one says it, echoed, shown in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout

from viewer.domain.dates import DateError, FuzzyDate, describe_date, read_date
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role
from viewer.ui.timeline_view import TimelineView


class GoToDate(QDialog):
    """A small sheet with one field; Enter goes there, Esc leaves."""

    def __init__(self, timeline: TimelineView) -> None:
        super().__init__(timeline)
        self.setWindowTitle(self.tr("Go to date"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(360)
        self._timeline = timeline
        self._date: FuzzyDate | None = None
        self._field = QLineEdit()
        self._field.setObjectName("go_to_date")
        self._field.setAccessibleName(self.tr("Date"))
        self._field.setPlaceholderText(self.tr("Feb 2025, 19 February 2025, 2024-10-01"))
        self._echo = PlainLabel(self.tr("Enter goes there."), "muted")
        self._echo.setObjectName("go_to_date_echo")
        self._echo.setWordWrap(True)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._field)
        column.addWidget(self._echo)
        self._field.textChanged.connect(self._read)
        self._field.returnPressed.connect(self._go)

    def _read(self, text: str) -> None:
        self._date = None
        try:
            self._date = read_date(text)
            set_role(self._echo, "echo")
            self._echo.setText(describe_date(self._date))
        except DateError as error:
            set_role(self._echo, "problem" if text.strip() else "muted")
            self._echo.setText(str(error) if text.strip() else self.tr("Enter goes there."))
        # Wrapped words ask for their height only when asked; the sheet grows, and does not jump back.
        needed = self._column.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), needed))

    def _go(self) -> None:
        known = (
            []
            if self._date is None
            else [b for b in (self._date.earliest, self._date.latest) if b is not None]
        )
        if known:
            self._timeline.go_to((min(known) + max(known)) // 2)
            self.accept()
