"""An index after edits against one of the same events that was built anew: the same answers, and nobody moves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline_documents import LANES, WINTER, Dated, columns, dated, events

from viewer.domain.calendar import seconds
from viewer.timeline.columns import NEG_INF, POS_INF
from viewer.timeline.event_table import DATED, OPEN_HI, OPEN_LO, EventTable, packed_titles
from viewer.timeline.events import Events
from viewer.timeline.index import Index, LaneInfo, Undated
from viewer.timeline.masks import Mask
from viewer.timeline.packed import Packed
from viewer.timeline.shown import Shown


class Edited:
    """A document under edits: what it holds by now, and its index as the edits made it."""

    def __init__(self, found, lanes=LANES):
        self.held = {event.id: event for event in found}
        self.lanes = lanes
        self.events = Events(table_of(self.held))
        self.index = Index.of(
            Packed.build(recorded(self.events.base, self.held), len(lanes)), lanes, self.events
        )

    def edit(self, touched=(), gone=()):
        """Add or revise some events and delete others; an event without bounds has no date."""
        self.held |= {event.id: event for event in touched}
        for event in gone:
            del self.held[event]
        self.events = self.events.changed(table_of({event.id: event for event in touched}), gone)
        recent = recorded(self.events.recent, self.held)
        self.index = self.index.changed(recent, self.lanes, self.events)

    def anew(self):
        """An index of the same events, with the events in the order of its records."""
        found = [event for event in self.held.values() if is_dated(event)]
        undated = [Undated(event.id, 2) for event in self.held.values() if not is_dated(event)]
        return Index.build(columns(found), self.lanes, undated), [*found, *undated]

    def mask(self, ids):
        """The mask of some events."""
        flags = np.zeros(self.events.size, dtype=bool)
        flags[[self.events.record(event) for event in ids]] = True
        # What no longer holds may have its flag set: it is not asked.
        flags[self.events.dead] = True
        return Mask.of(flags, len(self.events.base))

    def rows(self):
        return {
            event: (self.lanes[entry.lane].key, entry.row)
            for event in self.held
            for entry in self.index.entries_of(event)
        }


def is_dated(event):
    return event.lo is not None or event.hi is not None


def table_of(held):
    found = [held[event] for event in sorted(held)]

    def bounds(values, otherwise):
        return np.array([otherwise if value is None else value for value in values], dtype=np.int64)

    flags = [
        DATED * is_dated(event) | OPEN_LO * (event.lo is None) | OPEN_HI * (event.hi is None)
        for event in found
    ]
    lo = bounds((event.lo for event in found), NEG_INF)
    hi = bounds((event.hi for event in found), POS_INF)
    ends, titles = packed_titles([f"Event {event.id}" for event in found])
    never = np.full(len(found), POS_INF)
    return EventTable.of(
        ids=np.array([event.id for event in found], dtype=np.int64),
        kind=np.array([event.lane if is_dated(event) else 2 for event in found], dtype=np.int16),
        flags=np.array(flags, dtype=np.uint8),
        start_lo=lo, end_hi=hi, said_lo=-never, said_hi=never, known_from=-never, disputed_from=never,
        not_later_than=never, title_ends=ends, titles=titles, postings={},
    )  # fmt: skip


def recorded(table, held):
    """The columns of the dated events of a table, with their records in it."""
    found = [held[event] for event in table.ids.tolist()]
    records = [at for at, event in enumerate(found) if is_dated(event)]
    return replace(columns([found[at] for at in records]), records=np.array(records, dtype=np.int32))


def contents(shown, lane, t0, t1):
    found = shown.entries(lane, t0, t1, 0, 2**20)
    names = ("event", "kind", "lo", "hi", "core_lo", "core_hi", "mark", "flags")
    return sorted(zip(*(getattr(found, name).tolist() for name in names), strict=True))


def assert_same(edited, ids, edges):
    """The same is shown, found and counted, of all events and of some."""
    other, records = edited.anew()
    flags = np.array(
        [getattr(each, "event", getattr(each, "id", None)) in ids for each in records], dtype=bool
    )
    t0, t1 = int(edges[0]), int(edges[-1])
    for mask, plain in ((None, None), (edited.mask(ids), flags)):
        shown, expected = Shown.of(edited.index, mask), Shown.of(other, plain)
        assert shown.lane_sizes == expected.lane_sizes
        assert (shown.count, shown.undated_of_kind) == (expected.count, expected.undated_of_kind)
        for most in (2, 99):
            assert shown.undated(most) == expected.undated(most)
        assert edited.index.counts(edges, mask).tolist() == other.counts(edges, plain).tolist()
        for lane in range(len(edited.lanes)):
            for mine, theirs in zip(shown.density(lane, edges), expected.density(lane, edges), strict=True):
                assert mine.tolist() == theirs.tolist()
            assert shown.count_in(lane, t0, t1) == expected.count_in(lane, t0, t1)
            assert contents(shown, lane, t0, t1) == contents(expected, lane, t0, t1)
        for event in edited.held:
            assert shown.has(event) == expected.has(event)
            for step in (1, -2):
                assert edited.index.next_of(event, step, mask) == other.next_of(event, step, plain)
        assert edited.index.nearest(t0, mask=mask) == other.nearest(t0, mask=plain)
    assert edited.index.span() == other.span()
    assert edited.events.undated_count == len(other.undated)
    for event in edited.held:
        assert edited.index.extent(event) == other.extent(event)


def assert_nothing_overlaps(edited):
    taken = {}
    found = [entry for event in edited.held for entry in edited.index.entries_of(event)]
    for entry in sorted(found, key=lambda entry: (entry.lo, entry.hi)):
        key = entry.lane, entry.row
        assert taken.get(key, entry.lo) <= entry.lo
        taken[key] = entry.hi
        assert entry.row < edited.index.lane_rows[entry.lane]


@settings(max_examples=20)
@given(events(most=25), st.lists(events(most=8), min_size=1, max_size=4), st.data())
def test_after_any_edits_as_if_built_anew_but_nobody_has_moved(before, edits, data):
    edited = Edited(before)
    times = st.lists(st.integers(seconds(2019), seconds(2027)), min_size=2, max_size=6, unique=True)
    for drawn in edits:
        held = sorted(edited.held)
        gone = set(data.draw(st.lists(st.sampled_from(held), max_size=3))) if held else set()
        free = sorted({*held, *range(1000, 1004)} - gone)
        ids = data.draw(st.lists(st.sampled_from(free), max_size=len(drawn), unique=True))
        bare = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
        same = data.draw(st.sets(st.sampled_from(ids))) & edited.held.keys() if ids else set()
        touched = [
            edited.held[event]
            if event in same
            else Dated(event, 2, None, None)
            if event in bare
            else replace(each, id=event)
            for event, each in zip(ids, drawn, strict=False)
        ]
        rows = edited.rows()
        edited.edit(touched, gone)
        now = edited.rows()
        changed = {event.id for event in touched} - same | gone
        assert {event: row for event, row in rows.items() if event not in changed} == {
            event: row for event, row in now.items() if event in rows and event not in changed
        }
        assert_nothing_overlaps(edited)
        some = set(data.draw(st.lists(st.sampled_from(sorted(edited.held))))) if edited.held else set()
        assert_same(edited, some, np.array(sorted(data.draw(times))))


def test_a_revised_event_keeps_its_row_and_a_new_one_takes_the_lowest_free_row():
    edited = Edited(WINTER)
    rows = edited.rows()
    edited.edit([replace(WINTER[2], disputed=True)])
    assert edited.rows() == rows
    edited.edit([dated(7, 0, "2020-05-01", "2020-05-02"), dated(8, 0, "2024-10-10", "2024-10-12")])
    assert edited.rows()[7] == ("deployment", 0)
    assert edited.rows()[8][1] > edited.rows()[1][1]


def test_what_was_undone_stands_where_it_stood():
    edited = Edited(WINTER)
    rows = edited.rows()
    edited.edit(gone=[2])
    assert edited.rows() == {event: row for event, row in rows.items() if event != 2}
    edited.edit([WINTER[1]])
    assert edited.rows() == rows


def test_an_event_that_came_into_a_gap_is_not_driven_out_by_who_left_it():
    edited = Edited(WINTER)
    edited.edit(gone=[2])
    edited.edit([replace(WINTER[1], id=9)])
    rows = edited.rows()
    edited.edit([WINTER[1]])
    assert {event: row for event, row in edited.rows().items() if event != 2} == rows
    assert edited.rows()[2] != rows[9]
    assert_nothing_overlaps(edited)


def test_lanes_go_by_their_keys():
    edited = Edited(WINTER)
    rows = edited.rows()
    edited.lanes = (*reversed(LANES), LaneInfo("visit", "Visits", 3))
    edited.index = edited.index.changed(columns([]), edited.lanes, edited.events)
    assert edited.rows() == rows
    assert Shown.of(edited.index).lane_sizes == (2, 1, 3, 0)
    edited.edit([dated(7, 3, "2025-01-01", "2025-01-02")])
    assert edited.rows()[7] == ("visit", 0)
    assert Shown.of(edited.index).lane_sizes == (2, 1, 3, 1)


def test_very_many_new_events_stand_above_the_rest_and_move_nobody():
    edited = Edited(WINTER)
    rows = edited.rows()
    hours = 3600 * np.arange(6500)
    edited.edit(
        [
            Dated(100 + at, at % 3, seconds(2024) + hour, seconds(2024, 3) + hour)
            for at, hour in enumerate(hours.tolist())
        ]
    )
    assert {event: row for event, row in edited.rows().items() if event < 100} == rows
    assert_nothing_overlaps(edited)


def test_what_is_known_of_a_filter_is_kept_over_an_edit():
    edited = Edited(WINTER)
    mask = edited.mask([1, 3, 5])
    before = Shown.of(edited.index, mask)
    assert before.lane_sizes == (2, 0, 1)
    edited.edit([replace(WINTER[2], lane=1), dated(7, 1, "2025-01-01", "2025-01-02")], gone=[5])
    mask = Mask(mask.base, np.array([True, False]))
    after = Shown.of(edited.index, mask, before=before)
    assert after.lane_sizes == (1, 1, 0)
    assert [after.has(event) for event in (1, 3, 5, 7)] == [True, True, False, False]


def test_in_other_lanes_an_event_stands_in_each_that_it_names():
    packed = Packed.build(columns(WINTER), 3)
    records = np.array([0, 1, 1, 3, 40], dtype=np.int32)
    lanes = np.array([1, 0, 1, 0, 1], dtype=np.int32)
    other = packed.regrouped(records, lanes, 3)
    assert np.diff(other.lane_bounds).tolist() == [2, 2, 0]
    assert sorted(other.entries.ids.tolist()) == [1, 2, 2, 4]
    assert other.lane_rows.tolist() == [2, 2, 0]
