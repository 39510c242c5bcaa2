"""Opening and creating: what is surely ours opens, everything else is refused and not a byte changed."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest
from builders import an_event
from untouched import assert_untouched, snapshot

from viewer.document import Document
from viewer.storage.errors import OpenError, WriteError

SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")


@pytest.fixture
def closed(tmp_path):
    """The path of a document with one event, closed."""
    path = tmp_path / "closed.dateline"
    with closing(Document.create(path)) as document:
        document.save_event(an_event())
    return path


def statement(path, query, *values):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(query, values)


def refused(path):
    with assert_untouched(path), pytest.raises(OpenError) as told:
        Document.open(path)
    assert path.name in str(told.value)
    assert told.value.remedy
    return told.value


def test_created_closed_and_opened_again(tmp_path):
    path = tmp_path / "a.dateline"
    document = Document.create(path)
    uid = document.uid
    document.close()
    assert snapshot(tmp_path).keys() == {"a.dateline"}
    with assert_untouched(path), closing(Document.open(path)) as again:
        assert again.uid == uid
        assert again.path == path
        assert again.title == "a"


@pytest.mark.parametrize(
    "make", [lambda p: p.write_bytes(b"mine"), lambda p: p.mkdir(), lambda p: p.symlink_to("gone")]
)
def test_creating_never_overwrites(tmp_path, make):
    path = tmp_path / "a.dateline"
    make(path)
    with assert_untouched(path), pytest.raises(WriteError, match="exists already"):
        Document.create(path)


@pytest.mark.parametrize("name", ["missing/a.dateline", "n" * 300 + ".dateline", "file/a.dateline"])
def test_creating_where_nothing_can_be_created(tmp_path, name):
    (tmp_path / "file").write_bytes(b"")
    with assert_untouched(tmp_path / "file"), pytest.raises(WriteError, match="could not be created"):
        Document.create(tmp_path / name)


def test_creating_needs_no_hard_links(tmp_path, monkeypatch):
    """Some memory sticks have none."""

    def no_links(*_):
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", no_links)
    Document.create(tmp_path / "a.dateline").close()
    assert snapshot(tmp_path).keys() == {"a.dateline"}


def test_a_document_has_the_rights_of_any_new_file(tmp_path):
    mask = os.umask(0o027)
    try:
        Document.create(tmp_path / "a.dateline").close()
    finally:
        os.umask(mask)
    assert (tmp_path / "a.dateline").stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("CREATE TRIGGER t AFTER INSERT ON events BEGIN SELECT 1; END", "program-code"),
        ("CREATE VIEW v AS SELECT 1", "program-code"),
        ("CREATE TABLE extra (x)", "other-schema"),
        ("CREATE VIRTUAL TABLE f USING fts5(x)", "program-code"),
        ("ALTER TABLE tags ADD COLUMN more TEXT AS (name || '!')", "program-code"),
        ("DROP INDEX events_place", "other-schema"),
        ("ALTER TABLE tags ADD COLUMN more TEXT", "other-schema"),
        ("CREATE INDEX more ON events(title)", "other-schema"),
        ("CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN SELECT 1; END", "program-code"),
    ],
)
def test_a_schema_that_is_not_ours_is_refused(closed, change, code):
    statement(closed, change)
    assert refused(closed).code == code


def test_a_virtual_table_in_the_migrations_place_is_refused(closed):
    statement(closed, "DROP TABLE _sqlite_migrations")
    statement(closed, "CREATE VIRTUAL TABLE _sqlite_migrations USING rtree(id, lo, hi)")
    with closing(sqlite3.connect(closed)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "DELETE FROM sqlite_schema WHERE name LIKE '\\_sqlite\\_migrations\\_%' ESCAPE '\\'"
        )
    assert refused(closed).code == "program-code"


def test_a_file_in_wal_mode_is_not_touched_when_refused_and_opens_when_ours(closed):
    statement(closed, "PRAGMA journal_mode=WAL")
    Document.open(closed).close()
    assert closed.read_bytes()[18:20] == b"\x01\x01"
    statement(closed, "PRAGMA journal_mode=WAL")
    statement(closed, "CREATE TABLE extra (x)")
    assert refused(closed).code == "other-schema"


@pytest.mark.parametrize("table", ["meta", "_sqlite_migrations"])
def test_a_document_that_lost_its_name_is_refused_or_opens(closed, table):
    statement(closed, f"DELETE FROM {table}")
    if table == "meta":
        assert refused(closed).code == "damaged"
    else:
        Document.open(closed).close()


def test_a_truncated_document_is_refused(closed):
    whole = closed.read_bytes()
    for size in range(4096, len(whole), 4096):
        closed.write_bytes(whole[:size])
        assert refused(closed).code == "damaged"


@pytest.mark.parametrize("data", [b"", bytes(512), bytes(4096)])
def test_the_finished_journal_of_a_process_that_died_is_cleared_away(closed, data):
    journal = closed.with_name(closed.name + "-journal")
    journal.write_bytes(data)
    before = closed.read_bytes()
    with closing(Document.open(closed)):
        assert not journal.exists()
    assert closed.read_bytes() == before


def test_a_file_that_another_program_is_writing_is_in_use_and_not_damaged(closed):
    with closing(sqlite3.connect(closed, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        error = refused(closed)
        other.execute("ROLLBACK")
    assert error.code == "in-use"
    assert "database is locked" not in str(error)
    with closing(Document.open(closed)) as document:
        assert document.check() == []


def test_a_journal_that_names_another_file_is_refused(closed, tmp_path):
    victim = tmp_path / "victim.txt"
    victim.write_bytes(b"do not delete")
    (tmp_path / "closed.dateline-journal").write_bytes(b"\x00" * 512 + str(victim).encode() + SUPER_JOURNAL)
    assert refused(closed).code == "foreign-journal"


def test_a_refused_document_can_be_opened_once_it_is_whole(closed):
    whole = closed.read_bytes()
    closed.write_bytes(whole[:4096])
    refused(closed)
    closed.write_bytes(whole)
    Document.open(closed).close()


def test_a_damaged_record_is_named_and_the_rest_can_be_read(closed):
    """Text that is no UTF-8 passes every check of SQLite."""
    statement(closed, "UPDATE events SET title = CAST(x'61ff62' AS TEXT)")
    with assert_untouched(closed), closing(Document.open(closed)) as document:
        assert [event.title for event in document.store.events()] == ["a\ufffdb"]
