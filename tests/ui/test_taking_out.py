"""Export: what is shown or all of it, in any format, by the menu; the file says the same as the window."""

from __future__ import annotations

import csv
import json
from contextlib import contextmanager

import pytest
from hands import CTRL
from large_documents import make_large
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from viewer.ui import progress_card

SHIFT = Qt.KeyboardModifier.ShiftModifier


def export(hands, path, label, *, all_events=False):
    hands.choose_in_menu("File", "Export…")
    formats = hands.find("export_formats")
    found = formats.findItems(label, Qt.MatchFlag.MatchStartsWith)
    assert found, label
    formats.setCurrentItem(found[0])
    if all_events:
        hands.click("export_only_shown")
    with hands.answering(path):
        hands.click("export_save")
    hands.wait(lambda: hands.sees("notice"))
    assert hands.says("notice_text").startswith(f"Wrote {path}")


@contextmanager
def pressing(find):
    """Press a button in the block as soon as it is there: the program may go on inside a click of ours."""
    timer = QTimer()
    timer.setInterval(20)

    def press():
        button = find()
        if button is not None and button.isVisible():
            timer.stop()
            button.click()  # a click of the mouse may go astray while a dialog is closing

    timer.timeout.connect(press)
    timer.start()
    yield
    timer.stop()


def name_without_asking(monkeypatch, path):
    """Let the system's dialog give the path of a file that is there, as if it was to be replaced."""
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_arguments: (str(path), ""))


def titles(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["title"] for row in csv.DictReader(file)}


def test_only_what_is_shown_is_written_and_all_of_it_when_that_is_wanted(hands, tmp_path):
    shown = {event.title for event in hands.document.store.events() if event.kind == "withdrawal"}
    every = {event.title for event in hands.document.store.events()}
    assert shown
    assert shown < every
    hands.click("chip_withdrawal")
    hands.settle()
    export(hands, tmp_path / "shown.csv", "Table of events")
    assert titles(tmp_path / "shown.csv") == shown
    export(hands, tmp_path / "all.csv", "Table of events", all_events=True)
    assert titles(tmp_path / "all.csv") == every


def test_the_first_format_is_the_bundle_and_says_what_it_is_for(hands, tmp_path):
    hands.press(Qt.Key.Key_E, CTRL | SHIFT)
    assert hands.find("export_formats").currentItem().text() == "Bundle  (.json)"
    assert "lossless" in hands.says("export_meaning")
    assert not hands.sees("export_only_shown")
    with hands.answering(tmp_path / "all.json"):
        hands.press(Qt.Key.Key_Return)
    hands.wait(lambda: hands.sees("notice"))
    assert len(json.loads((tmp_path / "all.json").read_bytes())["events"]) == hands.document.event_count


def test_the_document_itself_is_never_written_over(hands, monkeypatch):
    before = hands.document.path.read_bytes()
    hands.press(Qt.Key.Key_E, CTRL | SHIFT)
    name_without_asking(monkeypatch, hands.document.path)
    hands.click("export_save")
    hands.wait(lambda: hands.sees("notice"))
    assert "the document itself" in hands.says("notice_text")
    assert hands.document.path.read_bytes() == before


def test_before_a_large_document_is_prepared_all_of_it_is_written(start, tmp_path):
    hands = start(make_large(tmp_path / "large.dateline", 30_000))
    hands.press(Qt.Key.Key_E, CTRL | SHIFT)
    assert not hands.sees("export_only_shown")


@pytest.mark.parametrize("label", ["Workbook", "iCalendar"])
def test_an_export_is_told_and_cancelled_and_an_older_file_stays(start, tmp_path, label, monkeypatch):
    monkeypatch.setattr(
        progress_card, "DELAY_MS", 0
    )  # on a busy machine all is written before a late card comes
    hands = start(make_large(tmp_path / "large.dateline", 30_000))
    path = tmp_path / "out.any"
    path.write_text("an older file")
    hands.press(Qt.Key.Key_E, CTRL | SHIFT)
    formats = hands.find("export_formats")
    formats.setCurrentItem(formats.findItems(label, Qt.MatchFlag.MatchStartsWith)[0])

    def the_cancel():
        card = hands.window.findChild(QWidget, "export_progress")
        return None if card is None else card.findChild(QPushButton, "progress_cancel")

    name_without_asking(monkeypatch, path)
    with pressing(the_cancel):
        hands.click("export_save")
        hands.wait(lambda: hands.sees("notice"))
    assert hands.says("notice_text") == "The export was cancelled. Nothing was written."
    assert path.read_text() == "an older file"
    assert not hands.sees("export_progress")
    assert {each.name for each in tmp_path.iterdir() if ".part" in each.name} == set()


@pytest.mark.parametrize("label", ["Data Package", "Workbook", "Web page", "iCalendar", "TimelineJS"])
def test_every_format_is_written_by_the_window_and_says_what_it_could_not_carry(hands, tmp_path, label):
    path = tmp_path / "out.any"
    export(hands, path, label)
    assert path.stat().st_size > 500
