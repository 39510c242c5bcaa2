"""What Dateline remembers between two starts: theme, recent files, the shape of its windows.

Settings never stand in the way: a damaged file is set aside and the defaults hold, a full disk loses
the change and nothing else.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from viewer.ui.json_files import read_object, write_object
from viewer.ui.theme import CHOICES

MOST_RECENT = 12
MOST_REMEMBERED = 100
MOST_COMMANDS = 8


class Settings:
    """The settings in one JSON file; each change is written at once."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._values = read_object(file)

    @property
    def folder(self) -> Path:
        """The folder in which the settings lie."""
        return self._file.parent

    @property
    def theme(self) -> str:
        """The chosen theme: "system", "light" or "dark"."""
        chosen = self._values.get("theme")
        return chosen if chosen in CHOICES else "system"

    @theme.setter
    def theme(self, choice: str) -> None:
        self._keep("theme", choice)

    @property
    def reduced_motion(self) -> bool:
        """Whether nothing is to glide to its place; otherwise the desktop decides."""
        return self._values.get("reduced_motion") is True

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._keep("reduced_motion", reduced)

    @property
    def wheel_zooms(self) -> bool:
        """Whether the plain wheel zooms the timeline, and Ctrl with it scrolls."""
        return self._values.get("wheel_zooms") is True

    @wheel_zooms.setter
    def wheel_zooms(self, zooms: bool) -> None:
        self._keep("wheel_zooms", zooms)

    @property
    def reopens(self) -> bool:
        """Whether a start without a file opens the documents that were open last."""
        return self._values.get("reopens") is True

    @reopens.setter
    def reopens(self, reopens: bool) -> None:
        self._keep("reopens", reopens)

    @property
    def open_files(self) -> tuple[Path, ...]:
        """The documents that were open when the last window closed, if `reopens` held then; absolute paths."""
        return self._paths("open")

    @open_files.setter
    def open_files(self, paths: Sequence[Path]) -> None:
        self._keep("open", [str(path.absolute()) for path in paths])

    @property
    def recent_files(self) -> tuple[Path, ...]:
        """The documents opened last, newest first, as absolute paths; some may be gone."""
        return self._paths("recent")

    def add_recent(self, path: Path) -> None:
        """Put `path` at the head of the recent files."""
        first = path.absolute()
        self._keep_recent([first, *(other for other in self.recent_files if other != first)])

    def remove_recent(self, path: Path) -> None:
        """Take `path` off the recent files."""
        self._keep_recent([other for other in self.recent_files if other != path.absolute()])

    @property
    def recent_commands(self) -> tuple[str, ...]:
        """The commands that were run from the palette last, newest first, by their names."""
        names = self._values.get("commands")
        known = names if isinstance(names, list) else []
        return tuple(name for name in known if isinstance(name, str))[:MOST_COMMANDS]

    def add_command(self, name: str) -> None:
        """Put a command at the head of the recent ones."""
        others = [other for other in self.recent_commands if other != name]
        self._keep("commands", [name, *others][:MOST_COMMANDS])

    def shape(self, name: str) -> bytes:
        """Return what Qt saved of a window or splitter (`saveGeometry`, `saveState`), else b""."""
        shapes = self._values.get("shapes")
        saved = shapes.get(name) if isinstance(shapes, dict) else None
        try:
            return base64.b64decode(saved, validate=True) if isinstance(saved, str) else b""
        except (binascii.Error, ValueError):
            return b""

    def set_shape(self, name: str, saved: bytes) -> None:
        """Remember what Qt saved of the window or splitter `name`."""
        shapes = self._values.get("shapes")
        known = shapes if isinstance(shapes, dict) else {}
        self._keep("shapes", {**known, name: base64.b64encode(saved).decode("ascii")})

    def grouping(self, document_uid: str) -> str:
        """Return by what the lanes of a document were grouped last; "" where nothing is remembered."""
        chosen = self._groupings().get(document_uid)
        return chosen if isinstance(chosen, str) else ""

    def set_grouping(self, document_uid: str, grouping: str) -> None:
        """Remember by what the lanes of a document are grouped; the latest MOST_REMEMBERED documents are kept."""
        known = {uid: each for uid, each in self._groupings().items() if uid != document_uid}
        kept = dict(list(known.items())[1 - MOST_REMEMBERED :])
        self._keep("groupings", {**kept, document_uid: grouping})

    def _groupings(self) -> dict[str, Any]:
        found = self._values.get("groupings")
        return found if isinstance(found, dict) else {}

    def _paths(self, key: str) -> tuple[Path, ...]:
        paths = self._values.get(key)
        named = [Path(path) for path in paths if isinstance(path, str)] if isinstance(paths, list) else []
        return tuple(path for path in named if path.is_absolute())[:MOST_RECENT]

    def _keep_recent(self, paths: list[Path]) -> None:
        self._keep("recent", [str(path) for path in paths[:MOST_RECENT]])

    def _keep(self, key: str, value: Any) -> None:
        self._values[key] = value
        write_object(self._file, self._values)
