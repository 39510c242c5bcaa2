"""One Dateline for each user and display: a later start hands its file to the running one and ends.

The running one listens on a Unix socket in a folder that only its user can enter. It holds a lock as long as it
lives, so that a socket beside a free lock is a dead one's. Where there are no such sockets, as on Windows, each
start opens a window of its own. Nothing of this is loaded before it is needed: a start looks for a socket, and
goes on at once where there is none.
"""

from __future__ import annotations

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from viewer.folders import data_folder
from viewer.frozen import dataclass

if TYPE_CHECKING:
    import socket

LARGEST = 64 * 1024
"""Bytes of a message; more is not read."""

ANSWER = b"ok\n"

_PATIENCE = 0.2
"""Seconds after which a running Dateline that does not answer is left alone."""

_LONGEST_ADDRESS = 100
"""Bytes of a socket's path; systems allow 103 to 107."""

_LONGEST_PATH = 4096
_LONGEST_TOKEN = 256
_FORM = 1
_WINDOW_PLATFORMS = ("", "xcb", "wayland", "cocoa")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a later start asks for: a document to be shown, or None for only the window.

    token: what its desktop gave it so that a window may come forward; "" for nothing.
    """

    file: Path | None
    token: str = ""


def is_shared(platform: str | None) -> bool:
    """Tell whether a start on a Qt platform (None: the usual one) may share a running Dateline's windows."""
    usual = os.environ.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    return platform is None and usual in _WINDOW_PLATFORMS and hasattr(os, "geteuid")


def hand_over(file: Path | None) -> bool:
    """Have the running Dateline show a document, or only itself; return whether it does so.

    Takes 0.4 s at most, and much less than a millisecond where none is running.
    """
    address = _address()
    if address is None or not _is_socket(address) or not _is_private(address.parent):
        return False
    import socket

    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(_PATIENCE)
        try:
            line.connect(str(address))
            line.sendall(_message(file))
            line.shutdown(socket.SHUT_WR)
            return line.recv(len(ANSWER)) == ANSWER
        except OSError:  # gone, or too busy
            return False


def understood(message: bytes) -> Wish | None:
    """Return what a message asks for; None when it is none of ours."""
    import json

    if len(message) > LARGEST:
        return None
    try:
        value = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or value.get("form") != _FORM:
        return None
    file, token = value.get("file"), value.get("token")
    token = token if isinstance(token, str) and _is_token(token) else ""
    if file is None:
        return Wish(None, token)
    if not isinstance(file, str) or len(file) > _LONGEST_PATH or "\0" in file or not Path(file).is_absolute():
        return None
    return Wish(Path(file), token)


class Listener:
    """The socket of the running Dateline, and the lock that says it is alive."""

    def __init__(self, line: socket.socket, address: Path, lock: int) -> None:
        self.line = line
        self._address = address
        self._lock = lock

    def close(self) -> None:
        """Hear nobody any more; another start may listen from now on."""
        with suppress(OSError):
            self._address.unlink(missing_ok=True)
        self.line.close()
        os.close(self._lock)


def listen() -> Listener | None:
    """Become the one whom later starts ask; None where another is that, or where it cannot be."""
    address = _address()
    if address is None:
        return None
    try:
        address.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        address.parent.chmod(0o700)
    except OSError:
        return None
    lock = _locked(address.with_suffix(".lock")) if _is_private(address.parent) else None
    if lock is None:
        return None
    try:
        return Listener(_bound(address), address, lock)
    except OSError:
        os.close(lock)
        return None


def _bound(address: Path) -> socket.socket:
    import socket

    address.unlink(missing_ok=True)  # of one that died: its lock was free
    line = socket.socket(socket.AF_UNIX)
    try:
        line.bind(str(address))
        line.listen(8)
    except OSError:
        line.close()
        raise
    line.setblocking(False)
    return line


def _locked(path: Path) -> int | None:
    """Return the open file of a lock that is held until it is closed, None where another holds it."""
    import fcntl

    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError:
        return None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        return None
    return lock


def _address() -> Path | None:
    """Return where the one for this user and this display listens; None where that cannot be."""
    if not hasattr(os, "geteuid"):
        return None
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "")
    if not display and sys.platform.startswith("linux"):
        return None
    name = "".join(letter if letter.isalnum() else "-" for letter in display)
    address = data_folder() / "running" / f"{name or 'window'}.socket"
    return address if len(os.fsencode(address)) <= _LONGEST_ADDRESS else None


def _is_socket(path: Path) -> bool:
    try:
        return stat.S_ISSOCK(path.lstat().st_mode)
    except OSError:
        return False


def _is_private(folder: Path) -> bool:
    """Tell whether a folder is this user's and nobody else can enter it."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077


def _message(file: Path | None) -> bytes:
    import json

    asked = None if file is None else str(file.absolute())
    token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
    return json.dumps({"form": _FORM, "file": asked, "token": token if _is_token(token) else ""}).encode()


def _is_token(text: str) -> bool:
    """Tell whether text may be what a desktop gives to a start so that its window may come forward."""
    return len(text) <= _LONGEST_TOKEN and text.isascii() and text.isprintable()
