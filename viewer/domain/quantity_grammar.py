"""The grammar of a quantity in one language: qualifiers, one number or two, and what they count."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from viewer.domain.amounts import LIMIT, Amount, AmountReader
from viewer.domain.lexicon.numbers import Word
from viewer.domain.quantities import Quantity, is_elliptic
from viewer.domain.wording import WordingError
from viewer.frozen import dataclass

if TYPE_CHECKING:
    from decimal import Decimal

    from viewer.domain.lexicon.numbers import NumberWords
    from viewer.domain.number_tokens import Token

_EXPECTED = "Write it like 3000, up to 3,000 soldiers, or between 10,000 and 12,000."
_LONGEST_SHOWN = 30
_SIGNS = {
    "~": "approximate",
    "≈": "approximate",
    "≃": "approximate",
    "≅": "approximate",
    "∼": "approximate",
    ">": "more_than",
    "<": "less_than",
    "≥": "at_least",
    "≤": "at_most",
}
_OR_EQUAL = {"more_than": "at_least", "less_than": "at_most"}
_STRENGTH = ("exact", "approximate", "order", "nearly", "at_least", "at_most", "more_than", "less_than")
_LOWER = ("at_least", "more_than")
_UPPER = ("at_most", "less_than")
_CURRENCY = re.compile(r"(?:(?:US|CA|AU|A|C|HK)?[$€£¥₽₴₩]|(?:USD|EUR|GBP|RUB|UAH|KRW|JPY|CNY)\b)")
_MONEY = "$€£¥₽₴₩"
_LONE_NUMBER = re.compile(r"(?<!\w)(?<!\w-)(?<![0-9][.,])[0-9]++(?:[.,][0-9]+)*+(?![ -]?mm\b|-?[^\W\d_])")
"""A number in a unit that is no part of a name or a calibre: not "T-72", "F16", "155 mm"."""
_ENDS = " \t.,;:!?…"
_OF_TWO = ("range", "orders")
_KINDS = {"number": "exact", "collective": "approximate", "order": "order"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What one language makes of a wording: quantities, or an error.

    `understood`: how many of its tokens; `rest`: the words that were not, or not yet.
    """

    understood: int
    rest: frozenset[str]
    found: tuple[Quantity, ...] = ()
    error: WordingError | None = None


