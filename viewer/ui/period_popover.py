"""The popover of the period: from when to when, and whether an event may or must lie in it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from viewer.domain.date_words import explain_date
from viewer.domain.dates import DateError, FuzzyDate, read_date, readings
from viewer.ui.chip_popover import ChipPopover
from viewer.ui.forms.date_line import DateLine
from viewer.ui.forms.field import Field, mark_problem
from viewer.ui.forms.readings_row import ReadingsRow
from viewer.ui.period import Period
from viewer.ui.search_field import PAUSE_MS
from viewer.ui.text import PlainLabel
from viewer.ui.theme import set_role


class LimitField(Field):
    """One end of the period: any wording with a day at that end, or nothing."""

    entered = Signal()

    def __init__(self, label: str, name: str, parent: QWidget, *, side: str, missing: str) -> None:
        super().__init__(label, name, parent)
        self._side, self._missing = side, missing
        self.line = DateLine(name, label, self)
        self.line.setPlaceholderText(self.tr("any time"))
        self.label.setBuddy(self.line)
        self._which = ReadingsRow(name, self)
        self.put(self.line)
        self._column.addWidget(self._which)
        self.date: FuzzyDate | None = None
        self.is_clear = True
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.entered)
        self._which.chosen.connect(self._choose)

    def load(self, date: FuzzyDate | None) -> None:
        """Show a date."""
        self.line.load(None if date is None else date.text or date.edtf)

    def complain(self, problem: str) -> None:
        """Say why the date cannot be this end."""
        self.is_clear = False
        self.say(problem, "problem")
        mark_problem(self.line, True)

    def read(self) -> None:
        """Take in what is written, and say what it was taken to mean."""
        self.date, self.is_clear, at = None, True, None
        mark_problem(self.line, False)
        self.say("")
        text = self.line.text().strip()
        try:
            self.date = read_date(text) if text else None
        except DateError as error:
            at = error.at
            self.complain(str(error))
        offered = () if self.date is None else readings(self.date)
        if self.date is not None and getattr(self.date, self._side) is None:
            self.complain(self._missing)
        elif self.date is not None:
            self.say(explain_date(self.date), "echo")
        self.is_clear = self.is_clear and not offered
        self.line.underline(at)
        self._which.offer(offered, self.line)

    def _choose(self, reading: FuzzyDate) -> None:
        self.line.setText(reading.edtf or "")
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.entered.emit()


class PeriodPopover(ChipPopover):
    """Asks for the period. `changed(Period)` while one types."""

    def __init__(self, window: QWidget) -> None:
        super().__init__("period", QCoreApplication.translate("PeriodPopover", "Period"), window)
        self._since = LimitField(
            self.tr("From"), "period_from", self, side="earliest",
            missing=self.tr("This has no beginning: write a day, a month or a year."),
        )  # fmt: skip
        self._until = LimitField(
            self.tr("To"), "period_to", self, side="latest",
            missing=self.tr("This has no end: write a day, a month or a year."),
        )  # fmt: skip
        self._possibly = self._segment(self.tr("Possibly in the period"), "period_possibly", "first")
        self._certainly = self._segment(self.tr("Certainly in the period"), "period_certainly", "last")
        self._meaning = PlainLabel("", "small", self)
        self._meaning.setObjectName("period_meaning")
        self._meaning.setWordWrap(True)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._said = Period()
        self._lay_out()
        self._connect()

    def open_below(self, chip: QWidget, period: Period, in_view: int | None) -> None:
        """Open below the chip on a period; a calendar without a date begins at what is in view, in seconds."""
        self._said = period
        for field, date in ((self._since, period.since), (self._until, period.until)):
            field.line.set_start(in_view)
            field.load(date)
        (self._certainly if period.certainly else self._possibly).setChecked(True)
        self._read()
        self._tell_meaning()
        self.open_at(chip, self._since.line)
        self._since.line.selectAll()

    def _segment(self, words: str, name: str, end: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setCheckable(True)
        button.setProperty("end", end)
        set_role(button, "segment")
        return button

    def _lay_out(self) -> None:
        switch = QHBoxLayout()
        switch.setSpacing(0)
        group = QButtonGroup(self)
        for button in (self._possibly, self._certainly):
            group.addButton(button)
            switch.addWidget(button, 1)
        for part in (self._since, self._until):
            self._column.addWidget(part)
        self._column.addLayout(switch)
        self._column.addWidget(self._meaning)
        self._any = self.put_link(self.tr("Any time"), "period_any")

    def _connect(self) -> None:
        for field in (self._since, self._until):
            field.changed.connect(self._typed)
            field.entered.connect(self._say)
        self._possibly.toggled.connect(self._switched)
        self._any.clicked.connect(self._clear)
        self._pause.timeout.connect(self._say)
        self.closed.connect(self._say)

    def _typed(self) -> None:
        self._read()
        self._pause.start()

    def _read(self) -> None:
        for field in (self._since, self._until):
            field.read()
        period = self._period()
        if period.earliest is not None and period.latest is not None and period.earliest > period.latest:
            self._until.complain(self.tr("The end lies before the beginning."))

    def _switched(self) -> None:
        self._tell_meaning()
        self._say()

    def _tell_meaning(self) -> None:
        words = self.tr("All that may lie in the period, if only in part. What has no date is hidden.")
        if self._certainly.isChecked():
            words = self.tr("Only what lies wholly in the period. What has no date is hidden.")
        self._meaning.setText(words)

    def _period(self) -> Period:
        return Period(self._since.date, self._until.date, self._certainly.isChecked())

    def _say(self) -> None:
        """Say the period, unless part of it cannot be read: then what was said last stays."""
        self._pause.stop()
        period = self._period()
        if self._since.is_clear and self._until.is_clear and period != self._said:
            self._said = period
            self.changed.emit(period)

    def _clear(self) -> None:
        for field in (self._since, self._until):
            field.line.clear()
        self._say()
        self.close_now()
