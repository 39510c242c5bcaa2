from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain import calendar

FAR_YEARS = st.integers(-(10**9), 10**9)
MOMENTS = st.integers(calendar.MIN_SECONDS, calendar.MAX_SECONDS)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@given(FAR_YEARS, st.integers(1, 12), st.integers(1, 31))
def test_days_and_calendar_dates_are_inverse(y: int, m: int, d: int) -> None:
    day = min(d, calendar.days_in_month(y, m))
    assert calendar.civil_from_days(calendar.days_from_civil(y, m, day)) == (y, m, day)


@given(st.integers(-(10**14), 10**14))
def test_each_day_follows_the_one_before(n: int) -> None:
    y, m, d = calendar.civil_from_days(n)
    assert calendar.days_from_civil(y, m, d) == n
    if d < calendar.days_in_month(y, m):
        following = (y, m, d + 1)
    else:
        following = (y, m + 1, 1) if m < 12 else (y + 1, 1, 1)
    assert calendar.civil_from_days(n + 1) == following


@given(st.dates())
def test_agrees_with_python_within_its_years(day: date) -> None:
    days = (day - EPOCH.date()).days
    assert calendar.days_from_civil(day.year, day.month, day.day) == days
    assert calendar.weekday(days) == day.weekday()
    assert calendar.iso_day(days * calendar.DAY) == day.isoformat()


@given(st.datetimes().map(lambda moment: moment.replace(microsecond=0, tzinfo=UTC)))
def test_moments_agree_with_python_within_its_years(moment: datetime) -> None:
    at = (moment - EPOCH) // timedelta(seconds=1)
    assert calendar.civil(at) == moment.timetuple()[:6]
    assert calendar.seconds(*moment.timetuple()[:6]) == at
    assert calendar.iso_time(at) == moment.isoformat().replace("+00:00", "Z")


@given(MOMENTS)
def test_moments_are_inverse_over_the_whole_range(at: int) -> None:
    assert calendar.seconds(*calendar.civil(at)) == at


@given(FAR_YEARS)
def test_weeks_have_seven_days(n: int) -> None:
    assert calendar.weekday(n + 7) == calendar.weekday(n)
    assert calendar.weekday(n + 1) == (calendar.weekday(n) + 1) % 7


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        ((2025, 2, 19), "2025-02-19"),
        ((-43, 1, 1), "-0043-01-01"),
        ((0, 12, 31), "0000-12-31"),
        ((170_000_002, 1, 1), "170000002-01-01"),
        ((-170_000_000, 1, 1), "-170000000-01-01"),
    ],
)
def test_days_are_written_with_four_digits_or_more(moment: tuple[int, int, int], written: str) -> None:
    assert calendar.iso_day(calendar.seconds(*moment)) == written


@pytest.mark.parametrize(
    ("year", "days"), [(2024, 29), (2025, 28), (1900, 28), (2000, 29), (0, 29), (-4, 29), (-1, 28)]
)
def test_february(year: int, days: int) -> None:
    assert calendar.days_in_month(year, 2) == days


def test_the_farthest_years_fit_in_64_bits_with_room_to_spare() -> None:
    assert (
        calendar.seconds(calendar.MAX_YEAR, 12, 31, 23, 59, 59) < calendar.MAX_SECONDS < 2**63 - calendar.DAY
    )
    assert calendar.seconds(-calendar.MAX_YEAR) > calendar.MIN_SECONDS
