"""A change that takes long, made in a process of its own: files brought in, or a large edit taken back.

`python -m viewer.changing DOCUMENT` reads an order from standard input, makes the change as any other program would
that has the document open, and says on its standard output, in lines of JSON, how far it is and what came of it.
It goes on as long as its standard input is open: closing that, or dying, is to cancel it, and then nothing was
changed. The window reads nothing in between but what it shows; afterwards it catches up with the one new edit.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Literal

from viewer.document import Document
from viewer.domain.edits import Edit
from viewer.formats.incoming import Problem, UnreadableError
from viewer.frozen import dataclass
from viewer.importing import FileToImport
from viewer.storage.access import Notice
from viewer.storage.errors import StorageError, WriteError
from viewer.storage.watching import State, outside_error

Stage = Literal["reading", "saving"]
Told = Callable[[Stage, int, int], None]
"""Told how much of how much of a stage is done: of bytes read, of rows written."""

_LOOK_EVERY = 0.05
_TELL_EVERY = 0.1
_PATIENCE = 1.5
"""Seconds in which a process takes back what it began; then it is killed, and SQLite takes it back."""
_BUNCH = 200


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done. `files`, for an import, each with a path; `dry_run`: only tell what it would do."""

    verb: Literal["import", "undo", "redo"]
    files: tuple[FileToImport, ...] = ()
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the uid of the new edit, None without one; of an import, how many events and what was odd.

    `problems` are the first of them, `untold` counts the others. `problem`: why no backup could be made before.
    """

    edit: str | None
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    problems: tuple[Problem, ...] = ()
    untold: int = 0
    problem: Notice | None = None


def change_beside(
    path: Path, state: State, order: Order, *, told: Told, cancelled: Callable[[], bool]
) -> Outcome | None:
    """Have an order done on a document that is open here in `state`; None: it was cancelled, nothing was changed.

    Call it in a worker: it waits for the other process, and asks `cancelled` twenty times a second.

    Raises:
        UnreadableError: a file cannot be read, and which; nothing was changed.
        StorageError: nothing was changed, and why.
    """
    problems: list[Problem] = []
    with _process(path, state, order) as child:
        for message in _said_by(child, cancelled):
            match message:
                case {"at": [stage, done, total]}:
                    told(stage, done, total)
                case {"problems": found}:
                    problems += [Problem(*each) for each in found]
                case {"done": edit, "counts": counts, "problem": problem}:
                    notice = Notice(*problem) if problem else None
                    return Outcome(edit, **counts, problems=tuple(problems), problem=notice)
                case {"unreadable": text, "file": name, "line": line}:
                    raise _unreadable(text, name, line)
                case {"failed": [code, text, remedy]}:
                    raise WriteError(code, text, remedy, path=path)
    if cancelled():
        return None
    text = "The process that was to make the change stopped before its end."
    raise WriteError("stopped", text, "Nothing was changed. Try again.", path=path)


def _unreadable(text: str, name: str, line: int | None) -> UnreadableError:
    error = UnreadableError(text, line=line)
    error.file = name
    return error


@contextmanager
def _process(path: Path, state: State, order: Order) -> Iterator[subprocess.Popen[bytes]]:
    """Start the process and give it its order; when the block ends it has ended too."""
    # -P: nothing is imported from the folder in which somebody happens to stand.
    command = [sys.executable, "-P", "-B", "-X", "utf8", "-m", "viewer.changing", str(path)]
    search_path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    with subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": search_path},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            _tell(child, {"state": list(state), **_order_json(order)})
            yield child
        finally:
            child.kill()


def _order_json(order: Order) -> dict[str, Any]:
    files = [[each.name, os.fspath(_path(each)), each.format, dict(each.options)] for each in order.files]
    return {"verb": order.verb, "files": files, "dry_run": order.dry_run}


def _path(file: FileToImport) -> Path:
    if isinstance(file.content, bytes):
        raise TypeError("another process reads a file where it lies")
    return file.content.absolute()


def _tell(child: subprocess.Popen[bytes], order: Mapping[str, Any]) -> None:
    assert child.stdin is not None
    try:
        child.stdin.write(json.dumps(order).encode() + b"\n")
        child.stdin.flush()
    except BrokenPipeError:  # it died at once, which is noticed where it is listened to
        pass


def _said_by(child: subprocess.Popen[bytes], cancelled: Callable[[], bool]) -> Iterator[Mapping[str, Any]]:
    """Yield what a process says until it ends; when it is cancelled, let it take back what it began, and end."""
    lines: queue.Queue[bytes | None] = queue.Queue()

    def listen() -> None:
        for line in child.stdout or ():
            lines.put(line)
        lines.put(None)

    # A thread of its own: reading from a pipe cannot be interrupted.
    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    deadline = None
    while deadline is None or time.monotonic() < deadline:
        if deadline is None and cancelled():
            deadline = time.monotonic() + _PATIENCE
            if child.stdin is not None:
                child.stdin.close()
        try:
            line = lines.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            continue
        if line is None:
            return
        yield json.loads(line)


# The other process


class _CancelledError(Exception):
    """Nobody waits for the change any more."""


def _say(**message: object) -> None:
    print(json.dumps(message), flush=True)


class _Telling:
    """Says how far a change is, now and then, and ends it when nobody listens any more."""

    def __init__(self) -> None:
        self.left = threading.Event()
        self._last = 0.0
        threading.Thread(target=self._wait, daemon=True).start()

    def _wait(self) -> None:
        while os.read(0, 1):
            pass
        self.left.set()

    def say(self, stage: Stage, done: int, total: int) -> None:
        if self.left.is_set():
            raise _CancelledError
        if time.monotonic() - self._last >= _TELL_EVERY:
            self._last = time.monotonic()
            _say(at=[stage, done, total])


def _do(document: Document, order: Mapping[str, Any], telling: _Telling) -> None:
    if document.store.state != State(*order["state"]):
        raise outside_error(document.path, "changed")
    document.store.tell_steps(lambda done, total: telling.say("saving", done, total))
    if order["verb"] == "import":
        _import(document, order, telling)
    else:
        _say_done(document, document.undo() if order["verb"] == "undo" else document.redo(), {})


def _import(document: Document, order: Mapping[str, Any], telling: _Telling) -> None:
    files = [FileToImport(name, Path(path), form, options) for name, path, form, options in order["files"]]
    total = sum(Path(each[1]).stat().st_size for each in order["files"] if Path(each[1]).is_file())
    telling.say("reading", 0, total)
    result = document.import_files(
        files,
        dry_run=order["dry_run"],
        cancelled=telling.left.is_set,
        told=lambda read: telling.say("reading", read, total),
    )
    _say_problems(result.problems)
    counts = {name: getattr(result, name) for name in ("added", "updated", "unchanged", "refused", "untold")}
    is_made = result.edit.changes and not order["dry_run"]
    _say_done(document, result.edit if is_made else None, counts)


def _say_problems(problems: Sequence[Problem]) -> None:
    """Say what was odd in lines that are taken in without anybody noticing, however many there are."""
    for first in range(0, len(problems), _BUNCH):
        some = problems[first : first + _BUNCH]
        _say(problems=[[each.path, each.message, each.line, each.file] for each in some])


def _say_done(document: Document, edit: Edit | None, counts: Mapping[str, int]) -> None:
    found = document.keeper.problem
    problem = None if found is None else [found.code, found.message, found.remedy]
    _say(done=None if edit is None else edit.uid, counts=dict(counts), problem=problem)


def main(arguments: Sequence[str]) -> int:
    """Do an order in this process; see the top of this file."""
    order = json.loads(sys.stdin.buffer.readline())
    telling = _Telling()
    try:
        with closing(Document.open(Path(arguments[0]))) as document:
            _do(document, order, telling)
    except _CancelledError:
        return 0
    except UnreadableError as error:
        if telling.left.is_set():  # a reader that was cancelled says so in this way
            return 0
        _say(unreadable=str(error), file=error.file, line=error.line)
    except StorageError as error:
        _say(failed=[error.code, error.message, error.remedy])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
