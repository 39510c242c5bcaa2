"""Preparing a large document in the background: its base and its search index, in a process of their own.

`python -m viewer.preparing DOCUMENT CACHE STEP…` does the steps one after the other and tells on its standard
output, in lines of JSON, how far it is. It reads the document in short reads and writes nothing but the cache. To
cancel it is to kill it. Where the cache cannot be written to, the same is done here, in memory. What starts and
hears a process is loaded when there is one to start: the window opens without it.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viewer.base import GROUPINGS, Base, arrangement_name, build_base, open_base, read_base
from viewer.storage.cache import Cache
from viewer.storage.cache_folder import CacheFolder
from viewer.storage.errors import ReadError, WriteError
from viewer.storage.reader import Reader
from viewer.storage.reading import reading
from viewer.storage.search_index import build_index
from viewer.timeline.array_files import verify_arrays

if TYPE_CHECKING:
    import queue
    import subprocess

COLUMNS, SEARCH, VERIFY = "columns", "search", "verify"
"""Steps of a preparation; others are the names of arrangements."""

Progress = Callable[[int, int], None]
"""Told how much of how much is done."""

_LOOK_EVERY = 0.1
_TELL_EVERY = 0.1
_NICE = 10
_FOLDER_FAILED = 3


class PreparationError(Exception):
    """The preparation came to no result: the process that did it died, or the document cannot be read."""


@dataclass(slots=True)
class Preparation:
    """What has to be done beside the window. `run` it in a worker, then have it adopted where it came from.

    `steps`: what is done, in this order. `is_quiet`: nobody waits for it, nothing need be said of it. `base`: what
    arrangements are of; after the run, what was made in memory.
    `problem`: why the cache cannot be used, in words of the system; the work is then done in memory.
    """

    path: Path
    document: str
    folder: CacheFolder
    cache: Cache
    steps: tuple[str, ...]
    is_quiet: bool = False
    base: Base | None = None
    problem: str | None = None
    found_damage: bool = False

    def run(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Do the steps; `progress` is told how much of how much is done: of the events, where these are read.

        When it is cancelled, soon return.

        Raises:
            PreparationError: it came to no result.
        """
        if self.steps == (VERIFY,):
            self.found_damage = not self._is_whole(cancelled)
            return
        if COLUMNS in self.steps:
            progress(0, self._count())
        if self.problem is None and not self._is_of_memory:
            try:
                self.folder.use()
                self.problem = self._in_process(progress, cancelled)
            except OSError as error:
                self.problem = str(error)
            if self.problem is None:
                return
        try:
            self._here(progress, cancelled)
        except ReadError as error:
            raise PreparationError(str(error)) from error

    def _count(self) -> int:
        try:
            with reading(self.path, self.document) as reader:
                return reader.event_count()
        except ReadError as error:
            raise PreparationError(str(error)) from error

    @property
    def _is_of_memory(self) -> bool:
        """Whether what is to be done is about a base that no other process can see."""
        others = self.steps[0] not in (COLUMNS, SEARCH)
        return others and self.base is not None and self.base.build is None

    def _in_process(self, progress: Progress, cancelled: Callable[[], bool]) -> str | None:
        """Have a process do the steps; return why it could not write to the cache."""
        problem: str | None = None
        with _child(self.path, self.folder, self.document, self.steps) as child:
            for message in _said_by(child, cancelled):
                if "stage" in message:
                    progress(int(message["done"]), int(message["total"]))
                elif "folder" in message:
                    problem = str(message["folder"])
                elif "failed" in message:
                    raise PreparationError(str(message["failed"]))
            code = child.poll()
        if code and problem is None and not cancelled():
            raise PreparationError(f"the process that prepares the document stopped with code {code}")
        return problem

    def _here(self, progress: Progress, cancelled: Callable[[], bool]) -> None:
        """Do the steps in this process, in memory."""

        def tell(done: int, total: int) -> None:
            if cancelled():
                raise _CancelledError
            progress(done, total)

        try:
            with reading(self.path, self.document) as reader:
                for step in self.steps:
                    if step == COLUMNS:
                        self.base = read_base(reader, tell)
                    elif step == SEARCH:
                        self.cache.build(reader, tell, cancelled)
                    elif self.base is not None:
                        _arrange(self.base, reader, step)
        except _CancelledError:
            return

    def _is_whole(self, cancelled: Callable[[], bool]) -> bool:
        build = None if self.base is None else self.base.build
        files = [] if build is None else [each for each in build.iterdir() if not each.name.startswith(".")]
        return all(verify_arrays(each, cancelled) for each in files)


