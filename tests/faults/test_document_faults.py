"""Fault cases of opening, of odd names, and of a file that goes away: refused or kept, never half done."""

from __future__ import annotations

import os
import sqlite3
import struct
import time
from contextlib import closing

import pytest
from builders import a_claim, a_source, an_event
from untouched import assert_untouched, snapshot

from viewer.document import Document
from viewer.domain.filters import Filter
from viewer.storage.errors import OpenError, WriteError

posix_only = pytest.mark.skipif(os.name != "posix", reason="files of this sort are POSIX's")


@pytest.fixture
def good(tmp_path):
    """The path of a closed document with one event."""
    path = tmp_path / "good.dateline"
    with closing(Document.create(path)) as document:
        document.save_event(an_event(uid="kept"))
    return path


def refused(path):
    """Open what must not open; return what the user is told, which names the file and a next step."""
    began = time.monotonic()
    with assert_untouched(path), pytest.raises(OpenError) as told:
        Document.open(path)
    assert time.monotonic() - began < 1
    real = path.resolve() if path.exists() else path
    assert real.name in told.value.message
    assert told.value.remedy
    return str(told.value)


def sound(path):
    """Nothing beside the file, and nothing wrong in it."""
    assert not list(path.parent.glob(f"{path.name}-*"))
    with closing(Document.open(path)) as document:
        return document.check() == []


def test_fault_01_an_empty_file(tmp_path):
    path = tmp_path / "empty.dateline"
    path.touch()
    assert "is empty" in refused(path)


def test_fault_02_a_missing_path(tmp_path):
    assert "was not found" in refused(tmp_path / "gone.dateline")
    assert "was not found" in refused(tmp_path / "gone.dateline")
    (tmp_path / "file").touch()
    with pytest.raises(OpenError, match="cannot be reached"):
        Document.open(tmp_path / "file" / "below.dateline")


@pytest.mark.parametrize(
    "data",
    [
        b"Some text, longer than a header of SQLite. " * 10,
        b"\x89PNG\r\n\x1a\n" + bytes(500),
        b"x" * 50,
        b"SQLite format 3\x00" + bytes(34),
        b"SQLite format 2\x00" + bytes(500),
        b"PK\x03\x04" + bytes(500),
    ],
    ids=["text", "png", "50 bytes", "half a header", "other magic", "zip"],
)
def test_fault_03_no_document(tmp_path, data):
    path = tmp_path / "other.dateline"
    path.write_bytes(data)
    assert "is not a timeline document" in refused(path)


def test_fault_04_a_folder(tmp_path):
    path = tmp_path / "folder.dateline"
    path.mkdir()
    assert "is a folder" in refused(path)


@posix_only
@pytest.mark.timeout(10)
def test_fault_04_a_pipe_a_socket_and_a_device(tmp_path):
    pipe = tmp_path / "pipe.dateline"
    os.mkfifo(pipe)
    assert "is not a regular file" in refused(pipe)
    for device in ("/dev/zero", "/dev/null"):
        link = tmp_path / f"{device[5:]}.dateline"
        link.symlink_to(device)
        assert "is not a regular file" in refused(link)


@posix_only
def test_fault_05_a_loop_of_links(tmp_path):
    path, other = tmp_path / "loop.dateline", tmp_path / "back.dateline"
    path.symlink_to(other)
    other.symlink_to(path)
    assert "cannot be reached" in refused(path)


@posix_only
def test_fault_05_a_link_opens_what_it_leads_to(good, tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    link = folder / "link.dateline"
    link.symlink_to(good)
    with closing(Document.open(link)) as document:
        assert document.path == good
        assert document.title == "good"
        document.save_event(an_event())
    assert snapshot(folder).keys() == {"link.dateline"}
    assert link.is_symlink()
    assert sound(good)


@pytest.mark.parametrize("application", [0, 1, 0x0F055112, 0xFFFFFFFF])
def test_fault_06_a_file_of_another_program(good, application):
    data = bytearray(good.read_bytes())
    data[68:72] = struct.pack(">I", application)
    good.write_bytes(data)
    told = refused(good)
    assert "another program" in told
    assert "Import" in told


def test_fault_06_a_database_of_another_program(tmp_path):
    path = tmp_path / "other.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE events (id INTEGER PRIMARY KEY, title TEXT)")
    assert "another program" in refused(path)


@pytest.mark.parametrize("version", [2, 99, 0x7FFFFFFF, 0xFFFFFFFF])
def test_fault_07_a_newer_version(good, version):
    data = bytearray(good.read_bytes())
    data[60:64] = struct.pack(">I", version)
    good.write_bytes(data)
    told = refused(good)
    assert "newer version" in told
    assert "Update Dateline" in told


