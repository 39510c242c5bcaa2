from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QVBoxLayout, QWidget

from viewer.ui.elided import ElidedLabel
from viewer.ui.notice import NoticeBar
from viewer.ui.statusline import StatusLine


@pytest.fixture
def bar(dressed, qtbot):
    window = QWidget()
    bar = NoticeBar()
    QVBoxLayout(window).addWidget(bar)
    qtbot.addWidget(window)
    window.resize(900, 120)
    window.show()
    yield bar
    window.close()


def press(qtbot, bar, name):
    qtbot.mouseClick(bar.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def test_a_notice_shows_its_words_and_calls_what_was_chosen(bar, qtbot):
    chosen = []
    assert not bar.isVisible()
    actions = [("Continue", lambda: chosen.append("on")), ("Discard", lambda: chosen.append("off"))]
    bar.show_notice("An unfinished deployment was kept.", actions)
    assert bar.findChild(QLabel, "notice_text").text() == "An unfinished deployment was kept."
    press(qtbot, bar, "notice_action_1")
    assert chosen == ["off"]
    assert not bar.isVisible()


def test_an_action_may_bring_the_next_notice(bar, qtbot):
    bar.show_notice("First", [("Try again", lambda: bar.show_notice("Second"))])
    press(qtbot, bar, "notice_action_0")
    assert bar.isVisible()
    assert bar.findChild(QLabel, "notice_text").text() == "Second"
    press(qtbot, bar, "notice_close")
    assert not bar.isVisible()


def test_a_notice_is_plain_text(bar, qtbot):
    bar.show_notice("<b>x</b> R&D \u202e", [("R&D", lambda: None)])
    label = bar.findChild(QLabel, "notice_text")
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<b>x</b> R&D \ufffd"
    assert bar.findChild(QAbstractButton, "notice_action_0").text() == "R&&D"


def status(qtbot, width=1440):
    line = StatusLine()
    qtbot.addWidget(line)
    line.resize(width, line.height())
    line.show()
    return line


def said(line, name):
    return line.findChild(ElidedLabel, name).full_text()


def test_the_status_says_what_is_shown_and_what_is_hidden(dressed, qtbot):
    line = status(qtbot)
    line.set_counts(16, 0, 8)
    assert said(line, "status_shown") == "16 events · all shown · 8 undated"
    line.set_counts(16, 12, 8, by=["search"])
    assert said(line, "status_shown") == "16 events · 12 hidden by the search · 8 undated"
    line.set_counts(1, 1, 0, by=["kinds"])
    assert said(line, "status_shown") == "1 event · 1 hidden by the kinds"
    line.set_counts(3, 2, 0, by=["search", "kinds"])
    assert said(line, "status_shown") == "3 events · 2 hidden by search and kinds"
    line.set_counts(3, 0, 0)
    for what in ("claims", "rivals"):
        line.set_doing(what, "Weighing claims…")
    line.set_doing("search", "Searching…")
    assert said(line, "status_shown") == "3 events · all shown · Weighing claims… · Searching…"
    for what in ("claims", "rivals", "search"):
        line.set_doing(what)
    assert said(line, "status_shown") == "3 events · all shown"
    line.set_period("Oct 2024 – Mar 2025")
    assert said(line, "status_period") == "Oct 2024 – Mar 2025"


def test_the_time_of_saving_is_that_of_the_user(dressed, qtbot, monkeypatch):
    monkeypatch.setenv("TZ", "UTC-2")
    time.tzset()
    line = status(qtbot)
    line.set_saved(1_795_341_840)
    assert said(line, "status_saved") == "Saved · 22 Nov 2026 12:04"
    monkeypatch.undo()
    time.tzset()
    line.set_saved(None)
    assert said(line, "status_saved") == "Saved"


def test_a_problem_is_said_in_amber_and_goes_away(dressed, qtbot):
    line = status(qtbot)
    line.set_problem("Not saved: the disk is full")
    assert said(line, "status_saved") == "Not saved: the disk is full"
    assert line.findChild(QLabel, "status_saved").property("role") == "problem"
    line.set_saved(0)
    assert line.findChild(QLabel, "status_saved").property("role") == "small"
