"""How far two moments lie apart, by the calendar: years, months, days, and hours where they matter."""

from __future__ import annotations

from viewer.domain.calendar import DAY, HOUR, MINUTE, civil, days_in_month, seconds
from viewer.frozen import dataclass

Extent = tuple[int | None, int | None]
"""The first and the last second of what may be a moment only; None where a side is open."""
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Distance:
    """So many whole years, months and days of the calendar, and what is left of a day.

    `total_days`: the whole days of it all.
    """

    years: int
    months: int
    days: int
    hours: int
    minutes: int
    total_days: int


def distance(one: int, other: int) -> Distance:
    """Return how far two moments (seconds) lie apart, counted from the earlier one on."""
    first, last = min(one, other), max(one, other)
    year, month, day, hour, minute, second = civil(first)
    time = hour * HOUR + minute * MINUTE + second
    until = civil(last)
    months = (until[0] - year) * 12 + until[1] - month
    if _after(year, month, day, months, time) > last:
        months -= 1
    rest = last - _after(year, month, day, months, time)
    days, rest = divmod(rest, DAY)
    hours, rest = divmod(rest, HOUR)
    return Distance(months // 12, months % 12, days, hours, rest // MINUTE, (last - first) // DAY)


def nearest_and_farthest(one: Extent, other: Extent) -> tuple[Pair, Pair | None]:
    """Return the moments of two extents that lie least far apart, and those that lie farthest.

    None: there is no telling how far, as a side is open.
    """
    nearest = (0, 0)
    for early, late in ((one, other), (other, one)):
        if early[1] is not None and late[0] is not None and early[1] < late[0]:
            nearest = (early[1], late[0])
    (lo, hi), (other_lo, other_hi) = one, other
    if lo is None or hi is None or other_lo is None or other_hi is None:
        return nearest, None
    return nearest, max((lo, other_hi), (other_lo, hi), key=lambda pair: pair[1] - pair[0])


def _after(year: int, month: int, day: int, months: int, time: int) -> int:
    """Return the moment so many months after a day: its last day where the month is shorter."""
    years, place = divmod(month - 1 + months, 12)
    there = year + years, place + 1
    return seconds(*there, min(day, days_in_month(*there))) + time
