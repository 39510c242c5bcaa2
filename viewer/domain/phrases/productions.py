"""The tokens of one date: what each production of the grammar makes of them.

A production is a pattern over the letters of the tokens (see Sign). Orders of all languages stand side by
side: "19 février 2025", "February 19, 2025", "2025년 2월 19일".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from viewer.domain.lexicon import Sign
from viewer.domain.phrases import calendar_items, counted_items
from viewer.domain.phrases.items import Clip, Clock, Item
from viewer.domain.phrases.setting import Maker, Reader, Setting, Values, by_class, signs_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_REMEMBERED = 8192
_YEAR = "(?:A?YA?B?|BY|LA|AL|nB|Bn)"
_UNIT = "[jkMQAEc]"
_BASE = rf"""
    (?P<unit>L[kMQAEcl]|[kMQAEcl]L)
  | (?P<day>L?w?(?:[no]M?m|m[no])(?:{_YEAR}|L)?w?|{_YEAR}m[no]w?)
  | (?P<numeric>w?Dw?)
  | (?P<iso>w?Iw?)
  | (?P<month>M?m(?:{_YEAR}|L)?|{_YEAR}m|Lm)
  | (?P<year>{_YEAR})
  | (?P<season>s(?:Y-YA?|I|{_YEAR}|L)?|{_YEAR}s|Ls)
  | (?P<quarter>(?:[on]Q|Qn|q){_YEAR}?|{_YEAR}(?:[on]Q|Qn|q))
  | (?P<half_year>H{_YEAR}?|{_YEAR}H)
  | (?P<decade>e|EY|YE|En)
  | (?P<century>(?:[oKn]c|c[oKn])B?|B[oKn]c)
  | (?P<weekday>L?w|wL)
  | (?P<weekday_of_week>w(?:Lk|kL)|(?:Lk|kL)w)
  | (?P<day_of_month>[no](?:LM|ML))
  | (?P<iso_week>kn{_YEAR}|{_YEAR}kn|W)
  | (?P<deictic>y)
  | (?P<ago>gn?{_UNIT}|n?{_UNIT}g)
  | (?P<ahead>Gn{_UNIT}|n{_UNIT}G)
  | (?P<weekend>l)
  | (?P<lone_day>o)