class QuantityPhrase:
    """One reading of a wording in one language."""

    def __init__(
        self, words: str, tokens: tuple[Token, ...], vocabulary: NumberWords, choices: frozenset[str]
    ) -> None:
        self._words, self._tokens, self._choices = words, tokens, choices
        self._reader = AmountReader(words, tokens, vocabulary, choices)
        self._match = self._reader.match
        self._place = 0
        self._qualifiers: list[str] = []
        self._currency = ""
        self._unit = ""

    @property
    def doubts(self) -> set[str]:
        """What two conventions would read differently, as far as it has come up."""
        return self._reader.doubts

    def attempt(self, text: str) -> Attempt:
        """Read it, and count the tokens that were understood."""
        try:
            expected = self._lead()
            amount = self._amount(expected)
            rest = self._read_unit()
            quantity = self._settled(text, amount)
        except WordingError as error:
            unread = frozenset(token.word for token in self._tokens[self._place :])
            return Attempt(self._place, unread, error=error)
        return Attempt(len(self._tokens) - len(rest), frozenset(token.word for token in rest), (quantity,))

    def _lead(self) -> Word | None:
        """Take all that stands before the number; return BETWEEN or FROM where two numbers must follow."""
        expected: Word | None = None
        while True:
            if self._place >= len(self._tokens):
                raise self._error(f"There is no number. {_EXPECTED}", None)
            if self._take_sign() or self._take_currency():
                continue
            if self._match(self._place, Word.SEVERAL) and self._reader.amount(self._place):
                return expected
            meaning = self._match(self._place, Word.BEFORE, Word.BETWEEN, Word.FROM, Word.FILLER)
            if meaning is None or (meaning.sign is Word.FILLER and self._reader.amount(self._place)):
                return expected
            if meaning.sign is Word.BEFORE:
                self._qualifiers.append(meaning.value)
            elif meaning.sign is not Word.FILLER:
                expected = meaning.sign
            self._place += len(meaning.words)

    def _take_sign(self) -> bool:
        qualifier = _SIGNS.get(self._tokens[self._place].word)
        if qualifier is None:
            return False
        self._place += 1
        if self._place < len(self._tokens) and self._tokens[self._place].word == "=":
            qualifier = _OR_EQUAL.get(qualifier, qualifier)
            self._place += 1
        self._qualifiers.append(qualifier)
        return True

    def _take_currency(self) -> bool:
        start, end = self._currency_at(self._place)
        if start == end:
            return False
        self._currency = self._words[self._tokens[start].start : self._tokens[end - 1].end]
        self._place = end
        return True

    def _currency_at(self, place: int) -> tuple[int, int]:
        """Return the tokens of a currency that begins here, an empty range if there is none."""
        tokens = self._tokens
        if place >= len(tokens) or tokens[place].is_digits:
            return place, place
        match = _CURRENCY.match(self._words, tokens[place].start)
        end = place
        while match is not None and end < len(tokens) and tokens[end].start < match.end():
            end += 1
        return place, end

    def _amount(self, expected: Word | None) -> Amount:
        """Read the number or the two numbers."""
        if expected is Word.BETWEEN:
            closed = self._range(joins=False, is_between=True)
            if closed is not None and closed.nature in _OF_TWO and closed.low <= closed.high:
                self._place = closed.end
                return closed
        found = self._range(joins=True, is_between=expected is Word.BETWEEN)
        if found is None:
            raise self._not_understood()
        start, self._place = self._place, found.end
        if expected is not None and found.nature not in _OF_TWO:
            raise self._error("Two numbers are expected here: between 10,000 and 12,000.", start)
        if found.low > found.high:
            raise self._error("The first number is greater than the second.", start, found.end)
        if found.high >= LIMIT:
            raise self._error("The number is too great: 18 digits are read.", start, found.end)
        return found

    def _range(self, *, joins: bool, is_between: bool) -> Amount | None:
        first = self._reader.amount(self._place, joins=joins)
        if first is None:
            return None
        second_at = self._second_at(first.end, is_between)
        if second_at is None:
            return first
        place, is_far = second_at
        second = self._reader.amount(place)
        if second is None:
            return first
        low = first.low if is_far else self._completed(first, second)
        nature = "orders" if "order" in (first.nature, second.nature) else "range"
        return Amount(low, second.high, second.end, nature)

    def _second_at(self, place: int, is_between: bool) -> tuple[int, bool] | None:
        """Return where the second number must begin, and whether it is joined by "up to"; None if none can."""
        tokens = self._tokens
        if place >= len(tokens):
            return None
        if tokens[place - 1].joined == "-" and self._reader.amount(place) is not None:
            return place, False
        _, place = self._percent_or_currency(place)
        if place < len(tokens) and tokens[place].word == ",":
            place += 1
        if place >= len(tokens):
            return None
        is_far = False
        if tokens[place].word == "-" or (
            tokens[place].word == "~" and self._reader.vocabulary.open_compounds
        ):
            place += 1
        else:
            wanted = (Word.TO, Word.FAR_TO, Word.OR, *((Word.AND,) if is_between else ()))
            meaning = self._match(place, *wanted)
            if meaning is None:
                return None
            is_far = meaning.sign is Word.FAR_TO
            place += len(meaning.words)
        return self._currency_at(place)[1], is_far

    def _percent_or_currency(self, place: int) -> tuple[int, int]:
        if place < len(self._tokens) and self._tokens[place].word == "%":
            return place, place + 1
        return self._currency_at(place)

    def _completed(self, first: Amount, second: Amount) -> Decimal | int:
        """Return the first of two numbers as meant: in "10 to 12 thousand" it is 10,000."""
        if not first.is_short or first.low <= 0 or second.nature == "order":
            return first.low
        if not second.is_digits:
            factors = [1]
            for factor in reversed(second.factors):
                factors.append(factors[-1] * factor)
            fitting = (factor for factor in reversed(factors) if first.low * factor < second.high)
            return first.low * next(fitting, 1)
        factor = is_elliptic(first.low, second.high)
        if not factor:
            return first.low
        if not second.is_grouped or second.high > 10 * first.low * factor:
            self.doubts.add("literal")
            if "literal" in self._choices:
                return first.low
        return first.low * factor

    def _read_unit(self) -> tuple[Token, ...]:
        """Take all behind the number: qualifiers out of it, the rest as the unit. Return its tokens."""
        start, end = self._place, len(self._tokens)
        while end > start and self._tokens[end - 1].word in ".,;:!?…":
            end -= 1
        start = self._take_behind(start, end)
        for last in range(start + 1, end):
            meaning = self._match(last, Word.LAST, Word.AFTER)
            if meaning is not None and last + len(meaning.words) == end:
                self._qualifiers.append(meaning.value)
                end = last
                break
        cut = next((place for place in range(start + 1, end) if self._match(place, Word.AFTER)), None)
        parts = [(start, end)]
        if cut is not None:
            meaning = self._match(cut, Word.AFTER)
            if meaning is not None:
                self._qualifiers.append(meaning.value)
                parts = [(start, cut), (cut + len(meaning.words), end)]
        parts[0] = (self._without_of(*parts[0]), parts[0][1])
        self._check_unit(parts[0][0], end)
        shown = [self._slice(first, last) for first, last in parts if first < last]
        self._unit = " ".join(filter(None, (self._currency, *shown)))
        return tuple(token for first, last in parts for token in self._tokens[first:last])

    def _take_behind(self, place: int, end: int) -> int:
        """Take qualifiers right behind the number: "300+", "300 or more", "300-odd"."""
        while place < end:
            if self._tokens[place].word == "+":
                self._qualifiers.append("at_least")
                place += 1
                continue
            after = place + 1 if self._tokens[place].word in ("-", ",") else place
            meaning = self._match(after, Word.LAST, Word.AFTER)
            if meaning is None:
                break
            self._qualifiers.append(meaning.value)
            place = after + len(meaning.words)
        return place

    def _without_of(self, start: int, end: int) -> int:
        """Leave out what ties the number to its unit: "of the", "d'", also after a comma."""
        if start < end and self._tokens[start].word == "," and self._match(start + 1, Word.OF):
            start += 1
        of = self._match(start, Word.OF)
        if of is None or start + len(of.words) > end:
            return start
        start += len(of.words)
        article = self._match(start, Word.ARTICLE)
        return start + len(article.words) if article and start + len(article.words) < end else start

    def _check_unit(self, start: int, end: int) -> None:
        if start >= end:
            return
        token = self._tokens[start]
        shown = self._shown(token)
        other = _LONE_NUMBER.search(self._words, token.start, self._tokens[end - 1].end)
        if other is not None:
            at = (other.start(), other.end())
            raise WordingError("There is a second number. Write one of them only.", at)
        before = self._tokens[start - 1]
        if token.is_digits and not before.is_digits and before.joined != "-":  # "six 155 mm howitzers"
            return
        if self._reader.amount(start) is not None:
            raise self._error("There is a second number. Write one of them only.", start)
        is_sign = not (shown[0].isalpha() or shown[0] in f'%‰°«“"{_MONEY}')
        if is_sign or self._match(start, Word.TO, Word.FAR_TO, Word.OR, Word.AND) is not None:
            self._place = (
                start + 1
            )  # as a word of this language it is understood: another one makes a unit of it
            raise self._error(f"“{shown}” behind the number is not understood. {_EXPECTED}", start)

    def _slice(self, start: int, end: int) -> str:
        return self._words[self._tokens[start].start : self._tokens[end - 1].end].rstrip(_ENDS)

    def _settled(self, text: str, amount: Amount) -> Quantity:
        """Let the qualifiers say which of the bounds are stated."""
        qualifier = self._qualifier(amount)
        low = None if qualifier in _UPPER else _stored(amount.low)
        high = None if qualifier in _LOWER else _stored(amount.high)
        return Quantity(text=text, low=low, high=high, qualifier=qualifier, unit=self._unit or None)

    def _qualifier(self, amount: Amount) -> str:
        named = set(self._qualifiers)
        if named & set(_LOWER) and named & set(_UPPER):
            raise self._error("It says at least and at most of one number.", None)
        strongest = max(named, key=_STRENGTH.index) if named else "exact"
        if amount.nature in ("order", "orders"):
            if strongest not in ("at_least", "at_most"):
                if strongest in ("exact", "approximate", "order") and "exact" not in named:
                    return "order"
                raise self._error("An order of magnitude has no exact bound. Write the number.", None)
            return strongest
        if amount.nature == "range" and strongest == "exact":
            return "between"
        return _KINDS[amount.nature] if strongest == "exact" and "exact" not in named else strongest

    def _shown(self, token: Token) -> str:
        word = self._words[token.start : token.end]
        return word if len(word) <= _LONGEST_SHOWN else f"{word[: _LONGEST_SHOWN - 1]}…"

    def _not_understood(self) -> WordingError:
        article = self._match(self._place, Word.ARTICLE)
        place = self._place + (len(article.words) if article else 0)
        if place >= len(self._tokens) or self._tokens[place].is_digits:
            place = self._place
        token = self._tokens[place]
        shown = self._shown(token)
        return self._error(f"“{shown}” is not understood before a number. {_EXPECTED}", place)

    def _error(self, message: str, place: int | None, end: int | None = None) -> WordingError:
        if place is None or place >= len(self._tokens):
            return WordingError(message)
        last = self._tokens[(end or place + 1) - 1]
        return WordingError(message, (self._tokens[place].start, last.end))


def _stored(number: Decimal | int) -> float:
    """Return whole numbers as integers, so that none is rounded."""
    return int(number) if number == int(number) else float(number)
