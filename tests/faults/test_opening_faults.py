"""Fault cases of opening: damage, strangers' schemas, side files, rights. Refused, read only, or whole."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from builders import TEXT, a_claim, a_source, an_event
from faults.harness import needs_fork
from faults.victims import (
    crash_while_writing,
    public_folder,
    schema_statement,
    statement,
    without_rights,
)
from untouched import assert_untouched, snapshot

from viewer.document import Document
from viewer.domain.edits import Change, Edit
from viewer.keeping import kept_backups, kept_notes
from viewer.storage.backups import inspect
from viewer.storage.checking import Cancelled, check_pages
from viewer.storage.errors import OpenError, ReadOnlyError, WriteError
from viewer.storage.opening import CHECKED_AT_ONCE, open_store
from viewer.storage.rescue import data_only, rescue

ROOT = Path(__file__).parents[2]
SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")


@pytest.fixture
def good(tmp_path):
    """The path of a closed document with two events and a quoted source, that was changed on this machine."""
    path = tmp_path / "good.dateline"
    source = a_source(uid="source")
    with closing(Document.create(path)) as document:
        document.save_event(
            an_event(uid="first", claims=(a_claim(source, uid="claim"),)), new_sources=[source]
        )
    with closing(Document.open(path)) as document:
        document.save_event(an_event(uid="second", title="Second"))
    return path


def refused(path, **how):
    """Open what must not open; return the error, which names the file and a next step."""
    began = time.monotonic()
    with assert_untouched(path), pytest.raises(OpenError) as told:
        open_store(path, notes=kept_notes(), **how)
    assert time.monotonic() - began < 2
    assert path.name in told.value.message
    assert told.value.remedy
    return told.value


def titles(path):
    with closing(Document.open(path)) as document:
        return {event.uid: event.title for event in document.store.events()}


# 9 to 13: damage


def test_fault_09_cut_at_every_page(good, five):
    whole = good.read_bytes()
    for size in range(4096, len(whole), 4096):
        good.write_bytes(whole[:size])
        with five(good, sound=False):
            assert refused(good).code == "damaged"
    newest = kept_backups().newest_whole(kept_notes().of(good).uid)
    assert newest.reason == "session"
    assert inspect(newest.path).events == 1


def test_fault_10_random_bytes_in_a_stored_text(good, five):
    data = bytearray(good.read_bytes())
    text = TEXT.encode()
    at = data.find(text)
    data[at : at + 64] = os.urandom(64)
    good.write_bytes(data)
    with five(good, sound=False), closing(Document.open(good)) as document:
        found = {(each.table, each.uid): each.message for each in document.check()}
        assert found.keys() == {("sources", "source"), ("claims", "claim")}
        assert "does not match its checksum" in found["sources", "source"]
        assert document.check() == document.check()


def test_fault_12_a_title_that_is_no_utf_8(good, five):
    statement(good, "UPDATE events SET title = CAST(x'61ff62' AS TEXT) WHERE uid = 'first'")
    with five(good, sound=False), closing(Document.open(good)) as document:
        assert document.find_event("first").title == "a\ufffdb"
        (found,) = document.check()
        assert (found.table, found.uid) == ("events", "first")
        assert "UTF-8" in found.message
        assert "title" in found.message
    with closing(Document.open(good)) as document:
        document.save_event(an_event(uid="third"))
    assert b"a\xffb" in good.read_bytes(), "what nobody edited is not rewritten"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads the most memory used from /proc")
def test_fault_13_a_cell_of_300_megabytes(good, dateline):
    statement(good, "UPDATE sources SET text = CAST(zeroblob(300000000) AS TEXT)")
    code = (
        "import sys; sys.argv[0] = 'dateline'\n"
        "from viewer.cli import main\n"
        "try: main()\n"
        "finally: print(*(line for line in open('/proc/self/status') if 'VmHWM' in line), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", str(good), "--json"],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    problems = json.loads(done.stdout)["problems"]
    assert {(each["table"], each["uid"]) for each in problems} == {("sources", "source"), ("claims", "claim")}
    assert "too big" in problems[0]["message"]
    assert int(done.stderr.split("VmHWM:")[1].split()[0]) < 700_000  # kilobytes
    assert dateline("list", good).code == 0


# 14 to 17: what strangers put into a file


def trigger(path):
    statement(path, "CREATE TRIGGER t AFTER INSERT ON events BEGIN DELETE FROM claims; END")


def endless_view(path):
    statement(path, "ALTER TABLE tags RENAME TO kept_away")
    statement(
        path,
        "CREATE VIEW tags AS WITH RECURSIVE n(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM n)"
        " SELECT id, 'x' AS name FROM n",
    )


def virtual_table(path):
    statement(path, "CREATE VIRTUAL TABLE more USING fts5(x)")


def virtual_table_of_our_name(path):
    statement(path, "DROP TABLE views")
    statement(path, "CREATE VIRTUAL TABLE views USING fts5(id, uid, name, definition)")


def generated_column(path):
    statement(path, "ALTER TABLE events ADD COLUMN more TEXT AS (hex(zeroblob(100000000)))")


def altered_check(path):
    schema_statement(
        path,
        "UPDATE sqlite_schema SET sql = replace(sql, 'BETWEEN 1 AND 6', 'BETWEEN 0 AND 9') WHERE name = 'claims'",
    )


FOREIGN = {
    trigger: "program-code", endless_view: "program-code", virtual_table: "program-code",
    virtual_table_of_our_name: "program-code", generated_column: "program-code", altered_check: "other-schema",
}  # fmt: skip


@pytest.mark.parametrize("make", FOREIGN, ids=lambda make: make.__name__)
def test_fault_14_15_16_a_schema_that_is_not_ours_gives_its_rows_only(good, five, make, tmp_path):
    make(good)
    with five(good, sound=False, adds=["rows.dateline"]):
        error = refused(good)
        assert error.code == FOREIGN[make]
        assert "can be brought into a new document" in error.remedy
        began = time.process_time()
        found = data_only(good, tmp_path / "rows.dateline", uid="new")
        assert time.process_time() - began < 2
    assert found.rows["events"] == 2
    with closing(Document.open(tmp_path / "rows.dateline")) as document:
        assert document.check() == []
        assert document.uid == "new"
        assert document.find_event("first").claims[0].quote
        document.save_event(an_event(uid="third"))
        assert len(document.find_event("first").claims) == 1
        document.undo()
        document.undo()
        assert set(document.store.ids_by("events", "uid")) == {"first"}


def test_fault_17_values_of_the_wrong_type_are_named(good, five, tmp_path):
    with closing(sqlite3.connect(good)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')')")
    statement(good, "UPDATE events SET when_start_lo = 'yesterday' WHERE uid = 'second'")
    statement(good, "UPDATE claims SET credibility = 2.0")
    with five(good, sound=False, adds=["rows.dateline"]):
        assert refused(good).code == "other-schema"
        found = data_only(good, tmp_path / "rows.dateline", uid="new")
    assert [(loss.table, loss.row) for loss in found.losses] == [("events", 2)]
    assert "when_start_lo" in found.losses[0].message
    assert titles(tmp_path / "rows.dateline") == {"first": "Soldiers come by train"}


# 18 to 20: side files


def crafted_journal(path, victim):
    """A hot journal whose super-journal is a file of the victim's, as SQLite writes it."""
    name = os.fsencode(victim)
    header = (
        SUPER_JOURNAL + bytes(4) + os.urandom(4) + (10).to_bytes(4) + (512).to_bytes(4) + (4096).to_bytes(4)
    )
    record = (
        (1).to_bytes(4) + name + len(name).to_bytes(4) + (sum(name) & 0xFFFFFFFF).to_bytes(4) + SUPER_JOURNAL
    )
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(header.ljust(512, b"\x00") + record)
    return journal


