"""The number of a row: one cell, perhaps in words, or a best guess with its bounds."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import replace

from viewer.domain.quantities import Quantity, number_text, suggested_qualifier
from viewer.domain.quantity_phrases import QuantityError, read_quantity
from viewer.formats.tables.columns import Cells, Columns, Getter, words_getter
from viewer.formats.tables.mapping import Amounts
from viewer.formats.tables.notices import Notices

AmountOf = Callable[[Cells, int], Quantity | None]

_REMEMBERED = 65_536
_PLAIN = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,6})?")


def number_of(cell: str) -> float | None:
    """Return a plain number, None for anything else; a whole one is an integer."""
    if not _PLAIN.fullmatch(cell):
        return None
    found = float(cell)
    return int(found) if found.is_integer() else found


def degrees_of(cell: str, largest: int) -> float | None:
    """Return degrees of latitude (up to 90) or longitude (up to 180); a decimal comma is understood."""
    try:
        found = float(cell.strip().replace(",", "."))
    except ValueError:
        return None
    return found if math.isfinite(found) and abs(found) <= largest else None


def amount_of(amounts: Amounts, columns: Columns, language: str | None, notices: Notices) -> AmountOf | None:
    """Return what reads a row's number; None if no column holds it."""
    unit = words_getter(amounts.unit, columns)
    # A cell that means “nothing recorded” makes no number, and must not be lost.
    value = columns.look(amounts.value) if amounts.none else columns.take(amounts.value)
    if value is not None:
        return _Single(value, unit, amounts, language, columns.header[value], notices).read
    places = [columns.look(name) for name in (amounts.best, amounts.low, amounts.high)]
    if all(place is None for place in places):
        return None
    return _Bounded(places, unit, amounts, notices).read


class _Single:
    """A number in one column; each distinct wording is read once."""

    def __init__(
        self,
        place: int,
        unit: Getter | None,
        amounts: Amounts,
        language: str | None,
        shown: str,
        notices: Notices,
    ) -> None:
        self._place, self._unit, self._measure = place, unit, amounts.measure
        self._none, self._language, self._shown, self._notices = set(amounts.none), language, shown, notices
        self._known: dict[tuple[str, str], tuple[Quantity, str]] = {}

    def read(self, cells: Cells, line: int) -> Quantity | None:
        cell = cells[self._place].strip()
        if not cell or cell in self._none:
            return None
        unit = self._unit(cells) if self._unit is not None else ""
        found = self._known.get((cell, unit))
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            quantity, trouble = self._understood(cell)
            found = (replace(quantity, unit=unit) if unit else quantity), trouble
            self._known[cell, unit] = found
        quantity, trouble = found
        if trouble:
            told = f"{trouble} Kept as it is written, without a number."
            self._notices.add("unread number", f"row {line} · {self._shown}", told, line)
        return quantity

    def _understood(self, cell: str) -> tuple[Quantity, str]:
        number = number_of(cell)
        if number is not None:
            return Quantity(low=number, high=number, qualifier="exact", measure=self._measure), ""
        try:
            found = read_quantity(cell, language=self._language)
        except QuantityError as error:
            return Quantity(text=cell[:1000], measure=self._measure), str(error)
        return replace(found, text=cell, measure=self._measure or found.measure), ""


class _Bounded:
    """A best guess between a low and a high one. Odd ones are kept as they are, and named."""

    def __init__(
        self, places: list[int | None], unit: Getter | None, amounts: Amounts, notices: Notices
    ) -> None:
        self._places, self._unit, self._measure, self._notices = places, unit, amounts.measure, notices
        self._none = set(amounts.none)

    def read(self, cells: Cells, line: int) -> Quantity | None:
        words = ["" if place is None else cells[place].strip() for place in self._places]
        words = ["" if word in self._none else word for word in words]
        if not any(words):
            return None
        best, low, high = (number_of(word) for word in words)
        unread = [word for word in words if word and number_of(word) is None]
        if unread:
            told = f"expected a number, found {unread[0][:40]!r}; kept as it is, not used"
            self._notices.add("unread number", f"row {line}", told, line)
        low, high = (best if low is None else low), (best if high is None else high)
        self._check(best, low, high, line)
        return Quantity(
            text=_told(words),
            low=low,
            high=high,
            qualifier=suggested_qualifier(low, high),
            unit=(self._unit(cells) if self._unit is not None else None) or None,
            measure=self._measure,
        )

    def _check(self, best: float | None, low: float | None, high: float | None, line: int) -> None:
        if low is None or high is None:
            return
        if low > high or (best is not None and not low <= best <= high):
            shown = "none" if best is None else number_text(best)
            told = f"the best number, {shown}, is not between {number_text(low)} and {number_text(high)}"
            self._notices.add("best, low and high", f"row {line}", f"{told}; all are kept as they are", line)


def _told(words: list[str]) -> str | None:
    if len(set(words)) == 1:
        return None
    return ", ".join(
        f"{name} {word}" for name, word in zip(("best", "low", "high"), words, strict=True) if word
    )
