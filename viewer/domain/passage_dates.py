"""The dates that a passage names: the longest runs of words that the one parser of dates reads."""

from __future__ import annotations

import re

from viewer.domain.dates import DateError, FuzzyDate, read_date
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
from viewer.frozen import dataclass

_GROUPED = re.compile(r"[0-9]{1,3}(?:[ \u00a0\u202f.,'’][0-9]{3})+")
_BETWEEN_WORDS = JOINING | frozenset(",.")
_LONE_NUMBER = re.compile(r"[0-9 \u00a0\u202f.,'’]+")
_PREPOSITIONS = "in of since early mid late by until from last this next"
_BEFORE_MONTH, _BEFORE_DAY = frozenset(_PREPOSITIONS.split()), frozenset(("on", "last", "next"))
# Words of the lexicons that mostly say something else, and what then has to stand before them (or a number).
_NEEDS_BEFORE = {
    "ete": frozenset(("l", "cet", "d", "mi", "en", "debut", "fin")),
    "may": _BEFORE_MONTH,
    "march": _BEFORE_MONTH,
    "second": frozenset(("the", "le", "du")),
    "seconde": frozenset(("la",)),
    "sat": _BEFORE_DAY,
    "sun": _BEFORE_DAY,
    "mon": _BEFORE_DAY,
    "mer": frozenset(("le",)),
    "mar": frozenset(("le",)),
    "jour": frozenset(("le",)),
}
# Behind a date they belong to the number that follows.
_ABOUT = frozenset(("about", "around", "some", "circa", "environ", "vers", "rund", "etwa", "unos", "quelque"))
_NEVER_LAST = _BETWEEN_WORDS | NOTHING_OF_ITS_OWN | _ABOUT


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a passage; `span` counts characters of the passage."""

    span: tuple[int, int]
    date: FuzzyDate


def dates_in(passage: str, *, reference: FuzzyDate | None, language: str | None) -> tuple[FoundDate, ...]:
    """Return the dates of a passage in its order, read from the source's date and in its language."""
    return tuple(_Search(passage, reference, language).found())


class _Search:
    """One passage being looked through; counts its tries."""

    def __init__(self, passage: str, reference: FuzzyDate | None, language: str | None) -> None:
        self._passage, self._reference, self._language = passage, reference, language
        self._tokens = tokens_of(passage)
        self._known, self._dating = date_words(lexicon_language(language))
        self._tries = MOST_TRIES

    def found(self) -> list[FoundDate]:
        """Return the dates, the longest from each place on."""
        found: list[FoundDate] = []
        for first, last in runs(self._tokens, self._belongs):
            place = first
            while place < last and len(found) < MOST_FOUND:
                window = self._longest(place, min(last, place + MOST_WORDS))
                date = self._read(window, counts=False) if window else None
                if date is not None:
                    found.append(self._tight(window, date))
                place += len(window) or 1
        return found

    def _longest(self, start: int, last: int) -> list[Token]:
        """Return the longest run of words from a place on that is a date; none where none is."""
        if self._tokens[start].word in _BETWEEN_WORDS:
            return []
        for end in range(last, start, -1):
            window = self._tokens[start:end]
            if window[-1].word in _NEVER_LAST or not any(map(self._is_dating, window)):
                continue
            if self._tries > 0 and self._read(window) is not None:
                return window
        return []

    def _tight(self, window: list[Token], date: FuzzyDate) -> FoundDate:
        """Leave off the words at the ends of a date that change nothing."""
        for end in (0, -1):
            while len(window) > 1 and window[end].word in NOTHING_OF_ITS_OWN:
                shorter = window[1:] if end == 0 else window[:-1]
                shorter = shorter[1:] if shorter[0].word in JOINING else shorter
                less = self._read(shorter, counts=False)
                if less is None or less.edtf != date.edtf:
                    break
                window, date = shorter, less
        return FoundDate((window[0].start, window[-1].end), date)

    def _read(self, window: list[Token], *, counts: bool = True) -> FuzzyDate | None:
        words = self._passage[window[0].start : window[-1].end]
        self._tries -= counts
        if _LONE_NUMBER.fullmatch(words):
            return None
        try:
            date = read_date(words, reference=self._reference, language=self._language)
        except DateError:
            return None
        return date if date.edtf else None

    def _belongs(self, place: int) -> bool:
        """Whether a word can be part of a date where it stands."""
        token = self._tokens[place]
        if token.is_number:
            return _GROUPED.fullmatch(self._passage[token.start : token.end]) is None
        if token.word in JOINING:
            return True
        before = self._tokens[place - 1] if place else None
        following = self._tokens[place + 1] if place + 1 < len(self._tokens) else None
        if token.word in ",.":  # "19 February, 2025", "3. Februar", "Feb. 19"
            if before is None or following is None:
                return False
            return following.is_number or (
                token.word == "." and before.is_day and following.word in self._known
            )
        if token.word in _NEEDS_BEFORE:
            numbered = any(near is not None and near.is_number for near in (before, following))
            return numbered or self._word_before(place) in _NEEDS_BEFORE[token.word]
        return token.word in self._known

    def _word_before(self, place: int) -> str:
        """Return the word before a place, beyond an apostrophe or hyphen."""
        while place and self._tokens[place - 1].word in JOINING:
            place -= 1
        return self._tokens[place - 1].word if place else ""

    def _is_dating(self, token: Token) -> bool:
        """Whether a word can make a date, rather than only be part of one."""
        return (token.is_number and not token.is_day) or token.word in self._dating
