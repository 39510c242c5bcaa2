"""The words that numbers are written with in each language, as classes of words.

The words themselves stand in the language's own file, under the name NUMBERS.
"""

from __future__ import annotations

import importlib
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from viewer.domain.lexicon import words_of
from viewer.domain.wording import folded
from viewer.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


class Word(StrEnum):
    """A class of words. Behind each class stands the value that a word of it carries."""

    SMALL = "small"  # a number that stands for itself or is added: 0 to 99, fixed hundreds
    HUNDRED = "hundred"  # 100; multiplies what is before it
    SCALE = "scale"  # 1000, a million …; multiplies all before it that is smaller
    COLLECTIVE = "collective"  # a dozen, une centaine: about so many
    PLURAL = "plural"  # dozens, des centaines: an order of magnitude
    SEVERAL = "several"  # makes an order of magnitude of the word after it
    HALF = "half"  # 0.5 or 1.5 of the word after it
    AND_HALF = "and a half"
    ARTICLE = "article"

    BEFORE = "before"  # a qualifier, before the number
    LAST = "last"  # a qualifier, right behind the number or at the very end
    AFTER = "after"  # a qualifier, anywhere behind the number

    BETWEEN = "between"
    FROM = "from"
    TO = "to"
    FAR_TO = "up to"  # as TO, and never elliptic: "5 up to 12,000"
    AND = "and"
    OR = "or"
    OF = "of"
    FILLER = "filler"  # says nothing about the number


@dataclass(frozen=True, slots=True)
class Meaning:
    """A phrase of one or more words, its class, and what it carries."""

    words: tuple[str, ...]
    sign: Word
    value: Any


@dataclass(frozen=True, slots=True, eq=False)
class NumberWords:
    """The number words of one language.

    `starts` gives, for a first word, the phrases that begin with it, longest first. `group`: the sign that
    surely parts thousands ("" if none does); a space or an apostrophe does so everywhere. `teens_after`: what
    10 to 19 are added to, as in "soixante-dix". `joined_units`: what an "and" adds to tens, as in "vingt et
    un"; `joins_hundreds`: whether it also stands behind hundreds, as in "two hundred and five". `letters`:
    what a letter written onto digits makes of them. `compounds`: pieces of which one word can be made, longest
    first; `open_compounds`: what remains may be any word.
    """

    language: str
    starts: Mapping[str, tuple[Meaning, ...]]
    group: str
    teens_after: frozenset[int]
    joined_units: frozenset[int]
    joins_hundreds: bool
    letters: Mapping[str, int]
    compounds: tuple[str, ...]
    open_compounds: bool


def build(
    language: str,
    smalls: str,
    words: Iterable[tuple[Word, Any, str]],
    *,
    group: str = "",
    teens_after: Iterable[int] = (),
    joined_units: Iterable[int] = (),
    joins_hundreds: bool = False,
    letters: Mapping[str, int] | None = None,
    compounds: Iterable[str] = (),
    open_compounds: bool = False,
) -> NumberWords:
    """Build from the words for 0 and on, apart by spaces, and lines of (class, value, phrases apart by |)."""
    starts: dict[str, list[Meaning]] = {}
    counted = [(Word.SMALL, number, word) for number, word in enumerate(smalls.split())]
    for sign, value, phrases in (*counted, *words):
        for phrase in phrases.split("|"):
            key = tuple(words_of(phrase))
            starts.setdefault(key[0], []).append(Meaning(key, sign, value))
    for meanings in starts.values():
        meanings.sort(key=lambda meaning: -len(meaning.words))
    return NumberWords(
        language=language,
        starts={first: tuple(meanings) for first, meanings in starts.items()},
        group=group,
        teens_after=frozenset(teens_after),
        joined_units=frozenset(joined_units),
        joins_hundreds=joins_hundreds,
        letters=letters or {},
        compounds=tuple(sorted((folded(piece) for piece in compounds), key=len, reverse=True)),
        open_compounds=open_compounds,
    )


def knows_any(vocabulary: NumberWords, words: Collection[str]) -> bool:
    """Tell whether one of the words begins a phrase of this language, or could be made of its pieces."""
    if not vocabulary.starts.keys().isdisjoint(words):
        return True
    pieces = vocabulary.compounds
    return bool(pieces) and any(piece in word for word in words for piece in pieces)


@cache
def number_words(language: str) -> NumberWords:
    """Return the number words of one of LANGUAGES, read when they are first asked for."""
    found: NumberWords = importlib.import_module(f"viewer.domain.lexicon.{language}").NUMBERS
    return found
