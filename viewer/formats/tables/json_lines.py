"""JSON Lines, one object a line, and JSON lists of objects, as tables."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.formats.foreign import Confidence, Head, Opened, ReadableFormat, Reading
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.delimited_rows import Row
from viewer.formats.tables.json_rows import JsonRows, is_object
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.reading import read_table

_ENDINGS = (".jsonl", ".ndjson", ".json")


class JsonTable:
    """Objects as a table of one sheet, whose columns are all keys."""

    sheets: tuple[str, ...] = ("",)
    is_even = False

    def __init__(self, opened: Opened, notices: Notices) -> None:
        self._rows = JsonRows(opened, notices)

    def sheet(self, name: str) -> str:
        """Refuse: there are none."""
        raise UnreadableError(f"there is no sheet “{name[:60]}”: the file is no workbook")

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield a row of the keys, then one for each object."""
        del sheet
        return self._rows.rows()

    def beyond(self, place: int) -> str:
        """Return a key that the first objects had not."""
        return self._rows.names[place]


def read(opened: Opened) -> Reading:
    """Read JSON Lines or a list; see `viewer.formats.tables.reading.read_table`."""
    notices = Notices()
    return read_table(opened, JsonTable(opened, notices), notices)


def recognise(head: Head) -> int:
    """Say how sure it is that a file is JSON Lines or a list of objects."""
    by_name = Confidence.ENDING if head.name.lower().endswith(_ENDINGS[:2]) else Confidence.NO
    if b"\0" in head.data:
        return Confidence.NO
    lines = [line for line in head.data.decode("utf-8-sig", "replace").splitlines()[:4] if line.strip()]
    start = "".join(lines).lstrip()
    if start.startswith("[") and start[1:].lstrip()[:1] == "{":
        return Confidence.LIKELY
    if not lines or not is_object(lines[0]):
        return by_name if start.startswith("{") else Confidence.NO
    if len(lines) == 1:
        return by_name
    return Confidence.LIKELY if is_object(lines[1]) or by_name else Confidence.NO


FORMAT = ReadableFormat(
    name="jsonl",
    label="a table as JSON (one object a line)",
    endings=_ENDINGS,
    recognise=recognise,
    read=read,
)
