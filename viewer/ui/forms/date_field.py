"""The field for a date: typed in words, echoed below as it is understood, and drawn.

What cannot be read blocks nothing: on saving, the wording can be kept without a date by one click.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dateutil.relativedelta import relativedelta
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from viewer.domain.dates import DateError, FuzzyDate, describe_date, read_date, unread_date
from viewer.ui.forms.date_strip import DateStrip
from viewer.ui.forms.drafted import flag_in, text_in
from viewer.ui.forms.field import Field, Line, mark_problem
from viewer.ui.forms.pills import WrappingRow
from viewer.ui.guard import guard
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable

_PLAIN = re.compile(r"\s*([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\s*")


def stepped(text: str, step: int) -> str | None:
    """Return a plain ISO day, month or year, moved by `step` of its own unit; None for any other text."""
    match = _PLAIN.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    stated = sum(part is not None for part in match.groups())
    years, months, days = (step if stated == unit else 0 for unit in (1, 2, 3))
    try:
        moved = datetime.date(year, month, day) + relativedelta(years=years, months=months, days=days)
    except (ValueError, OverflowError):  # no such day, or beyond the years 1 to 9999
        return None
    return moved.isoformat()[: len("2025-02-19") - 3 * (3 - stated)]


class DateField(Field):
    """A wording, what it means where it does not say so itself, an echo and a strip."""

    kept = Signal()
    """The wording is to be kept undated: saving can go on."""

    def __init__(self, label: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(label, name, parent)
        self._wording = Line(name, label, self)
        self._wording.setPlaceholderText(self.tr("19 Feb 2025, Feb 2025, 2025-02/2025-03"))
        self.label.setBuddy(self._wording)
        self._means = Line(f"{name}_means", self.tr("{label}, which means").format(label=label), self)
        self._means.setPlaceholderText(self.tr("2025-02-01/2025-02-07, [2025-01..2025-02]"))
        self._meaning = self._meaning_row()
        self._strip = DateStrip(f"{name}_strip", self)
        self._question = self._question_row(name)
        self._kept_text: str | None = None
        self._loaded: FuzzyDate | None = None
        self.put(self._wording)
        self.put(self._meaning)
        self.put_below(self._strip)
        self._column.addWidget(self._question)
        for line in (self._wording, self._means):
            line.textChanged.connect(self._typed)
            line.installEventFilter(self)
        self.load(None)

    def load(self, date: FuzzyDate | None) -> None:
        """Show a date for editing: its wording, and its meaning where the wording alone does not give it."""
        self._loaded, self._kept_text = date, None
        text = None if date is None else date.text or date.edtf
        edtf = "" if date is None else date.edtf or ""
        self._show_meaning(bool(edtf) and text != edtf and not _says(text or "", edtf))
        self._wording.load(text)
        self._means.load(edtf if self._means.isVisibleTo(self) else "")
        self._loaded_data = self.data()
        self._echo()

    def set_colour(self, colour: str) -> None:
        """Draw the strip in a kind's colour."""
        self._strip.set_colour(colour)

    def value(self) -> FuzzyDate | None:
        """Return the date; None when the field is empty or cannot be read."""
        try:
            return self._read()
        except DateError:
            return None

    def data(self) -> dict[str, Any]:
        means = self._means.text() if self._means.isVisibleTo(self) else None
        return {"text": self._wording.text(), "means": means, "kept": self._is_kept()}

    def restore(self, data: Any) -> None:
        self._show_meaning(isinstance(data, dict) and isinstance(data.get("means"), str))
        self._wording.restore(text_in(data, "text"))
        self._means.restore(text_in(data, "means"))
        self._kept_text = self._wording.text().strip() if flag_in(data, "kept") else None
        self._echo()

    def check(self) -> QWidget | None:
        """Ask what to do with a wording that cannot be read."""
        try:
            self._read()
        except DateError:
            self._question.show()
            line = self._means if self._means.text().strip() else self._wording
            mark_problem(line, True)
            return line
        return None

    def _read(self) -> FuzzyDate | None:
        if self.data() == self._loaded_data:
            return self._loaded
        wording = self._wording.text().strip()
        means = self._means.text().strip() if self._means.isVisibleTo(self) else ""
        if self._is_kept():
            return unread_date(wording)
        if means:
            return replace(read_date(means), text=wording) if wording else read_date(means)
        return read_date(wording) if wording else None

    def _is_kept(self) -> bool:
        return self._kept_text is not None and self._kept_text == self._wording.text().strip()

    def _typed(self) -> None:
        self._kept_text = None
        self._question.hide()
        for line in (self._wording, self._means):
            mark_problem(line, False)
        self._echo()
        self.changed.emit()

    def _echo(self) -> None:
        date: FuzzyDate | None = None
        try:
            date = self._read()
        except DateError as error:
            self.say(str(error), "problem")
        else:
            if date is None:
                self.say(self.tr("Undated"))
            else:
                self.say(describe_date(date), "echo" if date.is_dated else "small")
        self._strip.show_date(date)
        self._strip.setAccessibleName(self.note.text())

    def _keep(self) -> None:
        self._show_meaning(False)
        self._means.clear()
        self._kept_text = self._wording.text().strip()
        self._question.hide()
        mark_problem(self._wording, False)
        self._echo()
        self.changed.emit()
        self.kept.emit()

    def _explain(self) -> None:
        self._question.hide()
        self._show_meaning(True)
        mark_problem(self._wording, False)
        self._means.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_meaning(self, on: bool) -> None:
        self._meaning.setVisible(on)

    def _meaning_row(self) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        word = PlainLabel(self.tr("means"), "label", row)
        word.setBuddy(self._means)
        layout.addWidget(word)
        layout.addWidget(self._means, 1)
        return row

    def _question_row(self, name: str) -> QWidget:
        row = WrappingRow(self)
        keep = self._link(self.tr("Keep the wording, undated"), f"{name}_keep", self._keep, row)
        explain = self._link(self.tr("Say what it means"), f"{name}_explain", self._explain, row)
        row.show_widgets([keep, explain])
        row.hide()
        return row

    def _link(self, text: str, name: str, press: Callable[[], None], row: QWidget) -> QPushButton:
        button = QPushButton(text, row)
        button.setObjectName(name)
        set_role(button, "link")
        button.clicked.connect(press)
        return button

    @guard(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move a plain date by its own unit with the arrow keys."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, Line)
        ):
            step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
            moved = stepped(watched.text(), step) if step else None
            if moved is not None:
                watched.setText(moved)
                return True
        return False


def _says(text: str, edtf: str) -> bool:
    try:
        return read_date(text).edtf == edtf
    except DateError:
        return False
