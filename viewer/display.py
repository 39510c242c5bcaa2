"""Whether a window can be opened here, asked before Qt is loaded: Qt itself aborts when it cannot."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import sys
from pathlib import Path

_ADD = "Add --platform offscreen --screenshot sample.png to draw the window into a picture instead."
_PACKAGES = "libgl1 libegl1 libxkbcommon0 libfontconfig1 libglib2.0-0 libdbus-1-3"
_X_PACKAGES = "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-shape0"


def why_no_qt() -> str | None:
    """Return why Qt cannot be loaded and what to install, or None when it can."""
    try:
        import PySide6.QtWidgets  # noqa: F401
    except ImportError as error:
        return f"Qt cannot be loaded: {error}. On Debian and Ubuntu: apt-get install {_PACKAGES}"
    return None


def why_no_window(platform: str | None) -> str | None:
    """Return why no window can be opened with a Qt platform (None: the usual one), or None when one can."""
    chosen = platform or os.environ.get("QT_QPA_PLATFORM", "")
    if not sys.platform.startswith("linux") or (chosen and chosen.split(":")[0] not in ("xcb", "wayland")):
        return None
    wayland = os.environ.get("WAYLAND_DISPLAY") and chosen != "xcb"
    if wayland and _wayland_answers(os.environ["WAYLAND_DISPLAY"]):
        return None
    display = os.environ.get("DISPLAY")
    if not display:
        return f"There is no display to open a window on. {_ADD}"
    if not _x_answers(display):
        return f"The display {display} does not answer. {_ADD}"
    missing = _missing_library()
    if missing is not None:
        return f"Qt cannot open a window: {missing}. On Debian and Ubuntu: apt-get install {_X_PACKAGES}"
    return None


def _x_answers(display: str) -> bool:
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not (number.isascii() and number.isdigit()):
        return False
    if host and host != "unix" and not host.startswith("/"):
        return _connects((host, 6000 + int(number)))
    path = f"/tmp/.X11-unix/X{number}"
    return _connects(path) or _connects(f"\0{path}")


def _wayland_answers(name: str) -> bool:
    folder = os.environ.get("XDG_RUNTIME_DIR", "")
    return _connects(str(Path(folder, name)))


def _connects(address: str | tuple[str, int]) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX if isinstance(address, str) else socket.AF_INET) as trial:
        trial.settimeout(2)
        try:
            trial.connect(address)
        except (OSError, OverflowError):  # a port that cannot be
            return False
        return True


def _missing_library() -> str | None:
    """Return what the loader says of Qt's X11 plugin, or None when it loads."""
    found = importlib.util.find_spec("PySide6")
    plugin = Path(found.origin or "").parent / "Qt/plugins/platforms/libqxcb.so" if found else Path()
    if not plugin.is_file():
        return None
    try:
        ctypes.CDLL(str(plugin))
    except OSError as error:
        return str(error)
    return None
