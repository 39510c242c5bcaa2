"""A date as it was read once: its EDTF, and what the wording added to it then.

Nothing is read from the wording again, so that a date means the same whatever rules are in force today.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

from viewer.domain.calendar import HOUR, MINUTE
from viewer.domain.dates import FLAGS, PARSER_VERSION, FuzzyDate, from_edtf

_CLOCK = {"minute": MINUTE, "hour": HOUR}
"""How long a time lasts that is known no better; EDTF writes its first second."""


def restated(
    edtf: str,
    *,
    text: str | None = None,
    flags: Collection[str] | None = None,
    precision: str | None = None,
    reference: str | None = None,
    language: str | None = None,
    rule: str | None = None,
    parser_version: int = PARSER_VERSION,
) -> FuzzyDate:
    """Return the date of an EDTF with what is stated beside it, or raise DateError.

    Flags and precision are those of the EDTF itself where nothing is stated.
    """
    date = _at_precision(from_edtf(edtf), precision)
    stated: dict[str, Any] = {} if flags is None else {flag: flag in flags for flag in FLAGS}
    return replace(
        date,
        text=text,
        reference=reference,
        language=language,
        rule=rule,
        parser_version=parser_version,
        **stated,
    )


def _at_precision(date: FuzzyDate, precision: str | None) -> FuzzyDate:
    """A time that is known to the minute or the hour covers all of it."""
    if precision is None or precision == date.precision:
        return date
    length = _CLOCK.get(precision)
    if length is None or date.precision != "second":
        return replace(date, precision=precision)
    start_hi, end_hi = (None if hi is None else hi + length - 1 for hi in (date.start_hi, date.end_hi))
    return replace(date, start_hi=start_hi, end_hi=end_hi, precision=precision)
