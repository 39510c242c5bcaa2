"""Questions beside the window: the newest counts, its answer is kept, and a part of it may come before."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from viewer.ui.asking import Asking
from viewer.ui.background import Background


@pytest.fixture
def asking(qapp):
    owner = QObject()
    background = Background(owner)
    yield Asking(background, owner)
    assert background.stop()


def test_a_quick_question_is_answered_at_once_and_asked_once(asking):
    asked = []
    for _ in range(2):
        assert asking.ask("how many", lambda _c, _t: asked.append(1) or 7, beside=False)
        assert asking.answer == 7
    assert asked == [1]


def test_a_long_one_is_answered_later_and_kept(asking, qtbot):
    with qtbot.waitSignal(asking.answered):
        assert not asking.ask("q", lambda _c, _t: threading.current_thread(), beside=True)
        assert asking.is_waiting
    assert asking.answer is not threading.main_thread()
    assert asking.ask("q", lambda _c, _t: pytest.fail("asked again"), beside=True)


def test_the_newest_question_counts(asking, qtbot):
    gate, parts = threading.Event(), []
    asking.partly.connect(parts.append)

    def slow(cancelled, tell):
        while not cancelled():
            gate.wait(0.01)
        tell("late")
        return "old"

    assert not asking.ask("old", slow, beside=True)
    with qtbot.waitSignal(asking.answered):
        assert not asking.ask("new", lambda _c, _t: "new", beside=True)
    QApplication.processEvents()
    assert (asking.answer, parts) == ("new", [])


def test_a_part_of_the_answer_may_come_before_it(asking, qtbot):
    gate = threading.Event()

    def work(_cancelled, tell):
        tell([1, 2])
        gate.wait(10)
        return [1, 2, 3]

    with qtbot.waitSignal(asking.partly) as heard:
        asking.ask("q", work, beside=True)
    assert heard.args == [[1, 2]]
    with qtbot.waitSignal(asking.answered):
        gate.set()
    assert asking.answer == [1, 2, 3]


def test_a_failure_is_told_and_the_question_may_be_asked_again(asking, qtbot):
    with qtbot.waitSignal(asking.failed) as heard:
        asking.ask("q", lambda _c, _t: 1 // 0, beside=True)
    assert isinstance(heard.args[0], ZeroDivisionError)
    with qtbot.waitSignal(asking.answered):
        assert not asking.ask("q", lambda _c, _t: 5, beside=True)


def test_an_answer_can_be_amended_and_no_question_has_none(asking):
    assert asking.ask("q", lambda _c, _t: [1], beside=False)
    assert asking.amend(lambda found: [*found, 2])
    assert asking.answer == [1, 2]
    assert asking.ask(None, lambda _c, _t: pytest.fail("asked"), beside=True)
    assert asking.answer is None
