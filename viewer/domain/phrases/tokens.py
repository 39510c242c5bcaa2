"""A wording cut into tokens: each with the classes that it may have in a language, and what it carries.

What its numbers are is left open: wordings that differ in them only are cut alike (see `forms`).
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from viewer.domain.lexicon import Lexicon, Meaning, Sign

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_RAW = re.compile(
    r"""
    [\s'"().«»“”„]*                      # what stands between words and says nothing
    (?:
      (?P<iso_week>[0-9]{4}-?w[0-9]{2}(?!\w))
    | (?P<iso>-?[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?(?![0-9]|-[0-9])|[0-9]{4}/[0-9]{2}(?![0-9/]))
    | (?P<month_year>[0-9]{1,2}[./][0-9]{4}(?![0-9./]))
    | (?P<numeric>[0-9]{1,2}(?P<mark>[./-])[0-9]{1,2}(?P=mark)[0-9]{4}(?![0-9])
                 |[0-9]{4}(?P<other>[./])\ ?[0-9]{1,2}(?P=other)\ ?[0-9]{1,2}(?![0-9]))
    | (?P<two_digit_year>[0-9]{1,2}(?P<third>[./-])[0-9]{1,2}(?P=third)[0-9]{2}(?![0-9]))
    | (?P<clock>t?[0-9]{1,2}(?::[0-9]{2}(?::[0-9]{2})?|\ ?h\ ?(?:[0-9]{2})?|\.[0-9]{2}(?=\ ?uhr))
                (?:(?=z(?!\w))|(?!\w)))
    | (?P<short>[0-9]{1,2}[./][0-9]{1,2}(?![0-9]|[./][0-9]|\ ?[^\W\d_]))
    | (?P<zone>(?:utc|gmt)\ ?[+-]\ ?[0-9]{1,2}(?::?[0-9]{2})?(?!\w)|[+-][0-9]{2}:[0-9]{2}(?![0-9]))
    | (?P<decade>(?:[0-9]{2})?[1-9]0(?:\ ?'?s|-?(?:er|ern|х|ті|ых|е|тих|их))(?!\w))
    | (?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th|d|ers?|e?re|eme|e|\.?[oa])(?!\w)
                 |[0-9]{1,2}-?(?:го|му|я|й|е|ий|ой|ого|ому|ша|а)(?!\w)
                 |[0-9]{1,2}\.(?=\s|-|$))
    | (?P<letter>[^\W\d_][1-4](?!\w))
    | (?P<number>[0-9]+)
    | (?P<word>[^\W\d_]+)
    | (?P<sign>[-~≈?,&/])
    )
    """,
    re.VERBOSE,
)
_REST = re.compile(r"[\s'\"().«»“”„]*")
_DIGITS = re.compile(r"[0-9]+")
_ROMAN = re.compile(r"(?=[ivxl])(x{0,3}|xl|l)(ix|iv|v?i{0,3})(?:e|eme|er)?")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_CYRILLIC_ROMAN = {ord("х"): "x", ord("і"): "i", ord("ї"): "i", ord("v"): "v"}
_SIGNS = {
    "~": Meaning(Sign.ABOUT),
    "≈": Meaning(Sign.ABOUT),
    "?": Meaning(Sign.MAYBE),
    ",": Meaning(Sign.COMMA),
    "&": Meaning(Sign.AND),
    "/": Meaning(Sign.OR),
    "-": Meaning(Sign.DASH),
}
_TILDE_BETWEEN = (Meaning(Sign.ABOUT), Meaning(Sign.DASH))
_JOINING_HYPHEN = (Meaning(Sign.DASH), Meaning(Sign.FILLER))
_NUMBERED = {"ordinal": Sign.ORDINAL, "decade": Sign.DECADE}


class UnknownWordError(ValueError):
    """A word that the language does not have; start and end say where."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(start, end)
        self.start, self.end = start, end


class Numeral(NamedTuple):
    """A token that is written in digits: its class, and what it makes of the numbers that stand in it.

    `first` and `last`: their places among the numbers of the wording. `read`: None for the number itself.
    """

    sign: Sign
    first: int
    last: int
    read: Callable[[Sequence[int]], Any] | None = None


Token = tuple[Meaning, ...] | tuple[Numeral]
"""What a piece of the wording can mean, in order of likelihood."""


class _Raw(NamedTuple):
    kind: str
    text: str
    start: int
    end: int


def tokenize(words: str, language: Lexicon) -> list[Token]:
    """Cut folded words into tokens, or raise UnknownWordError."""
    raws = list(_raws(words, language))
    tokens: list[Token] = []
    place = numbers = 0
    while place < len(raws):
        raw = raws[place]
        if raw.kind == "word":
            meanings, place = _word(raws, place, language)
            tokens.extend(_apart(meanings))
            continue
        sign = _number_sign(raws, place, language) if raw.kind == "number" else None
        if raw.kind == "sign":
            tokens.append(_sign(raw, words))
        elif sign is not None:
            tokens.append((Numeral(sign, numbers, numbers + 1),))
        else:
            tokens.append((_numeral(raw, numbers, language),))
        numbers += 0 if raw.kind == "sign" else len(_DIGITS.findall(raw.text))
        place += 1 if sign is None else 2
    return tokens


def _apart(meanings: tuple[Meaning, ...]) -> tuple[Token, ...]:
    """Return the tokens of a word: two where one word says "last year"."""
    sign, value = meanings[0]
    if sign is Sign.MODIFIER and isinstance(value, tuple):
        step, unit = value
        return (Meaning(Sign.MODIFIER, step),), (Meaning(unit),)
    return (meanings,)


def _raws(words: str, language: Lexicon) -> Iterator[_Raw]:
    place, end = 0, len(words)
    while place < end:
        match = _RAW.match(words, place)
        if match is None:
            rest = _REST.match(words, place)
            place = rest.end() if rest else place
            if place < end:
                raise UnknownWordError(place, place + 1)
            return
        kind = match.lastgroup or ""
        text, start, place = match[kind], match.start(kind), match.end()
        if kind == "word" and language.glued:
            yield from _segments(text, start, language)
        else:
            yield _Raw(kind, text, start, place)


def _segments(text: str, start: int, language: Lexicon) -> Iterator[_Raw]:
    """Cut words that are written onto each other, taking the longest known one each time."""
    place = 0
    while place < len(text):
        for end in range(len(text), place, -1):
            piece = text[place:end]
            if piece in language.starts or piece in language.number_signs:
                yield _Raw("word", piece, start + place, start + end)
                place = end
                break
        else:
            raise UnknownWordError(start + place, start + len(text))


def _number_sign(raws: list[_Raw], place: int, language: Lexicon) -> Sign | None:
    following = raws[place + 1] if place + 1 < len(raws) else None
    return language.number_signs.get(following.text) if following and following.kind == "word" else None


def _word(raws: list[_Raw], place: int, language: Lexicon) -> tuple[tuple[Meaning, ...], int]:
    """Return the meanings of the longest phrase that begins here, and the place behind it."""
    raw = raws[place]
    for phrase, meanings in language.starts.get(raw.text, ()):
        after = _end_of_phrase(raws, place, phrase)
        if after:
            return meanings, after
    roman = _roman(raw.text)
    if roman is not None:
        return (Meaning(Sign.ROMAN, roman),), place + 1
    raise UnknownWordError(raw.start, raw.end)


def _end_of_phrase(raws: list[_Raw], place: int, phrase: tuple[str, ...]) -> int:
    """Return the place behind a phrase that stands here, its words apart or joined by hyphens; else 0."""
    for number, word in enumerate(phrase):
        if number and place < len(raws) and raws[place].text == "-":
            place += 1
        if place >= len(raws) or raws[place].text != word:
            return 0
        place += 1
    return place


def _roman(text: str) -> int | None:
    match = _ROMAN.fullmatch(text.translate(_CYRILLIC_ROMAN))
    if match is None:
        return None
    values = [_ROMAN_VALUES[letter] for letter in match[1] + match[2]]
    following = [*values[1:], 0]
    return sum(-value if value < after else value for value, after in zip(values, following, strict=True))


def _numeral(raw: _Raw, first: int, language: Lexicon) -> Numeral:
    """Return what is written in digits; `first` is the place of its first number in the wording."""
    kind, text = raw.kind, raw.text
    numbers = [int(digits) for digits in _DIGITS.findall(text)]
    last = first + len(numbers)
    if kind == "number":
        return Numeral(_number_class(raw), first, last)
    if kind in _NUMBERED:
        return Numeral(_NUMBERED[kind], first, last)
    if kind == "iso":
        return Numeral(Sign.ISO_DATE, first, last, _before_christ if text.startswith("-") else _three)
    if kind == "month_year":
        return Numeral(Sign.ISO_DATE, first, last, _month_first)
    if kind in ("numeric", "short"):
        if len(numbers) == 3 and numbers[0] > 99:
            return Numeral(Sign.ISO_DATE, first, last, _three)
        return Numeral(Sign.NUMERIC, first, last, _BY_MARK[text.strip("0123456789 ")[0]])
    if kind == "clock":
        return Numeral(Sign.CLOCK, first, last, _three)
    if kind == "iso_week":
        return Numeral(Sign.WEEK_NAME, first, last, tuple)
    if kind == "zone":
        return Numeral(Sign.ZONE, first, last, _BY_SIGN["-" if "-" in text else "+"])
    sign = language.letters.get(text[0])
    if kind == "two_digit_year" or sign is None:
        raise UnknownWordError(raw.start, raw.end)
    return Numeral(sign, first, last)


def _number_class(raw: _Raw) -> Sign:
    if len(raw.text) <= 2:
        return Sign.NUMBER
    if len(raw.text) == 3 and raw.text.startswith("0"):
        raise UnknownWordError(raw.start, raw.end)
    return Sign.YEAR


def _three(numbers: Sequence[int]) -> tuple[int | None, ...]:
    return (*numbers, None, None)[:3]


def _before_christ(numbers: Sequence[int]) -> tuple[int | None, ...]:
    return _three((-numbers[0], *numbers[1:]))


def _month_first(numbers: Sequence[int]) -> tuple[int | None, ...]:
    month, year = numbers
    return year, month, None


def _numeric(mark: str, numbers: Sequence[int]) -> tuple[int | str | None, ...]:
    return (*_three(numbers), mark)


def _zone(sign: str, numbers: Sequence[int]) -> str:
    hours, minutes = (*numbers, 0)[:2]
    if len(numbers) == 1 and hours > 99:
        hours, minutes = divmod(hours, 100)
    return f"{sign}{hours:02d}:{minutes:02d}"


_BY_MARK = {mark: partial(_numeric, mark) for mark in "./-"}
_BY_SIGN = {sign: partial(_zone, sign) for sign in "+-"}


def _sign(raw: _Raw, words: str) -> Token:
    if raw.text == "~" and raw.start > 0 and raw.end < len(words):
        return _TILDE_BETWEEN
    if raw.text == "-" and _is_joining(words, raw):
        return _JOINING_HYPHEN
    meaning = _SIGNS.get(raw.text)
    # One stroke is an or, as in "June/July"; several are no date that we know.
    if meaning is None or (raw.text == "/" and words.count("/") > 1):
        raise UnknownWordError(raw.start, raw.end)
    return (meaning,)


def _is_joining(words: str, raw: _Raw) -> bool:
    """Whether a hyphen ties a word to its neighbour, as in mid-May or 19-Feb, so that it may say nothing."""
    before, after = words[raw.start - 1 : raw.start], words[raw.end : raw.end + 1]
    return before.isalnum() and after.isalnum() and not (before.isdigit() and after.isdigit())
