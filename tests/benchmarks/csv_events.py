"""Events as a CSV file `id,title,kind,start_ms,end_ms`: made elsewhere and measured here, or the other way round.

Milliseconds count from 1970-01-01, UTC; `end_ms` may be empty for a moment. A document keeps seconds.
"""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice, repeat
from pathlib import Path

import numpy as np

from tests.benchmarks.corpus_dates import exact_dates
from tests.benchmarks.corpus_rows import add_events, add_kinds, create_empty, filling, uids

HEADER = ("id", "title", "kind", "start_ms", "end_ms")
_CHUNK = 50_000
_SHAPES = ("diamond", "square", "hexagon", "bar")

Row = tuple[int, str, str, int, int]


def read_csv(source: Path) -> Iterator[Row]:
    """Yield id, title, kind, start and end in milliseconds.

    Raises:
        ValueError: a line is not like that, and which.
    """
    with source.open(encoding="utf-8-sig", newline="") as file:
        lines = csv.reader(file)
        if tuple(next(lines, ())) != HEADER:
            raise ValueError(f"{source.name} does not begin with {','.join(HEADER)}")
        for cells in lines:
            try:
                number, title, kind, start, end = cells
                yield int(number), title, kind, int(start), int(end or start)
            except ValueError as error:
                raise ValueError(f"{source.name}, line {lines.line_num}: {error}") from error


def make_from_csv(source: Path, path: Path) -> int:
    """Create a document of the events of a CSV file and return how many there are.

    Their bounds are exact. EDTF has no such spans; each is given the one in whole days that holds it.

    Raises:
        ValueError: the file is no such file, and why.
    """
    create_empty(path)
    count = 0
    with filling(path) as db:
        known: dict[str, int] = dict(db.execute("SELECT name, id FROM kinds"))
        rows = read_csv(source)
        while chunk := list(islice(rows, _CHUNK)):
            _know(db, known, [row[2] for row in chunk])
            _add(db, known, chunk, first=count)
            count += len(chunk)
    return count


def write_csv(target: Path, path: Path) -> int:
    """Write the dated events of a document, from their earliest to their latest second; return how many."""
    count = 0
    with closing(sqlite3.connect(path)) as db, target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for row in db.execute(
            """SELECT events.id, title, kinds.name, when_start_lo * 1000, when_end_hi * 1000
            FROM events JOIN kinds ON kinds.id = kind_id
            WHERE when_start_lo IS NOT NULL AND when_end_hi IS NOT NULL ORDER BY events.id"""
        ):
            writer.writerow(row)
            count += 1
    return count


def _know(db: sqlite3.Connection, known: dict[str, int], names: Sequence[str]) -> None:
    new = [name for name in dict.fromkeys(names) if name not in known]
    numbers = range(len(known), len(known) + len(new))
    colours = (f"#{40 + number * 67 % 120:02x}{40 + number * 31 % 120:02x}80" for number in numbers)
    shapes = (_SHAPES[number % len(_SHAPES)] for number in numbers)
    add_kinds(db, list(zip(new, new, shapes, colours, strict=True)))
    known.update(db.execute("SELECT name, id FROM kinds"))


def _add(db: sqlite3.Connection, known: dict[str, int], rows: Sequence[Row], *, first: int) -> None:
    numbers, titles, kinds, starts, ends = zip(*rows, strict=True)
    random = np.random.default_rng(first)
    start, end = (np.array(times, np.int64) // 1000 for times in (starts, ends))
    add_events(
        db,
        np.array(numbers, np.int64),
        uids(random, first, len(rows)),
        [known[kind] for kind in kinds],
        titles,
        repeat(None, len(rows)),
        exact_dates(start, np.maximum(start, end)),
        repeat(None, len(rows)),
    )
