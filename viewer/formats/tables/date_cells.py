"""The date in one cell: machine forms first, then words; each distinct wording is read once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from viewer.domain.calendar import iso_time
from viewer.domain.dates import DateError, FuzzyDate, from_edtf, read_date, unread_date

_REMEMBERED = 65_536
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})(?:T?([0-9]{2})([0-9]{2})([0-9]{2}))?")
_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})(?:[.,]([0-9]{1,9}))?"
    r"(?: ?(?:(Z|UTC)|([+-][0-9]{2}):?([0-9]{2})?))?"
)
_IN_NUMBERS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})(?:,?[ T]+([0-9]{1,2}:[0-9]{2}.*))?")
_UNITS = {"s": 1, "ms": 1000, "us": 1_000_000, "ns": 1_000_000_000}
_BY_DIGITS = ((11, "s"), (14, "ms"), (17, "us"), (99, "ns"))


def order_of(cells: Iterable[str]) -> str | None:
    """Return “day first” or “month first” where the values of a column leave no doubt, else None."""
    firsts, seconds = False, False
    for cell in cells:
        match = _IN_NUMBERS.fullmatch(cell.strip())
        if match is not None:
            firsts |= int(match[1]) > 12
            seconds |= int(match[3]) > 12
    if firsts == seconds:
        return None
    return "day first" if firsts else "month first"


def is_in_numbers(cell: str) -> bool:
    """Whether a cell holds a date such as 3/4/2015, whose order needs to be known."""
    return _IN_NUMBERS.fullmatch(cell.strip()) is not None


class DateCells:
    """Reads the dates of a column whose order of day and month is known or not (None), in a language or any."""

    def __init__(self, order: str | None, language: str | None) -> None:
        self._order = order
        self._language = language
        self._known: dict[str, FuzzyDate | str] = {}

    def read(self, cell: str) -> FuzzyDate | str:
        """Return the date of a cell that is not empty, or why it cannot be read."""
        found = self._known.get(cell)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            try:
                found = self._read(cell.strip())
            except DateError as error:
                found = str(error)
            self._known[cell] = found
        return found

    def _read(self, text: str) -> FuzzyDate:
        match = _COMPACT.fullmatch(text)
        if match is not None:
            day = "-".join(match.group(1, 2, 3))
            return from_edtf(day if match[4] is None else f"{day}T{':'.join(match.group(4, 5, 6))}")
        match = _MOMENT.fullmatch(text)
        if match is not None:
            day, time, fraction, utc, hours, minutes = match.groups()
            zone = "Z" if utc else f"{hours}:{minutes or '00'}" if hours else ""
            written = f"{day}T{time}{zone}"
            return from_edtf(written, text=text if fraction or text != written else None)
        match = _IN_NUMBERS.fullmatch(text) if self._order else None
        if match is not None:
            return self._ordered(text, *match.group(1, 3, 4, 5))
        return read_date(text, language=self._language)

    def _ordered(self, text: str, first: str, second: str, year: str, time: str | None) -> FuzzyDate:
        day, month = (first, second) if self._order == "day first" else (second, first)
        if int(month) > 12 >= int(day):  # against the order of its column, and yet plain
            return read_date(text, language=self._language)
        written = f"{year}-{int(month):02d}-{int(day):02d}"
        # Stated, not read by rules: the wording alone would be in doubt again.
        found = from_edtf(written) if time is None else read_date(f"{written} {time}")
        return replace(found, text=text, rule=None)


def moment_of(cell: str, unit: str) -> FuzzyDate | str:
    """Return the moment that a number of seconds (ms, µs, ns) since 1970 stands for, or why it is none."""
    digits = cell.strip().removesuffix(".0")
    if not digits.lstrip("-").isdecimal() or not digits.isascii() or len(digits) > 20:
        return "expected a whole number of seconds, ms or µs since 1970"
    if unit == "auto":
        unit = next(name for length, name in _BY_DIGITS if len(digits.lstrip("-")) <= length)
    try:
        return from_edtf(iso_time(int(digits) // _UNITS[unit]), text=None)
    except DateError as error:
        return str(error)


def kept_as_written(text: str) -> FuzzyDate:
    """Return a date that is only a wording."""
    return unread_date(text[:1000])
