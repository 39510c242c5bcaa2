"""Fault cases of full disks, backups, restoring and bringing up to date; and of Dateline's own folder."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from contextlib import closing

import pytest
from builders import a_bundle, an_event, bundle_file, raw_event, raw_source
from faults.victims import statement
from untouched import assert_untouched, no_space, snapshot

from viewer.document import Document
from viewer.folders import data_folder
from viewer.keeping import Keeper, kept_backups, kept_notes
from viewer.storage.errors import OpenError, WriteError
from viewer.storage.migrating import Step, migrate
from viewer.storage.opening import open_store
from viewer.storage.schema import schema_rows

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="fills a disk as POSIX can")


@pytest.fixture
def good(tmp_path):
    """The path of a closed document with two edits, and a backup of before each of them."""
    path = tmp_path / "good.dateline"
    with closing(Document.create(path)) as document:
        kept_backups().make(document.store, "command", at=1_600_000_000)
        document.save_event(an_event(uid="first"))
    with closing(Document.open(path)) as document:
        Keeper(document.store)
        document.save_event(an_event(uid="second"))
    return path


def uids(path):
    with closing(Document.open(path)) as document:
        assert document.check() == []
        return set(document.store.ids_by("events", "uid"))


# 33, 34: a full disk


@posix_only
def test_fault_33_a_full_disk_at_a_commit(good, five):
    with five(good, saved=True), closing(Document.open(good)) as document:
        before, undoable = document.store.dump(), document.history.next_undo
        with no_space(), assert_untouched(good):
            for change in (lambda: document.save_event(an_event(uid="third")), document.undo):
                with pytest.raises(WriteError):
                    change()
        assert document.store.dump() == before
        assert document.history.next_undo == undoable
        document.save_event(an_event(uid="third"))
    assert uids(good) == {"first", "second", "third"}


def test_fault_33_no_page_more(good, five):
    """SQLite's own limit of pages fails in the middle of a commit, as a full disk does."""
    with closing(Document.open(good)) as document:
        document.store.rows("PRAGMA max_page_count=1")  # it becomes the present size
        with assert_untouched(good), pytest.raises(WriteError) as told:
            document.save_event(an_event(uid="third", summary="x" * 500_000))
        assert told.value.code == "disk-full"
        document.store.rows("PRAGMA max_page_count=1000000")
        document.save_event(an_event(uid="third", summary="x" * 500_000))
    assert uids(good) == {"first", "second", "third"}


@posix_only
def test_fault_34_a_full_disk_while_a_copy_a_backup_or_an_export_is_written(good, five, tmp_path):
    for name in ("copy.dateline", "export.json"):
        (tmp_path / name).write_bytes(b"as it was")
    with five(good), closing(Document.open(good)) as document:
        backups = snapshot_of_backups()
        with no_space():
            with pytest.raises(WriteError, match=r"copy\.dateline"):
                document.save_copy(tmp_path / "copy.dateline")
            with pytest.raises(WriteError, match=r"export\.json"):
                document.export_bundle(tmp_path / "export.json")
            with pytest.raises(WriteError, match="No backup could be made"):
                kept_backups().make(document.store, "command", at=1)
        assert snapshot_of_backups() == backups
        document.save_copy(tmp_path / "copy.dateline")
        (tmp_path / "copy.dateline").write_bytes(b"as it was")


def snapshot_of_backups():
    folder = data_folder() / "backups"
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_fault_34_a_document_that_is_open_is_not_overwritten_by_a_copy(good, tmp_path):
    other = tmp_path / "other.dateline"
    document, shown = Document.open(good), Document.create(other)
    with closing(document), closing(shown):
        with assert_untouched(other), pytest.raises(WriteError, match="is open"):
            document.save_copy(other)
        assert shown.store.difference() is None


# 8, 38, 39: formats


