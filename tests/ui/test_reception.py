"""The running Dateline shows what later starts ask for; whatever else is sent to it does nothing."""

from __future__ import annotations

import json
import os
import socket
import tempfile
import threading
from pathlib import Path

import pytest
from hands import main_windows
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from viewer.document import Document
from viewer.folders import config_folder
from viewer.instance import LARGEST, hand_over
from viewer.ui.reception import Reception
from viewer.ui.settings import Settings
from viewer.ui.windows import Windows

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no such sockets here")


@pytest.fixture
def home(monkeypatch):
    """A home whose path leaves room for the address of a socket, and a display."""
    with tempfile.TemporaryDirectory(prefix="dl") as folder:
        monkeypatch.setenv("DATELINE_HOME", folder)
        monkeypatch.setenv("DISPLAY", ":77")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        yield Path(folder)


@pytest.fixture
def reception(dressed, home):
    """An open reception."""
    parent = QObject()
    opened_ = Reception(parent)
    assert opened_.open()
    yield opened_
    opened_.close()


def address(home):
    return str(home / "data" / "running" / "-77.socket")


def later(qtbot, file):
    """Start a second time, and return whether that one was done for."""
    answers = []
    thread = threading.Thread(target=lambda: answers.append(hand_over(file)))
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive())
    return answers[0]


def say(qtbot, home, message):
    """Send bytes and hear what comes back until the line is closed."""
    heard = []

    def talk():
        with socket.socket(socket.AF_UNIX) as line:
            line.connect(address(home))
            try:
                line.sendall(message)
                line.shutdown(socket.SHUT_WR)
                heard.append(line.recv(100))
            except OSError:
                heard.append(b"")

    thread = threading.Thread(target=talk)
    thread.start()
    qtbot.waitUntil(lambda: not thread.is_alive())
    return heard[0]


def test_a_later_start_is_answered_and_its_file_named(reception, qtbot, tmp_path):
    asked = []
    reception.asked.connect(asked.append)
    assert later(qtbot, tmp_path / "k.dateline")
    assert later(qtbot, None)
    assert asked == [tmp_path / "k.dateline", None]


def test_one_that_gave_up_is_not_served_as_well(reception, qtbot, home):
    """It shows a window of its own: a second one here would be too much."""
    asked = []
    reception.asked.connect(asked.append)
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(address(home))
        line.sendall(json.dumps({"form": 1, "file": "/k.dateline"}).encode())
    assert later(qtbot, None)
    assert asked == [None]


@pytest.mark.parametrize(
    "message",
    [b"", b"\xff" * 100, b"{}", b"[" * 50_000, b'{"form": 1, "file": "k"}', b"x" * (LARGEST + 1), b"y" * 1_000_000],
    ids=["empty", "bytes", "object", "deep", "relative", "large", "huge"],
)  # fmt: skip
def test_other_messages_are_not_answered_and_do_nothing(reception, qtbot, home, message):
    asked = []
    reception.asked.connect(asked.append)
    assert say(qtbot, home, message) == b""
    assert asked == []
    assert later(qtbot, None)


@settings(max_examples=50)
@given(message=st.binary(max_size=200))
def test_any_bytes_do_nothing(reception, qtbot, home, message):
    asked = []
    reception.asked.connect(asked.append)
    assert say(qtbot, home, message) == b""
    assert asked == []
    reception.asked.disconnect(asked.append)


def test_callers_who_say_nothing_do_not_keep_others_out(reception, qtbot, home):
    silent = [socket.socket(socket.AF_UNIX) for _ in range(20)]
    for line in silent[:8]:
        line.connect(address(home))
    # Those who are silent are sent away after a while.
    qtbot.waitUntil(lambda: later(qtbot, None), timeout=10_000)
    for line in silent:
        line.close()


def test_when_it_is_closed_the_next_may_open(reception, qtbot):
    second = Reception(reception)
    assert not second.open()
    reception.close()
    assert second.open()
    assert later(qtbot, None)
    second.close()


@pytest.fixture
def running(start, kursk):
    """A running Dateline that shows a document; its windows are closed with the test."""
    windows = Windows(Settings(config_folder() / "settings.json"))
    windows.open(kursk).show()
    return windows


def documents():
    return sorted(window.workspace.document.path for window in main_windows() if window.workspace is not None)


def test_a_document_that_is_open_comes_forward(running, kursk, qtbot):
    first = main_windows()[0]
    running.welcome().show()
    running.answer(kursk)
    qtbot.waitUntil(first.isActiveWindow)
    assert documents() == [kursk]


def test_another_document_gets_a_window_of_its_own(running, kursk, tmp_path):
    other = Document.create(tmp_path / "other.dateline")
    other.close()
    running.answer(other.path)
    assert documents() == sorted([kursk, other.path])


def test_without_a_file_no_window_is_added(running, qtbot):
    first = main_windows()[0]
    first.showMinimized()
    running.answer(None)
    qtbot.waitUntil(lambda: not first.isMinimized())
    assert main_windows() == [first]


def test_what_cannot_be_opened_is_said_in_a_window(running, kursk, tmp_path):
    running.answer(tmp_path / "gone.dateline")
    assert documents() == [kursk]
    notice = main_windows()[0].workspace.notice
    assert not notice.isHidden()
