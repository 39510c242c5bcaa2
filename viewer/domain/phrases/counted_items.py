"""Dates that count from that of their source: yesterday, last week, three months ago (R3, R5)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viewer.domain.calendar import days_from_civil, weekday
from viewer.domain.lexicon import Meaning, Sign
from viewer.domain.phrases.calendar_items import number_in
from viewer.domain.phrases.items import Item
from viewer.domain.phrases.setting import Setting, Values, values_of
from viewer.domain.pieces import Day, Piece, day_piece, days_on
from viewer.domain.reference import moved, unit_around

if TYPE_CHECKING:
    from collections.abc import Sequence

UNITS = {
    Sign.DAY: "day",
    Sign.WEEK: "week",
    Sign.WEEKEND: "weekend",
    Sign.MONTHS: "month",
    Sign.QUARTER: "quarter",
    Sign.YEARS: "year",
    Sign.DECADES: "decade",
    Sign.CENTURY: "century",
}


def around(unit: str, step: int) -> Item:
    """Return the unit that lies `step` after that of the reference: 0 this month, -1 the last one."""

    def count(day: Day) -> Piece:
        piece = unit_around(day, unit, step)
        return replace(piece, rules=(*piece.rules, "R5"))

    return Item(unit="day" if unit == "weekend" else unit, counted=count)


def unit(meanings: Sequence[Meaning], _: Setting) -> Item:
    """Read last week, this month, next year."""
    values = values_of(meanings)
    unit = next(UNITS[sign] for sign in values if sign in UNITS)
    return around(unit, values[Sign.MODIFIER])


def weekday_alone(meanings: Sequence[Meaning], _: Setting) -> Item:
    """R5: a bare weekday is the latest one, the last one lies before the reference, the next one behind it."""
    values = values_of(meanings)
    return on_weekday(values[Sign.WEEKDAY], values.get(Sign.MODIFIER))


def on_weekday(named: int, modifier: int | None) -> Item:
    """Return a weekday near the reference: -1 the one before it, 0 that of its week, 1 the next one."""

    def count(day: Day) -> Piece:
        back = (weekday(days_from_civil(*day)) - named) % 7
        if modifier == -1:
            back = back or 7
        elif modifier == 1:
            back -= 7
        elif modifier == 0:
            back = weekday(days_from_civil(*day)) - named
        return replace(day_piece(days_on(day, -back)), rules=("R5",))

    return Item(unit="day", weekday=named, modifier=modifier, counted=count)


def weekday_of_week(meanings: Sequence[Meaning], _: Setting) -> Item:
    """Read Tuesday of last week."""
    values = values_of(meanings)

    def count(day: Day) -> Piece:
        week = unit_around(day, "week", values[Sign.MODIFIER])
        return replace(day_piece(days_on(week.first, values[Sign.WEEKDAY])), rules=("R3", "R5"))

    return Item(unit="day", counted=count)


def day_of_month(meanings: Sequence[Meaning], _: Setting) -> Item:
    """Read the 5th of last month."""
    values = values_of(meanings)

    def count(day: Day) -> Piece:
        year, month, _ = unit_around(day, "month", values[Sign.MODIFIER]).first
        return replace(Item(unit="day", year=year, month=month, day=number_in(values)).piece(), rules=("R5",))

    return Item(unit="day", counted=count)


def deictic(meanings: Sequence[Meaning], _: Setting) -> Item:
    """Read today, yesterday, last night."""
    offset: Any = meanings[0].value
    first, last = offset if isinstance(offset, tuple) else (offset, offset)

    def count(day: Day) -> Piece:
        if first == last:
            return replace(day_piece(moved(day, days=first)), rules=("R5",))
        return Piece(moved(day, days=first), moved(day, days=last), "day", rules=("R5",))

    return Item(unit="day", counted=count)


def weekend(_meanings: Sequence[Meaning], _: Setting) -> Item:
    """Read "over the weekend": the latest one that has begun."""

    def count(day: Day) -> Piece:
        saturday = days_on(day, -((weekday(days_from_civil(*day)) - 5) % 7))
        return Piece(saturday, days_on(saturday, 1), "day", rules=("R5",))

    return Item(unit="day", counted=count)


def ago(meanings: Sequence[Meaning], _: Setting) -> Item | None:
    """Read three weeks ago; without a number only where the unit is in the singular, as in "год назад"."""
    if Sign.NUMBER not in values_of(meanings) and all(meaning.value != 1 for meaning in meanings):
        return None
    return _counted_units(values_of(meanings), -1)


def ahead(meanings: Sequence[Meaning], _: Setting) -> Item:
    """Read in three weeks."""
    return _counted_units(values_of(meanings), 1)


def _counted_units(values: Values, direction: int) -> Item:
    """R5: days are exact, weeks about that day, months and years as wide as they are."""
    number = direction * int(values.get(Sign.NUMBER, 1))
    unit = next(UNITS[sign] for sign in values if sign in UNITS)

    def count(day: Day) -> Piece:
        if unit == "week":
            return replace(day_piece(moved(day, days=7 * number)), approximate=True, rules=("R5",))
        piece = unit_around(day, unit, number)
        return replace(piece, rules=(*piece.rules, "R5"))

    return Item(unit="day" if unit == "week" else unit, counted=count)


def until_reference(item: Item) -> Item | None:
    """Read "earlier this month": from its beginning to the day of the reference."""
    counted = item.counted
    if counted is None:
        return None

    def count(day: Day) -> Piece:
        return Piece(counted(day).first, day, "day", rules=("R5",))

    return replace(item, counted=count)
