"""What a column is used for, changed one column at a time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.formats.tables.mapping import TableMapping
from viewer.formats.tables.mapping_json import mapping_from_json, mapping_json
from viewer.formats.tables.naming import named_columns
from viewer.formats.tables.profiles import profile_mapping, profiles
from viewer.formats.tables.using import USES, uses_of, with_use

COLUMNS = ("a", "b c", "D", "1")
KINDS_OF_ONE = ("when.", "place.l", "quantity.", "sources.published", "kind")

changes = st.lists(st.tuples(st.sampled_from(COLUMNS), st.none() | st.sampled_from(USES)), max_size=12)


def changed(steps, mapping=None):
    mapping = mapping or TableMapping()
    for column, use in steps:
        mapping = with_use(mapping, column, use)
    return mapping


@given(changes, st.sampled_from(COLUMNS), st.sampled_from(USES))
def test_a_column_has_the_use_that_it_was_put_to_and_no_other(steps, column, use):
    mapping = with_use(changed(steps), column, use)
    assert uses_of(mapping, column) == (use,)
    assert uses_of(mapping, column.upper()) == (use,)


@given(changes, st.sampled_from(COLUMNS), st.none() | st.sampled_from(USES))
def test_other_columns_keep_their_use_unless_theirs_is_taken(steps, column, use):
    before = changed(steps)
    after = with_use(before, column, use)
    for other in set(COLUMNS) - {column}:
        held = uses_of(before, other)
        is_taken = held and use is not None and use.split(".")[0] == held[0].split(".")[0]
        if not is_taken or not use.startswith(KINDS_OF_ONE):
            assert uses_of(after, other) == held


@given(changes)
def test_a_mapping_that_was_put_together_can_be_saved(steps):
    mapping = changed(steps)
    assert mapping_from_json(mapping_json(mapping)) == mapping


@given(changes)
def test_a_column_that_was_put_to_a_use_and_back_leaves_nothing_behind(steps):
    assert changed([*steps, *((column, None) for column in COLUMNS)]) == TableMapping()


@pytest.mark.parametrize("name", profiles())
def test_one_column_of_a_profile_is_changed_and_the_rest_of_it_stays(name):
    mapping = profile_mapping(name)
    columns = dict.fromkeys(column for _, column in named_columns(mapping))
    uses = {column: uses_of(mapping, column) for column in columns}
    after = with_use(mapping, "a column beside", "tags")
    assert {column: uses_of(after, column) for column in columns} == uses
    for column in columns:
        left = uses_of(with_use(mapping, column, None), column)
        assert set(left) <= {"joins"}, "what a column is joined by stays"


def test_cells_tell_what_parts_several_tags():
    assert with_use(TableMapping(), "t", "tags", ("a, b", "c")).tags[0].separator == ","
    assert with_use(TableMapping(), "t", "tags", ("a", "c")).tags[0].separator is None


def test_an_unknown_use_is_refused():
    with pytest.raises(ValueError, match="nonsense"):
        with_use(TableMapping(), "a", "nonsense")
