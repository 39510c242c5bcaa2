"""A document as a Frictionless Data Package: one zip with datapackage.json and a CSV file for each table.

Nothing is lost on the way back. What each column means stands in datapackage.json, which is written last: a
reference is declared there only if every value of it arrives.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from io import TextIOWrapper
from typing import IO, Any

from viewer.domain.calendar import iso_time
from viewer.formats.exports import package_tables as tables
from viewer.formats.exports.package_rows import RECORD_ROWS, Values, cell, event_rows, source_row
from viewer.formats.exports.package_tables import CELLS, MARK, TABLES, VERSION, Reference, Table, resource
from viewer.formats.outgoing import Loss, Outgoing, WritableFormat

_IN_MEMORY = 1_000_000
_CHUNK = 1 << 20
_SAME_TIME = (1980, 1, 1, 0, 0, 0)
"""The date of every file within: the same records give the same bytes."""


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write a Data Package; nothing is lost."""
    arrivals = _Arrivals()
    with ExitStack() as stack, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        sheets = {table.name: stack.enter_context(_Sheet(table)) for table in TABLES}
        for table, values in _rows(outgoing):
            sheets[table.name].add(values)
            arrivals.heard(table, values)
        resources = [
            {**resource(table, arrivals.arriving(table)), **sheets[table.name].pack(archive)}
            for table in TABLES
        ]
        with archive.open(_entry("datapackage.json"), "w") as entry:
            entry.write(json.dumps(_descriptor(outgoing, resources), ensure_ascii=False, indent=1).encode())
    return ()


def _rows(outgoing: Outgoing) -> Iterator[tuple[Table, Values]]:
    for table, where, row_of in RECORD_ROWS:
        for record in getattr(outgoing, where):
            yield table, row_of(record)
    for source in outgoing.sources():
        yield tables.SOURCES, source_row(source)
    tags: dict[str, None] = {}
    for event in outgoing.events():
        tags.update(dict.fromkeys(event.tags))
        yield from event_rows(event)
    for tag in sorted(tags):
        yield tables.TAGS, (tag,)


class _Sheet:
    """The CSV file of one table; kept aside until it is whole, for a zip takes one file at a time."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `__exit__`
        self._text = TextIOWrapper(self._file, "utf-8", newline="")
        self._write = csv.writer(self._text, lineterminator="\r\n").writerow
        self._write([column.name for column in table.columns])

    def __enter__(self) -> _Sheet:
        return self

    def __exit__(self, *_error: object) -> None:
        self._text.close()

    def add(self, values: Values) -> None:
        """Add a row: a value for each column."""
        self._write(map(cell, self._table.columns, values))

    def pack(self, archive: zipfile.ZipFile) -> dict[str, Any]:
        """Put the file into the zip; return its size and digest as a resource states them."""
        self._text.flush()
        self._file.seek(0)
        digest, size = hashlib.sha256(), 0
        with archive.open(_entry(self._table.path), "w", force_zip64=True) as entry:
            while chunk := self._file.read(_CHUNK):
                entry.write(chunk)
                digest.update(chunk)
                size += len(chunk)
        return {"bytes": size, "hash": f"sha256:{digest.hexdigest()}"}


class _Arrivals:
    """Which references lead to a row that is there, of those where that is not sure."""

    def __init__(self) -> None:
        self._there: dict[tuple[str, str], set[Any]] = {}
        self._named: dict[tuple[str, str], set[Any]] = {}
        self._seen: dict[str, list[tuple[int, set[Any]]]] = {table.name: [] for table in TABLES}
        places = {table.name: [column.name for column in table.columns] for table in TABLES}
        for table in TABLES:
            for each in (each for each in table.references if not each.sure):
                if (each.table, each.to) not in self._there:
                    there = self._there[each.table, each.to] = set()
                    self._seen[each.table].append((places[each.table].index(each.to), there))
                named: set[Any] = {None}
                self._named[table.name, each.column] = named
                self._seen[table.name].append((places[table.name].index(each.column), named))

    def heard(self, table: Table, values: Values) -> None:
        """Take note of a row."""
        for place, seen in self._seen[table.name]:
            seen.add(values[place])

    def arriving(self, table: Table) -> list[Reference]:
        """Return the references of a table of which every value is there."""
        return [
            each
            for each in table.references
            if each.sure or self._named[table.name, each.column] <= self._there[each.table, each.to] | {None}
        ]


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _SAME_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = 3, 0o644 << 16
    return entry


def _descriptor(outgoing: Outgoing, resources: list[dict[str, Any]]) -> dict[str, Any]:
    own: dict[str, Any] = {"version": VERSION, "title": outgoing.title, "language": outgoing.language}
    if outgoing.known_by is not None:
        own["known_by"] = iso_time(outgoing.known_by)
    if outgoing.extra:
        own["extra"] = dict(outgoing.extra)
    return {
        "profile": "tabular-data-package",
        "name": "dateline",
        "id": outgoing.uid,
        "title": outgoing.name,
        "description": CELLS,
        MARK: own,
        "resources": resources,
    }


FORMAT = WritableFormat(name="datapackage", label="Data Package", ending=".zip", write=write)
