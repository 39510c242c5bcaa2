"""The popover of the period: from when to when, and whether an event may or must lie in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from viewer.domain.date_words import explain_date
from viewer.domain.dates import DateError, FuzzyDate, read_date, readings
from viewer.ui.forms.date_line import DateLine
from viewer.ui.forms.field import Field, mark_problem
from viewer.ui.forms.readings_row import ReadingsRow
from viewer.ui.guard import guard
from viewer.ui.period import Period
from viewer.ui.search_field import PAUSE_MS
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

_WIDTH = 360
_GAP = 4


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


class PeriodPopover(QFrame):
    """Lies over the window below its chip. `changed(Period)` while one types; Esc or another place closes it."""

    changed = Signal(object)
    closed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("period_popover")
        self.setAccessibleName(self.tr("Period"))
        set_role(self, "popover")
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
        self._any = QPushButton(self.tr("Any time"), self)
        self._any.setObjectName("period_any")
        set_role(self._any, "link")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._said = Period()
        self._chip: QWidget | None = None
        self._lay_out()
        self._connect()
        self.hide()

    def open_below(self, chip: QWidget, period: Period, in_view: int | None) -> None:
        """Open below the chip on a period; a calendar without a date begins at what is in view, in seconds."""
        self._chip, self._said = chip, period
        for field, date in ((self._since, period.since), (self._until, period.until)):
            field.line.set_start(in_view)
            field.load(date)
        (self._certainly if period.certainly else self._possibly).setChecked(True)
        self._read()
        self._tell_meaning()
        self.place()
        self.show()
        self.raise_()
        self._since.line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._since.line.selectAll()
        _application().focusChanged.connect(self._on_focus)

    def close_now(self) -> None:
        """Close, and give the keyboard back to whoever had it below."""
        if self.isVisible():
            self._leave()
            if self._chip is not None:
                self._chip.setFocus(Qt.FocusReason.PopupFocusReason)

    def place(self) -> None:
        """Lie below the chip, inside the window, as high as the words need."""
        if self._chip is None:
            return
        window = self.window()
        at = self._chip.mapTo(window, QPoint(0, self._chip.height() + _GAP))
        width = min(_WIDTH, window.width() - 2 * SPACE)
        left = max(SPACE, min(at.x(), window.width() - width - SPACE))
        height = self._column.totalHeightForWidth(width)
        self.setGeometry(left, at.y(), width, height)

    def _leave(self) -> None:
        _application().focusChanged.disconnect(self._on_focus)
        if self._pause.isActive():
            self._say()
        self.hide()
        self.closed.emit()

    def _segment(self, words: str, name: str, end: str) -> QPushButton:
        button = QPushButton(words, self)
        button.setObjectName(name)
        button.setCheckable(True)
        button.setProperty("end", end)
        set_role(button, "segment")
        return button

    def _lay_out(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, SPACE + SPACE // 2)
        self._column.setSpacing(SPACE + SPACE // 2)
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
        self._column.addWidget(self._any, 0, Qt.AlignmentFlag.AlignLeft)

    def _connect(self) -> None:
        for field in (self._since, self._until):
            field.changed.connect(self._typed)
            field.entered.connect(self._say)
        self._possibly.toggled.connect(self._switched)
        self._any.clicked.connect(self._clear)
        self._pause.timeout.connect(self._say)

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

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Close when the keyboard goes elsewhere in the window; a calendar is a window of its own."""
        if now is not None and now.window() is self.window() and not self.isAncestorOf(now):
            self._leave()

    @guard(False)
    def event(self, event: QEvent) -> bool:
        """Claim Esc before shortcuts of the window get it."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Escape
        ):
            event.accept()
            return True
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            self.place()
        return super().event(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_now()
        else:
            super().keyPressEvent(event)


def _application() -> QApplication:
    application = QApplication.instance()
    if not isinstance(application, QApplication):
        raise TypeError("a popover needs an application")
    return application
