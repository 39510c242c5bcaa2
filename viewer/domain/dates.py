"""Fuzzy dates: the wording, what it was taken to mean, and the one parser of what people type.

Nothing that is missing is ever completed from today: a date that cannot be read whole is refused, and the
wording can be kept without a meaning (`unread_date`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from viewer.domain.calendar import DAY, HOUR, MINUTE, civil_from_days
from viewer.domain.edtf import PRECISIONS, DateError, Expression, Extent, parse
from viewer.domain.edtf_dates import iso_day as edtf_day
from viewer.domain.fuzzy_date import FLAGS, PARSER_VERSION, FuzzyDate, bounds_text, unread_date
from viewer.domain.phrases import forms
from viewer.domain.phrases.advice import EXPECTED, advice
from viewer.domain.phrases.reading import read_phrase
from viewer.domain.phrases.writing import Bounds, Phrase
from viewer.domain.reference import Reference
from viewer.domain.wording import WordingError, checked, folded

__all__ = [
    "FLAGS",
    "PARSER_VERSION",
    "DateError",
    "FuzzyDate",
    "bounds_text",
    "forget",
    "from_edtf",
    "read_date",
    "readings",
    "unread_date",
]

_NO_PHRASE = Phrase("")
_REMEMBERED = 4096
"""Wordings: files repeat them, and a form asks several times for each key that is pressed."""
_YEAR_AND_CODE = re.compile(r"([0-9]{2})([0-9]{2})-([0-9]{2})[?~%]?")
_VAGUEST = 366 * DAY
_REFERENCES = 1024
"""Dates of sources, each with many wordings that count from it."""
_COARSENESS = {precision: place for place, precision in enumerate(PRECISIONS)}
_TIMES = {"second": 1, "minute": MINUTE, "hour": HOUR}


def read_date(text: str, *, reference: FuzzyDate | None = None, language: str | None = None) -> FuzzyDate:
    """Read a date as people write it, or raise DateError.

    `reference` is when the source was published, and `language` the one it is in (a code such as "fr"): what
    the wording leaves out is taken from there, and from nowhere else. Both are kept beside the date. A
    reference that is open, or wider than a year, tells nothing.
    """
    day = edtf_day(text)
    if day is not None:  # the way of nearly every date of an import
        return _day(day)
    return _read(text, reference, language)


@lru_cache(maxsize=_REMEMBERED)
def _read(text: str, reference: FuzzyDate | None, language: str | None) -> FuzzyDate:
    try:
        words = checked(text)
    except WordingError as error:
        raise DateError(
            f"“{_shown(text)}” cannot be read as a date: {error}. {EXPECTED}", error.at
        ) from error
    if not words:
        raise DateError(f"There is no date. {EXPECTED}")
    refusal: DateError | None = None
    try:
        expression = parse(words.upper())
    except DateError as error:
        refusal = error
    else:
        if expression is not None:
            return _fuzzy(expression, text=None if expression.text == text else text, rule="EDTF")
    phrase = _phrase(text, words, reference, language, refusal)
    stood_at = None if reference is None else reference.edtf
    if phrase.bounds is not None:
        return _bounded(phrase, phrase.bounds, text, stood_at, language)
    try:
        expression = parse(phrase.edtf)
    except DateError as error:  # it speaks of what we made of the wording
        raise DateError(f"“{_shown(text)}” cannot be read as a date. {error}") from error
    if expression is None:
        raise DateError(f"“{_shown(text)}” is not a date that can be written in EDTF. {EXPECTED}")
    return _fuzzy(
        expression, text=text, rule=phrase.rules, reference=stood_at, language=language, phrase=phrase
    )


def _day(day: Extent) -> FuzzyDate:
    return FuzzyDate(
        text=None,
        edtf=day.text,
        start_lo=day.lo,
        start_hi=day.hi,
        end_lo=day.lo,
        end_hi=day.hi,
        earliest_state="known",
        latest_state="known",
        shape="point",
        precision="day",
        rule="EDTF",
    )


def forget() -> None:
    """Forget all wordings and forms that were met: nothing is read otherwise, the next ones only later."""
    _read.cache_clear()
    forms.forget()


def from_edtf(
    edtf: str, *, text: str | None = None, reference: str | None = None, language: str | None = None
) -> FuzzyDate:
    """Read an EDTF expression with the wording that it stands for, or raise DateError.

    A wording that comes to the same expression, read from its own reference (EDTF too) and language, may add
    what EDTF cannot say: that a time is known to the minute only, by which rules it was read.
    """
    try:
        words = checked(edtf)
    except WordingError as error:
        raise DateError(f"“{_shown(edtf)}” cannot be read as EDTF: {error}.", error.at) from error
    expression = parse(words)
    if expression is None:
        raise DateError(
            f"“{_shown(edtf)}” is not EDTF. Write it like 2025-02-19, 2025-02 or 2025-02/2025-03."
        )
    date = _fuzzy(expression)
    if text is None:
        return date
    try:
        stood_at = None if reference is None else from_edtf(reference)
        said = read_date(text, reference=stood_at, language=language)
    except DateError:
        said = date
    return replace(
        said if said.edtf == date.edtf else date, text=text, reference=reference, language=language
    )


def readings(date: FuzzyDate) -> tuple[FuzzyDate, ...]:
    """Return what an ambiguous date may mean, each on its own; nothing for a date that is clear."""
    if not date.ambiguous or date.edtf is None:
        return ()
    members = date.edtf.strip("[]").split(",")
    if len(members) == 1:
        match = _YEAR_AND_CODE.fullmatch(date.edtf)
        if match is None:
            return ()
        century, year, code = match.groups()
        members = [date.edtf, f"{century}{year}/{century}{code}"]
    try:
        meant = [from_edtf(member) for member in members]
    except DateError:  # in a stranger's file the flag and the EDTF need not fit
        return ()
    return tuple(
        replace(each, text=date.text, language=date.language, reference=date.reference, ambiguous=False)
        for each in meant
    )


def _shown(text: str) -> str:
    return one_line if len(one_line := " ".join(text[:80].split())) <= 40 else f"{one_line[:39]}…"


def _phrase(
    text: str, words: str, reference: FuzzyDate | None, language: str | None, refusal: DateError | None
) -> Phrase:
    """Read a wording that is no EDTF; `refusal` is why it is not, where it looked like it."""
    stood_at = None if reference is None else _reference(reference)
    try:
        phrase = read_phrase(words, stood_at, language)
    except DateError as error:
        raise refusal or DateError(
            f"“{_shown(text)}” cannot be read as a date. {error}", _place(text, error)
        ) from error
    if phrase is None:
        raise refusal or DateError(f"“{_shown(text)}” is not a date that can be read. {advice(words)}")
    return phrase


def _reference(date: FuzzyDate) -> Reference | None:
    """Return the days of a reference; None for one that is too vague to tell a year from."""
    first, last = date.start_lo, date.end_hi
    return (
        None if first is None or last is None or last - first > _VAGUEST else _days(first // DAY, last // DAY)
    )


@lru_cache(maxsize=_REFERENCES)
def _days(first: int, last: int) -> Reference:
    return Reference(civil_from_days(first), civil_from_days(last))


def _place(text: str, error: DateError) -> tuple[int, int] | None:
    """Return where in the text as typed an error's place in the folded words lies, if that can be told."""
    if error.at is None:
        return None
    origins = [
        place
        for place, character in enumerate(text)
        for _ in folded(unicodedata.normalize("NFKC", character))
        if not (character.isspace() and (place == 0 or text[place - 1].isspace() or not text[:place].strip()))
    ]
    start, end = error.at
    return (origins[start], origins[end - 1] + 1) if end <= len(origins) else None


