"""Which files this process has open as documents, whatever they are called.

A file that is open must never be opened a second time but through SQLite: when the second handle is closed, the
system drops the locks of the first. So it is known by its device and inode, which are asked without opening it.
"""

from __future__ import annotations

import os
from pathlib import Path

FileKey = tuple[int, int]
_held: set[FileKey] = set()


def key_of(found: os.stat_result) -> FileKey:
    """Return what identifies a file: device and inode."""
    return (found.st_dev, found.st_ino)


def hold(key: FileKey) -> None:
    """Remember that a file is open as a document."""
    _held.add(key)


def release(key: FileKey) -> None:
    """Forget a file that was closed."""
    _held.discard(key)


def is_held(key: FileKey) -> bool:
    """Return whether this process has the file open as a document."""
    return key in _held


def is_open(path: Path) -> bool:
    """Return whether this process has the file of that name open as a document."""
    try:
        return key_of(path.stat()) in _held
    except (OSError, ValueError):
        return False
