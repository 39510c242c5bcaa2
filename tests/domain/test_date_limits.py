"""Texts meant to hurt: each is refused in an instant, whatever language it is said to be in."""

from __future__ import annotations

import time

import pytest

from viewer.domain.dates import DateError, read_date

LONGEST = 200
SECONDS = 0.05
TRIES = 3
"""The least of several tries is what the work costs; the rest is what else the machine was doing."""


def filled(words: str) -> str:
    """Repeat words up to the longest text that is read at all."""
    return (words * LONGEST)[:LONGEST].strip()


HOSTILE = {
    "100,000 digits": "9" * 100_000,
    "digits with a month": "1" * 100_000 + " March 2022",
    "a long year": "Y" + "9" * 100_000,
    "a huge power": "Y1E999999",
    "10 MB of spaces": " " * 10_000_000,
    "10 MB of spaces around a date": " " * 5_000_000 + "2025" + " " * 5_000_000,
    "1 MB of words": "from March to " * 75_000,
    "a set of 3,000 members": "[" + ",".join(str(year) for year in range(1000, 4000)) + "]",
    "Arabic digits": "٢٠٢٥-٠٢-١٩",
    "Devanagari digits in a phrase": "१९ February 2025",
    "a right-to-left mark": "19 February\u200f 2025",
    "a right-to-left override": "\u202e19 February 2025",
    "a zero-width space": "19\u200bFebruary 2025",
    "a byte order mark": "\ufeff2025-02-19",
    "NUL": "2025-02-19\0",
    "only NUL": "\0",
    "half of a pair": "2025-02-\ud800",
    "19 digits": "1" * 19,
    "one letter that stands for eighteen": "\ufdfa" * LONGEST,
    "a heap of accents": "e" + "\u0301" * (LONGEST - 1),
    "1-1-1": filled("1-1-"),
    "1/1/1": filled("1/1/"),
    "1.1.1": filled("1.1."),
    "1 1 1": filled("1 "),
    "1, 1, 1": filled("1, "),
    "dashes": filled("-"),
    "commas": filled(","),
    "brackets": filled("["),
    "slashes": filled("/"),
    "dots": filled("."),
    "de de de": filled("de "),
    "d'd'd'": filled("d'"),
    "the the the": filled("the "),
    "a or a or": filled("a or "),
    "or or or": filled("or "),
    "between between": filled("between "),
    "between and between and": filled("between 1 and "),
    "from from": filled("from "),
    "from to from to": filled("from 1 to "),
    "before before": filled("before "),
    "early early": filled("early "),
    "first first": filled("first "),
    "last last": filled("last "),
    "second second": filled("second "),
    "months": filled("may march mars mar "),
    "years": filled("2024 2025 "),
    "years and dashes": filled("2024-25-"),
    "months and dashes": filled("March-"),
    "weekdays": filled("Monday "),
    "week of week of": filled("week of "),
    "ago ago": filled("1 day ago "),
    "il y a il y a": filled("il y a "),
    "from nights to nights": filled("nuit du 1 au "),
    "hours": filled("1h "),
    "clocks": filled("10:10 "),
    "до до до": filled("до "),
    "с с с": filled("с "),
    "3월부터 3월부터": filled("3월부터 "),
    "년년년": filled("년"),
}


def refusal_of(text: str, language: str | None) -> DateError:
    with pytest.raises(DateError) as refused:
        read_date(text, language=language)
    return refused.value


@pytest.mark.parametrize("language", [None, "en", "fr", "ru", "ko"])
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_refused_in_an_instant(text: str, language: str | None) -> None:
    taken = []
    for _ in range(TRIES):
        started = time.process_time()
        refusal = refusal_of(text, language)
        taken.append(time.process_time() - started)
    assert min(taken) < SECONDS
    assert str(refusal).endswith(".")
    assert len(str(refusal)) < 3 * LONGEST
    if refusal.at is not None:
        start, end = refusal.at
        assert 0 <= start <= end <= len(text)


def test_the_longest_text_is_read_and_one_character_more_is_not() -> None:
    wording = "19 February 2025"
    spaced = wording.replace(" ", " " * ((LONGEST - len(wording)) // 2 + 1))
    assert read_date(spaced[:LONGEST]).edtf == "2025-02-19"
    refusal_of(spaced + " " * (LONGEST + 1 - len(spaced)), "en")
