"""How far two moments lie apart, and two extents at least and at most."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.calendar import DAY, civil, seconds
from viewer.domain.distances import distance, nearest_and_farthest

moments = st.integers(-(10**13), 10**13)


@pytest.mark.parametrize(
    ("one", "other", "parts"),
    [
        ((2025, 1, 1), (2025, 1, 1), (0, 0, 0)),
        ((2025, 1, 31), (2025, 2, 28), (0, 1, 0)),
        ((2025, 1, 31), (2025, 3, 1), (0, 1, 1)),
        ((2024, 2, 29), (2025, 2, 28), (1, 0, 0)),
        ((2024, 11, 20), (2025, 2, 3), (0, 2, 14)),
        ((-1, 12, 31), (1, 1, 1), (1, 0, 1)),
    ],
)
def test_distances_follow_the_calendar(one, other, parts):
    found = distance(seconds(*one), seconds(*other))
    assert (found.years, found.months, found.days) == parts
    assert distance(seconds(*other), seconds(*one)) == found


@given(moments, moments)
def test_a_distance_leads_from_one_moment_to_the_other(one, other):
    first, last = sorted((one, other))
    found = distance(one, other)
    assert found.total_days == (last - first) // DAY
    assert 0 <= found.months < 12
    assert 0 <= found.days <= 31
    assert 0 <= found.hours < 24
    year, month = civil(first)[:2]
    whole = found.years * 12 + found.months
    months = (civil(last)[0] - year) * 12 + civil(last)[1] - month
    assert months - 1 <= whole <= months


@given(st.data())
def test_any_two_moments_of_two_extents_lie_between_nearest_and_farthest(data):
    extents = [tuple(sorted(data.draw(st.tuples(moments, moments)))) for _ in range(2)]
    nearest, farthest = nearest_and_farthest(*extents)
    apart = abs(data.draw(st.integers(*extents[0])) - data.draw(st.integers(*extents[1])))
    assert nearest[1] - nearest[0] <= apart <= farthest[1] - farthest[0]


def test_of_an_open_extent_there_is_no_farthest():
    assert nearest_and_farthest((0, 10), (30, None)) == ((10, 30), None)
    assert nearest_and_farthest((None, 10), (5, 7)) == ((0, 0), None)
