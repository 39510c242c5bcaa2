"""Dates that a file gives in parts, or as two moments, put into EDTF; nothing is completed."""

from __future__ import annotations

import re
from dataclasses import replace

from viewer.domain.dates import DateError, FuzzyDate, from_edtf, read_date, unread_date
from viewer.domain.restating import restated
from viewer.frozen import dataclass

_LONGEST = 9999
"""Years of more digits are written Y-13800000000, and have neither month nor day."""
_MOMENT = re.compile(
    r"(?P<year>-?[0-9]{1,12})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:[ T](?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2}))?)?"
)
_NO_MONTHS = "a year of five digits or more has no month here"


@dataclass(frozen=True, slots=True)
class Moment:
    """A date in parts; what is None is not known. `zone` is “Z”, “+02:00” or empty."""

    year: int
    month: int | None = None
    day: int | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str = ""

    @property
    def is_midnight(self) -> bool:
        """Whether it has no time, or that at which a day begins."""
        return not (self.hour or self.minute or self.second)

    @property
    def clock(self) -> str | None:
        """How finely its time is known: hour, minute or second; None if there is none."""
        if self.hour is None or self.is_far:
            return None
        return "hour" if self.minute is None else "minute" if self.second is None else "second"

    @property
    def date_only(self) -> Moment:
        """The same without its time."""
        return Moment(self.year, self.month, self.day)

    @property
    def is_far(self) -> bool:
        """Whether its year has so many digits that EDTF knows nothing finer."""
        return abs(self.year) > _LONGEST

    def edtf(self) -> str:
        """Return it in EDTF; it may still be a day that there is not. A time needs its day."""
        if self.is_far:
            return f"Y{self.year}"
        written = f"{'-' if self.year < 0 else ''}{abs(self.year):04d}"
        for part in (self.month, self.day):
            if part is None:
                return written
            written += f"-{part:02d}"
        if self.hour is None:
            return written
        return f"{written}T{self.hour:02d}:{self.minute or 0:02d}:{self.second or 0:02d}{self.zone}"


def moment_of(words: str) -> Moment | None:
    """Read “2009-7-13 0:0:0”, also of a negative year; None if it is nothing of the sort."""
    found = _MOMENT.fullmatch(words.strip())
    if found is None:
        return None
    year, *parts = (None if part is None else int(part) for part in found.groups())
    return None if year is None else in_parts(year, *parts)


def in_parts(year: int, *parts: int | None) -> Moment:
    """Return the moment of a year, month, day, hour, minute and second, as far as they are given."""
    month, day, hour, minute, second = (*parts, *(None,) * 5)[:5]
    return Moment(year, month, day, hour, minute, second)


def coarse(moment: Moment) -> Moment:
    """Return a moment as it is meant in files that write all its parts: midnight is no time, :00 no second."""
    if moment.is_midnight:
        return moment.date_only
    return moment if moment.second else replace(moment, second=None)


def between(
    start: Moment, end: Moment | None, *, wording: str | None, marks: tuple[str, str] = ("", "")
) -> FuzzyDate:
    """Return the date of what lasts from one moment to another, or of one moment; `marks` are EDTF's “~” and “?”.

    EDTF has intervals of days only: what lasts for hours is given its days, and `wording` says the rest.

    Raises:
        DateError: there is no such day, or it ends before it begins.
    """
    if end is None or end == start:
        if start.clock is not None and not marks[0]:
            return restated(start.edtf(), text=wording, precision=start.clock)
        return _worded(start.date_only.edtf() + marks[0], wording)
    first, last = start.date_only, end.date_only
    if (start.hour is not None or end.hour is not None) and first == last:
        return _worded(first.edtf() + marks[0], wording)
    written = f"{first.edtf()}{marks[0]}/{last.edtf()}{marks[1]}"
    return _worded(written, wording)


def since(start: Moment, *, wording: str | None, mark: str = "") -> FuzzyDate:
    """Return the date of what began at a moment and goes on. Raises DateError as `between` does."""
    return _worded(f"{start.date_only.edtf()}{mark}/..", wording)


def said(start: str | None, end: str | None) -> str:
    """Return the words of a file's two moments as one wording."""
    return start or end or "" if not (start and end) or start == end else f"{start} – {end}"


def _worded(edtf: str, wording: str | None) -> FuzzyDate:
    return from_edtf(edtf) if wording is None else from_edtf(edtf, text=wording)


def read_wording(words: str, language: str | None = None) -> FuzzyDate:
    """Read a date that a file gives in words; one that cannot be read is kept undated."""
    try:
        return read_date(words, language=language)
    except DateError:
        return unread_date(words)


def lost_months(moment: Moment | None) -> str:
    """Say that a month cannot be carried, or nothing."""
    return _NO_MONTHS if moment is not None and moment.is_far and moment.month is not None else ""
