from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from timeline_documents import (
    LANES,
    Dated,
    draw,
    index,
)

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.columns import Columns
from viewer.timeline.index import Index
from viewer.timeline.layout import Metrics, Viewport
from viewer.timeline.scale import TimeScale

METRICS = Metrics()


def crowd(number, depth=1):
    """So many events over ten years in three lanes, about `depth` of them at a time in each."""
    chance = np.random.default_rng(5)
    lo = np.sort(chance.integers(seconds(2015), seconds(2025), number))
    length = max(depth * 3 * (10 * 365 * DAY) // number, 1)
    hi = lo + chance.integers(1, 2 * length, number)
    lane = np.arange(number, dtype=np.int16) % 3
    no = np.zeros(number, dtype=bool)
    ids = np.arange(1, number + 1)
    return Index.build(Columns(ids, lane, lane, lo, hi, lo, hi, no, no, no, no, no), LANES, ())


@pytest.fixture(scope="module")
def many():
    return crowd(200_000)


def test_what_is_drawn_is_bounded_by_pixels_not_by_events(many):
    for share in (1, 0.1, 0.01, 0.001, 0.0001):
        scale = TimeScale(seconds(2020), 10 * 365 * DAY * share / 1000).panned(-500)
        scene = draw(many, Viewport(scale, 1120, 700))
        assert len(scene.items) <= METRICS.singles + 1000 / METRICS.slim_step * 700 / scene.row_height
        assert sum(len(band.counts) for band in scene.bands) <= 3 * (1000 / METRICS.band_step + 2)
        assert len(scene.labels) <= METRICS.labels


def test_a_crowded_lane_is_a_band_and_dissolves_into_rows_on_zooming_in(many):
    whole = draw(many, Viewport(TimeScale.fitting(seconds(2015), seconds(2025), 1000, 0), 1120, 700))
    assert [band.lane for band in whole.bands] == [0, 1, 2]
    assert not len(whole.items)
    near = draw(many, Viewport(TimeScale(seconds(2020), 60.0), 1120, 700))
    assert not near.bands
    assert len(near.items)
    assert [lane.height for lane in near.lanes] == [lane.height for lane in whole.lanes]


def test_a_band_counts_every_mark_in_sight(many):
    scene = draw(many, Viewport(TimeScale.fitting(seconds(2014), seconds(2026), 1000, 0), 1120, 700))
    assert sum(int(band.counts.sum()) for band in scene.bands) == 200_000
    for band in scene.bands:
        most = scene.lanes[band.lane].height - METRICS.band_foot
        assert band.possible_heights.max() <= most
        assert ((band.heights > 0) == (band.counts > 0)).all()
        assert (band.heights <= band.possible_heights).all()
        assert METRICS.band_step <= band.step < 2 * METRICS.band_step


def test_a_band_shows_only_what_the_filter_leaves(many):
    mask = np.arange(200_000) % 2 == 0
    scene = draw(
        many, Viewport(TimeScale.fitting(seconds(2014), seconds(2026), 1000, 0), 1120, 700), mask=mask
    )
    assert sum(int(band.counts.sum()) for band in scene.bands) == 100_000


def test_a_band_tells_how_many_may_lie_in_a_stretch():
    """A thousand events on some day of one year, each within a month: all may lie in many stretches."""
    chance = np.random.default_rng(3)
    lo = seconds(2020) + chance.integers(0, 330, 20_000) * DAY
    hi, lane, no = lo + 30 * DAY - 1, np.zeros(20_000, np.int32), np.zeros(20_000, bool)
    ids = np.arange(1, 20_001)
    document = Index.build(Columns(ids, lane, lane, lo, hi, lo, hi, no, no, no, no, no), LANES, ())
    scale = TimeScale.fitting(seconds(2020), seconds(2021), 1000, 0)
    (band,) = draw(document, Viewport(scale, 1120, 700)).bands
    assert band.counts.sum() == 20_000
    first = round(scale.t(band.x - METRICS.heading) / DAY) * DAY
    length = round(band.step * scale.seconds_per_pixel)
    for column in (20, 60, 100):
        start = first + column * length
        assert band.possible[column] == np.count_nonzero((lo < start + length) & (hi >= start))


def test_bars_do_not_shimmer_while_panning(many):
    scale = TimeScale.fitting(seconds(2018), seconds(2020), 1000, 0)
    before = draw(many, Viewport(scale, 1120, 700)).bands[0]
    after = draw(many, Viewport(scale.panned(before.step * 3), 1120, 700)).bands[0]
    assert after.counts[:100].tolist() == before.counts[3:103].tolist()


def pile_and_some_alone():
    """A hundred events on one day, then nineteen days with one each."""
    pile = [Dated(n, 0, seconds(2024), seconds(2024) + DAY) for n in range(1, 101)]
    alone = [Dated(200 + n, 0, seconds(2025, 1, n), seconds(2025, 1, n) + DAY // 2) for n in range(1, 20)]
    return index([*pile, *alone])


def test_a_lane_deeper_than_its_share_scrolls_within_itself_and_no_other_moves():
    document = pile_and_some_alone()
    busy = Viewport(TimeScale.fitting(seconds(2024), seconds(2024, 1, 3), 1000, 0), 1120, 700)
    top, down = draw(document, busy), draw(document, replace(busy, within={"deployment": 300.0}))
    assert top.overflow == 0
    assert [lane.overflow > 0 for lane in top.lanes] == [True, False, False]
    assert [(lane.y, lane.height) for lane in top.lanes] == [(lane.y, lane.height) for lane in down.lanes]
    both = set(top.items["event"].tolist()) & set(down.items["event"].tolist())
    assert both
    assert all(top.item(event)["y"] - down.item(event)["y"] == pytest.approx(300) for event in both)
    end = draw(document, replace(busy, within={"deployment": 1e9}))
    assert end.lanes[0].scroll == end.lanes[0].overflow
    assert set(end.items["event"].tolist()).isdisjoint(top.items["event"].tolist())


def test_rows_that_are_scrolled_stay_within_their_lane():
    document = pile_and_some_alone()
    busy = Viewport(TimeScale.fitting(seconds(2024), seconds(2024, 1, 3), 1000, 0), 1120, 700)
    for scroll in range(0, 200, 7):
        scene = draw(document, replace(busy, within={"deployment": float(scroll)}))
        lane = scene.lanes[0]
        assert scene.items["y"].min() >= lane.y + METRICS.label_height / 2
        assert scene.items["y"].max() <= lane.y + lane.height - METRICS.label_height / 2


def test_what_a_filter_leaves_of_a_deep_lane_stands_in_its_own_row():
    document = pile_and_some_alone()
    busy = Viewport(TimeScale.fitting(seconds(2024), seconds(2024, 1, 3), 1000, 0), 1120, 700)
    mask = np.isin(np.arange(1, 120), [1, 100])
    row = document.entry(100).row
    scene = draw(document, replace(busy, within={"deployment": 26.0 * row}), mask=mask)
    assert scene.items["event"].tolist() == [100]


def test_paper_shows_a_band_rather_than_hide_rows():
    document = pile_and_some_alone()
    busy = Viewport(TimeScale.fitting(seconds(2024), seconds(2024, 1, 3), 1000, 0), 1120, 700)
    assert not draw(document, busy).bands
    paper = draw(document, replace(busy, on_paper=True))
    assert [int(band.counts.sum()) for band in paper.bands] == [100]
    quiet = Viewport(TimeScale.fitting(seconds(2025), seconds(2025, 2), 1000, 0), 1120, 700, on_paper=True)
    assert len(draw(document, quiet).items) == 19


def daily(number, days=3000):
    """So many events on every one of so many days, dated to the day, all in the first lane."""
    lo = np.repeat(seconds(2016) + DAY * np.arange(days, dtype=np.int64), number)
    hi, lane, no = lo + DAY - 1, np.zeros(len(lo), np.int16), np.zeros(len(lo), bool)
    ids = np.arange(1, len(lo) + 1)
    return Index.build(Columns(ids, lane, lane, lo, hi, lo, hi, no, no, no, no, no), LANES, ())


@pytest.mark.parametrize("days_in_view", [130, 250, 420, 900, 1500, 2900])
def test_a_band_of_days_is_even_where_every_day_holds_the_same(days_in_view):
    document = daily(60)
    middle = seconds(2020) + 7 * 3600
    scale = TimeScale.fitting(middle - days_in_view * DAY // 2, middle + days_in_view * DAY // 2, 1000, 0)
    band = draw(document, Viewport(scale, 1120, 700)).bands[0]
    inner = band.counts[1:-1]
    assert inner.min() == inner.max() > 0
    assert round(band.step * scale.seconds_per_pixel) % DAY == 0


def test_a_band_of_minutes_is_finer_than_a_day():
    scale = TimeScale.fitting(seconds(2020), seconds(2020, 2), 1000, 0)
    chance = np.random.default_rng(3)
    lo = seconds(2020) + chance.integers(0, 31 * DAY, 60_000)
    lane, no = np.zeros(60_000, np.int16), np.zeros(60_000, bool)
    hi = lo + 59
    ids = np.arange(60_000)
    document = Index.build(Columns(ids, lane, lane, lo, hi, lo, hi, no, no, no, no, no), LANES, ())
    band = draw(document, Viewport(scale, 1120, 700)).bands[0]
    assert band.step * scale.seconds_per_pixel == pytest.approx(3 * 3600)


def test_a_selected_event_of_a_crowded_lane_stands_above_its_band(many):
    viewport = Viewport(TimeScale.fitting(seconds(2015), seconds(2025), 1000, 0), 1120, 700)
    (item,) = draw(many, viewport, selected=frozenset([100_000])).items
    scene = draw(many, viewport, selected=frozenset([100_000]))
    band = next(band for band in scene.bands if scene.lanes[band.lane].kind == item["kind"])
    lane = scene.lanes[band.lane]
    top_of_band = lane.y + lane.height - METRICS.band_foot - float(band.heights.max())
    assert lane.y < item["y"] - METRICS.mark / 2
    assert item["y"] + METRICS.mark / 2 <= top_of_band
    assert [label.event for label in scene.labels] == [100_000]
    hidden = np.ones(200_000, dtype=bool)
    hidden[100_000 - 1] = False
    assert not len(draw(many, viewport, selected=frozenset([100_000]), mask=hidden).items)
    assert not len(draw(many, viewport).items)


@pytest.mark.parametrize("height", [320, 440, 500, 900])
def test_lanes_of_very_many_rows_fit_a_short_window(height):
    deep = crowd(30_000, depth=200)
    scene = draw(deep, Viewport(TimeScale.fitting(seconds(2015), seconds(2025), 1000, 0), 1120, height))
    assert len(scene.bands) == 3
    assert min(deep.lane_rows) > METRICS.lane_rows
    assert max(float(band.possible_heights.max()) for band in scene.bands) >= METRICS.band_full
    assert scene.overflow == 0


def test_a_filter_is_counted_once_not_in_every_frame(many):
    """What is left of a filter, however few, is found without going through all that it hides."""
    mask = np.zeros(200_000, dtype=bool)
    mask[::20_000] = True
    scene = draw(
        many, Viewport(TimeScale.fitting(seconds(2014), seconds(2026), 1000, 0), 1120, 700), mask=mask
    )
    assert set(scene.items["event"]) == set((np.flatnonzero(mask) + 1).tolist())
    assert not scene.bands