class _CancelledError(Exception):
    """The work was cancelled between two steps."""


@contextmanager
def _child(
    path: Path, folder: CacheFolder, document: str, steps: Sequence[str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start the process; when the block ends it has ended too, and what it left half done is gone."""
    import subprocess

    # -P: nothing is imported from the folder in which somebody happens to stand.
    command = [sys.executable, "-P", "-B", "-X", "utf8", "-m", "viewer.preparing"]
    search_path = os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)
    before = set(folder.unfinished())
    with subprocess.Popen(
        [*command, str(path), str(folder.root), "--document", document, *steps],
        env={**os.environ, "PYTHONPATH": search_path},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    ) as child:
        try:
            yield child
        finally:
            child.kill()
            child.wait()
            for left in set(folder.unfinished()) - before:
                folder.discard(left)


def _said_by(child: subprocess.Popen[bytes], cancelled: Callable[[], bool]) -> Iterator[dict[str, Any]]:
    """Yield what a process says until it ends; kill it when it is cancelled, which is asked now and then."""
    import queue
    import threading

    lines: queue.Queue[bytes | None] = queue.Queue()

    def listen() -> None:
        for line in child.stdout or ():
            lines.put(line)
        lines.put(None)

    # A thread of its own: reading from a pipe cannot be interrupted.
    threading.Thread(target=listen, daemon=True).start()
    while not cancelled():
        try:
            line = lines.get(timeout=_LOOK_EVERY)
        except queue.Empty:
            continue
        if line is None:
            child.wait()
            return
        yield json.loads(line)
    child.kill()


def _arrange(base: Base, reader: Reader, name: str) -> None:
    for clock in (False, True):
        for grouping in GROUPINGS:
            if arrangement_name(grouping, by_publication=clock) == name:
                base.arrange(reader, grouping, by_publication=clock)


def _say(**message: object) -> None:
    print(json.dumps(message), flush=True)


def _telling(step: str) -> Callable[[int, int], None]:
    """Return what says how far a step is, now and then."""
    last = 0.0

    def tell(done: int, total: int) -> None:
        nonlocal last
        if time.monotonic() - last >= _TELL_EVERY or done >= total:
            last = time.monotonic()
            _say(stage=step, done=done, total=total)

    return tell


def _prepare(reader: Reader, folder: CacheFolder, steps: Sequence[str]) -> None:
    for step in steps:
        if step == COLUMNS:
            old = open_base(folder, reader)
            build_base(reader, folder.new_build(), _telling(step), old)
        elif step == SEARCH:
            build_index(reader, folder.new_search_index(), _telling(step))
        else:
            base = open_base(folder, reader)
            if base is not None:
                _arrange(base, reader, step)
        _say(ready=step)


def main(arguments: Sequence[str]) -> int:
    """Do the steps of a preparation in this process; see the top of this file."""
    path, root, *rest = arguments
    document = None
    if rest[:1] == ["--document"]:
        document, rest = rest[1], rest[2:]
    if hasattr(os, "nice"):
        os.nice(_NICE)
    try:
        with reading(Path(path), document) as reader:
            folder = CacheFolder(Path(root), reader.meta().uid)
            folder.use()
            _prepare(reader, folder, rest or (COLUMNS, SEARCH))
    except ReadError as error:
        _say(failed=str(error))
        return 1
    except (OSError, WriteError) as error:
        _say(folder=error.message if isinstance(error, WriteError) else str(error))
        return _FOLDER_FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
