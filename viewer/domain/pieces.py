"""A stretch of whole days under a name: what "early March 2024" or "winter 2023-24" comes to.

A piece knows its first and last day, and how EDTF writes it: as one expression, or by its two ends at the
precision at which they are named.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from viewer.domain.calendar import DAY, civil_from_days, days_from_civil, days_in_month

Day = tuple[int, int, int]
"""Year (astronomical), month, day."""

ANY_YEAR = 2000
"""Stands for a year that is not known, where a calendar needs one; it has a 29 February."""


_EPOCH = date(1970, 1, 1).toordinal()
PLAIN_YEARS = range(1000, 10_000)
"""Years that EDTF writes as they are."""
_TWO_DIGITS = tuple(f"{number:02d}" for number in range(32))


class End(NamedTuple):
    """An end of a piece, as EDTF: its first and last second, and how precisely it is named.

    The seconds are None where it takes more than the calendar to tell them, as for a time of day, or for a year
    that is not known or that has not four digits.
    """

    text: str
    lo: int | None
    hi: int | None
    precision: str


class Piece(NamedTuple):
    """Days from `first` to `last`, inclusive; its ends are named by `unit`: day, month or year.

    `edtf`: the piece as one expression, None where only its ends can be written; `named_by`: the precision of
    that. `any_year`: the year is not known, and that of the days stands for it.
    """

    first: Day
    last: Day
    unit: str
    edtf: str | None = None
    named_by: str = "day"
    approximate: bool = False
    convention: bool = False
    rules: tuple[str, ...] = ()
    any_year: bool = False
    time: str | None = None
    precision: str | None = None

    def start(self) -> End:
        """Return the first end."""
        return self._named(self.first) if self.edtf is None else self._whole(self.edtf)

    def end(self) -> End:
        """Return the last end."""
        return self._named(self.last) if self.edtf is None else self._whole(self.edtf)

    def before(self) -> End:
        """Return the day, month or year before the first one."""
        return self._named(_stepped(self.first, self.unit, -1))

    def after(self) -> End:
        """Return the day, month or year after the last one."""
        return self._named(_stepped(self.last, self.unit, 1))

    def days(self) -> tuple[End, End]:
        """Return the first and the last day."""
        whole = self._replace(unit="day", edtf=None)
        return whole.start(), whole.end()

    def clipped(self, first: Day, last: Day, unit: str, rule: str, *, approximate: bool = False) -> Piece:
        """Return a part of the piece that a convention cuts out."""
        return Piece(
            first, last, unit, None, unit, approximate, True, (*self.rules, rule), self.any_year, self.time
        )

    def _whole(self, edtf: str) -> End:
        first, last = self.first, self.last
        if self.any_year or self.time or first[0] not in PLAIN_YEARS or last[0] not in PLAIN_YEARS:
            return End(edtf, None, None, self.named_by)
        lo = (date(*first).toordinal() - _EPOCH) * DAY
        hi = lo if first == last else (date(*last).toordinal() - _EPOCH) * DAY
        return End(edtf, lo, hi + DAY - 1, self.named_by)

    def _named(self, day: Day) -> End:
        unit = self.unit
        year, month, number = day
        if self.any_year or year not in PLAIN_YEARS:
            return End(_name(day, unit, self.any_year), None, None, unit)
        if unit == "day":
            lo = (date(year, month, number).toordinal() - _EPOCH) * DAY
            return End(f"{year}-{_TWO_DIGITS[month]}-{_TWO_DIGITS[number]}", lo, lo + DAY - 1, unit)
        first, last = (month, end_of_month(year, month)) if unit == "month" else (1, (year, 12, 31))
        return End(
            _name(day, unit, False),
            (date(year, first, 1).toordinal() - _EPOCH) * DAY,
            (date(*last).toordinal() - _EPOCH + 1) * DAY - 1,
            unit,
        )


def day_piece(day: Day, *, any_year: bool = False, rules: tuple[str, ...] = ()) -> Piece:
    """Return the piece that is one day."""
    return Piece(day, day, "day", _name(day, "day", any_year), rules=rules, any_year=any_year)


def month_piece(year: int, month: int, *, any_year: bool = False) -> Piece:
    """Return the piece that is one month."""
    first = (year, month, 1)
    return Piece(
        first, end_of_month(year, month), "month", _name(first, "month", any_year), "month", any_year=any_year
    )


def year_piece(year: int) -> Piece:
    """Return the piece that is one year."""
    return Piece((year, 1, 1), (year, 12, 31), "year", edtf_year(year), "year")


def edtf_year(year: int) -> str:
    """Write a year in four digits, or behind a Y where it needs more."""
    if year in PLAIN_YEARS:
        return str(year)
    sign = "-" if year < 0 else ""
    return f"{sign}{abs(year):04d}" if abs(year) <= 9999 else f"Y{year}"


def end_of_month(year: int, month: int) -> Day:
    """Return the last day of a month."""
    return year, month, days_in_month(year, month)


def months_on(year: int, month: int, step: int) -> tuple[int, int]:
    """Return the year and the month that lie `step` months on."""
    years, rest = divmod(month - 1 + step, 12)
    return year + years, rest + 1


def days_on(day: Day, step: int) -> Day:
    """Return the day that lies `step` days on."""
    return civil_from_days(days_from_civil(*day) + step)


def _name(day: Day, unit: str, any_year: bool) -> str:
    year, month, number = day
    written = "XXXX" if any_year else edtf_year(year)
    if unit == "day":
        return f"{written}-{_TWO_DIGITS[month]}-{_TWO_DIGITS[number]}"
    return written if unit == "year" else f"{written}-{_TWO_DIGITS[month]}"


def _stepped(day: Day, unit: str, step: int) -> Day:
    year, month, _ = day
    if unit == "year":
        return year + step, 1, 1
    if unit == "month":
        return (*months_on(year, month, step), 1)
    return days_on(day, step)
