"""A table of events as we write it (see `viewer.formats.exports.csv_events`): its rows are known by their uids.

What follows from other columns or belongs to claims is ours to say, and not read: the bounds of dates, counts,
sources and links. A table with other columns is read by the columns' meanings, like anybody's.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from io import TextIOWrapper
from typing import Any

from viewer.domain.records import ROLES, Event, Part
from viewer.formats.bundle_dates import date_of
from viewer.formats.bundle_values import quantity_of
from viewer.formats.exports.tabular import EVENT_COLUMNS, SEPARATOR
from viewer.formats.fields import Fields
from viewer.formats.foreign import Confidence, Found, Head, Opened, ReadableFormat, Reading
from viewer.formats.guarding import unguarded
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.packages.sheets import CELL_LIMIT

_HEADER = ",".join(EVENT_COLUMNS).encode()
_BOM = b"\xef\xbb\xbf"
_NUMBERS = ("low", "high")
_WORDS = ("qualifier", "unit", "measure")


def recognise(head: Head) -> int:
    """Tell one of our tables by its header."""
    start = head.data.removeprefix(_BOM)
    return Confidence.SURE if start.startswith((_HEADER + b"\r\n", _HEADER + b"\n")) else Confidence.NO


def read(opened: Opened) -> Reading:
    """Yield the events of one of our tables.

    Raises:
        UnreadableError: it has other columns, or is no CSV in UTF-8.
    """
    csv.field_size_limit(max(csv.field_size_limit(), CELL_LIMIT))
    text = TextIOWrapper(opened.file, "utf-8-sig", newline="")
    try:
        rows = csv.reader(text, strict=True)
        if tuple(next(rows, ())) != EVENT_COLUMNS:
            raise UnreadableError("not a table of events that Dateline has written: other columns", line=1)
        line = rows.line_num + 1
        for number, cells in enumerate(rows, 1):
            named = {name: unguarded(cell) for name, cell in zip(EVENT_COLUMNS, cells, strict=False) if cell}
            yield from _row(named, f"row {number}", line)
            line = rows.line_num + 1
    except (csv.Error, UnicodeDecodeError) as error:
        raise UnreadableError(f"no CSV in UTF-8: {error}") from error
    finally:
        text.detach()  # the file is another's to close


def _row(cells: Mapping[str, str], path: str, line: int) -> Iterator[Found | Problem]:
    problems: list[Problem] = []
    row = Fields(_told(cells), path, line, problems.append)
    uid, kind = row.uid("uid"), row.text("kind")
    if uid is None or kind is None:
        yield Problem(path, "a row needs a uid and a kind; not imported", line)
        return
    more: dict[str, Any] = {}
    event = Event(
        uid=uid,
        kind=kind,
        title=row.text("title") or "",
        summary=row.text("summary"),
        when=date_of(row, "when", more),
        place=row.text("place"),
        origin=row.text("origin"),
        quantity=quantity_of(row, more),
        actors=tuple(Part(name=name, role=role) for role in ROLES for name in _names(cells, role)),
        tags=tuple(_names(cells, "tags")),
        extra={**row.rest(), **more},
    )
    yield from problems
    yield Found(event, path, line)


def _told(cells: Mapping[str, str]) -> dict[str, Any]:
    """Return a row as the object of an event that a bundle has."""
    told: dict[str, Any] = {
        name: cells[name] for name in ("uid", "kind", "title", "summary", "place", "origin") if name in cells
    }
    when = {key: cells[name] for key, name in (("text", "when"), ("edtf", "edtf")) if name in cells}
    if when:
        # The wording stands for the EDTF where there is none of the source's own.
        told["when"] = {"edtf": when["edtf"]} if when.get("text") == when.get("edtf") else when
    quantity: dict[str, Any] = {key: cells[f"quantity_{key}"] for key in _WORDS if f"quantity_{key}" in cells}
    quantity |= {key: _number(cells[f"quantity_{key}"]) for key in _NUMBERS if f"quantity_{key}" in cells}
    if "quantity" in cells:
        quantity["text"] = cells["quantity"]
    return {**told, "quantity": quantity} if quantity else told


def _number(cell: str) -> int | float | str:
    """Return a number; what is none stays text, to be named and kept."""
    try:
        return int(cell)
    except ValueError:
        pass
    try:
        found = float(cell)
    except ValueError:
        return cell
    return found if math.isfinite(found) else cell


def _names(cells: Mapping[str, str], column: str) -> list[str]:
    return [name for name in cells.get(column, "").split(SEPARATOR) if name]


FORMAT = ReadableFormat(
    name="dateline-events",
    label="Table of events of Dateline's (.csv)",
    endings=(".csv",),
    recognise=recognise,
    read=read,
)
