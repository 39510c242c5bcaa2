"""Numbers as sources write them: the wording read into bounds, a qualifier and a unit.

A wording that two conventions read differently is not decided here: `read_quantity` refuses it, and
`quantity_readings` gives both. Every word before the number must be understood; what stands behind it is
the unit.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from viewer.domain.lexicon import LANGUAGES
from viewer.domain.lexicon.numbers import NumberWords, knows_any, number_words
from viewer.domain.number_tokens import Token, split_compounds, tokens_of
from viewer.domain.quantity_grammar import Attempt, QuantityPhrase
from viewer.domain.wording import WordingError, checked, folded

if TYPE_CHECKING:
    from viewer.domain.quantities import Quantity

_LATIN, _CYRILLIC, _HANGUL = (re.compile(signs) for signs in ("[a-z]", "[а-яіїєґ]", "[가-힣]"))
_BY_SCRIPT = ((_LATIN, ("en", "fr", "de", "es")), (_CYRILLIC, ("uk", "ru")), (_HANGUL, ("ko",)))


class QuantityError(WordingError):
    """A wording that is not read as a quantity. The message is for the user; `at`: where in the text."""


def read_quantity(text: str, *, language: str | None = None) -> Quantity:
    """Read a quantity, or raise QuantityError; also where two readings are possible."""
    found = _read(text, language)
    if len(found) > 1:
        first, second = (_bounds(quantity) for quantity in found[:2])
        raise QuantityError(f"This can mean {first} or {second}. Choose one, or write it another way.")
    return found[0]


def quantity_readings(text: str, *, language: str | None = None) -> tuple[Quantity, ...]:
    """Return what an ambiguous wording can mean; () when it has one reading, or none."""
    try:
        found = _read(text, language)
    except QuantityError:
        return ()
    return found if len(found) > 1 else ()


def _bounds(quantity: Quantity) -> str:
    shown = [f"{bound:,}" for bound in (quantity.low, quantity.high) if bound is not None]
    return " to ".join(dict.fromkeys(shown))


def _read(text: str, language: str | None) -> tuple[Quantity, ...]:
    try:
        words = checked(text)
    except WordingError as error:
        message = str(error).rstrip(".")
        raise QuantityError(f"{message[:1].upper()}{message[1:]}.", error.at) from None
    if words != text:
        _refuse_odd_digits(text)
    best = _best_attempt(text, words, language)
    if best.error is not None:
        raise QuantityError(str(best.error), _place(text, words, best.error.at))
    return best.found


def _refuse_odd_digits(text: str) -> None:
    """Refuse 10³ and 2½, which the compatible characters would make 103 and 21/2."""
    for place, character in enumerate(text):
        is_behind_digit = text[place - 1 : place].isdecimal() if place else False
        is_fraction = unicodedata.decomposition(character).startswith("<fraction>")
        if is_fraction or (is_behind_digit and character.isnumeric() and not character.isdecimal()):
            at = (place, place + 1)
            raise QuantityError(f"“{character}” is not read as a number. Write it like 2.5.", at)


def _best_attempt(text: str, words: str, language: str | None) -> Attempt:
    """Return what the language makes of it that understands most of the words; the first such one."""
    tokens = tokens_of(words)
    best: Attempt | None = None
    for vocabulary in _vocabularies(words, language):
        if best is None or knows_any(vocabulary, best.rest):
            found = _attempt(text, words, tokens, vocabulary)
            best = found if best is None or found.understood > best.understood else best
    if best is None:
        raise AssertionError("English at least is tried")
    return best


def _vocabularies(words: str, language: str | None) -> list[NumberWords]:
    """Return the languages to try: the given one, then those of the script; English when there are none."""
    given = (language or "").replace("_", "-").split("-")[0].lower()
    comparable = folded(words)
    names = [given] if given in LANGUAGES else []
    for script, known in _BY_SCRIPT:
        if script.search(comparable):
            names += [name for name in known if name not in names]
    return [number_words(name) for name in names or ("en",)]


def _attempt(text: str, words: str, tokens: tuple[Token, ...], vocabulary: NumberWords) -> Attempt:
    split = split_compounds(tokens, vocabulary) if vocabulary.compounds else tokens
    first = QuantityPhrase(words, split, vocabulary, frozenset())
    attempts = [first.attempt(text)]
    attempts += [
        QuantityPhrase(words, split, vocabulary, choices).attempt(text)
        for choices in _other_choices(first.doubts)
    ]
    readable = [attempt for attempt in attempts if attempt.error is None]
    if not readable:
        return attempts[0]
    most = max(readable, key=lambda attempt: attempt.understood)
    found = dict.fromkeys(quantity for attempt in readable for quantity in attempt.found)
    return replace(most, found=tuple(found))


def _other_choices(doubts: set[str]) -> list[frozenset[str]]:
    every = product(*(("", doubt) for doubt in sorted(doubts)))
    return [frozenset(filter(None, chosen)) for chosen in every if any(chosen)]


def _place(text: str, words: str, at: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return where in the text something is that stands at a place in its checked words."""
    if at is None or len(text) == len(words):
        return at
    start = text.find(words[at[0] : at[1]])
    return None if start < 0 else (start, start + at[1] - at[0])
