"""One date of a wording, with what it leaves out: "19 February", "the first week of", "late 1990s".

An item becomes a piece of the calendar once its year is known. Conventions R1 to R6 and R9 are applied here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from viewer.domain.calendar import days_from_civil, days_in_month, weekday
from viewer.domain.edtf import DateError
from viewer.domain.lexicon import LAST, LATE
from viewer.domain.pieces import (
    ANY_YEAR,
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
from viewer.domain.reference import Reference, century_piece, decade_piece, quarter_piece, unit_around

if TYPE_CHECKING:
    from collections.abc import Callable

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASON_STARTS = {21: 3, 22: 6, 23: 9, 24: 12}
_THIRDS = {
    "decade": ((0, 3), (4, 6), (7, 9)),
    "century": ((0, 33), (34, 66), (67, 99)),
    "week": ((0, 1), (2, 3), (4, 6)),
}
_NO_REFERENCE = "This counts from the date of its source, which is not known. Write the date itself."
_LEAP_CYCLE = 8
"""Years within which a 29 February comes round, also across a year such as 1900."""


class Clip(NamedTuple):
    """A part of a date: kind is part, half, week, weekday or day; number is which one, LAST for the last."""

    kind: str
    number: int
    weekday: int = 0


class Clock(NamedTuple):
    """A time of day, as EDTF, and how fine it is: second, minute or hour."""

    time: str
    precision: str


class Item(NamedTuple):
    """A date as it was written; None for what it leaves out.

    `unit`: day, week, month, season, quarter, half-year, year, decade, century; "part" for a mere "early".
    `number`: the season's code, the quarter's or half's number, the first year of a decade, the first digits
    of a century. `modifier`: -1 for the last one, 0 this, 1 the next. `counted`: how it counts from a day of
    the reference, if it does. `other`: the month and day that it may mean just as well.
    `is_bare`: a year whose era is not stated. `is_part_of_day`: less than its day, which is all that is kept.
    """

    unit: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int = 0
    weekday: int | None = None
    modifier: int | None = None
    clip: Clip | None = None
    around: str | None = None
    clock: Clock | None = None
    counted: Callable[[Day], Piece] | None = None
    rules: tuple[str, ...] = ()
    other: tuple[int, int] | None = None
    is_bare: bool = False
    is_part_of_day: bool = False

    @property
    def lacks_year(self) -> bool:
        """Whether the year has to come from elsewhere."""
        return (
            self.year is None
            and self.counted is None
            and self.unit in ("day", "month", "season", "quarter", "half-year")
        )

    @property
    def lacks_month(self) -> bool:
        """Whether it is the mere number of a day."""
        return self.unit == "day" and self.month is None and self.counted is None

    def piece(self, *, any_year: bool = False) -> Piece:
        """Return the days that the item means, its year being known or any; DateError for impossible ones."""
        return self.finished(self._base(ANY_YEAR if any_year else self.year or 0, any_year))

    def finished(self, piece: Piece) -> Piece:
        """Return the part of a piece that is meant, its weekday checked and its time of day added."""
        if piece.any_year and self._shifts_with_the_year():
            raise DateError("The year is missing: weeks and weekdays fall on other days in each year.")
        if self.around is not None:
            piece = unit_around(piece.first, self.around, 0)
        if self.clip is not None:
            piece = _clipped(piece, self.unit, self.clip)
        if self.weekday is not None and not piece.any_year:
            self._check_weekday(piece.first)
        if self.clock is not None:
            if piece.unit != "day" or piece.edtf is None:
                raise DateError("A time of day needs its day: 2025-02-19 14:30.")
            if piece.any_year:
                raise DateError("A time of day needs the year too: 2025-02-19 14:30.")
            piece = piece._replace(
                edtf=f"{piece.edtf}T{self.clock.time}",
                time=self.clock.time,
                precision=self.clock.precision,
                rules=(*piece.rules, "R11"),
            )
        return piece._replace(rules=(*self.rules, *piece.rules)) if self.rules else piece

    def _shifts_with_the_year(self) -> bool:
        """Whether its days cannot even be named without a year: a week, a weekday, the end of February."""
        if self.around is not None:
            return True
        if self.clip is None:
            return False
        is_leap_day = self.clip.kind == "day" and self.clip.number == LAST and self.month == 2
        return self.clip.kind == "weekday" or is_leap_day

    def _base(self, year: int, any_year: bool) -> Piece:
        unit = self.unit
        if unit == "day":
            return self._day(year, self.month or 0, any_year)
        if unit == "month":
            return month_piece(year, self.month or 0, any_year=any_year)
        if unit == "year":
            return year_piece(year)
        if unit == "decade":
            return decade_piece(self.number)
        if unit == "century":
            return century_piece(self.number)
        if unit == "quarter":
            return quarter_piece(year, self.number, any_year=any_year)
        written = "XXXX" if any_year else edtf_year(year)
        if unit == "half-year":
            month = 6 * self.number
            return Piece(
                (year, month - 5, 1),
                end_of_month(year, month),
                "month",
                f"{written}-{39 + self.number}",
                unit,
                any_year=any_year,
            )
        start = _SEASON_STARTS[self.number]
        return Piece(
            (year, start, 1),
            end_of_month(*months_on(year, start, 2)),
            "month",
            f"{written}-{self.number}",
            "season",
            convention=True,
            rules=("R6",),
            any_year=any_year,
        )

    def _day(self, year: int, month: int, any_year: bool) -> Piece:
        day = self.day or 0
        if not 1 <= month <= 12:
            raise DateError(f"There is no month {month}: a year has 12.")
        length = days_in_month(year, month)
        if not 1 <= day <= length:
            of = _MONTHS[month - 1] + ("" if any_year else f" {year}")
            raise DateError(f"{of} has {length} days, there is no day {day}.")
        return day_piece((year, month, day), any_year=any_year)

    def _check_weekday(self, day: Day) -> None:
        actual = weekday(days_from_civil(*day))
        if actual != self.weekday:
            year, month, date = day
            raise DateError(
                f"{date} {_MONTHS[month - 1]} {year} was a {_WEEKDAYS[actual]},"
                f" not a {_WEEKDAYS[self.weekday or 0]}."
            )


def dated(item: Item, reference: Reference | None) -> Piece:
    """Return the piece of an item that stands alone; what it leaves out comes from the reference (R4, R5)."""
    if item.year is not None and item.month is not None:
        return item.piece()
    if item.counted is not None:
        return _counted(item, item.counted, reference)
    if item.lacks_month:
        return _latest_day(item, reference)
    if not item.lacks_year:
        return item.piece()
    if reference is None:
        if item.modifier is not None:
            raise DateError(_NO_REFERENCE)
        return item.piece(any_year=True)
    return in_year(item, reference)


def in_year(item: Item, reference: Reference) -> Piece:
    """Return the piece of an item in the year that it leaves out: the latest not begun after the reference."""
    near = reference.last[0]
    if item.modifier == 0:
        return item._replace(year=reference.year(), rules=(*item.rules, "R4")).piece()
    years = (
        range(near, near + _LEAP_CYCLE + 1) if item.modifier == 1 else range(near, near - _LEAP_CYCLE - 1, -1)
    )
    impossible: DateError | None = None
    for year in years:
        placed = item._replace(year=year, weekday=None, rules=(*item.rules, "R4"))
        try:
            piece = placed.piece()
        except DateError as error:  # there is no 29 February in most years
            impossible = error
            continue
        if _is_due(piece, item.modifier, reference):
            return piece if item.weekday is None else placed._replace(weekday=item.weekday).piece()
    raise impossible or DateError("No year fits this date.")


def _counted(item: Item, count: Callable[[Day], Piece], reference: Reference | None) -> Piece:
    if reference is None:
        raise DateError(_NO_REFERENCE)
    return item.finished(reference.piece(count))


def _is_due(piece: Piece, modifier: int | None, reference: Reference) -> bool:
    if modifier == 1:
        return piece.first > reference.last
    return piece.last < reference.first if modifier == -1 else piece.first <= reference.last


def _latest_day(item: Item, reference: Reference | None) -> Piece:
    """The 19th: the latest one that is not after the reference."""
    if reference is None:
        raise DateError("The month is missing: write 19 February 2025.")
    year, month, _ = reference.last
    for step in range(3):
        there = months_on(year, month, -step)
        day = (*there, item.day or 0)
        if 1 <= day[2] <= end_of_month(*there)[2] and day <= reference.last:
            return item._replace(year=there[0], month=there[1], rules=(*item.rules, "R4")).piece()
    raise DateError(f"There is no day {item.day} shortly before the date of the source.")


def _clipped(piece: Piece, unit: str, clip: Clip) -> Piece:
    if clip.kind == "part":
        return _third(piece, unit, min(clip.number, LATE))
    if clip.kind == "half":
        return _half(piece, unit, clip.number)
    if clip.kind == "day":
        return _nth_day(piece, clip.number)
    return _nth_week(piece, clip.number) if clip.kind == "week" else _nth_weekday(piece, clip)


def _third(piece: Piece, unit: str, number: int) -> Piece:
    """R1: early, mid and late are thirds."""
    year, month, _ = piece.first
    if unit == "month":
        first = (year, month, 10 * number + 1)
        last = piece.last if number == 2 else (year, month, 10 * number + 10)
        return piece.clipped(first, last, "day", "R1", approximate=True)
    if unit in ("year", "season", "quarter", "half-year"):
        months = {"year": 4, "half-year": 2}.get(unit, 1)
        start = months_on(year, month, months * number)
        end = end_of_month(*months_on(*start, months - 1))
        return piece.clipped((*start, 1), end, "month", "R1", approximate=True)
    if unit in ("decade", "century"):
        first_year, last_year = (year + years for years in _THIRDS[unit][number])
        return piece.clipped((first_year, 1, 1), (last_year, 12, 31), "year", "R1", approximate=True)
    if unit == "week":
        first, last = (days_on(piece.first, days) for days in _THIRDS[unit][number])
        return piece.clipped(first, last, "day", "R1", approximate=True)
    raise DateError("Only a week, a month, a season, a year or more have an early, a middle and a late part.")


def _half(piece: Piece, unit: str, number: int) -> Piece:
    """R2: a half ends with the 15th, with June, with the fifth year of ten."""
    year, month, _ = piece.first
    if unit == "month":
        first = (year, month, 1 if number == 1 else 16)
        last = (year, month, 15) if number == 1 else piece.last
        return piece.clipped(first, last, "day", "R2")._replace(convention=piece.convention)
    if unit == "year":
        return Item(unit="half-year", year=year, number=number, rules=("R2",)).piece()
    if unit in ("decade", "century"):
        years = 5 if unit == "decade" else 50
        start = year + years * (number - 1)
        half = piece.clipped((start, 1, 1), (start + years - 1, 12, 31), "year", "R2")
        return half._replace(convention=piece.convention)
    raise DateError("Only a month, a year, a decade or a century is read by halves.")


def _nth_week(piece: Piece, number: int) -> Piece:
    """R2: the weeks of a month begin on its days 1, 8, 15 and 22; the last one ends with it."""
    if piece.unit not in ("month", "year"):
        raise DateError("Only a month or a year is read by its weeks.")
    if number == LAST:
        return piece.clipped(days_on(piece.last, -6), piece.last, "day", "R2")
    first = days_on(piece.first, 7 * (number - 1))
    if not 1 <= number <= 5 or first > piece.last:
        raise DateError("The weeks of a month are the first to the fifth, and the last.")
    return piece.clipped(first, min(days_on(first, 6), piece.last), "day", "R2")


def _nth_weekday(piece: Piece, clip: Clip) -> Piece:
    """The first Monday of a month: a day, by no convention."""
    if clip.number == LAST:
        back = (weekday(days_from_civil(*piece.last)) - clip.weekday) % 7
        day = days_on(piece.last, -back)
    else:
        ahead = (clip.weekday - weekday(days_from_civil(*piece.first))) % 7
        day = days_on(piece.first, ahead + 7 * (clip.number - 1))
    return _one_day(piece, day)


def _nth_day(piece: Piece, number: int) -> Piece:
    return _one_day(piece, piece.last if number == LAST else days_on(piece.first, number - 1))


def _one_day(piece: Piece, day: Day) -> Piece:
    if not piece.first <= day <= piece.last:
        raise DateError("There is no such day in that time.")
    return day_piece(day, any_year=piece.any_year, rules=piece.rules)
