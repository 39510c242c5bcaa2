"""Preparing a large document in a process of its own: what it says, what stops it, and what is left then."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from builders import an_event

from viewer.base import open_base
from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.preparing import COLUMNS, SEARCH, Preparation, PreparationError
from viewer.storage.cache import Cache
from viewer.storage.cache_folder import CacheFolder

ROOT = Path(__file__).parents[1]


@pytest.fixture
def filled(document):
    for number in range(5):
        document.save_event(an_event(title=f"Event {number}", when=from_edtf(f"200{number}")))
    return document


@pytest.fixture
def folder(filled, home):
    return CacheFolder(home / "cache", filled.uid)


def preparation(document, folder, *steps):
    return Preparation(document.path, document.uid, folder, Cache(folder, document.uid, few=2), steps)


def prepare(document, folder, *steps):
    """Run the program as a user would; return its exit code and what it said."""
    command = [sys.executable, "-m", "viewer.preparing", document.path, folder.root, *steps]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, timeout=60)
    return ran.returncode, [json.loads(line) for line in ran.stdout.splitlines()]


def test_it_says_how_far_it_is_and_what_is_ready_first_the_columns(filled, folder):
    code, said = prepare(filled, folder)
    assert code == 0
    assert [message["ready"] for message in said if "ready" in message] == ["columns", "search"]
    assert [message for message in said if "stage" in message] == [
        {"stage": "columns", "done": 5, "total": 5},
        {"stage": "search", "done": 5, "total": 5},
    ]
    assert len(open_base(folder, filled.store).table) == 5
    assert list(Cache(folder, filled.uid, few=0).searching(filled.store).events("event")) == [1, 2, 3, 4, 5]


def test_a_document_without_events_is_prepared_too(document, home):
    folder = CacheFolder(home / "cache", document.uid)
    assert prepare(document, folder)[0] == 0
    assert len(open_base(folder, document.store).table) == 0


def test_it_needs_no_window():
    code = "import sys, viewer.preparing; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60).returncode == 0


def test_what_is_no_document_is_refused_in_words(tmp_path, filled, folder):
    before = filled.path.read_bytes()
    (tmp_path / "notes.txt").write_bytes(b"notes" * 100)
    for path in (tmp_path / "nothing", tmp_path / "notes.txt"):
        ran = subprocess.run(
            [sys.executable, "-m", "viewer.preparing", path, folder.root],
            cwd=ROOT, capture_output=True, timeout=60,
        )  # fmt: skip
        assert ran.returncode == 1
        assert "failed" in json.loads(ran.stdout)
        assert ran.stderr == b""
    assert filled.path.read_bytes() == before


def test_another_document_in_its_place_is_not_prepared_under_its_name(filled, folder, tmp_path):
    with closing(Document.create(tmp_path / "other.dateline")) as other:
        wrong = Preparation(other.path, filled.uid, folder, Cache(folder, filled.uid), (COLUMNS,))
        with pytest.raises(PreparationError, match="another document"):
            wrong.run(lambda done, total: None, lambda: False)
    assert folder.builds() == []


def test_an_edit_while_it_reads_is_caught_up_with_and_waits_for_nobody(filled, folder):
    """The document is written to between any two of its reads."""
    work = preparation(filled, folder, COLUMNS, SEARCH)
    thread = threading.Thread(target=work.run, args=(lambda done, total: None, lambda: False))
    thread.start()
    titles = [f"Again {number}" for number in range(5)]
    for title in titles:
        filled.save_event(an_event(title=title))
    thread.join()
    base = open_base(folder, filled.store)
    assert base.state.revision <= filled.store.revision
    cache = Cache(folder, filled.uid)
    assert len(cache.search(filled.store, "again")) == len(titles)
    cache.close()


def test_cancelled_it_leaves_nothing_behind(filled, folder):
    folder.use()
    work = preparation(filled, folder, COLUMNS, SEARCH)
    work.run(lambda done, total: None, lambda: True)
    assert (folder.builds(), folder.search_indexes(), folder.unfinished()) == ([], [], [])


@pytest.mark.skipif(os.name != "posix", reason="kills a process by signal")
def test_killed_it_is_an_error_and_the_next_run_is_whole(filled, folder, monkeypatch, tmp_path):
    (tmp_path / "sitecustomize.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    with monkeypatch.context() as patched:
        patched.syspath_prepend(str(tmp_path))
        with pytest.raises(PreparationError, match=str(-signal.SIGKILL)):
            preparation(filled, folder, COLUMNS).run(lambda done, total: None, lambda: False)
    assert (folder.builds(), folder.unfinished()) == ([], [])
    preparation(filled, folder, COLUMNS).run(lambda done, total: None, lambda: False)
    assert len(open_base(folder, filled.store).table) == 5


def test_what_was_left_half_written_is_never_taken_for_whole(filled, folder):
    prepare(filled, folder, COLUMNS)
    (build,) = folder.builds()
    half = folder.new_build()
    for name in ("events", "happened-kind"):
        (half / name).write_bytes((build / name).read_bytes())
    assert open_base(folder, filled.store).build == build


def test_a_program_of_the_same_name_where_one_stands_is_not_run(filled, folder, tmp_path, monkeypatch):
    (tmp_path / "json.py").write_text("raise SystemExit(7)\n")
    monkeypatch.chdir(tmp_path)
    preparation(filled, folder, COLUMNS).run(lambda done, total: None, lambda: False)
    assert len(folder.builds()) == 1
