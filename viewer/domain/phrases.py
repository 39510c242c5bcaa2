"""What people type for a date, put into EDTF: month names in English and French, day and time."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

EXPECTED = "Write it like 19 February 2025, Feb 2025, 2025-02-19, 2025-02-19 14:30 or 2024-10/2025-02."

_MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "jan january janv janvier",
            "feb february fev fevr fevrier",
            "mar march mars",
            "apr april avr avril",
            "may mai",
            "jun june juin",
            "jul july juil juillet",
            "aug august aout",
            "sep sept september septembre",
            "oct october octobre",
            "nov november novembre",
            "dec december decembre",
        ),
        start=1,
    )
    for word in words.split()
}
_MONTH = r"(?P<month>[a-z]+)"
_YEAR = r"(?P<year>[0-9]{4})"
_WORDS = (
    re.compile(rf"(?P<day>[0-9]{{1,2}}|1er) {_MONTH} {_YEAR}"),
    re.compile(rf"{_MONTH} (?P<day>[0-9]{{1,2}}),? {_YEAR}"),
    re.compile(rf"{_MONTH} {_YEAR}"),
)
_WITHOUT_YEAR = re.compile(rf"(?:(?:[0-9]{{1,2}}|1er) )?{_MONTH}(?: [0-9]{{1,2}})?")
_DAY_AND_TIME = re.compile(
    r"(?P<day>-?[0-9]{4}-[0-9]{2}-[0-9]{2})[T ](?P<minute>[0-9]{2}:[0-9]{2})(?P<second>:[0-9]{2})?"
    r"(?P<zone>Z|[+-][0-9]{2}:[0-9]{2})?"
)
_HINTS = (
    (re.compile(r"[0-9]{1,2}:[0-9]{2}.*"), "A time needs its day: 2025-02-19 14:30."),
    (
        re.compile(r"[0-9]{5,}-[0-9]{2}(-[0-9]{2})?"),
        "A year has four digits; a longer one stands alone: Y99999.",
    ),
    (re.compile(r"[0-9]{8}"), "Separate the parts: 2025-02-19."),
    (re.compile(r"[0-9]+"), "A year has four digits; a longer one is written Y99999."),
    (re.compile(r"[0-9]+[./-][0-9]+([./-][0-9]+)?"), "Write the month as a word, or 2025-02-19."),
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """An EDTF expression, and what it cannot say: that its seconds are not meant."""

    edtf: str
    to_the_minute: bool = False


def read_phrase(words: str) -> Phrase | None:
    """Put a date as people type it into EDTF; None if it is in no form that is known."""
    return _day_and_time(words) or _words(words)


def hint(words: str) -> str:
    """Say how to write what could not be read."""
    for pattern, advice in _HINTS:
        if pattern.fullmatch(words):
            return advice
    match = _WITHOUT_YEAR.fullmatch(_folded(words))
    if match is not None and match["month"] in _MONTHS:
        return "The year is missing: write 19 February 2025 or February 2025."
    return EXPECTED


def _day_and_time(words: str) -> Phrase | None:
    match = _DAY_AND_TIME.fullmatch(words.upper())
    if match is None:
        return None
    edtf = f"{match['day']}T{match['minute']}{match['second'] or ':00'}{match['zone'] or ''}"
    return Phrase(edtf, to_the_minute=match["second"] is None)


def _words(words: str) -> Phrase | None:
    folded = _folded(words)
    for pattern in _WORDS:
        match = pattern.fullmatch(folded)
        if match is not None and match["month"] in _MONTHS:
            day = match.groupdict().get("day")
            written_day = f"-{int(day.removesuffix('er')):02d}" if day else ""
            return Phrase(f"{match['year']}-{_MONTHS[match['month']]:02d}{written_day}")
    return None


def _folded(words: str) -> str:
    """Return lower case without accents, and without the full stops that end abbreviations."""
    letters = unicodedata.normalize("NFD", words.casefold())
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"(?<=[a-z])\.", "", plain)
