"""Fixtures of every room: a home of its own for each test, documents, and the command line in this process."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from viewer.cli import main
from viewer.document import Document
from viewer.resources import resource

# Examples that need files make their own; the home of a test may be shared by all its examples.
settings.register_profile(
    "dateline", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
settings.load_profile("dateline")

SEED = Path(__file__).parents[2] / "shared" / "seed" / "kursk.json"


@pytest.fixture(autouse=True)
def home(tmp_path_factory, monkeypatch):
    """The folder that holds what the application would keep on the user's machine."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("DATELINE_HOME", str(folder))
    return folder


@pytest.fixture
def document(tmp_path):
    """A fresh, empty document."""
    opened = Document.create(tmp_path / "test.dateline")
    yield opened
    opened.close()


@pytest.fixture
def sample():
    """The path of the sample's bundle."""
    return resource("sample", "kursk.json")


@pytest.fixture
def sample_document(document, sample):
    """A document that holds the sample."""
    document.import_files([(sample.name, sample.read_bytes())])
    return document


@pytest.fixture
def seed():
    """The path of the real input, which lies beside the checkout."""
    if not SEED.is_file():
        pytest.skip("the real input is not beside this checkout")
    return SEED


@dataclass(frozen=True)
class Ran:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str


@pytest.fixture
def dateline(monkeypatch, capsys):
    """Run a command as the shell would, in this process; an exception that escapes fails the test."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["dateline", *map(str, arguments)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        printed = capsys.readouterr()
        return Ran(ended.value.code, printed.out, printed.err)

    return run


@pytest.fixture
def made(tmp_path, dateline, sample):
    """The path of a document that holds the sample, made and filled by commands."""
    path = tmp_path / "k.dateline"
    assert dateline("new", path).code == 0
    assert dateline("import", path, sample).code == 0
    return path