def test_fault_18_a_journal_that_would_delete_a_file(good, five, tmp_path):
    victim = tmp_path / "victim.txt"
    victim.write_bytes(b"keep me")
    journal = crafted_journal(good, victim)
    with five(good, sound=False, adds=["rows.dateline"]):
        assert refused(good).code == "foreign-journal"
        assert refused(good, look=True).code == "foreign-journal"
        found = rescue(good, tmp_path / "rows.dateline", uid="new")
    assert "left out" in found.losses[0].message
    assert found.rows["events"] == 2
    assert victim.read_bytes() == b"keep me"
    assert journal.exists()


def test_fault_18_something_else_in_the_place_of_a_journal(good, tmp_path):
    (tmp_path / "other").write_bytes(b"x" * 600)
    for ending in ("-journal", "-wal"):
        beside = good.with_name(good.name + ending)
        beside.symlink_to(tmp_path / "other")
        assert refused(good).code == "foreign-journal"
        beside.unlink()


@needs_fork
def test_fault_19_our_own_journal_is_rolled_back_and_the_user_hears_of_it(good, five):
    before = titles(good)
    journal = crash_while_writing(good)
    with closing(open_store(good, notes=kept_notes())) as store:
        assert [notice.code for notice in store.notices] == ["recovered"]
        assert store.read_only is None
    assert not journal.exists()
    with five(good), closing(open_store(good, notes=kept_notes())) as store:
        assert store.notices == ()
    assert titles(good) == before


