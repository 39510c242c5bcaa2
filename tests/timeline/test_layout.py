from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import (
    WINTER,
    Dated,
    columns,
    dated,
    draw,
    events,
    fitted,
    index,
    viewports,
)

from viewer.domain.calendar import DAY, HOUR, seconds
from viewer.timeline.index import Index, LaneInfo
from viewer.timeline.layout import Metrics, Viewport
from viewer.timeline.scale import TimeScale

METRICS = Metrics()


@given(events(), viewports())
def test_items_are_clipped_to_the_canvas_and_their_marks_lie_on_it(drawn, viewport):
    items = draw(index(drawn), viewport).items
    for name in ("lo", "hi"):
        assert ((items[name] >= METRICS.heading) & (items[name] <= np.float32(viewport.width))).all()
    assert (items["lo"] <= items["hi"]).all()
    marks = items["mark"][~np.isnan(items["mark"])]
    assert ((marks >= METRICS.heading) & (marks <= np.float32(viewport.width))).all()


@given(events(), viewports(), st.data())
def test_nothing_changes_its_height_on_the_screen_while_the_view_or_the_filter_changes(drawn, viewport, data):
    document = index(drawn)
    whole = draw(document, replace(fitted(document), width=viewport.width, height=viewport.height))
    heights = {int(item["event"]): float(item["y"]) for item in whole.items}
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(drawn), max_size=len(drawn))))
    for shown in (None, mask):
        scene = draw(document, replace(viewport, scroll=0), mask=shown)
        assert [(lane.y, lane.height) for lane in scene.lanes] == [
            (lane.y, lane.height) for lane in whole.lanes
        ]
        for item in scene.items:
            assert heights.get(int(item["event"]), float(item["y"])) == float(item["y"])


def test_a_lane_without_events_is_shown_small():
    scene = draw(index(WINTER[:3]), fitted(index(WINTER)))
    assert [lane.count for lane in scene.lanes] == [3, 0, 0]
    assert [lane.height for lane in scene.lanes[1:]] == [METRICS.lane_least, METRICS.lane_least]


def test_lanes_that_do_not_fit_get_closer_rows_and_then_scroll():
    pile = [Dated(n, n % 3, 0, DAY) for n in range(1, 3 * METRICS.lane_rows + 1)]
    document = index(pile)
    viewport = Viewport(TimeScale.fitting(0, DAY, 900, 50), 1020, 400)
    scene = draw(document, viewport)
    assert scene.row_height == METRICS.row_compact
    assert scene.overflow > 2 * METRICS.lane_rows * METRICS.row_compact - 400
    end = draw(document, replace(viewport, scroll=1e9))
    assert end.lanes[-1].y + end.lanes[-1].height == pytest.approx(end.lanes_bottom)
    assert 3 in scene.items["event"]
    assert 3 not in end.items["event"]


def test_a_filter_hides_in_place_and_is_counted():
    document = index(WINTER)
    mask = np.array([event.id != 2 for event in WINTER])
    everything, some = draw(document, fitted(document)), draw(document, fitted(document), mask=mask)
    assert set(some.items["event"]) == {1, 3, 4, 5, 6}
    assert some.item(3)["y"] == everything.item(3)["y"]
    assert [(lane.count, lane.shown) for lane in some.lanes] == [(3, 2), (1, 1), (2, 2)]


def test_a_fuzzy_mark_stays_in_the_middle_of_the_whole_extent():
    document = index([dated(1, 0, "2025-01-01", "2025-01-31")])
    scale = TimeScale(seconds(2025, 1, 10), DAY / 50)
    scene = draw(document, Viewport(scale, 1120, 400))
    item = scene.item(1)
    assert item["lo"] == METRICS.heading
    assert item["mark"] == pytest.approx(METRICS.heading + 6.5 * 50)
    later = draw(document, Viewport(scale.panned(600), 1120, 400)).item(1)
    assert np.isnan(later["mark"])


def test_open_events_run_to_the_edge():
    scene = draw(index([*WINTER, Dated(9, 1, seconds(2025, 2), None)]), fitted(index(WINTER)))
    item = scene.item(9)
    assert item["open_hi"]
    assert not item["open_lo"]
    assert item["hi"] == scene.width


def test_a_span_has_a_certain_core_only_where_it_is_seen():
    span = Dated(
        1, 0, seconds(2025), seconds(2026), start_hi=seconds(2025, 2), end_lo=seconds(2025, 3), span=True
    )
    document = index([span])
    whole = draw(document, fitted(document)).item(1)
    assert whole["lo"] < whole["core_lo"] < whole["core_hi"] < whole["hi"]
    autumn = draw(document, Viewport(TimeScale(seconds(2025, 9), HOUR), 1000, 400)).item(1)
    assert autumn["core_lo"] > autumn["core_hi"]


@pytest.mark.parametrize(("width", "height"), [(1, 1), (119, 40), (120, 60), (300, 61), (50, 2000)])
def test_a_tiny_window_is_no_fault(width, height):
    document = index(WINTER, undated=[7, 8])
    scene = draw(document, Viewport(TimeScale(seconds(2025), 3600.0), width, height), selected=frozenset([5]))
    assert scene.lanes_bottom >= scene.lanes_top


def test_an_empty_document_shows_its_lanes():
    scene = draw(index([]), Viewport(TimeScale(seconds(2025), 3600.0), 1000, 500))
    assert len(scene.lanes) == 3
    assert not len(scene.items)
    assert scene.overflow == 0
    no_lanes = draw(Index.build(columns([]), [], ()), Viewport(TimeScale(0, 1.0), 1000, 500))
    assert no_lanes.lanes == ()


def test_many_lanes_scroll():
    lanes = [LaneInfo(f"place {n}", f"Place {n}", -1) for n in range(40)]
    document = Index.build(columns([replace(WINTER[0], lane=n, id=n + 1) for n in range(40)]), lanes, ())
    scene = draw(document, fitted(document))
    assert scene.overflow == 40 * METRICS.lane_least - 500
    assert len(scene.items) < 12
