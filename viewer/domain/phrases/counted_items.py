"""Dates that count from that of their source: yesterday, last week, three months ago (R3, R5)."""

from __future__ import annotations

from typing import Any

from viewer.domain.calendar import days_from_civil, weekday
from viewer.domain.lexicon import Sign
from viewer.domain.phrases.calendar_items import number_in
from viewer.domain.phrases.items import Item
from viewer.domain.phrases.setting import Setting, Values, by_class
from viewer.domain.pieces import Day, Piece, day_piece, days_on
from viewer.domain.reference import unit_around

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
        return piece._replace(rules=(*piece.rules, "R5"))

    return Item(unit="day" if unit == "weekend" else unit, counted=count)


@by_class
def unit(values: Values, _: Setting) -> Item:
    """Read last week, this month, next year."""
    unit = next(UNITS[sign] for sign in values if sign in UNITS)
    return around(unit, values[Sign.MODIFIER])


@by_class
def this(values: Values, _: Setting) -> Item:
    """Take a bare unit for that of the reference: the end of the month."""
    return around(next(UNITS[sign] for sign in values), 0)


@by_class
def weekday_alone(values: Values, _: Setting) -> Item:
    """R5: a bare weekday is the latest one, the last one lies before the reference, the next one behind it."""
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
        return day_piece(days_on(day, -back), rules=("R5",))

    return Item(unit="day", weekday=named, modifier=modifier, counted=count)


@by_class
def weekday_of_week(values: Values, _: Setting) -> Item:
    """Read Tuesday of last week."""

    def count(day: Day) -> Piece:
        week = unit_around(day, "week", values[Sign.MODIFIER])
        return day_piece(days_on(week.first, values[Sign.WEEKDAY]), rules=("R3", "R5"))

    return Item(unit="day", counted=count)


@by_class
def day_of_month(values: Values, _: Setting) -> Item:
    """Read the 5th of last month."""

    def count(day: Day) -> Piece:
        year, month, _ = unit_around(day, "month", values[Sign.MODIFIER]).first
        return Item(unit="day", year=year, month=month, day=number_in(values)).piece()._replace(rules=("R5",))

    return Item(unit="day", counted=count)


@by_class
def deictic(values: Values, _: Setting) -> Item:
    """Read today, yesterday, last night."""
    offset: Any = values[Sign.DEICTIC]
    first, last = offset if isinstance(offset, tuple) else (offset, offset)

    def count(day: Day) -> Piece:
        if first == last:
            return day_piece(days_on(day, first), rules=("R5",))
        return Piece(days_on(day, first), days_on(day, last), "day", rules=("R5",))

    return Item(unit="day", counted=count)


@by_class
def weekend(_values: Values, _: Setting) -> Item:
    """Read "over the weekend": the latest one that has begun."""

    def count(day: Day) -> Piece:
        saturday = days_on(day, -((weekday(days_from_civil(*day)) - 5) % 7))
        return Piece(saturday, days_on(saturday, 1), "day", rules=("R5",))

    return Item(unit="day", counted=count)


@by_class
def ago(values: Values, _: Setting) -> Item | None:
    """Read three weeks ago; without a number only where the unit is in the singular, as in "год назад"."""
    if Sign.NUMBER not in values and 1 not in values.values():
        return None
    return _counted_units(values, -1)


@by_class
def ahead(values: Values, _: Setting) -> Item:
    """Read in three weeks."""
    return _counted_units(values, 1)


def _counted_units(values: Values, direction: int) -> Item:
    """R5: days are exact, weeks about that day, months and years as wide as they are."""
    number = direction * int(values.get(Sign.NUMBER, 1))
    unit = next(UNITS[sign] for sign in values if sign in UNITS)

    def count(day: Day) -> Piece:
        if unit == "week":
            return day_piece(days_on(day, 7 * number), rules=("R5",))._replace(approximate=True)
        piece = unit_around(day, unit, number)
        return piece._replace(rules=(*piece.rules, "R5"))

    return Item(unit="day" if unit == "week" else unit, counted=count)


def until_reference(item: Item) -> Item | None:
    """Read "earlier this month": from its beginning to the day of the reference."""
    counted = item.counted
    if counted is None:
        return None

    def count(day: Day) -> Piece:
        return Piece(counted(day).first, day, "day", rules=("R5",))

    return item._replace(counted=count)
