"""Rows by the million into a document that the application has created, as one import would leave them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from itertools import chain, islice, repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.corpus_dates import DATE_COLUMNS, Dates
from viewer.document import Document
from viewer.domain.dates import PARSER_VERSION

KINDS = (
    ("clash", "Clash", "diamond", "#8A4FA3"),
    ("protest", "Protest", "square", "#4C7A34"),
    ("agreement", "Agreement", "hexagon", "#A03B5B"),
    ("election", "Election", "bar", "#2E7F83"),
    ("visit", "Visit", "diamond", "#8C6A1A"),
)
"""Kinds beside those built in: name, label, shape and colour."""

AT = 1_750_000_000
_SETTINGS = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-65536", "ignore_check_constraints=ON")
_OWN_INDEXES = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql LIKE 'CREATE INDEX%'"
_TOGETHER = 40

Integers = NDArray[np.int64]


def create_empty(path: Path) -> None:
    """Create a document as the application does."""
    Document.create(path).close()


@contextmanager
def filling(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a document to fill it as one import would; its indexes are made at the end.

    Nothing survives a crash meanwhile, and nothing checks what comes in: the file is scratch.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for setting in _SETTINGS:
            db.execute(f"PRAGMA {setting}").fetchall()
        indexes = db.execute(_OWN_INDEXES).fetchall()
        db.execute("BEGIN")
        for name, _ in indexes:
            db.execute(f"DROP INDEX {name}")
        one, two = uids(np.random.default_rng(0), 0, 2)
        insert(db, "imports", "id, uid, at, file_name, format", [(1, one, AT, "corpus.json", "bundle")])
        insert(db, "edits", "id, uid, at, label", [(1, two, AT, "Import corpus.json")])
        db.execute("UPDATE meta SET revision = 1, title = 'Corpus'")
        yield db
        for _, sql in indexes:
            db.execute(sql)
        db.execute("COMMIT")


def add_kinds(db: sqlite3.Connection, kinds: Iterable[tuple[str, str, str, str]]) -> int:
    """Add kinds (name, label, shape and colour) to those built in; return how many there are then."""
    insert(db, "kinds", "name, label, shape, colour", kinds)
    return int(db.execute("SELECT count(*) FROM kinds").fetchone()[0])


def add_events(
    db: sqlite3.Connection,
    ids: Integers,
    uids: Sequence[str],
    kinds: Sequence[int],
    titles: Sequence[str],
    summaries: Iterable[str | None],
    dates: Dates,
    places: Iterable[int | None],
) -> None:
    """Add events by columns; `kinds` and `places` are ids."""
    about = (ids.tolist(), uids, kinds, titles, summaries, places, repeat(1), repeat(PARSER_VERSION))
    names = f"id, uid, kind_id, title, summary, place_id, import_id, when_parser, {date_names('when')}"
    flags = ", when_uncertain, when_convention, when_ambiguous"
    insert(db, "events", names, zip(*about, *dates.columns(), strict=False), fixed=(flags, ", 0, 0, 0"))


def insert(
    db: sqlite3.Connection,
    table: str,
    names: str,
    rows: Iterable[tuple[Any, ...]],
    *,
    fixed: tuple[str, str] = ("", ""),
) -> None:
    """Insert rows; `fixed` names columns, and says in SQL what all rows have there."""
    marks = ", ".join("?" * (names.count(",") + 1))
    rest = iter(rows)
    # Each statement looks up the last id of its table, so that a row alone costs twice what it need.
    while together := list(islice(rest, _TOGETHER)):
        values = ", ".join([f"({marks}{fixed[1]})"] * len(together))
        cells = tuple(chain.from_iterable(together))
        db.execute(f"INSERT INTO {table} ({names}{fixed[0]}) VALUES {values}", cells)


def uids(random: np.random.Generator, first: int, count: int) -> list[str]:
    """Return UUIDv7 texts that rise, as those made one after the other do."""
    moments = (AT * 1000 + np.arange(first, first + count)).tolist()
    heads, tails = random.integers(0, 1 << 12, count).tolist(), random.integers(0, 1 << 48, count).tolist()
    return [
        f"{at >> 16:08x}-{at & 0xFFFF:04x}-7{head:03x}-8{head:03x}-{tail:012x}"
        for at, head, tail in zip(moments, heads, tails, strict=True)
    ]


def date_names(prefix: str) -> str:
    """Return the names of the columns of dates, those of a table with such a prefix."""
    return ", ".join(f"{prefix}_{name}" for name in DATE_COLUMNS)
