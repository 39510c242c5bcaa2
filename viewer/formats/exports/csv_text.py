"""Rows for people as a CSV file that spreadsheets open as it is meant."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import IO

from viewer.formats.exports.tabular import Row, Value
from viewer.formats.guarding import guarded


def write_rows(file: IO[bytes], header: Row, rows: Iterable[Row]) -> None:
    """Write a table: UTF-8 with the mark by which Excel knows it; a text that looks like a formula is guarded."""
    with _text_over(file) as text:
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(header)
        writer.writerows(map(_cell, row) for row in rows)


@contextmanager
def _text_over(file: IO[bytes]) -> Iterator[TextIOWrapper]:
    text = TextIOWrapper(file, "utf-8-sig", newline="")
    try:
        yield text
    finally:
        text.detach()  # writes what is left, and leaves the stream open


def _cell(value: Value) -> str:
    return "" if value is None else guarded(value) if isinstance(value, str) else f"{value}"
