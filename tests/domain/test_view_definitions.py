"""What a saved view is written as, and what is made of one that a stranger wrote."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.calendar import DAY
from viewer.domain.saved_views import CLOCKS, LANES, SavedDate, SavedFilter, SavedView, definition, read_view

moments = st.integers(-(10**9), 10**10)
texts = st.text(max_size=8)
dates = st.none() | st.builds(
    SavedDate, st.sampled_from(["2024-10", "1999", "2025-02-03"]), st.none() | texts
)
filters = st.builds(
    SavedFilter,
    text=texts,
    actor=texts,
    source=texts,
    kinds=st.none() | st.lists(texts).map(tuple),
    since=dates,
    until=dates,
    certainly=st.booleans(),
    disputed=st.booleans(),
    min_origins=st.integers(0, 9),
    reliability=st.sampled_from(["", *"ABCDEF"]),
    credibility=st.none() | st.integers(1, 6),
)
views = st.builds(
    SavedView,
    shown=st.none() | st.tuples(moments, st.integers(1, 10**9)).map(lambda at: (at[0], at[0] + at[1])),
    lanes=st.none() | st.sampled_from(LANES),
    clock=st.none() | st.sampled_from(CLOCKS),
    knows_day=st.just(True),
    known_on=st.none() | st.integers(-10_000, 20_000).map(lambda day: day * DAY + DAY - 1),
    filter=st.none() | filters,
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
known = st.sampled_from(["shown", "lanes", "clock", "known_on", "filter"])


@given(views)
def test_a_view_is_read_as_it_was_written(view):
    assert read_view(json.loads(json.dumps(definition(view)))) == view


@given(st.dictionaries(known | texts, anything, max_size=6))
def test_a_strangers_view_is_read_as_far_as_it_can_be(raw):
    view = read_view(raw)
    assert set(view.problems) <= {name for name in view.problems if name.split(".")[0] in raw}
    assert read_view(definition(view)) == view


@given(views, st.dictionaries(texts.filter(lambda key: key not in ("shown", "lanes")), anything, max_size=4))
def test_keys_that_are_not_ours_stay(view, before):
    unknown = {key: value for key, value in before.items() if key not in ("clock", "known_on", "filter")}
    kept = definition(view, before)
    assert {key: kept[key] for key in unknown}.keys() == unknown.keys()


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ({"shown": [2, 1]}, "shown"),
        ({"shown": [1, True]}, "shown"),
        ({"lanes": ["kind"]}, "lanes"),
        ({"known_on": "2025"}, "known_on"),
        ({"filter": {"since": {"edtf": "soon"}}}, "filter.since"),
        ({"filter": {"kinds": "deployment"}}, "filter.kinds"),
        ({"filter": {"reliability": "AB"}}, "filter.reliability"),
        ({"filter": {"min_origins": -1}}, "filter.min_origins"),
    ],
)
def test_what_is_wrong_is_named(raw, problem):
    assert read_view(raw).problems == (problem,)
