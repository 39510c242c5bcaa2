"""The log: in the application's data folder, for its owner only, one escaped line for each message.

What strangers wrote can hold line ends and terminal commands; neither gets into the log. Document text
is not logged at all: callers log what happened, not to which words.
"""

from __future__ import annotations

import logging
import os
import traceback
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import TextIOWrapper
    from types import TracebackType

LONGEST_LINE = 500

_FILE_SIZE = 1_000_000
_FILES_KEPT = 3
_CHAIN = 5


def start_log(folder: Path) -> bool:
    """Write the log into `folder` from now on; return False, and log nothing, where that is impossible."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handler = _PrivateFile(folder / "dateline.log", encoding="utf-8")
    except OSError:
        return False
    handler.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.raiseExceptions = False
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.INFO)
    return True


def escaped(text: str) -> str:
    """Return `text` as one printable line of at most 500 characters."""
    shown = text[:LONGEST_LINE]
    line = "".join(char if char.isprintable() else ascii(char)[1:-1] for char in shown)
    return line[: LONGEST_LINE - 1] + "…" if len(text) > LONGEST_LINE or len(line) > LONGEST_LINE else line


def error_lines(error: BaseException) -> list[str]:
    """Return the traceback of `error` and of what led to it, one escaped line each."""
    lines: list[str] = []
    link: BaseException | None = error
    for _ in range(_CHAIN):
        if link is None:
            break
        frames = traceback.extract_tb(link.__traceback__)
        lines += [escaped(f'  "{frame.filename}", line {frame.lineno}, in {frame.name}') for frame in frames]
        lines.append(escaped(f"{type(link).__name__}: {link}"))
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return lines


class _OneLine(logging.Formatter):
    """Formats a record as one line, and an exception as one line a frame."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return escaped(super().formatMessage(record))

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return "\n".join(error_lines(ei[1])) if ei[1] is not None else ""


class _PrivateFile(logging.FileHandler):
    """A log that only its owner may read; a full file is put aside, and the last ones are kept.

    `logging.handlers` has such a file too, but loads sockets and more with it, at every start.
    """

    def emit(self, record: logging.LogRecord) -> None:
        stream = self.stream  # there is none once it was closed
        try:
            if stream and stream.seek(0, os.SEEK_END) >= _FILE_SIZE:
                stream.close()
                self._put_aside()
                self.stream = self._open()
        except OSError:
            self.handleError(record)
        super().emit(record)

    def _put_aside(self) -> None:
        names = [
            self.baseFilename,
            *(f"{self.baseFilename}.{number}" for number in range(1, _FILES_KEPT + 1)),
        ]
        for older, newer in zip(names[:0:-1], names[-2::-1], strict=True):
            with suppress(OSError):
                Path(newer).replace(older)

    def _open(self) -> TextIOWrapper:
        opened = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(opened, "a", encoding=self.encoding, errors="backslashreplace")
