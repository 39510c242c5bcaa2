"""Dates that the calendar knows by name or number: days, months, seasons, decades, weeks of a year."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from viewer.domain.edtf import DateError
from viewer.domain.lexicon import Meaning, Sign
from viewer.domain.phrases.items import Clock, Item
from viewer.domain.phrases.setting import Setting, Values, values_of
from viewer.domain.pieces import days_on
from viewer.domain.reference import unit_around

if TYPE_CHECKING:
    from collections.abc import Sequence

_AMBIGUOUS = (None, "en")
"""Languages that write the day before the month or behind it, as the writer likes (R10)."""

_DECIMAL_POINT = (None, "en", "ko")
"""Languages in which 1.5 is a number; elsewhere it may be the first of May."""


def day(meanings: Sequence[Meaning], setting: Setting) -> Item:
    """Read a day and a month, with or without a year, an era, a weekday."""
    values = values_of(meanings)
    numbers = [meaning.value for meaning in meanings if meaning.sign in (Sign.NUMBER, Sign.ORDINAL)]
    if Sign.ERA in values and len(numbers) == 2:  # "15 March 44 BC": the number beside the era is the year
        is_last = meanings[-1].sign is Sign.ERA
        values[Sign.NUMBER] = numbers[-1 if is_last else 0]
        values.pop(Sign.ORDINAL, None)
        numbers = numbers[: -1 if is_last else None][-1:]
    return Item(
        unit="day",
        year=_year(values, setting),
        month=values[Sign.MONTH],
        day=day_number(numbers[0]),
        weekday=values.get(Sign.WEEKDAY),
        rules=_rules(values),
        # "This Monday 10 March" points at the day; it does not say the year.
        modifier=None if meanings[0].sign is Sign.MODIFIER else _modifier(values),
    )


def numeric(meanings: Sequence[Meaning], setting: Setting) -> Item | None:
    """R10: a number above 12 says which one is the day; else the day is first, in English it may be either."""
    values = values_of(meanings)
    first, second, year, mark = values[Sign.NUMERIC]
    if year is None and mark == "." and setting.language in _DECIMAL_POINT:
        return None
    item = Item(unit="day", year=year, weekday=values.get(Sign.WEEKDAY))
    if first > 12 or first == second:
        return replace(item, month=second, day=first)
    if second > 12:
        return replace(item, month=first, day=second)
    if setting.language in _AMBIGUOUS:
        return replace(item, month=first, day=second, other=(second, first), rules=("R10",))
    return replace(item, month=second, day=first, rules=("R10",))


def iso(meanings: Sequence[Meaning], _: Setting) -> Item | None:
    """Read 2025-02-19, 2025-02 or 2025-21 within a phrase."""
    values = values_of(meanings)
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


def month(meanings: Sequence[Meaning], setting: Setting) -> Item:
    """Read a month, with or without a year."""
    values = values_of(meanings)
    if not 1 <= values[Sign.MONTH] <= 12:
        raise DateError(f"There is no month {values[Sign.MONTH]}: a year has 12.")
    return Item(
        unit="month",
        year=_year(values, setting),
        month=values[Sign.MONTH],
        modifier=_modifier(values),
        rules=_rules(values),
    )


def year_alone(meanings: Sequence[Meaning], setting: Setting) -> Item:
    """Read a year: 2025, 44 BC, last year."""
    values = values_of(meanings)
    year = _year(values, setting)
    return Item(unit="year", year=year, is_bare=Sign.ERA not in values, rules=_rules(values))


def season(meanings: Sequence[Meaning], setting: Setting) -> Item | None:
    """Read a season, its year, or the two years of a winter."""
    values = values_of(meanings)
    years = [meaning.value for meaning in meanings if meaning.sign is Sign.YEAR]
    code = values[Sign.SEASON]
    if Sign.ISO_DATE in values:
        year, end, day = values[Sign.ISO_DATE]
        if day is not None:
            return None
        return _winter(code, year, year + 1 if (year + 1) % 100 == end else year)
    if len(years) == 2:
        return _winter(code, *years)
    return Item(
        unit="season",
        year=_year(values, setting),
        number=code,
        modifier=_modifier(values),
        rules=_rules(values),
    )


def _winter(code: int, year: int, end: int) -> Item | None:
    """Only a winter lies in two years, and these follow each other."""
    return Item(unit="season", year=year, number=code) if code == 24 and end == year + 1 else None


def quarter(meanings: Sequence[Meaning], setting: Setting) -> Item | None:
    """Read a quarter: Q3, third quarter."""
    values = values_of(meanings)
    number = values.get(Sign.QUARTER_NAME, values.get(Sign.ORDINAL, values.get(Sign.NUMBER)))
    if number == -1:
        number = 4
    if number not in (1, 2, 3, 4):
        return None
    stated: Values = {
        sign: value for sign, value in values.items() if sign not in (Sign.ORDINAL, Sign.NUMBER)
    }
    return Item(unit="quarter", year=_year(stated, setting), number=number)


def half_year(meanings: Sequence[Meaning], setting: Setting) -> Item | None:
    """Read a half-year: H1 2023."""
    values = values_of(meanings)
    number = values[Sign.HALF_NAME]
    return Item(unit="half-year", year=_year(values, setting), number=number) if number in (1, 2) else None


def decade(meanings: Sequence[Meaning], setting: Setting) -> Item | None:
    """Read "the 1990s", and "the 90s" as the latest that had begun by the reference."""
    values = values_of(meanings)
    year = values.get(Sign.DECADE, values.get(Sign.YEAR, values.get(Sign.NUMBER)))
    if not isinstance(year, int) or year % 10:
        return None
    if year >= 100:
        return Item(unit="decade", number=year)
    if setting.reference is None:
        raise DateError("The century is missing: write 1990s.")
    now = setting.reference.last[0]
    return Item(unit="decade", number=now - (now - year) % 100, rules=("R4",))


def century(meanings: Sequence[Meaning], _: Setting) -> Item | None:
    """Read a century, of our era or before it."""
    values = values_of(meanings)
    number = values.get(Sign.ROMAN, values.get(Sign.ORDINAL, values.get(Sign.NUMBER)))
    if not isinstance(number, int) or not 1 <= number <= 99:
        return None
    return Item(unit="century", number=-number if values.get(Sign.ERA) == -1 else number - 1)


def iso_week(meanings: Sequence[Meaning], setting: Setting) -> Item | None:
    """Read a week by its number in the year: the first one holds 4 January."""
    values = values_of(meanings)
    if Sign.WEEK_NAME in values:
        year, number = values[Sign.WEEK_NAME]
    else:
        number = values.pop(Sign.NUMBER)
        year = _year(values, setting)
    first = unit_around((year, 1, 4), "week", 0)
    monday = days_on(first.first, 7 * (number - 1))
    if number < 1 or days_on(monday, 3)[0] != year:
        raise DateError(f"{year} has no week {number}.")
    return Item(unit="day", year=monday[0], month=monday[1], day=monday[2], around="week")


def lone_day(meanings: Sequence[Meaning], _: Setting) -> Item:
    """Read the mere number of a day: the 19th."""
    return Item(unit="day", day=number_in(values_of(meanings)))


def clock(meanings: Sequence[Meaning]) -> Clock:
    """Return a time of day (R11); hours with no minutes are known to the hour only."""
    values = values_of(meanings)
    numbers = [meaning.value for meaning in meanings if meaning.sign in (Sign.NUMBER, Sign.ORDINAL)]
    hour, minute, second = values.get(Sign.CLOCK) or (*numbers, None, None)[:3]
    meridiem = values.get(Sign.MERIDIEM)
    if meridiem is not None:
        if not 1 <= hour <= 12:
            raise DateError("With am or pm, an hour runs from 1 to 12.")
        hour = hour % 12 + meridiem
    if hour > 23 or max(minute or 0, second or 0) > 59:
        raise DateError("A time runs from 00:00:00 to 23:59:59.")
    precision = "hour" if minute is None else "minute" if second is None else "second"
    zone = values.get(Sign.ZONE, "")
    return Clock(f"{hour:02d}:{minute or 0:02d}:{second or 0:02d}{zone}", precision)


def number_in(values: Values) -> int:
    """Return the number of a day."""
    return day_number(values.get(Sign.NUMBER, values.get(Sign.ORDINAL)))


def day_number(number: object) -> int:
    """Return the number of a day; the month it belongs to says later whether it has that many."""
    if not isinstance(number, int) or not 1 <= number <= 31:
        raise DateError("A month has days 1 to 31.")
    return number


def _year(values: Values, setting: Setting) -> int | None:
    if Sign.YEARS in values and Sign.MODIFIER in values:
        if setting.reference is None:
            raise DateError("This counts from the date of its source, which is not known. Write the year.")
        return setting.reference.year() + int(values[Sign.MODIFIER])
    year = values.get(Sign.YEAR)
    era = values.get(Sign.ERA)
    if era is None:
        if year is not None and year > 9999:
            raise DateError("A year has four digits; a longer one is written Y99999.")
        return None if year is None else int(year)
    stated = int(year or values.get(Sign.ORDINAL) or values.get(Sign.NUMBER) or 0)
    if stated < 1:
        raise DateError("There is no year 0: 1 BC is followed by AD 1.")
    return 1 - stated if era < 0 else stated


def _rules(values: Values) -> tuple[str, ...]:
    """A year such as "last year" counts from the reference (R5)."""
    return ("R5",) if Sign.YEARS in values and Sign.MODIFIER in values else ()


def _modifier(values: Values) -> int | None:
    return None if Sign.YEARS in values else values.get(Sign.MODIFIER)
