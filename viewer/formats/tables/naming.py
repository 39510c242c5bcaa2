"""Which columns a mapping names, and in which of its fields."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from viewer.formats.tables.mapping import (
    ActorColumn,
    Amounts,
    Epoch,
    Join,
    Moment,
    PlaceColumns,
    Precision,
    SourceColumns,
    TableMapping,
    TagColumn,
    When,
    Words,
)

_COLUMN_FIELDS: dict[type, tuple[str, ...]] = {
    Words: ("columns",),
    Moment: ("column", "year", "month", "day", "time"),
    Precision: ("column",),
    Epoch: ("column",),
    When: ("wording",),
    PlaceColumns: ("latitude", "longitude", "precision"),
    Amounts: ("value", "best", "low", "high"),
    ActorColumn: ("column",),
    TagColumn: ("column",),
    SourceColumns: ("identifier", "published", "accessed", "success"),
    Join: ("column",),
    TableMapping: ("identifier",),
}


def named_columns(record: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield each field of a mapping, or of a part of one, that names a column, and the column."""
    columns = _COLUMN_FIELDS.get(type(record), ())
    for field in dataclasses.fields(record):
        value = getattr(record, field.name)
        within = f"{path}.{field.name}" if path else field.name
        if field.name in columns:
            # Words and parts of a date are the field that they stand in.
            is_own = isinstance(record, Words | ActorColumn | TagColumn) or field.name == "column"
            for column in (value,) if isinstance(value, str) else tuple(value or ()):
                yield (path if is_own else within), column
        elif isinstance(value, tuple):
            for each in value:
                if dataclasses.is_dataclass(each):
                    yield from named_columns(each, within)
        elif dataclasses.is_dataclass(value) and not isinstance(value, Mapping):
            yield from named_columns(value, within)
