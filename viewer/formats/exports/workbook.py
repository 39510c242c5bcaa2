"""A workbook for spreadsheets: events, claims and sources on a sheet each. It holds no formulas and no links."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from viewer.formats.exports.tabular import (
    CLAIM_COLUMNS,
    EVENT_COLUMNS,
    SOURCE_COLUMNS,
    Row,
    Value,
    cited,
    claim_row,
    event_row,
    source_row,
)
from viewer.formats.outgoing import Loss, Losses, Outgoing, WritableFormat

MOST_ROWS = 1_048_576
MOST_CHARACTERS = 32_767
_WHOLE = 2**53
_SAME_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""When each workbook says that it was made: the same records give the same bytes."""
_NO_XML = re.compile("[\ufffe\uffff]")
_WIDE = {"uid": 12, "event_uid": 12, "source_uid": 12, "title": 48, "summary": 48, "quote": 60, "text": 40}
_WIDTH = 16


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write the workbook row by row; what is beyond a spreadsheet's limits is left out."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    losses = Losses()
    # Every string is written as one: nothing is taken for a formula, a number or an address.
    book = Workbook(file, {"constant_memory": True})
    book.set_properties({"title": outgoing.name[:255], "created": _SAME_TIME})
    bold = book.add_format({"bold": True})
    events = _Sheet(book.add_worksheet("Events"), EVENT_COLUMNS, bold, losses)
    claims = _Sheet(book.add_worksheet("Claims"), CLAIM_COLUMNS, bold, losses)
    sources = _Sheet(book.add_worksheet("Sources"), SOURCE_COLUMNS, bold, losses)
    try:
        known, context = cited(outgoing.sources()), outgoing.context()
        for source in outgoing.sources():
            sources.add(source_row(source))
        for event in outgoing.events():
            events.add(event_row(event, known, context, outgoing.known_by))
            for claim in event.claims:
                claims.add(claim_row(event, claim, known))
    except BaseException:
        for sheet in (events, claims, sources):
            sheet.discard()
        raise
    for sheet in (events, claims, sources):
        sheet.finish()
    try:
        book.close()
    except FileCreateError as error:
        raise OSError(str(error)) from error
    return losses.found()


class _Sheet:
    """A sheet that is filled row by row, below a header that stays in sight."""

    def __init__(self, sheet: Any, header: Iterable[str], bold: Any, losses: Losses) -> None:
        self._sheet = sheet
        self._losses = losses
        self._rows = 1
        self._columns = tuple(header)
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(self._columns):
            sheet.set_column(place, place, _WIDE.get(name, _WIDTH))
            sheet.write_string(0, place, name, bold)

    def add(self, row: Row) -> None:
        """Add a row, as long as there is room."""
        if self._rows == MOST_ROWS:
            self._losses.add("rows beyond the 1,048,576 of a sheet")
            return
        for place, value in enumerate(row):
            self._write(place, value)
        self._rows += 1

    def finish(self) -> None:
        """Let the header filter the rows."""
        self._sheet.autofilter(0, 0, self._rows - 1, len(self._columns) - 1)

    def discard(self) -> None:
        """Let go of the file that holds the rows until the workbook is closed, which it will not be."""
        self._sheet.row_data_fh.close()
        Path(self._sheet.row_data_filename).unlink(missing_ok=True)

    def _write(self, place: int, value: Value) -> None:
        if value is None or value == "":
            return
        if isinstance(value, str):
            if len(value) > MOST_CHARACTERS:
                self._losses.add("texts cut at the 32,767 characters of a cell")
            self._sheet.write_string(self._rows, place, _NO_XML.sub("\ufffd", value[:MOST_CHARACTERS]))
        elif math.isfinite(value) and abs(value) <= _WHOLE:
            self._sheet.write_number(self._rows, place, value)
        else:  # a number that a spreadsheet would round
            self._sheet.write_string(self._rows, place, f"{value}")


FORMAT = WritableFormat(name="xlsx", label="Workbook", ending=".xlsx", write=write)
