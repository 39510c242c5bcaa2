"""The numbers that a passage names, as the one parser of quantities reads them, with what they count."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from viewer.domain.lexicon.numbers import Word, number_words
from viewer.domain.passage_words import (
    JOINING,
    MOST_FOUND,
    MOST_TRIES,
    MOST_WORDS,
    NOTHING_OF_ITS_OWN,
    Token,
    date_words,
    lexicon_language,
    runs,
    tokens_of,
)
from viewer.domain.quantity_phrases import QuantityError, read_quantity
from viewer.domain.wording import folded
from viewer.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.domain.quantities import Quantity

_COUNTING = frozenset((Word.SMALL, Word.HUNDRED, Word.SCALE, Word.COLLECTIVE, Word.PLURAL))
_NEVER_FIRST = JOINING | (NOTHING_OF_ITS_OWN - {"des", "a", "an"})
_NO_AMOUNT = re.compile(r"[0-9](?:st|nd|rd|th|e|er|re|eme|mm|cm)$")
_PLAIN_DIGITS = re.compile(r"[0-9]+")
_ONE = frozenset(("un", "une", "a", "an", "one", "ein", "eine", "einen", "einem", "einer", "uno", "una"))
_UNIT = re.compile(r"[ \u00a0\u202f]?(%|[^\W\d_]+(?:[-‑'’][^\W\d_]+)*)")
_NOUN_FIRST = frozenset(("fr", "es", "uk", "ru", "ko"))
_ADJECTIVES = "additional more new other further military armed foreign wounded dead killed missing civilian"
_BEFORE_NOUN = frozenset(_ADJECTIVES.split())
_OTHER_WORDS = """
    left arrived went came died fled returned joined
    de d du des la le les l et ou en à au aux dans sur par pour qui que a ont est sont était étaient y
    the of and or in on at by for to from that which who is are was were has have had with as than
"""
_NO_UNIT = frozenset(_OTHER_WORDS.split())

_LONGEST_UNIT = 40


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """A number in a passage; `span` counts characters of the passage."""

    span: tuple[int, int]
    quantity: Quantity


def quantities_in(
    passage: str, *, language: str | None, besides: Sequence[tuple[int, int]] = ()
) -> tuple[FoundQuantity, ...]:
    """Return the numbers of a passage in its order, none of them in one of the spans `besides`."""
    tokens = tokens_of(passage)
    name = lexicon_language(language)
    known, counting = _count_words(name)

    def belongs(place: int) -> bool:
        token = tokens[place]
        if any(start < token.end and token.start < end for start, end in besides):
            return False
        return token.word in known or token.word in JOINING or _is_amount(token)

    found: list[FoundQuantity] = []
    tries = MOST_TRIES
    for first, last in runs(tokens, belongs):
        numbers = [
            place
            for place in range(first, last)
            if _is_amount(tokens[place])
            or (tokens[place].word in counting and tokens[place].word not in _ONE)
        ]
        if not numbers or tries <= 0 or len(found) >= MOST_FOUND:
            continue
        end = _unit_end(passage, tokens[last - 1].end, name)
        begins = tokens[max(first, numbers[-1] - MOST_WORDS) : numbers[0] + 1]
        starts = [token.start for token in begins if token.word not in _NEVER_FIRST]
        tries -= len(starts)
        read = ((start, _read(passage[start:end].rstrip(), name, language)) for start in starts)
        for start, quantity in read:
            if quantity is not None:
                found.append(FoundQuantity((start, start + len(quantity.text or "")), quantity))
                break
    return tuple(found)


def _is_amount(token: Token) -> bool:
    return token.is_number and not _NO_AMOUNT.search(token.word)


def _read(words: str, name: str, language: str | None) -> Quantity | None:
    try:
        quantity = read_quantity(words, language=language)
    except QuantityError:
        return None
    # Digits that count nothing are a year or a number of something else; what counts days is no amount.
    counts_time = quantity.unit is not None and folded(quantity.unit) in date_words(name)[0]
    return None if counts_time or _PLAIN_DIGITS.fullmatch(words) else quantity


def _unit_end(passage: str, place: int, language: str) -> int:
    """Return where what is counted ends: the noun, with the adjectives that a language has before it."""
    end = place
    while (match := _UNIT.match(passage, end)) is not None and match[1].casefold() not in _NO_UNIT:
        end = match.end()
        word = match[1]
        goes_on = word in _BEFORE_NOUN or (word[:1].isupper() != (language == "de"))
        if language in _NOUN_FIRST or not goes_on or end - place > _LONGEST_UNIT:
            break
    return end


@cache
def _count_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return all words that numbers of a language are written with, and those that are numbers."""
    meanings = [meaning for listed in number_words(language).starts.values() for meaning in listed]
    known = frozenset(word for meaning in meanings for word in meaning.words)
    counting = frozenset(word for meaning in meanings if meaning.sign in _COUNTING for word in meaning.words)
    return known, counting
