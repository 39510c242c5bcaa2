"""Moving a date by keys: by the unit to which it is known, or by the next coarser one.

What is plainly written stays written that way: 2025-02-28 becomes 2025-03-01, 28 February 2025 becomes
1 March 2025. Everything else goes on as EDTF.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from viewer.domain.calendar import DAY, HOUR, MINUTE, civil, seconds
from viewer.domain.dates import DateError, FuzzyDate, from_edtf
from viewer.domain.pieces import edtf_year, months_on
from viewer.domain.reference import moved
from viewer.ui.forms.date_whence import SourceSetting
from viewer.ui.words import MONTHS, SHORT_MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator

_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "season": 3, "quarter": 3, "half-year": 6, "year": 12, "decade": 120, "century": 1200}
_SECONDS = {"second": 1, "minute": MINUTE, "hour": HOUR}
_COARSER = {
    "second": ("minute", 1),
    "minute": ("hour", 1),
    "hour": ("day", 1),
    "day": ("month", 1),
    "week": ("month", 1),
    "month": ("year", 1),
    "season": ("year", 1),
    "quarter": ("year", 1),
    "half-year": ("year", 1),
    "year": ("decade", 1),
    "decade": ("century", 1),
    "century": ("century", 10),
}
_WEEK = 7 * DAY

_DATE = re.compile(
    r"Y(?P<long>-?[0-9]+)|(?<![-0-9])(?:(?P<century>[0-9]{2})XX|(?P<decade>[0-9]{3})X)"
    r"|(?P<year>-?[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
)
_TIME = re.compile(r"(?P<time>-?[0-9]{4}-.{5}T.{8})(?P<zone>.*)")
_CODES = ((21, 4), (25, 4), (29, 4), (33, 4), (40, 2))
"""Parts of a year in place of a month: the first code of a round, and how many make a year."""
_WORDED = re.compile(
    r"(?:(?P<day>[0-9]{1,2}) )?(?P<month>[A-Za-z]+)(?: (?P<later_day>[0-9]{1,2}),)? [0-9]{4}", re.ASCII
)
_PART = re.compile(r"(?P<year>[0-9]{4})-(?P<code>2[1-4]|3[3-6]|4[01])")
_PARTS = {
    **dict(zip(range(21, 25), ("spring", "summer", "autumn", "winter"), strict=True)),
    **dict(zip(range(33, 37), ("Q1", "Q2", "Q3", "Q4"), strict=True)),
    **dict(zip(range(40, 42), ("H1", "H2"), strict=True)),
}


class _NoStepError(ValueError):
    """The unit is finer than what is written."""


def stepped(text: str, step: int, setting: SourceSetting, *, coarse: bool = False) -> str | None:
    """Return a wording moved by `step` of its own unit, or of a coarser one; None where nothing can move."""
    try:
        date = setting.read(text)
        if date.ambiguous or not date.is_dated or date.edtf is None:
            return None
        unit, count = _unit(date), step
        if coarse:
            unit, times = _COARSER[unit]
            count *= times
        there = from_edtf(_moved(date.edtf, unit, count))
    except (DateError, _NoStepError):
        return None
    for words in _in_the_way_of(text, date, there) if there != date else ():
        if _reads(words, there, date.precision, setting):
            return words
    return None


def _unit(date: FuzzyDate) -> str:
    """The precision of a date; the seven days of a week move together, however they are written."""
    if date.precision == "day" and date.start_lo is not None and date.end_hi is not None:
        return "week" if date.end_hi + 1 - date.start_lo == _WEEK else "day"
    return date.precision


def _moved(edtf: str, unit: str, count: int) -> str:
    if "E" in edtf or "S" in edtf:  # rounded years have no unit
        raise _NoStepError
    time = _TIME.fullmatch(edtf)
    if time is not None:
        return f"{_moved_time(time['time'], unit, count)}{time['zone']}"
    return _DATE.sub(lambda match: _moved_date(match, unit, count), edtf)


def _moved_time(time: str, unit: str, count: int) -> str:
    day, _, clock = time.partition("T")
    if unit not in _SECONDS:
        return f"{_DATE.sub(lambda match: _moved_date(match, unit, count), day)}T{clock}"
    year, month, date = (int(part) for part in day.rsplit("-", 2))
    hour, minute, second = (int(part) for part in clock.split(":"))
    there = civil(seconds(year, month, date, hour, minute, second) + count * _SECONDS[unit])
    return f"{edtf_year(there[0])}-{there[1]:02d}-{there[2]:02d}T{there[3]:02d}:{there[4]:02d}:{there[5]:02d}"


def _moved_date(match: re.Match[str], unit: str, count: int) -> str:
    """Return one date of an expression, moved."""
    if match["month"] is not None and int(match["month"]) > 12:
        return _moved_part(int(match["year"]), int(match["month"]), _whole(unit, count, 1))
    if match["day"] is not None:
        day = int(match["year"]), int(match["month"]), int(match["day"])
        days = count * _DAYS[unit] if unit in _DAYS else 0
        there = moved(day, days=days, months=0 if days else _whole(unit, count, 1))
        return f"{edtf_year(there[0])}-{there[1]:02d}-{there[2]:02d}"
    if match["month"] is not None:
        year, month = months_on(int(match["year"]), int(match["month"]), _whole(unit, count, 1))
        return f"{edtf_year(year)}-{month:02d}"
    if match["century"] is not None:
        return f"{int(match['century']) + _whole(unit, count, 1200):02d}XX"
    if match["decade"] is not None:
        return f"{int(match['decade']) + _whole(unit, count, 120):03d}X"
    return edtf_year(int(match["long"] or match["year"]) + _whole(unit, count, 12))


def _moved_part(year: int, code: int, months: int) -> str:
    """Return a season, a quarter or half a year, moved."""
    for first, per_year in _CODES:
        if first <= code < first + per_year and months % (12 // per_year) == 0:
            years, place = divmod(code - first + months * per_year // 12, per_year)
            return f"{edtf_year(year + years)}-{first + place}"
    raise _NoStepError


def _whole(unit: str, count: int, months: int) -> int:
    """Return how many stretches of so many months a step is."""
    found, rest = divmod(count * _MONTHS.get(unit, 0), months)
    if rest or not found:
        raise _NoStepError
    return found


def _in_the_way_of(text: str, before: FuzzyDate, there: FuzzyDate) -> Iterator[str]:
    """Yield how a date can be written, the way of `text` first."""
    if there.start_lo is not None:
        year, month, day, *_ = civil(there.start_lo)
        if before.precision == "minute" and there.edtf is not None:
            zone = there.edtf[there.edtf.index("T") + 9 :]
            yield f"{there.edtf.replace('T', ' ')[: -3 - len(zone)]}{zone}"
        worded = _WORDED.fullmatch(text.strip())
        if worded is not None:
            yield from _worded(worded, (year, month, day))
    part = _PART.fullmatch(there.edtf or "")
    if part is not None and (there.ambiguous or text[:1].isalpha()):  # 2023-24 may be two years
        yield f"{_PARTS[int(part['code'])]} {part['year']}"
    yield there.edtf or ""


def _worded(way: re.Match[str], date: tuple[int, int, int]) -> Iterator[str]:
    year, month, day = date
    for names in (MONTHS, SHORT_MONTHS):
        if way["month"].capitalize() in names:
            name = names[month - 1]
            if way["later_day"]:
                yield f"{name} {day}, {year}"
            else:
                yield f"{day} {name} {year}" if way["day"] else f"{name} {year}"


def _reads(words: str, there: FuzzyDate, precision: str, setting: SourceSetting) -> bool:
    """Whether words say what they should and nothing else, as precisely as it was said before."""
    try:
        read = setting.read(words)
    except DateError:
        return False
    if read.edtf != there.edtf or read.ambiguous:
        return False
    return precision not in _SECONDS or read.precision == precision
