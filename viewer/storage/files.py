"""Writing files whole or not at all: a temporary beside the target, made to last, then renamed over it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from viewer.storage.errors import WriteError


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder last through a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def temporary_beside(target: Path) -> Path:
    """Return a new empty file in the folder of `target`, to be renamed over it when complete."""
    handle, name = tempfile.mkstemp(prefix=".dateline-", suffix=".part", dir=target.parent)
    os.close(handle)
    if os.name == "posix":  # mkstemp is for secrets; a document has the rights of any new file
        mask = os.umask(0)
        os.umask(mask)
        Path(name).chmod(0o666 & ~mask)
    return Path(name)


def write_whole(target: Path, content: bytes) -> None:
    """Write a file, or leave an older one as it was.

    Raises:
        WriteError: it could not be written.
    """
    temporary: Path | None = None
    try:
        temporary = temporary_beside(target)
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise WriteError(
            "export-failed",
            f"“{target.name}” could not be written: {error.strerror or error}.",
            "Choose another place.",
            path=target,
        ) from error
