"""Which documents were changed on this machine: whose crash journals are therefore our own.

One small file for each, named by the document's path, in the application's data. It says which file lay there
(device and inode), so that a journal is not believed beside another file that took its place; and the
document's uid, by which backups are found when the document itself can no longer be read.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from viewer.frozen import dataclass
from viewer.storage.errors import WriteError
from viewer.storage.files import write_whole
from viewer.storage.open_files import FileKey, key_of

_LARGEST = 10_000


@dataclass(frozen=True, slots=True)
class Note:
    """What is remembered of a document that was changed here."""

    uid: str
    key: FileKey


class Notes:
    """The notes in one folder. Nothing in it is ever needed to open a document that was closed in order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def write(self, path: Path, uid: str) -> None:
        """Note that a document is going to be changed here.

        Raises:
            WriteError: the note cannot be written.
        """
        try:
            device, inode = key_of(path.stat())
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise WriteError(
                "no-notes", f"The folder of Dateline's own data cannot be written to: {error.strerror}."
            ) from error
        note = {"path": os.fsencode(path).decode("utf-8", "replace"), "uid": uid, "file": [device, inode]}
        if self.of(path) != Note(uid, (device, inode)):
            write_whole(self._file(path), json.dumps(note).encode("utf-8", "replace"), private=True)

    def of(self, path: Path) -> Note | None:
        """Return the note of a document, by its real path; None without one that can be read."""
        try:
            with self._file(path).open("rb") as file:
                found: Any = json.loads(file.read(_LARGEST))
            device, inode = found["file"]
            return Note(str(found["uid"]), (int(device), int(inode)))
        except (OSError, ValueError, KeyError, TypeError, RecursionError):
            return None

    def knows(self, path: Path) -> bool:
        """Return whether the very file at a real path was changed here."""
        note = self.of(path)
        try:
            return note is not None and note.key == key_of(path.stat())
        except OSError:
            return False

    def _file(self, path: Path) -> Path:
        import hashlib  # 10 ms of OpenSSL, which most starts do without

        return self._folder / f"{hashlib.sha256(os.fsencode(path)).hexdigest()[:32]}.json"
