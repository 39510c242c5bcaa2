"""What a wording says: which dates it names, and how they stand to each other.

A token that can mean several things is tried in each of its meanings, in the order of the lexicon.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from viewer.domain.edtf import DateError
from viewer.domain.phrases.counted_items import on_weekday
from viewer.domain.phrases.items import Clip, Item
from viewer.domain.phrases.relations import span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.domain.phrases.forms import Taking
    from viewer.domain.phrases.relations import Span, Way
    from viewer.domain.phrases.setting import Setting


class Statement(NamedTuple):
    """What a phrase says of its dates.

    `relation`: is, before, after, by, not_before, since, until, between, range, overnight, night_to,
    throughout, either or both.
    """

    relation: str
    items: tuple[Item, ...]
    approximate: bool = False
    uncertain: bool = False


def statement(taking: Taking, values: Sequence[Any], setting: Setting) -> Statement | None:
    """Return what a wording says if its words are taken so and carry these values; None if it says nothing.

    DateError for what cannot be.
    """
    for way in taking.ways:
        items = _items(way, taking.letters, values, setting)
        if items is not None:
            is_approximate = taking.is_about or (
                taking.is_about_date and not any(item.clock for item in items)
            )
            return Statement(way.relation, items, is_approximate, taking.is_uncertain)
    return None


def _items(way: Way, letters: str, values: Sequence[Any], setting: Setting) -> tuple[Item, ...] | None:
    """Return the dates that stand in a relation; None if with these numbers they are none."""
    spans = way.spans
    if len(spans) == 1:
        item = _item(spans[0], values, setting)
        return None if item is None else (item,)
    if way.ends:
        return _chosen(way.ends, letters, values, setting)
    first, last = _item(spans[0], values, setting), _item(spans[1], values, setting)
    if first is None or last is None or last.unit == "part":
        return None
    items = _completed((first, last))
    is_no_range = items[0].lacks_year and items[1].unit == "year"  # "19-Feb-2025"
    return None if is_no_range else items


def _chosen(
    ends: Sequence[int], letters: str, values: Sequence[Any], setting: Setting
) -> tuple[Item, ...] | None:
    """Read "A, B or C" and "A, B and C", which may be cut at the ends."""
    items: list[Item] = []
    start = 0
    while start < len(letters):
        # The longest first: the comma of "March 3, 2025" is part of a date.
        for end in reversed([place for place in ends if place > start]):
            item = _item(span(letters, start, end, partial=True), values, setting)
            if item is not None:
                items.append(item)
                break
        else:
            return None
        start = end + 1
    return _completed(tuple(items)) if len(items) > 1 and items[-1].unit != "part" else None


def _item(found: Span, values: Sequence[Any], setting: Setting) -> Item | None:
    if found.production is None:
        return None
    return found.production.read(values[found.start : found.end], setting)


def _completed(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Let each date take what it lacks from the last one, and the last one from the first."""
    *others, last = items
    if last.lacks_month and others[0].month is not None:
        last = last._replace(month=others[0].month, year=others[0].year if last.year is None else last.year)
    return (*[_taking(item, last) for item in others], last)


def _taking(item: Item, last: Item) -> Item:
    if item.unit == "part":
        if last.clip is None or last.clip.kind != "part":
            raise DateError("An early, middle or late part needs the date that it is a part of.")
        return last._replace(clip=Clip("part", item.number))
    if last.unit == "year" and last.year is not None and not last.is_bare:
        return _in_era(item, last.year)
    if item.modifier is None and last.modifier is not None:
        item = _modified(item, last.modifier)
    if not item.lacks_month:
        return item
    if last.unit == "day" and last.month is not None:
        return item._replace(month=last.month, year=last.year)
    number = item.day or 0
    if last.clip is not None and last.clip.kind != "part":
        return last._replace(clip=last.clip._replace(number=number))
    if last.unit == "quarter" and 1 <= number <= 4:
        return last._replace(number=number)
    if last.unit == "century":
        return last._replace(number=number - 1)
    return item


def _in_era(item: Item, year: int) -> Item:
    """Take the era from a later year: from 58 to 51 BC."""
    if item.lacks_month and item.day:
        item = Item(unit="year", year=item.day, is_bare=True)
    if item.unit == "year" and item.is_bare and item.year is not None and year <= 0:
        return item._replace(year=1 - item.year)
    return item


def _modified(item: Item, modifier: int) -> Item:
    """Let "next" or "last" behind two dates speak of both."""
    if item.counted is not None and item.weekday is not None:
        return on_weekday(item.weekday, modifier)
    return item._replace(modifier=modifier) if item.lacks_year and not item.lacks_month else item
