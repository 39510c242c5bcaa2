"""The tables of a Data Package: their columns, keys and references, for writing and for reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from viewer.domain.quantities import MEASURES, QUALIFIERS
from viewer.domain.records import RELIABILITIES, STANCES
from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `type` is one of Table Schema's, `rules` are its constraints."""

    name: str
    type: str = "string"
    says: str = ""
    rules: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose values stand in a column of a table, perhaps its own; `sure`: by the way they are written."""

    column: str
    table: str
    to: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table, lying in “name.csv”; a row is known by the columns of `key`."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...] = ()

    @property
    def path(self) -> str:
        """The name of its file."""
        return f"{self.name}.csv"


_NEEDED = {"required": True}
_UID = Column("uid", says="Stable identifier.", rules={"required": True, "maxLength": 101})
_EXTRA = Column("extra", "object", "What was known beside the columns, as in a bundle.")
_POSITION = Column("position", "integer", "From 0.", {"required": True, "minimum": 0})


def _uid_of(name: str) -> Column:
    return Column(name, rules=_NEEDED)


def _date(name: str, what: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_text", says=f"{what}, in the words of the source."),
        Column(f"{name}_edtf", says=f"{what}, as an Extended Date/Time Format expression (ISO 8601-2)."),
        Column(
            f"{name}_earliest", says="Its earliest day or second; -inf where open. Follows from the EDTF."
        ),
        Column(f"{name}_latest", says="Its latest day or second; +inf where open. Follows from the EDTF."),
        Column(f"{name}_reading", "object", "How the words were read, where the EDTF does not say it."),
    )


_QUANTITY = (
    Column("quantity_text", says="How many, in the words of the source."),
    Column("quantity_low", "number", "At least; empty: open."),
    Column("quantity_high", "number", "At most; empty: open."),
    Column("quantity_qualifier", rules={"enum": list(QUALIFIERS)}),
    Column("quantity_unit"),
    Column("quantity_measure", rules={"enum": list(MEASURES)}),
)

KINDS = Table(
    "kinds",
    (Column("name", rules=_NEEDED), Column("label"), Column("shape"), Column("colour"), _EXTRA),
    ("name",),
)
ACTORS = Table(
    "actors",
    (
        Column("uid"),
        Column("name", rules=_NEEDED),
        Column("aliases", "array"),
        Column("parent", says="The name of the actor above it."),
        _EXTRA,
    ),
    ("name",),
    (Reference("parent", "actors", "name"),),
)
PLACES = Table(
    "places",
    (
        Column("uid"),
        Column("name", rules=_NEEDED),
        Column("aliases", "array"),
        Column("parent", says="The name of the place around it."),
        Column("latitude", "number", "Degrees, WGS 84."),
        Column("longitude", "number", "Degrees, WGS 84."),
        Column("precision"),
        _EXTRA,
    ),
    ("name",),
    (Reference("parent", "places", "name"),),
)
SOURCES = Table(
    "sources",
    (
        _UID,
        Column("title", rules=_NEEDED),
        Column("publisher"),
        Column("author"),
        Column("medium"),
        Column("url"),
        Column("archived_url"),
        Column("language"),
        *_date("published", "When it was published"),
        *_date("accessed", "When it was read"),
        Column("reliability", says="Admiralty scale, A to F.", rules={"enum": list(RELIABILITIES)}),
        Column("derived_from", says="The uid of the source that it is a copy of."),
        Column("text", says="The stored text."),
        _EXTRA,
    ),
    ("uid",),
    (Reference("derived_from", "sources", "uid"),),
)
EVENTS = Table(
    "events",
    (
        _UID,
        Column("kind", rules=_NEEDED),
        Column("title", rules=_NEEDED),
        Column("summary"),
        *_date("when", "When it happened"),
        Column("place"),
        Column("origin", says="The place that it came from."),
        *_QUANTITY,
        _EXTRA,
    ),
    ("uid",),
    (Reference("kind", "kinds", "name"), Reference("place", "places", "name"),
     Reference("origin", "places", "name")),
)  # fmt: skip
EVENT_ACTORS = Table(
    "event_actors",
    (_uid_of("event"), _POSITION, Column("actor", rules=_NEEDED), Column("role"), _EXTRA),
    ("event", "position"),
    (Reference("event", "events", "uid", sure=True), Reference("actor", "actors", "name")),
)
EVENT_LINKS = Table(
    "event_links",
    (_uid_of("event"), _POSITION, Column("to", rules=_NEEDED), Column("relation", rules=_NEEDED), _EXTRA),
    ("event", "position"),
    (Reference("event", "events", "uid", sure=True), Reference("to", "events", "uid")),
)
TAGS = Table("tags", (Column("name", rules=_NEEDED),), ("name",))
EVENT_TAGS = Table(
    "event_tags",
    (_uid_of("event"), _POSITION, Column("tag", rules=_NEEDED)),
    ("event", "position"),
    (Reference("event", "events", "uid", sure=True), Reference("tag", "tags", "name", sure=True)),
)
CLAIMS = Table(
    "claims",
    (
        _uid_of("event"),
        _UID,
        _uid_of("source"),
        Column("quote", says="What the source says, word for word."),
        Column("span_start", "integer", "Where the quote begins in the source's text, in code points."),
        Column("span_end", "integer", "Where it ends."),
        Column("prefix", says="The words before the quote."),
        Column("suffix", says="The words after the quote."),
        Column("stance", rules={"required": True, "enum": list(STANCES)}),
        Column("verb"),
        Column("credibility", "integer", "Admiralty scale, 1 to 6.", {"minimum": 1, "maximum": 6}),
        *_date("when", "When it happened, as this source says"),
        *_QUANTITY,
        Column("statement", says="The uid of the event in which the claim was made."),
        Column("note"),
        Column("retracted", "boolean", rules=_NEEDED),
        _EXTRA,
    ),
    ("uid",),
    (
        Reference("event", "events", "uid", sure=True),
        Reference("source", "sources", "uid"),
        Reference("statement", "events", "uid"),
    ),
)
CLAIM_HOPS = Table(
    "claim_hops",
    (
        _uid_of("claim"),
        Column("position", "integer", "0 is who said it first.", {"required": True, "minimum": 0}),
        Column("name", says="A name, or the words for who is not named.", rules=_NEEDED),
        Column("anonymous", "boolean", "Empty: not recorded."),
        Column("verb"),
        _EXTRA,
    ),
    ("claim", "position"),
    (Reference("claim", "claims", "uid", sure=True),),
)
VIEWS = Table(
    "views", (Column("uid"), Column("name", rules=_NEEDED), Column("definition", "object")), ("uid",)
)

TABLES = (
    KINDS, ACTORS, PLACES, SOURCES, EVENTS, EVENT_ACTORS, EVENT_LINKS, TAGS, EVENT_TAGS, CLAIMS, CLAIM_HOPS, VIEWS,
)  # fmt: skip

CELLS = (
    "An empty cell says that nothing is recorded. A cell of text that begins, after apostrophes or none, with "
    "= + - @, a tab, a line break, NUL or a full-width = + - @ has an apostrophe before it, so that no spreadsheet "
    "computes it; so has an empty text, and one of apostrophes alone. Take one apostrophe off to get the text."
)
MARK = "dateline"
"""The key of datapackage.json that tells that a package is ours."""
VERSION = 1


def resource(table: Table, references: Iterable[Reference]) -> dict[str, Any]:
    """Describe a table as a tabular data resource, with those of its references that arrive."""
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "primaryKey": list(table.key),
        "missingValues": [""],
    }
    keys = [
        {
            "fields": [each.column],
            "reference": {"resource": "" if each.table == table.name else each.table, "fields": [each.to]},
        }
        for each in references
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": table.name,
        "path": table.path,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "quoteChar": '"', "doubleQuote": True, "lineTerminator": "\r\n"},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.says:
        field["description"] = column.says
    if column.rules:
        field["constraints"] = dict(column.rules)
    return field
