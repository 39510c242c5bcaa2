"""Reading drafts back: JSON from a file, in which anything may be missing or of another type."""

from __future__ import annotations

from typing import Any


def text_in(data: Any, key: str) -> str:
    """Return the text under `key`, or an empty one."""
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, str) else ""


def texts_in(data: Any, key: str) -> list[str]:
    """Return the texts in the list under `key`."""
    value = data.get(key) if isinstance(data, dict) else None
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def flag_in(data: Any, key: str) -> bool:
    """Tell whether `key` says true."""
    return isinstance(data, dict) and data.get(key) is True


def object_in(data: Any, key: str) -> dict[str, Any]:
    """Return the object under `key`, or an empty one."""
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def objects_in(data: Any, key: str) -> list[dict[str, Any]]:
    """Return the objects in the list under `key`."""
    value = data.get(key) if isinstance(data, dict) else None
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
