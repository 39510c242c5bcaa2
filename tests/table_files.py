"""Tables made for tests, and what readers make of them."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from viewer.domain.records import Actor, Event, Kind, Place, Source
from viewer.formats import wire
from viewer.formats.bundle import read_elements
from viewer.formats.foreign import Found, Opened
from viewer.formats.incoming import Known, Problem
from viewer.formats.tables import delimited, json_lines, spreadsheet


@dataclass
class Got:
    """What a reader gave, by sort."""

    events: list[Event] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    actors: list[Actor] = field(default_factory=list)
    kinds: list[Kind] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def told(self) -> str:
        return "\n".join(f"{each.path}: {each.message}" for each in self.problems)

    def told_at(self, line: int) -> str:
        return "\n".join(each.message for each in self.problems if each.line == line)

    def event(self, title: str) -> Event:
        (found,) = (each for each in self.events if each.title == title)
        return found

    def source(self, uid: str) -> Source:
        (found,) = (each for each in self.sources if each.uid == uid)
        return found


_BY_TYPE = {Event: "events", Source: "sources", Place: "places", Actor: "actors", Kind: "kinds"}
_READERS = {"csv": delimited.read, "jsonl": json_lines.read, "spreadsheet": spreadsheet.read}


def got(data: bytes | str, format_name: str = "csv", name: str = "table.csv", **options: Any) -> Got:
    """Read a table; every name that an event refers to must have come before it."""
    found = Got()
    sources: set[str] = set()
    kinds = {"deployment", "withdrawal", "statement"}
    for each in _READERS[format_name](opened(data, name, **options)):
        if isinstance(each, Problem):
            found.problems.append(each)
            continue
        assert isinstance(each, Found)
        record = each.record
        getattr(found, _BY_TYPE[type(record)]).append(record)
        if isinstance(record, Source):
            assert record.uid not in sources
            sources.add(record.uid)
        elif isinstance(record, Kind):
            kinds.add(record.name)
        elif isinstance(record, Event):
            assert record.kind in kinds
            assert {claim.source for claim in record.claims} <= sources
    return found


def opened(data: bytes | str, name: str = "table.csv", **options: Any) -> Opened:
    return Opened(io.BytesIO(data.encode() if isinstance(data, str) else data), name, options)


def brought(data: bytes | str, format_name: str = "csv", name: str = "table.csv", **options: Any) -> Any:
    """Read a table as the program does: over the wire, and checked like a bundle."""
    elements: dict[str, list[Any]] = {}
    reading = _READERS[format_name](opened(data, name, **options))
    for line in wire.lines_of(reading, lambda: 0):
        section, each = wire.element_of(line)
        if section in wire.SECTIONS:
            elements.setdefault(section, []).append(each)
    return read_elements(elements, Known())


def table(*rows: tuple[Any, ...], delimiter: str = ",") -> str:
    """Write rows as delimited text."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def records(columns: tuple[str, ...], *rows: dict[str, Any], delimiter: str = ",") -> str:
    """Write rows given by column as delimited text with a header."""
    return table(
        columns, *(tuple(row.get(name, "") for name in columns) for row in rows), delimiter=delimiter
    )


def columns(names: str) -> tuple[str, ...]:
    """Return column names that are written one after the other."""
    return tuple(names.split())


def workbook(sheets: dict[str, list[list[Any]]], hidden: tuple[str, ...] = ()) -> bytes:
    """Make an XLSX of sheets; dates and times are written as such, texts beginning with = as formulas (value 7)."""
    import datetime

    import xlsxwriter

    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    formats = {
        datetime.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        datetime.date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime.time: book.add_format({"num_format": "hh:mm"}),
    }
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        if name in hidden:
            sheet.hide()
        for y, row in enumerate(rows):
            for x, value in enumerate(row):
                if type(value) in formats:
                    sheet.write_datetime(y, x, value, formats[type(value)])
                elif isinstance(value, str) and value.startswith("="):
                    sheet.write_formula(y, x, value, None, 7)
                elif value is not None:
                    sheet.write(y, x, value)
    book.close()
    return data.getvalue()
