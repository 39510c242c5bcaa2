"""One date of EDTF: which days it can be, how precisely it is known, and what is doubtful about it.

Where the standard leaves the months of a season open we take the meteorological ones, of the north unless
it says south; winter Y runs from December Y to February Y+1. Qualifiers (? ~ %) never move a bound.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from viewer.domain.calendar import DAY, HOUR, MAX_YEAR, MINUTE, days_in_month, seconds
from viewer.domain.wording import WordingError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PRECISIONS = (
    "second", "minute", "hour", "day", "week", "month",
    "season", "quarter", "half-year", "year", "decade", "century",
)  # fmt: skip
"""From fine to coarse."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_EPOCH = date(1970, 1, 1).toordinal()
_UNKNOWN_YEAR = "XXXX"
_SOME_LEAP_YEAR = "2000"
_UPWARD = "0123456789"
_DOWNWARD = _UPWARD[::-1]

_PARTS_OF_YEAR = {
    str(code + place): ((month - 1 + place * length) % 12 + 1, length, precision)
    for code, count, month, length, precision in (
        (21, 8, 3, 3, "season"),  # anywhere, then in the north
        (29, 4, 9, 3, "season"),  # in the south
        (33, 4, 1, 3, "quarter"),
        (37, 3, 1, 4, "season"),
        (40, 2, 1, 6, "half-year"),
    )
    for place in range(count)
}
"""What may stand in place of a month: its first month, how many months it lasts, its precision."""
_LAST_SEASON = "32"

_PLAIN = {
    length + marks: (length, rest, precision)
    for length, rest, precision in ((10, "", "day"), (7, "-01", "month"), (4, "-01-01", "year"))
    for marks in (0, 1)
}
"""Plain dates by their length, with a mark behind or without: what they lack to a day, and their precision."""
_MARKS = ("", "?", "~", "%")
_DAYS_BUT_FEBRUARY = 337
_QUALIFIER = "[?~%]?"
_DATE = re.compile(
    rf"{_QUALIFIER}(?P<sign>-?)(?P<year>[0-9X]{{4}}){_QUALIFIER}"
    rf"(?:-{_QUALIFIER}(?P<month>[0-9X]{{2}}){_QUALIFIER}(?:-{_QUALIFIER}(?P<day>[0-9X]{{2}}){_QUALIFIER})?)?"
)
_NUMBERED_YEAR = re.compile(
    rf"{_QUALIFIER}(?:Y(?P<long>-?[1-9][0-9]*)(?:E(?P<exponent>0|[1-9][0-9]*))?|(?P<short>-?[0-9]{{4}})(?=S))"
    rf"(?:S(?P<significant>[1-9][0-9]?))?{_QUALIFIER}"
)
_DATE_TIME = re.compile(
    r"(?P<day>-?[0-9]{4}-[0-9]{2}-[0-9]{2})T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    r"(?P<zone>Z|(?P<sign>[+-])(?P<zone_hour>[0-9]{2})(?::(?P<zone_minute>[0-9]{2}))?)?"
)
_LIMITS = (("hour", 23), ("minute", 59), ("second", 59), ("zone_hour", 23), ("zone_minute", 59))


class DateError(WordingError):
    """A date that cannot be read. The message is for the user; `at` says where in the text, if anywhere."""


class Extent(NamedTuple):
    """One date of an expression. `lo` and `hi` are its first and last second, in UTC.

    Both are None where the year is not known at all.
    """

    text: str
    lo: int | None
    hi: int | None
    precision: str
    approximate: bool = False
    uncertain: bool = False
    convention: bool = False
    ambiguous: bool = False
    zone: str | None = None


def iso_day(text: str) -> Extent | None:
    """Read a day written in full, 2025-02-19; None for anything else, and for a day that there is not."""
    return _plain_date(text, 0, 10) if len(text) == 10 else None


def date_at(text: str, start: int, end: int) -> Extent | None:
    """Read the date that is written from `start` to `end`; None if that is none, DateError if it cannot be."""
    plain = _plain_date(text, start, end)
    if plain is not None:
        return plain
    match = _DATE.fullmatch(text, start, end)
    if match is not None:
        if match["sign"] and match["year"] == "0000":
            raise DateError("The year 1 BC is written 0000, 2 BC is -0001.", (match.start(1), match.end(2)))
        extent = _part_of_year(match) if match["month"] in _PARTS_OF_YEAR else _calendar_date(match)
        return extent._replace(lo=None, hi=None) if match["year"] == _UNKNOWN_YEAR else extent
    match = _NUMBERED_YEAR.fullmatch(text, start, end)
    return None if match is None else _numbered_year(match)


