"""Windows closed while something is under way in them: all of it ends, nothing is there by half, exit code 0."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from contextlib import closing
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from builders import a_bundle, raw_claim, raw_event, raw_source
from faults.harness import (
    added,
    all_apart,
    hot_side_files,
    left_temporaries,
    make_document,
    opened_clean,
    shares,
)

from viewer.document import Document

_EVENTS, _MORE = 300, 600
_CHECK_EVERY = 10
_PATIENCE = 200  # times 20 ms


def closes(count, seed=60):
    """Close a window so many times while it works; return the figures."""
    return added(
        all_apart(_closes, [(part, seed + n) for n, part in enumerate(shares(count, 2))], timeout=36_000)
    )


def _closes(count, seed):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QEvent, Qt
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from viewer.folders import config_folder, data_folder
    from viewer.ui import crash
    from viewer.ui.settings import Settings
    from viewer.ui.windows import Windows

    QGuiApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    reports = crash.install(data_folder())
    application = QApplication(["closes"])
    application.setQuitOnLastWindowClosed(False)
    errors, figures, random = [], Counter(closes=count), Random(seed)
    reports.reported.connect(errors.append)
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        good, more = _prepared(folder)
        windows = Windows(Settings(config_folder() / "settings.json"))
        for number in range(count):
            path = folder / f"{number}.dateline"
            shutil.copy(good, path)
            window = windows.open(path)
            window.show()
            work = random.choice((_search, _bring_in, _export, _read_a_source, _type_a_source))
            work(window, more)
            figures[f"while {work.__name__.strip('_').replace('_', ' ')}"] += 1
            if random.random() < 0.7:
                QTest.qWait(random.randrange(40))
            window.close()
            for _ in range(_PATIENCE):
                if windows.showing(path) is not None:
                    QTest.qWait(20)
                    window.close()
            assert windows.showing(path) is None, f"close {number}, {work.__name__}: still open"
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            assert errors == [], f"close {number}, {work.__name__}: {errors}"
            assert hot_side_files(path) == []
            if number % _CHECK_EVERY == 0:
                with opened_clean(path) as document:
                    assert len(document.store.event_ids()) in (_EVENTS, _EVENTS + _MORE), (
                        "an import is there by half"
                    )
            path.unlink()
        assert left_temporaries(folder) == []
    return figures


def _prepared(folder):
    """A document of some hundred events, and files to bring into it."""
    good = make_document(folder / "good.dateline", sample=False)
    with closing(Document.open(good)) as document:
        document.import_files([("first.json", _bundle("first", _EVENTS))])
    more = folder / "more"
    more.mkdir()
    (more / "more.json").write_bytes(_bundle("more", _MORE))
    (more / "page.html").write_text("<html><body>" + "<p>A paragraph of a long page.</p>" * 5_000)
    return good, more


def _bundle(name, count):
    source = raw_source(uid=f"{name}-source")
    events = [
        raw_event(uid=f"{name}-{n}", when={"edtf": f"20{n % 30:02}"}, claims=[raw_claim(source["uid"])])
        for n in range(count)
    ]
    return a_bundle(sources=[source], events=events)


# What is under way


def _search(window, _more):
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    window.workspace.header.focus_search()
    for letter in "soldiers":
        QTest.keyClick(window.windowHandle(), letter)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Return)


def _bring_in(window, more):
    window.import_paths([more / "more.json"])


def _export(window, more):
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

    def answer():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            timer.stop()
            line = dialog.findChild(QLineEdit, "fileNameEdit")
            line.setText(str(more / f"{window.workspace.document.path.stem}.json"))
            dialog.accept()

    timer = QTimer(window)
    timer.setInterval(5)
    timer.timeout.connect(answer)
    timer.start()
    window.export_records()
    window.findChild(QPushButton, "export_save").click()  # and the timer gives the name


def _read_a_source(window, more):
    sources = window.workspace.sourcing.sources
    sources.add()
    sources.form.file_chosen.emit(more / "page.html")


def _type_a_source(window, _more):
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    window.workspace.sourcing.sources.add()
    if QApplication.focusWidget() is not None:
        QTest.keyClicks(QApplication.focusWidget(), "A half typed source")


@pytest.mark.timeout(300)
def test_fault_60_a_window_closed_200_times_while_it_works_ends_all_of_it():
    figures = closes(200)
    assert figures["closes"] == 200
    assert len(figures) == 6
