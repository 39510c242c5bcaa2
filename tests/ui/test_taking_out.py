"""Export: what is shown or all of it, in any format, by the menu; the file says the same as the window."""

from __future__ import annotations

import csv
import json

import pytest
from hands import CTRL
from PySide6.QtCore import Qt

SHIFT = Qt.KeyboardModifier.ShiftModifier


def export(hands, path, label, *, all_events=False):
    hands.press(Qt.Key.Key_E, CTRL | SHIFT)
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


def titles(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["title"] for row in csv.DictReader(file)}


def test_only_what_is_shown_is_written_and_all_of_it_when_that_is_wanted(hands, tmp_path):
    shown = {event.title for event in hands.document.store.events() if event.kind == "withdrawal"}
    every = {event.title for event in hands.document.store.events()}
    assert shown
    assert shown < every
    for kind in ("deployment", "statement"):
        hands.click(f"kind_{kind}")
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


def test_the_document_itself_is_never_written_over(hands):
    before = hands.document.path.read_bytes()
    hands.press(Qt.Key.Key_E, CTRL | SHIFT)
    with hands.answering(hands.document.path):
        hands.click("export_save")
    hands.wait(lambda: hands.sees("notice"))
    assert "the document itself" in hands.says("notice_text")
    assert hands.document.path.read_bytes() == before


@pytest.mark.parametrize("label", ["Data Package", "Workbook", "Web page", "iCalendar", "TimelineJS"])
def test_every_format_is_written_by_the_window_and_says_what_it_could_not_carry(hands, tmp_path, label):
    path = tmp_path / "out.any"
    export(hands, path, label)
    assert path.stat().st_size > 500
