"""The rows of a spreadsheet: XLSX, XLS or ODS, by python-calamine. Formulas count by the values kept with them."""

from __future__ import annotations

import datetime
import re
import zipfile
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from viewer.formats.incoming import UnreadableError
from viewer.formats.tables import limits
from viewer.formats.tables.delimited_rows import Row

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

_PACKED = b"PK\x03\x04"
_OLD = b"\xd0\xcf\x11\xe0"
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_CELL = re.compile(rb'\sr="([A-Z]{1,3})([0-9]{1,7})"')
_REPEATED = re.compile(rb'number-(columns|rows)-(?:repeated|spanned)="([0-9]{1,9})"')
_LOOKED_THROUGH = 20_000_000
"""Bytes of a sheet in which far-off cells are looked for; a larger one is large by what it holds."""


class Workbook:
    """A spreadsheet that is open.

    Raises:
        UnreadableError: it is none, it is locked by a password, or it is larger than can be read.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._book = _opened(file)
        shown = [each.name for each in self._book.sheets_metadata if str(each.visible).endswith(".Visible")]
        self.sheets: tuple[str, ...] = tuple(shown or self._book.sheet_names)
        """The names of the sheets that can be seen, in their order."""

    def sheet(self, name: str) -> str:
        """Return the name of a sheet, whatever the case it is asked for in; hidden ones can be asked for.

        Raises:
            UnreadableError: there is none.
        """
        for known in self._book.sheet_names:
            if known.casefold().strip() == name.casefold().strip():
                return known
        raise UnreadableError(f"there is no sheet “{name[:60]}”; there are: {', '.join(self.sheets)}"[:280])

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield the rows of a sheet as text, numbered as the spreadsheet numbers them; empty ones are none."""
        found = self._book.get_sheet_by_name(sheet)
        if found.end is not None and found.end[1] >= limits.COLUMNS:
            raise UnreadableError(f"it has more than {limits.COLUMNS:,} columns")
        # What the library calls empty rows before the first one is given too: numbers are those on screen.
        for number, values in enumerate(found.iter_rows(), 1):
            cells = [value if type(value) is str else cell_text(value) for value in values]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield number, cells


def cell_text(value: Any) -> str:
    """Return a cell's value as text; a date or time in ISO form, as precisely as it is known.

    A time whose seconds are zero is taken to be known to the minute: sheets store no less.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime.datetime):
        if value.time() == datetime.time():
            return value.date().isoformat()
        return value.replace(microsecond=0).isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, datetime.time):
        return value.replace(microsecond=0).isoformat(timespec="seconds" if value.second else "minutes")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return "" if value is None else str(value)


def _opened(file: IO[bytes]) -> CalamineWorkbook:
    file.seek(0)
    magic = file.read(8)
    if not magic:
        raise UnreadableError("it is empty")
    if not magic.startswith((_PACKED, _OLD)):
        raise UnreadableError("it is no spreadsheet: expected XLSX, XLS or ODS")
    if magic.startswith(_PACKED):
        _check_packed(file)
    try:
        from python_calamine import CalamineError, CalamineWorkbook, PasswordError
    except ImportError as error:
        raise UnreadableError("reading spreadsheets takes the package python-calamine") from error
    file.seek(0)
    try:
        return CalamineWorkbook.from_filelike(file)
    except PasswordError as error:
        raise UnreadableError("it is locked by a password; save it without one") from error
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError(f"it is no spreadsheet that can be read: {error}"[:250]) from error


def _check_packed(file: IO[bytes]) -> None:
    """Refuse what is small packed and huge unpacked, in bytes or in the rectangle that its cells span."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            names = {part.filename.lower() for part in parts}
            if not names & {"[content_types].xml", "mimetype", "content.xml"}:
                raise UnreadableError("it is a packed file, but no spreadsheet")
            if sum(part.file_size for part in parts) > limits.UNPACKED:
                raise UnreadableError(f"it would take more than {limits.UNPACKED:,} bytes when unpacked")
            for part in parts:
                if part.file_size <= _LOOKED_THROUGH:
                    _check_span(packed, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise UnreadableError(f"it is damaged: {error}"[:200]) from error


def _check_span(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    if _SHEET.fullmatch(part.filename):
        cells = _CELL.findall(packed.read(part))
        rows = max((int(row) for _, row in cells), default=0)
        columns = max((_number(letters) for letters in {letters for letters, _ in cells}), default=0)
    elif part.filename.lower() == "content.xml":
        rows, columns = _repeated_with_content(packed.read(part))
    else:
        return
    if rows * columns > limits.CELLS:
        raise UnreadableError(f"its cells span {rows:,} rows and {columns:,} columns, which is too much")


def _repeated_with_content(content: bytes) -> tuple[int, int]:
    """Return how many rows and columns an ODS repeats; empty rows at its end are repeated and cost nothing."""
    totals = {b"rows": 0, b"columns": 0}
    for row in re.split(rb"</table:table-row>", content):
        if b"office:value" not in row and b"text:p" not in row:
            continue
        for what, count in _REPEATED.findall(row):
            totals[what] = max(totals[what], int(count))
    return totals[b"rows"], totals[b"columns"]


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
