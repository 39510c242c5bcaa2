"""What the sets of faults share: processes of their own, a document to begin with, and what must hold afterwards.

A set is a function that takes a count and a seed and returns its figures. The tests call it with the count
of every change, `python -m tests.faults` with others; both get the same work.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import signal
import socket
import sys
import traceback
from collections import Counter
from contextlib import closing, contextmanager
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest

from viewer.document import Document
from viewer.resources import resource

SIDE_FILES = ("-journal", "-wal", "-shm")

needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork and SIGKILL")


# Processes of their own


def apart(work, *arguments, timeout=300.0):
    """Call a function of a module in a fresh process with a home of its own; return what it returned."""
    return all_apart(work, [arguments], timeout=timeout)[0]


def all_apart(work, calls, *, timeout=300.0, at_once=None):
    """Call a function once for each tuple of arguments, `at_once` or as many at a time as there are processors."""
    context = multiprocessing.get_context("spawn")
    waiting, running, results = list(enumerate(calls)), {}, {}
    deadline = monotonic() + timeout
    with TemporaryDirectory() as scratch:
        try:
            while waiting or running:
                while waiting and len(running) < (at_once or os.cpu_count() or 1):
                    number, arguments = waiting.pop(0)
                    receiving, sending = context.Pipe(duplex=False)
                    home = Path(scratch, f"home-{number}")
                    order = (sending, home, work, arguments)
                    process = context.Process(target=_serve, args=order)
                    process.start()
                    sending.close()
                    running[receiving] = number, process, home
                for receiving in wait(list(running), timeout=max(0.0, deadline - monotonic())):
                    number, *process = running.pop(receiving)
                    results[number] = _result(receiving, *process)
                assert monotonic() < deadline, f"not done within {timeout:g} s"
        finally:
            for _, process, _ in running.values():
                process.kill()
                process.join()
    wrong = [why for _, why in results.values() if why]
    assert not wrong, "\n\n".join(wrong)
    return [results[number][0] for number in sorted(results)]


def _result(receiving, process, home):
    """Return what a process returned, and what went wrong there instead, if anything."""
    try:
        value, wrong = receiving.recv()
    except EOFError:
        value, wrong = None, "no answer; "
    process.join()
    receiving.close()
    if process.exitcode:
        crash = home / "data" / "crash.txt"
        stack = crash.read_text(errors="replace") if crash.exists() else ""
        wrong += f"the process ended with {process.exitcode}\n{stack}"
    return value, wrong


def _serve(sending, home, work, arguments):
    os.environ["DATELINE_HOME"] = str(home)
    try:
        answer = work(*arguments), ""
    except BaseException:
        answer = None, traceback.format_exc()
    sending.send(answer)
    sending.close()


class Forked:
    """A copy of this process that runs `work(socket)` and ends; the other end of the socket is here."""

    def __init__(self, work):
        here, there = socket.socketpair()
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            here.close()
            _run_and_leave(work, there)
        there.close()
        self.socket = here
        self.lines = here.makefile("rb")
        self._status = None

    def kill(self):
        """End it as a power cut would, as far as the process is concerned."""
        if self._status is None:
            os.kill(self.pid, signal.SIGKILL)

    def ended(self):
        """Wait for its end; return 0, its exit code, or minus the signal that ended it."""
        if self._status is None:
            self._status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        return self._status

    def close(self):
        self.kill()
        self.ended()
        self.lines.close()
        self.socket.close()


def _run_and_leave(work, there):
    """Run the work of a copy; nothing of what this process would do at its end is done there."""
    code = 1
    try:
        work(there)
        code = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(code)


# Documents


@contextmanager
def scratch():
    """A folder for the block, in memory where the system has such: a set that saves often waits for no disk."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        yield Path(folder)


def make_document(path, *, sample=True):
    """Create a closed document at a path, filled with the sample."""
    with closing(Document.create(path)) as document:
        if sample:
            bundle = resource("sample", "kursk.json")
            document.import_files([(bundle.name, bundle.read_bytes())])
    return path


def rows_by_key(document):
    """Return every row of the document but those of its log, by table and id, without its empty columns."""
    return {(table, row["id"]): _said(row) for table, rows in document.store.dump().items() for row in rows}


def _said(row):
    return {name: value for name, value in row.items() if value is not None}


def fingerprint(document):
    """Return one value for all that the document holds but its log."""
    return hashlib.sha256(json.dumps(document.store.dump(), sort_keys=True).encode()).hexdigest()


def replay(rows, edit):
    """Do to rows, by table and id, what an edit of the log says was done to them."""
    for change in edit.changes:
        key = change.table, change.id
        if change.table == "meta":
            continue
        if change.after is None:
            rows.pop(key, None)
        else:
            rows[key] = _said({**rows.get(key, {"id": change.id}), **change.after})


@contextmanager
def opened_clean(path):
    """Open a document after whatever happened to it: it opens, and it is clean and whole."""
    with closing(Document.open(path)) as document:
        found = document.check()
        assert found == [], found
        yield document
    left = hot_side_files(path)
    assert left == [], f"left beside the document: {left}"


def hot_side_files(path):
    """Return the names of the files beside a document that hold a part of it.

    A journal that begins with zeros holds nothing yet: its process was killed before it changed the document.
    """
    sides = [path.with_name(path.name + name) for name in SIDE_FILES]
    return [side.name for side in sides if side.exists() and side.read_bytes()[:8].strip(b"\0")]


def left_temporaries(folder):
    """Return the names of unfinished files that a failed write left."""
    return sorted(each.name for each in folder.rglob("*") if each.name.endswith((".part", ".tmp")))


# Figures


def added(parts):
    """Add up the figures of the parts of a set."""
    total = Counter()
    for part in parts:
        total.update(part)
    return dict(total)


def shares(count, parts):
    """Split a count into nearly equal parts."""
    return [count // parts + (number < count % parts) for number in range(parts)]
