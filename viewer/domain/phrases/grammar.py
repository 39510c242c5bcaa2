"""What a row of tokens says: which dates it names, and how they stand to each other.

Each token is one letter (see Sign), so that the productions are short patterns over letters. A token that can
mean several things is tried in each of its meanings, in the order of the lexicon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import TYPE_CHECKING

from viewer.domain.edtf import DateError
from viewer.domain.lexicon import LEADING, OF_DATES, Meaning, Sign
from viewer.domain.phrases.counted_items import on_weekday
from viewer.domain.phrases.items import Clip, Item
from viewer.domain.phrases.productions import read_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from viewer.domain.phrases.setting import Setting
    from viewer.domain.phrases.tokens import Token

_MOST_VARIANTS = 128
"""Ways to take the words of a phrase; more are not tried."""

_DROPPED = (Sign.FILLER, Sign.ABOUT, Sign.MAYBE)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a phrase says of its dates.

    `relation`: is, before, after, by, not_before, since, until, between, range, overnight, night_to,
    throughout, either or both.
    """

    relation: str
    items: tuple[Item, ...]
    approximate: bool = False
    uncertain: bool = False


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


def statements(tokens: Sequence[Token], setting: Setting, *, glued: bool) -> Iterator[Statement]:
    """Yield what a row of tokens can say, the likeliest first; DateError for what can only be impossible.

    `glued`: particles stand behind their dates.
    """
    impossible: DateError | None = None
    some = False
    for meanings in islice(product(*(token.meanings for token in tokens)), _MOST_VARIANTS):
        try:
            statement = _statement(meanings, setting, glued)
        except DateError as error:
            impossible = impossible or error
            continue
        if statement is not None:
            some = True
            yield statement
    if impossible is not None and not some:
        raise impossible


def _statement(meanings: Sequence[Meaning], setting: Setting, glued: bool) -> Statement | None:
    if not meanings or meanings[-1].value is LEADING:
        return None
    signs = {meaning.sign for meaning in meanings}
    kept = [meaning for meaning in _with_days(meanings) if meaning.sign not in _DROPPED]
    found = _related(kept, setting, glued)
    if found is None or not signs & {Sign.ABOUT, Sign.MAYBE}:
        return found
    return replace(found, approximate=_is_approximate(meanings, found), uncertain=Sign.MAYBE in signs)


def _is_approximate(meanings: Sequence[Meaning], found: Statement) -> bool:
    """Whether it is only about then: some words say so of a date, but not of a time of day."""
    has_clock = any(item.clock for item in found.items)
    return any(
        meaning.sign is Sign.ABOUT and not (has_clock and meaning.value is OF_DATES) for meaning in meanings
    )


def _with_days(meanings: Sequence[Meaning]) -> Iterable[Meaning]:
    """Make the number behind an article a day ("le 19"), and drop the articles."""
    if all(meaning.sign is not Sign.ARTICLE for meaning in meanings):
        return meanings
    kept: list[Meaning] = []
    is_behind_article = False
    for meaning in meanings:
        if meaning.sign is Sign.NUMBER and is_behind_article:
            meaning = Meaning(Sign.ORDINAL, meaning.value)
        is_behind_article = meaning.sign is Sign.ARTICLE
        if not is_behind_article:
            kept.append(meaning)
    return kept


def _related(meanings: list[Meaning], setting: Setting, glued: bool) -> Statement | None:
    letters = "".join(meaning.sign for meaning in meanings)
    item = read_item(letters, meanings, setting)
    if item is not None:
        return Statement("is", (item,))
    for relation, around, between in (*_TWO_GLUED, *_TWO) if glued else _TWO:
        found = _two(relation, around, between, letters, meanings, setting)
        if found is not None:
            return found
    return _chosen(letters, meanings, setting) or _one(letters, meanings, setting, glued)


