"""The form of a wording: its words, with its numbers left open.

Texts repeat few forms with ever other numbers. What the words of a form can mean, and how its dates can stand to
each other, does not depend on the numbers: it is worked out once and remembered. The numbers are put in each time,
and only then is anything decided, so that a form says the same of them whether it was met before or not.
"""

from __future__ import annotations

import re
from functools import lru_cache
from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

from viewer.domain.lexicon import LEADING, OF_DATES, Meaning, Sign, lexicon
from viewer.domain.phrases.plain import PlainDate, plain_date
from viewer.domain.phrases.productions import production
from viewer.domain.phrases.relations import Way, ways
from viewer.domain.phrases.tokens import Numeral, Token, UnknownWordError, tokenize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_REMEMBERED = 4096
"""Forms of all languages; a year of a newspaper has some hundreds."""
_MOST_TAKINGS = 128
"""Ways to take the words of a form; more are not tried."""
_KEPT_TAKINGS = 8
"""How many of them are remembered; the others are seldom reached."""

_NUMBER = re.compile(r"([0-9]+)")
_DROPPED = (Sign.FILLER, Sign.ABOUT, Sign.MAYBE)


class Taking(NamedTuple):
    """One way to take the words of a form: a class and a value for each that says something.

    `plain`: what it is if it is a plain date. `numerals`: the places of the values that wait for their numbers,
    with what makes them. `ways`: how the dates in it can be related, the likeliest first. `is_about_date`: it is
    only about then, unless it gives a time of day.
    """

    letters: str
    plain: PlainDate | None
    values: tuple[Any, ...]
    numerals: tuple[tuple[int, Numeral], ...]
    ways: tuple[Way, ...]
    is_about: bool
    is_about_date: bool
    is_uncertain: bool

    def filled(self, numbers: Sequence[int]) -> list[Any]:
        """Return what the tokens carry where these are the numbers of the wording."""
        values = list(self.values)
        for place, (_, first, last, read) in self.numerals:
            values[place] = numbers[first] if read is None else read(numbers[first:last])
        return values


class Form:
    """The tokens of a wording in one language, its numbers left open."""

    __slots__ = ("_is_glued", "_met", "_tokens", "takings")

    def __init__(self, tokens: Sequence[Token], *, is_glued: bool) -> None:
        self._tokens, self._is_glued = tokens, is_glued
        self._met: dict[int, Taking] = {}
        self.takings = range(min(prod(map(len, tokens)), _MOST_TAKINGS))

    def taking(self, number: int) -> Taking:
        """Return one of the ways to take the words, the likeliest being 0."""
        met = self._met.get(number)
        if met is not None:
            return met
        meanings: list[Meaning | Numeral] = []
        rest = number
        for token in reversed(self._tokens):
            rest, place = divmod(rest, len(token))
            meanings.append(token[place])
        taking = _taking(meanings[::-1], self._is_glued)
        if number < _KEPT_TAKINGS:
            self._met[number] = taking
        return taking


def form_and_numbers(phrase: str) -> tuple[str, list[int]]:
    """Cut a folded wording into its form and its numbers."""
    parts = _NUMBER.split(phrase)
    numbers = parts[1::2]
    parts[1::2] = map(_kind, numbers)
    return "".join(parts), list(map(int, numbers))


@lru_cache(maxsize=_REMEMBERED)
def form_in(form: str, language: str) -> Form | None:
    """Return what a form can mean in a language; None if that lacks one of its words."""
    words = lexicon(language)
    try:
        return Form(tokenize(form, words), is_glued=words.glued)
    except UnknownWordError:
        return None


def forget() -> None:
    """Forget all forms that were met."""
    for memory in (form_in, ways, production, _kind):
        memory.cache_clear()


@lru_cache(maxsize=_REMEMBERED)
def _kind(number: str) -> str:
    """Return the number that stands for all which are cut into the same tokens wherever they are met.

    Beside the digits it matters whether it can be a decade, a quarter, a year written behind a nought.
    """
    if len(number) == 1:
        return "1" if number in "1234" else "5"
    last = "10" if number[-1] == "0" != number[-2] else "11"
    if len(number) == 2:
        return last
    if len(number) == 3:
        return "011" if number[0] == "0" else "111"
    return ("00" if number.startswith("00") else "11") + last if len(number) == 4 else "1" * len(number)


def _taking(meanings: Sequence[Meaning | Numeral], is_glued: bool) -> Taking:
    about = [said.value for said in meanings if isinstance(said, Meaning) and said.sign is Sign.ABOUT]
    kept = [said for said in _with_days(meanings) if said.sign not in _DROPPED]
    letters = "".join(said.sign for said in kept)
    last = meanings[-1] if meanings else None
    is_unfinished = isinstance(last, Meaning) and last.value is LEADING
    return Taking(
        letters,
        None if is_unfinished else plain_date(letters),
        tuple(said.value if isinstance(said, Meaning) else None for said in kept),
        tuple((place, said) for place, said in enumerate(kept) if isinstance(said, Numeral)),
        () if is_unfinished else ways(letters, is_glued),
        is_about=any(value is not OF_DATES for value in about),
        is_about_date=OF_DATES in about,
        is_uncertain=any(said.sign is Sign.MAYBE for said in meanings),
    )


def _with_days(meanings: Sequence[Meaning | Numeral]) -> Iterator[Meaning | Numeral]:
    """Make the number behind an article a day ("le 19"), and drop the articles."""
    is_behind_article = False
    for meaning in meanings:
        if is_behind_article and meaning.sign is Sign.NUMBER:
            meaning = meaning._replace(sign=Sign.ORDINAL)
        is_behind_article = meaning.sign is Sign.ARTICLE
        if not is_behind_article:
            yield meaning
