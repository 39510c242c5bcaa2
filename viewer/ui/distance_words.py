"""Distances in time and the ends of what is measured, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.domain.calendar import DAY, civil
from viewer.domain.distances import Distance, distance
from viewer.ui.painter_ink import number
from viewer.ui.staging import written

if TYPE_CHECKING:
    from viewer.domain.distances import Pair


def range_words(nearest: Pair, farthest: Pair | None, *, whole_days: bool) -> str:
    """Return "1 month, 3 days (34 days)", or from the least to the most that it may be.

    Each is counted between two moments, in seconds; None: there is no telling.
    """
    say = QCoreApplication.translate
    shortest = distance_words(distance(*nearest), whole_days=whole_days)
    if farthest is None:
        return say("Measuring", "at least {distance}").format(distance=shortest)
    longest = distance_words(distance(*farthest), whole_days=whole_days)
    if longest == shortest:
        return longest
    if nearest[0] == nearest[1]:
        return say("Measuring", "at most {distance}").format(distance=longest)
    return say("Measuring", "between {least} and {most}").format(least=shortest, most=longest)


def distance_words(found: Distance, *, whole_days: bool) -> str:
    """Return a distance in years, months and days; without whole days also in hours and minutes."""
    parts = _calendar_parts(found)
    is_long = bool(found.years or found.months)
    if not whole_days and not is_long:
        parts += _clock_parts(found)
    if not parts:
        same_day = QCoreApplication.translate("Measuring", "the same day")
        return same_day if whole_days else QCoreApplication.translate("Measuring", "less than a minute")
    words = ", ".join(parts)
    return f"{words} ({_days(found.total_days)})" if is_long else words


def date_words(lo: int | None, hi: int | None) -> str:
    """Return what is known of an end: a moment, a day, or from which day to which."""
    say = QCoreApplication.translate
    if lo is None and hi is None:
        return say("Measuring", "any time")
    if lo is None or hi is None:
        known = written(lo if lo is not None else hi or 0, "day")
        return (say("Measuring", "until {day}") if lo is None else say("Measuring", "from {day}")).format(
            day=known
        )
    first, last = written(lo, "day"), written(hi, "day")
    if first != last:
        return f"{first} – {last}"
    hour, minute = civil(lo)[3:5]
    return first if lo % DAY == 0 or hi - lo >= DAY - 1 else f"{first}, {hour:02}:{minute:02}"


def _calendar_parts(found: Distance) -> list[str]:
    say = QCoreApplication.translate
    parts = []
    if found.years:
        one, many = say("Measuring", "1 year"), say("Measuring", "{count} years")
        parts.append(one if found.years == 1 else many.format(count=number(found.years)))
    if found.months:
        one, many = say("Measuring", "1 month"), say("Measuring", "{count} months")
        parts.append(one if found.months == 1 else many.format(count=number(found.months)))
    return [*parts, _days(found.days)] if found.days else parts


def _clock_parts(found: Distance) -> list[str]:
    say = QCoreApplication.translate
    parts = []
    if found.hours:
        parts.append(say("Measuring", "{count} h").format(count=found.hours))
    if found.minutes:
        parts.append(say("Measuring", "{count} min").format(count=found.minutes))
    return parts


def _days(count: int) -> str:
    if count == 1:
        return QCoreApplication.translate("Measuring", "1 day")
    return QCoreApplication.translate("Measuring", "{count} days").format(count=number(count))