def _one(letters: str, meanings: list[Meaning], setting: Setting, glued: bool) -> Statement | None:
    match = (_ONE_GLUED.fullmatch(letters) if glued else None) or _ONE.fullmatch(letters)
    if match is None or match.lastgroup is None:
        return None
    item = _item(letters, meanings, match.span(match.lastgroup), setting)
    return None if item is None else Statement(match.lastgroup.rstrip("_"), (item,))


def _two(
    relation: str,
    around: re.Pattern[str],
    between: str,
    letters: str,
    meanings: list[Meaning],
    setting: Setting,
) -> Statement | None:
    match = around.fullmatch(letters)
    if match is None or match.lastgroup is None:
        return None
    start, end = match.span(match.lastgroup)
    for place in range(start + 1, end - 1):
        if letters[place] not in between:
            continue
        first = _item(letters, meanings, (start, place), setting, partial=True)
        last = _item(letters, meanings, (place + 1, end), setting, partial=True)
        if first is None or last is None or last.unit == "part":
            continue
        dates = _completed((first, last))
        if not (dates[0].lacks_year and dates[1].unit == "year"):  # no range: "19-Feb-2025"
            return Statement(relation, dates)
    return None


def _chosen(letters: str, meanings: list[Meaning], setting: Setting) -> Statement | None:
    """Read "A, B or C" and "A, B and C"."""
    for sign, relation in ((Sign.OR, "either"), (Sign.AND, "both")):
        if sign not in letters:
            continue
        ends = [place for place, letter in enumerate(letters) if letter in (sign, Sign.COMMA)]
        items: list[Item] = []
        start = 0
        while start < len(letters):
            # The longest first: the comma of "March 3, 2025" is part of a date.
            for end in reversed([place for place in (*ends, len(letters)) if place > start]):
                item = _item(letters, meanings, (start, end), setting, partial=True)
                if item is not None:
                    items.append(item)
                    break
            else:
                return None
            start = end + 1
        if len(items) > 1 and items[-1].unit != "part":
            return Statement(relation, _completed(tuple(items)))
    return None


def _item(
    letters: str, meanings: list[Meaning], span: tuple[int, int], setting: Setting, *, partial: bool = False
) -> Item | None:
    start, end = span
    return read_item(letters[start:end], meanings[start:end], setting, partial=partial)


def _completed(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Let each date take what it lacks from the last one, and the last one from the first."""
    *others, last = items
    if last.lacks_month and others[0].month is not None:
        last = replace(last, month=others[0].month, year=others[0].year if last.year is None else last.year)
    return (*(_taking(item, last) for item in others), last)


def _taking(item: Item, last: Item) -> Item:
    if item.unit == "part":
        if last.clip is None or last.clip.kind != "part":
            raise DateError("An early, middle or late part needs the date that it is a part of.")
        return replace(last, clip=Clip("part", item.number))
    if last.unit == "year" and last.year is not None and not last.is_bare:
        return _in_era(item, last.year)
    if item.modifier is None and last.modifier is not None:
        item = _modified(item, last.modifier)
    if not item.lacks_month:
        return item
    if last.unit == "day" and last.month is not None:
        return replace(item, month=last.month, year=last.year)
    number = item.day or 0
    if last.clip is not None and last.clip.kind != "part":
        return replace(last, clip=replace(last.clip, number=number))
    if last.unit == "quarter" and 1 <= number <= 4:
        return replace(last, number=number)
    if last.unit == "century":
        return replace(last, number=number - 1)
    return item


def _in_era(item: Item, year: int) -> Item:
    """Take the era from a later year: from 58 to 51 BC."""
    if item.lacks_month and item.day:
        item = Item(unit="year", year=item.day, is_bare=True)
    if item.unit == "year" and item.is_bare and item.year is not None and year <= 0:
        return replace(item, year=1 - item.year)
    return item


def _modified(item: Item, modifier: int) -> Item:
    """Let "next" or "last" behind two dates speak of both."""
    if item.counted is not None and item.weekday is not None:
        return on_weekday(item.weekday, modifier)
    return replace(item, modifier=modifier) if item.lacks_year and not item.lacks_month else item
