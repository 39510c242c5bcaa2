"""Where Dateline keeps its own files: data (log, backups, drafts), caches and settings.

One environment variable moves all of them into a single folder, for portable use and for tests.
Nothing is created here; whoever writes a file makes its folder.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from platformdirs import PlatformDirsABC

_NAME = "Dateline"
_HOME = "DATELINE_HOME"


def data_folder() -> Path:
    """Return the folder of what must last: log, backups, unfinished forms."""
    return _portable("data") or _usual().user_data_path


def cache_folder() -> Path:
    """Return the folder of what can be rebuilt at any time."""
    return _portable("cache") or _usual().user_cache_path


def config_folder() -> Path:
    """Return the folder of the settings."""
    return _portable("config") or _usual().user_config_path


def _usual() -> PlatformDirsABC:
    """Return where this system keeps such files."""
    from platformdirs import PlatformDirs

    return PlatformDirs(_NAME, appauthor=False)


def _portable(part: str) -> Path | None:
    home = os.environ.get(_HOME)
    return Path(home).absolute() / part if home else None
