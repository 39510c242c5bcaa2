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
from viewer.domain.phrases.grammar import statements
from viewer.domain.phrases.setting import Setting
from viewer.domain.phrases.tokens import UnknownWordError, tokenize
from viewer.domain.phrases.writing import Phrase, written
from viewer.domain.wording import folded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.domain.reference import Reference

_REMEMBERED = 4096
"""Phrases: files repeat them, and a form asks several times for each key that is pressed."""
_LATIN = ("en", "fr", "de", "es")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґ]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_YEARS = re.compile(r"([0-9]{2})([0-9]{2})[-/]([0-9]{2})")


@lru_cache(maxsize=_REMEMBERED)
def read_phrase(words: str, *, reference: Reference | None, language: str | None) -> Phrase | None:
    """Read a checked wording; None if no language reads it, DateError if it says what cannot be.

    The error of a word that is not understood says where it stands in the folded words.
    """
    phrase = folded(words)
    years = _YEARS.fullmatch(phrase)
    if years and years[3] > max(years[2], "12"):
        return Phrase(f"{years[1]}{years[2]}/{years[1]}{years[3]}", "R12")
    setting = Setting(reference, language)
    impossible: DateError | None = None
    unknown: UnknownWordError | None = None
    is_known = False
    for name in _languages(phrase, language):
        try:
            tokens = tokenize(phrase, lexicon(name))
        except UnknownWordError as error:
            if unknown is None or error.start > unknown.start:
                unknown = error
            continue
        is_known = True
        if len(tokens) == 1 and phrase.isdigit():
            return None
        try:
            for statement in statements(tokens, setting, glued=lexicon(name).glued):
                try:
                    return written(statement, reference)
                except DateError as error:
                    impossible = impossible or error
        except DateError as error:
            impossible = impossible or error
    if impossible is not None:
        raise impossible
    if unknown is not None and not is_known:
        word = phrase[unknown.start : unknown.end]
        said = "" if word == phrase else f"“{word[:20]}” is not understood. "
        raise DateError(f"{said}{advice(phrase)}", (unknown.start, unknown.end))
    return None


def _languages(phrase: str, language: str | None) -> Sequence[str]:
    if phrase.isascii() or not (_CYRILLIC.search(phrase) or _HANGUL.search(phrase)):
        likely: tuple[str, ...] = _LATIN
    elif _HANGUL.search(phrase):
        likely = ("ko",)
    else:
        likely = ("uk", "ru") if _UKRAINIAN.search(phrase) else ("ru", "uk")
    if language not in LANGUAGES:
        return likely
    return (language, *(name for name in likely if name != language))
