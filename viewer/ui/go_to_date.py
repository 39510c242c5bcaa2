"""Go to a date: typed as one says it, echoed, shown in the middle."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from viewer.domain.date_words import explain_date
from viewer.domain.dates import DateError, FuzzyDate, read_date, readings
from viewer.ui.forms.date_line import DateLine
from viewer.ui.forms.readings_row import ReadingsRow
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role
from viewer.ui.timeline_view import TimelineView


class GoToDate(QDialog):
    """A small sheet with one field; Enter goes there, Esc leaves. Nothing is completed from today."""

    def __init__(self, timeline: TimelineView) -> None:
        super().__init__(timeline)
        self.setWindowTitle(self.tr("Go to date"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(360)
        self._timeline = timeline
        self._date: FuzzyDate | None = None
        self._field = DateLine("go_to_date", self.tr("Date"), self)
        self._field.setPlaceholderText(self.tr("Feb 2025, early March 2024, 19th century"))
        first, last = timeline.scale().visible(timeline.canvas_width())
        self._field.set_start((first + last) // 2)
        self._echo = PlainLabel(self.tr("Enter goes there."), "muted")
        self._echo.setObjectName("go_to_date_echo")
        self._echo.setWordWrap(True)
        self._which = ReadingsRow("go_to_date", self)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        for part in (self._field, self._echo, self._which):
            column.addWidget(part)
        self._field.textChanged.connect(self._read)
        self._field.returnPressed.connect(self._go)
        self._which.chosen.connect(self._go_to)

    def _read(self, text: str) -> None:
        self._date, at = None, None
        try:
            self._date = read_date(text)
            set_role(self._echo, "echo")
            self._echo.setText(explain_date(self._date))
        except DateError as error:
            at = error.at
            set_role(self._echo, "problem" if text.strip() else "muted")
            self._echo.setText(str(error) if text.strip() else self.tr("Enter goes there."))
        self._field.underline(at)
        self._which.offer(() if self._date is None else readings(self._date), self._field)
        # Wrapped words ask for their height only when asked; the sheet grows, and does not jump back.
        needed = self._column.totalHeightForWidth(self.width())
        self.resize(self.width(), max(self.height(), needed))

    def _go(self) -> None:
        if self._which.is_asking():
            self._which.focus_first()
        elif self._date is not None:
            self._go_to(self._date)

    def _go_to(self, date: FuzzyDate) -> None:
        known = [bound for bound in (date.earliest, date.latest) if bound is not None]
        if known:
            self._timeline.go_to((min(known) + max(known)) // 2)
            self.accept()