"""
_ITEM = re.compile(
    rf"(?:(?P<clip>p|oh|ho|ok|ow|oj|k|l|J)?(?:{_BASE})(?P<clip_behind>p|oh|ok|H)?)"
    rf"|(?P<of_this>(?:p|oh|J)(?P<bare>[kMQAEc]))",
    re.VERBOSE,
)
_PARTIAL = re.compile(r"(?P<lone_day>w?[no](?P<year>Y)?)|(?P<lone_part>p)|(?P<lone_century>K)")
_CLOCK = re.compile(
    r"(?:a(?:T|[no](?=[ui]))[ui]?(?:n(?!M?m))?|T[ui]?a?|[no][ui](?:n(?!M?m))?a?|[no]a(?![no][ui]|T))Z?"
)

_MAKERS: dict[str, Maker] = {
    "day": calendar_items.day,
    "numeric": calendar_items.numeric,
    "iso": calendar_items.iso,
    "month": calendar_items.month,
    "year": calendar_items.year_alone,
    "season": calendar_items.season,
    "quarter": calendar_items.quarter,
    "half_year": calendar_items.half_year,
    "decade": calendar_items.decade,
    "century": calendar_items.century,
    "weekday": counted_items.weekday_alone,
    "weekday_of_week": counted_items.weekday_of_week,
    "day_of_month": counted_items.day_of_month,
    "unit": counted_items.unit,
    "iso_week": calendar_items.iso_week,
    "deictic": counted_items.deictic,
    "ago": counted_items.ago,
    "ahead": counted_items.ahead,
    "weekend": counted_items.weekend,
    "lone_day": calendar_items.lone_day,
}


class Production(NamedTuple):
    """What a row of tokens has the form of, and which of them say what.

    `kept`: the tokens that say something, None for all. `clock`: the kept ones of a time of day, and what reads
    it; `at`: those of its date, once the time is cut out, for `read_date`, which is None where they are no date;
    `clips`: what cuts a part out of it: the classes and the tokens. `is_partial`: another date completes it.
    """

    at: tuple[int, int] = (0, 0)
    read_date: Reader | None = None
    clips: tuple[tuple[str, int, int], ...] = ()
    kept: tuple[int, ...] | None = None
    clock: tuple[int, int, Callable[[Sequence[Any]], Clock]] | None = None
    is_part_of_day: bool = False
    is_partial: bool = False

    def read(self, values: Sequence[Any], setting: Setting) -> Item | None:
        """Read the date; None if the values of the tokens do not fit, DateError for an impossible one."""
        if self.kept is not None:
            values = [values[place] for place in self.kept]
        clock: Clock | None = None
        if self.clock is not None:
            start, end, read_clock = self.clock
            clock = read_clock(values[start:end])
            values = [*values[:start], *values[end:]]
        if self.read_date is None:
            return None
        start, end = self.at
        item = self.read_date(values[start:end], setting)
        for letters, start, end in self.clips:
            if item is not None:
                item = _clip(item, letters, values[start:end])
        if item is None or self.is_partial or not (clock or self.is_part_of_day):
            return item
        return item._replace(clock=clock, is_part_of_day=self.is_part_of_day)


@lru_cache(maxsize=_REMEMBERED)
def production(letters: str, partial: bool) -> Production | None:
    """Return what a row of tokens has the form of; None if it has not that of a date.

    `partial`: it may be the mere number of a day, or a mere "early", that another date completes.
    """
    kept: tuple[int, ...] | None = None
    is_part_of_day = Sign.DAYPART in letters
    if is_part_of_day or Sign.COMMA in letters:
        kept = tuple(
            place for place, letter in enumerate(letters) if letter not in (Sign.COMMA, Sign.DAYPART)
        )
        letters = "".join(letters[place] for place in kept)
    clock: tuple[int, int, Callable[[Sequence[Any]], Clock]] | None = None
    timed = None if Sign.AGO in letters else _CLOCK.search(letters)
    if timed is not None:
        clock = (*timed.span(), calendar_items.clock(timed[0]))
        letters = letters[: timed.start()] + letters[timed.end() :]
    date = (_partial(letters) if partial else None) or _whole(letters)
    if date is None:  # a time of day that there is not is a reason all the same
        return None if clock is None else Production(kept=kept, clock=clock)
    return date._replace(kept=kept, clock=clock, is_part_of_day=is_part_of_day)


def _whole(letters: str) -> Production | None:
    match = _ITEM.fullmatch(letters)
    if match is None:
        return None
    if match["of_this"]:
        clip = (match["of_this"][:-1], 0, match.start("bare"))
        return Production(match.span("bare"), counted_items.this(match["bare"]), (clip,))
    kind = next(kind for kind in _MAKERS if match[kind] is not None)
    clips = tuple((match[name], *match.span(name)) for name in ("clip", "clip_behind") if match[name])
    return Production(match.span(kind), _MAKERS[kind](match[kind]), clips)


def _partial(letters: str) -> Production | None:
    match = _PARTIAL.fullmatch(letters)
    if match is None:
        return None
    maker = next(maker for name, maker in _PARTIAL_MAKERS.items() if match[name] is not None)
    return Production((0, len(letters)), maker(letters), is_partial=True)


@by_class
def _lone_part(values: Values, _: Setting) -> Item:
    return Item("part", number=values[Sign.PART])


@by_class
def _lone_century(values: Values, _: Setting) -> Item:
    return Item("century", number=values[Sign.ROMAN] - 1)


@by_class
def _lone_day(values: Values, _: Setting) -> Item:
    # Whether there is such a day is seen when its month is known; it may turn out to be a year ("58 to 51 BC").
    number = values.get(Sign.NUMBER, values.get(Sign.ORDINAL))
    return Item("day", day=number, year=values.get(Sign.YEAR), weekday=values.get(Sign.WEEKDAY))


_PARTIAL_MAKERS = {"lone_part": _lone_part, "lone_century": _lone_century, "lone_day": _lone_day}


def _clip(item: Item, letters: str, carried: Sequence[Any]) -> Item | None:
    """Cut a part out of a date: what stands before it, or behind it, says which."""
    if letters == "p":
        return item._replace(clip=Clip("part", carried[0]))
    values = dict(zip(signs_of(letters), carried, strict=True))
    if letters == "J":
        return counted_items.until_reference(item)
    if letters in ("k", "l"):
        is_day = item.unit == "day" and item.clip is None
        return item._replace(around=counted_items.UNITS[Sign(letters)]) if is_day else None
    if letters == "H":
        number = values[Sign.HALF_NAME]
        return item._replace(clip=Clip("half", number)) if number in (1, 2) else None
    number = values[Sign.ORDINAL]
    if letters in ("oh", "ho"):
        last = 2 if number == -1 else number
        return item._replace(clip=Clip("half", last)) if last in (1, 2) else None
    if letters == "ok":
        return item._replace(clip=Clip("week", number))
    if letters == "ow":
        return item._replace(clip=Clip("weekday", number, values[Sign.WEEKDAY]))
    # "The first days of" is vague: only the singular, which the lexicons mark, is a day.
    return item._replace(clip=Clip("day", number)) if values[Sign.DAY] == 1 else None
