"""What the dates of an expression are called in English: "19 Feb 2025", "Q3 2024", "the 1860s"."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeAlias

from viewer.domain.calendar import DAY, civil_from_days, days_in_month
from viewer.domain.edtf import Extent, parse
from viewer.frozen import dataclass

ORDINALS = ("first", "second", "third", "fourth")
SOME_YEAR = "some year"
"""What a year that is not known is called where it stands alone."""

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_SEASONS = {
    str(21 + place): f"{'southern ' if place >= 8 else ''}{name}"
    for place, name in enumerate(("spring", "summer", "autumn", "winter") * 3)
}
_UNKNOWN_YEAR = "XXXX"
_SOME_LEAP_YEAR = "2000"

_Day: TypeAlias = tuple[int | None, int, int]
"""Year, month and day; None for a year that is not known."""


@dataclass(frozen=True, slots=True)
class Style:
    """How names are written: in full as a sentence needs them, or short; whether centuries are counted."""

    in_full: bool
    counts_centuries: bool = False

    @property
    def the(self) -> str:
        """The article, where names have one."""
        return "the " if self.in_full else ""

    def month(self, m: int) -> str:
        """Return the name of a month."""
        return _MONTHS[m - 1] if self.in_full else _MONTHS[m - 1][:3]


@dataclass(frozen=True, slots=True)
class Period:
    """Days by name: `end` alone, or all from `start` to `end`.

    `limit` says that it may have been earlier or later, `bounds` which days a name was taken to mean.
    """

    start: str | None
    end: str
    is_day: bool = False
    limit: str = ""
    bounds: str = ""

    def name(self) -> str:
        """Return the days as a list names them: "1–7 Feb 2025"."""
        if self.start is None:
            return f"{self.end}{self.limit}"
        dash = "–" if self.start.isdigit() and self.end[0].isdigit() else " – "
        return f"{self.start}{dash}{self.end}{self.limit}"

    def phrase(self) -> str:
        """Return the days as a sentence says them: "from 1 to 7 February 2025"."""
        if self.start is None:
            return f"{'on' if self.is_day else 'in'} {self.end}{self.limit}"
        return f"from {self.start} to {self.end}{self.limit}"


def extent_of(edtf: str) -> Extent | None:
    """Return the first date that an expression names; None for no text and for an open end."""
    expression = parse(edtf)
    return None if expression is None else expression.extents[0]


def code_of(extent: Extent) -> str:
    """Return the code of a part of the year, which stands in place of its month; "" for any other date."""
    is_part = extent.precision in ("season", "quarter", "half-year")
    return extent.text.rstrip("?~%")[-2:] if is_part else ""


def name(extent: Extent, style: Style) -> str:
    """Name one date."""
    return _single(extent, style).name()


def day_name(y: int, m: int, d: int, style: Style) -> str:
    """Name a day."""
    return _unit_name("day", (y, m, d), style)


def period(first: Extent | None, last: Extent | None, style: Style) -> Period:
    """Name the days from one date to another; None where that side is open."""
    if first is not None and last is not None:
        return _single(first, style) if first == last else _between(_days(first)[0], _days(last)[1], style)
    limit = first or last
    assert limit is not None
    return replace(_single(limit, style), limit=" or later" if last is None else " or earlier")


def _single(extent: Extent, style: Style) -> Period:
    """Name one date: by a name of its own, else by its days."""
    days = _between(*_days(extent), style)
    own = _own_name(extent, style)
    if own is None:
        return days
    is_convention = extent.convention or extent.precision == "century"
    return Period(None, own, bounds=f", {days.phrase()}" if is_convention else "")


def _own_name(extent: Extent, style: Style) -> str | None:
    """Return "1860s", "19th century", "Q3 2024", "winter 2023–24"; None for what has no such name."""
    (y, *start), (last_y, *end) = _days(extent)
    code, year = code_of(extent), _year_name(y)
    if code in _SEASONS:
        years = _season_years(y, last_y)
        return None if years is None else f"{_SEASONS[code]} {years}".rstrip()
    if extent.precision == "quarter":
        place = int(code) - 33
        if style.in_full:
            return f"the {ORDINALS[place]} quarter of {year or SOME_YEAR}"
        return f"Q{place + 1} {year}".rstrip()
    if extent.precision == "half-year":
        return f"{style.the}{ORDINALS[int(code) - 40]} half of {year or SOME_YEAR}"
    if y is None or last_y is None or (start, end) != ([1, 1], [12, 31]):
        return None
    if last_y - y == 9 and y >= 1000 and y % 100:
        return f"{style.the}{y}s"
    if last_y - y == 99 and style.counts_centuries:
        return f"{style.the}{_century(y)}"
    return None


def _season_years(y: int | None, last_y: int | None) -> str | None:
    """Name the one or two years of a season: "2024", "2023–24"; None where two read badly."""
    if y is None or last_y is None or y == last_y:
        return _year_name(y)
    return f"{y}–{f'{last_y % 100:02d}' if last_y % 100 else last_y}" if y >= 1000 else None


def _century(y: int) -> str:
    number = abs(y) // 100 + 1
    ending = "th" if number // 10 == 1 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending} century{' BC' if y < 0 else ''}"


def _days(extent: Extent) -> tuple[_Day, _Day]:
    """Return the first and the last day of a date."""
    if extent.lo is not None and extent.hi is not None:
        return civil_from_days(extent.lo // DAY), civil_from_days(extent.hi // DAY)
    in_some_year = extent_of(extent.text.replace(_UNKNOWN_YEAR, _SOME_LEAP_YEAR))
    assert in_some_year is not None
    (_, m1, d1), (_, m2, d2) = _days(in_some_year)
    return (None, m1, d1), (None, m2, d2)


def _between(first: _Day, last: _Day, style: Style) -> Period:
    """Name all days from first to last by the largest units that fit them exactly."""
    (y1, m1, d1), (y2, m2, d2) = first, last
    is_months = d1 == 1 and d2 == days_in_month(int(_SOME_LEAP_YEAR) if y2 is None else y2, m2)
    unit = "year" if is_months and (m1, m2) == (1, 12) else "month" if is_months else "day"
    start, end = _unit_name(unit, first, style), _unit_name(unit, last, style)
    if start == end:
        return Period(None, end, is_day=unit == "day")
    if unit == "month" and y1 == y2:
        start = style.month(m1)
    elif unit == "day" and y1 == y2:
        start = str(d1) if m1 == m2 else f"{d1} {style.month(m1)}"
    return Period(start, end)


def _unit_name(unit: str, day: _Day, style: Style) -> str:
    """Name the day, month or year that a day lies in."""
    y, m, d = day
    year = _year_name(y)
    if unit == "year":
        return year or SOME_YEAR
    month = f"{style.month(m)} {year}".rstrip()
    return month if unit == "month" else f"{d} {month}"


def _year_name(y: int | None) -> str:
    if y is None:
        return ""
    return f"{1 - y} BC" if y <= 0 else f"{y} AD" if y < 1000 else str(y)
