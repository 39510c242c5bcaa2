from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMainWindow, QMenu, QWidget

from viewer.domain.filters import Filter
from viewer.domain.records import BUILT_IN_KINDS, Kind
from viewer.ui.header import Header

COUNTS = {"deployment": 7, "withdrawal": 2, "statement": 7}
MORE = tuple(
    Kind(name=name, label=name.title(), shape="square", colour="#2F8F6B")
    for name in ("arms", "treaty", "visit")
)

# What the screenless platform says of each menu.
quiet_menus = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def header(dressed, qtbot):
    widget = Header()
    qtbot.addWidget(widget)
    widget.set_document("Kursk, winter 2024–25", "kursk.dateline", BUILT_IN_KINDS, COUNTS)
    widget.resize(1440, widget.height())
    widget.show()
    return widget


@pytest.fixture
def heard(header):
    filters = []
    header.filter_changed.connect(filters.append)
    return filters


def search(header):
    return header.findChild(QLineEdit, "search")


def button(header, name):
    return header.findChild(QAbstractButton, name)


def press(qtbot, header, name):
    qtbot.mouseClick(button(header, name), Qt.MouseButton.LeftButton)


def test_typing_filters_once_it_pauses(header, heard, qtbot):
    with qtbot.waitSignal(header.filter_changed):
        qtbot.keyClicks(search(header), "koursk")
    assert heard == [Filter(text="koursk")]


def test_enter_searches_at_once_and_only_once(header, heard, qtbot):
    qtbot.keyClicks(search(header), "koursk")
    qtbot.keyClick(search(header), Qt.Key.Key_Return)
    assert heard == [Filter(text="koursk")]
    qtbot.wait(250)
    assert len(heard) == 1


def test_escape_clears_the_search_before_the_window_hears_of_it(dressed, qtbot):
    window, header, escapes = QMainWindow(), Header(), []
    window.setCentralWidget(header)
    qtbot.addWidget(window)
    action = QAction("Clear", window)
    action.setShortcut("Esc")
    action.triggered.connect(lambda: escapes.append(1))
    window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    header.focus_search()
    qtbot.keyClicks(search(header), "x")
    qtbot.keyClick(search(header), Qt.Key.Key_Escape)
    assert (search(header).text(), escapes) == ("", [])
    qtbot.keyClick(search(header), Qt.Key.Key_Escape)
    assert escapes == [1]


def test_the_cross_clears_the_search(header, heard, qtbot):
    assert not button(header, "clear_search").isVisible()
    qtbot.keyClicks(search(header), "x")
    qtbot.keyClick(search(header), Qt.Key.Key_Return)
    press(qtbot, header, "clear_search")
    assert heard == [Filter(text="x"), Filter()]


def test_chosen_kinds_are_shown_alone(header, heard, qtbot):
    press(qtbot, header, "chip_deployment")
    press(qtbot, header, "chip_statement")
    press(qtbot, header, "chip_withdrawal")
    press(qtbot, header, "chip_deployment")
    assert [found.kinds for found in heard] == [
        frozenset({"deployment"}), frozenset({"deployment", "statement"}), None,
        frozenset({"withdrawal", "statement"}),
    ]  # fmt: skip


def test_a_chip_works_with_the_keyboard(header, heard, qtbot):
    button(header, "chip_withdrawal").setFocus()
    qtbot.keyClick(button(header, "chip_withdrawal"), Qt.Key.Key_Space)
    assert heard == [Filter(kinds=frozenset({"withdrawal"}))]


def test_a_chip_says_how_many_events_its_kind_has(header):
    assert button(header, "chip_deployment").accessibleName() == "Deployment, 7 events"
    header.set_counts({**COUNTS, "deployment": 1})
    assert button(header, "chip_deployment").accessibleName() == "Deployment, 1 event"


def test_only_chips_whose_count_is_another_are_painted_again(header, qtbot):
    painted = []

    class Watch(QObject):
        def eventFilter(self, chip, event):
            if event.type() is QEvent.Type.Paint:
                painted.append(chip.objectName())
            return False

    watch = Watch(header)
    for name in COUNTS:
        button(header, f"chip_{name}").installEventFilter(watch)
    qtbot.wait(50)
    painted.clear()
    header.set_counts({**COUNTS, "withdrawal": 3})  # as wide as before
    qtbot.waitUntil(lambda: bool(painted))
    assert painted == ["chip_withdrawal"]


def test_clear_filter_shows_everything(header, heard, qtbot):
    press(qtbot, header, "chip_deployment")
    qtbot.keyClicks(search(header), "x")
    qtbot.keyClick(search(header), Qt.Key.Key_Return)
    header.clear_filter()
    assert heard[-1] == Filter()
    assert header.filter() == Filter()


def test_focus_search_selects_what_is_there(header, qtbot):
    qtbot.keyClicks(search(header), "old")
    header.focus_search()
    assert search(header).selectedText() == "old"


