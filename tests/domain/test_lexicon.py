"""The words of dates: each language has what its grammar needs, and says no word in two ways by mistake."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from viewer.domain.lexicon import EARLY, END, LANGUAGES, LAST, LEADING, MIDDLE, Sign, lexicon, words_of
from viewer.domain.wording import folded

ROOT = Path(__file__).parents[2]
WORD = re.compile(r"[^\W\d_]+")
SAID_IN_EVERY_LANGUAGE = {
    Sign.NUMBER: range(1, 13),
    Sign.ORDINAL: (1, 2, 3, 4, 5, LAST),
    Sign.WEEKDAY: range(7),
    Sign.SEASON: range(21, 25),
    Sign.PART: (EARLY, MIDDLE, END),
    Sign.MODIFIER: (-1, 0, 1),
    Sign.DEICTIC: (0, -1, -2, 1, 2),
    Sign.MERIDIEM: (0, 12),
    Sign.ZONE: ("Z",),
    Sign.ERA: (-1, 1),
}
PRESENT_IN_EVERY_LANGUAGE = {
    *(Sign.DAY, Sign.WEEK, Sign.WEEKEND, Sign.MONTHS, Sign.QUARTER, Sign.YEARS, Sign.CENTURY),
    *(Sign.AGO, Sign.AHEAD, Sign.BEFORE, Sign.AFTER, Sign.BY, Sign.NOT_BEFORE, Sign.SINCE, Sign.UNTIL),
    *(Sign.BETWEEN, Sign.THROUGHOUT, Sign.AND, Sign.OR, Sign.ABOUT, Sign.MAYBE, Sign.FILLER),
}
WRITTEN_ONTO_NUMBERS = {"ko": {Sign.MONTH, Sign.DECADE}}


def entries(language):
    return [entry for there in lexicon(language).starts.values() for entry in there]


def values(language, sign):
    return {
        meaning.value for _, meanings in entries(language) for meaning in meanings if meaning.sign is sign
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_its_months(language):
    if Sign.MONTH in WRITTEN_ONTO_NUMBERS.get(language, ()):
        assert Sign.MONTH in lexicon(language).number_signs.values()
    else:
        assert values(language, Sign.MONTH) == set(range(1, 13))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", SAID_IN_EVERY_LANGUAGE)
def test_every_language_has_the_words_that_carry_a_value(language, sign):
    assert set(SAID_IN_EVERY_LANGUAGE[sign]) <= values(language, sign)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_its_units_relations_and_qualifiers(language):
    signs = {meaning.sign for _, meanings in entries(language) for meaning in meanings}
    assert signs >= PRESENT_IN_EVERY_LANGUAGE
    # Korean counts decades as "1990년대"; it halves years by name.
    assert Sign.DECADES in signs or Sign.DECADE in WRITTEN_ONTO_NUMBERS.get(language, ())
    assert Sign.HALF in signs or Sign.HALF_NAME in signs


@pytest.mark.parametrize("language", LANGUAGES)
def test_phrases_are_words_as_a_text_is_cut_into(language):
    for phrase, meanings in entries(language):
        assert meanings
        assert phrase == tuple(words_of(" ".join(phrase)))
        for word in phrase:
            assert WORD.fullmatch(word), phrase
            assert word == folded(word)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_means_two_values_of_one_class(language):
    for phrase, meanings in entries(language):
        signs = [meaning.sign for meaning in meanings]
        assert len(signs) == len(set(signs)), phrase


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_longer_phrase_is_found_before_a_shorter_one(language):
    for there in lexicon(language).starts.values():
        lengths = [sum(map(len, phrase)) for phrase, _ in there]
        assert lengths == sorted(lengths, reverse=True)


def test_words_that_are_written_together_are_known_one_by_one():
    known = lexicon("ko").starts.keys() | lexicon("ko").number_signs.keys()
    assert {word for phrase, _ in entries("ko") for word in phrase} <= known


@pytest.mark.parametrize(
    ("language", "phrase", "sign", "value"),
    [
        ("es", "mar", Sign.MONTH, 3),
        ("es", "mar", Sign.WEEKDAY, 1),
        ("es", "segundo", Sign.ORDINAL, 2),
        ("de", "Juni", Sign.MONTH, 6),
        ("de", "Juli", Sign.MONTH, 7),
        ("de", "Freitagabend", Sign.WEEKDAY, 4),
        ("uk", "липні", Sign.MONTH, 7),
        ("uk", "листопаді", Sign.MONTH, 11),
        ("uk", "у", Sign.FILLER, LEADING),
        ("uk", "лютому", Sign.MONTH, 2),
        ("uk", "п'ятницю", Sign.WEEKDAY, 4),
        ("uk", "січнем", Sign.MONTH, 1),
        ("uk", "неділю", Sign.WEEKDAY, 6),
        ("ru", "неделю", Sign.WEEK, 1),
        ("ru", "январём", Sign.MONTH, 1),
        ("ru", "июне", Sign.MONTH, 6),
        ("ru", "июле", Sign.MONTH, 7),
        ("ko", "월요일", Sign.WEEKDAY, 0),
    ],
)
def test_words_that_are_easily_mistaken(language, phrase, sign, value):
    meant = dict(entries(language))[tuple(words_of(phrase))]
    assert [meaning.value for meaning in meant if meaning.sign is sign] == [value]


def test_names_are_those_of_cldr():
    pytest.importorskip("babel", reason="babel generates the names")
    script = ROOT / ".ci" / "calendar_words.py"
    check = subprocess.run([sys.executable, str(script), "--check"], capture_output=True, text=True)
    assert check.returncode == 0, check.stderr
