"""A wording cut into tokens: each with the classes that it may have in a language, and what it carries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from viewer.domain.lexicon import Lexicon, Meaning, Sign

if TYPE_CHECKING:
    from collections.abc import Iterator

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


class UnknownWordError(ValueError):
    """A word that the language does not have; start and end say where."""

    def __init__(self, start: int, end: int) -> None:
        super().__init__(start, end)
        self.start, self.end = start, end


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the wording: its possible meanings, and the characters that it takes."""

    meanings: tuple[Meaning, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Raw:
    kind: str
    text: str
    start: int
    end: int


def tokenize(words: str, language: Lexicon) -> list[Token]:
    """Cut folded words into tokens, or raise UnknownWordError."""
    raws = list(_raws(words, language))
    tokens: list[Token] = []
    place = 0
    while place < len(raws):
        raw = raws[place]
        if raw.kind == "word":
            meanings, after = _word(raws, place, language)
        elif raw.kind == "number" and (sign := _number_sign(raws, place, language)):
            meanings, after = (Meaning(sign, int(raw.text)),), place + 2
        else:
            meanings, after = _literal(raw, words, language), place + 1
        end = raws[after - 1].end
        first = meanings[0]
        if first.sign is Sign.MODIFIER and isinstance(first.value, tuple):  # one word for "last year"
            step, unit = first.value
            tokens.append(Token((Meaning(Sign.MODIFIER, step),), raw.start, end))
            meanings = (Meaning(unit),)
        tokens.append(Token(meanings, raw.start, end))
        place = after
    return tokens


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


def _literal(raw: _Raw, words: str, language: Lexicon) -> tuple[Meaning, ...]:
    kind, text = raw.kind, raw.text
    if kind == "number":
        return _number(text, raw)
    if kind == "sign":
        return _sign(raw, words)
    numbers = [int(digits) for digits in _DIGITS.findall(text)]
    if kind == "ordinal":
        return (Meaning(Sign.ORDINAL, numbers[0]),)
    if kind == "iso":
        year = -numbers[0] if text.startswith("-") else numbers[0]
        return (Meaning(Sign.ISO_DATE, (year, numbers[1], numbers[2] if len(numbers) > 2 else None)),)
    if kind == "month_year":
        return (Meaning(Sign.ISO_DATE, (numbers[1], numbers[0], None)),)
    if kind in ("numeric", "short"):
        mark = next(character for character in text if not character.isdigit())
        if len(numbers) == 3 and numbers[0] > 99:
            return (Meaning(Sign.ISO_DATE, tuple(numbers)),)
        return (Meaning(Sign.NUMERIC, (*(*numbers, None)[:3], mark)),)
    if kind == "clock":
        return (Meaning(Sign.CLOCK, (*numbers, None, None)[:3]),)
    if kind == "decade":
        return (Meaning(Sign.DECADE, numbers[0]),)
    if kind == "iso_week":
        return (
            Meaning(Sign.WEEK_NAME, (numbers[0] if len(numbers) > 1 else numbers[0] // 100, numbers[-1])),
        )
    if kind == "zone":
        return (Meaning(Sign.ZONE, _zone(text, numbers)),)
    sign = language.letters.get(text[0])
    if kind == "two_digit_year" or sign is None:
        raise UnknownWordError(raw.start, raw.end)
    return (Meaning(sign, numbers[0]),)


def _number(text: str, raw: _Raw) -> tuple[Meaning, ...]:
    if len(text) <= 2:
        return (Meaning(Sign.NUMBER, int(text)),)
    if len(text) == 3 and text.startswith("0"):
        raise UnknownWordError(raw.start, raw.end)
    return (Meaning(Sign.YEAR, int(text)),)


def _sign(raw: _Raw, words: str) -> tuple[Meaning, ...]:
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


def _zone(text: str, numbers: list[int]) -> str:
    sign = "-" if "-" in text else "+"
    hours, minutes = (*numbers, 0)[:2]
    if len(numbers) == 1 and hours > 99:
        hours, minutes = divmod(hours, 100)
    return f"{sign}{hours:02d}:{minutes:02d}"
