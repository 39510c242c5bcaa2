"""The rows of delimited text. A quote that is never closed must not swallow the rows behind it."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from itertools import islice

from viewer.formats.foreign import Opened
from viewer.formats.guarding import unguarded
from viewer.formats.tables import limits
from viewer.formats.tables.dialects import delimiter_of, told_delimiter
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.texts import encoding_of, lines_of

Row = tuple[int, list[str]]
"""The physical line (from 1) on which a row begins, or its number in a sheet, and its cells."""

_HEAD_LINES = 400


def delimited_rows(opened: Opened, notices: Notices) -> Iterator[Row]:
    """Yield the rows of delimited text, the header among them; empty lines are none.

    `opened.options` may say “encoding” and “delimiter”.

    Raises:
        UnreadableError: it is empty or no text.
    """
    encoding = encoding_of(opened.file, notices, opened.options.get("encoding"))
    lines = lines_of(opened.file, encoding, notices)
    first = 1
    head = list(islice(lines, _HEAD_LINES))
    told = told_delimiter(head[0]) if head else None
    if told is not None:
        head, first = head[1:], 2
    wanted = opened.options.get("delimiter") or told or delimiter_of(head, whole=len(head) < _HEAD_LINES)[0]
    return _Rows(deque(head), lines, wanted, first, notices).rows()


class _RunawayError(Exception):
    """A row goes on for so long that its quote was surely never closed."""


class _Rows:
    """A walk over lines: those of the row that is being read are held, to be read again if it goes wrong."""

    def __init__(
        self, again: deque[str], lines: Iterator[str], delimiter: str, first: int, notices: Notices
    ) -> None:
        self._again = again
        self._lines = lines
        self._delimiter = delimiter
        self._at = first
        self._notices = notices
        self._held: list[str] = []
        self._size = 0
        self._has_guards = False

    def rows(self) -> Iterator[Row]:
        held = self._held
        csv.field_size_limit(limits.CELL)  # of the whole process; other readers set theirs
        while True:
            reader = csv.reader(self._feed(), delimiter=self._delimiter, strict=True)
            try:
                for row in reader:
                    line = self._at
                    self._at += len(held)
                    held.clear()
                    self._size = 0
                    if self._has_guards:
                        self._has_guards = False
                        row = [unguarded(cell) for cell in row]
                    if row:
                        yield line, row
            except (csv.Error, _RunawayError):
                yield self._as_it_stands()
            else:
                return

    def _feed(self) -> Iterator[str]:
        held, again, lines = self._held, self._again, self._lines
        while True:
            line = again.popleft() if again else next(lines, None)
            if line is None:
                return
            held.append(line)
            if "'" in line:  # before what a spreadsheet would compute, we and others put one
                self._has_guards = True
            if len(held) > 1:
                self._watch(len(line))
            yield line

    def _watch(self, length: int) -> None:
        self._size += length
        if self._size > limits.ROW or len(self._held) > limits.ROW_LINES:
            raise _RunawayError

    def _as_it_stands(self) -> Row:
        """Return the first line of the row that went wrong, its quotes taken as any sign; go on behind it."""
        line, number = self._held[0], self._at
        self._again.extendleft(reversed(self._held[1:]))
        self._held.clear()
        self._size = 0
        self._at += 1
        self._has_guards = False
        cells = [unguarded(cell) for cell in line.rstrip("\r\n").split(self._delimiter)]
        if any(len(cell) > limits.CELL for cell in cells):
            message = f"a cell is longer than {limits.CELL:,} characters; it was cut there"
            self._notices.add("long cell", f"row {number}", message, number)
            return number, [cell[: limits.CELL] for cell in cells]
        message = "a quote is not closed where it should be; this line was read as it stands, quotes and all"
        self._notices.add("quote", f"row {number}", message, number)
        return number, cells
