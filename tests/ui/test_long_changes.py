from __future__ import annotations

import re

from builders import a_bundle, raw_event
from hands import CTRL
from PySide6.QtCore import Qt, QTimer

from viewer.document import Document

MANY = 3_000
Key = Qt.Key


def write_many(folder, count=MANY):
    path = folder / "many.json"
    path.write_bytes(a_bundle(events=[raw_event(uid=f"m-{n}", title=f"Brought {n}") for n in range(count)]))
    return path


def changes(hands):
    return hands.window.workspace.furnishing.changes


def test_an_import_is_made_beside_the_window_which_goes_on_and_is_one_step_to_undo(hands, tmp_path):
    before, beats, beat = hands.document.event_count, [], QTimer()
    beat.timeout.connect(lambda: beats.append(changes(hands).is_busy))
    beat.start(5)
    hands.window.import_paths([write_many(tmp_path)])
    hands.wait(lambda: changes(hands).is_busy)
    assert hands.document.event_count == before
    hands.wait(lambda: hands.sees("notice"))
    assert beats.count(True) > 5
    assert hands.says("notice_text") == f"{MANY:,} added."
    assert hands.document.event_count == before + MANY
    hands.press(Key.Key_Z, CTRL)
    hands.wait(lambda: hands.document.event_count == before)
    hands.wait(lambda: not changes(hands).is_busy)
    assert hands.says("status_saved") == "Undone: Import many.json"
    hands.press(Key.Key_Z, CTRL | Qt.KeyboardModifier.ShiftModifier)
    hands.wait(lambda: hands.document.event_count == before + MANY)


def test_edits_are_refused_politely_meanwhile_and_what_was_typed_stays(hands, tmp_path):
    hands.press(Key.Key_1, CTRL)
    hands.write("title", "Typed meanwhile")
    hands.window.import_paths([write_many(tmp_path)])
    hands.wait(lambda: changes(hands).is_busy)
    hands.press(Key.Key_Return, CTRL)
    assert changes(hands).is_busy
    assert hands.says("title") == "Typed meanwhile"
    hands.window.import_paths([tmp_path / "many.json"])
    assert "Another change is being made: Importing many.json…" in hands.says("notice_text")
    hands.wait(lambda: not changes(hands).is_busy)
    hands.click("title")
    hands.press(Key.Key_Return, CTRL)
    hands.wait(lambda: not hands.sees("form_title"))
    assert hands.id_of("Typed meanwhile")


def test_an_import_is_told_on_a_card_and_cancelled_there(hands, tmp_path):
    before = hands.document.bundle()
    hands.window.import_paths([write_many(tmp_path, 50_000)])
    assert not hands.sees("long_change")
    hands.wait(lambda: hands.sees("long_change"))
    assert hands.says("progress_words").startswith("Importing many.json…")
    hands.wait(
        lambda: re.fullmatch(r"(Reading|Saving), \d+ % · [\d,]+ (kB|rows)/s", hands.says("progress_more"))
    )
    hands.click("progress_cancel")
    hands.wait(lambda: not changes(hands).is_busy)
    assert hands.says("notice_text") == "The import was cancelled. Nothing was imported."
    assert not hands.sees("long_change")
    assert hands.document.bundle() == before
    hands.add_deployment("Afterwards")
    hands.wait(lambda: not hands.sees("form_title"))


def test_fault_60_closing_the_window_meanwhile_leaves_all_or_nothing(hands, kursk, tmp_path):
    before = hands.document.event_count
    hands.window.import_paths([write_many(tmp_path, 20_000)])
    hands.wait(lambda: hands.sees("long_change"))
    hands.close()
    document = Document.open(kursk)
    assert document.event_count in (before, before + 20_000)
    assert document.check() == []
    document.close()


def test_an_import_that_fails_says_so_and_the_document_can_be_changed_at_once(hands, tmp_path):
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    hands.window.import_paths([broken, write_many(tmp_path, 10)])
    hands.wait(lambda: hands.sees("notice"))
    assert hands.says("notice_text").startswith("broken.json")
    hands.add_deployment("Afterwards")
    hands.wait(lambda: not hands.sees("form_title"))
    assert hands.id_of("Afterwards")
