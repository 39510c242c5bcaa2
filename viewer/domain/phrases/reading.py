"""Dates as people write them, put into EDTF, with what EDTF cannot say: the rules used, and two readings.

A wording is tried in the language of its source first, then in those that its script suggests. It is read
whole or not at all; nothing that it leaves out is taken from today.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from viewer.domain.edtf import DateError
from viewer.domain.lexicon import LANGUAGES, lexicon
from viewer.domain.phrases.advice import advice
from viewer.domain.phrases.forms import form_and_numbers, form_in
from viewer.domain.phrases.grammar import statement
from viewer.domain.phrases.setting import Setting
from viewer.domain.phrases.tokens import UnknownWordError, tokenize
from viewer.domain.phrases.writing import Phrase, alone, written
from viewer.domain.wording import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.domain.phrases.forms import Form
    from viewer.domain.reference import Reference

_LATIN = ("en", "fr", "de", "es")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґ]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_YEARS = re.compile(r"([0-9]{2})([0-9]{2})[-/]([0-9]{2})")


def read_phrase(words: str, reference: Reference | None, language: str | None) -> Phrase | None:
    """Read a checked wording; None if no language reads it, DateError if it says what cannot be.

    The error of a word that is not understood says where it stands in the folded words.
    """
    phrase = folded(words)
    years = _YEARS.fullmatch(phrase) if len(phrase) == 7 else None
    if years and years[3] > max(years[2], "12"):
        return Phrase(f"{years[1]}{years[2]}/{years[1]}{years[3]}", rules="R12")
    setting = Setting(reference, language)
    words_alone, numbers = form_and_numbers(phrase)
    languages = _languages(phrase, language)
    impossible: DateError | None = None
    is_known = False
    for name in languages:
        form = form_in(words_alone, name)
        if form is None:
            continue
        if phrase.isdigit():  # a number alone is a year, and that is EDTF
            return None
        is_known = True
        try:
            said = _read(form, numbers, setting)
        except DateError as error:
            impossible = impossible or error
        else:
            if said is not None:
                return said
    if impossible is not None:
        raise impossible
    if not is_known:
        raise _unknown(phrase, languages)
    return None


def _read(form: Form, numbers: Sequence[int], setting: Setting) -> Phrase | None:
    """Read a form with its numbers; DateError if all that it can say is impossible."""
    unsaid: DateError | None = None
    unwritten: DateError | None = None
    for number in form.takings:
        taking = form.taking(number)
        values = taking.filled(numbers)
        plain = taking.plain and taking.plain.piece(values)
        if plain:
            return alone(plain, taking.is_about or taking.is_about_date, taking.is_uncertain)
        try:
            said = statement(taking, values, setting)
        except DateError as error:
            unsaid = unsaid or error
            continue
        if said is not None:
            try:
                return written(said, setting.reference)
            except DateError as error:
                unwritten = unwritten or error
    impossible = unwritten or unsaid
    if impossible is not None:
        raise impossible
    return None


def _unknown(phrase: str, languages: Sequence[str]) -> DateError:
    """Return what to say of a wording that no language has all words of: the word at which the best one ends."""
    places = []
    for name in languages:
        try:
            tokenize(phrase, lexicon(name))
        except UnknownWordError as error:
            places.append((error.start, error.end))
    start, end = max(places, key=lambda place: place[0])
    word = phrase[start:end]
    said = "" if word == phrase else f"“{word[:20]}” is not understood. "
    return DateError(f"{said}{advice(phrase)}", (start, end))


def _languages(phrase: str, language: str | None) -> Sequence[str]:
    if phrase.isascii() or not (_CYRILLIC.search(phrase) or _HANGUL.search(phrase)):
        return _likely(_LATIN, language)
    if _HANGUL.search(phrase):
        return _likely(("ko",), language)
    return _likely(("uk", "ru") if _UKRAINIAN.search(phrase) else ("ru", "uk"), language)


@lru_cache(maxsize=64)
def _likely(languages: tuple[str, ...], stated: str | None) -> tuple[str, ...]:
    """Return languages with the stated one first, if we have that."""
    if stated is None or stated not in LANGUAGES:
        return languages
    return (stated, *(name for name in languages if name != stated))
