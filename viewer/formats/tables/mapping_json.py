"""A mapping as JSON, both ways. A fault is named by its field and by what was expected there."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Collection, Mapping
from typing import Any

from viewer.domain.quantities import MEASURES
from viewer.domain.records import STANCES, Kind
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.mapping import (
    EPOCH_UNITS,
    FORMAT,
    ORDERS,
    PRECISION_CODES,
    ROWS,
    VERSION,
    ActorColumn,
    Amounts,
    Epoch,
    HopWords,
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

_Check = Callable[[Any, str], Any]
_LONGEST = 10_000


class MappingError(UnreadableError):
    """A mapping that cannot be used; the message names the field and what was expected there."""


def mapping_json(mapping: TableMapping) -> dict[str, Any]:
    """Return a mapping as JSON values; what is as it would be anyway is left out."""
    return {"format": FORMAT, "version": VERSION, **_members(mapping)}


def mapping_from_json(value: Any) -> TableMapping:
    """Read a mapping, as `mapping_json` gives it or as written by hand.

    Raises:
        MappingError: it is none, of another version, or one of its fields is not as it must be.
    """
    if not isinstance(value, Mapping) or value.get("format") != FORMAT:
        raise MappingError(f"this is no mapping: expected an object with “format”: “{FORMAT}”")
    if value.get("version") != VERSION:
        told = str(value.get("version"))[:20]
        raise MappingError(f"this mapping is of version {told}; version {VERSION} can be read")
    members = {key: each for key, each in value.items() if key not in ("format", "version")}
    mapping: TableMapping = _object(TableMapping)(members, "")
    if not mapping.header and not mapping.columns:
        raise MappingError("columns: a table without a header needs them named")
    if mapping.rows == "sources" and not mapping.sources:
        raise MappingError("sources: expected columns of a source, as each row is one")
    return mapping


def _members(record: Any) -> dict[str, Any]:
    found = {}
    for each in dataclasses.fields(record):
        value = getattr(record, each.name)
        default = each.default if each.default_factory is dataclasses.MISSING else each.default_factory()
        if value != default and each.name not in ("id", "extra"):
            found[each.name] = _value(value)
    return found


def _value(value: Any) -> Any:
    if isinstance(value, Words):
        return _words_json(value)
    if dataclasses.is_dataclass(value):
        return _members(value)
    if isinstance(value, tuple):
        return [_value(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _value(each) for key, each in value.items()}
    return value


def _words_json(words: Words) -> Any:
    members = _members(words)
    if members.keys() == {"columns"} and len(words.columns) == 1:
        return words.columns[0]
    return (
        list(words.columns)
        if members.keys() == {"columns"}
        else {
            key: {column: dict(codes) for column, codes in value.items()}
            if key == "values"
            else _value(value)
            for key, value in members.items()
        }
    )


def _fault(path: str, expected: str, found: Any) -> MappingError:
    shown = repr(found)
    return MappingError(
        f"{path or 'mapping'}: expected {expected}, found {shown if len(shown) <= 60 else shown[:59] + '…'}"
    )


def _text(value: Any, path: str) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise _fault(path, "text", value)
    return value


def _filled(value: Any, path: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _fault(path, "the name of a column", value)
    return _text(value, path)


def _flag(value: Any, path: str) -> bool:
    if not isinstance(value, bool):
        raise _fault(path, "true or false", value)
    return value


def _one_of(choices: Collection[str]) -> _Check:
    def check(value: Any, path: str) -> str:
        if not isinstance(value, str) or value not in choices:
            raise _fault(path, f"one of {', '.join(choices)}", value)
        return value

    return check


def _list(check: _Check) -> _Check:
    def check_all(value: Any, path: str) -> tuple[Any, ...]:
        if not isinstance(value, list):
            raise _fault(path, "a list", value)
        return tuple(check(each, f"{path}[{number}]") for number, each in enumerate(value))

    return check_all


def _dictionary(check: _Check) -> _Check:
    def check_all(value: Any, path: str) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise _fault(path, "an object", value)
        return {str(key): check(each, f"{path}.{key}") for key, each in value.items()}

    return check_all


def _words(value: Any, path: str) -> Words:
    if isinstance(value, str):
        return Words(columns=(_filled(value, path),))
    if isinstance(value, list):
        return Words(columns=_list(_filled)(value, path))
    if not isinstance(value, Mapping):
        raise _fault(path, "a column, a list of columns, or an object of columns or “fixed” words", value)
    words: Words = _object(Words)(value, path)
    return words


def _object(cls: type) -> _Check:
    def check(value: Any, path: str) -> Any:
        if not isinstance(value, Mapping):
            raise _fault(path, "an object", value)
        checks = _FIELDS[cls]
        within = f"{path}." if path else ""
        for key in value:
            if key not in checks:
                raise MappingError(
                    f"{within}{str(key)[:60]}: there is no such field; known: {', '.join(checks)}"
                )
        for each in dataclasses.fields(cls):
            needed = each.default is each.default_factory is dataclasses.MISSING
            if needed and each.name not in value:
                raise MappingError(f"{within}{each.name}: is missing")
        # None is what is not said.
        return cls(
            **{key: checks[key](each, f"{within}{key}") for key, each in value.items() if each is not None}
        )

    return check


def _all(check: _Check, *names: str) -> dict[str, _Check]:
    return dict.fromkeys(names, check)


_FIELDS: dict[type, dict[str, _Check]] = {
    Words: {
        "columns": _list(_filled),
        "separator": _text,
        "first": _flag,
        "values": _dictionary(_dictionary(_text)),
        "fixed": _text,
    },
    Moment: _all(_filled, "column", "year", "month", "day", "time"),
    Precision: {"column": _filled, "codes": _dictionary(_one_of(PRECISION_CODES))},
    Epoch: {"column": _filled, "unit": _one_of(EPOCH_UNITS)},
    PlaceColumns: {"name": _words, **_all(_filled, "latitude", "longitude", "precision")},
    Amounts: {
        **_all(_filled, "value", "best", "low", "high"),
        "unit": _words,
        "measure": _one_of(MEASURES),
        "none": _list(_text),
    },
    ActorColumn: {"column": _filled, "role": _text, "separator": _text},
    TagColumn: {"column": _filled, "separator": _text},
    HopWords: {"name": _words, "verb": _text},
    Join: {"sheet": _text, "column": _filled, "key": _filled, "separator": _text},
    Kind: _all(_filled, "name", "label", "shape", "colour"),
}
_FIELDS[When] = {
    **_all(_object(Moment), "start", "end"),
    "between": _one_of(("throughout", "within")),
    "wording": _filled,
    "order": _one_of(ORDERS),
    "precision": _object(Precision),
    "epoch": _object(Epoch),
}
_FIELDS[SourceColumns] = {
    "identifier": _list(_filled),
    **_all(_words, "title", "publisher", "author", "medium", "url", "archived_url", "language"),
    **_all(_filled, "published", "accessed"),
    **_all(_words, "reliability", "text", "quote", "note", "verb", "credibility"),
    "separator": _text,
    "chain": _list(_object(HopWords)),
    "stance": _one_of(STANCES),
    "success": _dictionary(_text),
}
_FIELDS[TableMapping] = {
    **_all(_text, "name", "label", "scope", "sheet", "language"),
    "rows": _one_of(ROWS),
    "header": _flag,
    **_all(_list(_filled), "columns", "identifier", "keep"),
    "joins": _list(_object(Join)),
    **_all(_words, "title", "summary", "kind", "origin"),
    "kinds": _list(_object(Kind)),
    "when": _object(When),
    "place": _object(PlaceColumns),
    "quantity": _object(Amounts),
    "actors": _list(_object(ActorColumn)),
    "tags": _list(_object(TagColumn)),
    "sources": _list(_object(SourceColumns)),
}
