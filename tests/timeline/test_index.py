from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import LANES, WINTER, Dated, columns, dated, day, events, index

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.columns import extents
from viewer.timeline.index import Index, LaneInfo
from viewer.timeline.shown import Shown


def row_of(document, event):
    return document.entry(event).row


def entries_of(document, events):
    return [entry for event in events for entry in document.entries_of(event.id)]


def assert_nothing_overlaps(document, events):
    taken = {}
    found = entries_of(document, events)
    assert len(found) == len(events)
    for entry in sorted(found, key=lambda entry: (entry.lo, entry.hi)):
        key = entry.lane, entry.row
        assert taken.get(key, entry.lo) <= entry.lo
        taken[key] = entry.hi


def updated(document, events, lanes=LANES):
    return Index.build(columns(events), lanes, (), document)


@given(events())
def test_nothing_overlaps_in_a_row(drawn):
    assert_nothing_overlaps(index(drawn), drawn)


def test_rows_are_filled_from_the_lowest_where_events_are_many():
    busy = [Dated(1, 0, 0, 10_000)] + [Dated(n, 0, 20 * n, 20 * n + 9) for n in range(2, 300)]
    document = index(busy)
    assert document.lane_rows == (2, 0, 0)
    assert row_of(document, 1) == 0


def test_few_events_leave_room_for_titles_after_each():
    document = index(WINTER)
    assert [row_of(document, event) for event in (5, 6)] == [0, 1]


def test_one_event_a_century_away_does_not_push_the_others_apart():
    far = [dated(50, 0, "1900-01-01", "1900-01-01")]
    cluster = [dated(n, 0, f"2025-01-{n:02}", f"2025-01-{n:02}") for n in range(1, 31)]
    assert index([*far, *cluster]).lane_rows[0] <= 8


@given(events(most=15), events(most=15), st.data())
def test_nobody_moves_who_did_not_change(before, others, data):
    kept = [event for event in before if data.draw(st.booleans())]
    fresh = [replace(event, id=event.id + 1000) for event in others]
    old = index(before)
    new = updated(old, [*kept, *fresh])
    assert [row_of(new, event.id) for event in kept] == [row_of(old, event.id) for event in kept]
    assert_nothing_overlaps(new, [*kept, *fresh])


def test_a_new_event_takes_the_lowest_free_row():
    old = index(WINTER)
    gap = dated(7, 0, "2020-05-01", "2020-05-02")
    assert row_of(updated(old, [*WINTER, gap]), 7) == 0
    beside = dated(7, 0, "2024-10-10", "2024-10-12")
    assert row_of(updated(old, [*WINTER, beside]), 7) > row_of(old, 1)


def test_a_hole_left_by_a_deleted_event_is_filled_again():
    old = index(WINTER)
    row = row_of(old, 2)
    without = updated(old, [event for event in WINTER if event.id != 2])
    assert row_of(updated(without, WINTER), 2) == row


def test_rows_are_kept_when_lanes_are_put_in_another_order():
    old = index(WINTER)
    turned = tuple(reversed(LANES))
    new = updated(old, [replace(event, lane=2 - event.lane) for event in WINTER], turned)
    assert [row_of(new, event.id) for event in WINTER] == [row_of(old, event.id) for event in WINTER]


def test_very_many_new_events_move_nobody():
    old = index(WINTER)
    many = [
        Dated(100 + n, n % 3, day("2024-01-01") + n * 3600, day("2024-02-01") + n * 3600) for n in range(7000)
    ]
    new = updated(old, [*WINTER, *many])
    assert [row_of(new, event.id) for event in WINTER] == [row_of(old, event.id) for event in WINTER]
    assert_nothing_overlaps(new, [*WINTER, *many])


def test_an_import_into_an_empty_document_is_packed_like_a_new_one():
    new, anew = updated(index([]), WINTER), index(WINTER)
    assert [row_of(new, event.id) for event in WINTER] == [row_of(anew, event.id) for event in WINTER]


def test_an_open_event_keeps_its_row_to_itself():
    since = Dated(1, 0, day("2024-01-01"), None)
    document = index(
        [since, dated(2, 0, "2020-01-01", "2020-01-02"), dated(3, 0, "2030-01-01", "2030-01-02")]
    )
    assert row_of(document, 3) != row_of(document, 1)


def test_extents_are_what_is_known():
    document = index([*WINTER, Dated(9, 0, None, day("2025-03-01"))])
    assert document.extent(1) == (seconds(2024, 10), seconds(2024, 11) - 1)
    assert document.extent(9) == (day("2025-03-01"), day("2025-03-01"))
    assert document.extent(99) is None
    assert document.span() == (seconds(2024, 10), day("2025-03-01"))
    assert index([]).span() is None


