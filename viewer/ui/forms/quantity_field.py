"""The field for a number that may be fuzzy: the source's wording, and what it means in boxes of its own.

The wording is read while it is typed. What the user writes into a box is never overwritten; where the two
differ, one click takes what the wording says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from viewer.domain.quantities import (
    MEASURES,
    QUALIFIERS,
    Quantity,
    describe_quantity,
    suggested_qualifier,
)
from viewer.domain.quantity_phrases import QuantityError, quantity_readings, read_quantity
from viewer.ui.forms.drafted import text_in
from viewer.ui.forms.field import Combo, Field, Line, mark_problem, side_by_side
from viewer.ui.forms.number_line import NumberError, NumberLine, can_be_read, read_number, shown
from viewer.ui.forms.wording_row import WordingRow
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_OF_ONE_NUMBER = ("exact", "approximate", "nearly", "order")
_UPPER = ("at_most", "less_than")
_LOWER = ("at_least", "more_than")


def bounds_of(
    qualifier: str | None, low: float | None, high: float | None
) -> tuple[float | None, float | None]:
    """Return what two boxes mean with a qualifier: "about" and one number is that number, on both sides."""
    if (low is None) == (high is None):
        return low, high
    number = high if low is None else low
    if qualifier in _OF_ONE_NUMBER:
        return number, number
    if qualifier in _UPPER:
        return None, number
    return (number, None) if qualifier in _LOWER else (low, high)


class QuantityField(Field):
    """A wording, from and to, unit, measure and qualifier, with an echo below."""

    def __init__(
        self, label: str, name: str, parent: QWidget | None = None, *, measure: str | None = None
    ) -> None:
        super().__init__(label, name, parent)
        self._text = Line(f"{name}_text", self.tr("Number in the words of the source"), self)
        self._row = WordingRow(name, self)
        self._low = NumberLine(f"{name}_low", self.tr("Lowest number"), self)
        self._high = NumberLine(f"{name}_high", self.tr("Highest number"), self)
        self._unit = Line(f"{name}_unit", self.tr("Unit"), self)
        self._measure = Combo(f"{name}_measure", self.tr("What it measures"), self)
        self._qualifier = Combo(f"{name}_qualifier", self.tr("Qualifier"), self)
        self._usual_measure = measure
        self._language: str | None = None
        self._readings: tuple[Quantity, ...] = ()
        self._unread = ""
        self._own: set[str] = set()
        self._is_filling = False
        self._loaded: Quantity | None = None
        self._loaded_data: dict[str, Any] = {}
        self._lay_out()
        self.load(None)
        self._text.textChanged.connect(self._wording_changed)
        for line in (self._low, self._high, self._unit):
            line.textChanged.connect(self._box_changed)
        for combo in (self._qualifier, self._measure):
            combo.currentIndexChanged.connect(self._box_changed)
        self._row.chosen.connect(self._choose)

    def load(self, quantity: Quantity | None) -> None:
        """Show a number for editing."""
        opened = quantity or Quantity(measure=self._usual_measure)
        self._loaded = quantity
        self._is_filling = True
        self._text.load(opened.text)
        self._low.load(shown(opened.low))
        self._high.load(shown(opened.high))
        self._unit.load(opened.unit)
        self._measure.choose(opened.measure)
        self._qualifier.choose(opened.qualifier)
        self._is_filling = False
        self._loaded_data = self.data()
        self._read_wording()
        self._compare()

    def set_language(self, language: str | None) -> None:
        """Read the wording in the language of its source. A number that was loaded stays as it is."""
        if language == self._language:
            return
        self._language = language
        self._read_wording()
        self._narrow()
        if self.data() == self._loaded_data:
            self._compare()
        else:
            self._fill()

    def value(self) -> Quantity | None:
        """Return the number; None when nothing is typed, or what is typed cannot be read."""
        try:
            return self._read()
        except NumberError:
            return None

    def data(self) -> dict[str, Any]:
        typed: dict[str, Any] = {key: line.text() for key, line in self._lines().items()}
        return typed | {"qualifier": self._qualifier.chosen(), "measure": self._measure.chosen()}

    def restore(self, data: Any) -> None:
        self._is_filling = True
        for key, line in self._lines().items():
            line.restore(text_in(data, key))
        self._qualifier.choose(text_in(data, "qualifier") or None)
        self._measure.choose(text_in(data, "measure") or None)
        self._is_filling = False
        self._read_wording()
        self._compare()
        self.changed.emit()

    def check(self) -> QWidget | None:
        """Name what cannot be read, and return its box."""
        self._echo()
        return next((line for line in (self._low, self._high) if line.property("problem")), None)

    def _lines(self) -> dict[str, Line]:
        return {"low": self._low, "high": self._high, "unit": self._unit, "text": self._text}

    def _lay_out(self) -> None:
        self._qualifier.offer([(None, ""), *_qualifier_words().items()])
        self._measure.offer([(None, self.tr("measures …")), *_measure_words().items()])
        self._low.setPlaceholderText(self.tr("from"))
        self._high.setPlaceholderText(self.tr("to"))
        self._unit.setPlaceholderText(self.tr("unit: soldiers"))
        self._text.setPlaceholderText(self.tr("the source’s words: up to 3,000 soldiers"))
        self.label.setBuddy(self._text)
        for box in (self._low, self._high, self._unit, self._qualifier, self._measure, self._text):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.put(self._text)
        self.put(self._row)
        numbers = QHBoxLayout()
        numbers.setSpacing(SPACE)
        numbers.addWidget(self._low, 1)
        numbers.addWidget(PlainLabel("–", "muted", self))
        numbers.addWidget(self._high, 1)
        self.put(numbers)
        self.put(side_by_side(self._unit, self._measure))
        self.put(self._qualifier)

    def _wording_changed(self) -> None:
        if not self._is_filling:
            self._read_wording()
            self._fill()
            self.changed.emit()

    def _box_changed(self) -> None:
        if not self._is_filling:
            self._compare()
            self.changed.emit()

    def _read_wording(self) -> None:
        """Find what the wording can mean: one reading, several, or none and why."""
        self._readings, self._unread = (), ""
        wording = self._text.text()
        if not wording.strip():
            return
        try:
            self._readings = (read_quantity(wording, language=self._language),)
        except QuantityError as error:
            self._readings = quantity_readings(wording, language=self._language)
            self._unread = "" if self._readings else str(error)

    def _narrow(self) -> None:
        """Of several readings, keep the one that the boxes show already: it was chosen."""
        typed = self._typed()
        self._readings = next(((each,) for each in self._readings if _boxes(each) == typed), self._readings)

    def _said(self) -> dict[str, str | None]:
        """Return what the wording puts into each box: nothing as long as it has no one meaning."""
        return _boxes(self._readings[0] if len(self._readings) == 1 else Quantity())

    def _typed(self) -> dict[str, str | None]:
        return {key: box.text() for key, box in self._filled().items()} | {
            "qualifier": self._qualifier.chosen()
        }

    def _filled(self) -> dict[str, Line]:
        return {"low": self._low, "high": self._high, "unit": self._unit}

    def _fill(self) -> None:
        """Put what the wording says into the boxes that the user has not written in."""
        said = self._said()
        self._is_filling = True
        for key, box in self._filled().items():
            if key not in self._own:
                box.setText(said[key] or "")
                box.setCursorPosition(0)
        if "qualifier" not in self._own:
            self._qualifier.choose(said["qualifier"])
        self._is_filling = False
        self._compare()

    def _choose(self, reading: Quantity) -> None:
        """Take all that a reading says."""
        self._readings, self._own = (reading,), set()
        self._fill()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _compare(self) -> None:
        """Note which boxes hold what the wording does not say, and offer what it says."""
        self._narrow()
        typed, said = self._typed(), self._said()
        self._own = {key for key, text in typed.items() if text != said[key]}
        is_open = len(self._readings) > 1 or bool(self._own - {"unit"})  # a unit may be translated
        self._row.offer(self._readings if is_open else (), self._text)
        self._echo()

    def _same(self, *keys: str) -> bool:
        now = self.data()
        return all(now[key] == self._loaded_data.get(key) for key in keys)

    def _read(self) -> Quantity | None:
        if self.data() == self._loaded_data:
            return self._loaded
        if self._loaded is not None and self._same("low", "high", "qualifier"):
            low, high, qualifier = self._loaded.low, self._loaded.high, self._loaded.qualifier
        else:
            low, high, qualifier = self._numbers()
        text, unit, measure = self._text.value(), self._unit.value(), self._measure.chosen()
        if low is None and high is None and not text and not unit:
            return None
        return Quantity(text=text, low=low, high=high, qualifier=qualifier, unit=unit, measure=measure)

    def _numbers(self) -> tuple[float | None, float | None, str | None]:
        low, high = read_number(self._low.text()), read_number(self._high.text())
        chosen = self._qualifier_for(low, high)
        low, high = bounds_of(chosen, low, high)
        if low is not None and high is not None and low > high:
            raise NumberError(self.tr("The first number is greater than the second."))
        if chosen == "between" and (low is None) != (high is None):
            raise NumberError(self.tr("“Between” needs two numbers."))
        return low, high, chosen or suggested_qualifier(low, high)

    def _qualifier_for(self, low: float | None, high: float | None) -> str | None:
        """Return the chosen qualifier; that of the wording does not outlive bounds of another shape."""
        chosen = self._qualifier.chosen()
        if "qualifier" in self._own or not self._own & {"low", "high"} or len(self._readings) != 1:
            return chosen
        said = self._readings[0]
        return chosen if suggested_qualifier(low, high) == suggested_qualifier(said.low, said.high) else None

    def _echo(self) -> None:
        unread = [line for line in (self._low, self._high) if not can_be_read(line.text())]
        suggested: str | None = None
        try:
            quantity = self._read()
            if not unread:
                suggested = suggested_qualifier(read_number(self._low.text()), read_number(self._high.text()))
            self._tell(quantity)
        except NumberError as error:
            self.say(str(error), "problem")
            unread = unread or [self._high]
        for line in (self._low, self._high):
            mark_problem(line, line in unread)
        self._qualifier.setItemText(0, _qualifier_words().get(suggested or "", self.tr("qualifier …")))

    def _tell(self, quantity: Quantity | None) -> None:
        """Say what was understood, or why the wording is only kept."""
        if quantity is None:
            self.say("")
        elif quantity.low is not None or quantity.high is not None:
            self.say(self._described(quantity), "echo")
        elif len(self._readings) > 1:
            self.say(self.tr("Kept in these words only, until a reading is chosen."))
        elif self._unread:
            self.say(self.tr("Kept in these words only. {reason}").format(reason=self._unread))
        else:
            self.say(self._described(quantity), "echo")

    def _described(self, quantity: Quantity) -> str:
        said = quantity.qualifier or suggested_qualifier(quantity.low, quantity.high)
        words = describe_quantity(replace(quantity, qualifier=said))
        measure = _measure_words().get(quantity.measure or "")
        return f"{words} · {measure}" if words and measure else words


def _boxes(quantity: Quantity) -> dict[str, str | None]:
    """Return what the boxes show of a quantity."""
    bounds = {"low": shown(quantity.low), "high": shown(quantity.high)}
    return {**bounds, "unit": quantity.unit or "", "qualifier": quantity.qualifier}


def _qualifier_words() -> dict[str, str]:
    words = (
        QCoreApplication.translate("QuantityField", "exactly"),
        QCoreApplication.translate("QuantityField", "about"),
        QCoreApplication.translate("QuantityField", "nearly"),
        QCoreApplication.translate("QuantityField", "at least"),
        QCoreApplication.translate("QuantityField", "more than"),
        QCoreApplication.translate("QuantityField", "up to"),
        QCoreApplication.translate("QuantityField", "fewer than"),
        QCoreApplication.translate("QuantityField", "between"),
        QCoreApplication.translate("QuantityField", "on the order of"),
    )
    return dict(zip(QUALIFIERS, words, strict=True))


def _measure_words() -> dict[str, str]:
    words = (
        QCoreApplication.translate("QuantityField", "deployed"),
        QCoreApplication.translate("QuantityField", "withdrawn"),
        QCoreApplication.translate("QuantityField", "present"),
        QCoreApplication.translate("QuantityField", "losses"),
        QCoreApplication.translate("QuantityField", "in training"),
    )
    return dict(zip(MEASURES, words, strict=True))
