"""The work of a frame is bounded by its pixels, whatever the document holds and wherever one looks."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline_documents import LANES, draw, flags_of, measure, title

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.columns import Columns
from viewer.timeline.hit import hit
from viewer.timeline.index import Index, LaneInfo, Undated
from viewer.timeline.layout import Metrics, Viewport, layout
from viewer.timeline.scale import TimeScale
from viewer.timeline.shown import Shown

METRICS = Metrics()
YEAR = 365 * DAY
SIZES = ((1, 1), (320, 200), (1920, 1080), (7680, 4320))


def document(lo, hi, lane=None, lanes=LANES, undated=()):
    number = len(lo)
    no = np.zeros(number, dtype=bool)
    lane = np.zeros(number, np.int32) if lane is None else lane.astype(np.int32)
    ids = np.arange(1, number + 1)
    return Index.build(Columns(ids, lane.astype(np.int16), lane, lo, hi, lo, hi, *[no] * 5), lanes, undated)


def drawn(index, scale, size, **more):
    shown = more.pop("shown", None) or Shown.of(index)
    viewport = Viewport(scale, *map(float, size), **more)
    return layout(index, viewport, title=title, measure=measure, shown=shown)


def bounded(scene):
    """Whether a scene holds no more than its pixels have room for."""
    canvas = max(scene.width - scene.heading, 0)
    rows = scene.height / METRICS.row_compact + 2
    assert len(scene.lanes) <= scene.height / METRICS.lane_least + 2
    assert len(scene.bands) <= len(scene.lanes)
    assert len(scene.items) <= METRICS.singles + canvas / METRICS.slim_step * rows
    assert np.count_nonzero(~scene.items["slim"]) <= METRICS.singles
    assert len(scene.labels) <= METRICS.labels
    assert all(len(band.counts) <= canvas / METRICS.band_step + 3 for band in scene.bands)
    assert len(scene.strips[0].ticks) + len(scene.strips[1].ticks) <= canvas / 2 + 20
    return True


@pytest.fixture(scope="module")
def many():
    """Two hundred thousand events over thirty years in eight lanes, half of them fuzzy."""
    chance = np.random.default_rng(11)
    lo = chance.integers(seconds(1995), seconds(2025), 200_000)
    length = np.where(chance.random(200_000) < 0.5, 59, 10 ** chance.uniform(4, 7, 200_000)).astype(np.int64)
    lanes = [LaneInfo(f"lane {n}", f"Lane {n}", n) for n in range(8)]
    return document(lo, lo + length, chance.integers(0, 8, 200_000), lanes)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("share", [1, 0.1, 0.001, 1e-5])
def test_everything_at_every_size(many, size, share):
    middle, half = seconds(2010), int(15 * YEAR * share)
    scale = TimeScale.fitting(middle - half, middle + half, max(size[0] - 120, 1))
    assert bounded(drawn(many, scale, size))


@pytest.mark.parametrize("year", [-13_000_000_000, -1, 9_999, 13_000_000_000])
@pytest.mark.parametrize("size", SIZES)
def test_one_second_far_away(many, year, size):
    """Clamped to what can be drawn, without an overflow, and nothing of the document is there."""
    moment = round(year * 365.2425 * DAY)
    scale = TimeScale.fitting(moment, moment + 1, max(size[0] - 120, 1))
    scene = drawn(many, scale, size)
    assert bounded(scene)
    assert not len(scene.items)
    assert not any(band.counts.any() for band in scene.bands)


def test_very_many_events_on_one_instant():
    moment = np.full(300_000, seconds(2024), np.int64)
    index = document(moment, moment + 59)
    for spread in (YEAR, DAY, 60):
        scale = TimeScale.fitting(seconds(2024) - spread, seconds(2024) + spread, 1800)
        scene = drawn(index, scale, (1920, 1080))
        assert bounded(scene)
        assert sum(int(band.counts.sum()) for band in scene.bands) == 300_000
    assert scene.overflow == 0


def test_one_event_of_ten_thousand_years_among_very_many_of_a_second():
    chance = np.random.default_rng(4)
    lo = np.concatenate(([seconds(-7000)], chance.integers(seconds(2020), seconds(2025), 300_000)))
    hi = lo.copy()
    hi[0] = seconds(3000)
    index = document(lo, hi)
    for span in (10_000 * YEAR, 5 * YEAR, DAY, 3600):
        scale = TimeScale.fitting(seconds(2022) - span // 2, seconds(2022) + span // 2, 1800)
        assert bounded(drawn(index, scale, (1920, 1080)))
    near = drawn(index, TimeScale.fitting(seconds(2022), seconds(2022) + 3600, 1800), (1920, 1080))
    assert near.item(1)["lo"] == METRICS.heading
    assert near.item(1)["hi"] == 1920


def test_all_undated():
    nothing = np.zeros(0, np.int64)
    index = document(nothing, nothing, undated=[Undated(n, n % 3) for n in range(1, 100_001)])
    for size in SIZES:
        scene = drawn(index, TimeScale(seconds(2024), 3600.0), size)
        assert bounded(scene)
        assert scene.shelf.count == 100_000
        assert len(scene.shelf.chips) <= METRICS.chips
        assert scene.shelf.more == 100_000 - len(scene.shelf.chips)


@pytest.fixture(scope="module")
def lanes_5000():
    lanes = [LaneInfo(f"actor {n}", f"Actor {n}", -1) for n in range(5_000)]
    lo = seconds(2020) + (np.arange(100_000, dtype=np.int64) * 37 % 1800) * DAY
    return document(lo, lo + DAY - 1, np.arange(100_000) % 5_000, lanes)


@pytest.mark.parametrize("scroll", [0.0, 150_000.0, 1e9])
def test_five_thousand_lanes_are_as_many_as_are_in_sight(lanes_5000, scroll):
    scale = TimeScale.fitting(seconds(2020), seconds(2025), 1800)
    scene = drawn(lanes_5000, scale, (1920, 1080), scroll=scroll)
    assert bounded(scene)
    assert [lane.place for lane in scene.lanes] == [
        *range(scene.lanes[0].place, scene.lanes[0].place + len(scene.lanes))
    ]
    assert scene.lanes[0].y <= scene.lanes_top
    assert scene.lanes[-1].y + scene.lanes[-1].height >= scene.lanes_bottom
    assert scene.lanes[-1].is_last is (scroll == 1e9)
    for lane in scene.lanes:
        assert lane.name == f"Actor {lane.place}"
        found = hit(scene, 20, lane.y + lane.height / 2)
        assert found.lane is None or scene.lanes[found.lane] is lane


def test_a_lane_is_drawn_the_same_wherever_its_rows_are_scrolled(many):
    scale = TimeScale.fitting(seconds(2010), seconds(2010, 4), 1800)
    looks = []
    for scroll in (0.0, 100.0, 1000.0):
        within = {lane.key: scroll for lane in many.lanes}
        scene = drawn(many, scale, (1920, 1080), within=within)
        looks.append([(slim.lane, slim.strength) for slim in scene.slim])
        assert scene.slim
    assert looks[0] == looks[1] == looks[2]


@pytest.fixture(scope="module")
def crowded_lanes():
    chance = np.random.default_rng(2)
    lo = chance.integers(seconds(2020), seconds(2022), 6_000)
    hi = lo + (10 ** chance.uniform(4, 6.5, 6_000)).astype(np.int64)
    return document(lo, hi, chance.integers(0, 3, 6_000))


@st.composite
def places(draw):
    per_pixel = 10 ** draw(st.floats(1, 5))
    scale = TimeScale(draw(st.integers(seconds(2019), seconds(2023))), per_pixel)
    scrolls = {lane.key: draw(st.floats(0, 3_000)) for lane in LANES}
    return Viewport(scale, 1400.0, 800.0, draw(st.floats(0, 300)), scrolls)


@settings(deadline=None, max_examples=60)
@given(st.data(), st.lists(places(), min_size=2, max_size=5))
def test_no_event_changes_its_row_while_panning_zooming_scrolling_or_filtering(
    crowded_lanes, data, viewports
):
    """Measured from its lane's top, and with what the lane is scrolled taken off, an event never moves."""
    index, heights, standing = crowded_lanes, {}, {}
    for viewport in viewports:
        chosen = data.draw(st.sampled_from([None, 2, 7]))
        mask = None if chosen is None else np.arange(6_000) % chosen == 0
        shown = Shown.of(index) if mask is None else Shown.of(index, flags_of(index, mask, None))
        scene = layout(index, viewport, title=title, measure=measure, shown=shown)
        for lane in scene.lanes:
            top = lane.y - scene.lanes[0].y if scene.lanes[0].place == 0 else None
            assert heights.setdefault(lane.key, lane.height) == lane.height
            assert top is None or standing.setdefault(lane.key, top) == pytest.approx(top)
        tops = np.array([lane.y for lane in scene.lanes])
        at = np.searchsorted(tops, scene.items["y"], side="right") - 1
        for item, lane in zip(scene.items, (scene.lanes[each] for each in at), strict=True):
            event = int(item["event"])
            row = float(item["y"]) - lane.y + lane.scroll
            assert standing.setdefault(event, row) == pytest.approx(row, abs=0.01)


