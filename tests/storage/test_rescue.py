"""Rescuing: all of a sound document, what can be read of a damaged one, and always a document that is sound."""

from __future__ import annotations

import json
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from builders import a_claim, a_source, an_event
from hypothesis import given, settings
from hypothesis import strategies as st
from untouched import assert_untouched, snapshot

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.storage.errors import OpenError, StorageError, WriteError
from viewer.storage.rescue import rescue


@pytest.fixture
def path(tmp_path, sample):
    """The path of a closed document that holds the sample."""
    made = tmp_path / "k.dateline"
    with closing(Document.create(made)) as document:
        document.import_files([(sample.name, sample.read_bytes())])
    return made


def dump(path):
    with closing(Document.open(path)) as document:
        return document.store.dump()


def test_a_sound_document_is_rescued_whole_with_its_history(path, tmp_path):
    with closing(Document.open(path)) as document:
        first = document.store.event_ids()[0]
        document.delete_event(first)
    out = tmp_path / "out.dateline"
    with assert_untouched_but(path, out):
        found = rescue(path, out, uid="new")
    assert found.losses == []
    assert dump(out) == dump(path)
    with closing(Document.open(out)) as document:
        assert document.uid == "new"
        assert document.store.meta().title == title_of(path)
        document.undo()
        assert first in document.store.event_ids()
        number = document.store.next_id("events")
        assert number > max(document.store.event_ids())
        assert document.check() == []


def title_of(path):
    with closing(Document.open(path)) as document:
        return document.store.meta().title


def assert_untouched_but(path, out):
    """Nothing else came but `out`."""

    class Context:
        def __enter__(self):
            self.before = snapshot(path.parent)

        def __exit__(self, *_):
            after = snapshot(path.parent)
            after.pop(out.name)
            assert after == self.before

    return Context()


def test_rescuing_never_overwrites_and_leaves_nothing_half(path, tmp_path, dateline):
    out = tmp_path / "out.dateline"
    out.write_bytes(b"mine")
    with assert_untouched(path), pytest.raises(WriteError, match="exists"):
        rescue(path, out, uid="new")
    with closing(Document.open(path)), pytest.raises(OpenError, match="is open"):
        rescue(path, tmp_path / "other.dateline", uid="new")
    assert dateline("rescue", path, tmp_path / "missing" / "out.dateline").code == 2
    assert snapshot(tmp_path).keys() == {"k.dateline", "out.dateline"}


def test_what_was_lost_is_told_by_command(path, tmp_path, dateline):
    data = bytearray(path.read_bytes())
    at = data.rfind(b"Kursk") // 4096 * 4096
    data[at : at + 8] = b"\xff" * 8
    path.write_bytes(data)
    ran = dateline("rescue", path, tmp_path / "out.dateline", "--json")
    assert ran.code in (0, 1)
    told = json.loads(ran.out)
    assert (ran.code == 1) == bool(told["losses"])
    with closing(Document.open(tmp_path / "out.dateline")) as document:
        assert len(document.store.event_ids()) >= told["rows"]["events"]
        assert document.store.rows("PRAGMA foreign_key_check") == []


@pytest.fixture(scope="module")
def dense(tmp_path_factory):
    """The bytes of a document with a few hundred rows."""
    folder = tmp_path_factory.mktemp("dense")
    source = a_source(published=from_edtf("2025-02"))
    with closing(Document.create(folder / "a.dateline")) as document:
        document.save_event(an_event(claims=(a_claim(source),)), new_sources=[source])
        for number in range(60):
            document.save_event(an_event(title=f"Event {number}", claims=(a_claim(source),)))
    return (folder / "a.dateline").read_bytes()


@settings(max_examples=80)
@given(st.data())
def test_whatever_is_damaged_the_result_is_sound_or_there_is_none(tmp_path, dense, data):
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    path, out = folder / "damaged.dateline", folder / "out.dateline"
    damaged = bytearray(dense)
    for _ in range(data.draw(st.integers(1, 5))):
        at = data.draw(st.integers(0, len(dense) - 1))
        new = data.draw(st.binary(min_size=1, max_size=40))
        damaged[at : at + len(new)] = new
    path.write_bytes(damaged[: data.draw(st.sampled_from((len(dense), len(dense) // 2)))])
    before = path.read_bytes()
    try:
        found = rescue(path, out, uid="new")
    except StorageError:
        assert snapshot(folder).keys() == {path.name}
        return
    finally:
        assert path.read_bytes() == before
    with closing(Document.open(out)) as document:
        assert document.store.read_only is None
        assert document.store.rows("PRAGMA integrity_check") == [{"integrity_check": "ok"}]
        if not found.losses:
            assert len(document.store.event_ids()) == 61
        document.save_event(an_event())
