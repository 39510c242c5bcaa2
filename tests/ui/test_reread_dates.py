"""Re-read dates: the sheet lists what would change, Apply does it at once, one undo takes it back."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from builders import an_event
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QTableView

from viewer.document import Document
from viewer.domain.dates import read_date
from viewer.domain.restating import restated

OLD = restated("[2025-01..2025-03]", text="early 2025", rule="R1", parser_version=1)
LOST = restated("2025-03-15", text="the ides of March 2025", rule="R4", parser_version=1)
EVIL = "<b>Train</b> &amp; \u202emoc"


def document_with(path, *dates):
    with closing(Document.create(path)) as document:
        for number, date in enumerate(dates):
            document.save_event(an_event(uid=f"e{number}", title=f"{EVIL} {number}", when=date))
    return path


def dates_of(hands):
    return [event.when for event in hands.document.store.events()]


def rows(hands):
    model = hands.find("rereadings").model()
    return [
        [model.index(row, column).data() for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


@pytest.fixture
def sheet(start, tmp_path):
    """A user before the sheet, over a document of two old readings, one lost wording and one that is fine."""
    hands = start(document_with(tmp_path / "old.dateline", OLD, OLD, LOST, read_date("early 2025")))
    hands.choose_in_menu("Edit", "Re-read")
    return hands


def test_the_sheet_lists_what_would_change_and_changes_nothing(sheet):
    assert sheet.says("reread_heading") == "2 dates would change. 1 other needs a look and stays as it is."
    found = rows(sheet)
    assert len(found) == 3
    assert found[0][0] == "<b>Train</b> &amp; �moc 0"
    assert found[0][2] == "early 2025"
    assert found[0][3] != found[0][4]
    assert found[2][4] == "stays: can no longer be read"
    assert dates_of(sheet) == [OLD, OLD, LOST, read_date("early 2025")]


def test_apply_is_one_edit_and_one_undo_takes_it_back(sheet):
    before = sheet.document.store.dump()
    sheet.click("reread_apply")
    sheet.wait(lambda: not sheet.sees("rereadings"))
    new = read_date("early 2025")
    assert dates_of(sheet) == [new, new, LOST, new]
    assert sheet.document.history.next_undo.label == "Re-read 2 dates"
    assert "2" in sheet.says("notice_text")
    sheet.click("notice_action_0")
    assert sheet.document.store.dump() == before


def test_escape_and_cancel_change_nothing(sheet):
    before = sheet.document.store.revision
    sheet.click("reread_cancel")
    sheet.wait(lambda: not sheet.sees("rereadings"))
    sheet.choose_in_menu("Edit", "Re-read")
    sheet.find("rereadings")
    sheet.press(Qt.Key.Key_Escape)
    sheet.wait(lambda: not sheet.sees("rereadings"))
    assert sheet.document.store.revision == before


def test_the_table_asks_only_for_the_rows_that_it_shows(start, tmp_path):
    hands = start(document_with(tmp_path / "many.dateline", *[OLD] * 300))
    hands.choose_in_menu("Edit", "Re-read")
    table = hands.find("rereadings")
    assert isinstance(table, QTableView)
    assert table.model().rowCount() == 300
    assert table.rowAt(table.viewport().height() - 1) < 40


def test_nothing_to_change_is_said_calmly(start, tmp_path):
    hands = start(document_with(tmp_path / "fine.dateline", read_date("early 2025")))
    hands.choose_in_menu("Edit", "Re-read")
    assert "nothing to change" in hands.says("reread_heading")
    assert not hands.sees("rereadings")
    assert not hands.sees("reread_apply")
    hands.click("reread_cancel")
    hands.wait(lambda: not hands.sees("reread_heading"))


def test_a_change_that_cannot_be_saved_is_said(sheet):
    with closing(sqlite3.connect(sheet.document.path)) as other, other:
        other.execute("UPDATE meta SET revision = revision + 1")
    sheet.click("reread_apply")
    sheet.wait(lambda: sheet.sees("notice_text"))
    assert "changed by another program" in sheet.says("notice_text")
    assert dates_of(sheet)[0] == OLD
