"""Which character parts the cells of a text: told from its first lines, with quotes respected."""

from __future__ import annotations

import csv
import re
from collections import Counter

DELIMITERS = ("\t", ";", ",", "|")
_TOLD = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_ROWS = 200


def told_delimiter(line: str) -> str | None:
    """Return the delimiter that a first line “sep=;” tells, as spreadsheets write it."""
    match = _TOLD.fullmatch(line)
    return match[1] if match else None


def delimiter_of(lines: list[str], *, whole: bool = True) -> tuple[str, float]:
    """Return the likeliest delimiter of some lines, and the share of rows that are as wide as the first.

    The share is 0 where nothing parts the lines. `whole`: False if the last line may be cut.
    """
    best: tuple[float, int, str] = (0.0, 1, ",")
    for delimiter in DELIMITERS:
        widths = [len(row) for row in _rows(lines, delimiter)]
        if not whole and len(widths) > 1:
            widths.pop()
        if not widths or widths[0] < 2:
            continue
        # A comma in numbers parts all rows but not the header, or not all of them alike.
        share = Counter(widths)[widths[0]] / len(widths)
        best = max(best, (round(share, 1), widths[0], delimiter))
    return best[2], best[0]


def _rows(lines: list[str], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    reader = csv.reader(lines, delimiter=delimiter)
    while len(rows) < _ROWS:
        try:
            row = next(reader, None)
        except csv.Error:
            continue
        if row is None:
            break
        if row:
            rows.append(row)
    return rows
