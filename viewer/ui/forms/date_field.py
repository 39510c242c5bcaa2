"""The field for a date: typed in words, echoed below as it is understood, and drawn.

What a wording leaves out is taken from the source that it stands in, and that is said. What cannot be read
blocks nothing: on saving, the wording can be kept without a date by one click.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from viewer.domain.date_words import explain_date
from viewer.domain.dates import DateError, FuzzyDate, readings, unread_date
from viewer.ui.forms.date_line import DateLine
from viewer.ui.forms.date_strip import DateStrip
from viewer.ui.forms.date_whence import SourceSetting, edtf_or_none, explained, lacks_source, taken_words
from viewer.ui.forms.drafted import flag_in, text_in
from viewer.ui.forms.field import Field, mark_problem
from viewer.ui.forms.pills import WrappingRow
from viewer.ui.forms.readings_row import ReadingsRow
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable


class DateField(Field):
    """A wording, what it means where it does not say so itself, an echo and a strip."""

    kept = Signal()
    """The wording is to be kept undated: saving can go on."""

    def __init__(self, label: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(label, name, parent)
        self._wording = DateLine(name, label, self)
        self._wording.setPlaceholderText(self.tr("19 Feb 2025, early February, 2025-02"))
        self.label.setBuddy(self._wording)
        self._means = DateLine(f"{name}_means", self.tr("{label}, which means").format(label=label), self)
        self._means.setPlaceholderText(self.tr("2025-02-01/2025-02-07, [2025-01..2025-02]"))
        self._meaning = self._meaning_row()
        self._which = ReadingsRow(name, self)
        self._whence = PlainLabel("", "small", self)
        self._whence.setObjectName(f"{name}_whence")
        self._whence.setWordWrap(True)
        self._strip = DateStrip(f"{name}_strip", self)
        self._question = self._question_row(name)
        self._kept_text: str | None = None
        self._chosen_text: str | None = None
        self._loaded: FuzzyDate | None = None
        self._date: FuzzyDate | None = None
        self._error: DateError | None = None
        self._setting = SourceSetting()
        self._opened_in: SourceSetting | None = None
        self._has_source = False
        self.put(self._wording)
        self.put(self._meaning)
        for part in (self._which, self._whence, self._strip, self._question):
            self._column.addWidget(part)
        self._which.chosen.connect(self._choose)
        for line in (self._wording, self._means):
            line.textChanged.connect(self._typed)
        self.load(None)

    def load(self, date: FuzzyDate | None) -> None:
        """Show a date for editing: its wording, and its meaning where the wording alone does not give it."""
        self._loaded, self._opened_in = date, None
        self._kept_text = self._chosen_text = None
        self._wording.load(None if date is None else date.text or date.edtf)
        self._settle()
        self._echo()

    def set_reference(self, reference: FuzzyDate | None, language: str | None, source_title: str) -> None:
        """Read wordings as those of a source: from the date it was published, in its language.

        A date that was loaded stays as it is, until another dated source is named than the form began with.
        """
        self._has_source = True
        self._stand_in(SourceSetting(reference, language, source_title))

    def set_language(self, language: str | None) -> None:
        """Read wordings in a language; the date of a source itself counts from nothing."""
        self._stand_in(SourceSetting(language=language))

    def set_start(self, moment: int | None) -> None:
        """Say where a calendar begins that has no date to begin at, in seconds."""
        for line in (self._wording, self._means):
            line.set_start(moment)

    def set_colour(self, colour: str) -> None:
        """Draw the strip in a kind's colour."""
        self._strip.set_colour(colour)

    def value(self) -> FuzzyDate | None:
        """Return the date; None when the field is empty or cannot be read."""
        return self._date

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
        if self._error is None:
            return None
        self._question.show()
        line = self._means if self._states_meaning() else self._wording
        mark_problem(line, True)
        return line

    def _stand_in(self, setting: SourceSetting) -> None:
        self._setting = setting
        for line in (self._wording, self._means):
            line.setting = setting
        if self._opened_in is None:
            self._opened_in = setting
            if self.data() == self._loaded_data:
                self._settle()
        self._echo()

    def _settle(self) -> None:
        """Show the meaning of the loaded date unless its wording says the same by itself."""
        date = self._loaded
        edtf = "" if date is None or self._says(date) else date.edtf or ""
        self._show_meaning(bool(edtf))
        self._means.load(edtf)
        self._loaded_data = self.data()

    def _says(self, date: FuzzyDate) -> bool:
        """Whether a date's wording means that date, where it stood when it was read or where it stands now."""
        for setting in (SourceSetting(edtf_or_none(date.reference), date.language), self._setting):
            try:
                said = setting.read(date.text or date.edtf or "")
            except DateError:
                continue
            if said.edtf == date.edtf and said.ambiguous == date.ambiguous:
                return True
        return False

    def _read(self) -> FuzzyDate | None:
        if self.data() == self._loaded_data:
            return self._loaded if self._opened_in in (None, self._setting) else self._read_again()
        wording = self._wording.text().strip()
        if self._is_kept():
            return unread_date(wording)
        if self._states_meaning():
            meant = self._setting.read(self._means.text())
            if meant.rule == "EDTF":  # who writes 2023-24 here has chosen
                meant = replace(meant, ambiguous=False)
            return replace(meant, text=wording, rule=None) if wording else meant
        return self._setting.read(self._wording.text()) if wording else None

    def _read_again(self) -> FuzzyDate | None:
        """Return what the loaded wording means in another source; what a source cannot date stays."""
        loaded = self._loaded
        if loaded is None or not loaded.text or self._states_meaning() or self._setting.reference is None:
            return loaded
        try:
            return self._setting.read(loaded.text)
        except DateError:
            return loaded

    def _states_meaning(self) -> bool:
        return bool(self._means.text().strip()) and self._means.isVisibleTo(self)

    def _is_kept(self) -> bool:
        return self._kept_text is not None and self._kept_text == self._wording.text().strip()

    def _typed(self) -> None:
        self._kept_text = None
        self._question.hide()
        if self._chosen_text not in (None, self._wording.text()):
            self._chosen_text = None  # what was chosen for one wording says nothing of the next
            self._show_meaning(False)
        for line in (self._wording, self._means):
            mark_problem(line, False)
        self._echo()
        self.changed.emit()

    def _echo(self) -> None:
        self._date, self._error = None, None
        try:
            self._date = self._read()
        except DateError as error:
            self._error = error
        self._tell()
        at, means = None if self._error is None else self._error.at, self._states_meaning()
        self._wording.underline(None if means else at)
        self._means.underline(at if means else None)
        self._which.offer(() if self._date is None else readings(self._date), self._means)
        self._strip.show_date(self._date)
        self._strip.setAccessibleName(self.note.text())

    def _tell(self) -> None:
        """Say what was understood, what was taken from the source, or what cannot be read."""
        date, whence = self._date, ""
        if date is not None and date.is_dated:
            whence = taken_words(date, self._setting)
            self.say(explained(date, whence), "echo")
        else:
            if self._has_source and self._asks_for_source():
                whence = self.tr("No source with a date is chosen: write the year.")
            if self._error is not None:
                self.say(str(self._error), "problem")
            else:
                self.say(self.tr("Undated") if date is None else explain_date(date))
        self._whence.setText(whence)
        self._whence.setVisible(bool(whence))

    def _asks_for_source(self) -> bool:
        decided = self._states_meaning() or self._is_kept()
        return not decided and lacks_source(self._wording.text(), self._setting)

    def _choose(self, reading: FuzzyDate) -> None:
        """Put what was chosen beside the wording, which stays."""
        self._chosen_text = self._wording.text()
        self._show_meaning(True)
        self._means.setText(reading.edtf or "")
        self._wording.setFocus(Qt.FocusReason.OtherFocusReason)

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
