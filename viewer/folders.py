"""Where Dateline keeps its own files: data (log, backups, drafts), caches and settings.

One environment variable moves all of them into a single folder, for portable use and for tests.
Nothing is created here; whoever writes a file makes its folder.
"""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

_NAME = "Dateline"
_HOME = "DATELINE_HOME"


def data_folder() -> Path:
    """Return the folder of what must last: log, backups, unfinished forms."""
    return _portable("data") or platformdirs.user_data_path(_NAME, appauthor=False)


def cache_folder() -> Path:
    """Return the folder of what can be rebuilt at any time."""
    return _portable("cache") or platformdirs.user_cache_path(_NAME, appauthor=False)


def config_folder() -> Path:
    """Return the folder of the settings."""
    return _portable("config") or platformdirs.user_config_path(_NAME, appauthor=False)


def _portable(part: str) -> Path | None:
    home = os.environ.get(_HOME)
    return Path(home).absolute() / part if home else None
