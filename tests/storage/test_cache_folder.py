"""The folder of what is derived: builds and indexes of one document, and room for those of others."""

from __future__ import annotations

import os

import pytest

from viewer.storage.cache_folder import STATE_FILE, CacheFolder


@pytest.fixture
def folder(tmp_path):
    found = CacheFolder(tmp_path / "cache", "uid-1")
    found.use()
    return found


def complete(folder, age):
    """A build that is complete, so many seconds old."""
    build = folder.new_build()
    (build / STATE_FILE).write_bytes(b"")
    os.utime(build, (1_000_000_000 - age,) * 2)
    return build


def test_builds_are_complete_once_their_last_file_stands(folder):
    build = folder.new_build()
    assert (folder.builds(), folder.unfinished()) == ([], [build])
    (build / STATE_FILE).write_bytes(b"")
    assert (folder.builds(), folder.unfinished()) == ([build], [])


def test_the_newest_comes_first_and_the_older_ones_are_swept_away(folder):
    builds = [complete(folder, age) for age in (30, 10, 20)]
    assert folder.builds() == [builds[1], builds[2], builds[0]]
    folder.use()
    assert folder.builds() == [builds[1], builds[2]]


def test_what_was_left_half_done_long_ago_is_swept_away_but_not_what_is_being_written(folder):
    left, written = folder.new_build(), folder.new_build()
    index = folder.new_search_index().with_suffix(".part")
    index.write_bytes(b"")
    for old in (left, index):
        os.utime(old, (1_000_000_000,) * 2)
    folder.use()
    assert folder.unfinished() == [written]


def test_indexes_go_with_the_files_beside_them(folder):
    index = folder.new_search_index()
    for name in (index.name, index.name + "-wal", index.name + "-shm"):
        index.with_name(name).write_bytes(b"")
    assert folder.search_indexes() == [index]
    folder.discard(index)
    assert folder.search_indexes() == []
    assert [each.name for each in folder.path.iterdir()] == ["used"]


def test_room_is_made_by_those_that_were_not_used_for_longest(tmp_path):
    root = tmp_path / "cache"
    for age, name in ((3, "old"), (1, "young"), (2, "middle")):
        other = CacheFolder(root, name)
        other.use()
        (other.path / "bulk").write_bytes(b"x" * 1000)
        os.utime(other.path / "used", (1_000_000_000 - age,) * 2)
    own = CacheFolder(root, "own")
    own.use()
    (own.path / "bulk").write_bytes(b"x" * 10_000)
    own.use(limit=2500)
    assert sorted(each.name for each in root.iterdir()) == ["middle", "own", "young"]
    own.use(limit=0)
    assert [each.name for each in root.iterdir()] == ["own"]


@pytest.mark.parametrize("uid", ["../up", "a/b", "", "x" * 300, "ü\n\x00"])
def test_whatever_a_document_is_called_its_folder_lies_in_the_cache(tmp_path, uid):
    folder = CacheFolder(tmp_path / "cache", uid)
    folder.use()
    assert folder.path.parent == tmp_path / "cache"
    assert folder.path.is_dir()


def test_a_folder_that_cannot_be_made_is_an_error_of_the_system(tmp_path):
    (tmp_path / "cache").write_bytes(b"")
    folder = CacheFolder(tmp_path / "cache", "uid")
    with pytest.raises(OSError, match="cache"):
        folder.use()
    assert (folder.builds(), folder.search_indexes()) == ([], [])