def test_marks_grow_smaller_as_their_crowd_grows_and_never_by_a_jump():
    lo = seconds(2020) + np.arange(400, dtype=np.int64) * DAY
    index = document(lo, lo)
    sizes = []
    for days in range(20, 120, 4):
        scale = TimeScale.fitting(seconds(2020, 3), seconds(2020, 3) + days * DAY, 1800)
        scene = drawn(index, scale, (1920, 1080))
        sizes.append((len(scene.items), float(scene.items["size"].max()), bool(scene.items["slim"].any())))
    single = [size for _, size, slim in sizes if not slim]
    assert single[0] == METRICS.mark
    assert single == sorted(single, reverse=True)
    assert single[-1] <= METRICS.mark_least + 1.5
    slim = [size for _, size, slim in sizes if slim]
    assert slim
    assert max(slim) <= METRICS.slim_most


def test_rows_pass_into_bars_little_by_little():
    chance = np.random.default_rng(8)
    lo = chance.integers(seconds(2020), seconds(2024), 40_000)
    index = document(lo, lo + 3600)
    strengths = []
    for days in np.geomspace(5, 400, 60):
        scale = TimeScale.fitting(seconds(2022), seconds(2022) + int(days * DAY), 1800)
        scene = drawn(index, scale, (1920, 1080))
        rows = scene.slim[0].strength if scene.slim else 0.0
        bars = scene.bands[0].strength if scene.bands else 0.0
        if scene.slim or scene.bands:
            assert rows + bars == pytest.approx(1)
            strengths.append(rows)
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[0] == 1
    assert strengths[-1] == 0
    assert len([rows for rows in strengths if 0 < rows < 1]) >= 3


