"""What the fault cases of the window share with its other tests."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import closing, contextmanager
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from viewer.document import Document
from viewer.folders import data_folder


def pytest_collection_modifyitems(items):
    """Warnings of Qt fail a test, but not what the screenless platform says of each window."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def reported(monkeypatch):
    """What reached the exception hook; a test that expects errors takes them out of this list."""
    errors = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: errors.append(error))
    monkeypatch.setattr(threading, "excepthook", lambda raised: errors.append(raised.exc_value))
    yield errors
    assert not errors, f"reported: {errors}"


@pytest.fixture
def start(qapp, home, qtbot):
    """Start the program on a file, as if it had been closed before, and sit down at its window."""
    from hands import starting

    from viewer.ui.theme import themes

    themes().dress(qapp)
    themes().set_choice("light")
    with starting(qapp, qtbot) as started:
        yield started


@pytest.fixture
def path(tmp_path, home, sample):
    """A document that holds the sample."""
    document = Document.create(tmp_path / "k.dateline")
    document.import_files([(sample.name, sample.read_bytes())])
    document.close()
    return document.path


@pytest.fixture
def five(tmp_path):
    """What must hold after every fault, around what is done with the file at a path.

    (a) its bytes are the same unless a commit was acknowledged (`saved`); (b) it passes every check unless the
    fault damaged it (`sound=False`); (c) is what each test asserts of a document that was saved; (d) nothing was
    reported as a crash; (e) nothing else in its folder changed, came (but `adds`) or went.
    """

    @contextmanager
    def conditions(path, *, saved=False, sound=True, adds=()):
        others = _tree(tmp_path)
        before = others.pop(path, None)
        yield
        after = _tree(tmp_path)
        now = after.pop(path, None)
        assert saved or now == before, "(a) bytes changed"
        came = {each for each in after if each not in others}
        assert came == {path.parent / name for name in adds}, "(e) came"
        assert {each: data for each, data in after.items() if each not in came} == others, "(e) changed"
        crash = data_folder() / "crash.txt"
        assert not crash.exists() or crash.read_bytes() == b"", "(d) crashed"
        if sound:
            with closing(Document.open(path)) as document:
                assert document.check() == [], "(b) not sound"
            assert saved or path.read_bytes() == before, "(a) bytes changed by looking"

    return conditions


def _tree(folder):
    """Every file below a folder with its bytes; what is no regular file, with its sort."""
    return {
        each: each.read_bytes() if each.is_file() and not each.is_symlink() else each.lstat().st_mode
        for each in folder.rglob("*")
        if each.is_symlink() or not each.is_dir()
    }
