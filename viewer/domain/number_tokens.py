"""A wording of a quantity as tokens: numbers in digits, words and signs, each with its place in the wording."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from viewer.domain.lexicon.numbers import Word
from viewer.domain.wording import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from viewer.domain.lexicon.numbers import NumberWords

_TOKEN = re.compile(r"([0-9]+(?:[., '][0-9]+)*)|([^\W\d_]+)([-'.]?)|(\S)")


class Token(NamedTuple):
    """A number, a word or a sign, and where it stands. `joined`: the sign that ties it to the next word."""

    word: str
    start: int
    end: int
    joined: str
    is_digits: bool


def tokens_of(words: str) -> tuple[Token, ...]:
    """Split checked words into tokens; they know their places in the words, not in the folded ones."""
    comparable = folded(words)
    tokens = []
    for match in _TOKEN.finditer(comparable):
        word = match[1] or match[2] or match[4]
        start = match.start()
        tokens.append(Token(word, start, start + len(word), match[3] or "", match[1] is not None))
    if len(comparable) == len(words):
        return tuple(tokens)
    places = [place for place, character in enumerate(words) for _ in folded(character)]
    return tuple(token._replace(start=places[token.start], end=places[token.end - 1] + 1) for token in tokens)


def split_compounds(tokens: Iterable[Token], vocabulary: NumberWords) -> tuple[Token, ...]:
    """Split words that are written as one: "dreitausendfünfhundert", "3천명"."""
    split: list[Token] = []
    for token in tokens:
        known = token.is_digits or token.word in vocabulary.starts or not vocabulary.compounds
        is_behind = bool(split) and split[-1].is_digits and split[-1].end == token.start
        pieces = [] if known else _pieces(token.word, vocabulary, is_behind)
        place = token.start
        for position, piece in enumerate(pieces):
            last = position == len(pieces) - 1
            end = token.end if last else place + len(piece)
            split.append(Token(piece, place, end, token.joined if last else "", False))
            place = end
        if not pieces:
            split.append(token)
    return tuple(split)


def _pieces(word: str, vocabulary: NumberWords, is_behind_digits: bool) -> list[str]:
    pieces: list[str] = []
    rest, behind = word, ""
    while rest:
        piece = next((known for known in vocabulary.compounds if rest.startswith(known)), None)
        if piece is None:
            break
        pieces.append(piece)
        rest = rest[len(piece) :]
    if rest and not (vocabulary.open_compounds and (is_behind_digits or _is_order(pieces, vocabulary))):
        return []
    if rest:
        behind = next((known for known in vocabulary.compounds if rest.endswith(known)), "")
        pieces.append(rest[: len(rest) - len(behind)])
    return [*pieces, behind] if behind else pieces


def _is_order(pieces: list[str], vocabulary: NumberWords) -> bool:
    return bool(pieces) and vocabulary.starts[pieces[0]][0].sign is Word.PLURAL
