"""Mappings of tables that were saved by name, one small file each in the user's data folder.

A file that is damaged is named where the others are listed, and left as it is.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from viewer.folders import data_folder
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.mapping import TableMapping
from viewer.formats.tables.mapping_json import mapping_from_json, mapping_json
from viewer.formats.tables.profiles import profiles
from viewer.frozen import dataclass
from viewer.storage.errors import WriteError
from viewer.storage.files import write_whole

LARGEST = 1_000_000
"""Bytes of a mapping."""
_LONGEST = 60
_ENDING = ".json"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')


@dataclass(frozen=True, slots=True)
class Shelf:
    """The saved mappings by name, and the names of those that cannot be read, with the reason."""

    mappings: dict[str, TableMapping]
    damaged: dict[str, str]


def folder() -> Path:
    """Return where they lie; it need not be there."""
    return data_folder() / "mappings"


def saved_mappings() -> Shelf:
    """Return all that are there, in the order of their names."""
    shelf = Shelf({}, {})
    try:
        paths = sorted(folder().glob(f"*{_ENDING}"), key=lambda path: path.stem.casefold())
    except OSError:
        return shelf
    for path in paths:
        try:
            shelf.mappings[path.stem] = read_mapping(path)
        except UnreadableError as error:
            shelf.damaged[path.stem] = str(error)
    return shelf


def saved_mapping(name: str) -> TableMapping | None:
    """Return the mapping of a name, whatever its case; None: there is none.

    Raises:
        UnreadableError: it is damaged.
    """
    wanted = name.casefold()
    path = next((each for each in folder().glob(f"*{_ENDING}") if each.stem.casefold() == wanted), None)
    return None if path is None else read_mapping(path)


def read_mapping(path: Path) -> TableMapping:
    """Read a mapping from a file.

    Raises:
        UnreadableError: it cannot be read, or is none.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableError(f"expected a mapping, which has at most {LARGEST:,} bytes")
        value = json.loads(path.read_bytes())
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError("expected a mapping, which is JSON") from error
    return mapping_from_json(value)


def save_mapping(name: str, mapping: TableMapping) -> None:
    """Save a mapping under a name, in place of an older one, whole or not at all.

    Raises:
        ValueError: it cannot be called that; the message says why.
        WriteError: it could not be written.
    """
    refused = why_not(name)
    if refused:
        raise ValueError(refused)
    path = folder() / f"{name.strip()}{_ENDING}"
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        message = f"The mapping could not be saved: {error.strerror or error}."
        raise WriteError("mapping-failed", message, "Nothing was saved.", path=path) from error
    write_whole(path, json.dumps(mapping_json(mapping), ensure_ascii=False, indent=1).encode(), private=True)


def why_not(name: str) -> str:
    """Return why a mapping cannot be called that; empty: it can."""
    told = name.strip()
    if not told:
        return "give it a name"
    if len(told) > _LONGEST or _NOT_IN_NAMES.search(told) or told.startswith(".") or told.endswith("."):
        return f"a name has at most {_LONGEST} characters, none of them of < > : / \\ | ? * or a quote"
    if told.casefold() in profiles():
        return "that is the name of a built-in profile"
    return ""
