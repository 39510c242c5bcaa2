"""Spreadsheets: XLSX, XLS and ODS."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.formats.foreign import Confidence, Head, Opened, ReadableFormat, Reading
from viewer.formats.tables.delimited_rows import Row
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.reading import read_table
from viewer.formats.tables.sheet_rows import Workbook

_ENDINGS = (".xlsx", ".xlsm", ".xls", ".ods")


class WorkbookTable:
    """A workbook as tables, one a sheet."""

    is_even = False

    def __init__(self, opened: Opened) -> None:
        self._book = Workbook(opened.file)
        self.sheets = self._book.sheets

    def sheet(self, name: str) -> str:
        """Return the name of a sheet, or raise UnreadableError."""
        return self._book.sheet(name)

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield the rows of a sheet."""
        return self._book.rows(sheet)

    def beyond(self, place: int) -> str:
        """Return a name for a column that the header does not name."""
        return f"Column {place + 1}"


def read(opened: Opened) -> Reading:
    """Read a spreadsheet; see `viewer.formats.tables.reading.read_table`."""
    return read_table(opened, WorkbookTable(opened), Notices())


def recognise(head: Head) -> int:
    """Say how sure it is that a file is a spreadsheet."""
    is_named = head.name.lower().endswith(_ENDINGS)
    if head.data.startswith(b"PK\x03\x04"):
        if b"opendocument.spreadsheet" in head.data[:200] or b"xl/" in head.data:
            return Confidence.SURE
        return Confidence.LIKELY if is_named else Confidence.NO
    if head.data.startswith(b"\xd0\xcf\x11\xe0"):
        return Confidence.SURE if is_named else Confidence.NO
    return Confidence.ENDING if is_named else Confidence.NO


FORMAT = ReadableFormat(
    name="spreadsheet",
    label="a spreadsheet (XLSX, XLS, ODS)",
    endings=_ENDINGS,
    recognise=recognise,
    read=read,
)
