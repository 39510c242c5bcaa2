"""A real browser for tests: Chromium without a window, driven over a pair of pipes. Nothing is downloaded."""

from __future__ import annotations

import base64
import contextlib
import fcntl
import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_ARGUMENTS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--remote-debugging-pipe",
    "--no-first-run", "--disable-extensions", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--hide-scrollbars", "--force-color-profile=srgb",
)  # fmt: skip
_PATIENCE = 60.0
# Chromium reads commands from its descriptor 3 and answers on 4, which only the process that becomes it can set.
_TRAMPOLINE = "import os, sys; os.dup2({0}, 3); os.dup2({1}, 4); os.execv(sys.argv[1], sys.argv[1:])"
_KEYS = {
    "Enter": ("\r", 13), "Escape": (None, 27), "Home": (None, 36), "End": (None, 35), "ArrowLeft": (None, 37),
    "ArrowUp": (None, 38), "ArrowRight": (None, 39), "ArrowDown": (None, 40),
}  # fmt: skip


def chromium_path():
    """The browser on this machine; without one, tests that need it are skipped unless it is required."""
    return _needed("Chromium", _NAMES)


def words_of_pdf(path):
    """What can be read in a PDF; its pages end in form feeds."""
    reader = _needed("pdftotext (poppler-utils)", ("pdftotext",))
    return subprocess.run([reader, "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


def _needed(what, names):
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None and os.environ.get("DATELINE_REQUIRE_CHROMIUM"):
        pytest.fail(f"{what} is required here and is not installed")
    if found is None:
        pytest.skip(f"{what} is not installed")
    return found


class Browser:
    """A running browser; `pages` are opened in it and closed with it."""

    def __init__(self, path):
        self._folder = tempfile.TemporaryDirectory(prefix="dateline-chromium-", ignore_cleanup_errors=True)
        orders, self._orders = os.pipe()
        self._answers, answers = os.pipe()
        # Descriptors 3 and 4 must be free to be set.
        given = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (orders, answers)]
        command = [sys.executable, "-c", _TRAMPOLINE.format(*given), path, *_ARGUMENTS]
        self._process = subprocess.Popen(
            [*command, f"--user-data-dir={self._folder.name}"],
            pass_fds=given,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (orders, answers, *given):
            os.close(end)
        self._kept, self._number, self._events = b"", 0, []

    def call(self, method, session=None, **params):
        """Send a command and return its result; what happened meanwhile is kept."""
        self._number += 1
        number = self._number
        message = {"id": number, "method": method, "params": params}
        os.write(
            self._orders, json.dumps(message | ({"sessionId": session} if session else {})).encode() + b"\0"
        )
        until = time.monotonic() + _PATIENCE
        while True:
            answer = self._next(until)
            if answer.get("id") == number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]
            self._events.append(answer)

    def _next(self, until):
        while b"\0" not in self._kept:
            ready, _, _ = select.select([self._answers], [], [], max(until - time.monotonic(), 0))
            assert ready, "Chromium does not answer"
            piece = os.read(self._answers, 1 << 20)
            assert piece, "Chromium has ended"
            self._kept += piece
        message, _, self._kept = self._kept.partition(b"\0")
        return json.loads(message)

    def events(self, session):
        """What a page told since it was opened."""
        return [event for event in self._events if event.get("sessionId") == session]

    def page(self, path, **look):
        """Open a file in a new page."""
        return Page(self, path, **look)

    def close(self):
        with contextlib.suppress(OSError, AssertionError):
            self.call("Browser.close")
        os.close(self._orders)
        os.close(self._answers)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._folder.cleanup()


class Page:
    """One page: its size in pixels, what it says, hands on it."""

    def __init__(
        self, browser, path, *, width=1280, height=800, ratio=1, dark=False, scripts=True, touch=False
    ):
        self._browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self._target = target
        self._session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ])  # fmt: skip
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=ratio, mobile=False,
        )  # fmt: skip
        self.call("Emulation.setTouchEmulationEnabled", enabled=touch)
        self.call("Page.navigate", url=Path(path).resolve().as_uri())
        if scripts:
            self.wait("document.readyState === 'complete'")
            self.frame()
        else:
            until = time.monotonic() + _PATIENCE
            while "Page.loadEventFired" not in self.told():
                assert time.monotonic() < until
                self.call("Page.getLayoutMetrics")

    def call(self, method, **params):
        return self._browser.call(method, self._session, **params)

    def told(self):
        return [event["method"] for event in self._browser.events(self._session)]

    def requests(self):
        """The addresses that the page asked for, itself first."""
        return [
            event["params"]["request"]["url"]
            for event in self._browser.events(self._session)
            if event["method"] == "Network.requestWillBeSent"
        ]

    def complaints(self):
        """Errors and warnings of the console, exceptions, breaches of the security policy."""
        found = []
        for event in self._browser.events(self._session):
            if event["method"] == "Runtime.exceptionThrown":
                found.append(str(event["params"]["exceptionDetails"]))
            if event["method"] == "Log.entryAdded":
                found.append(event["params"]["entry"]["text"])
        return found

    def ask(self, expression):
        """Return what an expression is worth; promises are awaited."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition):
        """Wait until a condition holds, looking at each frame."""
        until = time.monotonic() + _PATIENCE
        while not self.ask(f"!!({condition})"):
            assert time.monotonic() < until, f"never: {condition}"
            self.frame()

    def frame(self):
        """Let the page draw what it was asked to draw."""
        self.ask("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))")

    def text(self, selector):
        """Return what can be read in an element."""
        return self.ask(f"document.querySelector({json.dumps(selector)}).innerText")

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        self.frame()

    def click_on(self, selector):
        box = (
            "(() => { const found = document.querySelector(%s); found.scrollIntoView({ block: 'nearest' });"
            " const b = found.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; })()"
        )
        self.click(*self.ask(box % json.dumps(selector)))

    def drag(self, start, end, steps=4):
        self.call(
            "Input.dispatchMouseEvent",
            type="mousePressed",
            x=start[0],
            y=start[1],
            button="left",
            clickCount=1,
        )
        for step in range(1, steps + 1):
            x, y = (a + (b - a) * step / steps for a, b in zip(start, end, strict=True))
            self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y, button="left", buttons=1)
        self.call(
            "Input.dispatchMouseEvent", type="mouseReleased", x=end[0], y=end[1], button="left", clickCount=1
        )
        self.frame()

    def wheel(self, x, y, down, *, control=False):
        modifiers = 2 if control else 0
        self.call(
            "Input.dispatchMouseEvent",
            type="mouseWheel",
            x=x,
            y=y,
            deltaX=0,
            deltaY=down,
            modifiers=modifiers,
        )
        self.frame()

    def press(self, key, *, shift=False):
        text, code = _KEYS.get(key, (key, ord(key[0].upper())))
        params = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        if text:
            params["text"] = text
        self.call("Input.dispatchKeyEvent", type="keyDown", **params)
        self.call("Input.dispatchKeyEvent", type="keyUp", **params)
        self.frame()

    def type(self, text):
        self.call("Input.insertText", text=text)
        self.frame()

    def pdf(self):
        return base64.b64decode(
            self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"]
        )

    def screenshot(self):
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def close(self):
        self._browser.call("Target.closeTarget", targetId=self._target)