def _plain_date(text: str, start: int, end: int) -> Extent | None:
    """Read a whole day, month or year: the way of nearly every date, several times faster than the patterns."""
    form = _PLAIN.get(end - start)
    if form is None:
        return None
    length, rest, precision = form
    words = text[start : start + length]
    mark = text[start + length : end]
    if mark not in _MARKS or (length > 4 and words[4] != "-"):
        return None
    try:
        first = date.fromisoformat(words + rest)
    except ValueError:
        return None
    lo = (first.toordinal() - _EPOCH) * DAY
    if length == 10:
        days = 1
    elif length == 7:
        days = days_in_month(first.year, first.month)
    else:
        days = _DAYS_BUT_FEBRUARY + days_in_month(first.year, 2)
    if not mark:
        return Extent(words, lo, lo + days * DAY - 1, precision)
    return Extent(words + mark, lo, lo + days * DAY - 1, precision, mark != "?", mark != "~")


def date_time(text: str) -> Extent | None:
    """Read a day with its time; None if the text is none, DateError if there is no such moment."""
    match = _DATE_TIME.fullmatch(text)
    day = None if match is None else date_at(text, 0, match.end("day"))
    if match is None or day is None or day.lo is None:
        return None
    for name, limit in _LIMITS:
        if int(match[name] or 0) > limit:
            # ISO 8601-1:2019 has no 24:00:00: one moment would lie on two days.
            raise DateError(
                "A time runs from 00:00:00 to 23:59:59, its zone to ±23:59. "
                "Midnight is 00:00:00 of the day that begins.",
                match.span(name),
            )
    hour, minute, second, zone_hour, zone_minute = (int(match[name] or 0) for name, _ in _LIMITS)
    shift = (zone_hour * HOUR + zone_minute * MINUTE) * (-1 if match["sign"] == "-" else 1)
    zone = match["zone"] and (f"{match['sign']}{zone_hour:02d}:{zone_minute:02d}" if shift else "Z")
    at = day.lo + hour * HOUR + minute * MINUTE + second - shift
    return Extent(
        text=f"{match['day']}T{hour:02d}:{minute:02d}:{second:02d}{zone or ''}",
        lo=at,
        hi=at,
        precision="second",
        zone="UTC" if zone == "Z" else zone,
    )


def _calendar_date(match: re.Match[str]) -> Extent:
    sign, year, month, day = match.groups()
    months, days = _numbers(month or "XX", 12), _numbers(day or "XX", 31)
    earliest, latest = _years(sign, year)
    first = _first_that_exists(earliest, months, days)
    last = _first_that_exists(latest, months[::-1], days[::-1])
    if first is None or last is None:
        raise _impossible(match, months)
    stated = "year" if month is None or "X" in month else "month" if day is None or "X" in day else "day"
    return _extent(match, seconds(*first), seconds(*last) + DAY - 1, _precision(year, stated))


def _part_of_year(match: re.Match[str]) -> Extent:
    sign, year, code, day = match.groups()
    month, length, precision = _PARTS_OF_YEAR[code]
    if day is not None:
        raise DateError(
            f"{code} is a part of the year, not a month (01 to 12): it has no day {day}.", match.span("day")
        )
    earliest, latest = _years(sign, year)
    years_on, months_on = divmod(month - 1 + length, 12)
    return _extent(
        match,
        seconds(next(earliest), month),
        seconds(next(latest) + years_on, months_on + 1) - 1,
        _precision(year, precision),
        convention=code <= _LAST_SEASON,
        # 2023-24 is also how people write the years 2023 and 2024, 1939-41 the years 1939 to 1941.
        ambiguous=(
            match.string.rstrip("?~%") == f"{year}-{code}"
            and year.isdecimal()
            and 1 <= int(code) - int(year[2:]) <= 10
        ),
    )


