"""The history: what was changed by whom and why, and how to take it back, by mouse and keyboard."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from builders import an_event
from hands import CTRL
from PySide6.QtCore import Qt

from viewer.document import Document

Key = Qt.Key
EVIL = "<b>Train</b>\n\u202e"


def rows(hands, name="history_edits"):
    model = hands.find(name).model()
    return [
        tuple(model.index(row, column).data() for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def labels(hands):
    return [row[2] for row in rows(hands)]


def choose(hands, row):
    table = hands.find("history_edits")
    hands.click(table.viewport(), table.visualRect(table.model().index(row, 2)).center())


def undo_in_window(hands):
    """Undo once the sheet is gone."""
    hands.wait(lambda: not hands.sees("history_edits"))
    hands.window.activateWindow()
    hands.wait(hands.window.isActiveWindow)
    hands.press(Key.Key_Z, CTRL)


def titles(hands):
    return [event.title for event in hands.document.store.events()]


@pytest.fixture
def path(tmp_path):
    """A document of four edits: one, two, a new title for one, two deleted."""
    with closing(Document.create(tmp_path / "h.dateline")) as document:
        first = an_event(uid="first", title="one")
        document.save_event(first)
        second = document.save_event(an_event(uid="second", title="two"))
        document.save_event(replace(first, title="renamed"), reason="a better name")
        document.delete_event(second)
    return tmp_path / "h.dateline"


@pytest.fixture
def hands(start, path):
    """A user before the history of that document."""
    hands = start(path)
    hands.press(Key.Key_H, CTRL)
    hands.find("history_edits")
    return hands


def test_each_change_says_when_who_what_and_why_the_newest_first(hands):
    assert labels(hands) == [
        "Delete deployment “two”",
        "Revise deployment “renamed”",
        "Add deployment “two”",
        "Add deployment “one”",
    ]
    when, who, _, why = rows(hands)[1]
    assert when.startswith("20")
    assert who == hands.document.author
    assert why == "a better name"
    assert hands.says("history_heading") == "4 changes, newest first"


def test_the_selected_one_says_what_it_changed_by_the_keyboard_too(hands):
    hands.press(Key.Key_Down)
    assert rows(hands, "history_changes") == [("Event “renamed”", "title", "one", "renamed")]
    hands.press(Key.Key_Up)
    assert ("Event “two”", "deleted: title", "two", "") in rows(hands, "history_changes")


def test_a_change_is_reverted_with_its_reason_and_undone_again(hands):
    choose(hands, 1)
    hands.write("history_reason", "the old name was right")
    hands.click("history_revert")
    assert titles(hands) == ["one"]
    assert labels(hands)[0] == "Revert: Revise deployment “renamed”"
    assert rows(hands)[0][3] == "the old name was right"
    assert hands.says("history_reason") == ""
    hands.press(Key.Key_Escape)
    undo_in_window(hands)
    assert titles(hands) == ["renamed"]


def test_the_newest_reverted_is_an_undo(hands):
    choose(hands, 0)
    hands.click("history_revert")
    assert titles(hands) == ["renamed", "two"]
    assert labels(hands)[0] == "Undo: Delete deployment “two”"
    choose(hands, 0)
    hands.click("history_revert")
    assert titles(hands) == ["renamed"]
    assert labels(hands)[0] == "Redo: Delete deployment “two”"


def test_what_stands_in_the_way_is_named_and_nothing_changes(hands):
    before = hands.document.store.revision
    choose(hands, 2)
    hands.click("history_revert")
    assert "The event “two” is no longer there." in hands.says("history_said")
    assert hands.document.store.revision == before
    assert len(rows(hands)) == 4


def test_to_go_back_to_a_point_is_one_change_and_one_undo(hands):
    choose(hands, 2)
    hands.click("history_back")
    assert titles(hands) == ["one", "two"]
    assert labels(hands)[0] == "Go back to: Add deployment “two”"
    assert len(rows(hands)) == 5
    hands.click("history_close")
    undo_in_window(hands)
    assert titles(hands) == ["renamed"]


def test_to_go_back_to_now_is_not_offered(hands):
    choose(hands, 0)
    assert not hands.find("history_back").isEnabled()
    choose(hands, 1)
    assert hands.find("history_back").isEnabled()


def test_enter_in_the_reason_takes_nothing_back(hands):
    before = hands.document.store.revision
    hands.write("history_reason", "because")
    hands.press(Key.Key_Return)
    assert hands.document.store.revision == before
    assert hands.sees("history_edits")


def test_what_cannot_be_saved_is_said(hands):
    with closing(sqlite3.connect(hands.document.path)) as other, other:
        other.execute("UPDATE meta SET revision = revision + 1")
    choose(hands, 0)
    hands.click("history_revert")
    assert "changed by another program" in hands.says("history_said")
    assert titles(hands) == ["renamed"]


def test_a_document_without_changes_says_so(start, tmp_path):
    Document.create(tmp_path / "empty.dateline").close()
    hands = start(tmp_path / "empty.dateline")
    hands.choose_in_menu("Edit", "History")
    assert "Nothing was changed" in hands.says("history_heading")
    assert not hands.find("history_revert").isEnabled()
    assert not hands.find("history_back").isEnabled()


def test_words_of_strangers_are_shown_as_text(start, tmp_path):
    with closing(Document.create(tmp_path / "evil.dateline")) as document:
        document.save_event(an_event(title=EVIL))
    hands = start(tmp_path / "evil.dateline")
    hands.press(Key.Key_H, CTRL)
    assert labels(hands)[0] == "Add deployment “<b>Train</b> \ufffd”"


def long_log(path, count):
    """Write a log of many edits of one title, as if they had been made."""
    with closing(Document.create(path)) as document:
        document.save_event(an_event(uid="event", title="t0"))
    with closing(sqlite3.connect(path)) as log, log:
        kept = log.execute("SELECT max(id) FROM edits").fetchone()[0]
        log.executemany(
            "INSERT INTO edits (id, uid, at, author, label) VALUES (?, ?, 0, 'ada', ?)",
            ((kept + n, f"edit-{n}", f"Change {n}") for n in range(1, count + 1)),
        )
        log.executemany(
            """INSERT INTO edit_changes (edit_id, table_name, row_id, "before", "after")
            VALUES (?, 'events', 1, ?, ?)""",
            ((kept + n, f'{{"title":"t{n - 1}"}}', f'{{"title":"t{n}"}}') for n in range(1, count + 1)),
        )
        log.execute("UPDATE events SET title = ?", (f"t{count}",))


def test_of_a_long_log_only_what_is_seen_is_read(start, tmp_path):
    long_log(tmp_path / "long.dateline", 20_000)
    hands = start(tmp_path / "long.dateline")
    hands.press(Key.Key_H, CTRL)
    table = hands.find("history_edits")
    assert table.model().rowCount() == 20_001
    asked = []
    hands.document.store.edit_briefs = lambda uids, read=hands.document.store.edit_briefs: (
        asked.extend(uids) or read(uids)
    )
    hands.press(Key.Key_End, CTRL)
    hands.wait(lambda: table.currentIndex().row() == 20_000)
    table.grab()
    assert table.model().index(20_000, 2).data() == "Add deployment “t0”"
    assert 0 < len(asked) < 1_000
    choose(hands, 20_000)
    hands.click("history_back")
    assert "more than 10,000 rows" in hands.says("history_said")
    choose(hands, 19_999)


def test_a_large_change_is_summed_up(start, tmp_path, sample):
    path = tmp_path / "import.dateline"
    with closing(Document.create(path)) as document:
        document.import_files([(sample.name, sample.read_bytes())])
        changes = document.store.change_counts(document.store.edits()[-1].uid)
    events = next(count for table, act, count in changes if (table, act) == ("events", "added"))
    with closing(sqlite3.connect(path)) as log, log:  # until it is a long one
        log.execute(
            """WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200)
            INSERT INTO edit_changes (edit_id, table_name, row_id, "after") SELECT 1, 'tags', i, '{}' FROM n"""
        )
    hands = start(path)
    hands.press(Key.Key_H, CTRL)
    shown = rows(hands, "history_changes")
    assert (f"{events} events", "added", "", "") in shown
    assert any(row[0].endswith(" tags") and row[0].startswith("1") for row in shown)
