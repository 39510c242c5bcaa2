"""Dates that the calendar knows by name or number: days, months, seasons, decades, weeks of a year."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from viewer.domain.edtf import DateError
from viewer.domain.lexicon import LAST, Sign
from viewer.domain.phrases.items import Clock, Item
from viewer.domain.phrases.setting import Reader, Setting, Values, by_class
from viewer.domain.pieces import days_on
from viewer.domain.reference import unit_around

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    _YearReader = Callable[[Sequence[Any], Setting], int | None]

_NUMBERS = (Sign.ORDINAL, Sign.NUMBER)

_AMBIGUOUS = (None, "en")
"""Languages that write the day before the month or behind it, as the writer likes (R10)."""

_DECIMAL_POINT = (None, "en", "ko")
"""Languages in which 1.5 is a number; elsewhere it may be the first of May."""


def day(letters: str) -> Reader:
    """Read a day and a month, with or without a year, an era, a weekday."""
    numbers = [place for place, letter in enumerate(letters) if letter in _NUMBERS]
    year_of = _year(letters)
    if Sign.ERA in letters and len(numbers) == 2:  # "15 March 44 BC": the number beside the era is the year
        year = numbers.pop(-1 if letters.endswith(Sign.ERA) else 0)
        year_of = partial(_year_of_era, (year,), letters.rindex(Sign.ERA))
    at, month, weekday, rules = (
        numbers[0],
        letters.index(Sign.MONTH),
        letters.rfind(Sign.WEEKDAY),
        _rules(letters),
    )
    # "This Monday 10 March" points at the day; it does not say the year.
    modifier = -1 if letters.startswith(Sign.MODIFIER) else _modifier(letters)

    def read(values: Sequence[Any], setting: Setting) -> Item:
        return Item(
            "day",
            year_of(values, setting),
            values[month],
            day_number(values[at]),
            weekday=None if weekday < 0 else values[weekday],
            modifier=None if modifier < 0 else values[modifier],
            rules=rules,
        )

    return read


@by_class
def numeric(values: Values, setting: Setting) -> Item | None:
    """R10: a number above 12 says which one is the day; else the day is first, in English it may be either."""
    first, second, year, mark = values[Sign.NUMERIC]
    if year is None and mark == "." and setting.language in _DECIMAL_POINT:
        return None
    item = Item(unit="day", year=year, weekday=values.get(Sign.WEEKDAY))
    if first > 12 or first == second:
        return item._replace(month=second, day=first)
    if second > 12:
        return item._replace(month=first, day=second)
    if setting.language in _AMBIGUOUS:
        return item._replace(month=first, day=second, other=(second, first), rules=("R10",))
    return item._replace(month=second, day=first, rules=("R10",))


@by_class
def iso(values: Values, _: Setting) -> Item | None:
    """Read 2025-02-19, 2025-02 or 2025-21 within a phrase."""
    year, month, day = values[Sign.ISO_DATE]
    if day is not None:
        return Item(unit="day", year=year, month=month, day=day, weekday=values.get(Sign.WEEKDAY))
    if Sign.WEEKDAY in values:
        return None
    if 21 <= month <= 24:
        return Item(unit="season", year=year, number=month)
    if not 1 <= month <= 12:
        raise _no_month(year, month)
    return Item(unit="month", year=year, month=month)


def _no_month(year: int, number: int) -> DateError:
    if 0 <= year % 100 < number:
        return DateError(f"Write the years in full: {year}/{year // 100 * 100 + number}.")
    return DateError(f"There is no month {number}: a year has 12.")


def month(letters: str) -> Reader:
    """Read a month, with or without a year."""
    at, year_of, modifier, rules = (
        letters.index(Sign.MONTH),
        _year(letters),
        _modifier(letters),
        _rules(letters),
    )

    def read(values: Sequence[Any], setting: Setting) -> Item:
        number = values[at]
        if not 1 <= number <= 12:
            raise DateError(f"There is no month {number}: a year has 12.")
        return Item(
            "month",
            year_of(values, setting),
            number,
            modifier=None if modifier < 0 else values[modifier],
            rules=rules,
        )

    return read


def year_alone(letters: str) -> Reader:
    """Read a year: 2025, 44 BC, last year."""
    year_of, is_bare, rules = _year(letters), Sign.ERA not in letters, _rules(letters)
    return lambda values, setting: Item("year", year_of(values, setting), rules=rules, is_bare=is_bare)


def season(letters: str) -> Reader:
    """Read a season, its year, or the two years of a winter."""
    at, year_of, modifier, rules = (
        letters.index(Sign.SEASON),
        _year(letters),
        _modifier(letters),
        _rules(letters),
    )
    years = [place for place, letter in enumerate(letters) if letter == Sign.YEAR]
    both = letters.find(Sign.ISO_DATE)

    def read(values: Sequence[Any], setting: Setting) -> Item | None:
        code = values[at]
        if both >= 0:
            year, end, day = values[both]
            return (
                None
                if day is not None
                else _winter(code, year, year + 1 if (year + 1) % 100 == end else year)
            )
        if len(years) == 2:
            return _winter(code, values[years[0]], values[years[1]])
        return Item(
            "season",
            year_of(values, setting),
            number=code,
            modifier=None if modifier < 0 else values[modifier],
            rules=rules,
        )

    return read


def _winter(code: int, year: int, end: int) -> Item | None:
    """Only a winter lies in two years, and these follow each other."""
    return Item(unit="season", year=year, number=code) if code == 24 and end == year + 1 else None


def quarter(letters: str) -> Reader:
    """Read a quarter: Q3, third quarter."""
    at = next(letters.rindex(sign) for sign in (Sign.QUARTER_NAME, *_NUMBERS) if sign in letters)
    # The number of the quarter is not that of a year.
    year_of = _year(letters.replace(Sign.ORDINAL, Sign.FILLER).replace(Sign.NUMBER, Sign.FILLER))

    def read(values: Sequence[Any], setting: Setting) -> Item | None:
        number = 4 if values[at] == LAST else values[at]
        return Item("quarter", year_of(values, setting), number=number) if number in (1, 2, 3, 4) else None

    return read


def half_year(letters: str) -> Reader:
    """Read a half-year: H1 2023."""
    at, year_of = letters.index(Sign.HALF_NAME), _year(letters)

    def read(values: Sequence[Any], setting: Setting) -> Item | None:
        number = values[at]
        return Item("half-year", year_of(values, setting), number=number) if number in (1, 2) else None

    return read


@by_class
def decade(values: Values, setting: Setting) -> Item | None:
    """Read "the 1990s", and "the 90s" as the latest that had begun by the reference."""
    year = values.get(Sign.DECADE, values.get(Sign.YEAR, values.get(Sign.NUMBER)))
    if not isinstance(year, int) or year % 10:
        return None
    if year >= 100:
        return Item(unit="decade", number=year)
    if setting.reference is None:
        raise DateError("The century is missing: write 1990s.")
    now = setting.reference.last[0]
    return Item(unit="decade", number=now - (now - year) % 100, rules=("R4",))


@by_class
def century(values: Values, _: Setting) -> Item | None:
    """Read a century, of our era or before it."""
    number = values.get(Sign.ROMAN, values.get(Sign.ORDINAL, values.get(Sign.NUMBER)))
    if not isinstance(number, int) or not 1 <= number <= 99:
        return None
    return Item(unit="century", number=-number if values.get(Sign.ERA) == -1 else number - 1)


def iso_week(letters: str) -> Reader:
    """Read a week by its number in the year: the first one holds 4 January."""
    name, at = letters.rfind(Sign.WEEK_NAME), letters.rfind(Sign.NUMBER)
    year_of = _year(letters.replace(Sign.NUMBER, Sign.FILLER))

    def read(values: Sequence[Any], setting: Setting) -> Item:
        year: Any
        year, number = (year_of(values, setting), values[at]) if name < 0 else values[name]
        first = unit_around((year, 1, 4), "week", 0)
        monday = days_on(first.first, 7 * (number - 1))
        if number < 1 or days_on(monday, 3)[0] != year:
            raise DateError(f"{year} has no week {number}.")
        return Item("day", *monday, around="week")

    return read


@by_class
def lone_day(values: Values, _: Setting) -> Item:
    """Read the mere number of a day: the 19th."""
    return Item("day", day=number_in(values))


def clock(letters: str) -> Callable[[Sequence[Any]], Clock]:
    """Return what reads a time of day (R11); hours with no minutes are known to the hour only."""
    numbers = [place for place, letter in enumerate(letters) if letter in _NUMBERS]
    at, meridiem, zone = (letters.rfind(sign) for sign in (Sign.CLOCK, Sign.MERIDIEM, Sign.ZONE))

    def read(values: Sequence[Any]) -> Clock:
        hour, minute, second = (
            values[at] if at >= 0 else (*(values[place] for place in numbers), None, None)[:3]
        )
        if meridiem >= 0:
            if not 1 <= hour <= 12:
                raise DateError("With am or pm, an hour runs from 1 to 12.")
            hour = hour % 12 + values[meridiem]
        if hour > 23 or max(minute or 0, second or 0) > 59:
            raise DateError("A time runs from 00:00:00 to 23:59:59.")
        precision = "hour" if minute is None else "minute" if second is None else "second"
        written = f"{hour:02d}:{minute or 0:02d}:{second or 0:02d}{values[zone] if zone >= 0 else ''}"
        return Clock(written, precision)

    return read


def number_in(values: Values) -> int:
    """Return the number of a day."""
    return day_number(values.get(Sign.NUMBER, values.get(Sign.ORDINAL)))


def day_number(number: object) -> int:
    """Return the number of a day; the month it belongs to says later whether it has that many."""
    if not isinstance(number, int) or not 1 <= number <= 31:
        raise DateError("A month has days 1 to 31.")
    return number


def _year(letters: str) -> _YearReader:
    """Return what finds the year, None where none is stated."""
    if Sign.YEARS in letters and Sign.MODIFIER in letters:
        return partial(_counted_year, letters.rindex(Sign.MODIFIER))
    if Sign.ERA in letters:
        stated = [letters.rindex(sign) for sign in (Sign.YEAR, *_NUMBERS) if sign in letters]
        return partial(_year_of_era, stated, letters.rindex(Sign.ERA))
    return partial(_plain_year, letters.rindex(Sign.YEAR)) if Sign.YEAR in letters else _no_year


def _no_year(_values: Sequence[Any], _: Setting) -> None:
    return None


def _plain_year(at: int, values: Sequence[Any], _: Setting) -> int:
    year: int = values[at]
    if year > 9999:
        raise DateError("A year has four digits; a longer one is written Y99999.")
    return year


def _counted_year(at: int, values: Sequence[Any], setting: Setting) -> int:
    if setting.reference is None:
        raise DateError("This counts from the date of its source, which is not known. Write the year.")
    return setting.reference.year() + int(values[at])


def _year_of_era(stated: Sequence[int], era: int, values: Sequence[Any], _: Setting) -> int:
    year = next((int(values[at]) for at in stated if values[at]), 0)
    if year < 1:
        raise DateError("There is no year 0: 1 BC is followed by AD 1.")
    return 1 - year if values[era] < 0 else year


def _rules(letters: str) -> tuple[str, ...]:
    """A year such as "last year" counts from the reference (R5)."""
    return ("R5",) if Sign.YEARS in letters and Sign.MODIFIER in letters else ()


def _modifier(letters: str) -> int:
    """Return the place of what says that it is the last one or the next, -1 where nothing does."""
    return -1 if Sign.YEARS in letters else letters.rfind(Sign.MODIFIER)
