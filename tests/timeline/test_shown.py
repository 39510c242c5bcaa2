"""What a filter and a frame see of an index, compared with going through all events one by one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import WINTER, Dated, columns, events, index

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.columns import extents
from viewer.timeline.index import Undated
from viewer.timeline.packed import DISPUTED
from viewer.timeline.shown import Shown

MOMENTS = st.integers(seconds(2019), seconds(2027))


@st.composite
def filtered(draw):
    """Events and a mask over them, None at times; now and then it lets through very few."""
    drawn = draw(events(most=120))
    chance = draw(st.sampled_from((None, 1, 2, 50)))
    if chance is None:
        return drawn, None
    flags = [draw(st.integers(1, chance)) == 1 for _ in drawn]
    return drawn, np.array(flags)


def lets_through(mask, at):
    return mask is None or bool(mask[at])


@given(filtered(), MOMENTS, st.integers(1, 3 * 10**8), st.integers(0, 4), st.integers(0, 40))
def test_the_entries_of_a_period_and_of_some_rows_are_those_that_meet_them(case, start, length, first, more):
    drawn, mask = case
    document, found = index(drawn), extents(columns(drawn))
    shown = Shown.of(document, mask)
    end, last = start + length, first + more
    for lane in range(3):
        expected = sorted(
            (document.entry(event.id).row, int(found.lo[at]), event.id)
            for at, event in enumerate(drawn)
            if event.lane == lane and found.lo[at] < end and found.hi[at] > start and lets_through(mask, at)
        )
        inside = [each for each in expected if first <= each[0] <= last]
        entries = shown.entries(lane, start, end, first, last)
        assert (
            list(zip(entries.row.tolist(), entries.lo.tolist(), entries.event.tolist(), strict=True))
            == inside
        )
        assert shown.count_in_rows(lane, start, end, first, last) == len(inside)
        assert shown.count_in(lane, start, end) == len(expected)


@given(filtered(), st.lists(MOMENTS, min_size=2, max_size=9, unique=True))
def test_density_counts_marks_and_what_may_lie_there(case, cuts):
    drawn, mask = case
    document, found = index(drawn), extents(columns(drawn))
    shown, edges = Shown.of(document, mask), sorted(cuts)
    for lane in range(3):
        inside = [at for at, event in enumerate(drawn) if event.lane == lane and lets_through(mask, at)]
        marks, possible = shown.density(lane, np.array(edges))
        assert marks.tolist() == [
            sum(bool(lo <= found.mark[at] < hi) for at in inside) for lo, hi in pairwise(edges)
        ]
        assert possible.tolist() == [
            sum(bool(found.lo[at] < hi and found.hi[at] > lo) for at in inside) for lo, hi in pairwise(edges)
        ]
        assert shown.lane_sizes[lane] == len(inside)
    assert shown.count == sum(lets_through(mask, at) for at in range(len(drawn)))
    assert [shown.has(event.id) for event in drawn] == [lets_through(mask, at) for at in range(len(drawn))]


@given(filtered(), MOMENTS)
def test_one_walks_through_what_is_shown_in_order_of_time(case, moment):
    drawn, mask = case
    document, found = index(drawn), extents(columns(drawn))
    inside = [at for at in range(len(drawn)) if lets_through(mask, at)]
    order = [drawn[at].id for at in sorted(inside, key=lambda at: (found.lo[at], found.hi[at], drawn[at].id))]
    walked, event = [], document.next_of(None, 1, mask)
    while event is not None:
        walked.append(event)
        event = document.next_of(event, 1, mask)
    assert walked == order
    assert [document.next_of(event, -1, mask) for event in order] == [None, *order][: len(order)]
    nearest = document.nearest(moment, mask=mask)
    distances = {drawn[at].id: abs(int(found.mark[at]) - moment) for at in inside}
    assert distances.get(nearest) == min(distances.values(), default=None)


def test_a_busy_document_is_counted_from_its_steps_and_between_them():
    chance = np.random.default_rng(3)
    lo = np.sort(chance.integers(seconds(2000), seconds(2020), 60_000))
    document = index([Dated(at + 1, at % 3, int(each), int(each) + 5 * DAY) for at, each in enumerate(lo)])
    assert document.step == DAY
    shown, everything = Shown.of(document), Shown.of(document, np.ones(60_000, dtype=bool))
    far, off = seconds(1990) // DAY * DAY, 12_345
    for edges in (far + 100 * DAY * np.arange(150), far + off + 100 * DAY * np.arange(150)):
        for lane in range(3):
            for counted, plain in zip(
                shown.density(lane, edges), everything.density(lane, edges), strict=True
            ):
                assert counted.tolist() == plain.tolist()
        assert (
            document.counts(edges).tolist()
            == sum(shown.density(lane, edges)[0] for lane in range(3)).tolist()
        )


def test_undated_events_are_counted_by_kind_and_shown_in_order():
    document = index(WINTER, undated=[9, 7, 8])
    everything = Shown.of(document)
    assert everything.undated_of_kind == {2: 3}
    assert everything.undated(2) == (Undated(7, 2), Undated(8, 2))
    mask = np.array([True] * len(WINTER) + [False, False, True])
    some = Shown.of(document, mask)
    assert [each.event for each in some.undated(5)] == [8]
    assert (some.undated_of_kind, some.undated_count) == ({2: 1}, 1)
    assert some.count == len(WINTER) + 1
    assert (some.has(8), some.has(7), some.has(99), everything.has(7)) == (True, False, False, True)


def test_only_what_was_disputed_by_then_is_signed():
    document = index(WINTER)
    for disputed, expected in ((None, True), (np.zeros(6, bool), False), (np.ones(6, bool), True)):
        entries = Shown.of(document, disputed=disputed).entries(1, -(2**40), 2**40, 0, 5)
        assert bool(entries.flags[0] & DISPUTED) is expected


def test_a_filter_is_looked_through_once_however_many_frames_follow():
    """Frames read the sums that were made with the filter: the mask itself may be gone by then."""
    document = index(WINTER)
    mask = np.array([True] * 5 + [False])
    shown = Shown.of(document, mask)
    first = [len(shown.entries(lane, -(2**40), 2**40, 0, 9)) for lane in range(3)]
    mask[:] = False
    assert [len(shown.entries(lane, -(2**40), 2**40, 0, 9)) for lane in range(3)] == first == [3, 1, 1]
