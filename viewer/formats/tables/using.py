"""What one column of a table is used for, and the same mapping with that column used for something else.

A use is a field as `previewing.column_uses` calls it, such as “when.start”; of actors with their role, such as
“actors.force”.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from viewer.domain.records import ROLES
from viewer.formats.tables.mapping import (
    ActorColumn,
    Amounts,
    HopWords,
    Moment,
    PlaceColumns,
    SourceColumns,
    TableMapping,
    TagColumn,
    Words,
    column_key,
)
from viewer.formats.tables.naming import named_columns
from viewer.formats.tables.previewing import column_uses

USES: tuple[str, ...] = (
    "title", "summary", "kind",
    "when.start", "when.end", "when.start.year", "when.start.month", "when.start.day", "when.start.time",
    "when.wording",
    "place.name", "place.latitude", "place.longitude", "origin",
    "quantity.value", "quantity.best", "quantity.low", "quantity.high",
    *(f"actors.{role}" for role in ROLES), "tags",
    "sources.title", "sources.publisher", "sources.author", "sources.url", "sources.archived_url",
    "sources.published", "sources.text", "sources.reliability",
    "sources.quote", "sources.chain.name", "sources.credibility",
    "identifier",
)  # fmt: skip
"""What a single column can be put to."""

_NAMING = frozenset((
    "column", "year", "month", "day", "time", "wording", "latitude", "longitude", "precision",
    "value", "best", "low", "high", "published", "accessed",
))  # fmt: skip
"""Fields that hold the name of one column."""
_WORDS_OF_SOURCES = frozenset(
    each.name for each in dataclasses.fields(SourceColumns) if each.type == "Words | None"
)


def uses_of(mapping: TableMapping, column: str) -> tuple[str, ...]:
    """Return all that a column is used for; nothing: its cells are kept beside the records."""
    (found,) = column_uses(mapping, [column])
    key = column_key(column)
    told: dict[str, None] = {}
    for use in found.fields:
        if use != "actors":
            told[use] = None
            continue
        for each in mapping.actors:
            if column_key(each.column) == key:
                told[f"actors.{each.role}"] = None
    return tuple(told)


def with_use(
    mapping: TableMapping, column: str, use: str | None, samples: Sequence[str] = ()
) -> TableMapping:
    """Return a mapping in which a column has only this use, or none.

    Texts are made of several columns, and so are actors, tags and identifiers; of all others there is one, and the
    column that was it is then kept beside. `samples` of its cells tell what parts several tags or actors.

    Raises:
        ValueError: there is no such use.
    """
    if use is not None and use not in USES:
        raise ValueError(use)
    freed = _tidied(_without(mapping, column_key(column)))
    return freed if use is None else _added(freed, column, use, samples)


def _added(mapping: TableMapping, column: str, use: str, samples: Sequence[str]) -> TableMapping:
    section, _, field = use.partition(".")
    if section == "when":
        return replace(mapping, when=_when(mapping, column, field))
    if section == "place":
        return replace(mapping, place=_place(mapping, column, field))
    if section == "quantity":
        return replace(
            mapping, quantity=replace(_stated_amounts(mapping.quantity, field), **_named(field, column))
        )
    if section == "actors":
        actor = ActorColumn(column=column, role=field, separator=_separator(samples, ";"))
        return replace(mapping, actors=(*mapping.actors, actor))
    if section == "tags":
        return replace(
            mapping, tags=(*mapping.tags, TagColumn(column=column, separator=_separator(samples, ";,|")))
        )
    if section == "sources":
        first, *others = mapping.sources or (SourceColumns(),)
        return replace(mapping, sources=(_source(first, column, field), *others))
    if section == "identifier":
        return replace(mapping, identifier=(*mapping.identifier, column))
    if section == "kind":
        # A kind is one word: that of another column takes its place.
        return replace(mapping, kind=Words(columns=(column,), values={column: {"": "event"}}))
    return replace(mapping, **_named(section, _joined(getattr(mapping, section), column)))


def _when(mapping: TableMapping, column: str, field: str) -> Any:
    when = mapping.when
    side, _, part = field.partition(".")
    if side == "wording":
        return replace(when, wording=column)
    if side == "end":
        return replace(when, end=replace(when.end or Moment(), column=column))
    return replace(when, start=replace(when.start, **_named(part or "column", column)))


def _place(mapping: TableMapping, column: str, field: str) -> PlaceColumns:
    place = mapping.place or PlaceColumns()
    if field == "name":
        return replace(place, name=_joined(place.name, column))
    return replace(place, **_named(field, column))


def _stated_amounts(amounts: Amounts | None, field: str) -> Amounts:
    """Return the amounts without what a number in one column and one with bounds cannot both be."""
    amounts = amounts or Amounts()
    if field == "value":
        return replace(amounts, best=None, low=None, high=None)
    return replace(amounts, value=None)


def _source(source: SourceColumns, column: str, field: str) -> SourceColumns:
    if field == "chain.name":
        first, *others = source.chain or (HopWords(name=Words()),)
        return replace(source, chain=(replace(first, name=_joined(first.name, column)), *others))
    if field in _WORDS_OF_SOURCES:
        return replace(source, **_named(field, _joined(getattr(source, field), column)))
    return replace(source, **_named(field, column))


def _joined(words: Words | None, column: str) -> Words:
    if words is None or words.fixed is not None:
        return Words(columns=(column,))
    return replace(words, columns=(*words.columns, column))


def _named(field: str, value: Any) -> dict[str, Any]:
    """Return a value under the name of its field, which only the use knows."""
    return {field: value}


def _separator(samples: Sequence[str], signs: str) -> str | None:
    text = "\n".join(samples)
    best = max(signs, key=text.count)
    return best if best in text or len(signs) == 1 else None


def _without(value: Any, key: str) -> Any:
    """Return a part of a mapping in which no field names the column any more."""
    changed = {}
    for field in dataclasses.fields(value):
        old = getattr(value, field.name)
        new = _freed(value, field.name, old, key)
        if new != old:
            changed[field.name] = new
    return replace(value, **changed) if changed else value


def _freed(record: Any, name: str, old: Any, key: str) -> Any:
    if isinstance(old, str):
        return None if name in _NAMING and column_key(old) == key else old
    if isinstance(old, tuple):
        if name == "identifier" or (name == "columns" and isinstance(record, Words)):
            return tuple(each for each in old if column_key(each) != key)
        if name not in ("actors", "tags", "sources", "chain"):
            return old
        return tuple(_without(each, key) for each in old if not _is_of(each, key))
    if isinstance(old, Mapping):
        if name not in ("values", "success"):
            return old
        return {column: each for column, each in old.items() if column_key(column) != key}
    if dataclasses.is_dataclass(old):
        return None if _is_of(old, key) else _without(old, key)
    return old


def _is_of(value: Any, key: str) -> bool:
    """Whether a part of a mapping is nothing without its column, such as an actor's."""
    column = getattr(value, "column", None)
    return isinstance(column, str) and not isinstance(value, Moment) and column_key(column) == key


