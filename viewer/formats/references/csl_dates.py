"""Dates of CSL-JSON: parts, two of them for a range, a season, “circa”, or words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from viewer.domain.dates import DateError, FuzzyDate, from_edtf, unread_date
from viewer.formats.date_parts import Moment, between, in_parts, read_wording, since

_NUMBER = re.compile(r"\s*(-?[0-9]{1,12})\s*")
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_KNOWN = {"date-parts", "season", "circa", "literal", "raw"}
_NAMES = ("year", "month", "day")


class CslDate(NamedTuple):
    """A date, what is odd about it (empty when nothing is), and whether it carries all that the file says."""

    date: FuzzyDate | None
    fault: str = ""
    whole: bool = True


def csl_date(value: Any, language: str | None = None) -> CslDate:
    """Read a date of CSL-JSON; years before Christ are counted as people do: -44 is 44 BC."""
    if value in (None, "", {}, []):
        return CslDate(None)
    if isinstance(value, str | int) and not isinstance(value, bool):
        return _in_words(str(value), language)
    if not isinstance(value, Mapping):
        return CslDate(None, "expected a date; kept as it is, not used", whole=False)
    words = next((value[key] for key in ("literal", "raw") if _is_text(value.get(key))), None)
    parts = value.get("date-parts")
    stated = _without_gaps(parts)
    if not stated:
        found = CslDate(None) if words is None else _in_words(str(words).strip(), language)
        return found._replace(whole=not set(value) - _KNOWN)
    try:
        return _by_parts(value, stated, None if words is None else str(words).strip())
    except (DateError, ValueError) as error:
        said = words if words is not None else " – ".join("-".join(map(str, part)) for part in stated)
        return CslDate(unread_date(str(said)[:1000]), f"{error} It stays undated.", whole=False)


def _by_parts(value: Mapping[str, Any], stated: list[list[Any]], words: str | None) -> CslDate:
    if len(stated) > 2:
        raise ValueError("A date has one list of parts, or two for a range.")
    whole = not set(value) - _KNOWN
    mark = "~" if _is_true(value.get("circa")) else ""
    start = _moment(stated[0])
    season = value.get("season")
    if season not in (None, "") and len(stated) == 1 and start.month is None:
        return CslDate(_season(start, season, mark, words), whole=whole)
    whole = whole and season in (None, "")
    if len(stated) == 1:
        return CslDate(between(start, None, wording=words, marks=(mark, mark)), whole=whole)
    if str(stated[1][0]).strip() == "0":
        return CslDate(since(start, wording=words, mark=mark), whole=whole)
    return CslDate(between(start, _moment(stated[1]), wording=words, marks=(mark, mark)), whole=whole)


def _season(start: Moment, season: Any, mark: str, words: str | None) -> FuzzyDate:
    """Return a season's date: 1 to 4, the codes of EDTF, or its name."""
    said = str(season).strip()
    code = _SEASONS.get(said.lower()) or (int(said) if said.isascii() and said.isdigit() else 0)
    code += 20 if 1 <= code <= 4 else 0
    if not 21 <= code <= 41:
        found = read_wording(words or f"{said} {start.year}")
        if not found.is_dated:
            raise ValueError(f"“{said[:40]}” is no season that is known.")
        return found
    edtf = f"{start.edtf()}-{code}{mark}"
    return from_edtf(edtf) if words is None else from_edtf(edtf, text=words)


def _without_gaps(parts: Any) -> list[list[Any]]:
    """Return the lists of parts, each without what is empty at its end."""
    found: list[list[Any]] = []
    for part in parts if isinstance(parts, list) else []:
        numbers = list(part) if isinstance(part, list) else [part]
        while numbers and (
            numbers[-1] in (None, "") or (len(numbers) > 1 and str(numbers[-1]).strip() == "0")
        ):
            numbers.pop()
        if numbers:
            found.append(numbers)
    return found


def _moment(parts: list[Any]) -> Moment:
    numbers: list[int] = []
    for name, part in zip(_NAMES, parts, strict=False):
        found = None if isinstance(part, bool) else _NUMBER.fullmatch(str(part))
        if found is None:
            raise ValueError(f"Its {name} is no whole number: {str(part)[:40]!r}.")
        numbers.append(int(found[1]))
    if len(parts) > len(_NAMES):
        raise ValueError("A date has a year, a month and a day, and no more.")
    year = numbers[0] + 1 if numbers[0] < 0 else numbers[0]
    return in_parts(year, *numbers[1:])


def _in_words(words: str, language: str | None) -> CslDate:
    date = read_wording(words[:1000], language)
    if date.edtf is None:
        return CslDate(date, f"“{words[:60]}” cannot be read as a date; it is kept as its wording, undated")
    return CslDate(date)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_true(value: Any) -> bool:
    return value not in (None, False, 0, "", "0", "false", "False")
