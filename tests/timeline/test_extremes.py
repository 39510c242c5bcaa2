"""Documents that nobody would write and somebody will import: they work, and the work stays bounded."""

from __future__ import annotations

import numpy as np
import pytest
from timeline_documents import LANES, Dated, index

from viewer.domain.calendar import DAY, MAX_SECONDS, seconds
from viewer.timeline.columns import Columns
from viewer.timeline.index import Index, LaneInfo, Undated
from viewer.timeline.packed import Packed
from viewer.timeline.shown import Shown

MILLION = 1_000_000
YEAR = 365 * DAY


def plain(lo, hi, lane=None):
    lane = np.zeros(len(lo), dtype=np.int32) if lane is None else lane
    no = np.zeros(len(lo), dtype=bool)
    kind = np.zeros(len(lo), dtype=np.int16)
    return Columns(np.arange(1, len(lo) + 1), kind, lane, lo, hi, lo, hi, no, no, no, no, no)


@pytest.fixture(scope="module")
def instant():
    """A million events in one second."""
    moment = np.full(MILLION, seconds(2024), dtype=np.int64)
    return Index.build(plain(moment, moment), LANES[:1])


def test_a_million_events_on_one_instant_have_a_million_rows_of_which_few_are_looked_at(instant):
    assert instant.lane_rows == (MILLION,)
    shown = Shown.of(instant)
    moment = seconds(2024)
    assert shown.count_in(0, moment, moment + 1) == MILLION
    found = shown.entries(0, moment - DAY, moment + DAY, 500_000, 500_039)
    assert found.row.tolist() == list(range(500_000, 500_040))
    assert len(set(found.event.tolist())) == 40
    marks, possible = shown.density(0, moment + np.array([-DAY, 0, 1, DAY]))
    assert marks.tolist() == possible.tolist() == [0, MILLION, 0]


def test_one_walks_through_events_of_one_instant(instant):
    assert (instant.next_of(None, 1), instant.next_of(MILLION // 2, 1)) == (1, MILLION // 2 + 1)
    assert instant.next_of(MILLION, 1) is None
    only = np.zeros(MILLION, dtype=bool)
    only[[10, 999_998]] = True
    assert instant.next_of(11, 1, only) == 999_999
    assert Shown.of(instant, only).entries(0, 0, 2**40, 0, MILLION).event.tolist() == [11, 999_999]


def test_one_event_of_ten_thousand_years_among_a_million_of_a_second():
    lo = seconds(2024) + np.arange(MILLION, dtype=np.int64)
    hi = lo.copy()
    lo[0], hi[0] = seconds(-5000), seconds(5000)
    document = Index.build(plain(lo, hi), LANES[:1])
    assert document.lane_rows == (2,)
    assert document.span() == (seconds(-5000), seconds(5000))
    shown, start = Shown.of(document), seconds(2024) + 500_000
    found = shown.entries(0, start, start + 60, 0, 5)
    assert len(found) == 61
    assert shown.count_in(0, start, start + 60) == 61
    edges = np.arange(seconds(-6000) // YEAR, seconds(6000) // YEAR, 10) * YEAR
    marks, possible = shown.density(0, edges)
    assert int(marks.sum()) == MILLION
    assert int(np.count_nonzero(possible)) >= 1000


def test_only_undated_events():
    undated = [Undated(event, event % 3, event) for event in range(1, 100_001)]
    document = Index.build(plain(np.empty(0, np.int64), np.empty(0, np.int64)), LANES, undated)
    shown = Shown.of(document)
    assert (document.span(), document.lane_rows, document.nearest(0)) == (None, (0, 0, 0), None)
    assert (shown.count, shown.undated_count) == (100_000, 100_000)
    assert [each.event for each in shown.undated(3)] == [1, 2, 3]
    assert shown.undated_of_kind == {0: 33_333, 1: 33_334, 2: 33_333}
    assert document.undated.not_later_than() == 100_000
    mask = np.arange(100_000) % 1000 == 999
    assert [each.event for each in Shown.of(document, mask).undated(2)] == [1000, 2000]


def test_dates_far_before_year_1_and_far_after_9999():
    far = MAX_SECONDS - 5
    found = [
        Dated(1, 0, -far, -far + 2),
        Dated(2, 0, far - 2, far),
        Dated(3, 0, -far, far),
        Dated(4, 0, 0, 1),
    ]
    document = index([*found, Dated(5, 1, None, -far), Dated(6, 1, far, None)])
    shown = Shown.of(document)
    everywhere = np.array([-(2**61), 0, 1, 2**61], dtype=np.int64)
    assert int(shown.density(0, everywhere)[1].max()) >= 2
    assert document.entry(1).row != document.entry(3).row
    assert set(shown.entries(0, -(2**62), 2**62, 0, 99).event.tolist()) == {1, 2, 3, 4}
    assert [document.next_of(event, 1, lane=0) for event in (1, 3, 4)] == [3, 4, 2]
    assert document.extent(5) == (-(2**61), -(2**61))


def test_five_thousand_lanes():
    lanes = [LaneInfo(f"actor {at}", f"Actor {at}", -1) for at in range(5000)]
    chance = np.random.default_rng(1)
    lo = chance.integers(seconds(1990), seconds(2020), 60_000)
    lane = chance.integers(0, 5000, 60_000).astype(np.int32)
    lane[lane == 4321] = 0
    document = Index.build(plain(lo, lo + DAY, lane), lanes)
    sizes = np.bincount(lane, minlength=5000)
    shown = Shown.of(document, np.arange(60_000) % 2 == 0)
    assert Shown.of(document).lane_sizes == tuple(sizes.tolist())
    assert shown.lane_sizes == tuple(np.bincount(lane[::2], minlength=5000).tolist())
    found = shown.entries(7, seconds(1980), seconds(2030), 0, 10**6)
    assert sorted(found.event.tolist()) == [
        at + 1 for at in np.flatnonzero(lane == 7).tolist() if at % 2 == 0
    ]
    assert (document.lane_rows[4321], shown.count_in(4321, 0, 2**40)) == (0, 0)


def test_counts_made_beforehand_take_little_room_whatever_there_is():
    chance = np.random.default_rng(1)
    lo = chance.integers(seconds(-9000), seconds(9000), 60_000)
    for lanes in (1, 24, 5000):
        packed = Packed.build(plain(lo, lo, chance.integers(0, lanes, len(lo)).astype(np.int32)), lanes)
        counts = [packed.arrays()[f"{name}/counts"].nbytes for name in ("marks", "starts", "ends")]
        assert sum(counts) <= 16 * 2**20
        assert packed.step % DAY == 0


def test_an_arrangement_comes_back_from_its_arrays():
    chance = np.random.default_rng(1)
    lo = chance.integers(seconds(1990), seconds(2020), 60_000)
    for number in (0, 10, 60_000):
        packed = Packed.build(plain(lo[:number], lo[:number] + DAY), 1)
        again = Packed.from_arrays(packed.arrays())
        assert again.step == packed.step
        assert {name: array.tolist() for name, array in again.arrays().items()} == {
            name: array.tolist() for name, array in packed.arrays().items()
        }
