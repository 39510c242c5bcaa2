"""The main job in a real window: a process of its own on a virtual X display, driven from outside by xdotool.

Where a mark lies is asked of a twin without a screen, of the same size and on a copy of the same document; what
the real window shows is read from its clipboard, and what it saved with the command line.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from hands import CTRL, main_windows
from PySide6.QtCore import QPoint, Qt
from virtual_display import DEADLINE, ROOT, until, virtual_display

from viewer.document import Document

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a virtual X display needs X11"),
]

TITLE = "Sappers seen at the crossing"

READ_CLIPBOARD = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
sys.stdout.buffer.write(application.clipboard().text().encode())
"""


@pytest.fixture
def display(tmp_path):
    """The environment of programs on a virtual display."""
    with virtual_display(tmp_path) as environment:
        yield environment


class RealWindow:
    """A window of a process of its own, and a hand outside of both."""

    def __init__(self, path, environment):
        self._environment = environment
        command = [sys.executable, "-m", "viewer", "open", str(path), "--size", "1280x800"]
        self.process = subprocess.Popen(command, env=environment, cwd=ROOT)
        self._window = until(self._found, "the window")
        until(lambda: self._size() == (1280, 800), "its size")
        until(self._activated, "the keyboard")

    def click(self, place, times=1):
        self._hand(
            "mousemove",
            "--sync",
            "--window",
            self._window,
            place.x(),
            place.y(),
            "click",
            "--repeat",
            times,
            1,
        )

    def key(self, *keys):
        self._hand("key", "--clearmodifiers", *keys)

    def type(self, text):
        self._hand("type", "--clearmodifiers", "--delay", 20, text)

    def copied_from(self, place):
        """What stands there, all of it, by way of the clipboard."""
        self.click(place)
        self.key("ctrl+a", "ctrl+c")
        reading = [sys.executable, "-c", READ_CLIPBOARD]
        return subprocess.run(reading, env=self._environment, capture_output=True, check=True).stdout.decode()

    def close(self):
        """Close the window as its frame does, or without a frame by its menu; return the exit code."""
        self.key("alt+F4" if shutil.which("openbox") else "ctrl+w")
        return self.process.wait(DEADLINE)

    def found(self, name):
        """The windows to be seen whose name matches."""
        return self._hand("search", "--onlyvisible", "--name", name, check=False).split()

    def has_keyboard(self):
        return self._hand("getwindowfocus", check=False).strip() == self._window

    def _found(self):
        assert self.process.poll() is None, "the program ended before its window came"
        found = self.found(" — Dateline$")
        return found[0] if found else ""

    def _size(self):
        told = self._hand("getwindowgeometry", "--shell", self._window).split()
        values = dict(line.split("=") for line in told)
        return int(values["WIDTH"]), int(values["HEIGHT"])

    def _activated(self):
        self._hand("windowfocus", self._window, check=False)
        return self.has_keyboard()

    def _hand(self, *words, check=True):
        command = ["xdotool", *map(str, words)]
        return subprocess.run(
            command, env=self._environment, capture_output=True, text=True, check=check, timeout=DEADLINE
        ).stdout


@contextmanager
def opened(path, environment):
    """The window of a document; whatever is left of it is ended with the block."""
    window = RealWindow(path, environment)
    try:
        yield window
    finally:
        if window.process.poll() is None:
            window.process.terminate()
            window.process.wait(10)


@pytest.fixture
def start_twin(start, kursk, tmp_path):
    """Start the same program without a screen, on a copy of the document as it is now."""

    def started():
        for window in main_windows():
            window.close()
        copy = tmp_path / "twin" / kursk.name
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(kursk, copy)
        return start(copy)

    return started


def mark_in(twin, event):
    """Where the mark of an event lies in the window."""
    twin.settle()
    return twin.timeline.mapTo(twin.window, twin.timeline.rectangle_of(event).center())


def text_in(twin, name):
    """Where the text of a widget begins in the window."""
    return twin.find(name).mapTo(twin.window, QPoint(6, 6))


