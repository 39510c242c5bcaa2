"""The program as a screen reader meets it: in a real window, over the bus on which desktops carry such things.

The reader runs on the system's own Python, which has the desktop's libraries; its keys are pressed by xdotool.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from virtual_display import DEADLINE, QUIET, ROOT, missing, needed, running, until, virtual_display

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="a virtual X display needs X11"),
]

PYTHON = "/usr/bin/python3"
READER = Path(__file__).parent / "screen_reader.py"


@pytest.fixture
def desktop(tmp_path):
    """The environment of programs on a virtual display, with a bus of their own."""
    daemon = needed("dbus-daemon")
    if not Path(PYTHON).exists() or subprocess.run([PYTHON, "-c", "import pyatspi"], **QUIET).returncode:
        missing("python3-pyatspi")
    if not Path("/usr/share/dbus-1/services/org.a11y.Bus.service").exists():
        missing("at-spi2-core")
    read, write = os.pipe()
    bus = [daemon, "--session", "--nofork", f"--print-address={write}"]
    with virtual_display(tmp_path) as environment, running(bus, env=environment, pass_fds=[write], **QUIET):
        os.close(write)
        with os.fdopen(read) as told:
            address = told.readline().strip()
        assert address, "the bus did not start"
        yield {
            **environment,
            "DBUS_SESSION_BUS_ADDRESS": address,
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }


class Reader:
    """A user who hears the program and has its keyboard."""

    def __init__(self, environment):
        self._environment = {key: value for key, value in environment.items() if key != "PYTHONPATH"}

    def asks(self, *words):
        """What the reader is told; None while there is nothing."""
        command = [PYTHON, str(READER), *map(str, words)]
        ran = subprocess.run(command, env=self._environment, capture_output=True, text=True, timeout=DEADLINE)
        return json.loads(ran.stdout) if ran.returncode == 0 and ran.stdout else None

    def press(self, *keys):
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], env=self._environment, check=True)

    def type(self, text):
        command = ["xdotool", "type", "--clearmodifiers", "--delay", "20", text]
        subprocess.run(command, env=self._environment, check=True)

    @contextmanager
    def listening(self):
        """A function that returns all that was heard since the block began."""
        output = Path(self._environment["HOME"]) / "heard"
        with output.open("w") as heard:
            command = [PYTHON, str(READER), "listen"]
            with running(command, env=self._environment, stdout=heard, stderr=subprocess.DEVNULL):

                def told():
                    return [json.loads(line) for line in output.read_text().splitlines(keepends=True)]

                until(told, "the reader")
                yield told


@contextmanager
def opened(path, environment):
    """A reader at the window of a document, once the timeline can be walked through."""
    command = [sys.executable, "-m", "viewer", "open", str(path), "--size", "1280x800"]
    with running(command, env=environment, cwd=ROOT) as process:
        reader = Reader(environment)
        until(lambda: reader.asks("walk", 1), "the timeline")
        yield reader
        assert process.poll() is None, "the program ended while it was read"


def all_in(told):
    """All that is told of in a tree."""
    return [told, *(each for child in told["children"] for each in all_in(child))]


def focused(heard):
    """The names of what the keyboard came to."""
    return [each["name"] for each in heard if each["what"].endswith("focused") and each["detail"]]


def announced(heard):
    """What was said."""
    return [each["data"] for each in heard if each["what"].endswith("announcement")]


def test_a_reader_walks_through_the_timeline(desktop, made):
    with opened(made, desktop) as reader, reader.listening() as heard:
        told = reader.asks("walk", 16)
        assert (told["role"], told["name"], told["count"]) == ("list", "Timeline, 16 events", 16)
        first = told["items"][0]
        assert first["role"] == "list item"
        assert first["name"].startswith("Deployment, some day in August 2024, ")
        assert [item["index"] for item in told["items"]] == [*range(16)]
        assert all(item["place"][2] > 0 for item in told["items"])  # all of them are drawn
        assert told["selected"] == []
        # The keyboard is on the timeline from the start.
        reader.press("Right")
        until(lambda: [name for name in focused(heard()) if "2025" in name], "the event beside the middle")
        reader.press("period")
        until(lambda: len({*focused(heard())}) > 1, "the next event")
        now = reader.asks("walk", 16)
        assert now["selected"] == [focused(heard())[-1]]
        chosen = [item["name"] for item in now["items"] if "selected" in item["states"]]
        assert chosen == now["selected"]


def test_a_reader_presses_an_event_hears_what_was_found_and_fills_in_a_form(desktop, made):
    with opened(made, desktop) as reader, reader.listening() as heard:
        wanted = reader.asks("walk", 3)["items"][2]
        reader.asks("press", 2)
        until(lambda: reader.asks("walk", 1)["selected"] == [wanted["name"]], "the event that was pressed")
        title = wanted["name"].rpartition(": ")[2]
        labels = [each["name"] for each in all_in(reader.asks("tree")) if "showing" in each["states"]]
        assert labels.count(title) > 0  # in the inspector
        reader.press("ctrl+f")
        reader.type("korean")
        until(lambda: any(" of 16 events" in words for words in announced(heard())), "how many were found")
        until(lambda: reader.asks("walk", 0)["count"] < 16, "fewer events")
        reader.press("Escape")
        until(lambda: announced(heard())[-1] == "16 events", "that all are shown again")
        reader.press("ctrl+1")
        until(lambda: "What happened" in focused(heard()), "the form")
        reader.type("Heard")
        reader.press("ctrl+Return")
        until(lambda: reader.asks("walk", 0)["count"] == 17, "the new event")
        reader.press("ctrl+z")
        until(lambda: any(words.startswith("Undone: ") for words in announced(heard())), "the undo")
