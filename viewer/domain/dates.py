"""Fuzzy dates: the wording, what it was taken to mean, and the one parser of what people type.

Nothing that is missing is ever completed from today: a date that cannot be read whole is refused, and the
wording can be kept without a meaning (`unread_date`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace

from viewer.domain.calendar import DAY, MINUTE, civil, civil_from_days, days_in_month, iso_day, iso_time
from viewer.domain.edtf import PRECISIONS, DateError, Expression, parse
from viewer.domain.phrases import EXPECTED, hint, read_phrase

__all__ = [
    "PARSER_VERSION",
    "DateError",
    "FuzzyDate",
    "bounds_text",
    "describe_date",
    "from_edtf",
    "read_date",
    "unread_date",
]

PARSER_VERSION = 1
"""Raised when the same wording or EDTF comes to mean other bounds."""

_MAX_CHARACTERS = 200
_MAX_DIGITS = 18
_TOO_MANY_DIGITS = re.compile(rf"[0-9]{{{_MAX_DIGITS + 1}}}")
_LEADING_WORD = re.compile(r"^(from |until )?")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True, kw_only=True)
class FuzzyDate:
    """When something was, as far as it is known.

    Bounds are seconds since 1970-01-01T00:00:00Z, inclusive; None where the side is open or unknown. A span
    surely lasts from `start_hi` to `end_lo`, if these come in that order; a point has no such core. How the
    date was read (`reference`, `language`, `rule`, `parser_version`) takes no part in comparisons.
    """

    text: str | None
    edtf: str | None
    start_lo: int | None
    start_hi: int | None
    end_lo: int | None
    end_hi: int | None
    earliest_state: str
    latest_state: str
    shape: str
    precision: str
    approximate: bool = False
    uncertain: bool = False
    convention: bool = False
    ambiguous: bool = False
    zone: str | None = None
    reference: str | None = field(default=None, compare=False)
    language: str | None = field(default=None, compare=False)
    rule: str | None = field(default=None, compare=False)
    parser_version: int = field(default=PARSER_VERSION, compare=False)

    @property
    def earliest(self) -> int | None:
        """The earliest possible second; None where open or unknown."""
        return self.start_lo

    @property
    def latest(self) -> int | None:
        """The latest possible second; None where open or unknown."""
        return self.end_hi

    @property
    def is_dated(self) -> bool:
        """Whether at least one bound is known."""
        return self.start_lo is not None or self.end_hi is not None


def read_date(text: str, *, reference: int | None = None, language: str | None = None) -> FuzzyDate:
    """Read a date as people type it, or raise DateError.

    `reference` (seconds) and `language` say where the wording stood; they are kept beside it.
    """
    words = _checked(text)
    date = _read_edtf(words.upper()) or _read_phrase(words)
    if date is None:
        raise DateError(f"“{_shown(text)}” is not a date that can be read. {hint(words)}")
    if date.edtf == text:
        return date
    stood_at = None if reference is None else iso_day(reference)
    return replace(date, text=text, language=language, reference=stood_at)


def from_edtf(edtf: str, *, text: str | None = None) -> FuzzyDate:
    """Read an EDTF expression with the wording that it stands for, or raise DateError.

    A wording that says the same may add what EDTF cannot: that a time is known to the minute only.
    """
    date = _read_edtf(_checked(edtf))
    if date is None:
        raise DateError(
            f"“{_shown(edtf)}” is not EDTF. Write it like 2025-02-19, 2025-02 or 2025-02/2025-03."
        )
    if text is None:
        return date
    try:
        said = read_date(text)
    except DateError:
        return replace(date, text=text)
    return replace(said if said.edtf == date.edtf else date, text=text)


def unread_date(text: str) -> FuzzyDate:
    """Keep a wording that is not understood: no meaning, no bounds."""
    return FuzzyDate(
        text=text,
        edtf=None,
        start_lo=None,
        start_hi=None,
        end_lo=None,
        end_hi=None,
        earliest_state="unknown",
        latest_state="unknown",
        shape="point",
        precision="unknown",
    )


def bounds_text(date: FuzzyDate) -> tuple[str, str]:
    """Return the earliest and the latest day (or second), "-inf", "+inf" or "unknown"."""
    write = iso_time if _is_time(date) else iso_day
    earliest, latest = date.earliest, date.latest
    return (
        write(earliest) if earliest is not None else "-inf" if date.earliest_state == "open" else "unknown",
        write(latest) if latest is not None else "+inf" if date.latest_state == "open" else "unknown",
    )


def _checked(text: str) -> str:
    """Return the text in compatible characters and single spaces; refuse what no date needs."""
    if len(text) > _MAX_CHARACTERS:
        raise DateError(f"A date has at most {_MAX_CHARACTERS} characters, not {len(text):,}. {EXPECTED}")
    words = " ".join(unicodedata.normalize("NFKC", text).split())
    if not words:
        raise DateError(f"There is no date. {EXPECTED}")
    if any(character.isdecimal() and not character.isascii() for character in words):
        raise DateError(f"“{_shown(text)}” has digits other than 0 to 9. {EXPECTED}")
    if _TOO_MANY_DIGITS.search(words):
        raise DateError(f"A number in a date has at most {_MAX_DIGITS} digits. {EXPECTED}")
    return words


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def _read_edtf(words: str) -> FuzzyDate | None:
    expression = parse(words)
    return None if expression is None else _fuzzy(expression)


def _read_phrase(words: str) -> FuzzyDate | None:
    phrase = read_phrase(words)
    date = None if phrase is None else _read_edtf(phrase.edtf)
    if phrase is None or date is None or date.start_lo is None or not phrase.to_the_minute:
        return date
    latest = date.start_lo + MINUTE - 1
    return replace(date, start_hi=latest, end_hi=latest, precision="minute")


def _fuzzy(expression: Expression) -> FuzzyDate:
    first, last, extents = expression.first, expression.last, expression.extents
    start, end = (first.lo if first else None), (last.hi if last else None)
    inner_start, inner_end = end, start
    if expression.shape == "span":
        inner_start, inner_end = (first.hi if first else None), (last.lo if last else None)
    return FuzzyDate(
        text=None,
        edtf=expression.text,
        start_lo=start,
        start_hi=inner_start,
        end_lo=inner_end,
        end_hi=end,
        earliest_state=expression.first_state,
        latest_state=expression.last_state,
        shape=expression.shape,
        precision=max((extent.precision for extent in extents), key=PRECISIONS.index),
        approximate=any(extent.approximate for extent in extents),
        uncertain=any(extent.uncertain for extent in extents),
        convention=any(extent.convention for extent in extents),
        ambiguous=any(extent.ambiguous for extent in extents),
        zone=extents[0].zone,
    )


def describe_date(date: FuzzyDate) -> str:
    """Say in English what a date was taken to mean: "1–7 Feb 2025, some day within"."""
    if not date.is_dated:
        return "not understood: kept as written" if date.edtf is None else "date unknown"
    words = _span_words(date) if date.shape == "span" else _choice_words(date) or _point_words(date)
    if date.approximate:
        words = _LEADING_WORD.sub(r"\1about ", words, count=1)
    doubt = ", uncertain" if date.uncertain else ""
    return f"{words}{doubt}{_other_reading(date)}"


def _point_words(date: FuzzyDate) -> str:
    lo, hi = date.start_lo, date.end_hi
    if lo is None or hi is None:
        limit = _unit_words(_precision_unit(date), (lo if hi is None else hi) or 0)
        return f"{limit} or {'later' if hi is None else 'earlier'}"
    if _is_time(date):
        *_, hour, minute, second = civil(lo)
        seconds = f":{second:02d}" if date.precision == "second" else ""
        zone = " UTC" if date.zone else ""
        return f"{_unit_words('day', lo)}, {hour:02d}:{minute:02d}{seconds}{zone}"
    return _period_words(lo, hi) + (", some day within" if hi - lo >= DAY else "")


def _choice_words(date: FuzzyDate) -> str | None:
    """Describe a set of single members, which its outer bounds would blur; None for any other date."""
    members = (date.edtf or "").strip("[]").split(",")
    if len(members) == 1:
        return None
    try:
        read = [from_edtf(f"[{member}]") for member in members]
    except DateError:
        return None
    within = ", some day within"
    words = [_point_words(member) for member in read]
    is_vague = any(member.endswith(within) for member in words)
    return " or ".join(member.removesuffix(within) for member in words) + (within if is_vague else "")


def _span_words(date: FuzzyDate) -> str:
    start = _side_words(date.start_lo, date.start_hi)
    end = _side_words(date.end_lo, date.end_hi)
    if start is None:
        return f"until {end}, {'throughout' if date.earliest_state == 'open' else 'start unknown'}"
    if end is None:
        return f"from {start}{' on, throughout' if date.latest_state == 'open' else ', end unknown'}"
    if "–" in start + end:
        return f"from {start} to {end}, throughout"
    return f"{start} – {end}, throughout"


def _side_words(lo: int | None, hi: int | None) -> str | None:
    return None if lo is None or hi is None else _period_words(lo, hi)


def _other_reading(date: FuzzyDate) -> str:
    """Return how to write the two years that a season such as 2023-24 might have meant."""
    if not date.ambiguous or date.precision != "season" or date.start_lo is None:
        return ""
    year = civil(date.start_lo)[0]
    return f" (for the years write {year:04d}/{year + 1:04d})"


def _period_words(lo: int, hi: int) -> str:
    """Name the days from lo to hi by the largest units that fit them exactly."""
    (y1, m1, d1), (y2, m2, d2) = civil_from_days(lo // DAY), civil_from_days(hi // DAY)
    is_months = d1 == 1 and d2 == days_in_month(y2, m2)
    unit = "year" if is_months and (m1, m2) == (1, 12) else "month" if is_months else "day"
    first, last = _unit_words(unit, lo), _unit_words(unit, hi)
    if first == last:
        return last
    if unit == "year":
        return f"{first}–{last}" if first.isdigit() and last.isdigit() else f"{first} – {last}"
    if y1 != y2:
        return f"{first} – {last}"
    if unit == "month":
        return f"{_MONTHS[m1 - 1]} – {last}"
    return f"{d1}–{last}" if m1 == m2 else f"{d1} {_MONTHS[m1 - 1]} – {last}"


def _unit_words(unit: str, moment: int) -> str:
    """Name the day, month or year that a moment lies in."""
    y, m, d = civil_from_days(moment // DAY)
    year = f"{1 - y} BC" if y <= 0 else f"{y} AD" if y < 1000 else str(y)
    if unit == "year":
        return year
    return f"{_MONTHS[m - 1]} {year}" if unit == "month" else f"{d} {_MONTHS[m - 1]} {year}"


def _precision_unit(date: FuzzyDate) -> str:
    if date.precision in ("year", "decade", "century"):
        return "year"
    return "month" if date.precision in ("month", "season") else "day"


def _is_time(date: FuzzyDate) -> bool:
    return date.precision in ("second", "minute", "hour")