def _bounded(
    phrase: Phrase, bounds: Bounds, text: str, reference: str | None, language: str | None
) -> FuzzyDate:
    """Make a date of a phrase whose bounds are known without parsing what it is in EDTF."""
    start_lo, start_hi, end_lo, end_hi, shape, precision = bounds
    return FuzzyDate(
        text=text,
        edtf=phrase.edtf,
        start_lo=start_lo,
        start_hi=start_hi,
        end_lo=end_lo,
        end_hi=end_hi,
        earliest_state="open" if start_lo is None else "known",
        latest_state="open" if end_hi is None else "known",
        shape=shape,
        precision=precision,
        approximate=phrase.approximate,
        uncertain=phrase.uncertain,
        convention=phrase.convention,
        ambiguous=phrase.ambiguous,
        reference=reference,
        language=language,
        rule=phrase.rules,
    )


def _fuzzy(
    expression: Expression,
    *,
    text: str | None = None,
    rule: str | None = None,
    reference: str | None = None,
    language: str | None = None,
    phrase: Phrase = _NO_PHRASE,
) -> FuzzyDate:
    """Make a date of an expression; `phrase` adds what the expression cannot say."""
    first, last, extents = expression.first, expression.last, expression.extents
    start, end = (first.lo if first else None), (last.hi if last else None)
    inner_start, inner_end = end, start
    precision, approximate, uncertain, convention, ambiguous, zone = extents[0][3:]
    for extent in extents[1:]:
        if _COARSENESS[extent.precision] > _COARSENESS[precision]:
            precision = extent.precision
        approximate |= extent.approximate
        uncertain |= extent.uncertain
        convention |= extent.convention
        ambiguous |= extent.ambiguous
    if expression.shape == "span":
        inner_start, inner_end = (first.hi if first else None), (last.lo if last else None)
    if phrase.precision is not None and start is not None:
        precision = phrase.precision
        inner_start = end = start + _TIMES[precision] - 1
    return FuzzyDate(
        text=text,
        edtf=expression.text,
        start_lo=start,
        start_hi=inner_start,
        end_lo=inner_end,
        end_hi=end,
        earliest_state=expression.first_state,
        latest_state=expression.last_state,
        shape=expression.shape,
        precision=precision,
        approximate=approximate or phrase.approximate,
        uncertain=uncertain or phrase.uncertain,
        convention=convention or phrase.convention,
        ambiguous=phrase.ambiguous if phrase.edtf else ambiguous,
        zone=zone,
        reference=reference,
        language=language,
        rule=rule,
    )
