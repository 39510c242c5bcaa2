from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import measure

from viewer.domain.calendar import DAY, civil, seconds
from viewer.timeline.layout import CalendarNames, Metrics
from viewer.timeline.scale import COARSEST, FINEST, TimeScale
from viewer.timeline.ticks import calendar

LEFT, RIGHT = 120.0, 1120.0
METRICS = Metrics()
YEARS = (-50_000, -9999, -300, -43, -1, 0, 1, 2, 99, 1000, 1600, 2024, 2025, 9999, 10_000, 80_000)
ZOOMS = [FINEST * 1.45**step for step in range(62)]


def drawn(scale, names=None, measured=measure):
    return calendar(scale, LEFT, RIGHT, names=names or CalendarNames(), measure=measured, metrics=METRICS)


def labels(strip):
    return [tick.label for tick in strip.ticks if tick.label]


def at(year, per_pixel, month=1, number=1):
    return TimeScale(seconds(year, month, number), per_pixel)


def assert_free(strip):
    ends = [tick.x + METRICS.tick_label + measure(tick.label, "") for tick in strip.ticks if tick.label]
    starts = [tick.x for tick in strip.ticks if tick.label]
    assert all(end <= start for end, (_, start) in zip(ends, pairwise(starts), strict=False))
    assert all(end <= RIGHT for end in ends)


@pytest.mark.parametrize("year", YEARS)
def test_labels_never_collide_from_minutes_to_a_hundred_thousand_years(year):
    assert ZOOMS[-1] > COARSEST
    for per_pixel in ZOOMS:
        (coarse, fine), _ = drawn(TimeScale(seconds(year), FINEST).zoomed(1 / per_pixel, 500))
        assert_free(coarse)
        assert_free(fine)
        assert len(labels(fine)) >= 3
        assert len(labels(coarse)) >= 1
        assert len(fine.ticks) <= 150


@given(st.integers(-(2**60), 2**60), st.floats(FINEST, COARSEST))
def test_labels_never_collide_at_any_time(start, per_pixel):
    (coarse, fine), grid = drawn(TimeScale(start, per_pixel))
    assert_free(coarse)
    assert_free(fine)
    xs = [tick.x for tick in grid]
    assert xs == sorted(xs)
    assert all(LEFT <= x <= RIGHT for x in xs)


@given(st.sampled_from(YEARS), st.sampled_from(ZOOMS), st.floats(0, 1))
def test_labelled_ticks_stand_at_boundaries_of_the_calendar(year, per_pixel, part):
    scale = TimeScale(seconds(year) + int(part * 300 * DAY), FINEST).zoomed(1 / per_pixel, 500)
    (_, fine), _ = drawn(scale)
    for tick in fine.ticks:
        if tick.strong:
            moment = scale.t(tick.x - LEFT)
            assert moment % 60 == 0
            if scale.seconds_per_pixel > 1500:
                assert moment % DAY == 0
            if scale.seconds_per_pixel > 20_000:
                assert civil(moment)[2] == 1
            if scale.seconds_per_pixel > 400_000:
                assert civil(moment)[1:3] == (1, 1)


@pytest.mark.parametrize(
    ("per_pixel", "coarse", "fine"),
    [
        (1.1, "15 January 2025", "00:01"),
        (60, "15 January 2025", "01:00"),
        (900, "January 2025", "Thu 16"),
        (2500, "January 2025", "16"),
        (10_000, "January 2025", "20"),
        (25_000, "2025", "Feb"),
        (100_000, "2025", "Apr"),
        (400_000, "2020s", "2026"),
        (2_500_000, "2020s", "2030"),
        (5_000_000, "2000–2099", "2030"),
        (90_000_000, "2000–2999", "2200"),
        (900_000_000, "1–9999", "4000"),
    ],
)
def test_the_strips_suit_the_scale(per_pixel, coarse, fine):
    (above, below), _ = drawn(at(2025, per_pixel, number=15))
    assert labels(above)[0] == coarse
    assert fine in labels(below)[:2]


def test_years_before_christ_have_their_own_names_and_no_year_zero():
    (above, below), _ = drawn(at(-43, 400_000))
    assert labels(below)[:2] == ["44 BC", "43 BC"]
    assert labels(above)[0] == "50–41 BC"
    (_, turn), _ = drawn(at(-1, 400_000))
    assert labels(turn)[:4] == ["2 BC", "1 BC", "1", "2"]
    (_, centuries), _ = drawn(at(-199, 40_000_000))
    assert labels(centuries)[:4] == ["200 BC", "100 BC", "1", "100"]


def test_the_period_under_the_left_edge_is_named_there():
    (coarse, _), _ = drawn(at(2024, 25_000, month=9))
    assert (coarse.ticks[0].x, coarse.ticks[0].label) == (LEFT, "2024")


def test_a_name_at_the_left_edge_gives_way_to_the_next():
    (coarse, _), _ = drawn(at(2024, 25_000, month=12, number=25))
    assert labels(coarse)[0] == "2025"


def test_weeks_are_thin_lines_within_months():
    _, grid = drawn(at(2024, 25_000, month=10))
    scale = at(2024, 25_000, month=10)
    weak = [tick.x for tick in grid if not tick.strong]
    strong = [tick.x for tick in grid if tick.strong]
    week = 7 * DAY / scale.seconds_per_pixel
    assert len(weak) > 20
    assert min(abs(one - other) for one in weak for other in strong) >= week / 2
    assert {(scale.t(x - LEFT) // DAY + 3) % 7 for x in weak} == {0}
    assert not any(tick.label for tick in grid)


def test_another_language_brings_its_own_names():
    months = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre")
    months += ("octobre", "novembre", "décembre")
    french = CalendarNames(months=months, short_months=months, before="{year} av. J.-C.")
    (coarse, fine), _ = drawn(at(-43, 25_000), french)
    assert labels(coarse)[0] == "44 av. J.-C."
    assert labels(fine)[:2] == ["janvier", "février"]


def test_wide_type_makes_the_strips_coarser_and_never_fails():
    (_, fine), _ = drawn(at(2025, 25_000), measured=lambda text, _role: 30.0 * len(text))
    assert labels(fine)[:2] == ["Jan", "Apr"]
    (coarse, fine), _ = drawn(at(2025, COARSEST), measured=lambda text, _role: 500.0 * len(text))
    assert labels(coarse) == labels(fine) == []
