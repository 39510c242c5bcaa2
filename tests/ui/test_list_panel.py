from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QMainWindow, QTableView, QWidget

from viewer.domain.records import BUILT_IN_KINDS
from viewer.ui.list_panel import ListPanel, ListRow
from viewer.ui.theme import theme


class Rows:
    """Answers for any event, and remembers which were asked for."""

    def __init__(self):
        self.asked = set()

    def __call__(self, event):
        self.asked.add(event)
        return ListRow(event % 3, f"<b>Event {event}</b>", f"{event} Feb 2025", disputed=event == 2)


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def panel(dressed, qtbot, rows):
    widget = ListPanel(rows)
    qtbot.addWidget(widget)
    widget.set_kinds(BUILT_IN_KINDS)
    widget.resize(280, 500)
    widget.show()
    return widget


def the_list(panel):
    return panel.findChild(QTableView, "event_list")


def click(qtbot, panel, row, double=False):
    view = the_list(panel)
    at = view.visualRect(view.model().index(row, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    if double:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


def words(panel, name):
    return panel.findChild(QLabel, name).text()


def test_the_count_says_what_is_hidden(panel):
    panel.set_ids([1, 2, 3], 3)
    assert words(panel, "list_count") == "3 events"
    panel.set_ids([1], 1)
    assert words(panel, "list_count") == "1 event"
    panel.set_ids([1, 2], 2, hidden=3)
    assert words(panel, "list_count") == "2 of 5 events · 3 hidden"


def test_an_empty_list_says_what_to_do(panel):
    panel.set_ids([], 0)
    assert "New entry" in words(panel, "list_empty")
    panel.set_ids([], 0, hidden=4)
    assert panel.findChild(QLabel, "list_empty").isVisible()
    assert "Clear the search" in words(panel, "list_empty")


def test_rows_stand_in_order_and_undated_ones_under_a_heading(panel):
    panel.set_ids([5, 6, 7, 8], 2)
    model = the_list(panel).model()
    said = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert said == ["<b>Event 5</b>", "<b>Event 6</b>", "Undated", "<b>Event 7</b>", "<b>Event 8</b>"]
    panel.set_ids([5, 6], 2)
    assert the_list(panel).model().rowCount() == 2


def test_a_click_selects_and_a_double_click_edits(panel, qtbot):
    panel.set_ids([5, 6, 7], 2)
    with qtbot.waitSignal(panel.event_selected) as heard:
        click(qtbot, panel, 1)
    assert heard.args == [6]
    with qtbot.waitSignal(panel.event_activated) as heard:
        click(qtbot, panel, 3, double=True)
    assert heard.args == [7]


def test_the_heading_cannot_be_selected(panel, qtbot):
    panel.set_ids([5, 6], 1)
    with qtbot.assertNotEmitted(panel.event_selected):
        click(qtbot, panel, 1)


def test_arrows_pass_the_heading_and_enter_edits(panel, qtbot):
    panel.set_ids([5, 6, 7], 2)
    chosen = []
    panel.event_selected.connect(chosen.append)
    click(qtbot, panel, 0)
    qtbot.keyClick(the_list(panel), Qt.Key.Key_Down)
    qtbot.keyClick(the_list(panel), Qt.Key.Key_Down)
    qtbot.keyClick(the_list(panel), Qt.Key.Key_Up)
    assert chosen == [5, 6, 7, 6]
    with qtbot.waitSignal(panel.event_activated) as heard:
        qtbot.keyClick(the_list(panel), Qt.Key.Key_Return)
    assert heard.args == [6]


def test_selecting_from_outside_says_nothing_and_shows_the_row(panel, qtbot):
    panel.set_ids(range(1000), 1000)
    with qtbot.assertNotEmitted(panel.event_selected):
        panel.select(900)
    view = the_list(panel)
    assert view.currentIndex().row() == 900
    assert view.viewport().rect().contains(view.visualRect(view.currentIndex()))
    panel.select(None)
    assert not view.selectionModel().hasSelection()
    panel.select(5000)
    assert not view.selectionModel().hasSelection()


def test_the_selection_survives_another_filter(panel, qtbot):
    panel.set_ids([5, 6, 7], 3)
    click(qtbot, panel, 1)
    with qtbot.assertNotEmitted(panel.event_selected):
        panel.set_ids([6, 7], 1)
    assert the_list(panel).currentIndex().row() == 0
    panel.set_ids([7], 1)
    assert not the_list(panel).selectionModel().hasSelection()


def test_letters_are_left_to_the_window(dressed, qtbot, rows):
    window, pressed = QMainWindow(), []
    panel = ListPanel(rows)
    window.setCentralWidget(panel)
    qtbot.addWidget(window)
    action = QAction("Edit", window)
    action.setShortcut("E")
    action.triggered.connect(lambda: pressed.append("E"))
    window.addAction(action)
    panel.set_ids(range(10), 10)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    click(qtbot, panel, 4)
    qtbot.keyClick(the_list(panel), Qt.Key.Key_E)
    qtbot.keyClick(the_list(panel), Qt.Key.Key_X)
    assert pressed == ["E"]
    assert the_list(panel).currentIndex().row() == 4


def test_a_million_rows_are_shown_at_once_and_few_are_asked_for(panel, rows):
    ids = list(range(1_000_000))
    rows.asked.clear()
    started = time.monotonic()
    panel.set_ids(ids, 999_000)
    panel.select(998_000)
    panel.grab()
    assert time.monotonic() - started < 1
    assert len(rows.asked) < 50


def test_a_dispute_is_signed(panel):
    panel.set_ids([1], 1)
    plain = panel.grab().toImage()
    panel.set_ids([2], 1)
    assert amber(panel.grab().toImage()) > amber(plain) == 0


def amber(picture):
    ground = theme().colour("warning_ground")
    places = ((x, y) for x in range(picture.width()) for y in range(picture.height()))
    return sum(picture.pixelColor(x, y) == ground for x, y in places)


def test_sources_that_mention_the_search_are_named(panel, qtbot):
    hits = panel.findChild(QWidget, "source_hits")
    assert not hits.isVisible()
    panel.set_source_hits([("s1", "R&D <b>paper</b>")])
    assert [label.text() for label in hits.findChildren(QLabel)] == ["Also in the text of 1 source"]
    with qtbot.waitSignal(panel.source_chosen) as heard:
        qtbot.mouseClick(panel.findChild(QAbstractButton, "source_hit_0"), Qt.MouseButton.LeftButton)
    assert heard.args == ["s1"]
    panel.set_source_hits([("s1", "One"), ("s2", "x" * 1_000_000)])
    qtbot.wait(1)
    shown = [label.text() for label in hits.findChildren(QLabel) if label.isVisible()]
    assert shown == ["Also in the text of 2 sources"]
    wide = panel.findChild(QAbstractButton, "source_hit_1")
    assert wide.mapTo(panel, QPoint(wide.width(), 0)).x() <= panel.width()
    panel.set_source_hits([])
    assert not hits.isVisible()


def test_a_row_that_fails_is_reported_and_the_list_lives(dressed, qtbot, reported):
    def broken(_event):
        raise LookupError("no such event")

    panel = ListPanel(broken)
    qtbot.addWidget(panel)
    panel.resize(280, 300)
    panel.show()
    panel.set_ids([1], 1)
    panel.grab()
    assert reported
    assert {str(error) for error in reported} == {"no such event"}
    reported.clear()
