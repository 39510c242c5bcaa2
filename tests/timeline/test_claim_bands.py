"""The claims of one event below its mark: where each lies, how many there are, and that nothing else moves."""

from __future__ import annotations

import math
import time
from dataclasses import replace

import numpy as np
import pytest
from builders import a_claim, an_event
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import WINTER, draw, fitted, index

from viewer.domain.dates import from_edtf
from viewer.timeline.claim_bands import MOST, expanded
from viewer.timeline.hit import Hit, hit
from viewer.timeline.metrics import Metrics

METRICS = Metrics()
NAMES = {"paper": "The Paper", "agency": "Agency wire", "long": "A name that goes on " * 20}
EVENT = WINTER[0]


def an_expanded(*claims, clashing=(), **fields):
    event = an_event(**{"id": EVENT.id, "when": from_edtf("2025-02"), "claims": claims, **fields})
    return expanded(event, NAMES, frozenset(clashing))


def said(edtf=None, source="paper", **fields):
    return a_claim(source, when=None if edtf is None else from_edtf(edtf), **fields)


def scene_of(wanted, viewport=None):
    document = index(WINTER)
    return draw(document, viewport or fitted(document), claims=wanted)


def test_each_claim_lies_over_the_time_that_it_gives():
    document = index(WINTER)
    viewport = fitted(document)
    leaf = scene_of(an_expanded(said("2025-01"), said("2025-02-10/2025-02-20"))).claims
    days = [(from_edtf("2025-01"), leaf.bands[0]), (from_edtf("2025-02-10/2025-02-20"), leaf.bands[1])]
    for date, band in days:
        assert band.lo == pytest.approx(METRICS.heading + viewport.scale.x(date.earliest), abs=0.01)
        assert band.hi == pytest.approx(METRICS.heading + viewport.scale.x(date.latest + 1), abs=0.01)
        assert band.own
    assert [band.text for band in leaf.bands] == ["The Paper", "The Paper"]


def test_a_claim_without_a_date_stands_for_that_of_the_event():
    (band,) = scene_of(an_expanded(said())).claims.bands
    own = scene_of(an_expanded(said("2025-02"))).claims.bands[0]
    assert (band.lo, band.hi, band.own, band.dated) == (own.lo, own.hi, False, True)


def test_where_neither_is_dated_only_the_name_is_shown():
    (band,) = scene_of(an_expanded(said(), when=None)).claims.bands
    assert (band.dated, band.text) == (False, "The Paper")


def test_stance_retraction_and_clash_are_told():
    claims = said("2025-01", uid="a"), said(stance="disputes", uid="b"), said(retracted=True, uid="c")
    bands = scene_of(an_expanded(*claims, clashing={"a"})).claims.bands
    assert [(each.claim, each.stance, each.retracted, each.clashes) for each in bands] == [
        ("a", "supports", False, True),
        ("b", "disputes", False, False),
        ("c", "supports", True, False),
    ]


def test_those_that_clash_come_first_and_the_rest_is_counted():
    claims = [said("2025-01", uid=f"c{number}") for number in range(40)]
    wanted = an_expanded(*claims, clashing={"c30", "c35"})
    assert [each.claim for each in wanted.claims[:3]] == ["c30", "c35", "c0"]
    assert (len(wanted.claims), wanted.more) == (MOST, 28)
    tall = replace(fitted(index(WINTER)), height=1000)
    leaf = scene_of(wanted, tall).claims
    assert (len(leaf.bands), leaf.more) == (MOST, 28)


def test_ten_thousand_claims_cost_no_more_than_what_is_drawn():
    claims = tuple(said("2025-01", uid=f"c{number}") for number in range(10_000))
    event = an_event(id=EVENT.id, claims=claims)
    started = time.perf_counter()
    wanted = expanded(event, NAMES, frozenset())
    leaf = scene_of(wanted).claims
    assert time.perf_counter() - started < 0.5
    assert len(leaf.bands) + leaf.more == 10_000
    assert len(wanted.claims) == MOST


def test_open_ends_run_to_the_edge_of_the_canvas():
    leaf = scene_of(an_expanded(said("../2025-02"), said("2025-02/.."))).claims
    first, second = leaf.bands
    assert (first.open_lo, first.open_hi, second.open_lo, second.open_hi) == (True, False, False, True)
    assert first.lo == METRICS.heading
    assert second.hi == fitted(index(WINTER)).width


def test_only_an_event_in_sight_opens_a_leaf():
    assert scene_of(None).claims is None
    assert scene_of(an_expanded(said("2025-01"), id=999)).claims is None


@given(
    st.lists(st.sampled_from([None, "2025-01", "2024-12-24", "../2025", "1999", "2025-02/.."]), max_size=20),
    st.sampled_from(["paper", "long", "unknown"]),
    st.integers(200, 900),
)
def test_bands_stay_on_their_leaf_and_the_leaf_on_the_canvas(dates, source, height):
    viewport = replace(fitted(index(WINTER)), height=height)
    scene = scene_of(an_expanded(*(said(date, source) for date in dates)), viewport)
    leaf = scene.claims
    assert leaf is None or len(leaf.bands) + leaf.more == len(dates)
    for band in leaf.bands if leaf is not None else ():
        assert leaf.y <= band.y <= leaf.y + leaf.height
        assert METRICS.heading <= band.lo <= band.hi <= viewport.width + METRICS.claim_shortest
        assert not math.isnan(band.text_x)
        assert band.width <= METRICS.claim_name
        assert band.text_x + band.width <= viewport.width


def test_nothing_else_moves_when_a_leaf_is_opened():
    closed, opened = scene_of(None), scene_of(an_expanded(said("2025-01"), said()))
    assert np.array_equal(closed.items, opened.items)
    assert (closed.labels, closed.lanes) == (opened.labels, opened.lanes)


def test_a_leaf_lies_below_its_row_or_above_where_there_is_more_room():
    for event in WINTER:
        wanted = an_expanded(*(said("2025-01") for _ in range(8)), id=event.id)
        scene = scene_of(wanted)
        y, leaf = float(scene.item(event.id)["y"]), scene.claims
        assert not leaf.y < y < leaf.y + leaf.height
        assert leaf.y >= scene.lanes_top - 0.01
        assert leaf.y + leaf.height <= scene.lanes_bottom + 0.01


def test_a_click_on_the_leaf_is_one_on_its_event():
    scene = scene_of(an_expanded(said("2025-01")))
    leaf = scene.claims
    found = hit(scene, leaf.x + leaf.width / 2, leaf.y + leaf.height / 2)
    assert isinstance(found, Hit)
    assert (found.what, found.event) == ("event", EVENT.id)


def test_rivals_are_signed_and_their_titles_leave_room_for_the_sign():
    document = index(WINTER)
    scene = draw(document, fitted(document), rivals=frozenset({EVENT.id}))
    assert [int(each["event"]) for each in scene.items if each["rival"]] == [EVENT.id]
    assert not scene.items["disputed"].any() or EVENT.id not in scene.items["event"][scene.items["disputed"]]
