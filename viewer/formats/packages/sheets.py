"""The CSV files of a Data Package, read row by row, and the rows that belong to a row of another table."""

from __future__ import annotations

import csv
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import TextIOWrapper
from typing import Any

from viewer.formats.exports.package_tables import Table
from viewer.formats.fields import Fields
from viewer.formats.guarding import exact_text
from viewer.formats.incoming import Problem, UnreadableError

CELL_LIMIT = 64 * 1024 * 1024
"""Characters of a cell: a source's text stands in one, and no document holds a longer one."""
_NUMBER = re.compile(r"-?[0-9]{1,300}(\.[0-9]{1,300})?([eE][+-]?[0-9]{1,3})?")
DAMAGED = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, KeyError,
    EOFError, OSError,
)  # fmt: skip
"""What Python raises of a zip that is damaged, encrypted, or packed in a way that it does not know."""

Report = Callable[[Problem], None]


class Sheets:
    """The tables of a package that lies in a zip."""

    def __init__(self, archive: zipfile.ZipFile, paths: dict[str, str], report: Report) -> None:
        self._archive = archive
        self._paths = paths
        self._report = report
        # The limit is the whole process's: a raised one does no harm to others.
        csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))

    def rows(self, table: Table) -> Iterator[Fields]:
        """Yield the rows of a table: each with a value for each column that says something.

        A column that is none of ours is kept as text under “columns”.

        Raises:
            UnreadableError: the file is damaged, or no CSV in UTF-8.
        """
        types = {column.name: column.type for column in table.columns}
        for number, line, named in self._lines(table):
            own = {
                name: value
                for name, text in named.items()
                if name in types and (value := _value(types[name], text)) is not None
            }
            others = {name: text for name, text in named.items() if name not in types and text}
            if others:
                own["columns"] = others
            yield Fields(own, f"{table.name} row {number}", line, self._report)

    def is_whole(self, table: Table) -> bool:
        """Tell whether a table has all its columns."""
        _, header = next(self._cells(table), (1, []))
        return {column.name for column in table.columns} <= set(header)

    def groups(self, table: Table, column: str, owners: Table, key: str) -> Groups:
        """Return the rows of a table by what they belong to: the value of `column`, which is the owner's `key`."""
        return Groups(self, table, column, self._in_order(table, column, owners, key))

    def _in_order(self, table: Table, column: str, owners: Table, key: str) -> bool:
        """Tell whether a table's rows follow the order of their owners, as we write them."""
        rows = (named.get(column) for _, _, named in self._lines(table))
        at = next(rows, None)
        for _, _, named in self._lines(owners):
            while at is not None and at == named.get(key):
                at = next(rows, None)
        return at is None

    def _lines(self, table: Table) -> Iterator[tuple[int, int, dict[str, str]]]:
        """Yield each row's number from 1, its line, and its cells by the names in the header."""
        lines = self._cells(table)
        _, header = next(lines, (1, []))
        for number, (line, cells) in enumerate(lines, 1):
            yield number, line, dict(zip(header, cells, strict=False))

    def _cells(self, table: Table) -> Iterator[tuple[int, list[str]]]:
        """Yield the line and the cells of each row, those of the header first."""
        path = self._paths.get(table.name)
        if path is None:
            return
        try:
            with (
                self._archive.open(path) as entry,
                TextIOWrapper(entry, "utf-8-sig", newline="") as text,
            ):
                line, reader = 1, csv.reader(text, strict=True)
                for cells in reader:
                    yield line, cells
                    line = reader.line_num + 1
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnreadableError(f"“{path}” is no CSV in UTF-8: {error}") from error
        except DAMAGED as error:
            raise UnreadableError(f"“{path}” cannot be taken out of the package: {error}") from error


class Groups:
    """The rows of a table by their owner, asked for in the owners' order; none is held that need not be."""

    def __init__(self, sheets: Sheets, table: Table, column: str, in_order: bool) -> None:
        self._column = column
        self._rows = sheets.rows(table)
        self._held: dict[Any, list[Fields]] = {}
        self._next = next(self._rows, None) if in_order else None
        if not in_order:
            for row in self._rows:
                self._held.setdefault(row.take(column), []).append(row)

    def of(self, owner: str | None) -> list[Fields]:
        """Return the rows of an owner."""
        found = self._held.pop(owner, [])
        while self._next is not None and self._next.take(self._column) == owner:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

    def left(self) -> Iterator[Fields]:
        """Yield the rows that nobody has asked for."""
        for rows in self._held.values():
            yield from rows


def _value(kind: str, cell: str) -> Any:
    """Return the value of a cell; one that is not of its column's type stays text, to be named and kept."""
    if kind == "string" or not cell:
        return exact_text(cell)
    if kind == "boolean":
        return {"true": True, "false": False}.get(cell.strip().lower(), cell)
    if kind in ("integer", "number") and not _NUMBER.fullmatch(cell.strip()):
        return cell
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        return cell
