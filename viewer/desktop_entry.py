"""Dateline among a user's applications on Linux: menu entry, file type, icons, and taking them away again.

Files go only into the user's own data folder (XDG_DATA_HOME), under names that are ours alone. What other
programs read of them is rebuilt by the desktop's own tools where these are installed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from contextlib import suppress
from pathlib import Path

from viewer.resources import resource

_PATIENCE = 60
"""Seconds for a tool of the desktop."""

_ENTRY = Path("applications", "dateline.desktop")
_COPIED = {
    Path("mime", "packages", "dateline.xml"): ("desktop", "dateline.xml"),
    Path("metainfo", "dateline.metainfo.xml"): ("desktop", "dateline.metainfo.xml"),
    Path("icons", "hicolor", "scalable", "apps", "dateline.svg"): ("icons", "dateline.svg"),
    Path("icons", "hicolor", "scalable", "mimetypes", "application-vnd.dateline+sqlite3.svg"): (
        "desktop",
        "application-vnd.dateline+sqlite3.svg",
    ),
}
_TOOLS = {"update-mime-database": "mime", "update-desktop-database": "applications"}
_NEEDS_QUOTES = frozenset(" \t\"'\\><~|&;$*?#()`")


class DesktopEntryError(Exception):
    """Dateline cannot be put among the applications, or taken away; the message says why."""


def install() -> list[str]:
    """Put Dateline among the user's applications; return in sentences what was done. Again does no harm.

    Raises:
        DesktopEntryError: not on this system, not from this installation, or a file cannot be written.
    """
    folder = _folder()
    entry = _entry(_program())
    said = []
    for place, text in ((_ENTRY, entry), *((to, resource(*of).read_bytes()) for to, of in _COPIED.items())):
        _write(folder / place, text)
        said.append(f"Wrote {folder / place}.")
    return said + _tell_desktop(folder)


def uninstall() -> list[str]:
    """Take away what `install` put there; return in sentences what was done.

    Raises:
        DesktopEntryError: not on this system, or a file cannot be removed.
    """
    folder = _folder()
    places = [folder / place for place in (_ENTRY, *_COPIED)]
    there = [place for place in places if place.is_symlink() or place.exists()]
    for place in there:
        try:
            place.unlink()
        except OSError as error:
            raise DesktopEntryError(f"{place} cannot be removed: {error.strerror}.") from error
    if not there:
        return [f"There was nothing of Dateline in {folder}."]
    return [f"Removed {place}." for place in there] + _tell_desktop(folder)


def _folder() -> Path:
    """Return the user's data folder: by the specification, a relative one does not count."""
    if not sys.platform.startswith("linux"):
        raise DesktopEntryError("Menu entries of this kind are for Linux. Start Dateline with: dateline-gui")
    said = Path(os.environ.get("XDG_DATA_HOME", ""))
    return said if said.is_absolute() else Path.home() / ".local" / "share"


def _program() -> Path:
    """Return the program that opens the window, of the installation that is running."""
    folders = (sysconfig.get_path("scripts"), sysconfig.get_path("scripts", "posix_user"))
    for folder in folders:
        program = Path(folder, "dateline-gui")
        if os.access(program, os.X_OK):
            return program
    raise DesktopEntryError(
        f"There is no dateline-gui in {folders[0]}. Install Dateline first, such as with: pipx install ."
    )


def _entry(program: Path) -> bytes:
    """Return the menu entry that starts a program by its whole path: menus do not know a shell's PATH."""
    text = resource("desktop", "dateline.desktop").read_text(encoding="utf-8")
    path = str(program)
    if not path.isprintable() or "=" in path:
        raise DesktopEntryError(f"No menu entry can name {path!r}. Install Dateline into another folder.")
    named = text.replace("Exec=dateline-gui ", f"TryExec={_value(path)}\nExec={_value(_argument(path))} ")
    return named.encode()


def _argument(path: str) -> str:
    """Return a path as one argument of Exec: quoted where it needs to be, % doubled."""
    if _NEEDS_QUOTES & set(path):
        quoted = "".join(f"\\{letter}" if letter in '"`$\\' else letter for letter in path)
        path = f'"{quoted}"'
    return path.replace("%", "%%")


def _value(text: str) -> str:
    """Return text as a value of the entry, in which a backslash begins an escape."""
    return text.replace("\\", "\\\\")


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step, readable by all."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        with suppress(OSError):
            temporary.unlink()
        raise DesktopEntryError(f"{path} cannot be written: {error.strerror}.") from error


def _tell_desktop(folder: Path) -> list[str]:
    """Have the desktop's own lists rebuilt; return in sentences which, and which not."""
    icons = folder / "icons" / "hicolor"
    if icons.is_dir():
        os.utime(icons)  # by its time icon themes are known to have changed
    return [_rebuilt(tool, folder / part) for tool, part in _TOOLS.items()]


def _rebuilt(tool: str, folder: Path) -> str:
    try:
        done = subprocess.run(
            [tool, str(folder)], stdin=subprocess.DEVNULL, capture_output=True, timeout=_PATIENCE, check=False
        )
    except FileNotFoundError:
        return f"{tool} is not installed; it may take until you log in again that this is noticed."
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{tool} could not be run: {error}."
    if done.returncode:
        return (
            f"{tool} ended with {done.returncode}; it may take until you log in again that this is noticed."
        )
    return f"Ran {tool}."
