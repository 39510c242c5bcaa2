"""A document too large to be gone through while somebody waits: all that takes long is done beside the window."""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

import pytest
from hands import CTRL, SHIFT
from large_documents import LARGE, make_large
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QTableView

from viewer.folders import cache_folder
from viewer.ui.progress_card import DELAY_MS, ProgressCard

# Only `python -m pytest` looks into the folder above by itself.
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks.corpus import make_document

Key = Qt.Key
SOME = LARGE // 8
MANY = 60_000
"""Enough to take longer than the moment for which progress is not shown."""


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    return make_large(tmp_path_factory.mktemp("large") / "large.dateline")


@pytest.fixture
def large(template, tmp_path):
    return shutil.copy(template, tmp_path / "large.dateline")


@pytest.fixture
def waiting(start, large):
    """A user at the window of that document, of which nothing is prepared."""
    return start(large)


@pytest.fixture
def hands(waiting):
    """The same once it is prepared, the search too."""
    until_prepared(waiting)
    waiting.wait(lambda: waiting.document.searching() is not None)
    return waiting


def until_prepared(hands):
    hands._qtbot.waitUntil(lambda: not hands.window.workspace.showing.is_waiting, timeout=60_000)


def rows(hands):
    return hands.window.findChild(QTableView, "event_list").model()


def test_it_is_prepared_beside_the_window_and_then_shown_whole(waiting):
    waiting.press(Key.Key_L, CTRL)
    assert waiting.says("list_empty") == "The events are being prepared…"
    until_prepared(waiting)
    assert waiting.says("status_shown").startswith(f"{LARGE:,} events · all shown")
    assert rows(waiting).rowCount() == LARGE + 1
    assert waiting.timeline.content().let_through().count == LARGE
    assert not waiting.sees("progress")


def test_preparing_says_how_far_it_is_and_can_be_cancelled_and_begun_again(start, tmp_path):
    make_document(tmp_path / "many.dateline", MANY)
    waiting = start(tmp_path / "many.dateline")
    waiting.find("progress")
    assert waiting.says("progress_words").startswith(f"Preparing {MANY:,} events…")
    waiting.click("progress_cancel")
    assert waiting.says("notice_text") == "The timeline was not prepared."
    assert not waiting.sees("progress")
    assert not waiting.window.workspace.showing.is_waiting
    waiting.click("notice_action_0")
    until_prepared(waiting)
    assert rows(waiting).rowCount() == MANY + 1


def test_a_window_that_is_closed_while_it_prepares_goes_at_once(waiting):
    begun = time.monotonic()
    waiting.close()
    assert time.monotonic() - begun < 2


def test_what_was_prepared_is_there_at_the_next_start(hands, start, large):
    hands.close()
    again = start(large)
    assert again.says("status_shown").startswith(f"{LARGE:,} events · all shown")
    assert rows(again).rowCount() == LARGE + 1


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="folders cannot be closed to their owner here")
def test_a_cache_that_cannot_be_written_is_told_once_and_everything_works(start, large):
    cache_folder().parent.mkdir(parents=True, exist_ok=True)
    cache_folder().write_text("not a folder")
    hands = start(large)
    until_prepared(hands)
    assert "cannot be kept" in hands.says("notice_text")
    hands.click("notice_close")
    hands.add_deployment("In memory")
    assert rows(hands).rowCount() == LARGE + 2
    assert not hands.sees("notice")


def test_a_search_first_shows_what_it_found_and_then_all_of_it(hands):
    hands.press(Key.Key_F, CTRL)
    hands.type("harbour")
    hands.wait(lambda: f"{LARGE - SOME:,} hidden by the search" in hands.says("status_shown"))
    titles = hands.listed()
    assert len([title for title in titles if title.startswith("harbour ")]) == SOME
    assert hands.timeline.content().let_through().count == SOME
    hands.press(Key.Key_Escape)
    hands.wait(lambda: "all shown" in hands.says("status_shown"))


def test_the_newest_of_several_searches_counts(hands):
    hands.press(Key.Key_F, CTRL)
    for word in ("harbour", "bridge", "depot"):
        hands.press(Key.Key_A, CTRL)
        hands.type(word)
        hands.press(Key.Key_Return)
    hands.wait(lambda: not hands.window.workspace.showing.is_waiting)
    titles = {title for title in hands.listed() if title != "Undated"}
    assert {title.split()[0] for title in titles} == {"depot"}


def test_enter_goes_from_hit_to_hit_once_they_are_found(hands):
    hands.press(Key.Key_F, CTRL)
    hands.type("rivals")
    hands.press(Key.Key_Return)
    hands.wait(lambda: hands.sees("inspector_title"))
    assert hands.says("inspector_title") == "Rivals meet"


