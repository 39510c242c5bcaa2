"""What is done to documents from outside: by other programs, by crashes, and by somebody with fewer rights."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path

from faults.harness import Forked

_CRASHING = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size=1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE events SET title = 'half' || hex(zeroblob(9000))")
os.kill(os.getpid(), signal.SIGKILL)
"""


def statement(path, query, *values):
    """Change a document behind Dateline's back, as any SQLite tool can."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(query, values)


def schema_statement(path, query, *values):
    """Rewrite a document's schema itself, as only somebody with bad intent does."""
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA writable_schema=ON")
        assert connection.execute(query, values).rowcount


def crash_while_writing(path):
    """Kill a process in the middle of a commit; leave what it wrote, and its hot journal."""
    done = subprocess.run([sys.executable, "-c", _CRASHING, str(path)], check=False)
    assert done.returncode == -signal.SIGKILL
    journal = path.with_name(path.name + "-journal")
    assert journal.stat().st_size > 512
    return journal


@contextmanager
def public_folder():
    """A folder that other users of the machine can reach, unlike those of the tests."""
    with tempfile.TemporaryDirectory(prefix="dateline-test-") as name:
        Path(name).chmod(0o755)
        yield Path(name)


def without_rights(work):
    """Call a function as a user who owns nothing, since root may write everywhere; return what it returned."""

    def run(there):
        if os.geteuid() == 0:
            os.setgroups([])
            os.setresgid(65534, 65534, 65534)
            os.setresuid(65534, 65534, 65534)
        there.sendall(json.dumps(work()).encode() + b"\n")

    with closing(Forked(run)) as other:
        answer = other.lines.readline()
        assert other.ended() == 0
        return json.loads(answer)
