"""The date from which a wording counts: usually that of the source it stands in, and as vague as that is."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, NamedTuple

from dateutil.relativedelta import relativedelta

from viewer.domain.calendar import days_from_civil, weekday
from viewer.domain.edtf import DateError
from viewer.domain.pieces import (
    Day,
    Piece,
    day_piece,
    days_on,
    edtf_year,
    end_of_month,
    month_piece,
    months_on,
    year_piece,
)

if TYPE_CHECKING:
    from collections.abc import Callable


class Reference(NamedTuple):
    """The first and the last day that the reference may be."""

    first: Day
    last: Day

    def year(self) -> int:
        """Return its year, or raise DateError if it may lie in several."""
        if self.first[0] != self.last[0]:
            raise DateError("The date of the source is too vague for this: write the year.")
        return self.first[0]

    def piece(self, counted: Callable[[Day], Piece]) -> Piece:
        """Return what is counted from the reference: from all of its days, where it has several."""
        early = counted(self.first)
        if self.first == self.last:
            return early
        late = counted(self.last)
        if early == late:
            return early
        return Piece(
            min(early.first, late.first),
            max(early.last, late.last),
            early.unit,
            approximate=early.approximate,
            convention=early.convention,
            rules=early.rules,
        )


def moved(day: Day, *, years: int = 0, months: int = 0, days: int = 0) -> Day:
    """Return the day that lies so far on; the 31st becomes the last day of a shorter month."""
    try:
        there = datetime.date(*day) + relativedelta(years=years, months=months, days=days)
    except (ValueError, OverflowError):  # beyond the years 1 to 9999, where dateutil ends
        year, month = months_on(day[0] + years, day[1], months)
        return days_on((year, month, min(day[2], end_of_month(year, month)[2])), days)
    return there.year, there.month, there.day


def unit_around(day: Day, unit: str, step: int) -> Piece:
    """Return the week, month, quarter, year … that lies `step` after the one of a day."""
    year, month, _ = day
    if unit == "day":
        return day_piece(days_on(day, step))
    if unit == "week":
        monday = days_on(day, 7 * step - weekday(days_from_civil(*day)))
        return Piece(monday, days_on(monday, 6), "day", rules=("R3",))
    if unit == "weekend":
        return _weekend(day, step)
    if unit == "month":
        return month_piece(*months_on(year, month, step))
    if unit == "quarter":
        year, month = months_on(year, (month - 1) // 3 * 3 + 1, 3 * step)
        return quarter_piece(year, (month + 2) // 3)
    if unit == "year":
        return year_piece(year + step)
    return decade_piece((year // 10 + step) * 10) if unit == "decade" else century_piece(year // 100 + step)


def quarter_piece(year: int, quarter: int, *, any_year: bool = False) -> Piece:
    """Return a quarter of a year, 1 to 4."""
    last = end_of_month(year, 3 * quarter)
    written = "XXXX" if any_year else edtf_year(year)
    return Piece(
        (year, 3 * quarter - 2, 1), last, "month", f"{written}-{32 + quarter}", "quarter", any_year=any_year
    )


def decade_piece(first: int) -> Piece:
    """Return the ten years from one that ends with 0."""
    return Piece((first, 1, 1), (first + 9, 12, 31), "year", f"{first // 10:03d}X", "decade")


def century_piece(number: int) -> Piece:
    """Return a hundred years by their first digits: 18 for 1800 to 1899, -5 for 500 BC to 401 BC."""
    first = number * 100 if number >= 0 else number * 100 + 1
    edtf = f"{number:02d}XX" if number >= 0 else f"-{-number - 1:02d}XX"
    return Piece((first, 1, 1), (first + 99, 12, 31), "year", edtf, "century", convention=True, rules=("R9",))


def _weekend(day: Day, step: int) -> Piece:
    """The weekend of a day's week (0), the next one, or the last one that was wholly over (-1)."""
    place = weekday(days_from_civil(*day))
    saturday = days_on(day, 5 - place + 7 * step)
    return Piece(saturday, days_on(saturday, 1), "day", rules=("R3",))