def titles(path, environment):
    """The titles that the command line finds in the document."""
    command = [sys.executable, "-m", "viewer", "list", str(path), "--json"]
    listed = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, check=True).stdout
    return [event["title"] for event in json.loads(listed)["events"]]


def test_the_main_job_in_a_real_window(display, kursk, start_twin):
    twin = start_twin()
    event = next(
        event
        for event in twin.window.workspace.document.store.events()
        if event.when is not None and event.claims[0].quote
    )
    quote = event.claims[0].quote
    with opened(kursk, display) as window:
        # Click a mark, read its quote.
        twin.click_mark(event.id)
        window.click(mark_in(twin, event.id))
        place = text_in(twin, "claim_0_quote")
        until(lambda: quote in window.copied_from(place), "the quote in the inspector")
        # Add a deployment with the form.
        window.key("ctrl+1")
        window.type(TITLE)
        window.key("Tab")
        window.type("Feb 2025")
        window.key("ctrl+Return")
        twin.press(Qt.Key.Key_1, CTRL)
        twin.type(TITLE)
        twin.press(Qt.Key.Key_Tab)
        twin.type("Feb 2025")
        twin.press(Qt.Key.Key_Return, CTRL)
        until(lambda: TITLE in titles(kursk, display), "the new deployment in the file")
        # See it on the timeline.
        ours = twin.id_of(TITLE)
        twin.click_mark(event.id)
        window.click(mark_in(twin, event.id))
        place = text_in(twin, "inspector_title")
        until(lambda: window.copied_from(place) == event.title, "the other event in the inspector")
        twin.click_mark(ours)
        window.click(mark_in(twin, ours))
        place = text_in(twin, "inspector_title")
        until(lambda: window.copied_from(place) == TITLE, "the new event in the inspector")
        # Undo and redo.
        window.key("ctrl+z")
        until(lambda: TITLE not in titles(kursk, display), "the undo")
        window.key("ctrl+y")
        until(lambda: TITLE in titles(kursk, display), "the redo")
        assert window.close() == 0
    # Tomorrow it is there, and undo still works.
    twin = start_twin()
    ours = twin.id_of(TITLE)
    with opened(kursk, display) as window:
        twin.click_mark(ours)
        window.click(mark_in(twin, ours))
        place = text_in(twin, "inspector_title")
        until(lambda: window.copied_from(place) == TITLE, "the event after a restart")
        window.key("ctrl+z")
        until(lambda: TITLE not in titles(kursk, display), "the undo after a restart")
        assert window.close() == 0
    assert sorted([*titles(kursk, display), TITLE]) == sorted(
        titles(twin.window.workspace.document.path, display)
    )


def test_a_double_click_in_a_real_window_edits(display, kursk, start_twin):
    twin = start_twin()
    event = next(event for event in twin.window.workspace.document.store.events() if event.when is not None)
    with opened(kursk, display) as window:
        window.click(mark_in(twin, event.id), times=2)
        window.key("ctrl+a")
        window.type("Renamed by a real hand")
        window.key("ctrl+Return")
        until(lambda: "Renamed by a real hand" in titles(kursk, display), "the new title in the file")
        assert event.title not in titles(kursk, display)
        assert window.close() == 0


def test_a_later_start_has_the_running_program_show_its_file(display, kursk, tmp_path):
    other = Document.create(tmp_path / "other.dateline")
    other.close()
    with tempfile.TemporaryDirectory(prefix="dl") as home:  # short: it has to hold the address of a socket
        environment = {**display, "DATELINE_HOME": home}
        with opened(kursk, environment) as window:
            until(lambda: list(Path(home).glob("data/running/*.socket")), "the program to listen")
            later = [sys.executable, "-m", "viewer"]

            def started(*arguments):
                command = [*later, *map(str, arguments)]
                return subprocess.run(command, env=environment, cwd=ROOT, timeout=DEADLINE).returncode

            def shown(path):
                return window.found(f"{path.name} — Dateline$")

            assert started(other.path) == 0
            until(lambda: len(shown(other.path)) == 1, "the other document")
            assert started(kursk) == 0
            until(lambda: window.has_keyboard(), "the first document in front")
            assert len(shown(kursk)) == 1
            assert window.process.poll() is None
