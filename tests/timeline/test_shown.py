from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import WINTER, events, index

from viewer.domain.calendar import seconds
from viewer.timeline.shown import Shown


@given(events(), st.data(), st.integers(seconds(2019), seconds(2027)), st.integers(1, 3 * 10**8))
def test_what_is_shown_in_a_period_is_what_the_mask_lets_through_of_it(drawn, data, start, length):
    document = index(drawn)
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(drawn), max_size=len(drawn))))
    everything, some = Shown.of(document), Shown.of(document, mask)
    for lane in range(3):
        all_there = everything.gathered(*everything.slices(lane, start, start + length))
        there = some.gathered(*some.slices(lane, start, start + length))
        assert there.tolist() == [position for position in all_there.tolist() if mask[position]]
        assert some.lane_sizes[lane] == np.count_nonzero(mask & (document.columns.lane == lane))
    assert some.count == np.count_nonzero(mask)
    assert [some.has(position) for position in range(len(drawn))] == mask.tolist()


def test_undated_events_are_counted_by_kind():
    document = index(WINTER, undated=[7, 8, 9])
    assert Shown.of(document).undated_of_kind == {2: 3}
    some = Shown.of(document, None, frozenset([8, 99]))
    assert [each.event for each in some.undated] == [8]
    assert some.undated_of_kind == {2: 1}
    assert some.count == len(WINTER) + 1


def test_a_filter_is_looked_through_once_however_many_frames_follow():
    """Frames read the sums that were made with the filter: the mask itself may be gone by then."""
    document = index(WINTER)
    mask = np.array([True] * 5 + [False])
    shown = Shown.of(document, mask)
    mask[:] = False
    assert sum(len(shown.gathered(*shown.slices(lane, -(2**40), 2**40))) for lane in range(3)) == 5
