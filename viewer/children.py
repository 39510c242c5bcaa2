"""Work on strangers' files in a process of its own, which is stopped when it takes too long or too much.

A parser that loops, eats the memory or crashes takes the child with it and not the window. The child gets bytes,
writes no files, and answers with one JSON object, or line by line as it reads; whoever asked checks the answer.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path
from queue import Empty, Full, Queue
from threading import Event, Thread
from typing import IO, Any

Work = Callable[..., Mapping[str, Any]]
"""A function of a module, called as work(payload, **arguments) in the child."""
Stream = Callable[..., Iterator[bytes]]
"""A function of a module, called as stream(file, **arguments) in the child; yields lines."""

ANSWER_LIMIT = 64 * 1024 * 1024
_LOOK_EVERY = 0.1
_BUNDLE = 256 * 1024
_AHEAD = 8
"""Bytes of lines that are handed over at once, and how many times that a child may be ahead of its reader."""
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
    order = _order(work, arguments, cpu_seconds, memory_mb, wall_seconds)
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


def stream_child(
    work: Stream,
    file: IO[bytes],
    *,
    cpu_seconds: int,
    memory_mb: int,
    wall_seconds: float,
    arguments: Mapping[str, Any] | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Generator[bytes, None, None]:
    """Call work(file, **arguments) in a child and yield its lines as they come; the child waits for a slow reader.

    `file` is a real one, and seekable; the child reads it from its beginning. Whoever stops taking lines closes
    the iterator, and the child is stopped. Limits are those of `run_child`.

    Raises:
        ChildError: it was stopped or it crashed; what came before may be only a part.
    """
    order = json.dumps(_order(work, arguments, cpu_seconds, memory_mb, wall_seconds))
    file.seek(0)
    try:
        child = _started([order], file)
    except OSError as error:
        raise ChildError("start", f"no second process could be started: {error.strerror or error}") from error
    with child:
        try:
            yield from _lines(child, wall_seconds, cancelled)
            code = child.wait()
        finally:
            child.kill()
    if code != 0:
        raise _fault(code, cpu_seconds)


def _lines(
    child: subprocess.Popen[bytes], wall_seconds: float, cancelled: Callable[[], bool]
) -> Iterator[bytes]:
    """Yield the lines of a child; a thread takes them in, for a pipe cannot be read with a deadline everywhere."""
    bundles: Queue[list[bytes]] = Queue(_AHEAD)
    left = Event()
    taker = Thread(target=_take_in, args=(child, bundles, left), daemon=True)
    taker.start()
    deadline = time.monotonic() + wall_seconds
    try:
        while True:
            lines = None
            with contextlib.suppress(Empty):
                lines = bundles.get(timeout=_LOOK_EVERY)
            if cancelled():
                raise ChildError("cancelled", "it was cancelled")
            if time.monotonic() > deadline:
                raise ChildError("time", f"it took longer than {wall_seconds:g} seconds")
            if lines is not None and not lines:
                return
            yield from lines or ()
    except BaseException:
        child.kill()
        raise
    finally:
        left.set()
        taker.join()


def _take_in(child: subprocess.Popen[bytes], bundles: Queue[list[bytes]], left: Event) -> None:
    """Hand lines over in bundles until the child closes its end; an empty one says that this was all."""
    assert child.stdout is not None
    lines = [b""]
    while lines and not left.is_set():
        lines = child.stdout.readlines(_BUNDLE)
        while not left.is_set():
            with contextlib.suppress(Full):  # whoever takes them is slow
                bundles.put(lines, timeout=_LOOK_EVERY)
                break


def _order(
    work: Work | Stream,
    arguments: Mapping[str, Any] | None,
    cpu_seconds: int,
    memory_mb: int,
    wall_seconds: float,
) -> dict[str, Any]:
    return {
        "path": [entry or str(Path.cwd()) for entry in sys.path],
        "module": work.__module__,
        "function": work.__qualname__,
        "arguments": dict(arguments or {}),
        "limits": [cpu_seconds, memory_mb, int(wall_seconds) + _GRACE],
    }


def _started(arguments: list[str], written: IO[bytes]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-I", "-B", "-X", "utf8", __file__, *arguments],
        stdin=written,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _answer(written: IO[bytes], wall_seconds: float, cancelled: Callable[[], bool]) -> tuple[bytes, int]:
    """Start a child on a written order; return what it wrote and its exit code."""
    with _started([], written) as child:
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
    """Do one order; nothing that a library prints gets into the answer.

    Without arguments the order is the first line of standard input and its payload the rest; an order that is
    given as an argument reads standard input itself, and answers line by line.
    """
    out = os.dup(1)
    os.dup2(2, 1)
    streaming = len(sys.argv) > 1
    order = json.loads(sys.argv[1] if streaming else sys.stdin.buffer.readline())
    sys.path[:] = order["path"]
    _limit(*order["limits"])
    try:
        work = getattr(importlib.import_module(order["module"]), order["function"])
        if streaming:
            return _write_lines(out, work(sys.stdin.buffer, **order["arguments"]))
        answer = json.dumps(work(sys.stdin.buffer.read(), **order["arguments"])).encode("ascii")
    except MemoryError:
        return _OUT_OF_MEMORY
    if len(answer) > ANSWER_LIMIT:
        return _NO_ANSWER
    with os.fdopen(out, "wb") as pipe:
        pipe.write(answer)
    return 0


def _write_lines(out: int, lines: Iterator[bytes]) -> int:
    with os.fdopen(out, "wb", buffering=_BUNDLE) as pipe:
        pipe.writelines(lines)
    return 0


if __name__ == "__main__":
    sys.exit(_serve())
