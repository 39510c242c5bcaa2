"""Looking at a file before SQLite does: its kind, its size and its first hundred bytes, and nothing else."""

from __future__ import annotations

import os
import stat
import struct
from pathlib import Path

from viewer.frozen import dataclass
from viewer.storage.errors import refused
from viewer.storage.schema import APPLICATION_ID, SCHEMA_VERSION

_HEADER = 100
_MAGIC = b"SQLite format 3\x00"
_NOT_OURS = "Choose a .dateline file; to bring in other material, use Import."
_OTHER_COPY = "Open a backup or another copy."


@dataclass(frozen=True, slots=True)
class Header:
    """What the first hundred bytes say: whose file it is, of which format, in WAL mode or not."""

    application: int
    version: int
    wal: bool


def status(path: Path) -> os.stat_result:
    """Ask the system about a file without opening it.

    Raises:
        OpenError: there is no such file, or its path leads in a circle.
    """
    try:
        return path.stat()
    except FileNotFoundError as error:
        raise refused(path, "missing", "was not found", "It may have been moved or renamed.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise refused(path, "unreachable", f"cannot be reached ({reason})", "Check its path.") from error


def look_at(path: Path) -> Header:
    """Read the header of a regular file that may be a document.

    Raises:
        OpenError: it is a folder, a pipe or a device, it is empty, or it is no SQLite file.
    """
    found = status(path)
    if stat.S_ISDIR(found.st_mode):
        raise refused(path, "not-a-file", "is a folder", _NOT_OURS)
    if not stat.S_ISREG(found.st_mode):
        raise refused(path, "not-a-file", "is not a regular file", _NOT_OURS)
    if found.st_size == 0:
        raise refused(path, "empty", "is empty (0 bytes)", "It holds no document; open another copy.")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER)
    except OSError as error:
        raise refused(
            path, "unreadable", f"cannot be read ({error.strerror})", "Check its permissions."
        ) from error
    if len(header) < _HEADER or not header.startswith(_MAGIC):
        raise refused(path, "not-a-document", "is not a timeline document", _NOT_OURS)
    version, application = struct.unpack(">I4xI", header[60:72])
    return Header(application, version, wal=2 in header[18:20])


def check_identity(path: Path, application: int, version: int) -> None:
    """Refuse what another program, a newer or an older version made.

    Raises:
        OpenError: its code is other-application, newer, older or damaged.
    """
    if application != APPLICATION_ID:
        raise refused(
            path,
            "other-application",
            f"is an SQLite file of another program (application id {application:#x})",
            "It was not opened; export its data there and bring it in with Import.",
        )
    if version > SCHEMA_VERSION:
        raise refused(
            path,
            "newer",
            f"was made by a newer version of Dateline (format {version}; this one reads up to {SCHEMA_VERSION})",
            "Update Dateline to open it; not a byte was changed.",
        )
    if 0 < version < SCHEMA_VERSION:
        raise refused(
            path,
            "older",
            f"was made by an older version of Dateline (format {version})",
            "It can be brought up to date; the file as it is now is kept as a backup.",
        )
    if version < SCHEMA_VERSION:
        raise refused(path, "damaged", f"says format {version}, which never was", _OTHER_COPY)