def _numbered_year(match: re.Match[str]) -> Extent:
    """Read a year by its number (Y170000002, Y-17E7), or one of which only the first digits count (1950S2)."""
    written, exponent, significant = match["short"] or match["long"], match["exponent"], match["significant"]
    # Three digits of an exponent tell that it is too large; the power itself might never be computed.
    digits = len(written.lstrip("-")) + int((exponent or "0")[:3])
    if digits > len(str(MAX_YEAR)):
        raise _too_far(match)
    if match["long"] and not exponent and digits <= 4:
        raise DateError("A year of up to four digits is written without Y: 1985, 0033.", match.span())
    year = abs(int(written)) * 10 ** int(exponent or 0)
    width = 1
    if significant:
        spare = len(str(year)) - int(significant)
        if spare < 0:
            raise DateError(
                f"{significant} digits count, but the year has {len(str(year))}.", match.span("significant")
            )
        width = 10**spare
    nearest = year // width * width
    farthest = nearest + width - 1
    if farthest > MAX_YEAR:
        raise _too_far(match)
    first, last = (-farthest, -nearest) if written.startswith("-") else (nearest, farthest)
    return _extent(
        match,
        seconds(first),
        seconds(last + 1) - 1,
        "year" if width == 1 else "decade" if width == 10 else "century",
        is_estimate=significant is not None,
    )


def _extent(
    match: re.Match[str],
    lo: int,
    hi: int,
    precision: str,
    *,
    is_estimate: bool = False,
    convention: bool = False,
    ambiguous: bool = False,
) -> Extent:
    text = match[0]
    return Extent(
        text=text,
        lo=lo,
        hi=hi,
        precision=precision,
        approximate=is_estimate or "~" in text or "%" in text,
        uncertain="?" in text or "%" in text,
        convention=convention,
        ambiguous=ambiguous,
    )


def _precision(year: str, stated: str) -> str:
    """Return the unit of the first digit that is left open; a year left wholly open says nothing of it."""
    if "X" not in year or year == _UNKNOWN_YEAR:
        return stated
    return "decade" if year.index("X") == 3 else "century"


def _years(sign: str, year: str) -> tuple[Iterator[int], Iterator[int]]:
    """Return the years that digits and gaps can stand for, from the earliest on and from the latest back."""
    known = _SOME_LEAP_YEAR if year == _UNKNOWN_YEAR else year
    upward, downward = _filled(known, _UPWARD), _filled(known, _DOWNWARD)
    if sign:
        return (-y for y in downward if y), (-y for y in upward if y)
    return upward, downward


def _filled(year: str, digits: str) -> Iterator[int]:
    filled = product(*(digits if place == "X" else place for place in year))
    return (int("".join(places)) for places in filled)


@cache
def _numbers(pattern: str, largest: int) -> tuple[int, ...]:
    """Return the numbers from 1 that two digits or gaps can stand for."""
    written = ((number, f"{number:02d}") for number in range(1, largest + 1))
    return tuple(
        number
        for number, digits in written
        if all(place in ("X", digit) for place, digit in zip(pattern, digits, strict=True))
    )


def _first_that_exists(
    years: Iterable[int], months: tuple[int, ...], days: tuple[int, ...]
) -> tuple[int, int, int] | None:
    for y in years:
        for m in months:
            length = days_in_month(y, m)
            for d in days:
                if d <= length:
                    return y, m, d
    return None


def _impossible(match: re.Match[str], months: tuple[int, ...]) -> DateError:
    sign, year, month, day = match.groups()
    if not months:
        return DateError(
            f"{month} is neither a month (01 to 12) nor a season, quarter or half (21 to 41).",
            match.span("month"),
        )
    if len(months) > 1:
        limit = "A month has at most 31 days"
    else:
        name, longest = (
            _MONTHS[months[0] - 1],
            max(days_in_month(y, months[0]) for y in _years(sign, year)[0]),
        )
        in_year = f"{name} {sign}{year} has" if "X" not in year else f"In {sign}{year}, {name} has at most"
        limit = f"{in_year} {longest} days"
    return DateError(f"{limit}, there is no day {day}.", match.span("day"))


def _too_far(match: re.Match[str]) -> DateError:
    return DateError(f"Years reach from -{MAX_YEAR:,} to {MAX_YEAR:,}.", match.span())
