from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.scale import COARSEST, FARTHEST, FINEST, OUTSIDE, TimeScale

scales = st.builds(
    TimeScale,
    st.integers(-FARTHEST // 2, FARTHEST // 2),
    st.floats(FINEST, COARSEST),
    st.floats(0, 1, exclude_max=True),
)
pixels = st.floats(0, 4000)


@given(scales, st.integers(0, 2000))
def test_a_moment_comes_back_from_its_pixel(scale, x):
    moment = scale.t(x)
    assert scale.t(scale.x(moment)) == moment


@given(scales, pixels)
def test_a_pixel_comes_back_from_its_moment_to_the_second(scale, x):
    assert scale.x(scale.t(x)) == pytest.approx(x, abs=0.51 / scale.seconds_per_pixel + 1e-6)


@given(scales, pixels, st.floats(0.1, 10))
def test_zooming_keeps_the_moment_under_the_pointer(scale, x, factor):
    zoomed = scale.zoomed(factor, x)
    assert zoomed.x(scale.t(x)) == pytest.approx(x, abs=1.5)


def test_zooming_in_and_out_a_thousand_times_does_not_drift():
    scale = TimeScale(seconds(2025), 3.7, 0.25)
    after = scale
    for _ in range(1000):
        after = after.zoomed(1.3, 417.3).zoomed(1 / 1.3, 417.3)
    assert after.x(scale.t(417.3)) == pytest.approx(scale.x(scale.t(417.3)), abs=0.01)


def test_panning_by_fractions_adds_up():
    scale = TimeScale(seconds(2025), 1.0)
    for _ in range(1000):
        scale = scale.panned(0.1)
    assert scale.x(seconds(2025)) == pytest.approx(-100)


def test_panning_moves_towards_later_times():
    scale = TimeScale(0, 10.0)
    assert scale.panned(5).t(0) == 50


@given(scales, st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_many_moments_are_placed_like_one(scale, moments):
    together = scale.xs(np.array(moments, dtype=np.int64))
    assert together.tolist() == pytest.approx([scale.x(moment) for moment in moments], abs=1e-3)


def test_the_ends_of_all_time_neither_overflow_nor_reach_the_canvas():
    ends = np.array([-(2**63), 2**63 - 1], dtype=np.int64)
    assert TimeScale(0, 1.0).xs(ends).tolist() == [-OUTSIDE, OUTSIDE]
    assert TimeScale(-FARTHEST, 1.0).xs(ends).tolist() == [0, OUTSIDE]


@given(scales, st.floats(-1e9, 1e9), st.floats(1e-9, 1e9))
def test_no_gesture_leaves_the_limits(scale, distance, factor):
    after = scale.panned(distance).zoomed(factor, 500)
    assert FINEST <= after.seconds_per_pixel <= COARSEST
    assert -FARTHEST <= after.start <= FARTHEST


def test_the_limits_reach_from_minutes_to_a_hundred_thousand_years():
    assert TimeScale.fitting(0, 60, 600).visible(600) == (-270, 330)
    first, last = TimeScale.fitting(seconds(-50_000), seconds(50_000), 600).visible(600)
    assert first <= seconds(-50_000) < seconds(50_000) <= last + DAY


def test_fitting_leaves_the_margin_free_on_both_sides():
    scale = TimeScale.fitting(seconds(2024), seconds(2025), 1000, margin=50)
    assert scale.x(seconds(2024)) == pytest.approx(50, abs=0.01)
    assert scale.x(seconds(2025)) == pytest.approx(950, abs=0.01)


def test_fitting_takes_bounds_in_any_order():
    assert TimeScale.fitting(500, 100, 300) == TimeScale.fitting(100, 500, 300)


def test_what_is_visible_covers_the_last_pixel():
    assert TimeScale(100, 10.0, 0.5).visible(20) == (100, 301)
