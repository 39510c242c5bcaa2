"""A document's file in trouble, at the real window: changed by others, refused, damaged, to be restored."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from builders import a_bundle, an_event, raw_event
from PySide6.QtCore import Qt

import viewer.keeping
import viewer.storage.opening
from viewer.document import Document
from viewer.keeping import kept_backups

CTRL = Qt.KeyboardModifier.ControlModifier
posix_only = pytest.mark.skipif(os.name != "posix", reason="an open file cannot be moved elsewhere")


@pytest.fixture
def path(tmp_path, home):
    """A closed document with one event, and two backups: without and with it."""
    with closing(Document.create(tmp_path / "k.dateline")) as document:
        kept_backups().make(document.store, "command", at=1_600_000_000)
        document.save_event(an_event(uid="kept", title="The first of all"))
        kept_backups().make(document.store, "command", at=1_700_000_000)
    return tmp_path / "k.dateline"


def rival_imports(path, folder, *events):
    """Let another process bring events into a document."""
    file = folder / "rival.json"
    file.write_bytes(a_bundle(events=list(events)))
    command = [sys.executable, "-m", "viewer", "import", str(path), str(file)]
    subprocess.run(command, check=True, timeout=60, capture_output=True)


def look(hands):
    hands.window.workspace.furnishing.keeping.look()


def titles(path):
    with closing(Document.open(path)) as document:
        return {event.title for event in document.store.events()}


def another_version(path, title):
    """A copy of a document that went on elsewhere."""
    other = path.with_name("other.dateline")
    shutil.copy(path, other)
    with closing(Document.open(other)) as document:
        document.save_event(an_event(uid="other", title=title))
    return other


def choose(hands, row):
    table = hands.find("backups")
    hands.click(table.viewport(), table.visualRect(table.model().index(row, 0)).center())


def cells(hands, name):
    model = hands.find(name).model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@posix_only
def test_fault_26_a_file_that_went_away_is_told_and_may_come_back(start, path):
    hands = start(path)
    away = path.with_name("away")
    path.rename(away)
    hands.wait(lambda: hands.sees("banner"))
    assert "no longer where" in hands.says("banner_text")
    away.rename(path)
    hands.wait(lambda: not hands.sees("banner"))
    assert hands.add_deployment("Written after it came back") is not None


@posix_only
def test_fault_27_a_replaced_file_can_be_reloaded(start, path):
    other = another_version(path, "Theirs")
    hands = start(path)
    os.replace(other, path)
    look(hands)
    assert "replaced" in hands.says("banner_text")
    hands.click("banner_action_0")
    hands.wait(lambda: hands.window.workspace is not None and hands.id_of("Theirs") is not None)
    assert not hands.sees("banner")
    assert hands.add_deployment("On top of theirs") is not None
    hands.close()
    assert titles(path) == {"The first of all", "Theirs", "On top of theirs"}


@posix_only
def test_fault_28_what_is_half_typed_survives_a_reload(start, path):
    other = another_version(path, "Theirs")
    hands = start(path)
    assert hands.add_deployment("Since the two parted") is not None
    hands.press(Qt.Key.Key_1, CTRL)
    hands.find("form_title")
    hands.type("Half typed")
    path.write_bytes(other.read_bytes())
    look(hands)
    assert "wrote another version over it" in hands.says("banner_text")
    hands.click("banner_action_0")
    hands.wait(lambda: hands.window.workspace is not None and hands.id_of("Theirs") is not None)
    hands.click("notice_action_0")
    assert hands.says("title") == "Half typed"


def test_what_another_program_added_is_shown_when_asked_for(start, path, tmp_path):
    hands = start(path)
    rival_imports(path, tmp_path, raw_event(title="Theirs"))
    hands.wait(lambda: hands.sees("banner"))
    hands.click("banner_action_0")
    hands.wait(lambda: "Theirs" in hands.listed())
    assert not hands.sees("banner")
    hands.press(Qt.Key.Key_Z, CTRL)
    hands.wait(lambda: "Theirs" not in hands.listed())


@pytest.mark.parametrize("choice", ["mine", "theirs"])
def test_fault_30_both_versions_of_an_entry_are_shown(start, path, tmp_path, choice):
    hands = start(path)
    hands.window.workspace.select(hands.id_of("The first of all"))
    hands.press(Qt.Key.Key_F2)
    hands.write("title", "My title")
    rival_imports(path, tmp_path, raw_event(uid="kept", title="Their title"))
    hands.press(Qt.Key.Key_Return, CTRL)
    rows = {row[0]: row[1:] for row in cells(hands, "versions")}
    assert rows["Title"] == ["Their title", "My title"]
    assert titles_now(hands) == {"Their title"}
    assert hands.says("title") == "My title"
    hands.click(f"versions_{choice}")
    wanted = "My title" if choice == "mine" else "Their title"
    hands.wait(lambda: not hands.sees("form_title") and titles_now(hands) == {wanted})


def test_fault_31_a_file_in_use_is_waited_for_and_the_window_stays_alive(start, path):
    hands = start(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert hands.add_deployment("Saved when it is free") is None
        assert "Another program is writing" in hands.says("problem")
        assert hands.says("title") == "Saved when it is free"
        other.execute("ROLLBACK")
        hands.wait(lambda: hands.id_of("Saved when it is free") is not None)
        other.execute("BEGIN IMMEDIATE")
        hands.press(Qt.Key.Key_Z, CTRL)
        hands.wait(lambda: "Waiting for another program" in hands.says("status_shown"))
        other.execute("ROLLBACK")
    hands.wait(lambda: hands.id_of("Saved when it is free") is None)
    assert "Waiting" not in hands.says("status_shown")


def test_fault_31_a_file_that_nobody_may_read_yet_is_waited_for_and_then_opened(start, path):
    hands = start()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        hands.window.open_path(path)
        words = "“k.dateline” is being written by another program. It is opened as soon as that is done."
        assert hands.says("notice_text") == words
        assert hands.window.workspace is None
        other.execute("ROLLBACK")
    hands.wait(lambda: hands.window.workspace is not None)
    assert titles_now(hands) == {"The first of all"}
    assert not hands.sees("notice")


def test_fault_31_waiting_for_a_file_can_be_left(start, path):
    hands = start()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        hands.window.open_path(path)
        hands.click("notice_action_0")
        assert not hands.sees("notice")
        other.execute("ROLLBACK")
    assert hands.window.mending.stop()
    assert hands.window.workspace is None
    hands.window.open_path(path)
    assert titles_now(hands) == {"The first of all"}


def titles_now(hands):
    return {event.title for event in hands.document.store.events()}


def test_a_file_beside_which_a_stranger_left_a_change_can_be_looked_at(start, path):
    journal = path.with_name(path.name + "-journal")
    journal.write_bytes(bytes.fromhex("d9d505f920a163d7") + b"\x01" * 600)
    for note in (viewer.keeping.data_folder() / "documents").glob("*"):
        note.unlink()
    hands = start()
    hands.window.open_path(path)
    assert "unfinished change" in hands.says("notice_text")
    hands.click("notice_action_0")
    hands.wait(lambda: hands.window.workspace is not None)
    assert "without the unfinished change" in hands.says("banner_text")
    hands.press(Qt.Key.Key_1, CTRL)
    assert not hands.sees("form_title")
    hands.window.workspace.new_entry()
    assert not hands.sees("form_title")
    hands.close()
    assert journal.exists()


def test_fault_14_of_a_file_with_program_code_the_data_is_brought_in(start, path, tmp_path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TRIGGER gone AFTER INSERT ON events BEGIN DELETE FROM events; END")
    data = path.read_bytes()
    hands = start()
    hands.window.open_path(path)
    assert "program code" in hands.says("notice_text")
    with hands.answering(tmp_path / "safe.dateline"):
        hands.click("notice_action_0")
    hands.wait(lambda: hands.window.workspace is not None)
    assert titles_now(hands) == {"The first of all"}
    assert "0 losses" in hands.says("notice_text")
    assert path.read_bytes() == data


@pytest.mark.parametrize("damage", ["half", "empty", "other"])
def test_fault_09_a_damaged_file_is_restored_and_what_was_there_kept(start, path, damage):
    damaged = {"half": path.read_bytes()[:4096] + b"\x99" * 9000, "empty": b"", "other": b"garbage " * 900}
    path.write_bytes(damaged[damage])
    data = path.read_bytes()
    hands = start()
    hands.window.open_path(path)
    assert path.name in hands.says("notice_text")
    hands.click("notice_action_0")
    hands.wait(lambda: hands.find("restore_apply").isEnabled())  # the newest that passed its check is chosen
    hands.click("restore_apply")
    hands.wait(lambda: hands.window.workspace is not None)
    assert [each.read_bytes() for each in kept_backups().aside.rglob("*.dateline")] == [data]


def test_fault_40_a_backup_is_restored_in_place_of_the_open_document(start, path):
    hands = start(path)
    assert hands.add_deployment("Not yet in the backup") is not None
    oldest = kept_backups().of(hands.document.uid)[-1].path
    oldest.write_bytes(oldest.read_bytes()[:5000])
    hands.choose_in_menu("File", "Restore from Backup")
    hands.wait(lambda: "being checked…" not in str(cells(hands, "backups")))
    rows = cells(hands, "backups")
    assert "-1 events" in rows[0][3]
    assert "failed its check" in rows[-1][2]
    choose(hands, len(rows) - 1)
    assert not hands.find("restore_apply").isEnabled()
    choose(hands, 0)
    hands.click("restore_apply")
    hands.wait(lambda: hands.window.workspace is not None and titles_now(hands) == {"The first of all"})
    assert "kept as" in hands.says("notice_text")


def test_a_large_file_is_checked_beside_the_window_before_it_can_be_changed(start, path, monkeypatch):
    monkeypatch.setattr(viewer.storage.opening, "CHECKED_AT_ONCE", 0)
    hands = start(path)
    keeping = hands.window.workspace.furnishing.keeping
    hands.wait(lambda: keeping.may_edit)
    assert hands.add_deployment("Written after the check") is not None


def test_fault_24_a_large_file_with_broken_references_may_only_be_read(start, path, monkeypatch):
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE events SET kind_id = kind_id + 1000")
    monkeypatch.setattr(viewer.storage.opening, "CHECKED_AT_ONCE", 0)
    data = path.read_bytes()
    hands = start(path)
    assert "rows that do not exist" in hands.says("banner_text")
    hands.press(Qt.Key.Key_1, CTRL)
    assert not hands.sees("form_title")
    hands.close()
    assert path.read_bytes() == data


def test_a_large_file_is_backed_up_beside_its_first_edit(start, path, monkeypatch):
    monkeypatch.setattr(viewer.keeping, "BEFORE_THE_EDIT", -1)
    hands = start(path)
    before = len(kept_backups().of(hands.document.uid))
    assert hands.add_deployment("The first change") is not None
    assert len(kept_backups().of(hands.document.uid)) == before
    hands.wait(lambda: len(kept_backups().of(hands.document.uid)) == before + 1)


def test_fault_42_without_a_place_for_backups_the_work_goes_on(start, path, monkeypatch, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("DATELINE_HOME", str(tmp_path / "file"))
    hands = start(path)
    assert hands.add_deployment("Written all the same") is not None
    look(hands)
    assert "backup" in hands.says("banner_text").lower()


def test_fault_57_many_dropped_files_come_in_once_that_is_confirmed(start, path, tmp_path):
    hands = start(path)
    files = []
    for number in range(3):
        files.append(tmp_path / f"{number}.json")
        files[-1].write_bytes(a_bundle(events=[raw_event(title=f"Dropped {number}")]))
    hands.drop(*files)
    assert hands.id_of("Dropped 0") is None
    hands.click("import_confirm")
    hands.wait(lambda: hands.id_of("Dropped 2") is not None)


def test_fault_60_the_window_closes_while_the_file_is_checked_and_backed_up(start, path, monkeypatch):
    monkeypatch.setattr(viewer.storage.opening, "CHECKED_AT_ONCE", 0)
    monkeypatch.setattr(viewer.keeping, "BEFORE_THE_EDIT", -1)
    for round_number in range(10):
        hands = start(path)
        if round_number % 2:
            hands.wait(lambda now=hands: now.window.workspace.furnishing.keeping.may_edit)
            assert hands.add_deployment(f"Round {round_number}") is not None
            look(hands)
        hands.close()
        assert not list(path.parent.glob("k.dateline-*"))
    assert len(titles(path)) == 6
