"""What an edit changed, field by field, in the words that the document itself has for its records.

The rows of an edit name others by number, and spread a date over nineteen columns; here each becomes one line that
can be read: of which record, which field, from what to what. The words around these are for who shows them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from viewer.domain.edits import Cell, Change, Row
from viewer.frozen import dataclass
from viewer.storage.edit_log import Act
from viewer.storage.reader import Reader
from viewer.storage.schema import EDITABLE_TABLES

_DATES = ("when", "published", "accessed")
_QUANTITY = ("text", "low", "high", "unit", "measure", "qualifier")
_NAMES = {"events": "title", "sources": "title", "claims": "quote", "imports": "file_name"}
_OWNERS = {
    "event_actors": ("events", "event_id", "actors"),
    "event_tags": ("events", "event_id", "tags"),
    "event_links": ("events", "from_event_id", "links"),
    "claim_hops": ("claims", "claim_id", "chain"),
}
_PARTS = frozenset(field for _, _, field in _OWNERS.values())
_TURNS = {"events": 0, "claims": 1, "sources": 2}
_NAMED_BY = {
    "kind_id": "kinds",
    "place_id": "places",
    "origin_place_id": "places",
    "actor_id": "actors",
    "tag_id": "tags",
    "event_id": "events",
    "source_id": "sources",
    "to_event_id": "events",
    "statement_event_id": "events",
    "derived_from_id": "sources",
}
_SILENT = frozenset(
    ("id", "uid", "import_id", "position", "text_sha256", "shape", "colour", "prefix", "suffix")
) | {"span_start", "span_end"}


@dataclass(frozen=True, slots=True)
class Told:
    """One field of one record: its table and name, what was done to it, and the field before and after.

    A field is a column, or several of them: "when", "quantity"; of what belongs to a record, such as its actors, it
    is "actors", "tags", "links" or "chain". `before` and `after` are "" where there is nothing.
    """

    table: str
    name: str
    act: Act
    field: str
    before: str
    after: str


def tell(reader: Reader, changes: Sequence[Change]) -> list[Told]:
    """Return what changes did, record by record; of what is not known any more only what the log says."""
    names = _Names(reader, changes)
    found = [told for change in changes if change.table in EDITABLE_TABLES for told in _told(names, change)]
    first: dict[tuple[str, str], int] = {}
    for place, told in enumerate(found):
        first.setdefault((told.table, told.name), place)
    found.sort(
        key=lambda told: (_TURNS.get(told.table, 3), first[told.table, told.name], told.field in _PARTS)
    )
    return found


def name_of(reader: Reader, change: Change) -> tuple[str, str]:
    """Return the table and the name of the record that a changed row belongs to."""
    return _Names(reader, (change,)).owner(change)


class _Names:
    """The names of records, as they were when the changes were made, else as they are now."""

    def __init__(self, reader: Reader, changes: Sequence[Change]) -> None:
        self._reader = reader
        self._rows: dict[tuple[str, int], Row] = {}
        for change in changes:
            if change.before is None or change.after is None:
                self._rows[change.table, change.id] = change.after or change.before or {}

    def row(self, table: str, row_id: int) -> Row:
        """Return a row, empty where it is gone."""
        key = (table, row_id)
        if key not in self._rows:
            found = self._reader.rows_of(table, "id", row_id)
            self._rows[key] = found[0] if found else {}
        return self._rows[key]

    def name(self, table: str, row_id: Cell) -> str:
        """Return what a record is called; "" for none."""
        if not isinstance(row_id, int) or table not in EDITABLE_TABLES:
            return ""
        row = self.row(table, row_id)
        name = row.get(_NAMES.get(table, "name"))
        if name is None and table == "claims":
            return self.name("sources", row.get("source_id"))
        return _plain(name) or f"{row_id}"

    def owner(self, change: Change) -> tuple[str, str]:
        """Return the table and the name of the record that a changed row belongs to."""
        if change.table not in _OWNERS:
            return change.table, self.name(change.table, change.id)
        table, column, _ = _OWNERS[change.table]
        said = {**(change.before or {}), **(change.after or {})}
        owner = said.get(column, self.row(change.table, change.id).get(column))
        return table, self.name(table, owner)


def _told(names: _Names, change: Change) -> Iterator[Told]:
    table, name = names.owner(change)
    if change.table in _OWNERS:
        before, after = (
            "" if row is None else _part(names, change, row) for row in (change.before, change.after)
        )
        yield Told(table, name, "changed", _OWNERS[change.table][2], before, after)
        return
    act: Act = "added" if change.before is None else "deleted" if change.after is None else "changed"
    before_row, after_row = change.before or {}, change.after or {}
    fields = dict.fromkeys(_field(column) for column in (*before_row, *after_row))
    shown = [field for field in fields if field and not (act != "changed" and field == "extra")]
    for field in shown:
        before, after = _value(names, field, before_row), _value(names, field, after_row)
        if act == "changed" or before != after:
            yield Told(table, name, act, field, before, after)


def _field(column: str) -> str:
    """Return the field that a column belongs to; "" for one that says nothing to a reader."""
    for group in (*_DATES, "quantity"):
        if column.startswith(f"{group}_"):
            return group
    return "" if column in _SILENT else column


def _value(names: _Names, field: str, row: Row) -> str:
    if field in _DATES:
        text, edtf = _plain(row.get(f"{field}_text")), _plain(row.get(f"{field}_edtf"))
        return f"{text} ({edtf})" if text and edtf and text != edtf else text or edtf
    if field == "quantity":
        if text := _plain(row.get("quantity_text")):
            return text
        return " ".join(filter(None, (_plain(row.get(f"quantity_{part}")) for part in _QUANTITY)))
    value = row.get(field)
    return names.name(_NAMED_BY[field], value) if field in _NAMED_BY else _plain(value)


def _part(names: _Names, change: Change, row: Row) -> str:
    """Return an actor, a tag, a link or a hop in one line."""
    whole = {**names.row(change.table, change.id), **row}
    for column, table in (("actor_id", "actors"), ("tag_id", "tags"), ("to_event_id", "events")):
        if whole.get(column) is not None:
            name = names.name(table, whole[column])
            break
    else:
        name = _plain(whole.get("wording"))
    how = _plain(whole.get("role") or whole.get("relation") or whole.get("verb"))
    return f"{name} ({how})" if how else name


def _plain(value: Cell) -> str:
    return "" if value is None or value in ("{}", "[]") else str(value)