@needs_fork
def test_fault_19_somebody_elses_journal_is_not_believed(good, five, tmp_path):
    before = titles(good)
    crash_while_writing(good)
    folder = tmp_path / "received"
    folder.mkdir()
    received = folder / good.name
    for side in ("", "-journal"):
        shutil.copy(f"{good}{side}", folder)
    with five(received, sound=False):
        assert refused(received).code == "side-files"
        with closing(open_store(received, notes=kept_notes(), look=True)) as store:
            assert store.read_only.code == "side-files"
    with five(received, sound=False, adds=["recovered.dateline"]):
        found = rescue(received, folder / "recovered.dateline", uid="new")
    assert found.losses == []
    assert titles(folder / "recovered.dateline") == before


@needs_fork
def test_fault_19_a_journal_beside_another_file_is_not_believed(good, tmp_path):
    """A sync tool that puts another version in the place of the document leaves the journal of the old one."""
    whole = good.read_bytes()
    crash_while_writing(good)
    other = tmp_path / "synced"
    other.write_bytes(whole)
    other.replace(good)
    assert refused(good).code == "side-files"


def test_fault_20_wal_becomes_an_ordinary_document(good):
    before = titles(good)
    statement(good, "PRAGMA journal_mode=WAL")
    with closing(Document.open(good)) as document:
        document.save_event(an_event(uid="third"))
    assert good.read_bytes()[18:20] == b"\x01\x01"
    assert snapshot(good.parent).keys() == {good.name}
    assert titles(good).keys() == before.keys() | {"third"}


def opened_without_rights(path):
    """Open, read, edit and save a copy without any rights; return what came of it."""
    copy = path.parent / "copy.dateline"

    def work():
        with closing(open_store(path)) as store:
            seen = [event.uid for event in store.events()]
            said = []
            for attempt in (lambda: Document(store).save_event(an_event()), lambda: store.copy_to(copy)):
                try:
                    attempt()
                except WriteError as error:
                    said.append(error.code)
            return seen, store.read_only and store.read_only.code, said

    return without_rights(work)


@needs_fork
@pytest.mark.parametrize("wal", [False, True], ids=["journal", "wal"])
@pytest.mark.parametrize("protected", ["file", "folder"])
def test_fault_20_21_what_is_write_protected_can_be_read(good, wal, protected):
    if wal:
        statement(good, "PRAGMA journal_mode=WAL")
    with public_folder() as folder:
        path = folder / "k.dateline"
        shutil.copy(good, path)
        path.chmod(0o444 if protected == "file" else 0o666)
        folder.chmod(0o777 if protected == "file" else 0o755)
        before = path.read_bytes()
        seen, reason, said = opened_without_rights(path)
        assert seen == ["first", "second"]
        assert reason == f"read-only-{protected}"
        assert path.read_bytes() == before
        if protected == "file":
            assert said == ["read-only"]
            assert snapshot(folder).keys() == {"k.dateline", "copy.dateline"}
            assert titles(folder / "copy.dateline") == titles(good)
        else:
            assert said == ["read-only", "copy-failed"]
            assert snapshot(folder).keys() == {"k.dateline"}


@needs_fork
def test_fault_21_a_crash_of_ours_in_a_folder_that_became_write_protected(good):
    crash_while_writing(good)
    with public_folder() as folder:
        for side in ("", "-journal"):
            shutil.copy(f"{good}{side}", folder)
        folder.chmod(0o755)
        before = snapshot(folder)
        try:
            assert opened_without_rights(folder / good.name)[1].startswith("read-only")
        except AssertionError:  # it ended with a refusal: what was half written cannot be read
            pass
        assert snapshot(folder) == before


# 23: large