def newer(path, *steps):
    """Bring a document to formats that do not exist yet; return its backup."""
    with closing(sqlite3.connect(":memory:")) as model:
        with closing(sqlite3.connect(path)) as connection:
            for (sql,) in connection.execute(
                "SELECT sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' AND sql <> ''"
            ):
                model.execute(sql)
        for step in (add_colour, add_notes):
            step(model)
        schema = frozenset(schema_rows(model))

    chain = tuple(Step(number, step) for number, step in enumerate(steps, 2))
    failures = data_folder() / "failed"
    return migrate(path, backups=kept_backups(), failures=failures, at=1, steps=chain, schema=schema).path


def add_colour(connection):
    connection.execute("ALTER TABLE tags ADD COLUMN colour TEXT")


def add_notes(connection):
    connection.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT) STRICT")


def fail(connection):
    connection.execute("DELETE FROM event_tags")
    raise sqlite3.OperationalError("this step does not work")


def test_fault_08_an_older_format_is_brought_up_to_date_on_a_copy(good, five):
    before = good.read_bytes()
    with five(good, saved=True, sound=False):
        kept = newer(good, add_colour, add_notes)
    assert kept.exists()
    assert uids_of_copy(kept) == {"first", "second"}
    assert before != good.read_bytes()
    with closing(sqlite3.connect(good)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (3,)
        assert {row[0] for row in connection.execute("SELECT uid FROM events")} == {"first", "second"}
        assert connection.execute("SELECT count(colour) FROM tags").fetchone() == (0,)
    with pytest.raises(OpenError) as told:
        Document.open(good)
    assert told.value.code == "newer"


def uids_of_copy(path):
    with closing(open_store(path)) as store:
        return set(store.ids_by("events", "uid"))


@pytest.mark.parametrize("steps", [(add_colour, fail, add_notes), (add_colour,), (add_notes, add_notes)])
def test_fault_38_a_step_that_fails_leaves_the_document_as_it_was(good, five, steps):
    with five(good):
        with pytest.raises(WriteError, match="could not be brought up to date"):
            newer(good, *steps)
        with pytest.raises(OpenError, match="last time") as told:
            newer(good, *steps)
        assert told.value.code == "migration-failed-before"


def test_fault_38_a_failure_is_tried_again_by_a_newer_version_or_when_the_file_changed(good):
    for _ in range(2):
        with pytest.raises(WriteError):
            newer(good, add_colour)
        with closing(Document.open(good)) as document:
            document.save_event(an_event())
    with pytest.raises(WriteError):
        newer(good, add_colour)
    newer(good, add_colour, add_notes)


def test_fault_39_too_little_space(good, five, monkeypatch):
    usage = shutil.disk_usage(good)._replace(free=good.stat().st_size)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: usage)
    with five(good), pytest.raises(WriteError, match="bytes"):
        newer(good, add_colour, add_notes)


# 40: backups


def test_fault_40_a_damaged_backup_is_marked_and_not_restored(good, five, dateline):
    newest, oldest = kept_backups().of(kept_notes().of(good).uid)
    data = bytearray(newest.path.read_bytes())
    data[4096 : 4096 + 2000] = b"\xff" * 2000
    newest.path.write_bytes(data)
    assert kept_backups().newest_whole(kept_notes().of(good).uid) == oldest
    with five(good):
        listed = dateline("restore", good, "--list")
        assert [line.split("  ")[-1] for line in listed.out.splitlines()] == [
            "failed its check", "revision 0: 0 events, 0 sources, 0 claims",
        ]  # fmt: skip
        ran = dateline("restore", good)
        assert ran.code == 2
        assert "failed its check" in ran.err


@pytest.mark.parametrize("damage", ["none", "cut", "gone", "foreign"])
def test_fault_40_what_lies_there_is_kept_before_a_backup_takes_its_place(good, dateline, damage):
    if damage == "cut":
        good.write_bytes(good.read_bytes()[:5000])
        good.with_name(good.name + "-journal").write_bytes(b"\x00" * 700)
    elif damage == "gone":
        good.unlink()
    elif damage == "foreign":
        statement(good, "CREATE TABLE more (x)")
    before = snapshot(good.parent)
    ran = dateline("restore", good, "--json")
    assert ran.code == 0, ran.err
    assert uids(good) == {"first"}
    assert snapshot(good.parent).keys() == {good.name}
    kept = [path.read_bytes() for path in (data_folder() / "backups" / "aside").rglob("*") if path.is_file()]
    assert sorted(kept) == ([] if damage in ("none", "gone") else sorted(before.values()))
    if damage == "none":
        assert dateline("restore", good, "--from", "1").code == 0
        assert uids(good) == {"first", "second"}


