"""The proleptic Gregorian calendar in whole numbers, for any year.

Python's own dates stop at the years 1 and 9999. Here a moment is a count of seconds since
1970-01-01T00:00:00Z that fits in 64 bits, and years are astronomical: 0 is 1 BC, -43 is 44 BC.
"""

from __future__ import annotations

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR

MAX_YEAR = 290_000_000_000
MAX_SECONDS = 9_200_000_000_000_000_000
"""Later than the end of MAX_YEAR, and short enough of 2**63 for a view to pad its edges."""
MIN_SECONDS = -MAX_SECONDS

_MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ERA_DAYS = 146_097
"""The calendar repeats every 400 years."""
_DAYS_TO_1970 = 719_468
"""From 1 March of the year 0, where an era begins, so that the leap day comes last."""


def days_from_civil(y: int, m: int, d: int) -> int:
    """Return the days from 1970-01-01 to a calendar day."""
    year = y - (m <= 2)
    era, year_of_era = divmod(year, 400)
    day_of_year = (153 * ((m + 9) % 12) + 2) // 5 + d - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * _ERA_DAYS + day_of_era - _DAYS_TO_1970


def civil_from_days(n: int) -> tuple[int, int, int]:
    """Return the year, month and day that lie n days after 1970-01-01."""
    era, day_of_era = divmod(n + _DAYS_TO_1970, _ERA_DAYS)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    month = (shifted_month + 2) % 12 + 1
    return era * 400 + year_of_era + (month <= 2), month, day


def seconds(y: int, m: int = 1, d: int = 1, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """Return the seconds from 1970-01-01T00:00:00Z to a moment in UTC."""
    return days_from_civil(y, m, d) * DAY + hour * HOUR + minute * MINUTE + second


def civil(seconds: int) -> tuple[int, int, int, int, int, int]:
    """Return year, month, day, hour, minute and second of a moment, in UTC."""
    days, rest = divmod(seconds, DAY)
    hour, rest = divmod(rest, HOUR)
    return (*civil_from_days(days), hour, *divmod(rest, MINUTE))


def days_in_month(y: int, m: int) -> int:
    """Return how many days a month has."""
    leap = m == 2 and y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
    return _MONTH_DAYS[m - 1] + leap


def weekday(days: int) -> int:
    """Return the weekday of the day that lies so many days after 1970-01-01; Monday is 0."""
    return (days + 3) % 7


def iso_day(seconds: int) -> str:
    """Return the day of a moment: "2025-02-19", "-0043-01-01", "170000002-01-01"."""
    y, m, d = civil_from_days(seconds // DAY)
    return f"{'-' if y < 0 else ''}{abs(y):04d}-{m:02d}-{d:02d}"


def iso_time(seconds: int) -> str:
    """Return a moment to the second in UTC: "2022-03-03T14:30:00Z"."""
    hour, minute, second = civil(seconds)[3:]
    return f"{iso_day(seconds)}T{hour:02d}:{minute:02d}:{second:02d}Z"
