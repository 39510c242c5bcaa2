from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.calendar import DAY, HOUR, MINUTE
from viewer.timeline.stretches import step_edges, whole_step


@given(st.floats(0.5, 1e12))
def test_a_step_is_whole_days_or_goes_into_one(least):
    step = whole_step(least)
    assert step >= least
    assert step % DAY == 0 or DAY % step == 0


@pytest.mark.parametrize(
    ("least", "step"),
    [
        (0.3, 1),
        (7, 10),
        (61, 2 * MINUTE),
        (50 * MINUTE, HOUR),
        (5 * HOUR, 6 * HOUR),
        (13 * HOUR, DAY),
        (DAY, DAY),
        (DAY + 1, 2 * DAY),
        (100.2 * DAY, 101 * DAY),
    ],
)
def test_the_next_calm_step_is_taken(least, step):
    assert whole_step(least) == step


@given(st.integers(-(2**50), 2**50), st.integers(0, 2**40), st.integers(2**31, 2**35))
def test_edges_stand_on_whole_steps_and_hold_the_span(lo, length, step):
    edges = step_edges(lo, lo + length, step)
    assert edges[0] <= lo < edges[0] + step
    assert edges[-1] - step < lo + length <= edges[-1]
    assert (edges % step == 0).all()
