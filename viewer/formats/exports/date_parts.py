"""A fuzzy date as the calendar parts that other formats know: never finer than it is known.

Parts are (year), (year, month), (year, month, day) and on to the second, UTC; years before Christ are negative, and
there is no year 0.
"""

from __future__ import annotations

from viewer.domain.calendar import civil, days_in_month, seconds
from viewer.domain.fuzzy_date import FuzzyDate

Parts = tuple[int, ...]

_FINEST = {
    "second": 6, "minute": 5, "hour": 4, "day": 3, "week": 3, "month": 2, "season": 2, "quarter": 2, "half-year": 2,
}  # fmt: skip
_NAMES = ("year", "month", "day", "hour", "minute", "second")


def parts_of(date: FuzzyDate) -> tuple[Parts, Parts | None] | None:
    """Return the parts of the earliest and of the latest moment; the latter None where both are of one unit.

    A side that is open has no parts: the other stands for both. None: undated.
    """
    count = _FINEST.get(date.precision, 1)
    first = None if date.start_lo is None else _down_to(date.start_lo, count)
    last = None if date.end_hi is None else _up_to(date.end_hi, count)
    if first is None or last is None or first == last:
        only = first or last
        return None if only is None else (only, None)
    return first, last


def named(parts: Parts) -> dict[str, int]:
    """Return parts by their names: year, month, day, hour, minute, second."""
    return dict(zip(_NAMES, parts, strict=False))


def _down_to(moment: int, count: int) -> Parts:
    """Return the unit that begins at a moment: of so many parts, or of more where it does not begin one."""
    parts = civil(moment)
    while count < len(parts) and seconds(*parts[:count]) != moment:
        count += 1
    return _counted(parts[:count])


def _up_to(moment: int, count: int) -> Parts:
    """Return the unit that ends at a moment."""
    parts = civil(moment)
    while count < len(parts) and _last_second(parts[:count]) != moment:
        count += 1
    return _counted(parts[:count])


def _last_second(parts: Parts) -> int:
    whole = list(parts)
    for place, highest in enumerate((0, 12, 0, 23, 59, 59)):
        if place >= len(whole):
            whole.append(highest or days_in_month(whole[0], whole[1]))
    return seconds(*whole)


def _counted(parts: Parts) -> Parts:
    """Count years before Christ as people do."""
    year, *rest = parts
    return (year if year > 0 else year - 1, *rest)