@quiet_menus
def test_new_entry_by_button_and_by_kind(header, qtbot):
    with qtbot.waitSignal(header.new_requested) as heard:
        press(qtbot, header, "new_entry")
    assert heard.args == [""]
    new = button(header, "new_entry")
    qtbot.mouseClick(new, Qt.MouseButton.LeftButton, pos=QPoint(new.width() - 10, 10))
    menu = header.findChild(QMenu, "new_entry_menu")
    assert menu.isVisible()
    assert [entry.text() for entry in menu.actions()] == ["Deployment", "Withdrawal", "Statement"]
    with qtbot.waitSignal(header.new_requested) as heard:
        qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[1]).center())
    assert heard.args == ["withdrawal"]


@quiet_menus
def test_the_menu_of_kinds_opens_with_the_down_key(header, qtbot):
    qtbot.keyClick(button(header, "new_entry"), Qt.Key.Key_Down)
    menu = header.findChild(QMenu, "new_entry_menu")
    with qtbot.waitSignal(header.new_requested) as heard:
        qtbot.keyClick(menu, Qt.Key.Key_Down)
        qtbot.keyClick(menu, Qt.Key.Key_Return)
    assert heard.args == ["deployment"]


@quiet_menus
def test_kinds_beyond_the_fifth_are_in_a_menu(header, heard, qtbot):
    header.set_document("K", "k.dateline", (*BUILT_IN_KINDS, *MORE), {})
    header.resize(1920, header.height())
    assert not button(header, "chip_visit").isVisible()
    more = button(header, "more_kinds")
    assert more.text() == "More"
    menu = more.menu()
    menu.popup(QPoint(0, 0))
    (entry,) = menu.actions()
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
    assert heard == [Filter(kinds=frozenset({"visit"}))]
    assert more.text() == "More · 1"


def test_a_chosen_kind_that_is_gone_filters_no_more(header, heard, qtbot):
    header.set_document("K", "k.dateline", (*BUILT_IN_KINDS, MORE[0]), {})
    press(qtbot, header, "chip_arms")
    press(qtbot, header, "chip_deployment")
    header.set_document("K", "k.dateline", BUILT_IN_KINDS, {})
    assert heard[-1] == Filter(kinds=frozenset({"deployment"}))


@pytest.mark.parametrize("width", [720, 800, 1024, 1280, 1440, 1920])
@pytest.mark.parametrize("kinds", [BUILT_IN_KINDS, (*BUILT_IN_KINDS, *MORE)], ids=["three", "six"])
def test_nothing_is_cut_or_overlaps(header, qtbot, width, kinds):
    counts = dict.fromkeys((kind.name for kind in kinds), 123_456)
    header.set_document("A title of quite ordinary length, and more", "a-file-name.dateline", kinds, counts)
    header.resize(width, header.height())
    qtbot.wait(1)
    parts = [
        search(header),
        button(header, "new_entry"),
        button(header, "more_kinds"),
        button(header, "period"),
        button(header, "standing"),
    ]
    parts += [button(header, f"chip_{kind.name}") for kind in kinds]
    parts += [header.findChild(QLabel, name) for name in ("document_title", "document_file")]
    seen = sorted((place(header, part) for part in parts if part.isVisible()), key=lambda rect: rect.left())
    assert seen[0].left() >= 0
    assert seen[-1].right() < width
    for one, other in pairwise(seen):
        assert one.right() < other.left()
    for part in parts:
        if part.isVisible() and isinstance(part, QAbstractButton):
            assert part.width() >= part.sizeHint().width()
    assert search(header).width() >= 200


def place(header, part: QWidget):
    rect = part.rect()
    rect.moveTopLeft(part.mapTo(header, QPoint(0, 0)))
    return rect


@pytest.mark.parametrize("text", ["<img src='file:///etc/hostname'>", "R&D", "abc\u202efdp", "x" * 1_000_000])
def test_fault_52_names_of_strangers_are_text(header, qtbot, text):
    kind = Kind(name="odd", label=text, shape="square", colour="#123456")
    header.set_document(text, text, (*BUILT_IN_KINDS, kind), {"odd": 3})
    header.resize(1440, header.height())
    header.grab()
    for label in header.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert "\u202e" not in label.text()
    assert "<img" not in button(header, "chip_odd").toolTip()
    assert place(header, button(header, "new_entry")).right() < 1440


def test_enter_in_the_search_asks_for_the_next_match_and_shift_enter_for_the_one_before(header, qtbot):
    steps = []
    header.match_requested.connect(steps.append)
    field = header.findChild(QLineEdit, "search")
    qtbot.keyClicks(field, "troops")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert steps == [1, -1]


def test_a_second_escape_leaves_the_search(header, qtbot):
    left = []
    header.search_left.connect(lambda: left.append(True))
    field = header.findChild(QLineEdit, "search")
    qtbot.keyClicks(field, "troops")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert (field.text(), left) == ("", [])
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert left == [True]