def test_a_selected_event_stands_out_of_its_slim_row_in_its_own_place(crowded_lanes):
    scale = TimeScale.fitting(seconds(2021), seconds(2021, 3), 1280)
    viewport = Viewport(scale, 1400.0, 800.0)
    plain = draw(crowded_lanes, viewport)
    chosen = plain.items[plain.items["slim"] & ~np.isnan(plain.items["mark"])][5]
    scene = draw(crowded_lanes, viewport, selected=frozenset([int(chosen["event"])]))
    item = scene.item(int(chosen["event"]))
    assert not item["slim"]
    assert (item["y"], item["mark"]) == (chosen["y"], chosen["mark"])
    assert item["size"] == METRICS.mark
    assert hit(scene, float(item["mark"]), float(item["y"])).event == chosen["event"]


def test_every_event_of_a_slim_row_is_found_where_it_stands(crowded_lanes):
    scale = TimeScale.fitting(seconds(2021), seconds(2021, 2), 1280)
    scene = draw(crowded_lanes, replace(Viewport(scale, 1400.0, 800.0)))
    marks = scene.items[scene.items["slim"] & ~np.isnan(scene.items["mark"])]
    assert len(marks) > 50
    for item in marks[:: max(len(marks) // 50, 1)]:
        if item["mark"] < scene.width - 14:
            found = scene.item(hit(scene, float(item["mark"]), float(item["y"])).event)
            assert abs(float(found["mark"]) - float(item["mark"])) < 0.51
