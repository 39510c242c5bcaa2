"""A wording says the same whether its form was met before, with other numbers, or never."""

from __future__ import annotations

import re
from dataclasses import astuple
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_date_properties import near_dates, texts
from test_phrase_tables import LANGUAGES, ROWS

from viewer.domain.dates import DateError, forget, from_edtf, read_date
from viewer.domain.lexicon import lexicon
from viewer.domain.phrases.forms import form_and_numbers
from viewer.domain.phrases.tokens import Token, UnknownWordError, tokenize
from viewer.domain.wording import WordingError, checked, folded

WORDED = settings(max_examples=2_000)
NUMBER = re.compile(r"[0-9]+")
BOUNDS = (
    *("edtf", "start_lo", "start_hi", "end_lo", "end_hi", "earliest_state", "latest_state", "shape"),
    *("precision", "zone"),
)
REFERENCES = (None, "2025-03-10", "2024-02", "2020-01-01/2020-01-05", "1999")
SAID_IN = (None, *LANGUAGES, "xx")

wordings = st.one_of(st.sampled_from([row.text for row in ROWS]), near_dates, texts)
references = st.sampled_from(REFERENCES)
languages = st.sampled_from(SAID_IN)


def said(text: str, reference: str | None, language: str | None) -> tuple[Any, ...]:
    """Return all that a wording comes to, also what takes no part in comparisons, or why it is refused."""
    stood_at = None if reference is None else read_date(reference)
    try:
        return astuple(read_date(text, reference=stood_at, language=language))
    except DateError as refused:
        return str(refused), refused.at


def met(*wordings: str, reference: str | None, language: str | None) -> None:
    """Read wordings and nothing else, so that theirs are the only forms that were met."""
    forget()
    for text in wordings:
        said(text, reference, language)


@st.composite
def alike(draw: st.DrawFn) -> tuple[str, str]:
    """Draw two wordings that differ in their numbers only."""
    text = draw(wordings)

    def other(found: re.Match[str]) -> str:
        if len(found[0]) == 4:
            return str(draw(st.integers(1000, 2999)))
        return str(draw(st.integers(0, 33))) if len(found[0]) <= 2 else draw(digits)

    return NUMBER.sub(other, text), NUMBER.sub(other, text)


digits = st.text("0123456789", min_size=1, max_size=6)


@WORDED
@given(alike(), references, languages)
def test_a_form_says_the_same_of_new_numbers_when_it_was_met_before(
    pair: tuple[str, str], reference: str | None, language: str | None
) -> None:
    before, text = pair
    met(before, reference=reference, language=language)
    known = said(text, reference, language)
    forget()
    assert said(text, reference, language) == known


@pytest.mark.parametrize("language", SAID_IN)
def test_the_tables_say_the_same_when_all_their_forms_were_met(language: str | None) -> None:
    asked = [(row.text, reference) for row in ROWS for reference in (row.reference or None, "2024-02")]
    forget()
    for text, reference in asked:
        said(NUMBER.sub(lambda found: found[0].replace("2", "1"), text), reference, language)
    known = [said(text, reference, language) for text, reference in asked]
    for (text, reference), meaning in zip(asked, known, strict=True):
        forget()
        assert said(text, reference, language) == meaning, text


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("the 1990s", "the 1995s"),
        ("the 90s", "the 00s"),
        ("Q3 2024", "Q7 2024"),
        ("Q3 2024", "Q33 2024"),
        ("19 February 2025", "30 February 2025"),
        ("19 February 2025", "0 February 2025"),
        ("29 February 2024", "29 February 2025"),
        ("29 February", "30 February"),
        ("19 February 2025", "19 February 0044"),
        ("19 February 2025", "19 February 0000"),
        ("Monday 10 March 2025", "Monday 11 March 2025"),
        ("year 120", "year 012"),
        ("2024.03.15", "0044.03.15"),
        ("13/04/2025", "03/04/2025"),
        ("03/04/2025", "04/04/2025"),
        ("03/04/2025", "03/13/2025"),
        ("5 March 2024 14:30", "5 March 2024 25:30"),
        ("5 March 2024 at 2 pm", "5 March 2024 at 14 pm"),
        ("winter 2023-2024", "winter 2023-2026"),
        ("winter 2023-24", "winter 2023-26"),
        ("2025-W07", "2025-W54"),
        ("from 5 to 7 March 2024", "from 7 to 5 March 2024"),
        ("from 2023 to 2024", "from 2024 to 2023"),
        ("19th century", "0th century"),
        ("15 March 44 BC", "15 March 0 BC"),
        ("H1 2023", "H3 2023"),
        ("1923 H1", "1923 H3"),
        ("5, 6 or 7 March 2023", "5, 6 or 37 March 2023"),
        ("5 days ago", "99 days ago"),
        ("in 2024", "in 12024"),
        ("11", "011"),
    ],
)
def test_numbers_that_are_no_such_date_are_not_taken_for_one(before: str, text: str) -> None:
    for reference in REFERENCES:
        for language in ("en", None, "fr"):
            met(before, reference=reference, language=language)
            known = said(text, reference, language)
            forget()
            assert said(text, reference, language) == known
            assert cut(form_and_numbers(folded(text))[0], "en") == cut(folded(text), "en")


def cut(words: str, language: str) -> list[Token] | None:
    try:
        return tokenize(words, lexicon(language))
    except UnknownWordError:
        return None


numbers = st.one_of(
    st.text("0123456789", min_size=1, max_size=6), st.sampled_from(["1990", "2025", "0040", "90"])
)
around_numbers = st.sampled_from(
    [
        "",
        "s",
        "'s",
        "er",
        "е",
        "th",
        "e",
        " ",
        "-",
        "/",
        ".",
        ":",
        "h",
        "q",
        "t",
        "w",
        "utc+",
        " bc",
        "년",
        "march ",
    ]
)


@WORDED
@given(
    st.one_of(
        alike().map(lambda pair: pair[1]),
        st.lists(st.one_of(numbers, around_numbers), max_size=7).map("".join),
    )
)
def test_a_form_is_cut_into_the_same_tokens_as_its_wording(text: str) -> None:
    try:
        words = folded(checked(text))
    except WordingError:
        return
    form, _ = form_and_numbers(words)
    for language in LANGUAGES:
        assert cut(form, language) == cut(words, language)


@pytest.mark.parametrize("text", ["0044S3", "1923 H3", "1741-04S4", "premier semestre 2024 S3"])
def test_a_year_has_two_halves(text: str) -> None:
    with pytest.raises(DateError):
        read_date(text)


@WORDED
@given(alike(), references, languages)
def test_what_a_wording_comes_to_is_what_its_edtf_says(
    pair: tuple[str, str], reference: str | None, language: str | None
) -> None:
    for text in pair:
        stood_at = None if reference is None else read_date(reference)
        try:
            date = read_date(text, reference=stood_at, language=language)
        except DateError:
            continue
        assert date.edtf is not None
        stated = from_edtf(date.edtf)
        if date.precision in ("minute", "hour"):  # EDTF names the first second of it
            assert (date.edtf, date.start_lo, date.zone) == (stated.edtf, stated.start_lo, stated.zone)
            continue
        assert [getattr(date, name) for name in BOUNDS] == [getattr(stated, name) for name in BOUNDS]
        assert date.approximate >= stated.approximate
        assert date.uncertain >= stated.uncertain
