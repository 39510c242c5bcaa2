"""What a date was taken to mean, in English: in few words, as a sentence, and by which conventions.

"1–7 Feb 2025, some day within" stands in lists; "some day from 1 to 7 February 2025; first week by
convention" answers somebody who types.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from viewer.domain.calendar import DAY, civil, civil_from_days, days_in_month
from viewer.domain.edtf import DateError, parse
from viewer.domain.period_names import (
    ORDINALS,
    SOME_YEAR,
    Style,
    code_of,
    day_name,
    extent_of,
    name,
    period,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from viewer.domain.edtf import Extent
    from viewer.domain.fuzzy_date import FuzzyDate

WITHIN = ", some day within"
"""What describing adds to a vague date, where that is not plain from the place it stands in."""

_NOT_UNDERSTOOD = "not understood: kept as written"
_TIMES = ("second", "minute", "hour")
_LEADING_WORD = re.compile(r"^(from |until )?")
_IN_FULL = Style(in_full=True)
_SOUTHERN = ("29", "30", "31", "32")


def describe_date(date: FuzzyDate) -> str:
    """Say in English what a date was taken to mean: "1–7 Feb 2025, some day within"."""
    if date.edtf is None or not _is_edtf(date.edtf):
        return _NOT_UNDERSTOOD
    style = Style(in_full=False, counts_centuries=date.convention)
    if date.precision in _TIMES:
        words = ", ".join(_day_and_time(date, style))
    elif date.shape == "span":
        words = _span_words(date.edtf, style)
    else:
        words = _choice_words(date, style)
    if date.approximate:
        words = _LEADING_WORD.sub(r"\1about ", words, count=1)
    return f"{words}{', uncertain' if date.uncertain else ''}{_other_reading(date)}"


def explain_date(date: FuzzyDate) -> str:
    """Say as a sentence what a date was taken to mean, and by which conventions."""
    if date.edtf is None or not _is_edtf(date.edtf):
        return _NOT_UNDERSTOOD
    style = Style(in_full=True, counts_centuries=date.convention)
    if date.precision in _TIMES:
        day, time = _day_and_time(date, style)
        words = f"on {day} {'from' if '–' in time else 'at'} {time.replace('–', ' to ')}"
    elif date.shape == "span":
        words = _span_sentence(date.edtf, style)
    else:
        words = _choice_sentence(date, style)
    flags = f"{', approximately' if date.approximate else ''}{', uncertain' if date.uncertain else ''}"
    rules = describe_rules(date)
    return f"{words}{flags}{f'; {rules}' if rules else ''}"


def _is_edtf(text: str) -> bool:
    """Whether a text is EDTF: what a stranger's file holds need not be."""
    try:
        return parse(text) is not None
    except DateError:
        return False


def describe_rules(date: FuzzyDate) -> str:
    """Say which conventions and which reference date shaped the bounds; nothing where none did."""
    if date.edtf is None or not _is_edtf(date.edtf):
        return ""
    used = set((date.rule or "").split("+"))
    extents = [side for pair in _members(date) for side in pair if side is not None]
    codes = {code_of(extent) for extent in extents if extent.convention}
    if codes:
        used.add("R6")
    stood_at = extent_of(date.reference or "")
    reference = "the reference date" if stood_at is None else name(stood_at, _IN_FULL)
    direction = "south" if codes and codes <= {*_SOUTHERN} else "north"
    said = {
        "R1": "early, mid and late are thirds",
        "R2": _week_or_half(date),
        "R3": "weeks run from Monday to Sunday",
        "R4": f"year taken from {reference}",
        "R5": f"counted from {reference}",
        "R6": f"seasons are those of the {direction}, by months",
        "R9": "centuries run from the year 00 to 99",
        "R10": "day and month in either order" if date.ambiguous else "day before month",
        "R12": "read as years",
    }
    return "; ".join(words for rule, words in said.items() if rule in used and words)


