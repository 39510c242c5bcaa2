"""The folder of what is derived from documents: one for each document, by its uid; all of it can be deleted.

In it lie builds, each a folder of files that belong together, and search indexes. A build is complete once its
last file stands; what a stopped process left half done is swept away later. Copies of a document share its
folder, so it keeps a few of each. Folders that were not used for longest go when all take too much.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

LIMIT = 2 * 1024**3
"""Bytes that the folders of documents that are not open may take, all together."""

STATE_FILE = "state"
"""The file of a build that is written last."""

_USED = "used"
_KEPT = 2
_HALF_DONE_SECONDS = 24 * 3600


class CacheFolder:
    """The folder of one document. Nothing is made before it is needed; a failure to do so is an OSError."""

    def __init__(self, root: Path, document_uid: str) -> None:
        self.root = root
        self.path = root / (re.sub(r"[^0-9A-Za-z-]", "_", document_uid)[:80] or "_")

    def use(self, limit: int = LIMIT) -> None:
        """Make the folder, note that it is in use, and make room for it among the others.

        Raises:
            OSError: it cannot be written to.
        """
        self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        (self.path / _USED).write_bytes(b"")
        self._sweep()
        self._make_room(limit)

    def builds(self) -> list[Path]:
        """Return the complete builds, newest first."""
        return _newest(each for each in _inside(self.path) if (each / STATE_FILE).is_file())

    def new_build(self) -> Path:
        """Make the folder of a build that is to be filled.

        Raises:
            OSError: it cannot be written to.
        """
        build = self.path / f"build-{time.time_ns():x}-{os.urandom(4).hex()}"
        build.mkdir(parents=True, mode=0o700)
        return build

    def search_indexes(self) -> list[Path]:
        """Return the search indexes, newest first."""
        return _newest(each for each in _inside(self.path) if each.suffix == ".search")

    def new_search_index(self) -> Path:
        """Return the path of a search index that is to be written; nothing is there yet."""
        return self.path / f"{time.time_ns():x}-{os.urandom(4).hex()}.search"

    def unfinished(self) -> list[Path]:
        """Return what somebody is writing just now, or has left half done."""
        builds = self.builds()
        return [
            each
            for each in _inside(self.path)
            if each.suffix == ".part" or (each.name.startswith("build-") and each not in builds)
        ]

    def discard(self, path: Path) -> None:
        """Delete a build or a search index, as far as the system lets us: some keep what is in use."""
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
            return
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm", f"{path.name}-journal"):
            try:
                path.with_name(name).unlink(missing_ok=True)
            except OSError:
                pass

    def _sweep(self) -> None:
        """Delete what is older than the newest few, and what was left half done."""
        builds, indexes = self.builds(), self.search_indexes()
        for old in (*builds[_KEPT:], *indexes[_KEPT:]):
            self.discard(old)
        before = time.time() - _HALF_DONE_SECONDS
        for each in self.unfinished():
            if _changed_at(each) < before:
                self.discard(each)

    def _make_room(self, limit: int) -> None:
        others = [each for each in _inside(self.root) if each != self.path and each.is_dir()]
        left = limit
        for folder in sorted(others, key=lambda each: _changed_at(each / _USED), reverse=True):
            left -= _size(folder)
            if left < 0:
                shutil.rmtree(folder, ignore_errors=True)


def _inside(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _newest(paths: Iterator[Path]) -> list[Path]:
    return sorted(paths, key=lambda path: (_changed_at(path), path.name), reverse=True)


def _changed_at(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _size(folder: Path) -> int:
    size = 0
    for inside, _, names in os.walk(folder):
        for name in names:
            try:
                size += (Path(inside) / name).stat().st_size
            except OSError:
                pass
    return size
