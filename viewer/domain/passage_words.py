"""The words of a passage as places to look for dates and numbers at."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from viewer.domain.lexicon import LANGUAGES, Sign, lexicon
from viewer.domain.wording import folded
from viewer.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_WORDS = 10
"""How many words a date or number has at most."""
MOST_TRIES = 300
"""How often something in a passage is tried to be read at most; a try takes up to 0.1 ms."""
MOST_FOUND = 8
"""How many dates or numbers of a passage are found at most."""

JOINING = frozenset("-–'’/~≈")
_WITHOUT_MEANING = "de d du des et ou puis la le les l the of and or a an on"
NOTHING_OF_ITS_OWN = frozenset(_WITHOUT_MEANING.split())
"""Words that a date or number can mostly do without at its ends."""

_TOKEN = re.compile(r"[0-9]+(?:[ \u00a0\u202f]?[.,:/'’-]?[0-9]+)*(?:[a-z]{1,3}\b)?|[^\W\d_]+|[^\w\s]")
_DATING = frozenset(
    (
        Sign.MONTH, Sign.WEEKDAY, Sign.SEASON, Sign.DECADE, Sign.QUARTER, Sign.QUARTER_NAME, Sign.HALF_NAME,
        Sign.WEEK_NAME, Sign.DEICTIC, Sign.WEEKEND, Sign.CENTURY, Sign.MODIFIER, Sign.EARLIER, Sign.AGO,
    )
)  # fmt: skip
_PREPOSITIONS = NOTHING_OF_ITS_OWN | frozenset(("in", "dans", "en"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign, folded, and where it stands in the passage."""

    word: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.word[0].isdecimal()

    @property
    def is_day(self) -> bool:
        """Whether it can be the day of a month."""
        return self.is_number and len(self.word) <= 2


def tokens_of(passage: str) -> list[Token]:
    """Cut a passage into its words, numbers and signs."""
    return [Token(folded(match[0]), *match.span()) for match in _TOKEN.finditer(passage)]


def lexicon_language(language: str | None) -> str:
    """Return the language whose words are looked for: the given one where it has a lexicon, else English."""
    name = (language or "").replace("_", "-").split("-")[0].lower()
    return name if name in LANGUAGES else "en"


def runs(tokens: list[Token], belongs: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Yield the places, first and behind last, of words side by side that all belong."""
    first: int | None = None
    for place in range(len(tokens) + 1):
        inside = place < len(tokens) and belongs(place)
        if inside and first is None:
            first = place
        elif not inside and first is not None:
            yield first, place
            first = None


@cache
def date_words(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return all words that dates of a language are written with, and those that can make one."""
    entries = [entry for listed in lexicon(language).starts.values() for entry in listed]
    known = frozenset(word for phrase, _ in entries for word in phrase)
    dating = frozenset(
        word
        for phrase, meanings in entries
        for word in phrase
        if any(meaning.sign in _DATING for meaning in meanings) and word not in _PREPOSITIONS
    )
    return known, dating