def test_marks_stand_in_the_middle_or_at_the_known_end():
    document = index(
        [
            dated(1, 0, "2025-02-03", "2025-02-03"),
            Dated(2, 0, None, day("2025-03-01")),
            Dated(3, 0, day("2025-03-01"), None, start_hi=day("2025-03-03"), end_lo=None, span=True),
        ]
    )
    assert [document.entry(event).mark for event in (1, 2, 3)] == [
        day("2025-02-03") + DAY // 2,
        day("2025-03-01"),
        day("2025-03-02"),
    ]


def test_the_certain_part_of_a_span_is_from_its_latest_start_to_its_earliest_end():
    span = Dated(1, 0, 0, 100, start_hi=20, end_lo=70, span=True)
    vague = Dated(2, 0, 0, 100, start_hi=70, end_lo=20, span=True)
    point = Dated(3, 0, 0, 100)
    found = extents(columns([span, vague, point]))
    assert (found.core_lo[0], found.core_hi[0]) == (20, 70)
    assert (found.core_lo[1:] > found.core_hi[1:]).all()


def test_an_event_is_found_whatever_the_order_of_ids():
    document = index([replace(WINTER[0], id=70), replace(WINTER[1], id=3)])
    found = [document.entry(event) for event in (70, 3, 4, 99)]
    assert [each and each.known_lo for each in found] == [WINTER[0].lo, WINTER[1].lo, None, None]


def test_neighbours_come_in_order_of_time_across_lanes():
    document = index(WINTER)
    assert [document.next_of(event, 1) for event in (1, 4, 2, 3, 5, 6)] == [4, 2, 3, 5, 6, None]
    assert [document.next_of(event, -1) for event in (1, 4, 6)] == [None, 1, 5]
    assert document.next_of(1, 3) == 3


def test_without_an_event_the_first_or_the_last_is_next():
    document = index(WINTER)
    assert (document.next_of(None, 1), document.next_of(None, -1)) == (1, 6)
    assert index([]).next_of(None, 1) is None


def test_hidden_events_are_passed_over():
    document = index(WINTER)
    mask = np.array([event.id in (1, 3, 6) for event in WINTER])
    assert [document.next_of(event, 1, mask) for event in (1, 3, 6)] == [3, 6, None]
    assert (document.next_of(2, 1, mask), document.next_of(2, -1, mask)) == (3, 1)
    assert document.next_of(2, 2, mask) == 6


@given(events(), st.lists(st.integers(seconds(2019), seconds(2027)), min_size=2, max_size=9), st.data())
def test_counts_are_the_marks_between_the_edges(drawn, cuts, data):
    document = index(drawn)
    edges = np.array(sorted(cuts), dtype=np.int64)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(drawn), max_size=len(drawn))))
    marks = extents(columns(drawn)).mark
    expected = [
        int(np.count_nonzero(mask & (marks >= lo) & (marks < hi))) for lo, hi in pairwise(edges.tolist())
    ]
    assert document.counts(edges, mask).tolist() == expected
    everything = np.ones(len(drawn), dtype=bool)
    assert document.counts(edges, everything).tolist() == document.counts(edges).tolist()


def test_the_nearest_event_has_the_nearest_mark():
    document = index(WINTER)
    assert document.nearest(day("2025-02-04")) == 3
    assert document.nearest(day("2025-02-04"), lane=1) == 4
    assert document.nearest(day("2025-02-04"), mask=np.array([event.id == 6 for event in WINTER])) == 6
    assert index([]).nearest(0) is None


def test_neighbours_within_a_lane():
    document = index(WINTER)
    assert [document.next_of(event, 1, lane=0) for event in (1, 2, 3)] == [2, 3, None]
    assert document.next_of(4, 1, lane=0) == 2
    assert document.next_of(None, -1, lane=1) == 4


def test_lanes_are_counted_with_and_without_the_filter():
    document = index(WINTER)
    assert Shown.of(document).lane_sizes == (3, 1, 2)
    assert Shown.of(document, np.array([True] + [False] * 5)).lane_sizes == (1, 0, 0)


def test_times_at_the_ends_of_the_64_bits_are_packed_and_counted():
    far = [Dated(1, 0, -(2**63) + 1, 2**63 - 2), Dated(2, 0, 2**62, 2**62 + 1), Dated(3, 0, 0, 1)]
    document = index(far)
    assert row_of(document, 1) != row_of(document, 3)
    assert document.counts(np.array([-(2**62), 2**62], dtype=np.int64)).tolist() == [3]


def test_there_may_be_lanes_without_events_and_no_lanes_at_all():
    empty = Index.build(columns([]), [LaneInfo("a", "A", -1)], ())
    assert empty.lane_rows == (0,)
    assert Index.build(columns([]), [], ()).counts(np.array([0, 1], dtype=np.int64)).tolist() == [0]
