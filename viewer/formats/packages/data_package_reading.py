"""A Data Package as we write it (see `viewer.formats.exports.data_package`), brought in without any loss."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from typing import Any

from viewer.domain.records import BUILT_IN_KINDS
from viewer.formats.exports import package_tables as tables
from viewer.formats.exports.package_tables import MARK, VERSION
from viewer.formats.foreign import (
    Confidence,
    DocumentFacts,
    Found,
    Head,
    Opened,
    ReadableFormat,
    Reading,
    Record,
)
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.packages.rows import Belongings, actor_of, kind_of, place_of, source_of, view_of
from viewer.formats.packages.sheets import DAMAGED, Sheets
from viewer.frozen import dataclass

DESCRIPTION = "datapackage.json"
_LIMIT = 4_000_000
_MOST_FILES = 1_000
_FILES = (tables.KINDS.path.encode(), DESCRIPTION.encode())
_NAME = slice(30, 60)
"""Where a zip names its first file."""


def recognise(head: Head) -> int:
    """Tell a zip of ours by its first file; the others stand at its end."""
    if not head.data.startswith(b"PK\x03\x04"):
        return Confidence.NO
    if head.data[_NAME].startswith(_FILES):
        return Confidence.LIKELY
    return Confidence.ENDING if head.name.lower().endswith(".zip") else Confidence.NO


def read(opened: Opened) -> Reading:
    """Yield what a Data Package of Dateline's holds: of the whole, kinds, actors, places, sources, then events.

    Raises:
        UnreadableError: it is no such package, or it is damaged.
    """
    problems: list[Problem] = []
    try:
        archive = zipfile.ZipFile(opened.file)
    except (*DAMAGED, ValueError) as error:
        raise UnreadableError(f"not a zip: {error}") from error
    with archive:
        told = _description(archive)
        sheets = Sheets(archive, told.paths, problems.append)
        for found in _records(sheets, told):
            yield from problems
            problems.clear()
            yield found
        yield from problems


def _records(sheets: Sheets, told: _Told) -> Iterator[Found]:
    views = [view_of(row) for row in sheets.rows(tables.VIEWS)]
    facts = DocumentFacts(title=told.title, language=told.language, views=tuple(views), extra=told.extra)
    yield Found(facts, DESCRIPTION)
    # Whoever took a column away by hand has not said that there is nothing in it.
    whole = all(sheets.is_whole(table) for table in tables.TABLES)
    simple: Any = (
        (tables.KINDS, kind_of),
        (tables.ACTORS, actor_of),
        (tables.PLACES, place_of),
        (tables.SOURCES, source_of),
    )
    for table, record_of in simple:
        for row in sheets.rows(table):
            record: Record | None = record_of(row)
            if record is not None and record not in BUILT_IN_KINDS:
                yield Found(record, row.path, row.line, whole)
    belongings = Belongings(sheets)
    for row in sheets.rows(tables.EVENTS):
        event = belongings.event(row)
        if event is not None:
            yield Found(event, row.path, row.line, whole)
    for _ in belongings.left():
        pass


@dataclass(frozen=True, slots=True)
class _Told:
    """What a package says of itself, and where each table lies within the zip."""

    paths: dict[str, str]
    title: str | None
    language: str | None
    extra: dict[str, Any]


def _description(archive: zipfile.ZipFile) -> _Told:
    names = archive.namelist()
    description = next((name for name in names if name.rpartition("/")[2] == DESCRIPTION), None)
    if description is None or len(names) > _MOST_FILES:
        raise UnreadableError(f"not a Data Package: expected {DESCRIPTION} in it")
    folder = description.removesuffix(DESCRIPTION)
    try:
        with archive.open(description) as file:
            told = json.loads(file.read(_LIMIT))
        own = told[MARK]
        if own["version"] != VERSION:
            raise UnreadableError(f"this Data Package is of another version; version {VERSION} can be read")
        paths = {str(each["name"]): folder + str(each["path"]) for each in told["resources"]}
        return _Told(paths, _text(own, "title"), _text(own, "language"), _object(own, "extra"))
    except (*DAMAGED, ValueError, TypeError, AttributeError) as error:
        raise UnreadableError(f"not a Data Package of Dateline's: {DESCRIPTION} does not say so") from error


def _text(told: dict[str, Any], key: str) -> str | None:
    found = told.get(key)
    return found if isinstance(found, str) else None


def _object(told: dict[str, Any], key: str) -> dict[str, Any]:
    found = told.get(key)
    return found if isinstance(found, dict) else {}


FORMAT = ReadableFormat(
    name="datapackage",
    label="Data Package",
    endings=(".zip",),
    recognise=recognise,
    read=read,
)
