"""The command palette: everything in the menus by a few letters and the keyboard alone."""

from __future__ import annotations

import pytest
from hands import CTRL, main_windows
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from viewer.ui.key_sheet import KeySheet
from viewer.ui.menu_commands import commands

Key = Qt.Key


def open_palette(hands):
    hands.press(Key.Key_K, CTRL)
    hands.wait(
        lambda: hands.sees("palette_field") and QApplication.focusWidget() is hands.find("palette_field")
    )


def rows(hands):
    model = hands.find("palette_list").model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def names(hands):
    return [command.name for command in commands(hands.window.menuBar())]


def run(hands, name):
    """Type the name of a command into the palette, and press Enter on it."""
    open_palette(hands)
    hands.type(name.replace(" ▸ ", " "))
    found = hands.find("palette_list").model().index(0, 0).data(Qt.ItemDataRole.UserRole)
    assert found.lasting_name == name
    if found.action.isEnabled():
        ran = []
        found.action.triggered.connect(lambda: ran.append(name))
        hands.press(Key.Key_Return)
        hands.wait(lambda: ran == [name])
    else:
        hands.press(Key.Key_Escape)
    assert not hands.sees("palette_field")


@pytest.fixture
def answered_by_escape(qapp):
    """A hand that presses Esc in each dialog that waits for an answer."""

    def leave():
        above = QApplication.activeModalWidget()
        if above is not None:
            QTest.keyClick(above, Key.Key_Escape)

    timer = QTimer()
    timer.setInterval(20)
    timer.timeout.connect(leave)
    timer.start()
    yield
    timer.stop()


def test_every_action_of_the_menus_has_a_name_of_its_own(hands):
    found = names(hands)
    assert len(found) > 40
    assert len(set(found)) == len(found)
    assert "View ▸ Lanes by ▸ Actor" in found
    assert not [name for name in found if "&" in name or not all(name.split(" ▸ "))]


def test_every_action_is_found_by_its_name_and_runs_by_the_keyboard_alone(hands, answered_by_escape):
    """Nothing that it raises stays unseen: see `reported`. To close and to quit come last, each alone."""
    hands.click_mark(hands.event_of("2024-08").id)
    last = ("File ▸ Close", "File ▸ Quit", "Help ▸ Command Palette…")
    lasting = [c.lasting_name for c in commands(hands.window.menuBar()) if c.name not in last]
    for name in lasting:
        if name not in {command.lasting_name for command in commands(hands.window.menuBar())}:
            assert name.count(" ▸ ") > 1, name  # it was filled in for what was selected or open before
            continue
        run(hands, name)
        for other in main_windows():
            if other is not hands.window:
                other.close()
        hands.wait(lambda: QApplication.activeModalWidget() is None)
        hands.window.activateWindow()
        hands.wait(hands.window.isActiveWindow)
        hands.press(Key.Key_Escape)


@pytest.mark.parametrize("name", ["close", "quit"])
def test_the_window_can_be_closed_through_it(hands, name):
    open_palette(hands)
    hands.type(name)
    hands.press(Key.Key_Return)
    hands.wait(lambda: main_windows() == [])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("actor", "View ▸ Lanes by ▸ Actor"),
        ("lanes act", "View ▸ Lanes by ▸ Actor"),
        ("zom in", "View ▸ Zoom In"),
        ("go date", "View ▸ Go to Date…"),
        ("dark", "View ▸ Theme ▸ Dark"),
        ("exprt", "File ▸ Export…"),
        ("HISTORY", "Edit ▸ History…"),
        ("new st", "Edit ▸ New Statement"),
    ],
)
def test_a_few_letters_or_a_slip_are_enough(hands, typed, first):
    open_palette(hands)
    hands.type(typed)
    assert rows(hands)[0] == first


def test_what_is_called_nothing_like_it_is_said_to_be_nowhere(hands):
    open_palette(hands)
    hands.type("qqqqq")
    assert "Nothing in the menus" in hands.says("palette_nothing")
    hands.press(Key.Key_Return)
    assert hands.sees("palette_field")


def test_arrows_move_round_and_escape_gives_the_keyboard_back(hands):
    before = QApplication.focusWidget()
    open_palette(hands)
    count = len(rows(hands))
    hands.press(Key.Key_Up)
    assert hands.find("palette_list").currentIndex().row() == count - 1
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Down)
    assert hands.find("palette_list").currentIndex().row() == 1
    hands.press(Key.Key_PageDown)
    assert hands.find("palette_list").currentIndex().row() == 13
    hands.press(Key.Key_Escape)
    assert not hands.sees("palette_field")
    assert QApplication.focusWidget() is before


def test_its_own_keys_put_it_away(hands):
    open_palette(hands)
    hands.press(Key.Key_K, CTRL)
    hands.wait(lambda: not hands.sees("palette_field"))
    open_palette(hands)


def test_a_click_runs_a_command(hands):
    open_palette(hands)
    hands.type("lanes actor")
    table = hands.find("palette_list")
    hands.click(table.viewport(), table.visualRect(table.model().index(0, 0)).center())
    hands.wait(lambda: hands.window.workspace.showing.charting.grouping == "actor")
    assert not hands.sees("palette_field")


def test_what_was_run_last_comes_first_even_after_a_restart(hands, start, kursk):
    for words in ("zoom in", "lanes by place"):
        open_palette(hands)
        hands.type(words)
        hands.press(Key.Key_Return)
    wanted = ["View ▸ Lanes by ▸ Place", "View ▸ Zoom In"]
    open_palette(hands)
    assert rows(hands)[:2] == wanted
    hands.press(Key.Key_Escape)
    hands.close()
    again = start(kursk)
    open_palette(again)
    assert rows(again)[:2] == wanted


def test_what_cannot_be_done_now_is_not_run(hands):
    open_palette(hands)
    hands.type("delete entry")
    assert rows(hands)[0] == "Edit ▸ Delete Entry"
    hands.press(Key.Key_Return)
    assert hands.sees("palette_field")


def test_of_likely_ones_those_that_can_be_run_come_first(hands):
    open_palette(hands)
    hands.type("entry")
    assert rows(hands)[:2] == ["Edit ▸ Edit Entry", "Edit ▸ Delete Entry"]
    hands.write("palette_field", "ed")
    assert not rows(hands)[0].endswith("Entry")


def test_it_works_before_a_document_is_open(start):
    hands = start()
    open_palette(hands)
    hands.type("keys")
    hands.press(Key.Key_Return)
    hands.wait(lambda: hands.window.findChild(KeySheet) is not None)


def test_it_opens_from_a_field_in_which_one_writes(hands):
    hands.press(Key.Key_F, CTRL)
    hands.type("x")
    open_palette(hands)
    hands.press(Key.Key_Escape)
    hands.wait(lambda: QGuiApplication.focusWindow() is not None)
    assert not hands.sees("palette_field")


def test_the_sheet_of_keys_holds_every_key_of_the_menus(hands):
    hands.press(Key.Key_Question)
    hands.wait(lambda: hands.window.findChild(KeySheet) is not None)
    words = [label.text() for label in hands.window.findChild(KeySheet).findChildren(QLabel)]
    keys = {command.keys for command in commands(hands.window.menuBar())} - {""}
    assert keys <= set(words)
    assert words[words.index("Undo") + 1] == "Ctrl+Z"
