"""The field for a number that may be fuzzy: two bounds, what they count, and the source's wording."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from viewer.domain.quantities import (
    MEASURES,
    QUALIFIERS,
    Quantity,
    describe_quantity,
    number_text,
    suggested_qualifier,
)
from viewer.ui.forms.drafted import text_in
from viewer.ui.forms.field import Combo, Field, Line, mark_problem, side_by_side
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_GAP = "[ ,\u00a0\u2009\u202f]"
_NUMBER = re.compile(rf"(?:[0-9]{{1,15}}|[0-9]{{1,3}}(?:{_GAP}[0-9]{{3}}){{1,4}})(?:\.[0-9]{{1,6}})?")
_OF_ONE_NUMBER = ("exact", "approximate", "nearly", "order")
_UPPER = ("at_most", "less_than")
_LOWER = ("at_least", "more_than")


class NumberError(ValueError):
    """A number that cannot be read, or bounds that contradict each other; the message is for the user."""


def read_number(text: str) -> float | None:
    """Read a number as people type it: "3000", "3,000", "3 000"; None when empty, else NumberError."""
    words = text.strip()
    if not words:
        return None
    if not _NUMBER.fullmatch(words):
        raise NumberError(
            QCoreApplication.translate(
                "QuantityField", "“{text}” is not a number. Write it like 3000 or 3,000."
            ).format(text=words if len(words) <= 20 else f"{words[:19]}…")
        )
    return float(re.sub(_GAP, "", words))


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
    """From and to, a qualifier, unit, measure and wording, with an echo below."""

    def __init__(
        self, label: str, name: str, parent: QWidget | None = None, *, measure: str | None = None
    ) -> None:
        super().__init__(label, name, parent)
        self._low = Line(f"{name}_low", self.tr("Lowest number"), self)
        self._high = Line(f"{name}_high", self.tr("Highest number"), self)
        self._unit = Line(f"{name}_unit", self.tr("Unit"), self)
        self._measure = Combo(f"{name}_measure", self.tr("What it measures"), self)
        self._qualifier = Combo(f"{name}_qualifier", self.tr("Qualifier"), self)
        self._text = Line(f"{name}_text", self.tr("Number in the words of the source"), self)
        self._usual_measure = measure
        self._loaded: Quantity | None = None
        self._loaded_data: dict[str, Any] = {}
        self._lay_out()
        self.load(None)
        for line in self._lines().values():
            line.textChanged.connect(self._changed)
        for combo in (self._qualifier, self._measure):
            combo.currentIndexChanged.connect(self._changed)

    def load(self, quantity: Quantity | None) -> None:
        """Show a number for editing."""
        shown = quantity or Quantity(measure=self._usual_measure)
        self._loaded = quantity
        self._low.load(_shown(shown.low))
        self._high.load(_shown(shown.high))
        self._unit.load(shown.unit)
        self._text.load(shown.text)
        self._measure.choose(shown.measure)
        self._qualifier.choose(shown.qualifier)
        self._loaded_data = self.data()
        self._echo()

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
        for key, line in self._lines().items():
            line.restore(text_in(data, key))
        self._qualifier.choose(text_in(data, "qualifier") or None)
        self._measure.choose(text_in(data, "measure") or None)

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
        self._text.setPlaceholderText(self.tr("source’s wording"))
        self.label.setBuddy(self._low)
        for box in (self._low, self._high, self._unit, self._qualifier, self._measure, self._text):
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        numbers = QHBoxLayout()
        numbers.setSpacing(SPACE)
        numbers.addWidget(self._low, 1)
        numbers.addWidget(PlainLabel("–", "muted", self))
        numbers.addWidget(self._high, 1)
        self.put(numbers)
        self.put(side_by_side(self._unit, self._measure))
        self.put(self._qualifier)
        self.put(self._text)

    def _changed(self) -> None:
        self._echo()
        self.changed.emit()

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
        chosen = self._qualifier.chosen()
        low, high = bounds_of(chosen, read_number(self._low.text()), read_number(self._high.text()))
        if low is not None and high is not None and low > high:
            raise NumberError(self.tr("The first number is greater than the second."))
        if chosen == "between" and (low is None) != (high is None):
            raise NumberError(self.tr("“Between” needs two numbers."))
        return low, high, chosen or suggested_qualifier(low, high)

    def _echo(self) -> None:
        unread = [line for line in (self._low, self._high) if not _can_be_read(line.text())]
        suggested: str | None = None
        try:
            quantity = self._read()
            if not unread:
                suggested = suggested_qualifier(read_number(self._low.text()), read_number(self._high.text()))
            self.say("" if quantity is None else self._described(quantity), "echo")
        except NumberError as error:
            self.say(str(error), "problem")
            unread = unread or [self._high]
        for line in (self._low, self._high):
            mark_problem(line, line in unread)
        self._qualifier.setItemText(0, _qualifier_words().get(suggested or "", self.tr("qualifier …")))

    def _described(self, quantity: Quantity) -> str:
        said = quantity.qualifier or suggested_qualifier(quantity.low, quantity.high)
        words = describe_quantity(replace(quantity, qualifier=said))
        measure = _measure_words().get(quantity.measure or "")
        return f"{words} · {measure}" if words and measure else words


def _can_be_read(text: str) -> bool:
    try:
        read_number(text)
    except NumberError:
        return False
    return True


def _shown(number: float | None) -> str:
    return "" if number is None else number_text(number)


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
