"""Fault cases of a file that others change, replace or take away while it is open; two writers at once."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from dataclasses import replace

import pytest
from builders import an_event
from faults.harness import Forked, needs_fork
from untouched import assert_untouched, snapshot

from viewer.document import Document
from viewer.domain.edits import Edit
from viewer.storage.errors import ChangedElsewhereError, ReadError, WriteError

posix_only = pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved elsewhere")


@pytest.fixture
def folder(tmp_path):
    """A folder below which documents lie, that can itself be moved."""
    made = tmp_path / "folder"
    made.mkdir()
    return made


@pytest.fixture
def good(folder):
    """The path of a closed document with one event."""
    path = folder / "good.dateline"
    with closing(Document.create(path)) as document:
        document.save_event(an_event(uid="kept"))
    return path


def uids(path):
    with closing(Document.open(path)) as document:
        assert document.check() == []
        return set(document.store.ids_by("events", "uid"))


def another_version(good, *added):
    """A copy of a document that went on elsewhere."""
    path = good.parent / "version.dateline"
    shutil.copy(good, path)
    with closing(Document.open(path)) as document:
        for uid in added:
            document.save_event(an_event(uid=uid))
    data = path.read_bytes()
    path.unlink()
    return data


def expect_kept(document, code, *, error=WriteError):
    """Expect an edit to be refused with a code, and the document and its history to be as before."""
    undoable = document.history.next_undo
    for change in (lambda: document.save_event(an_event(uid="mine")), document.undo):
        with pytest.raises(error) as told:
            change()
        assert told.value.code == code
        assert told.value.remedy
    assert document.history.next_undo == undoable


@posix_only
def test_fault_26_removed_and_put_back(good):
    with closing(Document.open(good)) as document:
        away = good.with_name("away")
        good.rename(away)
        assert document.store.difference() == "removed"
        expect_kept(document, "removed")
        away.rename(good)
        assert document.store.difference() is None
        document.save_event(an_event(uid="mine"))
    assert uids(good) == {"kept", "mine"}


@posix_only
def test_fault_27_replaced_by_a_rename(good, folder):
    with closing(Document.open(good)) as document:
        (folder / "other").write_bytes(another_version(good, "theirs"))
        os.replace(folder / "other", good)
        assert document.store.difference() == "replaced"
        with assert_untouched(good):
            expect_kept(document, "replaced", error=ChangedElsewhereError)
            assert set(document.store.ids_by("events", "uid")) == {"kept"}
        document.save_copy(folder / "mine.dateline")
    assert uids(folder / "mine.dateline") == {"kept"}
    assert uids(good) == {"kept", "theirs"}


def test_fault_28_overwritten_by_a_version_of_elsewhere(good, folder):
    """Both versions made as many changes since they parted: SQLite's own counter tells them not apart."""
    theirs = another_version(good, "theirs")
    with closing(Document.open(good)) as document:
        document.save_event(an_event(uid="ours"))
        assert len(list(document.store.events())) == 2
        with good.open("rb+") as file:
            file.write(theirs)
            file.truncate(len(theirs))
        os.utime(good, ns=(1, 1))
        assert document.store.difference() == "overwritten"
        with assert_untouched(good):
            expect_kept(document, "overwritten", error=ChangedElsewhereError)
            with pytest.raises(WriteError):  # what could be copied would be a mixture
                document.save_copy(folder / "mixture.dateline")
            with pytest.raises(WriteError):
                document.store.catch_up()
    assert uids(good) == {"kept", "theirs"}


@pytest.mark.parametrize("data", [b"", b"garbage" * 2000])
def test_fault_28_overwritten_by_anything(good, data):
    with closing(Document.open(good)) as document:
        good.write_bytes(data)
        assert document.store.difference() == "overwritten"
        with assert_untouched(good):
            with pytest.raises(ChangedElsewhereError) as told:
                document.store.apply(Edit(uid="e", label="Any", changes=()), at=1)
            assert told.value.code == "overwritten"


def test_fault_28_a_touch_is_no_change(good):
    with closing(Document.open(good)) as document:
        os.utime(good, ns=(1, 1))
        assert document.store.difference() is None
        data = good.read_bytes()
        document.save_event(an_event(uid="mine"))
        assert data != good.read_bytes()
        assert document.store.difference() is None


@posix_only
def test_fault_29_the_folder_is_renamed(good, folder, tmp_path):
    with closing(Document.open(good)) as document:
        moved = folder.rename(tmp_path / "moved")
        assert document.store.difference() == "removed"
        before = snapshot(moved)
        expect_kept(document, "removed")
        document.save_copy(tmp_path / "copy.dateline")
        assert snapshot(moved) == before
    assert uids(tmp_path / "copy.dateline") == {"kept"}


@needs_fork
def test_fault_30_a_rival_edits_the_same_event(good):
    def rival(there):
        there.recv(1)  # not before the document is open here
        with closing(Document.open(good)) as theirs:
            theirs.save_event(replace(theirs.find_event("kept"), title="Theirs"))
        there.sendall(b"done\n")

    with closing(Forked(rival)) as other, closing(Document.open(good)) as document:
        other.socket.sendall(b"!")
        assert other.lines.readline() == b"done\n"
        assert other.ended() == 0
        assert document.store.difference() == "changed"
        with assert_untouched(good):
            expect_kept(document, "changed-elsewhere", error=ChangedElsewhereError)
        (theirs,) = document.store.catch_up()
        assert theirs.changes
        document.history.heard(theirs)
        assert document.find_event("kept").title == "Theirs"
        document.save_event(an_event(uid="mine"))
        document.undo()
        document.undo()
        assert document.find_event("kept").title == "Soldiers come by train"
    assert uids(good) == {"kept"}


def test_fault_31_what_cannot_be_read_for_now_is_in_use_and_not_damaged(good):
    with closing(Document.open(good)) as document, closing(sqlite3.connect(good)) as other:
        document.store.rows("PRAGMA busy_timeout=0")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(ReadError) as told:
            document.store.event_ids()
        assert told.value.code == "in-use"
        other.rollback()
        assert document.store.event_ids()


def test_fault_31_another_program_holds_the_file_for_a_while(good):
    holding, release = threading.Event(), threading.Event()

    def hold():
        with closing(sqlite3.connect(good, isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            holding.set()
            release.wait(60)
            connection.execute("ROLLBACK")

    with closing(Document.open(good)) as document:
        thread = threading.Thread(target=hold)
        thread.start()
        holding.wait(60)
        try:
            expect_kept_once(document, "in-use")
            timer = threading.Timer(0.5, release.set)
            timer.start()
            document.save_event(an_event(uid="mine"))
        finally:
            release.set()
            thread.join()
    assert uids(good) == {"kept", "mine"}


def expect_kept_once(document, code):
    with pytest.raises(WriteError) as told:
        document.save_event(an_event(uid="mine"))
    assert told.value.code == code


def test_fault_32_a_copy_of_the_open_idle_file_is_complete(good, folder):
    with closing(Document.open(good)) as document:
        document.save_event(an_event(uid="second"))
        shutil.copy(good, folder / "copy.dateline")  # by another program; here it costs only the locks
        assert snapshot(folder).keys() == {"good.dateline", "copy.dateline"}
    assert uids(folder / "copy.dateline") == {"kept", "second"}
