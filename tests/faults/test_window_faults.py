"""Fault cases of files at the real window: refused or kept in words, and nothing typed or saved is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest
from hands import CTRL, SHIFT, main_windows
from PySide6.QtCore import Qt

from viewer.document import Document
from viewer.folders import config_folder
from viewer.storage.errors import OpenError
from viewer.ui.settings import Settings

Key = Qt.Key


def remembered(*paths):
    settings = Settings(config_folder() / "settings.json")
    for path in paths:
        settings.add_recent(path)


def connections(path):
    """How often this process has a file open."""
    real, count = os.path.realpath(path), 0
    for number in os.listdir("/proc/self/fd"):
        try:
            count += os.readlink(f"/proc/self/fd/{number}") == real
        except OSError:
            continue  # closed meanwhile
    return count


# 2, 5, 25: which file is opened


def test_case_2_a_recent_file_that_is_gone_is_named_and_can_be_taken_off_the_list(start, path, tmp_path):
    gone = tmp_path / "gone.dateline"
    shutil.copy(path, gone)
    remembered(path, gone)
    hands = start()
    gone.unlink()
    hands.click("recent_0")
    assert hands.says("notice_text").startswith("“gone.dateline” was not found.")
    assert not gone.exists()
    hands.click("recent_remove_0")
    hands.wait(lambda: not hands.sees("recent_remove_0"))
    assert Settings(config_folder() / "settings.json").recent_files == (path,)
    hands.click("recent_0")
    assert hands.document.path == path


def test_case_2_the_menu_says_the_same_and_the_open_document_stays(start, path, tmp_path):
    gone = tmp_path / "gone.dateline"
    remembered(gone)
    hands = start(path)
    hands.choose_in_menu("File", "Open Recent", str(gone))
    assert "was not found" in hands.says("notice_text")
    assert hands.document.path == path
    assert not gone.exists()


def test_case_5_a_link_opens_its_target_and_the_title_says_so(start, path, tmp_path):
    link = tmp_path / "link.dateline"
    link.symlink_to(path)
    hands = start(link)
    assert hands.window.windowFilePath() == str(path)
    assert "k.dateline" in hands.window.windowHandle().title()
    assert "link" not in hands.window.windowHandle().title()
    hands.add_deployment("Typed with care")
    hands.wait(lambda: hands.id_of("Typed with care") is not None)
    assert link.is_symlink()


def test_case_5_a_link_that_leads_in_a_circle_is_refused(start, path, tmp_path):
    loop = tmp_path / "loop.dateline"
    loop.symlink_to(loop)
    remembered(loop)
    hands = start(path)
    hands.choose_in_menu("File", "Open Recent", str(loop))
    assert hands.says("notice_text").startswith("“loop.dateline” cannot be reached")
    assert hands.document.path == path


def test_case_25_the_same_file_again_raises_its_window_and_is_not_opened_twice(start, path, tmp_path):
    link = tmp_path / "link.dateline"
    link.symlink_to(path)
    twin = tmp_path / "twin.dateline"
    os.link(path, twin)
    hands = start(path)
    document = hands.document
    before = connections(path)
    assert before >= 1
    for name in (path, link, twin):
        hands.window.showMinimized()
        hands.window.activateWindow()
        with hands.answering(name):
            hands.press(Key.Key_O, CTRL)
        assert len(main_windows()) == 1
        assert hands.document is document
        assert connections(path) == before
        assert not hands.window.isMinimized()
    with pytest.raises(OpenError, match="already open"):
        Document.open(link)
    hands.add_deployment("Typed with care")
    hands.wait(lambda: hands.id_of("Typed with care") is not None)


# 26, 62: what cannot be written


def test_case_26_the_file_is_deleted_while_open(start, path, tmp_path):
    hands = start(path)
    path.unlink()
    event = next(event for event in hands.document.store.events() if event.when is not None)
    hands.click_mark(event.id)
    assert hands.says("inspector_title") == event.title
    before = hands.document.bundle()
    hands.add_deployment("Typed with care")
    assert hands.says("title") == "Typed with care"
    assert hands.says("when") == "Feb 2025"
    assert hands.sees("problem")
    assert "not saved yet" in hands.says("notice_text")
    assert [hands.find(f"notice_action_{n}").text() for n in (0, 1)] == ["Try again", "Save a copy…"]
    assert hands.document.bundle() == before
    hands.click("notice_action_0")
    assert hands.says("title") == "Typed with care"
    target = tmp_path / "rescued.dateline"
    with hands.answering(target):
        hands.click("notice_action_1")
    assert hands.says("title") == "Typed with care"
    assert not path.exists()
    copy = Document.open(target)
    assert copy.bundle() == before
    assert copy.check() == []
    copy.close()


def test_case_26_once_the_file_is_back_trying_again_saves_what_was_typed(start, path, tmp_path):
    hands = start(path)
    away = path.rename(tmp_path / "away.dateline")
    hands.add_deployment("Typed with care")
    hands.find("notice_action_0")
    assert hands.id_of("Typed with care") is None
    away.rename(path)
    hands.click("notice_action_0")
    hands.wait(lambda: not hands.sees("form_title"))
    assert hands.id_of("Typed with care") is not None
    assert not hands.sees("notice")


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


def test_case_62_an_undo_that_cannot_be_written_changes_neither_stack_nor_document(start, path):
    hands = start(path)
    hands.add_deployment("Typed with care")
    hands.wait(lambda: not hands.sees("form_title"))
    before, document = hands.document.bundle(), hands.document
    stacks = (document.history.next_undo, document.history.next_redo)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout.readline() == "held\n"
        hands.choose_in_menu("Edit", "Undo")
        assert hands.find("notice_action_0").text() == "Try again"
        assert (document.history.next_undo, document.history.next_redo) == stacks
        assert document.bundle() == before
        assert "Typed with care" in hands.listed()
    finally:
        holder.communicate()
    hands.click("notice_action_0")
    assert "Typed with care" not in hands.listed()
    assert not hands.sees("notice")
    hands.press(Key.Key_Y, CTRL)
    assert document.bundle() == before


def test_case_26_and_43_what_could_not_be_saved_is_there_after_a_restart(start, path, tmp_path):
    kept = tmp_path / "kept.dateline"
    hands = start(path)
    path.rename(kept)
    hands.add_deployment("Typed with care")
    hands.find("notice_action_0")
    hands.close()
    again = start(kept)
    again.click("notice_action_0")
    assert again.says("title") == "Typed with care"
    with again.answering(tmp_path / "more.dateline"):
        again.press(Key.Key_S, CTRL | SHIFT)
    assert (tmp_path / "more.dateline").is_file()
