"""Fault cases of the process at the real window: killed while one types, errors that nobody expected."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hands import CTRL
from PySide6.QtCore import Qt

from viewer.document import Document
from viewer.folders import data_folder

Key = Qt.Key
ROOT = Path(__file__).parents[2]


# 43: what was half typed

TYPING = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from viewer.folders import config_folder
from viewer.ui.settings import Settings
from viewer.ui.windows import Windows

app = QApplication([])
window = Windows(Settings(config_folder() / "settings.json")).open(Path(sys.argv[1]))
window.show()
window.activateWindow()
assert QTest.qWaitForWindowActive(window)
QTest.keyClick(window.windowHandle(), Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
form = window.workspace.desk.form
typed = set()
NUMBERS = {"quantity_low": "10", "quantity_high": "20"}

def fill():
    for widget in form.findChildren(QWidget):
        name = widget.objectName()
        if name in typed or not widget.isVisible() or not widget.isEnabled():
            continue
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            typed.add(name)
            widget.setFocus()
            date = "when" in name or name.endswith("published")
            QTest.keyClicks(widget, "Feb 2025" if date else NUMBERS.get(name, "x " + name))
            if name.endswith("_source"):
                form.findChild(QWidget, name + "_unfold").click()
                return True
        elif isinstance(widget, QComboBox):
            typed.add(name)
            widget.setFocus()
            QTest.keyClick(widget, Qt.Key.Key_Down)
    return False

while fill():
    pass
print(json.dumps(form.data()), flush=True)
app.exec()
"""


def killed_while_typing(path):
    """Type into every field of a form in another process, kill it, and return what was typed."""
    typing = subprocess.Popen(
        [sys.executable, "-c", TYPING, str(path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        typed = json.loads(typing.stdout.readline())
        deadline = time.monotonic() + 20
        while typed not in kept_drafts() and time.monotonic() < deadline:
            time.sleep(0.02)
        assert typed in kept_drafts(), "the draft did not reach the disk"
    finally:
        typing.send_signal(signal.SIGKILL)
        typing.communicate()
    return typed


def kept_drafts():
    files = (data_folder() / "drafts").glob("*/*.json")
    return [json.loads(file.read_text(encoding="utf-8"))["data"]["data"] for file in files]


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_case_43_a_half_typed_form_survives_kill_9_with_every_field(start, path):
    typed = killed_while_typing(path)
    hands = start(path)
    assert hands.says("notice_text") == "An unfinished deployment was kept: “x title”."
    assert hands.find("notice_action_0").text() == "Continue"
    hands.click("notice_action_0")
    assert hands.says("title") == "x title"
    assert hands.says("claim_0_source_text") == "x claim_0_source_text"
    assert hands.window.workspace.desk.form.data() == typed
    names = [event.title for event in hands.document.store.events()]
    assert "x title" not in names
    hands.press(Key.Key_Return, CTRL)
    hands.wait(lambda: not hands.sees("form_title"))
    saved = hands.document.store.event(hands.id_of("x title"))
    assert (saved.place, saved.claims[0].note) == ("x place", "x claim_0_note")
    assert kept_drafts() == []


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_case_43_a_draft_that_is_not_wanted_is_not_offered_again(start, path):
    killed_while_typing(path)
    hands = start(path)
    hands.click("notice_action_1")
    assert kept_drafts() == []
    hands.close()
    assert not start(path).sees("notice")


def test_case_43_closing_the_window_keeps_what_is_half_typed_too(start, path):
    hands = start(path)
    event = next(event for event in hands.document.store.events() if event.when is not None)
    hands.click_mark(event.id, twice=True)
    hands.write("title", "Half a ti")
    hands.close()
    again = start(path)
    again.click("notice_action_0")
    assert again.says("form_title") == "Edit deployment"
    assert again.says("title") == "Half a ti"
    again.press(Key.Key_Return, CTRL)
    again.wait(lambda: not again.sees("form_title"))
    assert again.document.store.event(event.id).title == "Half a ti"
    assert again.document.store.event(event.id).claims == event.claims


# 59: what nobody expected

FAILING = """
import json, sys
from pathlib import Path
from viewer.folders import config_folder, data_folder
from viewer.ui import crash
reports = crash.install(data_folder())
from PySide6.QtCore import QRunnable, Qt, QThreadPool, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from viewer.ui.settings import Settings
from viewer.ui.windows import Windows

app = QApplication([])
crash.watch(app, reports)
app.setQuitOnLastWindowClosed(False)
window = Windows(Settings(config_folder() / "settings.json")).open(Path(sys.argv[1]))
case = sys.argv[2]
workspace = window.workspace
said = {}

def fail(*_):
    1 / 0

class Work(QRunnable):
    def run(self):
        1 / 0

def boxes():
    return [w for w in app.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]

def key(key, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.windowHandle(), key, modifiers)

def begin():
    first = workspace.document.store.event_ids()[0]
    workspace.select(first)
    key(Qt.Key.Key_Delete)  # an acknowledged edit
    if case == "slot":
        window.workspace.header.filter_changed.connect(fail)
        key(Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(app.focusWidget(), "x")
    elif case == "worker":
        QThreadPool.globalInstance().start(Work())
    elif case == "data":
        workspace.toggle_list(True)
        workspace.list_panel.forget_rows()
        workspace.document.store.rows = fail
        workspace.list_panel.grab()
        del workspace.document.store.rows
    elif case == "close":
        workspace.desk.keep_draft = fail
        window.close()
        del workspace.desk.keep_draft
    elif case == "undo":
        workspace.document.history.undo = fail
        key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        del workspace.document.history.undo
    elif case == "listener":
        workspace.document.listen(fail)
        key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    end()

def end(tries=200):
    if not boxes() and tries:
        QTimer.singleShot(25, lambda: end(tries - 1))
        return
    said["boxes"] = len(boxes())
    boxes()[0].close()
    if case != "close":  # then it is closed, and gone
        window.close()
    app.exit(0)

window.show()
window.activateWindow()
assert QTest.qWaitForWindowActive(window)
QTimer.singleShot(0, begin)
code = app.exec()
print(json.dumps(said))
sys.exit(code)
"""


@pytest.mark.parametrize("case", ["slot", "worker", "data", "close", "undo", "listener"])
def test_case_59_an_error_anywhere_leaves_the_document_whole(path, tmp_path, case):
    document = Document.open(path)
    ids, whole = document.store.event_ids(), document.bundle()
    document.close()
    done = subprocess.run(
        [sys.executable, "-c", FAILING, str(path), case],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert (done.returncode, json.loads(done.stdout)) == (0, {"boxes": 1}), done.stderr
    assert (data_folder() / "dateline.log").read_text(encoding="utf-8").count("ZeroDivisionError") == 1
    assert (data_folder() / "crash.txt").read_text() == ""
    assert not path.with_name(path.name + "-journal").exists()
    document = Document.open(path)
    assert document.check() == []
    if case == "listener":  # the undo was saved before its listener failed
        assert document.bundle() == whole
    else:
        assert len(document.store.event_ids()) == len(ids) - 1
        document.undo()
        assert document.bundle() == whole
    document.close()
