"""EDTF, the Extended Date/Time Format (ISO 8601-2): levels 0 and 1, and one-of sets.

Where the standard leaves the months of a season open we take the meteorological ones of the north, and
winter Y runs from December Y to February Y+1. Qualifiers (? ~ %) never move a bound.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from viewer.domain.calendar import DAY, HOUR, MAX_YEAR, MINUTE, days_in_month, seconds

PRECISIONS = ("second", "minute", "hour", "day", "month", "season", "year", "decade", "century")
"""From fine to coarse."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASON_MONTHS = {21: 3, 22: 6, 23: 9, 24: 12}
"""The month in which a season begins; it lasts three."""

_QUALIFIER = r"(?P<qualifier>[?~%]?)"
_YEAR_WITH_GAPS = re.compile(rf"(?P<sign>-?)(?P<digits>[0-9]{{3}}|[0-9]{{2}})(?P<gaps>X{{1,2}}){_QUALIFIER}")
_LONG_YEAR = re.compile(rf"Y(?P<year>-?[1-9][0-9]{{4,17}}){_QUALIFIER}")
_DAY = re.compile(
    rf"(?P<year>-?[0-9]{{4}})(?:-(?:(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}|XX))?|XX(?:-XX)?))?{_QUALIFIER}"
)
_DATE_TIME = re.compile(
    r"(?P<day>-?[0-9]{4}-[0-9]{2}-[0-9]{2})T(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
    r"(?P<zone>Z|(?P<sign>[+-])(?P<zone_hour>[0-9]{2})(?::(?P<zone_minute>[0-9]{2}))?)?"
)


class DateError(ValueError):
    """A date that cannot be read. The message is for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """One date of an expression. `lo` and `hi` are its first and last second, in UTC."""

    text: str
    lo: int
    hi: int
    precision: str
    approximate: bool = False
    uncertain: bool = False
    convention: bool = False
    ambiguous: bool = False
    zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A whole expression, in canonical words.

    `first` holds the earliest second and `last` the latest one; None where that side is open or unknown.
    `extents` are all dates that it names.
    """

    text: str
    shape: str
    first: Extent | None
    last: Extent | None
    first_state: str
    last_state: str
    extents: tuple[Extent, ...]


def parse(text: str) -> Expression | None:
    """Read an EDTF expression; None if it is not one, DateError if it says what cannot be."""
    for form in (_single, _interval, _one_of_set):
        expression = form(text)
        if expression is not None:
            return expression
    return None


def _single(text: str) -> Expression | None:
    extent = _date(text) or _date_time(text)
    return None if extent is None else _expression(extent.text, "point", extent, extent, (extent,))


def _interval(text: str) -> Expression | None:
    start, slash, end = (part.strip() for part in text.partition("/"))
    if not slash:
        return None
    first, last = _date(start), _date(end)
    if (first is None and start not in ("", "..")) or (last is None and end not in ("", "..")):
        return None
    words = f"{first.text if first else start}/{last.text if last else end}"
    _check_order(words, first, last)
    return _expression(
        words,
        "span",
        first,
        last,
        tuple(side for side in (first, last) if side is not None),
        first_state="open" if start == ".." else "unknown",
        last_state="open" if end == ".." else "unknown",
    )


def _one_of_set(text: str) -> Expression | None:
    if not (text.startswith("[") and text.endswith("]")):
        return None
    members = [_member(member) for member in text[1:-1].split(",")]
    read = [member for member in members if member is not None]
    open_before = any(first is None for _, first, _ in read[1:])
    open_after = any(last is None for _, _, last in read[:-1])
    if len(read) < len(members) or open_before or open_after:
        return None
    extents = tuple(side for _, *sides in read for side in sides if side is not None)
    if any(extent.approximate or extent.uncertain for extent in extents):
        raise DateError(f"{text}: the signs ? ~ % have no place between [ and ].")
    return _expression(
        f"[{','.join(words for words, _, _ in read)}]",
        "point",
        None if read[0][1] is None else min(extents, key=lambda extent: extent.lo),
        None if read[-1][2] is None else max(extents, key=lambda extent: extent.hi),
        extents,
    )


def _member(text: str) -> tuple[str, Extent | None, Extent | None] | None:
    """Return a member's words, first and last date; one of them is None where it is open."""
    start, dots, end = (part.strip() for part in text.partition(".."))
    first, last = _date(start), _date(end)
    if not dots:
        return None if first is None else (first.text, first, first)
    if (first is None and start) or (last is None and end):
        return None
    words = f"{first.text if first else ''}..{last.text if last else ''}"
    _check_order(words, first, last)
    return words, first, last


