"""Which rows name another row: what stands in the way when that is to go, and what a row needs to be there."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.storage.reader import Reader
from viewer.storage.schema import EDITABLE_TABLES


def references(reader: Reader, table: str) -> Iterator[tuple[str, str]]:
    """Yield the columns of a table that name rows of others by their id: (column, table that it leads to)."""
    for row in reader.rows("SELECT * FROM pragma_foreign_key_list(?)", (table,)):
        yield row["from"], row["table"]


def referring(reader: Reader, table: str, row_id: int) -> Iterator[tuple[str, int]]:
    """Yield the rows that name one of `table`: (table, id)."""
    for other in sorted(EDITABLE_TABLES):
        for column, target in references(reader, other):
            if target == table:
                for row in reader.rows_of(other, column, row_id):
                    yield other, int(row["id"] or 0)
