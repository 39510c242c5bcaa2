"""The files that SQLite leaves beside a document when a process dies, and which of them are dangerous.

SQLite believes whatever lies beside a document under the right name. A journal that names a super-journal can
delete any file that the user may delete; any other can put back pages of a stranger's choice.
"""

from __future__ import annotations

import stat
from pathlib import Path

from viewer.storage.errors import refused

_SUPER_JOURNAL = bytes.fromhex("d9d505f920a163d7")
_ENDINGS = ("-journal", "-wal", "-shm")


def beside(path: Path) -> tuple[Path, ...]:
    """Return the side files of a document that exist, whatever they hold."""
    named = (path.with_name(path.name + ending) for ending in _ENDINGS)
    return tuple(side for side in named if side.exists() or side.is_symlink())


def hot(path: Path) -> tuple[Path, ...]:
    """Return the side files that SQLite would put into the document when it is opened.

    A journal that is empty or begins with a zero byte was finished; an empty WAL holds nothing.

    Raises:
        OpenError: a journal names another file, or a side file is no regular file.
    """
    journal, wal = (path.with_name(path.name + ending) for ending in ("-journal", "-wal"))
    found = []
    try:
        if _is_unfinished(path, journal):
            found.append(journal)
        if _is_filled(path, wal):
            found.append(wal)
    except OSError as error:
        raise refused(
            path, "unreadable", f"has an unreadable journal ({error.strerror})", "Check its permissions."
        ) from error
    return tuple(found)


def _is_unfinished(path: Path, journal: Path) -> bool:
    try:
        if not _is_filled(path, journal):
            return False
        _refuse_super_journal(path, journal)
        return not _begins_with_zero(journal)
    except FileNotFoundError:  # whoever wrote it has finished meanwhile
        return False


def _is_filled(path: Path, side: Path) -> bool:
    try:
        found = side.lstat()
    except FileNotFoundError:
        return False
    if not stat.S_ISREG(found.st_mode):
        raise refused(
            path,
            "foreign-journal",
            f"has something beside it that is no file of Dateline ({side.name})",
            "Move it away if you trust the document without it.",
        )
    return found.st_size > 0


def _begins_with_zero(journal: Path) -> bool:
    with journal.open("rb") as file:
        return file.read(1) == b"\x00"


def _refuse_super_journal(path: Path, journal: Path) -> None:
    with journal.open("rb") as file:
        file.seek(max(0, journal.stat().st_size - len(_SUPER_JOURNAL)))
        if file.read() == _SUPER_JOURNAL:
            raise refused(
                path,
                "foreign-journal",
                f"has a journal beside it that Dateline did not write ({journal.name})",
                "Move the journal away if you trust the document without it.",
            )