def test_a_kind_and_its_counts_follow_the_search(hands):
    hands.press(Key.Key_F, CTRL)
    hands.type("harbour")
    hands.wait(lambda: "hidden by the search" in hands.says("status_shown"))
    hands.click("chip_withdrawal")
    hands.wait(lambda: "search and kinds" in hands.says("status_shown"))
    counted = int(hands.find("chip_withdrawal").accessibleName().split(", ")[1].split()[0].replace(",", ""))
    assert counted == hands.timeline.content().let_through().count > 0


def test_claims_are_weighed_beside_the_window(hands):
    event = hands.id_of("Rivals meet")
    hands.wait(lambda: hands.timeline.content().rivals == {event})
    hands.press(Key.Key_O, CTRL | SHIFT)
    hands.click("standing_disputed", QPoint(12, 12))
    hands.press(Key.Key_Escape)
    hands.wait(lambda: hands.listed() == ["Rivals meet"])
    assert f"{LARGE - 1:,} hidden by the standing" in hands.says("status_shown")


def test_what_the_weighing_read_of_the_surroundings_is_not_read_again(hands):
    hands.wait(lambda: hands.document.surroundings.is_known)
    context = hands.document.provenance_context()
    assert set(context.sources) == {"s1", "s2"}
    hands.document.grade_source("s1", "A")
    assert hands.document.provenance_context().sources["s1"].reliability == "A"


def test_a_claim_that_is_retracted_ends_the_clash_and_an_undo_brings_it_back(hands):
    event = hands.id_of("Rivals meet")
    hands.wait(lambda: hands.timeline.content().rivals == {event})
    hands.document.retract_source("s2", True)
    hands.wait(lambda: hands.timeline.content().rivals == frozenset())
    hands.press(Key.Key_Z, CTRL)
    hands.wait(lambda: hands.timeline.content().rivals == {event})


def test_an_edit_is_shown_at_once_and_nobody_else_moves(hands):
    others = [hands.id_of(title) for title in ("Rivals meet", "Model statement")]
    index = hands.timeline.content().index
    before = [index.entry(event).row for event in others]
    event = hands.add_deployment("Quite new", "5 Jan 2024")
    index = hands.timeline.content().index
    assert index.entry(event) is not None
    assert [index.entry(each).row for each in others] == before
    assert hands.says("status_shown").startswith(f"{LARGE + 1:,} events · all shown")
    assert rows(hands).row_of_event(event) is not None
    hands.press(Key.Key_Z, CTRL)
    assert rows(hands).row_of_event(event) is None
    assert hands.says("status_shown").startswith(f"{LARGE:,} events · all shown")


def test_an_entry_that_the_search_does_not_find_is_said_to_be_hidden(hands):
    hands.press(Key.Key_F, CTRL)
    hands.type("harbour")
    hands.wait(lambda: "hidden by the search" in hands.says("status_shown"))
    hands.add_deployment("Elsewhere")
    hands.wait(lambda: hands.sees("notice_text"))
    assert hands.says("notice_text") == "Saved; the filter hides it."


def test_an_entry_that_the_search_finds_is_found_as_soon_as_it_is_saved(hands):
    hands.press(Key.Key_F, CTRL)
    hands.type("harbour")
    hands.wait(lambda: "hidden by the search" in hands.says("status_shown"))
    hands.add_deployment("Another harbour")
    hands.wait(lambda: "Another harbour" in hands.listed())
    assert not hands.sees("notice")


def test_a_day_and_a_day_before_it_show_what_was_known(hands):
    hands.press(Key.Key_T, CTRL | SHIFT)
    hands.wait(lambda: "as known on 1 Mar 2025" in hands.says("status_shown"))
    event = hands.id_of("Rivals meet")
    hands.wait(lambda: hands.timeline.content().rivals == {event})
    hands.press(Key.Key_Left)
    hands.wait(lambda: hands.timeline.content().rivals == frozenset())
    assert hands.timeline.content().let_through().has(event)


def test_progress_comes_only_when_it_lasts(dressed, qtbot):
    from PySide6.QtWidgets import QWidget

    around = QWidget()
    qtbot.addWidget(around)
    around.resize(600, 400)
    around.show()
    card = ProgressCard(around)
    card.show_share("Preparing…", 0.1)
    card.put_away()
    qtbot.wait(DELAY_MS + 100)
    assert not card.isVisible()
    card.show_share("Preparing…", 0.2)
    qtbot.waitUntil(card.isVisible)
    around.resize(400, 300)
    QApplication.processEvents()
    assert card.geometry().center().x() == pytest.approx(200, abs=2)
    with qtbot.waitSignal(card.cancelled):
        qtbot.mouseClick(card.findChild(QWidget, "progress_cancel"), Qt.MouseButton.LeftButton)