def test_a_restored_document_counts_as_newer_than_both(good, dateline):
    with closing(Document.open(good)) as document:
        before = document.store.revision
    assert dateline("restore", good).code == 0
    with closing(Document.open(good)) as document:
        assert document.store.revision > before
        document.save_event(an_event(uid="third"))
    assert uids(good) == {"first", "third"}


def test_an_open_document_is_not_restored_over(good, dateline):
    with closing(Document.open(good)), assert_untouched(good):
        ran = dateline("restore", good)
        assert ran.code == 2
        assert "is open" in ran.err


# 41, 42: Dateline's own folder


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe", b"[" * 10_000, b"null"])
def test_fault_41_settings_that_cannot_be_read_are_set_aside(home, data):
    from viewer.ui.settings import Settings

    file = home / "config" / "settings.json"
    file.parent.mkdir()
    file.write_bytes(data)
    settings = Settings(file)
    assert settings.theme == "system"
    assert settings.recent_files == ()
    assert file.with_name("settings.json.bad").read_bytes() == data


def test_fault_42_a_data_folder_that_cannot_be_written_to(good, five, tmp_path, monkeypatch, dateline):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("DATELINE_HOME", os.fspath(tmp_path / "file"))
    with five(good, saved=True), closing(Document.open(good)) as document:
        keeper = Keeper(document.store)
        document.save_event(an_event(uid="third"))
        assert keeper.problem.code == "backup-failed"
    assert uids(good) == {"first", "second", "third"}
    ran = dateline("backup", good)
    assert ran.code == 2
    assert "No backup could be made" in ran.err


NAMES = ["what? #1%.dateline", 'it\'s; "quoted".dateline', "Донбас 🛤.dateline", "line\nbreak.dateline"]
if sys.platform.startswith("linux"):
    NAMES.append(os.fsdecode(b"caf\xe9 \xff.dateline"))


@pytest.mark.parametrize("name", NAMES, ids=ascii)
def test_fault_22_whatever_its_name_it_is_backed_up_restored_and_rescued(good, dateline, name):
    path = good.with_name(name)
    good.rename(path)
    assert dateline("backup", path, "--json").code == 0
    path.write_bytes(path.read_bytes()[:5000])
    assert dateline("rescue", path, path.with_name(f"2 {name}")).code in (1, 2)
    assert dateline("restore", path, "--list", "--json").code == 0
    assert dateline("restore", path, "--json").code == 0
    assert uids(path) == {"first", "second"}


# 50: twice


def test_fault_50_the_same_file_twice(good, dateline, tmp_path):
    source = raw_source()
    file = bundle_file(tmp_path, sources=[source], events=[raw_event(), raw_event()])
    assert a_bundle(sources=[source]) != file.read_bytes()
    assert "2 added" in dateline("import", good, file).out
    with closing(Document.open(good)) as document:
        rows = document.store.dump()
    assert dateline("import", good, file).out.strip() == "0 added, 0 updated, 2 unchanged, 0 refused"
    with closing(Document.open(good)) as document:
        again = document.store.dump()
        assert {table: len(found) for table, found in again.items() if table != "imports"} == {
            table: len(found) for table, found in rows.items() if table != "imports"
        }


# 51: dates


@pytest.mark.parametrize("text", ["10", "March", "12:30", "2024-02-30", "99999-01-01", "1" * 5_000])
def test_fault_51_no_date_is_completed_from_today(dateline, text):
    told = json.loads(dateline("explain", text, "--json").out)
    if told["kind"] == "date":
        assert (told["text"], told["edtf"], told["precision"]) == ("March", "XXXX-03", "month")
        assert (told["earliest"], told["latest"]) == ("unknown", "unknown")
    else:
        assert "edtf" not in told
