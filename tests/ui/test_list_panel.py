from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QAbstractButton, QLabel, QMainWindow, QTableView, QWidget

from viewer.domain.records import BUILT_IN_KINDS
from viewer.ui.list_panel import ListPanel, ListRow
from viewer.ui.list_rows import FewEvents
from viewer.ui.theme import theme


class Rows:
    """Answers for any events, and remembers which were asked for, and together with which."""

    def __init__(self):
        self.asked = []

    def __call__(self, events):
        self.asked.append(list(events))
        return {
            event: ListRow(event % 3, f"<b>Event {event}</b>", f"{event} Feb 2025", disputed=event == 2)
            for event in events
        }


class Counted:
    """An order of so many events that hold nothing but their numbers."""

    def __init__(self, size, first_undated):
        self.size, self.first_undated = size, first_undated

    def __len__(self):
        return self.size

    def id_at(self, row):
        return row

    def row_of(self, event):
        return event if 0 <= event < self.size else None

    def ids(self, first, count):
        return np.arange(first, first + count)


def show(panel, ids, first_undated=None, **more):
    panel.set_order(FewEvents(list(ids), first_undated), **more)


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
    show(panel, [1, 2, 3], 3)
    assert words(panel, "list_count") == "3 events"
    show(panel, [1], 1)
    assert words(panel, "list_count") == "1 event"
    show(panel, [1, 2], 2, hidden=3)
    assert words(panel, "list_count") == "2 of 5 events · 3 hidden"


def test_an_empty_list_says_what_to_do(panel):
    show(panel, [], 0)
    assert "New entry" in words(panel, "list_empty")
    show(panel, [], 0, hidden=4)
    assert panel.findChild(QLabel, "list_empty").isVisible()
    assert "Clear the search" in words(panel, "list_empty")


def test_rows_stand_in_order_and_undated_ones_under_a_heading(panel):
    show(panel, [5, 6, 7, 8], 2)
    model = the_list(panel).model()
    said = [model.index(row, 0).data() for row in range(model.rowCount())]
    assert said == ["<b>Event 5</b>", "<b>Event 6</b>", "Undated", "<b>Event 7</b>", "<b>Event 8</b>"]
    show(panel, [5, 6], 2)
    assert the_list(panel).model().rowCount() == 2


def test_a_click_selects_and_a_double_click_edits(panel, qtbot):
    show(panel, [5, 6, 7], 2)
    with qtbot.waitSignal(panel.event_selected) as heard:
        click(qtbot, panel, 1)
    assert heard.args == [6]
    with qtbot.waitSignal(panel.event_activated) as heard:
        click(qtbot, panel, 3, double=True)
    assert heard.args == [7]


def test_the_heading_cannot_be_selected(panel, qtbot):
    show(panel, [5, 6], 1)
    with qtbot.assertNotEmitted(panel.event_selected):
        click(qtbot, panel, 1)


def test_arrows_pass_the_heading_and_enter_edits(panel, qtbot):
    show(panel, [5, 6, 7], 2)
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
    show(panel, range(1000), 1000)
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
    show(panel, [5, 6, 7], 3)
    click(qtbot, panel, 1)
    with qtbot.assertNotEmitted(panel.event_selected):
        show(panel, [6, 7], 1)
    assert the_list(panel).currentIndex().row() == 0
    show(panel, [7], 1)
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
    show(panel, range(10), 10)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    click(qtbot, panel, 4)
    qtbot.keyClick(the_list(panel), Qt.Key.Key_E)
    qtbot.keyClick(the_list(panel), Qt.Key.Key_X)
    assert pressed == ["E"]
    assert the_list(panel).currentIndex().row() == 4


def test_ten_million_rows_are_shown_at_once_and_those_in_sight_are_asked_for_together(panel, rows):
    panel.set_order(Counted(10_000_000, 9_999_000))
    panel.select(9_998_000)
    rows.asked.clear()
    panel.grab()
    assert len(rows.asked) <= 2
    assert sum(map(len, rows.asked)) < 100
    assert any(9_998_000 in asked for asked in rows.asked)


def test_what_a_row_says_is_asked_once_until_it_is_forgotten(panel, rows):
    show(panel, range(1, 11))
    panel.grab()
    rows.asked.clear()
    panel.grab()
    show(panel, range(2, 11))
    panel.grab()
    assert rows.asked == []
    panel.forget_rows({3, 5, 4_000})
    panel.grab()
    assert rows.asked == [[3, 5]]
    panel.forget_rows()
    panel.grab()
    assert rows.asked[1:] == [list(range(2, 11))]


def test_scrolling_through_many_rows_keeps_only_some_of_them(panel, rows):
    panel.set_order(Counted(1_000_000, 1_000_000))
    model = the_list(panel).model()
    for row in range(0, 320_000, 32):
        model.index(row, 0).data()
    rows.asked.clear()
    model.index(0, 0).data()
    assert rows.asked == [list(range(32))]


def test_while_a_search_goes_on_the_first_hits_are_called_so(panel):
    show(panel, [4, 2], hidden=7, searching=True)
    assert words(panel, "list_count") == "The first 2 found · searching…"
    assert the_list(panel).model().rowCount() == 2


def test_a_list_that_waits_says_why(panel):
    show(panel, [1, 2])
    panel.set_waiting("Preparing 6,000 events…")
    assert words(panel, "list_empty") == "Preparing 6,000 events…"
    assert panel.findChild(QLabel, "list_empty").isVisible()
    assert words(panel, "list_count") == ""
    show(panel, [1, 2])
    assert the_list(panel).isVisible()


def test_an_event_that_is_gone_meanwhile_leaves_an_empty_row(dressed, qtbot):
    panel = ListPanel(lambda _events: {})
    qtbot.addWidget(panel)
    panel.resize(280, 300)
    panel.show()
    show(panel, [1])
    panel.grab()
    assert the_list(panel).model().index(0, 0).data() == ""


def test_a_dispute_is_signed(panel):
    show(panel, [1], 1)
    plain = panel.grab().toImage()
    show(panel, [2], 1)
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
    def broken(_events):
        raise LookupError("no such event")

    panel = ListPanel(broken)
    qtbot.addWidget(panel)
    panel.resize(280, 300)
    panel.show()
    show(panel, [1], 1)
    panel.grab()
    assert reported
    assert {str(error) for error in reported} == {"no such event"}
    reported.clear()


def test_a_list_that_waits_is_not_laid_out_anew_with_each_step_of_what_it_waits_for(panel):
    laid_out = []
    panel.findChild(QTableView, "event_list").model().modelReset.connect(lambda: laid_out.append(1))
    for _ in range(3):
        panel.set_waiting("The events are being prepared…")
    assert len(laid_out) == 1
    show(panel, [1])
    panel.set_waiting("The events are being prepared…")
    assert words(panel, "list_empty") == "The events are being prepared…"
    assert panel.findChild(QTableView, "event_list").model().rowCount() == 0
