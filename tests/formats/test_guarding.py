"""An apostrophe before what a spreadsheet would compute, and its way back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from viewer.formats.guarding import exact_text, exactly, guarded, unguarded

texts = st.text(st.sampled_from("'=+-@\t\r\n\0＝＋－＠a 1")) | st.text()


@given(texts)
def test_a_guarded_text_comes_back_and_is_no_formula(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(tuple("=+-@\t\r\n\0＝＋－＠"))


@given(st.none() | texts)
@example(None)
@example("")
@example("'")
def test_an_exact_cell_tells_nothing_from_an_empty_text(text):
    assert exact_text(exactly(text)) == text
    assert (exactly(text) == "") == (text is None)


@pytest.mark.parametrize("text", ["don't", "'tis", "a=1", "5", "", "'quoted'"])
def test_what_is_no_formula_stays_as_it_is(text):
    assert guarded(text) == unguarded(text) == text
