"""The tokens of one date: what each production of the grammar makes of them.

A production is a pattern over the letters of the tokens (see Sign). Orders of all languages stand side by
side: "19 février 2025", "February 19, 2025", "2025년 2월 19일".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from viewer.domain.lexicon import Meaning, Sign
from viewer.domain.phrases import calendar_items, counted_items
from viewer.domain.phrases.items import Clip, Clock, Item
from viewer.domain.phrases.setting import Setting, Values, values_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

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

_READERS: dict[str, Callable[[Sequence[Meaning], Setting], Item | None]] = {
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


def read_item(
    letters: str, meanings: Sequence[Meaning], setting: Setting, *, partial: bool = False
) -> Item | None:
    """Read the tokens of one date; None if they are not one.

    `partial`: it may be the mere number of a day, or a mere "early", that another date completes.
    """
    is_part_of_day = Sign.DAYPART in letters
    if is_part_of_day or Sign.COMMA in letters:
        meanings = [meaning for meaning in meanings if meaning.sign not in (Sign.COMMA, Sign.DAYPART)]
        letters = "".join(meaning.sign for meaning in meanings)
    clock: Clock | None = None
    timed = None if Sign.AGO in letters else _CLOCK.search(letters)
    if timed is not None:
        clock = calendar_items.clock(meanings[timed.start() : timed.end()])
        meanings = [*meanings[: timed.start()], *meanings[timed.end() :]]
        letters = letters[: timed.start()] + letters[timed.end() :]
    if partial and (match := _PARTIAL.fullmatch(letters)):
        return _partial(match, values_of(meanings))
    item = _whole(letters, meanings, setting)
    if item is None or not (clock or is_part_of_day):
        return item
    return replace(item, clock=clock, is_part_of_day=is_part_of_day)


def _whole(letters: str, meanings: Sequence[Meaning], setting: Setting) -> Item | None:
    match = _ITEM.fullmatch(letters)
    if match is None:
        return None
    if match["of_this"]:
        unit = counted_items.UNITS[Sign(match["bare"])]
        return _clip(counted_items.around(unit, 0), match["of_this"][:-1], meanings[: match.start("bare")])
    kind = next(kind for kind in _READERS if match[kind] is not None)
    start, end = match.span(kind)
    item = _READERS[kind](meanings[start:end], setting)
    for name in ("clip", "clip_behind"):
        if item is not None and match[name]:
            item = _clip(item, match[name], meanings[match.start(name) : match.end(name)])
    return item


def _partial(match: re.Match[str], values: Values) -> Item:
    if match["lone_part"]:
        return Item(unit="part", number=values[Sign.PART])
    if match["lone_century"]:
        return Item(unit="century", number=values[Sign.ROMAN] - 1)
    # Whether there is such a day is seen when its month is known; it may turn out to be a year ("58 to 51 BC").
    number = values.get(Sign.NUMBER, values.get(Sign.ORDINAL))
    return Item(unit="day", day=number, year=values.get(Sign.YEAR), weekday=values.get(Sign.WEEKDAY))


def _clip(item: Item, letters: str, meanings: Sequence[Meaning]) -> Item | None:
    """Cut a part out of a date: what stands before it, or behind it, says which."""
    values = values_of(meanings)
    if letters == "p":
        return replace(item, clip=Clip("part", values[Sign.PART]))
    if letters == "J":
        return counted_items.until_reference(item)
    if letters in ("k", "l"):
        is_day = item.unit == "day" and item.clip is None
        return replace(item, around=counted_items.UNITS[Sign(letters)]) if is_day else None
    if letters == "H":
        return replace(item, clip=Clip("half", values[Sign.HALF_NAME]))
    number = values[Sign.ORDINAL]
    if letters in ("oh", "ho"):
        last = 2 if number == -1 else number
        return replace(item, clip=Clip("half", last)) if last in (1, 2) else None
    if letters == "ok":
        return replace(item, clip=Clip("week", number))
    if letters == "ow":
        return replace(item, clip=Clip("weekday", number, values[Sign.WEEKDAY]))
    # "The first days of" is vague: only the singular, which the lexicons mark, is a day.
    return replace(item, clip=Clip("day", number)) if values[Sign.DAY] == 1 else None
