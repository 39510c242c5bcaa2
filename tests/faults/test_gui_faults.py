"""Fault cases at the real window: rivals, links, clipboard and drops, the log, and leaving from within a slot."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from builders import a_bundle, raw_claim, raw_event, raw_source
from faults.harness import opened_clean
from hands import CTRL
from PySide6.QtCore import QByteArray, QMimeData, QObject, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton
from watching import opened_files

from viewer.document import Document
from viewer.folders import data_folder
from viewer.ui.links import LinkButton

Key = Qt.Key
ROOT = Path(__file__).parents[2]


def in_another_process(program, *arguments, **options):
    """Run a program with our modules and its own Qt; return how it ended."""
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        check=False,
        **options,
    )


# 30: somebody else was faster

RIVAL = """
import sys
from dataclasses import replace
from pathlib import Path
from viewer.document import Document
document = Document.open(Path(sys.argv[1]))
event = document.store.event(int(sys.argv[2]))
document.save_event(replace(event, title="Written by another window"))
document.close()
"""


def test_fault_30_what_another_instance_changed_is_not_overwritten_and_what_was_typed_stays(start, path):
    hands = start(path)
    event = next(event for event in hands.document.store.events() if event.when is not None)
    hands.click_mark(event.id, twice=True)
    hands.write("title", "Typed with care")
    assert in_another_process(RIVAL, path, event.id).returncode == 0
    hands.press(Key.Key_Return, CTRL)
    assert "changed while you were writing" in hands.says("versions_heading")
    model = hands.find("versions").model()
    shown = [model.index(0, column).data() for column in range(model.columnCount())]
    assert shown == ["Title", "Written by another window", "Typed with care"]
    hands.click("versions_back")
    hands.window.activateWindow()  # the screenless platform gives the keyboard back to nobody
    hands.wait(hands.window.isActiveWindow)
    assert hands.says("title") == "Typed with care"
    hands.close()
    with opened_clean(path) as document:
        assert document.store.event(event.id).title == "Written by another window"
    again = start(path)
    again.click("notice_action_0")
    assert again.says("title") == "Typed with care"


# 54: where links lead

LINKS = [
    "javascript:alert(1)", "file:///etc/hostname", "smb://host/share", "//host/x", "http:x", "http://",
    "https://user:secret@example.org/", "https://example.org/\nx", " https://example.org/", "ms-settings:x",
    "https://example.org/\u202egpj.exe", "data:text/html,<script>",
]  # fmt: skip


class Browser(QObject):
    """Stands where the system would be asked to open an address."""

    def __init__(self):
        super().__init__()
        self.asked = []
        for scheme in ("http", "https", "file", "javascript", "smb", "data", "ms-settings"):
            QDesktopServices.setUrlHandler(scheme, self, "visit")

    @Slot(QUrl)
    def visit(self, url):
        self.asked.append(url.toString())

    def leave(self):
        for scheme in ("http", "https", "file", "javascript", "smb", "data", "ms-settings"):
            QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def browser(qapp):
    browser = Browser()
    yield browser
    browser.leave()


def with_source(path, **fields):
    """A closed document with one event, one claim of it, and the source of that."""
    source = raw_source(**fields)
    event = raw_event(title="Linked", when={"edtf": "2024-12-03"}, claims=[raw_claim(source["uid"])])
    document = Document.create(path)
    document.import_files([("made.json", a_bundle(sources=[source], events=[event]))])
    document.close()
    return path


@pytest.mark.parametrize("url", LINKS, ids=ascii)
def test_fault_54_a_link_that_is_none_is_text_that_can_be_copied_and_is_never_opened(
    start, tmp_path, browser, url
):
    hands = start(with_source(tmp_path / "t.dateline", url=url))
    event = hands.id_of("Linked")
    if event is None:
        pytest.fail("the event was not imported")
    hands.click_mark(event)
    held = next(iter(hands.document.store.sources())).url
    for link in hands.window.findChildren(LinkButton):
        (button,) = link.findChildren(QPushButton)
        assert button.text() == "Copy"
        assert all(label.textFormat() is Qt.TextFormat.PlainText for label in link.findChildren(QLabel))
        hands.click(button)
        assert QGuiApplication.clipboard().text() == held
    hands.window.grab()
    assert browser.asked == []
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]


def test_fault_54_a_link_that_is_one_is_opened_after_its_true_host_was_shown(start, tmp_path, browser):
    hands = start(with_source(tmp_path / "t.dateline", url="https://xn--e1afmkfd.example/a?b=1"))
    hands.click_mark(hands.id_of("Linked"))
    (link,) = [each for each in hands.window.findChildren(LinkButton) if each.isVisible()]
    (button,) = link.findChildren(QPushButton)
    assert button.text() == "xn--e1afmkfd.example"
    hands.click(button)
    assert browser.asked == []
    (box,) = [w for w in QApplication.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]
    assert "xn--e1afmkfd.example" in box.text()
    next(b for b in box.findChildren(QPushButton) if b.text() == "Open").click()
    assert browser.asked == ["https://xn--e1afmkfd.example/a?b=1"]


# 57: what comes by clipboard and by drop


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="watches files with inotify")
@pytest.mark.parametrize("field", ["title", "place", "summary"])
def test_fault_57_a_pasted_page_becomes_its_text_and_loads_nothing(start, path, tmp_path, field):
    picture = tmp_path / "picture.png"
    picture.write_bytes(b"no picture")
    content = QMimeData()
    content.setHtml(f'<b>bold</b> words <img src="file://{picture}">')
    content.setText("bold words")
    content.setData("application/x-qt-image", QByteArray(b"no picture"))
    hands = start(path)
    hands.press(Key.Key_1, CTRL)
    hands.find("form_title")
    QGuiApplication.clipboard().setMimeData(content)
    with opened_files(picture) as opened:
        hands.click(field)
        hands.press(Key.Key_V, CTRL)
        hands.window.grab()
    assert hands.says(field) == "bold words"
    assert opened == []


def dropped(hands, *urls):
    """Let go of addresses over the window; return whether it took them."""
    content = QMimeData()
    content.setUrls([QUrl(url) for url in urls])
    middle = hands.window.rect().center()
    arguments = (Qt.DropAction.CopyAction, content, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    entered = QDragEnterEvent(middle, *arguments)
    entered.setAccepted(False)
    QApplication.sendEvent(hands.window, entered)
    if entered.isAccepted():
        QApplication.sendEvent(hands.window, QDropEvent(QPointF(middle), *arguments))
    return entered.isAccepted()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_fault_57_only_regular_files_of_this_machine_are_taken(start, path, tmp_path):
    hands = start(path)
    before = hands.document.bundle()
    (tmp_path / "folder.json").mkdir()
    os.mkfifo(tmp_path / "pipe.json")
    for url in (
        "https://example.org/a.json", "file://host/share/a.json", (tmp_path / "folder.json").as_uri(),
        (tmp_path / "pipe.json").as_uri(), (tmp_path / "none.json").as_uri(), "javascript:x", "a.json",
    ):  # fmt: skip
        assert not dropped(hands, url), url
    assert hands.document.bundle() == before


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_fault_57_five_hundred_files_are_not_brought_in_before_that_was_confirmed(start, path, tmp_path):
    hands = start(path)
    before = hands.document.bundle()
    for number in range(500):
        (tmp_path / f"{number}.json").write_bytes(a_bundle(events=[raw_event(title=f"Dropped {number}")]))
    dropped(hands, *((tmp_path / f"{number}.json").as_uri() for number in range(500)))
    assert hands.document.bundle() == before


# 58 and 61: a window in a process of its own

LEAVING = """
import json, logging, signal, sys
from pathlib import Path
from viewer.folders import config_folder, data_folder
from viewer.ui import crash
reports = crash.install(data_folder())
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox
from viewer.ui.settings import Settings
from viewer.ui.windows import Windows

