from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from viewer.folders import cache_folder, config_folder, data_folder
from viewer.ui.settings import MOST_RECENT, MOST_REMEMBERED, Settings


@pytest.fixture
def file(home: Path) -> Path:
    return home / "config" / "settings.json"


def test_folders_follow_the_variable(home, monkeypatch):
    assert (data_folder(), cache_folder(), config_folder()) == (
        home / "data",
        home / "cache",
        home / "config",
    )
    monkeypatch.delenv("DATELINE_HOME")
    for folder in (data_folder(), cache_folder(), config_folder()):
        assert folder.is_absolute()
        assert "Dateline" in folder.parts


def test_the_first_start_has_defaults_and_writes_nothing(file):
    settings = Settings(file)
    assert (settings.theme, settings.recent_files, settings.shape("main")) == ("system", (), b"")
    assert not file.exists()


def test_what_is_set_is_there_at_the_next_start(file, tmp_path):
    settings = Settings(file)
    settings.theme = "dark"
    settings.set_shape("main", b"\x00\xff geometry")
    settings.set_shape("splitter", b"state")
    settings.add_recent(tmp_path / "a.dateline")
    again = Settings(file)
    assert again.theme == "dark"
    assert again.shape("main") == b"\x00\xff geometry"
    assert again.shape("splitter") == b"state"
    assert again.recent_files == (tmp_path / "a.dateline",)
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in file.parent.iterdir()] == ["settings.json"]


def test_lanes_are_remembered_for_each_of_the_latest_documents(file):
    settings = Settings(file)
    assert settings.grouping("d0") == ""
    for number in range(MOST_REMEMBERED + 1):
        settings.set_grouping(f"d{number}", "actor")
    settings.set_grouping("d5", "tag")
    again = Settings(file)
    assert (again.grouping("d0"), again.grouping("d1"), again.grouping("d5")) == ("", "actor", "tag")
    file.write_text('{"groupings": {"d1": 7}}')
    assert Settings(file).grouping("d1") == ""
    file.write_text('{"groupings": [1]}')
    assert Settings(file).grouping("d1") == ""


def test_recent_files_are_absolute_newest_first_once_and_at_most_twelve(file, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    settings = Settings(file)
    for number in range(MOST_RECENT + 3):
        settings.add_recent(Path(f"{number}.dateline"))
    settings.add_recent(tmp_path / "5.dateline")
    names = [path.name for path in Settings(file).recent_files]
    assert names[:3] == ["5.dateline", "14.dateline", "13.dateline"]
    assert len(names) == len(set(names)) == MOST_RECENT
    assert all(path.is_absolute() for path in settings.recent_files)
    settings.remove_recent(Path("5.dateline"))
    assert "5.dateline" not in [path.name for path in Settings(file).recent_files]


def test_a_name_that_is_not_unicode_survives(file, tmp_path):
    odd = tmp_path / "caf\udce9.dateline"
    Settings(file).add_recent(odd)
    assert Settings(file).recent_files == (odd,)


GOOD = json.dumps({"theme": "dark", "recent": ["/a.dateline"]}).encode()


@pytest.mark.parametrize(
    "damaged",
    [GOOD[:20], b"\x00" * 40, b"", b"[1]", b"\xff\xfe", b"[" * 200_000, b" " * 1_000_001],
    ids=["truncated", "zeros", "empty", "array", "not UTF-8", "deep", "too large"],
)
def test_a_damaged_file_is_set_aside_and_the_defaults_hold(file, damaged):
    file.parent.mkdir(parents=True)
    file.write_bytes(damaged)
    settings = Settings(file)
    assert settings.theme == "system"
    assert (file.parent / "settings.json.bad").read_bytes() == damaged
    settings.theme = "light"
    assert Settings(file).theme == "light"


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given_settings(deadline=None, max_examples=50)
@given(st.fixed_dictionaries({"theme": VALUES, "recent": VALUES, "shapes": VALUES | st.just({"main": "%"})}))
def test_whatever_a_well_formed_file_says_the_settings_can_be_used(tmp_path_factory, values):
    file = tmp_path_factory.mktemp("settings") / "settings.json"
    file.write_text(json.dumps(values))
    settings = Settings(file)
    assert settings.theme in ("system", "light", "dark")
    assert settings.shape("main") == b""
    settings.add_recent(Path("/x.dateline"))
    assert settings.recent_files[0] == Path("/x.dateline")


def test_where_nothing_can_be_written_the_program_goes_on(tmp_path):
    (tmp_path / "config").write_text("a file where the folder should be")
    settings = Settings(tmp_path / "config" / "settings.json")
    settings.theme = "dark"
    settings.add_recent(Path("/a.dateline"))
    assert settings.theme == "dark"
