"""What can go wrong with a file, as typed values: each knows what happened and what to do next."""

from __future__ import annotations

import sqlite3
from pathlib import Path


class StorageError(Exception):
    """A document could not be opened, read or written. `code` is stable; `remedy` says what to do next."""

    def __init__(self, code: str, message: str, remedy: str = "", *, path: Path | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.remedy = remedy
        self.path = path

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class OpenError(StorageError):
    """The file was not opened, and not a byte of it was changed."""


class ReadError(StorageError):
    """An open document cannot be read any more: it was damaged, or its disk is gone."""


class WriteError(StorageError):
    """The change was not applied; the document is as it was before."""


class ReadOnlyError(WriteError):
    """The document may only be read; a copy of it can be changed."""


class ChangedElsewhereError(WriteError):
    """The rows that a change builds on are no longer what it expects, or the file is no longer the same."""


def refused(path: Path, code: str, message: str, remedy: str) -> OpenError:
    """Return the error of a file that is not opened: “name” and what is the matter with it."""
    return OpenError(code, f"“{path.name or path}” {message}.", remedy, path=path)


_WRITE_CODES = {
    sqlite3.SQLITE_BUSY: "in-use",
    sqlite3.SQLITE_LOCKED: "in-use",
    sqlite3.SQLITE_FULL: "disk-full",
    sqlite3.SQLITE_READONLY: "moved",
    sqlite3.SQLITE_CONSTRAINT: "constraint",
}


def is_busy(error: BaseException | None) -> bool:
    """Whether another program held the file when SQLite raised this, or what led to it."""
    while error is not None:
        number = getattr(error, "sqlite_errorcode", None)
        if isinstance(number, int) and number & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return True
        error = error.__cause__
    return False


def write_code(error: BaseException) -> str:
    """Return the code of a failed write: in-use, disk-full, moved, constraint, else write-failed.

    SQLite's extended codes keep the plain one in their lowest byte.
    """
    number = getattr(error, "sqlite_errorcode", None)
    return _WRITE_CODES.get(number & 0xFF, "write-failed") if isinstance(number, int) else "write-failed"
