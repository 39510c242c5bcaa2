"""What a mapping would bring, for a dialog: the first rows as records and problems, and each column's use."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import islice

from viewer.formats.foreign import Found, Opened, Record
from viewer.formats.incoming import Problem
from viewer.formats.tables.delimited import DelimitedTable
from viewer.formats.tables.delimited_rows import Row
from viewer.formats.tables.json_lines import JsonTable
from viewer.formats.tables.mapping import TableMapping, column_key
from viewer.formats.tables.mapping_json import mapping_json
from viewer.formats.tables.naming import named_columns
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.reading import RawTable, evened, planned, records_of
from viewer.formats.tables.spreadsheet import WorkbookTable
from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """A column and the fields that its cells go into, such as “when.start”; none: kept beside the record."""

    column: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """A row: its line (from 1), its cells, what would be stored, and what is odd about it."""

    line: int
    cells: tuple[str, ...]
    records: tuple[Record, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a table under a mapping. `how`: how the mapping was found, empty if it was given."""

    mapping: TableMapping
    how: str
    sheets: tuple[str, ...]
    columns: tuple[ColumnUse, ...]
    rows: tuple[PreviewRow, ...]
    problems: tuple[Problem, ...]
    """Those of the table as a whole."""


def rows_of(opened: Opened, notices: Notices | None = None) -> Iterator[Row]:
    """Yield the rows of a table of any format, the header first: the line (from 1) and the cells as text.

    The options “sheet”, “encoding” and “delimiter” count. What is odd goes into `notices`.

    Raises:
        UnreadableError: it is no table.
    """
    raw = raw_table(opened, notices or Notices())
    wanted = opened.options.get("sheet")
    return raw.rows(raw.sheet(wanted) if wanted else raw.sheets[0])


def raw_table(opened: Opened, notices: Notices) -> RawTable:
    """Open a table as what its content is: a workbook, JSON or delimited text."""
    opened.file.seek(0)
    start = opened.file.read(4096)
    opened.file.seek(0)
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return WorkbookTable(opened)
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return JsonTable(opened, notices)
    return DelimitedTable(opened, notices)


def preview(opened: Opened, mapping: TableMapping | None = None, limit: int = 50) -> Preview:
    """Return what a table's first rows would bring, by a mapping or as `opened.options` and the table say.

    Raises:
        UnreadableError: it is no table, or the options cannot be used.
    """
    if mapping is not None:
        opened = dataclasses.replace(opened, options={**opened.options, "mapping": mapping_json(mapping)})
    notices = Notices()
    raw = raw_table(opened, notices)
    plan = planned(opened, raw, notices)
    made = records_of(plan, opened, notices)
    general = notices.take()
    rows = []
    for line, cells, more in islice(evened(plan, raw, notices), limit):
        found: list[Found] = []
        made.read(line, cells, more, found)
        records = tuple(each.record for each in found)
        rows.append(PreviewRow(line, tuple(cells), records, tuple(notices.take())))
    return Preview(
        mapping=plan.mapping,
        how=plan.how,
        sheets=raw.sheets,
        columns=column_uses(plan.mapping, plan.header),
        rows=tuple(rows),
        problems=tuple(general),
    )


def column_uses(mapping: TableMapping, header: list[str]) -> tuple[ColumnUse, ...]:
    """Return what each column of a header is used for."""
    uses: dict[str, dict[str, None]] = {}
    for path, column in named_columns(mapping):
        uses.setdefault(column_key(column), {})[path] = None
    return tuple(ColumnUse(name, tuple(uses.get(column_key(name), ()))) for name in header)
