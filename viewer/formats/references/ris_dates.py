"""Dates of RIS: `2025/02/05/other`, where each part but the year may be empty, or any words."""

from __future__ import annotations

import re
from dataclasses import replace

from viewer.domain.dates import DateError, FuzzyDate, from_edtf, unread_date
from viewer.formats.date_parts import Moment, between, read_wording

_PARTS = re.compile(r"([0-9]{4})/([0-9]{0,2})/([0-9]{0,2})(?:/(.*))?", re.DOTALL)
_YEAR = re.compile(r"[0-9]{4}")


def ris_date(words: str) -> tuple[FuzzyDate, str]:
    """Return a date, and what is odd about it (empty when nothing is)."""
    found = _PARTS.fullmatch(words.strip())
    if found is None:
        date = read_wording(words.strip()[:1000])
        return date, "" if date.edtf else f"“{words[:60]}” cannot be read as a date; it stays undated"
    year, month, day, other = found.groups()
    other = (other or "").strip()
    if day and int(day) and not (month and int(month)):
        return unread_date(words.strip()), f"“{words[:60]}” has a day and no month; it stays undated"
    moment = Moment(int(year), int(month or 0) or None, int(day or 0) or None)
    try:
        date = between(moment, None, wording=None)
    except DateError as error:
        return unread_date(words.strip()), f"{error} It stays undated."
    if not other:
        return date, ""
    if moment.month is None:  # “2025///Spring”
        finer = read_wording(f"{other} {year}")
        if finer.is_dated and _within(finer, date):
            return finer, ""
    return replace(date, text=other), ""


def published(stated: dict[str, str]) -> tuple[FuzzyDate | None, list[tuple[str, str]]]:
    """Return when a reference was published, of its DA, Y1 and PY as far as given, and what is odd by the tag."""
    problems: list[tuple[str, str]] = []
    read: dict[str, FuzzyDate] = {}
    year = stated.get("PY", stated.get("Y1", "")).strip()
    for tag, words in stated.items():
        date, fault = ris_date(words)
        if tag == "DA" and not date.is_dated and _YEAR.fullmatch(year[:4]):
            whole = read_wording(f"{words.strip()} {year[:4]}")  # “Feb 5”, with its year beside it
            if whole.is_dated and whole.edtf:
                date, fault = from_edtf(whole.edtf, text=words.strip()), ""
        read[tag] = date
        if fault:
            problems.append((tag, fault))
    dated = [tag for tag in ("DA", "Y1", "PY") if tag in read and read[tag].is_dated]
    if not dated:
        return next(iter(read.values()), None), problems
    best = dated[0]
    problems.extend(
        (tag, f"“{stated[tag].strip()[:40]}” does not agree with {best}; {best} was used")
        for tag in dated[1:]
        if not _overlap(read[tag], read[best])
    )
    return read[best], problems


def _within(inner: FuzzyDate, outer: FuzzyDate) -> bool:
    """Tell whether a season begins in its year; a winter ends in the next."""
    return None not in (inner.start_lo, outer.start_lo, outer.end_hi) and (outer.start_lo or 0) <= (
        inner.start_lo or 0
    ) <= (outer.end_hi or 0)


def _overlap(one: FuzzyDate, other: FuzzyDate) -> bool:
    if None in (one.start_lo, one.end_hi, other.start_lo, other.end_hi):
        return True
    return (one.start_lo or 0) <= (other.end_hi or 0) and (other.start_lo or 0) <= (one.end_hi or 0)
