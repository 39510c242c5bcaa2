"""The events that share something, in order of time: against a list that is sorted the slow way."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from viewer.timeline.event_table import DATED, EventTable, Postings
from viewer.timeline.events import Events
from viewer.timeline.fellows import count_fellows, fellows
from viewer.timeline.masks import Mask

KEYS = st.sets(st.integers(1, 4), max_size=3)
events = st.lists(st.tuples(st.integers(0, 20), st.booleans(), KEYS, st.booleans()), max_size=12)


def table(found, first=1):
    """A table of (moment, whether it is dated, keys, whether it is shown)."""
    count = len(found)
    ids = np.arange(first, first + count, dtype=np.int64)
    times = np.array([each[0] for each in found], dtype=np.int64)
    pairs = [(key, record) for record, each in enumerate(found) for key in each[2]]
    keys, records = (np.array([pair[at] for pair in pairs], dtype=np.int64) for at in (0, 1))
    return EventTable.of(
        ids=ids,
        kind=np.zeros(count, dtype=np.int16),
        flags=np.array([DATED if each[1] else 0 for each in found], dtype=np.uint8),
        start_lo=times,
        end_hi=times,
        said_lo=times,
        said_hi=times,
        known_from=times,
        disputed_from=times,
        not_later_than=times,
        title_ends=np.zeros(count, dtype=np.int64),
        titles=np.zeros(0, dtype=np.uint8),
        postings={"actor": Postings.of(keys, records.astype(np.int32))},
    )


@given(events, events, st.data())
def test_they_are_those_of_the_list_that_have_the_key(base, recent, data):
    dead = sorted(data.draw(st.sets(st.sampled_from(range(len(base)))) if base else st.just(set())))
    shown = Events(table(base), table(recent, 100), np.array(dead, dtype=np.int32))
    kept = [(each, number) for number, each in enumerate(base, 1) if number - 1 not in dead]
    kept += [(each, number) for number, each in enumerate(recent, 100)]
    flags = [np.array([each[3] for each in part], dtype=np.bool_) for part in (base, recent)]
    for mask in (None, Mask(*flags)):
        wanted = [
            (not dated, moment, number)
            for (moment, dated, keys, is_shown), number in kept
            if 2 in keys and (mask is None or is_shown)
        ]
        found = fellows(shown, "actor", 2, mask)
        assert [found.at(place) for place in range(len(found))] == [row[2] for row in sorted(wanted)]
        assert len(found) == count_fellows(shown, "actor", 2, mask)
        assert all(found.place(found.at(place)) == place for place in range(len(found)))


def test_nobody_shares_what_nobody_has():
    nothing = Events(EventTable.empty())
    assert len(fellows(nothing, "actor", 1)) == 0
    assert fellows(nothing, "place", 1).place(1) is None
