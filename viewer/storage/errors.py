"""What can go wrong with a file, as typed values: each knows what happened and what to do next."""

from __future__ import annotations

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


class ChangedElsewhereError(WriteError):
    """The rows that a change builds on are no longer what it expects."""
