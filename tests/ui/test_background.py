"""Work beside the window: it answers in the window's thread, can be cancelled, and never outlives the window."""

from __future__ import annotations

import sys
import threading
import time

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from viewer.ui.background import Background


class Heard(QObject):
    def __init__(self):
        super().__init__()
        self.values, self.errors, self.threads = [], [], []

    def done(self, value):
        self.values.append(value)
        self.threads.append(threading.current_thread())

    def failed(self, error):
        self.errors.append(error)


@pytest.fixture
def heard(qapp):
    return Heard()


def test_the_answer_comes_in_the_thread_of_the_window(qtbot, heard):
    background = Background(heard)
    background.start(lambda _cancelled: threading.current_thread(), heard.done, heard.failed)
    qtbot.waitUntil(lambda: len(heard.values) == 1)
    assert heard.threads == [threading.main_thread()]
    assert heard.values[0] is not threading.main_thread()


def test_what_the_work_raises_is_told(qtbot, heard):
    Background(heard).start(lambda _cancelled: 1 // 0, heard.done, heard.failed)
    qtbot.waitUntil(lambda: len(heard.errors) == 1)
    assert isinstance(heard.errors[0], ZeroDivisionError)


def test_what_nobody_expects_is_reported_and_an_exit_is_no_way_out(qtbot, heard, reported):
    background = Background(heard)

    def leave(_cancelled):
        raise SystemExit(3)

    background.start(lambda _cancelled: 1 // 0, heard.done)
    background.start(leave, heard.done, heard.failed)
    qtbot.waitUntil(lambda: len(heard.errors) == 1 and len(reported) == 1)
    assert isinstance(reported.pop(), ZeroDivisionError)
    assert isinstance(heard.errors[0], SystemExit)


def test_cancelled_work_tells_nobody(qtbot, heard):
    background = Background(heard)
    began, ended = threading.Event(), threading.Event()

    def work(cancelled):
        began.set()
        cancelled.wait(10)
        ended.set()
        return "late"

    task = background.start(work, heard.done, heard.failed)
    assert began.wait(5)
    task.cancel()
    assert ended.wait(5)
    assert background.stop()
    QApplication.processEvents()
    assert (heard.values, heard.errors) == ([], [])


def test_stopping_waits_for_all_work_and_no_longer_than_two_seconds(heard):
    background = Background(heard)
    for _ in range(4):
        background.start(lambda cancelled: cancelled.wait(10), heard.done)
    began = time.monotonic()
    assert background.stop()
    assert time.monotonic() - began < 1


def test_work_that_does_not_listen_is_reported(heard):
    background = Background(heard)
    began, gate = threading.Event(), threading.Event()

    def work(_cancelled):
        began.set()
        gate.wait(10)

    background.start(work, heard.done)
    assert began.wait(5)
    assert not background.stop()
    gate.set()
    assert background.stop()


def test_two_hundred_windows_closed_while_they_work(qapp, heard):
    for _ in range(200):
        window = QWidget()
        background = Background(window)
        for _ in range(4):
            background.start(lambda cancelled: cancelled.wait(5), heard.done, heard.failed)
        assert background.stop()
        window.deleteLater()
        del window, background
        QApplication.processEvents()
    assert (heard.values, heard.errors) == ([], [])


def test_a_worker_that_never_rests_gives_the_window_its_turn_soon(heard):
    Background(heard)
    assert sys.getswitchinterval() <= 0.001
