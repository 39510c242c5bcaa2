"""One number as it is written in one language: in digits, in words, or as an order of magnitude.

Numbers are counted exactly: whole ones stay integers, decimals are multiplied as decimals.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from viewer.domain.lexicon.numbers import Word
from viewer.domain.wording import MAX_DIGITS, WordingError
from viewer.frozen import dataclass

if TYPE_CHECKING:
    from viewer.domain.lexicon.numbers import Meaning, NumberWords
    from viewer.domain.number_tokens import Token

_GROUPED = re.compile(r"([1-9][0-9]{0,2})([., '])([0-9]{3}(?:\2[0-9]{3})*)(?:([.,])([0-9]+))?")
_DECIMAL = re.compile(r"([0-9]+)[.,]([0-9]+)")
_CALIBRE = re.compile(r"[ -]?mm\b")
_MULTIPLIERS = (Word.HUNDRED, Word.SCALE, Word.COLLECTIVE, Word.PLURAL)
_COUNTED = (Word.HUNDRED, Word.SCALE, Word.COLLECTIVE, Word.HALF)
LIMIT = 10**MAX_DIGITS


@dataclass(frozen=True, slots=True)
class Amount:
    """One number, or the two bounds of an order of magnitude.

    `end`: the token after it. `nature`: "number", "collective" or "order". `factors`: what its words multiply
    by, first to last, when they say nothing else ("six cent mille": 100, 1000). `is_short`: digits or words
    that a later word can still multiply ("10 to 12 thousand").
    """

    low: Decimal | int
    high: Decimal | int
    end: int
    nature: str = "number"
    factors: tuple[int, ...] = ()
    is_short: bool = False
    is_digits: bool = False
    is_grouped: bool = False


class AmountReader:
    """Reads numbers from tokens. What two conventions read differently is noted in `doubts`.

    `choices` answers doubts: "decimal" takes 1.500 for one and a half, "literal" takes 5 to 12,000 as it stands.
    """

    def __init__(
        self, words: str, tokens: tuple[Token, ...], vocabulary: NumberWords, choices: frozenset[str]
    ) -> None:
        self.words, self.tokens, self.vocabulary, self.choices = words, tokens, vocabulary, choices
        self.doubts: set[str] = set()

    def match(self, place: int, *wanted: Word) -> Meaning | None:
        """Return the longest phrase of the wanted classes that begins with this token."""
        tokens = self.tokens
        if place >= len(tokens):
            return None
        for meaning in self.vocabulary.starts.get(tokens[place].word, ()):
            if meaning.sign not in wanted:
                continue
            words = meaning.words
            if len(words) == 1:
                return meaning
            there = tokens[place : place + len(words)]
            if len(there) == len(words) and all(
                token.word == word for token, word in zip(there, words, strict=True)
            ):
                return meaning
        return None

    def amount(self, place: int, *, joins: bool = True) -> Amount | None:
        """Return the number that begins with this token. Without `joins`, an "and" ends it."""
        if place < len(self.tokens) and self.tokens[place].is_digits:
            return _Sum(self, place, joins).read()
        return self._order(place) or self._in_words(place, joins)

    def _order(self, place: int) -> Amount | None:
        start = place
        several = self.match(place, Word.SEVERAL)
        if several is None:
            article = self.match(place, Word.ARTICLE)
            start += len(article.words) if article else 0
            several = self.match(start, Word.SEVERAL)
        start += len(several.words) if several else 0
        plural = self.match(start, *(_MULTIPLIERS if several else (Word.PLURAL,)))
        if plural is None:
            return None
        end = start + len(plural.words)
        factor, end = self.multiplied(end)
        low = 24 if plural.value == 12 else 2 * plural.value
        high = 99 if plural.value == 12 else 10 * plural.value - 1
        return Amount(low * factor, (high + 1) * factor - 1, end, "order")

    def multiplied(self, place: int) -> tuple[int, int]:
        """Return what the words from here multiply by ("of thousands", "hundred thousand"), and their end."""
        of = self.match(place, Word.OF)
        start = place + (len(of.words) if of else 0)
        scale = self.match(start, Word.SCALE, Word.PLURAL, Word.COLLECTIVE)
        if scale is None or scale.value < 1000:
            return 1, place
        return scale.value, start + len(scale.words)

    def _in_words(self, place: int, joins: bool) -> Amount | None:
        start = place
        article = self.match(place, Word.ARTICLE)
        if article is not None and self.match(place, Word.HALF) is None:
            start += len(article.words)
            if self.match(start, *_COUNTED) is None:
                return None
        return _Sum(self, start, joins).read()

    def digits(self, place: int) -> tuple[Decimal | int, bool]:
        """Return a number in digits, and whether its thousands stand apart."""
        token = self.tokens[place]
        text = token.word
        if text.isdigit():
            return int(text), False
        at = (token.start, token.end)
        match = _GROUPED.fullmatch(text)
        if match is not None and match[4] != match[2]:
            head, sign, groups, _, decimals = match.groups()
            is_single = len(groups) == 3 and decimals is None
            if sign in " '" or not is_single or sign == self.vocabulary.group:
                if sign == " " and _CALIBRE.match(self.words, token.end):
                    raise WordingError(f"“{text} mm” may be one number or two. Write {head}{groups}.", at)
                whole = int(head + re.sub(r"\D", "", groups))
                return (whole if decimals is None else Decimal(f"{whole}.{decimals}")), True
            if self._scale_follows(place + 1) or self._is_decimal():
                return Decimal(f"{head}.{groups}"), False
            return int(head + groups), True
        match = _DECIMAL.fullmatch(text)
        if match is None or (self.vocabulary.group and self.vocabulary.group in text and len(match[2]) > 2):
            raise WordingError(f"“{text}” is not written as one number. Write it like 12500 or 12,500.", at)
        return Decimal(f"{match[1]}.{match[2]}"), False

    def _is_decimal(self) -> bool:
        self.doubts.add("decimal")
        return "decimal" in self.choices

    def _scale_follows(self, place: int) -> bool:
        return self.letter(place) is not None or self.match(place, Word.SCALE, Word.COLLECTIVE) is not None

    def letter(self, place: int) -> int | None:
        """Return what a letter that is written onto digits, or before a currency, multiplies by."""
        if not 0 < place < len(self.tokens):
            return None
        token, before = self.tokens[place], self.tokens[place - 1]
        behind = self.words[token.end : token.end + 1]
        if not before.is_digits or (before.end != token.start and behind not in tuple("$€£¥₽₴₩")):
            return None
        return self.vocabulary.letters.get(self.words[token.start : token.end])


class _Sum:
    """The sum that a written number is: terms that get smaller, each with the scale it was multiplied by."""

    def __init__(self, reader: AmountReader, place: int, joins: bool) -> None:
        self.reader, self.place, self.joins = reader, place, joins
        self.terms: list[tuple[Any, int]] = []
        self.current: Any = None
        self.is_digits = self.is_grouped = self.is_half = False
        self.nature = "number"
        self.factors: list[int] | None = []

    def read(self) -> Amount | None:
        """Take as many words as belong to the number."""
        start = self.place
        while self.nature == "number" and self._step():
            pass
        if self.place == start or self.is_half:
            return None
        total = sum(value for value, _ in self.terms) + (self.current or 0)
        if total >= LIMIT:
            tokens = self.reader.tokens
            raise WordingError(
                f"A number has at most {MAX_DIGITS} digits.",
                (tokens[start].start, tokens[self.place - 1].end),
            )
        return Amount(
            total,
            total,
            self.place,
            self.nature,
            factors=tuple(self.factors or ()),
            is_short=not self.terms and not self.is_grouped and total < 1000,
            is_digits=self.is_digits,
            is_grouped=self.is_grouped,
        )

    def _step(self) -> bool:
        tokens = self.reader.tokens
        if self.place >= len(tokens):
            return False
        if tokens[self.place].is_digits:
            return self._take_digits()
        letter = self.reader.letter(self.place)
        if letter is not None and self.is_digits:
            return self._multiply(letter, 1)
        meaning = self.reader.match(
            self.place, Word.SMALL, Word.HUNDRED, Word.SCALE, Word.COLLECTIVE, Word.HALF, Word.AND_HALF
        )
        if meaning is None:
            return self._take_joined()
        length = len(meaning.words)
        if meaning.sign is Word.SMALL:
            return self._add(meaning.value, length)
        if meaning.sign is Word.HALF:
            return self._start_half(meaning.value, length)
        if meaning.sign is Word.AND_HALF:
            return self._add_half(length)
        if meaning.sign is Word.HUNDRED:
            return self._take_hundred(length)
        if not self._multiply(meaning.value, length):
            return False
        if meaning.sign is Word.COLLECTIVE:
            self._end_collective()
        return True

    def _take_digits(self) -> bool:
        if self.current is not None:
            return False
        value, is_grouped = self.reader.digits(self.place)
        if self.terms:
            glued = self.reader.vocabulary.open_compounds
            scale = self.reader.match(self.place + 1, Word.SCALE, Word.HUNDRED)
            scaled = scale is not None and scale.value < self.terms[-1][1]
            if value >= self.terms[-1][1] or not (glued or scaled or value >= 1000):
                return False
            self.factors = None
        self.current, self.is_digits, self.is_grouped = value, True, is_grouped
        self.place += 1
        return True

    def _take_joined(self) -> bool:
        """Take an "and" that belongs to the number: "two hundred and fifty", "vingt et un"."""
        joint = self.reader.match(self.place, Word.AND) if self.joins else None
        if joint is None or self.is_digits or (self.current is None and not self.terms):
            return False
        after = self.reader.match(self.place + len(joint.words), Word.SMALL)
        if after is None or not self._fits(after.value):
            return False
        vocabulary = self.reader.vocabulary
        joins_all = vocabulary.joins_hundreds and not (self.current and self.current % 100)
        if not joins_all and after.value not in vocabulary.joined_units:
            return False
        return self._add(after.value, len(joint.words) + len(after.words))

    def _fits(self, value: int) -> bool:
        if self.current is None:
            return not self.terms or value < self.terms[-1][1]
        if self.is_digits or self.is_half or not 0 < value < 100 or isinstance(self.current, Decimal):
            return False
        tens = self.current % 100
        if tens == 0:
            return bool(self.current >= 100)
        below = 20 if tens in self.reader.vocabulary.teens_after else 10
        return bool(tens >= 20 and tens % 10 == 0 and value < below)

    def _add(self, value: int, length: int) -> bool:
        if not self._fits(value):
            return False
        if self.factors:
            self.factors = None
        self.current = value if self.current is None else self.current + value
        self.place += length
        return True

    def _start_half(self, value: Decimal, length: int) -> bool:
        if self.current is not None or self.terms:
            return False
        self.current, self.is_half = value, True
        self.place += length
        return True

    def _add_half(self, length: int) -> bool:
        """Add the half of "one and a half million" or of "un million et demi"."""
        if self.current is not None and self.reader.match(self.place + length, Word.SCALE, Word.COLLECTIVE):
            self.current += Decimal("0.5")
        elif self.current is None and self.terms:
            value, scale = self.terms[-1]
            self.terms[-1] = (value + scale // 2, scale)
            self.factors = None
        else:
            return False
        self.place += length
        return True

    def _take_hundred(self, length: int) -> bool:
        if self.current is not None and self.current >= 100:
            return False
        self.current = 100 if self.current is None else self.current * 100
        self.is_half = False
        self._note_factor(100)
        self.place += length
        return True

    def _multiply(self, scale: int, length: int) -> bool:
        smaller = [value for value, of in self.terms if value < scale and of < scale]
        if any(1000 < of < scale for _, of in self.terms):  # "mille milliards", but no "million milliards"
            return False
        kept = self.terms[: len(self.terms) - len(smaller)]
        coefficient = sum(smaller) + (self.current or 0) if smaller or self.current is not None else 1
        value = coefficient * scale
        if kept and value >= kept[-1][1]:
            return False
        self.terms = [*kept, (value, scale)]
        self._note_factor(scale)
        if kept:
            self.factors = None
        self.current, self.is_digits, self.is_half = None, False, False
        self.place += length
        return True

    def _note_factor(self, factor: int) -> None:
        if self.factors is not None:
            self.factors.append(factor)

    def _end_collective(self) -> None:
        self.nature = "collective"
        factor, self.place = self.reader.multiplied(self.place)
        self.terms = [(value * factor, scale) for value, scale in self.terms]