@pytest.fixture
def large(good):
    """A document above the size that is checked while it opens."""
    with closing(sqlite3.connect(good)) as connection, connection:
        connection.executemany(
            "INSERT INTO sources (uid, title, text) VALUES (?, 'Long', ?)",
            ((f"long-{number}", "x" * 1_000_000) for number in range(CHECKED_AT_ONCE // 1_000_000 + 2)),
        )
    return good


def test_fault_23_a_large_document_is_checked_beside_and_before_its_first_edit(large, five):
    with five(large, sound=False), closing(Document.open(large)) as document:
        assert not document.store.is_checked
        assert document.find_event("first").title
        with pytest.raises(Cancelled):
            check_pages(large, cancelled=lambda: True)
        document.store.take_check(check_pages(large, cancelled=lambda: False))
        assert document.store.is_checked
        assert document.store.read_only is None
    with closing(Document.open(large)) as document:
        document.save_event(an_event(uid="third"))
        assert document.store.is_checked
    assert "third" in titles(large)


def test_fault_23_damage_in_a_large_document_keeps_it_from_being_changed(large, five, tmp_path):
    root = one(large, "SELECT rootpage FROM sqlite_schema WHERE name = 'event_tags'")
    data = bytearray(large.read_bytes())
    data[(root - 1) * 4096 : (root - 1) * 4096 + 100] = b"\xff" * 100
    large.write_bytes(data)
    with five(large, sound=False), closing(Document.open(large)) as document:
        assert check_pages(large, cancelled=lambda: False).code == "damaged"
        for _ in range(2):
            with pytest.raises(ReadOnlyError, match="damaged"):
                document.store.apply(an_edit(), at=1)
        assert document.store.read_only.code == "damaged"
    found = rescue(large, tmp_path / "rescued.dateline", uid="new")
    assert {loss.table for loss in found.losses} == {"event_tags"}
    assert titles(tmp_path / "rescued.dateline").keys() == {"first", "second"}


def one(path, query):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(query).fetchone()[0]


def an_edit():
    return Edit(uid="edit", label="Title", changes=(Change("meta", 1, {"title": None}, {"title": "New"}),))


# 24: broken references


def test_fault_24_broken_references_are_read_and_rescued(good, five, tmp_path):
    statement(good, "UPDATE events SET kind_id = 99 WHERE uid = 'second'")
    statement(good, "UPDATE claims SET event_id = 77, statement_event_id = 55")
    with five(good, sound=False, adds=["rescued.dateline"]):
        with closing(Document.open(good)) as document:
            assert document.store.read_only.code == "broken-references"
            assert len(document.store.read_only.details) == 3
            with pytest.raises(ReadOnlyError):
                document.store.apply(an_edit(), at=1)
        found = rescue(good, tmp_path / "rescued.dateline", uid="new")
    assert {(loss.table, loss.row) for loss in found.losses} == {("kinds", 99), ("events", 77), ("claims", 1)}
    with closing(Document.open(tmp_path / "rescued.dateline")) as document:
        assert document.check() == []
        assert {event.title for event in document.store.events()} == {
            "Soldiers come by train",
            "Second",
            "(lost)",
        }
        (claim,) = document.find_event("lost-event-77").claims
        assert claim.quote


def test_a_leaf_of_a_large_table_is_lost_and_the_rest_is_not(tmp_path):
    path = tmp_path / "many.dateline"
    with closing(Document.create(path)) as document:
        document.save_event(an_event())
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executemany(
            "INSERT INTO events (uid, kind_id, title) VALUES (?, 1, ?)",
            ((f"e-{number}", f"Event {number}") for number in range(5000)),
        )
    data = bytearray(path.read_bytes())
    at = data.find(b"Event 2500") // 4096 * 4096
    data[at : at + 8] = b"\xff" * 8
    path.write_bytes(data)
    assert refused(path).code == "damaged"
    found = rescue(path, tmp_path / "rescued.dateline", uid="new")
    (gap,) = [loss for loss in found.losses if loss.table == "events"]
    assert gap.row < 2502
    assert 4900 < found.rows["events"] < 5001
    with closing(Document.open(tmp_path / "rescued.dateline")) as document:
        assert document.check() == []
        uids = set(document.store.ids_by("events", "uid"))
        assert {"e-0", "e-4999"} < uids
        assert "e-2500" not in uids
        assert len(uids) == found.rows["events"]


@pytest.mark.parametrize(
    "make", [lambda p: p.write_bytes(b"SQLite format 3\x00" + bytes(4096)), lambda p: p.touch()]
)
def test_what_holds_nothing_is_not_rescued(tmp_path, make, dateline):
    path, out = tmp_path / "nothing.dateline", tmp_path / "out.dateline"
    make(path)
    with assert_untouched(path):
        ran = dateline("rescue", path, out)
    assert ran.code == 2
    assert "nothing.dateline" in ran.err
