"""Fault cases of files brought in: all of one comes in, or none."""

from __future__ import annotations

import io
import zipfile
from contextlib import closing

import pytest
from builders import a_bundle, an_event, raw_event

from viewer.document import Document
from viewer.storage.errors import WriteError


def test_fault_49_an_import_that_fails_at_its_end_brings_nothing_in(tmp_path, home):
    with closing(Document.create(tmp_path / "k.dateline")) as document:
        document.save_event(an_event(uid="kept"))
        before, undoable = document.store.dump(), document.history.next_undo
        bundle = a_bundle(events=[raw_event(summary="Some words. " * 40) for _ in range(1000)])
        pages = document.store.rows("PRAGMA page_count")[0]["page_count"]
        document.store.rows(f"PRAGMA max_page_count={pages + 100}")
        with pytest.raises(WriteError) as told:
            document.import_files([("many.json", bundle)])
        assert told.value.code == "disk-full"
        assert document.store.dump() == before
        assert document.history.next_undo == undoable
        document.store.rows("PRAGMA max_page_count=1073741823")
        document.import_files([("many.json", bundle)])
        assert document.event_count == 1001
        assert document.check() == []


def test_fault_56_an_archive_is_refused_and_not_unpacked(tmp_path, made, dateline):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bundle.json", a_bundle(events=[raw_event()]))
        archive.writestr("../outside.json", bytes(10_000_000))
    for name in ("bundle.zip", "bundle.json"):
        file = tmp_path / name
        file.write_bytes(packed.getvalue())
        data = made.read_bytes()
        ran = dateline("import", made, file)
        assert ran.code == 2
        assert ran.err
        assert made.read_bytes() == data
        file.unlink()
    assert not list(tmp_path.parent.glob("outside.json"))
