"""What is shown on a day: the same in list, timeline and shelf, and without asking anybody twice."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import WINTER, day, draw, events, fitted, index

from viewer.timeline.publications import Publications, end_of_day
from viewer.timeline.shown import Shown
from viewer.timeline.sifting import Sifter

# Event 3 is known from January, 4 from February and disputed from March, 5 never, 21 from February.
ROWS = [
    (3, day("2025-01-10", end=True), None),
    (4, day("2025-02-10", end=True), day("2025-03-05")),
    (5, None, None),
    (21, day("2025-02-12"), None),
]
MOMENTS = [day("2025-01-10", end=True), day("2025-02-10", end=True), day("2025-02-12"), day("2025-03-05")]
KNOWN = Publications.of(ROWS, MOMENTS)
DOCUMENT = index(WINTER, undated=(20, 21))
ORDER = [1, 2, 4, 3, 5, 6, 20, 21]


def sifter(ids=ORDER, *, everything=True, asked=None):
    def publications():
        if asked is not None:
            asked.append(1)
        return KNOWN

    return Sifter(DOCUMENT, ids, 3, publications, everything=everything)


def masked(sifted):
    return DOCUMENT.columns.ids[sifted.mask].tolist()


def test_without_a_day_nothing_is_held_back_and_nobody_is_asked():
    asked = []
    found = sifter(asked=asked).at(None)
    assert (found.mask, found.undated, found.disputed) == (None, None, None)
    assert (list(found.ids), found.first_undated, found.by_kind) == (ORDER, 6, (3, 1, 4))
    assert asked == []


def test_a_day_holds_back_what_came_later():
    asked = []
    found = sifter(asked=asked)
    january, february = found.at(day("2025-01-31")), found.at(day("2025-02-28"))
    assert list(january.ids) == [1, 2, 3, 6, 20]
    assert (masked(january), january.undated, january.first_undated) == ([1, 2, 3, 6], {20}, 4)
    assert january.by_kind == (3, 0, 2)
    assert list(february.ids) == [1, 2, 4, 3, 6, 20, 21]
    assert february.undated == {20, 21}
    assert found.at(None).mask is None
    assert asked == [1]


def test_a_dispute_is_signed_from_the_day_it_came():
    february, march = sifter().at(day("2025-02-28")), sifter().at(day("2025-03-06"))
    at = DOCUMENT.position(4)
    assert (february.disputed[at], march.disputed[at]) == (False, True)
    frames = [
        draw(DOCUMENT, fitted(DOCUMENT), shown=Shown.of(DOCUMENT, each.mask, each.undated, each.disputed))
        for each in (february, march)
    ]
    assert [bool(frame.item(4)["disputed"]) for frame in frames] == [False, True]


def test_filter_and_day_hold_back_together():
    found = sifter([4, 3, 21], everything=False).at(day("2025-01-31"))
    assert (list(found.ids), masked(found), found.undated) == ([3], [3], frozenset())
    assert found.by_kind == (3, 0, 2)


def test_days_with_a_publication_are_found_in_both_directions():
    days = [end_of_day(moment) for moment in MOMENTS]
    assert KNOWN.days.tolist() == days
    assert KNOWN.day_beside(days[0], 1) == days[1]
    assert KNOWN.day_beside(days[0] - 5, 1) == days[0]
    assert KNOWN.day_beside(days[1] + 5, -1) == days[1]
    assert (KNOWN.day_beside(days[0], -1), KNOWN.day_beside(days[-1], 1)) == (None, None)


def test_nothing_published_at_all():
    nothing = Publications.of([], [])
    assert len(nothing.days) == 0
    assert nothing.day_beside(0, 1) is nothing.day_beside(0, -1) is None
    assert nothing.known_by([1, 2], day("1900-01-01")) == (1, 2)
    assert not nothing.is_disputed(1, day("2030-01-01"))


@given(events(), st.lists(st.none() | st.integers(0, 10**9), min_size=40, max_size=40), st.integers(0, 10**9))
def test_list_and_timeline_show_the_same(drawn, moments, moment):
    document = index(drawn)
    rows = [(event.id, moments[event.id - 1], None) for event in drawn]
    ids = document.in_order([event.id for event in drawn])
    found = Sifter(document, ids, 3, lambda: Publications.of(rows, []), everything=True).at(moment)
    expected = {event for event, known, _ in rows if known is not None and known <= moment}
    assert set(found.ids) == set(document.columns.ids[found.mask].tolist()) == expected
    assert sum(found.by_kind) == len(expected)


@given(events())
def test_in_order_of_time_as_placed(drawn):
    document = index(drawn, undated=(901, 900))
    ids = document.in_order([*(event.id for event in drawn), 900, 901])
    assert ids[-2:] == [901, 900]
    first = [int(document.extents.lo[document.position(event)]) for event in ids[:-2]]
    assert first == sorted(first)
    stepped = [document.next_of(None, step) for step in range(1, len(drawn) + 1)]
    assert ids[:-2] == stepped
    assert np.all(np.isin(ids[:-2], document.columns.ids))
