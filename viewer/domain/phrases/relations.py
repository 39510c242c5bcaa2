"""How the dates of a wording can stand to each other, as far as the classes of its tokens tell.

Each token is one letter (see Sign), so that the relations are short patterns over letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from viewer.domain.lexicon import Sign
from viewer.domain.phrases.productions import Production, production

if TYPE_CHECKING:
    from collections.abc import Iterator

_REMEMBERED = 4096

_ONE = re.compile(
    r"b(?P<before>.+)|f(?P<after>.+)|x(?P<by>.+)|X(?P<not_before>.+)|S(?P<since>.+)|U(?P<until>.+)"
    r"|R(?P<throughout>.+)|N(?P<overnight>.+)|4(?P<night_to>.+)|[FS]?(?P<since_>.+)V|(?P<by_>.+)1|(?P<not_before_>.+)2"
)
"""Relations to one date."""

_ONE_GLUED = re.compile(
    r"(?P<before>.+)b|(?P<after>.+)f|x(?P<by>.+)U|(?P<by_>.+)x|(?P<until>.+)U|(?P<not_before>.+)X|(?P<since>.+)[SFO]"
)
"""The same where particles stand behind the date."""

_TWO = (
    ("between", re.compile(r"t(?P<rest>.+)"), "d-OS"),
    ("overnight", re.compile(r"NF?(?P<rest>.+)"), "-OUd"),
    ("between", re.compile(r"[kl]F?(?P<rest>.+)"), "O-d"),
    ("range", re.compile(r"[FS]?(?P<rest>.+)"), "OU-"),
)
_TWO_GLUED = (
    ("between", re.compile(r"(?P<rest>.+)t"), "d-OSF"),
    ("range", re.compile(r"(?P<rest>.+)[UO]"), "SF"),
)
"""Relations between two dates: the words around them, and the signs that may stand between them."""


class Span(NamedTuple):
    """The tokens that one date may be made of, and what they have the form of; None for no date."""

    start: int
    end: int
    production: Production | None


class Way(NamedTuple):
    """A relation, and where its dates stand: one, two, or at the `ends` that cut several off each other."""

    relation: str
    spans: tuple[Span, ...]
    ends: tuple[int, ...] = ()


@lru_cache(maxsize=_REMEMBERED)
def ways(letters: str, is_glued: bool) -> tuple[Way, ...]:
    """Return how a row of tokens may be read, the likeliest way first. `is_glued`: particles stand behind dates."""
    alone = span(letters, 0, len(letters))
    found = [] if alone.production is None else [Way("is", (alone,))]
    for relation, around, between in (*_TWO_GLUED, *_TWO) if is_glued else _TWO:
        found.extend(_two(relation, around, between, letters))
    for sign, relation in ((Sign.OR, "either"), (Sign.AND, "both")):
        if sign in letters:
            ends = (place for place, letter in enumerate(letters) if letter in (sign, Sign.COMMA))
            found.append(Way(relation, (), (*ends, len(letters))))
            break  # no date holds an "or", so that "and" could not cut them off each other
    match = (_ONE_GLUED.fullmatch(letters) if is_glued else None) or _ONE.fullmatch(letters)
    if match is not None and match.lastgroup is not None:
        only = span(letters, *match.span(match.lastgroup))
        if only.production is not None:
            found.append(Way(match.lastgroup.rstrip("_"), (only,)))
    return tuple(found)


def span(letters: str, start: int, end: int, *, partial: bool = False) -> Span:
    """Return what some of a row of tokens have the form of. `partial`: another date may complete it."""
    return Span(start, end, production(letters[start:end], partial))


def _two(relation: str, around: re.Pattern[str], between: str, letters: str) -> Iterator[Way]:
    match = around.fullmatch(letters)
    if match is None:
        return
    start, end = match.span("rest")
    for place in range(start + 1, end - 1):
        if letters[place] in between:
            first = span(letters, start, place, partial=True)
            last = span(letters, place + 1, end, partial=True)
            # Where only one has the form of a date, it may be impossible in itself: that is the better reason.
            if first.production or last.production:
                yield Way(relation, (first, last))
