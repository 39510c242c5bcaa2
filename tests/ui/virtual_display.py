"""Programs on a virtual X display, each in a process of its own: what such tests share."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DEADLINE = 30.0
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def until(ask, what):
    """Ask again and again until the answer is yes; return it."""
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end:
        answer = ask()
        if answer:
            return answer
        time.sleep(0.05)  # between two questions; nothing relies on its length
    raise AssertionError(f"waited {DEADLINE:.0f} s for {what}")


def missing(what):
    """Fail where CI says that it must be there, and skip the test elsewhere."""
    if os.environ.get("DATELINE_REQUIRE_XVFB") == "1":
        pytest.fail(f"{what} is required here and not installed")
    pytest.skip(f"{what} is not installed")


def needed(program):
    """The path of a program; without it the test fails where CI says so, and else is skipped."""
    return shutil.which(program) or missing(program)


@contextmanager
def running(command, **options):
    """A process that is ended with the block, unless it ended itself."""
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def virtual_display(home):
    """The environment of programs on a virtual display with a window manager, where there is one."""
    program, _ = needed("Xvfb"), needed("xdotool")
    read, write = os.pipe()
    screen = [program, "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-nolisten", "tcp"]
    with running(screen, pass_fds=[write], **QUIET):
        os.close(write)
        with os.fdopen(read) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        environment = {
            **os.environ,
            "DISPLAY": f":{number}",
            "QT_QPA_PLATFORM": "xcb",
            "QT_SCALE_FACTOR": "1",
            "QT_FONT_DPI": "96",
            "HOME": str(home),
            "DATELINE_HOME": str(home / "real"),
            "PYTHONPATH": str(ROOT),
        }
        environment.pop("WAYLAND_DISPLAY", None)
        manager = shutil.which("openbox")
        if manager is None:
            yield environment
        else:
            with running([manager], env=environment, **QUIET):
                yield environment
