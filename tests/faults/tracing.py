"""System calls of a running process, counted, failed or made its last, with `strace`."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from contextlib import contextmanager
from functools import cache

KILL = "signal=KILL"

# "?" because not every processor's Linux knows each of them.
WRITING = (
    "pwrite64", "write", "fdatasync", "fsync", "ftruncate", "openat", "?unlink", "unlinkat", "?rename", "?renameat",
    "?renameat2", "?link", "linkat",
)  # fmt: skip
_CALL = re.compile(r"^\d+ +(\w+)\((.*)")


@cache
def why_not():
    """Return why system calls cannot be watched here, None where they can."""
    if not sys.platform.startswith("linux"):
        return "system calls are watched with strace, on Linux"
    if shutil.which("strace") is None:
        return "strace is not installed"
    tried = subprocess.run(
        ["strace", "-f", "-o", os.devnull, "-e", "inject=fsync:error=EIO", "true"],
        capture_output=True,
        check=False,
    )
    return f"strace may not trace here: {tried.stderr.decode()[:200]}" if tried.returncode else None


@contextmanager
def watched(pid, *, log=os.devnull, inject=None):
    """Trace the writing system calls of a process in the block, into `log`.

    `inject`: what to do at which of them, as (name, number from 1, "signal=KILL" or "error=EIO").
    """
    command = ["strace", "-f", "-o", str(log), "-e", f"trace={','.join(WRITING)}", "-e", "signal=none"]
    if inject is not None:
        name, number, deed = inject
        command += ["-e", f"inject={name}:{deed}:when={number}"]
    with subprocess.Popen([*command, "-p", str(pid)], stderr=subprocess.PIPE, text=True) as strace:
        said = strace.stderr.readline()
        assert "attached" in said, said
        try:
            yield
        finally:
            if strace.poll() is None:
                strace.send_signal(signal.SIGTERM)  # it lets go of what it traces
            strace.communicate()


def writes_in(log):
    """Return each writing call of a log as its name and its number among those of that name, in order."""
    counts, found = {}, []
    for line in log.read_text(errors="replace").splitlines():
        call = _CALL.match(line)
        if call is None:
            continue
        name, arguments = call.groups()
        counts[name] = counts.get(name, 0) + 1
        if name != "openat" or "O_CREAT" in arguments:
            found.append((name, counts[name]))
    return found