def _week_or_half(date: FuzzyDate) -> str:
    """Say what R2 made of a month; the halves of a year need no saying."""
    if date.earliest is None or date.latest is None or date.precision != "day":
        return ""
    if not date.convention:
        return "the first half of a month ends on the 15th"
    if date.shape == "span" or date.latest - date.earliest != 7 * DAY - 1:
        return "weeks of a month are its days 1–7, 8–14 …"
    _, _, first = civil_from_days(date.earliest // DAY)
    y, m, last = civil_from_days(date.latest // DAY)
    return f"{'last' if last == days_in_month(y, m) else ORDINALS[first // 7]} week by convention"


def _members(date: FuzzyDate) -> Iterator[tuple[Extent | None, Extent | None]]:
    """Yield the first and the last date of each member of a set, of a span, of a single date."""
    for written in (date.edtf or "").strip("[]{}").split(","):
        yield _sides(written, "/" if "/" in written else "..")


def _sides(written: str, separator: str) -> tuple[Extent | None, Extent | None]:
    start, found, end = written.partition(separator)
    first = extent_of(start)
    return first, extent_of(end) if found else first


def _day_and_time(date: FuzzyDate, style: Style) -> tuple[str, str]:
    y, m, d, hour, minute, second = civil(date.start_lo or 0)
    time = {
        "second": f"{hour:02d}:{minute:02d}:{second:02d}",
        "minute": f"{hour:02d}:{minute:02d}",
        "hour": f"{hour:02d}:00–{hour:02d}:59",
    }[date.precision]
    return day_name(y, m, d, style), f"{time}{' UTC' if date.zone else ''}"


def _choice_words(date: FuzzyDate, style: Style) -> str:
    periods = [period(first, last, style) for first, last in _members(date)]
    words = _joined(date, [each.name() for each in periods])
    is_vague = any(not each.is_day and not each.limit for each in periods)
    return f"{words}, some day within" if is_vague and date.shape == "point" and date.is_dated else words


def _choice_sentence(date: FuzzyDate, style: Style) -> str:
    periods = [period(first, last, style) for first, last in _members(date)]
    words = _joined(date, [each.phrase() for each in periods])
    if date.shape == "point" and not all(each.is_day for each in periods):
        words = f"some day {words}"
    return f"{words}{periods[0].bounds}" if len(periods) == 1 and date.is_dated else words


def _joined(date: FuzzyDate, members: list[str]) -> str:
    words = (" and " if date.shape == "set" else " or ").join(members)
    return words if date.is_dated or SOME_YEAR in words else f"{words}, year unknown"


def _span_words(edtf: str, style: Style) -> str:
    start, end, is_open_before, is_open_after = _span_names(edtf, style)
    if start is None:
        return f"until {end}, {'throughout' if is_open_before else 'start unknown'}"
    if end is None:
        return f"from {start}{' on, throughout' if is_open_after else ', end unknown'}"
    if start == end:
        return f"{start}, throughout"
    return f"from {start} to {end}, throughout" if "–" in start + end else f"{start} – {end}, throughout"


def _span_sentence(edtf: str, style: Style) -> str:
    start, end, is_open_before, is_open_after = _span_names(edtf, style)
    if start is None:
        return f"throughout, until {end}" if is_open_before else f"until {end}, since when is unknown"
    if end is None:
        return f"throughout, from {start} on" if is_open_after else f"from {start}, until when is unknown"
    return f"throughout {start}" if start == end else f"throughout, from {start} to {end}"


def _span_names(edtf: str, style: Style) -> tuple[str | None, str | None, bool, bool]:
    """Return the names of both sides, None where there is none, and whether each of them is open."""
    first, last = (_side_name(side, style) for side in _sides(edtf, "/"))
    return first, last, edtf.startswith(".."), edtf.endswith("..")


def _side_name(side: Extent | None, style: Style) -> str | None:
    if side is None:
        return None
    words = name(side, style)
    return words if side.lo is not None or SOME_YEAR in words else f"{words} of {SOME_YEAR}"


def _other_reading(date: FuzzyDate) -> str:
    """Return how to write the years that a season such as 2023-24 might have meant."""
    from viewer.domain.dates import readings  # the grammar of wordings: describing a date does without

    others = () if "," in (date.edtf or "") else readings(date)
    return f" (for the years write {others[-1].edtf})" if others else ""