def _tidied(mapping: TableMapping) -> TableMapping:
    """Return a mapping without the parts that no column is left in."""
    changes: dict[str, Any] = {}
    if mapping.kind == Words() or (not mapping.kind.columns and mapping.kind.fixed is None):
        changes["kind"] = Words(fixed="event")
    if mapping.when.end == Moment():
        changes["when"] = replace(mapping.when, end=None)
    if mapping.place is not None and _is_idle(mapping.place):
        changes["place"] = None
    if mapping.quantity is not None and _is_idle(mapping.quantity):
        changes["quantity"] = None
    if mapping.rows != "sources":
        sources = tuple(each for each in map(_without_idle, mapping.sources) if not _is_idle(each))
        if sources != mapping.sources:
            changes["sources"] = sources
    for name in ("summary", "origin"):
        words = getattr(mapping, name)
        if words is not None and not words.columns and words.fixed is None:
            changes[name] = None
    return replace(mapping, **changes)


def _without_idle(source: SourceColumns) -> SourceColumns:
    changes: dict[str, Any] = {
        name: None
        for name in _WORDS_OF_SOURCES
        if (words := getattr(source, name)) is not None and not words.columns and words.fixed is None
    }
    chain = tuple(hop for hop in source.chain if hop.name.columns or hop.name.fixed is not None)
    return replace(source, chain=chain, **changes)


def _is_idle(part: Any) -> bool:
    """Whether no field of a part of a mapping names a column."""
    return next(named_columns(part), None) is None
