"""A screenless Qt, a home of its own for each test, and no test passes over a reported error."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hands import Hands
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "kursk.json"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Warnings of Qt fail a test, but not what the screenless platform says of each window."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that holds what the application would keep on the user's machine."""
    folder = tmp_path / "home"
    monkeypatch.setenv("DATELINE_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def reported(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """What reached the exception hook; a test that expects errors takes them out of this list."""
    errors: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: errors.append(error))
    monkeypatch.setattr(threading, "excepthook", lambda raised: errors.append(raised.exc_value))
    yield errors
    assert not errors, f"reported: {errors}"


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    """The application in our light theme."""
    from viewer.ui.theme import themes

    themes().dress(qapp)
    themes().set_choice("light")
    yield qapp
    themes().set_choice("light")


@pytest.fixture
def start(dressed: QApplication, home: Path, qtbot: QtBot) -> Iterator[Callable[..., Hands]]:
    """Start the program on a file, as if it had been closed before, and sit down at its window."""
    from hands import starting

    with starting(dressed, qtbot) as started:
        yield started


@pytest.fixture
def kursk(tmp_path: Path, home: Path, sample: Path) -> Path:
    """A document that holds the real input, or the sample where that is not beside this checkout."""
    from viewer.document import Document

    bundle = SEED if SEED.is_file() else sample
    document = Document.create(tmp_path / "k.dateline")
    document.import_files([(bundle.name, bundle.read_bytes())])
    document.close()
    return document.path


@pytest.fixture
def hands(start: Callable[..., Hands], kursk: Path) -> Hands:
    """A user at the window of that document."""
    return start(kursk)
