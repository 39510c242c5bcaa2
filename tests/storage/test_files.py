"""Files beside the document are written whole or not at all, and what fails leaves nothing behind."""

from __future__ import annotations

import pytest
from untouched import assert_untouched, no_space, snapshot

from viewer.storage.errors import WriteError


@pytest.mark.parametrize("write", ["export_bundle", "save_copy"])
def test_a_full_disk_leaves_the_older_file_and_no_other(sample_document, tmp_path, write):
    target = tmp_path / "target"
    target.write_bytes(b"an older file " * 1_000)
    with no_space(), assert_untouched(target), pytest.raises(WriteError):
        getattr(sample_document, write)(target)
    getattr(sample_document, write)(target)
    assert not target.read_bytes().startswith(b"an older file")


@pytest.mark.parametrize("write", ["export_bundle", "save_copy"])
def test_the_document_itself_is_never_the_target(sample_document, tmp_path, write):
    link = tmp_path / "link"
    link.symlink_to(sample_document.path)
    for target in (sample_document.path, link):
        with assert_untouched(target), pytest.raises(WriteError, match="is this document"):
            getattr(sample_document, write)(target)


@pytest.mark.parametrize("write", ["export_bundle", "save_copy"])
def test_a_folder_that_is_not_there(sample_document, tmp_path, write):
    before = snapshot(tmp_path)
    with pytest.raises(WriteError):
        getattr(sample_document, write)(tmp_path / "missing" / "target")
    assert snapshot(tmp_path) == before
