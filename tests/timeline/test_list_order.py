"""Lists of many events under a filter: the rows that sorting all gives, and no more gone through than is seen."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from viewer.timeline.event_table import DATED, EventTable, packed_titles
from viewer.timeline.events import Events
from viewer.timeline.masks import Mask

MANY = 150_000
SCREEN = 32


class Counting(np.ndarray):
    """Records in order that count how many of them were looked up."""

    looked_up = 0

    def __getitem__(self, at):
        found = np.asarray(self)[at]
        Counting.looked_up += found.size
        return found


def table_of(ids, starts, dated):
    """Events that begin and end with these seconds, some without a date."""
    count = len(ids)
    never, none = np.full(count, np.iinfo(np.int64).max), np.zeros(count, np.int64)
    ends, titles = packed_titles([""] * count)
    return EventTable.of(
        ids=ids, kind=np.zeros(count, np.int16), flags=(dated * DATED).astype(np.uint8),
        start_lo=starts, end_hi=starts + 5, said_lo=none, said_hi=none,
        known_from=never, disputed_from=never, not_later_than=never,
        title_ends=ends, titles=titles, postings={},
    )  # fmt: skip


@pytest.fixture(scope="module")
def table():
    chance = np.random.default_rng(3)
    ids = np.arange(1, MANY + 1)
    return table_of(ids, chance.integers(0, 10**6, MANY), chance.random(MANY) < 0.97)


def expected(table, recent, gone, shown):
    """The listed ids of both, in order of time, and how many of them are dated."""
    rows = []
    for each, left_out in ((table, gone), (recent, set())):
        there = [n for n in np.flatnonzero(shown[each]).tolist() if int(each.ids[n]) not in left_out]
        rows += [
            (not each.flags[n] & DATED, int(each.start_lo[n]), int(each.end_hi[n]), int(each.ids[n]))
            for n in there
        ]
    rows.sort()
    return [row[-1] for row in rows], sum(not row[0] for row in rows)


@pytest.mark.parametrize("share", [0.0, 0.0005, 0.3, 1.0])
def test_the_rows_are_those_that_sorting_all_of_them_gives(table, share):
    chance = np.random.default_rng(5)
    touched = np.unique(chance.integers(1, MANY, 40))
    recent = table_of(touched, chance.integers(0, 10**6, len(touched)), np.arange(len(touched)) % 7 > 0)
    gone = {*touched.tolist(), 17, MANY}
    events = Events(table).changed(recent, gone - set(touched.tolist()))
    shown = {
        table: chance.random(MANY) < share,
        events.recent: chance.random(len(events.recent)) < max(share, 0.5),
    }
    order = events.order(Mask(shown[table], shown[events.recent]))
    ids, dated = expected(table, events.recent, gone, shown)
    assert (len(order), order.first_undated) == (len(ids), dated)
    for first in {0, len(ids) // 2, max(0, len(ids) - SCREEN)}:
        assert order.ids(first, SCREEN).tolist() == ids[first : first + SCREEN]
    for row in range(0, len(ids), max(1, len(ids) // 50)):
        assert order.row_of(ids[row]) == row
    for event in touched.tolist():
        assert order.row_of(event) == (ids.index(event) if event in ids else None)


@pytest.mark.parametrize("share", [0.01, 0.3, 1.0])
def test_a_list_is_gone_through_no_farther_than_it_is_looked_at(table, share):
    watched = replace(table, by_time=table.by_time.view(Counting))
    order = Events(watched).order(Mask(np.random.default_rng(7).random(MANY) < share, np.zeros(0, np.bool_)))
    watched.undated(by_publication=False)  # looked up once for all lists
    Counting.looked_up = 0
    assert len(order) > SCREEN
    assert order.first_undated < len(order)
    assert Counting.looked_up == 0
    assert len(order.ids(0, SCREEN)) == SCREEN
    assert Counting.looked_up < MANY / 2