app = QApplication([])
crash.watch(app, reports)
windows = Windows(Settings(config_folder() / "settings.json"))
window = windows.open(Path(sys.argv[1]))
case, seen = sys.argv[2], []
STRAY = {"keyboard": KeyboardInterrupt, "stray": SystemExit(3)}
CTRL = Qt.KeyboardModifier.ControlModifier

def leave(*_):
    seen.append(case)
    if case == "exit":
        sys.exit(3)
    elif case == "interrupt":
        signal.raise_signal(signal.SIGINT)
    elif case in STRAY:
        raise STRAY[case]
    else:
        event = next(e for e in window.workspace.document.store.events() if e.title.startswith("Secret"))
        raise ValueError(event.title)

def begin():
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_1, CTRL)
    QTest.keyClicks(QApplication.focusWidget(), "Half a ti")
    window.workspace.header.filter_changed.connect(leave)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_F, CTRL)
    QTest.keyClick(QApplication.focusWidget(), "x")
    if case == "raise" or case in STRAY:
        QTimer.singleShot(500, end)

def end():
    for box in app.topLevelWidgets():
        if isinstance(box, QMessageBox) and box.isVisible():
            seen.append(box.windowTitle())
            box.close()
    seen.append(window.isVisible())
    app.exit(0)

window.show()
window.activateWindow()
assert QTest.qWaitForWindowActive(window)
QTimer.singleShot(0, begin)
code = app.exec()
windows.close_all()
print(json.dumps(seen), flush=True)
sys.exit(code)
"""


def drafts():
    return [
        json.loads(file.read_text(encoding="utf-8")) for file in (data_folder() / "drafts").glob("*/*.json")
    ]


@pytest.mark.parametrize("case", ["exit", "interrupt"])
def test_fault_61_leaving_from_within_a_slot_closes_as_ever_and_keeps_what_was_typed(start, path, case):
    done = in_another_process(LEAVING, path, case)
    assert (done.returncode, json.loads(done.stdout or "[]")[:1]) == (0, [case]), done.stderr
    assert (data_folder() / "crash.txt").read_text() == ""
    assert "Half a ti" in json.dumps(drafts())
    with opened_clean(path):
        pass
    hands = start(path)
    hands.click("notice_action_0")
    assert hands.says("title") == "Half a ti"


@pytest.mark.parametrize("case", ["keyboard", "stray"])
def test_fault_61_an_exit_that_nobody_asked_for_is_an_error_and_the_window_stays(path, case):
    done = in_another_process(LEAVING, path, case)
    said = [case, "Something went wrong", True]
    assert (done.returncode, json.loads(done.stdout or "[]")) == (0, said), done.stderr
    assert "Half a ti" in json.dumps(drafts())
    with opened_clean(path):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals")
def test_fault_61_being_told_to_end_closes_as_ever(path):
    program = LEAVING.replace("signal.SIGINT", "signal.SIGTERM")
    done = in_another_process(program, path, "interrupt")
    assert done.returncode in (0, -signal.SIGTERM), done.stderr
    assert done.returncode == 0
    assert "Half a ti" in json.dumps(drafts())


def test_fault_58_an_error_with_a_title_in_it_is_one_line_and_the_log_holds_no_text_of_the_document(
    path, tmp_path
):
    title = "Secret\x1b[31m title\nof \u202ea document"
    document = Document.open(path)
    document.import_files(
        [("made.json", a_bundle(events=[raw_event(title=title, summary="Classified words")]))]
    )
    document.close()
    done = in_another_process(LEAVING, path, "raise")
    assert done.returncode == 0, done.stderr
    log = (data_folder() / "dateline.log").read_text(encoding="utf-8")
    assert "\x1b" not in log
    assert "\u202e" not in log
    lines = [line for line in log.splitlines() if "Secret" in line]
    assert len(lines) == 1
    assert "of " in lines[0]
    assert "Classified" not in log
    assert "Half a ti" not in log


def test_fault_58_a_session_without_errors_leaves_no_word_of_the_document_in_the_log(start, path):
    done = in_another_process(LEAVING, path, "interrupt")
    assert done.returncode == 0, done.stderr
    document = Document.open(path)
    words = {word for event in document.store.events() for word in event.title.split() if len(word) > 6}
    document.close()
    log = (data_folder() / "dateline.log").read_text(encoding="utf-8")
    assert [word for word in words if word in log] == []


def test_fault_62_a_redo_that_cannot_be_written_changes_neither_stack_nor_document(start, path, tmp_path):
    hands = start(path)
    hands.add_deployment("Typed with care")
    hands.wait(lambda: not hands.sees("form_title"))
    hands.choose_in_menu("Edit", "Undo")
    document, before = hands.document, hands.document.bundle()
    stacks = (document.history.next_undo, document.history.next_redo)
    away = path.rename(tmp_path / "away.dateline")
    hands.choose_in_menu("Edit", "Redo")
    assert hands.sees("notice")
    assert (document.history.next_undo, document.history.next_redo) == stacks
    assert document.bundle() == before
    away.rename(path)
    hands.click("notice_action_0")
    assert "Typed with care" in hands.listed()
