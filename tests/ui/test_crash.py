from __future__ import annotations

import json
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from viewer.ui.log import error_lines, escaped

ROOT = Path(__file__).parents[2]

# A small program with our hooks in place; each case is a way to go wrong. It prints what a test asks for.
PROGRAM = """
import json, signal, sys, threading
from pathlib import Path
from viewer.ui import crash
clock = [100.0]
if "clock" in sys.argv:
    crash.Reports.__init__.__defaults__ = (lambda: clock[0],)
reports = crash.install(Path(sys.argv[1]))

from PySide6.QtCore import QAbstractListModel, QObject, QRunnable, QThreadPool, QTimer, Qt, qWarning
from PySide6.QtWidgets import QApplication, QListView, QMessageBox, QPushButton, QWidget
from viewer.ui.guard import guard

app = QApplication([])
app.setQuitOnLastWindowClosed(False)
crash.watch(app, reports)
case = sys.argv[2]
seen = []
STRAY = {"stray override": SystemExit(3), "interrupted override": KeyboardInterrupt}

class Window(QWidget):
    @guard()
    def closeEvent(self, event):
        if case == "closeEvent":
            1 / 0
        seen.append("closed")

    @guard()
    def keyPressEvent(self, event):
        if case in STRAY:
            raise STRAY[case]
        sys.exit(3)

class Model(QAbstractListModel):
    @guard(0)
    def rowCount(self, parent=None):
        return 50

    @guard()
    def data(self, index, role=Qt.ItemDataRole.DisplayRole):
        return 1 / 0

class Work(QRunnable):
    def run(self):
        1 / 0

def boxes():
    return [w for w in app.topLevelWidgets() if isinstance(w, QMessageBox) and w.isVisible()]

def press(text):
    next(b for b in boxes()[0].findChildren(QPushButton) if b.text().replace("&", "") == text).click()

def fail():
    1 / 0

def leave():
    raise SystemExit(3)

def fail_elsewhere():
    raise ValueError("title \\n\\x1b[1m of a document")

window = Window()
window.show()
view = QListView()
model = Model()

def begin():
    if case == "slot":
        button = QPushButton(window)
        button.clicked.connect(fail)
        button.click()
    elif case == "worker":
        QThreadPool.globalInstance().start(Work())
    elif case == "thread":
        threading.Thread(target=fail).start()
    elif case == "model":
        view.setModel(model)
        view.show()
        view.grab()
    elif case == "closeEvent":
        window.close()
    elif case == "text":
        fail_elsewhere()
    elif case == "qt":
        qWarning("said by Qt\\nin two lines")
    elif case == "many":
        QTimer.singleShot(0, fail)
        QTimer.singleShot(0, fail_elsewhere)
        QTimer.singleShot(0, fail)
    elif case == "later":
        QTimer.singleShot(0, fail)
        QTimer.singleShot(50, lambda: press("Close"))
        QTimer.singleShot(60, fail_elsewhere)
        QTimer.singleShot(100, lambda: (seen.append(len(boxes())), clock.__setitem__(0, 111.0)))
        QTimer.singleShot(120, fail)
    elif case == "parent":
        QTimer.singleShot(0, fail)
        QTimer.singleShot(50, window.deleteLater)
        QTimer.singleShot(60, lambda: (seen.append(len(boxes())), clock.__setitem__(0, 111.0)))
        QTimer.singleShot(70, fail)
    elif case == "copy":
        crash.offer_save_copy(lambda: seen.append("saved"))
        QTimer.singleShot(0, fail)
        QTimer.singleShot(50, lambda: press("Save a copy…"))
        QTimer.singleShot(60, lambda: clock.__setitem__(0, 111.0))
        QTimer.singleShot(70, fail)
        QTimer.singleShot(120, lambda: press("Copy details"))
        QTimer.singleShot(150, lambda: seen.append(app.clipboard().text()))
    elif case == "interrupt":
        signal.raise_signal(signal.SIGINT)
    elif case == "terminate":
        signal.raise_signal(signal.SIGTERM)
    elif case == "exit" or case in STRAY:
        from PySide6.QtTest import QTest
        QTest.keyClick(window, Qt.Key.Key_A)
    elif case == "stray slot":
        button = QPushButton(window)
        button.clicked.connect(leave)
        button.click()
    elif case == "caught":
        try:
            sys.exit(4)
        except SystemExit as asked:
            seen.append(asked.code)
    elif case == "stray thread":
        threading.Thread(target=leave).start()
    elif case == "crash":
        import faulthandler
        faulthandler._sigsegv()

def end(tries=100):
    if case in ("slot", "worker", "thread", "model", "closeEvent") and not boxes() and tries:
        QTimer.singleShot(100, lambda: end(tries - 1))
        return
    seen.append(len(boxes()))
    app.exit(0)

QTimer.singleShot(0, begin)
QTimer.singleShot(400, end)
code = app.exec()
print(json.dumps({"seen": seen, "log": reports.logging_available, "earlier": str(reports.earlier_crash)}))
sys.exit(code)
"""


def run(folder: Path, case: str, *more: str) -> tuple[int, dict]:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), case, *more],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    return done.returncode, json.loads(done.stdout) if done.stdout else {}


def log_of(folder: Path) -> str:
    return (folder / "dateline.log").read_text(encoding="utf-8")


@pytest.mark.parametrize("case", ["slot", "worker", "thread", "model", "closeEvent"])
def test_case_59_an_error_gives_one_dialog_one_log_entry_and_the_program_goes_on(tmp_path, case):
    code, said = run(tmp_path, case)
    assert code == 0
    assert said["seen"][-1] == 1
    assert log_of(tmp_path).count("ZeroDivisionError") == 1
    assert "<string>" in log_of(tmp_path)
    assert (tmp_path / "crash.txt").read_text() == ""


