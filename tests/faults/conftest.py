"""What the fault cases of the window share with its other tests."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from viewer.document import Document


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