NAMES = [
    "what?.dateline", "a#b.dateline", "100%.dateline", "%41%00.dateline", "it's.dateline", "a;b.dateline",
    "two  words .dateline", "?mode=memory&cache=shared", "Донбас – 고기 🛤.dateline", '"quoted".dateline', "-rf",
    "line\nbreak.dateline", "e\u0301.dateline", "file:x.dateline", ":memory:", "\u202egnp.dateline",
]  # fmt: skip
if os.name == "posix":
    NAMES.append(os.fsdecode(b"caf\xe9 \xff.dateline"))


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_fault_22_names(tmp_path, name, sample):
    """The very file of that name is made, opened, changed, copied and exported, and no other."""
    folder = tmp_path / "folder"
    folder.mkdir()
    path = folder / name
    with closing(Document.create(path)) as document:
        document.import_files([(name, sample.read_bytes())])
        document.undo()
        document.redo()
        assert snapshot(folder).keys() == {name}
        document.save_copy(folder / f"copy {name}")
        document.export_bundle(folder / f"export {name}")
    assert snapshot(folder).keys() == {name, f"copy {name}", f"export {name}"}
    for each in (path, folder / f"copy {name}"):
        with closing(Document.open(each)) as document:
            assert len(document.store.event_ids()) == 16
            assert document.path == each
            assert len(document.matching(Filter(text="koursk")).ids) > 0
        assert sound(each)
    with pytest.raises(WriteError, match="exists already"):
        Document.create(path)


def test_fault_25_the_same_file_twice(good, tmp_path):
    names = [good, good.parent / ".." / good.parent.name / good.name]
    if os.name == "posix":
        (tmp_path / "soft.dateline").symlink_to(good)
        os.link(good, tmp_path / "hard.dateline")
        names += [tmp_path / "soft.dateline", tmp_path / "hard.dateline"]
    with closing(Document.open(good)) as document:
        for name in names:
            with assert_untouched(good), pytest.raises(OpenError, match="already open") as told:
                Document.open(name)
            assert told.value.code == "already-open"
        document.save_event(an_event(uid="after"))
    with closing(Document.open(names[-1])) as document:
        assert set(document.store.ids_by("events", "uid")) == {"kept", "after"}
    assert sound(good)


def test_fault_25_a_document_that_was_refused_is_not_held(good):
    whole = good.read_bytes()
    good.write_bytes(whole[:5000])
    refused(good)
    good.write_bytes(whole)
    assert sound(good)


@posix_only
def test_fault_26_deleted_while_open(good, tmp_path):
    document = Document.open(good)
    document.save_event(an_event(uid="second"), new_sources=[a_source()])
    before, undoable = document.store.dump(), document.history.next_undo
    good.unlink()
    with assert_untouched(good):
        assert len(list(document.store.events())) == 2
        assert document.matching(Filter(text="soldiers")).hidden == 0
        for change in (lambda: document.save_event(an_event(uid="third")), document.undo):
            with pytest.raises(WriteError):
                change()
        assert document.store.dump() == before
        assert document.history.next_undo == undoable
    assert snapshot(tmp_path) == {}
    copy = tmp_path / "rescued.dateline"
    document.save_copy(copy)
    document.save_copy(good)
    document.close()
    for path in (copy, good):
        with closing(Document.open(path)) as rescued:
            assert rescued.store.dump() == before
            assert rescued.history.next_undo == undoable
        assert sound(path)


@posix_only
def test_fault_27_replaced_while_open(good, tmp_path):
    document = Document.open(good)
    before = document.store.dump()
    other = tmp_path / "other.dateline"
    with closing(Document.create(other)) as theirs:
        theirs.save_event(an_event(uid="theirs"))
    os.replace(other, good)
    with assert_untouched(good):
        with pytest.raises(WriteError):
            document.save_event(an_event(uid="mine"))
        assert document.store.dump() == before
        document.close()
    with closing(Document.open(good)) as theirs:
        assert set(theirs.store.ids_by("events", "uid")) == {"theirs"}


@pytest.mark.parametrize(
    "text",
    ['"', '""', "*", "\x00", "a\x00b", "NEAR(", "NEAR(a b, 2)", "AND", "OR NOT", "(", ")", "^a", "a:b", "{title}:x",
     "-", "+", "'; DROP TABLE events; --", "\\", "_", "__", "%", "x" * 100_000, "wort " * 20_000, '"' * 100_000,
     "\ud800", "\u202e", "´", "ﬁ", "𝔄", "1,000", "title:arrival", "col NEAR/3 x*"],
    ids=lambda text: ascii(text)[:20],
)  # fmt: skip
def test_fault_64_whatever_is_searched_for(sample_document, text):
    matching = sample_document.matching(Filter(text=text))
    assert len(matching.ids) + matching.hidden == 16
    assert sample_document.sources_mentioning(text) <= {
        source.id for source in sample_document.store.sources()
    }
    for criterion in ("actor", "place", "source", "tag"):
        if text.isprintable() or "\x00" in text:
            sample_document.matching(Filter(**{criterion: text}))


def test_fault_64_operators_are_only_words(document):
    document.save_event(an_event(uid="words", title="Near and not or"))
    document.save_event(an_event(uid="other", title="Far"))
    for text in ("NEAR", "AND", "OR", "NOT", "near AND not", "NEAR(not"):
        assert document.matching(Filter(text=text)).hidden == 1
    assert document.matching(Filter(text="far OR near")).ids == ()


def test_an_edit_that_needs_what_is_not_there_is_refused_with_a_remedy(tmp_path):
    with closing(Document.create(tmp_path / "k.dateline")) as document:
        document.save_event(an_event(uid="kept"))
        before = document.store.dump()
        gone = a_source(uid="gone")
        for event in (an_event(uid="kept", claims=(a_claim(gone),)), an_event(uid="new", kind="gone")):
            with pytest.raises(WriteError) as told:
                document.save_event(event)
            assert told.value.code == "not-there"
            assert told.value.remedy
        assert document.store.dump() == before
