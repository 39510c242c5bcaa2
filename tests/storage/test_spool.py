"""Changes too many to be held are the same, and in the same order, as if they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.edits import Change, Edit
from viewer.storage import spool
from viewer.storage.spool import Spool

CELLS = (
    st.none()
    | st.integers(-(2**62), 2**62)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text("aé\n\"'☃")
)
ROWS = st.none() | st.dictionaries(st.sampled_from(["title", "extra", "position"]), CELLS)
CHANGES = st.lists(st.builds(Change, st.sampled_from(["events", "claims"]), st.integers(1, 9), ROWS, ROWS))


@pytest.fixture(params=[1, 3, 1000])
def spooled(request, monkeypatch):
    """Make a spool that holds few of what is put into it."""
    monkeypatch.setattr(spool, "MOST_HELD", request.param)

    def fill(changes):
        filled = Spool()
        for change in changes:
            filled.append(change)
        return filled

    return fill


@given(changes=CHANGES)
def test_a_spool_is_the_sequence_of_what_was_put_in(spooled, changes):
    filled = spooled(changes)
    assert len(filled) == len(changes)
    assert list(filled) == list(filled) == changes
    assert list(reversed(filled)) == changes[::-1]
    assert [filled[index] for index in range(-len(changes), len(changes))] == changes * 2
    assert filled[1:3] == changes[1:3]
    assert filled.held in (None, tuple(changes))


@given(changes=CHANGES)
def test_an_edit_over_a_spool_is_taken_back_like_any_other(spooled, changes):
    plain = Edit(uid="e", label="", changes=tuple(changes)).inverse("u")
    large = Edit(uid="e", label="", changes=spooled(changes)).inverse("u")
    assert list(large.changes) == list(plain.changes)
    assert list(large.inverse("w").changes) == changes
    assert len(large.changes) == len(changes)


def test_ids_are_found_by_name_and_value_wherever_they_lie(spooled):
    filled = spooled(())
    for number in range(20):
        filled.keep_ids("events.uid", {f"é{number}": number})
        filled.keep_ids("sources.uid", {f"é{number}": 100 + number})
    wanted = [f"é{number}" for number in range(25)]
    assert filled.kept_ids("events.uid", wanted) == {f"é{number}": number for number in range(20)}
    assert filled.kept_ids("sources.uid", ["é3", "none"]) == {"é3": 103}
