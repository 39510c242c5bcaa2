"""Delimited text: CSV, TSV, semicolons as spreadsheets of many countries write it, text pasted from a sheet."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.formats.encodings import marked_encoding
from viewer.formats.foreign import Confidence, Head, Opened, ReadableFormat, Reading
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.delimited_rows import Row, delimited_rows
from viewer.formats.tables.dialects import delimiter_of, told_delimiter
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.profiles import detect_profile
from viewer.formats.tables.reading import read_table

_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
_LINES = 200
_WHOLE = 64 * 1024
_ALIKE = 0.9


class DelimitedTable:
    """A file of delimited text as a table of one sheet."""

    sheets: tuple[str, ...] = ("",)
    is_even = True

    def __init__(self, opened: Opened, notices: Notices) -> None:
        self._opened, self._notices = opened, notices

    def sheet(self, name: str) -> str:
        """Refuse: there are none."""
        raise UnreadableError(f"there is no sheet “{name[:60]}”: the file is no workbook")

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield all rows."""
        del sheet
        return delimited_rows(self._opened, self._notices)

    def beyond(self, place: int) -> str:
        """Return a name for a column that the header does not name."""
        return f"Column {place + 1}"


def read(opened: Opened) -> Reading:
    """Read delimited text; see `viewer.formats.tables.reading.read_table`."""
    notices = Notices()
    return read_table(opened, DelimitedTable(opened, notices), notices)


def recognise(head: Head) -> int:
    """Say how sure it is that a file is delimited text."""
    by_name = Confidence.ENDING if head.name.lower().endswith(_ENDINGS[:3]) else Confidence.NO
    marked = marked_encoding(head.data)
    name, data = marked or ("utf-8", head.data)
    if marked is None and b"\0" in data:
        return by_name if data[:2] != b"PK" and data[1::2].count(0) > len(data) / 8 else Confidence.NO
    lines = data.decode(name, "replace").splitlines(keepends=True)
    if len(head.data) >= _WHOLE and len(lines) > 1:  # the last line may be cut
        lines.pop()
    lines = [line for line in lines[:_LINES] if line.strip()]
    if not lines or lines[0].lstrip()[:1] in ("{", "[", "<"):
        return Confidence.NO
    if told_delimiter(lines[0]) is not None:
        return Confidence.SURE
    delimiter, share = delimiter_of(lines)
    cells = [cell.strip().strip('"') for cell in lines[0].rstrip("\r\n").split(delimiter)]
    if detect_profile(cells) is not None:
        return Confidence.SURE
    return Confidence.LIKELY if share >= _ALIKE and len(lines) > 1 else by_name


FORMAT = ReadableFormat(
    name="csv", label="a table as text (CSV, TSV)", endings=_ENDINGS, recognise=recognise, read=read
)