def test_three_errors_at_once_are_three_entries_and_one_dialog(tmp_path):
    code, said = run(tmp_path, "many")
    assert (code, said["seen"]) == (0, [1])
    assert log_of(tmp_path).count("ERROR viewer.ui.crash") == 3


def test_the_next_dialog_waits_ten_seconds(tmp_path):
    code, said = run(tmp_path, "later", "clock")
    assert (code, said["seen"]) == (0, [0, 1])


def test_a_dialog_that_went_with_its_window_does_not_stop_the_next(tmp_path):
    code, said = run(tmp_path, "parent", "clock")
    assert (code, said["seen"]) == (0, [0, 1])


def test_the_dialog_copies_the_details_and_saves_a_copy(tmp_path):
    code, said = run(tmp_path, "copy", "clock")
    assert code == 0
    assert said["seen"][0] == "saved"
    assert said["seen"][1].endswith("ZeroDivisionError: division by zero")


def test_case_58_nothing_of_a_message_can_forge_a_line_of_the_log(tmp_path):
    run(tmp_path, "text")
    assert r"ValueError: title \n\x1b[1m of a document" in log_of(tmp_path)
    run(tmp_path, "qt")
    assert r"WARNING qt said by Qt\nin two lines" in log_of(tmp_path)
    assert "\x1b" not in log_of(tmp_path)


@pytest.mark.parametrize("case", ["interrupt", "terminate", "exit"])
def test_case_61_leaving_closes_the_windows_the_ordinary_way(tmp_path, case):
    code, said = run(tmp_path, case)
    assert (code, said["seen"]) == (0, ["closed"])


@pytest.mark.parametrize("case", ["stray slot", "stray override", "interrupted override"])
def test_case_61_an_exit_raised_by_the_way_is_an_error_as_any_other(tmp_path, case):
    code, said = run(tmp_path, case)
    assert (code, said["seen"]) == (0, [1])
    assert log_of(tmp_path).count("ERROR viewer.ui.crash") == 1


def test_an_exit_that_is_caught_is_none_and_a_thread_may_end_by_one(tmp_path):
    assert run(tmp_path, "caught")[1]["seen"] == [4, 0]
    assert run(tmp_path, "stray thread")[1]["seen"] == [0]
    assert "ERROR" not in log_of(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX signals and modes")
def test_a_crash_leaves_its_stack_for_the_next_start_and_nobody_else_can_read_it(tmp_path):
    assert run(tmp_path, "crash")[0] == -signal.SIGSEGV
    code, said = run(tmp_path, "none")
    assert (code, said["earlier"]) == (0, str(tmp_path / "crash-earlier.txt"))
    assert "begin" in (tmp_path / "crash-earlier.txt").read_text()
    assert run(tmp_path, "none")[1]["earlier"] == "None"
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "crash-earlier.txt",
        "crash.txt",
        "dateline.log",
    ]
    assert not [file for file in tmp_path.iterdir() if file.stat().st_mode & 0o077]


def test_case_42_without_a_folder_to_write_to_it_starts_and_says_so(tmp_path):
    (tmp_path / "file").write_text("")
    code, said = run(tmp_path / "file" / "data", "slot")
    assert (code, said["log"], said["seen"]) == (0, False, [1])
    assert (tmp_path / "file").read_text() == ""


UNLOGGED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from viewer.ui import app
make = app.make_application

def made(platform):
    application = make(platform)
    QTimer.singleShot(300, look)
    return application

def look():
    for name in sys.argv[2:]:
        found = [w for top in QApplication.topLevelWidgets() for w in top.findChildren(QWidget, name)]
        print(*(w.full_text() if hasattr(w, "full_text") else w.text() for w in found if w.isVisible()))
    QApplication.quit()

app.make_application = made
from pathlib import Path
file = Path(sys.argv[1]) if sys.argv[1] else None
sys.exit(app.run(file, sample=False, platform="offscreen", size=None, theme=None, screenshot=None))
"""


@pytest.mark.parametrize("opened", [True, False])
@pytest.mark.parametrize("writable", [True, False])
def test_case_42_that_no_log_can_be_written_is_said_once_and_where_it_would_be(
    tmp_path, kursk, opened, writable
):
    (tmp_path / "file").write_text("")
    folder = tmp_path / ("writable" if writable else "file")
    done = subprocess.run(
        [sys.executable, "-c", UNLOGGED, str(kursk) if opened else "", "status_saved", "notice_text"],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DATELINE_HOME": str(folder)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    words = f"No log can be written to {folder / 'data'}; all else goes on."
    assert done.stdout.count(words) == (0 if writable else 1)


def test_log_lines_are_printable_and_short():
    assert escaped("a\tb\x00\u202e\ud800é") == r"a\tb\x00\u202e\ud800é"
    assert len(escaped("x" * 10_000)) == len(escaped("\n" * 10_000)) == 500


def test_what_led_to_an_error_is_told_with_it():
    try:
        try:
            {}["inner"]
        except KeyError as error:
            raise RuntimeError("outer") from error
    except RuntimeError as error:
        lines = error_lines(error)
    assert [line for line in lines if not line.startswith("  ")] == [
        "RuntimeError: outer",
        "KeyError: 'inner'",
    ]


def test_no_other_test_has_to_know_about_the_log():
    assert not [handler for handler in logging.getLogger().handlers if "dateline" in repr(handler)]
