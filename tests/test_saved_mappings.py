"""Mappings kept by name: written whole, found again, and a damaged one named and left as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.mapping import TableMapping, Words
from viewer.saved_mappings import folder, save_mapping, saved_mapping, saved_mappings, why_not

MAPPING = TableMapping(title=Words(columns=("What",)), identifier=("Nr",))


def test_a_saved_mapping_is_found_by_its_name_whatever_its_case():
    save_mapping("Our lists", MAPPING)
    assert saved_mapping("our LISTS") == MAPPING
    assert saved_mapping("others") is None
    assert saved_mappings().mappings == {"Our lists": MAPPING}


def test_saving_again_replaces_it_and_leaves_nothing_beside_it():
    save_mapping("a", MAPPING)
    save_mapping("a", TableMapping())
    assert saved_mapping("a") == TableMapping()
    assert [path.name for path in folder().iterdir()] == ["a.json"]


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b'{"format": "x"}', b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_one_is_named_and_left_as_it_is(content):
    save_mapping("good", MAPPING)
    (folder() / "bad.json").write_bytes(content)
    shelf = saved_mappings()
    assert shelf.mappings == {"good": MAPPING}
    assert list(shelf.damaged) == ["bad"]
    assert (folder() / "bad.json").read_bytes() == content
    with pytest.raises(UnreadableError):
        saved_mapping("bad")


@pytest.mark.parametrize(
    "name", ["", "  ", "../out", "a/b", "a\\b", "acled", "ACLED", ".hidden", "x" * 61, "a\n"]
)
def test_a_name_that_cannot_be_a_files_or_is_taken_is_refused(name):
    assert why_not(name) or name.strip() == "a"
    if why_not(name):
        with pytest.raises(ValueError, match=r"name|profile"):
            save_mapping(name, MAPPING)


@given(st.text(max_size=70))
def test_whatever_name_is_taken_is_a_file_in_the_folder(name):
    if not why_not(name):
        path = folder() / f"{name.strip()}.json"
        assert path.parent == folder()
        assert path.stem == name.strip()
