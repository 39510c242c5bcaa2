"""Small files of our own, whole or not there: written beside their place and moved into it.

A file that cannot be understood is set aside as *.bad, so that the program starts and nothing is lost.
"""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1_000_000

_log = logging.getLogger(__name__)


def read_object(path: Path) -> dict[str, Any]:
    """Return the JSON object in `path`: empty when there is none or when it had to be set aside."""
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("too large")
        value = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(value, dict):
            raise ValueError("not an object")
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError):
        set_aside(path)
        return {}
    except OSError as error:
        _log.warning("cannot read %s: %s", path.name, error.strerror)
        return {}
    return value


def write_object(path: Path, value: dict[str, Any]) -> bool:
    """Replace `path` by `value` in one step, readable by its owner only; return whether that succeeded."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        text = json.dumps(value, indent=1)
        if len(text) > LARGEST:
            return False
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        _log.warning("cannot write %s: %s", path.name, error.strerror)
        return False
    return True


def set_aside(path: Path) -> None:
    """Rename a file that cannot be understood to *.bad, in place of an earlier one."""
    try:
        path.replace(path.with_name(path.name + ".bad"))
        _log.warning("%s could not be understood and was set aside", path.name)
    except OSError as error:
        _log.warning("cannot set %s aside: %s", path.name, error.strerror)
