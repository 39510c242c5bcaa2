"""How to write what could not be read."""

from __future__ import annotations

import re

EXPECTED = "Write it like 19 February 2025, early March 2025, 2025-02-19 14:30 or 2024-10/2025-02."

_ADVICE = (
    (re.compile(r"t?[0-9]{1,2}:[0-9]{2}.*"), "A time needs its day: 2025-02-19 14:30."),
    (
        re.compile(r"[0-9]{5,}-[0-9]{2}(-[0-9]{2})?"),
        "A year has four digits; a longer one stands alone: Y99999.",
    ),
    (re.compile(r"[0-9]{8}"), "Separate the parts: 2025-02-19."),
    (re.compile(r"[0-9]+"), "A year has four digits; a longer one is written Y99999."),
    (re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}"), "Write the month and the day in two digits: 2025-02-09."),
    (re.compile(r".*[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{2}"), "Write the year with four digits."),
    (re.compile(r".*[^\W\d_]\.? '?[0-9]{2}"), "Write the year with four digits."),
)


def advice(words: str) -> str:
    """Return what to write instead of checked words that are not a date."""
    return next((said for form, said in _ADVICE if form.fullmatch(words)), EXPECTED)