def _expression(
    text: str,
    shape: str,
    first: Extent | None,
    last: Extent | None,
    extents: tuple[Extent, ...],
    *,
    first_state: str = "open",
    last_state: str = "open",
) -> Expression:
    if first is None and last is None:
        raise DateError(f"{text} is open on both sides. Give at least an earliest or a latest date.")
    return Expression(
        text=text,
        shape=shape,
        first=first,
        last=last,
        first_state=first_state if first is None else "known",
        last_state=last_state if last is None else "known",
        extents=extents,
    )


def _check_order(text: str, first: Extent | None, last: Extent | None) -> None:
    if first is not None and last is not None and last.hi < first.lo:
        raise DateError(f"{text} ends before it begins. Put the earlier date first.")


def _date(text: str) -> Extent | None:
    return _calendar_date(text) or _year_with_gaps(text) or _long_year(text)


def _calendar_date(text: str) -> Extent | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    if match["year"] == "-0000":
        raise DateError(f"{text}: the year 1 BC is written 0000, 2 BC is -0001.")
    year, month, day = int(match["year"]), match["month"], match["day"]
    qualifier = match["qualifier"]
    if month is None:
        return _extent(text, (year, 1, 1), (year, 12, 31), "year", qualifier)
    if int(month) in _SEASON_MONTHS and day is None:
        return _season(text, year, int(month), qualifier)
    if not 1 <= int(month) <= 12:
        raise DateError(f"{text}: {month} is neither a month (01 to 12) nor a season (21 to 24).")
    length = days_in_month(year, int(month))
    if day is None or day == "XX":
        return _extent(text, (year, int(month), 1), (year, int(month), length), "month", qualifier)
    if not 1 <= int(day) <= length:
        month_name = _MONTHS[int(month) - 1]
        raise DateError(f"{text}: {month_name} {match['year']} has {length} days, there is no day {day}.")
    on = (year, int(month), int(day))
    return _extent(text, on, on, "day", qualifier)


def _season(text: str, year: int, code: int, qualifier: str) -> Extent:
    start = _SEASON_MONTHS[code]
    end_year, end = (year + 1, 2) if code == 24 else (year, start + 2)
    return _extent(
        text,
        (year, start, 1),
        (end_year, end, days_in_month(end_year, end)),
        "season",
        qualifier,
        convention=True,
        # 2023-24 is also how people write the two years 2023 and 2024.
        ambiguous=year > 0 and code == (year + 1) % 100,
    )


def _year_with_gaps(text: str) -> Extent | None:
    match = _YEAR_WITH_GAPS.fullmatch(text)
    if match is None or len(match["digits"]) + len(match["gaps"]) != 4:
        return None
    width = 10 ** len(match["gaps"])
    nearest = int(match["digits"]) * width
    farthest = nearest + width - 1
    first, last = (-farthest, -nearest) if match["sign"] else (nearest, farthest)
    precision = "decade" if width == 10 else "century"
    return _extent(text, (first, 1, 1), (last, 12, 31), precision, match["qualifier"])


def _long_year(text: str) -> Extent | None:
    match = _LONG_YEAR.fullmatch(text)
    if match is None:
        return None
    year = int(match["year"])
    if abs(year) > MAX_YEAR:
        raise DateError(f"{text} lies too far away. Years reach from -{MAX_YEAR:,} to {MAX_YEAR:,}.")
    return _extent(text, (year, 1, 1), (year, 12, 31), "year", match["qualifier"])


def _date_time(text: str) -> Extent | None:
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return None
    day = _calendar_date(match["day"])
    if day is None:
        return None
    hour, minute, second = int(match["hour"]), int(match["minute"]), int(match["second"])
    zone_hour, zone_minute = int(match["zone_hour"] or 0), int(match["zone_minute"] or 0)
    if max(hour, zone_hour) > 23 or max(minute, second, zone_minute) > 59:
        raise DateError(f"{text}: a time runs from 00:00:00 to 23:59:59.")
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


def _extent(
    text: str,
    first: tuple[int, int, int],
    last: tuple[int, int, int],
    precision: str,
    qualifier: str,
    *,
    convention: bool = False,
    ambiguous: bool = False,
) -> Extent:
    return Extent(
        text=text,
        lo=seconds(*first),
        hi=seconds(*last) + DAY - 1,
        precision=precision,
        approximate=qualifier in ("~", "%"),
        uncertain=qualifier in ("?", "%"),
        convention=convention,
        ambiguous=ambiguous,
    )
