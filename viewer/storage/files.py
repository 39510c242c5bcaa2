"""Writing files whole or not at all: a temporary beside the target, made to last, then renamed over it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from viewer.storage.errors import WriteError


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def temporary_beside(target: Path, *, private: bool = False) -> Path:
    """Return a new empty file in the folder of `target`, to be renamed over it when complete.

    `private`: only its owner may read it.
    """
    handle, name = tempfile.mkstemp(prefix=".dateline-", suffix=".part", dir=target.parent)
    os.close(handle)
    if (
        os.name == "posix" and not private
    ):  # mkstemp is for secrets; a document has the rights of any new file
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
    return Path(name)


def clear_away(temporary: Path | None) -> None:
    """Remove a temporary, where that can be done: what became of the work itself is what must be told."""
    if temporary is not None:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


@contextmanager
def writing_whole(target: Path, *, private: bool = False) -> Iterator[IO[bytes]]:
    """Give a stream that becomes the file when it is done; an older one is as it was if anything goes wrong.

    `private`: only its owner may read it.

    Raises:
        WriteError: it could not be written.
    """
    temporary: Path | None = None
    try:
        temporary = temporary_beside(target, private=private)
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        clear_away(temporary)
        raise WriteError(
            "export-failed",
            f"“{target.name}” could not be written: {error.strerror or error}.",
            "Choose another place.",
            path=target,
        ) from error
    except BaseException:
        clear_away(temporary)
        raise


def write_whole(target: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file, or leave an older one as it was; `private`: only its owner may read it.

    Raises:
        WriteError: it could not be written.
    """
    with writing_whole(target, private=private) as file:
        file.write(content)
