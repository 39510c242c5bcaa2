"""Work on strangers' files in a process of its own, which is stopped when it takes too long or too much.

A parser that loops, eats the memory or crashes takes the child with it and not the window. The child gets bytes,
writes no files, and answers with one JSON object; whoever asked checks what is in it.
"""

from __future__ import annotations

import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

Work = Callable[..., Mapping[str, Any]]
"""A function of a module, called as work(payload, **arguments) in the child."""

ANSWER_LIMIT = 64 * 1024 * 1024
_LOOK_EVERY = 0.1
_GRACE = 5
"""Seconds after which a child whose parent died stops by itself, beyond its own limit."""


class ChildError(Exception):
    """The work gave no answer; the message says why. `code`: time, memory, crash, answer, cancelled or start."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def run_child(
    work: Work,
    payload: bytes,
    *,
    cpu_seconds: int,
    memory_mb: int,
    wall_seconds: float,
    arguments: Mapping[str, Any] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> dict[str, Any]:
    """Call work(payload, **arguments) in a child and return its answer; `cancelled` is asked ten times a second.

    Processor time and memory are limited where the system can (memory: Linux), the clock's time everywhere.

    Raises:
        ChildError: it was stopped, it crashed, or it did not answer with a JSON object.
    """
    order = {
        "path": [entry or str(Path.cwd()) for entry in sys.path],
        "module": work.__module__,
        "function": work.__qualname__,
        "arguments": dict(arguments or {}),
        "limits": [cpu_seconds, memory_mb, int(wall_seconds) + _GRACE],
    }
    try:
        # A file, for a pipe that a child is slow to empty would make us wait.
        with tempfile.TemporaryFile() as written:
            written.write(json.dumps(order).encode() + b"\n" + payload)
            written.seek(0)
            answer, code = _answer(written, wall_seconds, cancelled)
    except OSError as error:
        raise ChildError("start", f"no second process could be started: {error.strerror or error}") from error
    if code != 0:
        raise _fault(code, cpu_seconds)
    return _checked(answer)


def _answer(written: IO[bytes], wall_seconds: float, cancelled: Callable[[], bool]) -> tuple[bytes, int]:
    """Start a child on a written order; return what it wrote and its exit code."""
    with subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", __file__],
        stdin=written,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            return _awaited(child, wall_seconds, cancelled), child.returncode
        finally:
            child.kill()


def _awaited(child: subprocess.Popen[bytes], wall_seconds: float, cancelled: Callable[[], bool]) -> bytes:
    deadline = time.monotonic() + wall_seconds
    while True:
        try:
            return child.communicate(timeout=_LOOK_EVERY)[0]
        except subprocess.TimeoutExpired:
            if cancelled():
                raise ChildError("cancelled", "it was cancelled") from None
            if time.monotonic() > deadline:
                raise ChildError("time", f"it took longer than {wall_seconds:g} seconds") from None


def _fault(code: int, cpu_seconds: int) -> ChildError:
    if code == _OUT_OF_MEMORY:
        return ChildError("memory", "it needed too much memory")
    if sys.platform != "win32" and -code in (signal.SIGXCPU, signal.SIGALRM):
        return ChildError("time", f"it took longer than {cpu_seconds} seconds")
    return ChildError("crash", "the reader stopped with a fault of its own")


def _checked(answer: bytes) -> dict[str, Any]:
    try:
        value = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise ChildError("answer", "the reader gave no answer that can be read") from error
    if not isinstance(value, dict) or len(answer) > ANSWER_LIMIT:
        raise ChildError("answer", "the reader gave no answer that can be read")
    return value


_OUT_OF_MEMORY = 3
_NO_ANSWER = 4


def _limit(cpu_seconds: int, memory_mb: int, wall_seconds: int) -> None:
    """Limit this process, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    size = memory_mb * 1024 * 1024
    wanted = {
        resource.RLIMIT_CPU: (cpu_seconds, cpu_seconds + 1),
        resource.RLIMIT_AS: (size, size),
        resource.RLIMIT_FSIZE: (0, 0),
        resource.RLIMIT_CORE: (0, 0),
    }
    for name, value in wanted.items():
        try:
            resource.setrlimit(name, value)
        except (
            ValueError,
            OSError,
        ):  # macOS knows RLIMIT_AS and refuses it; a lower limit may be set already
            pass
    signal.alarm(wall_seconds)


def _serve() -> int:
    """Do one order from standard input and write its answer; nothing that a library prints gets in between."""
    out = os.dup(1)
    os.dup2(2, 1)
    order = json.loads(sys.stdin.buffer.readline())
    sys.path[:] = order["path"]
    _limit(*order["limits"])
    try:
        work = getattr(importlib.import_module(order["module"]), order["function"])
        answer = json.dumps(work(sys.stdin.buffer.read(), **order["arguments"])).encode("ascii")
    except MemoryError:
        return _OUT_OF_MEMORY
    if len(answer) > ANSWER_LIMIT:
        return _NO_ANSWER
    with os.fdopen(out, "wb") as pipe:
        pipe.write(answer)
    return 0


if __name__ == "__main__":
    sys.exit(_serve())
