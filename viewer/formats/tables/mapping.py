"""A mapping: which column of a table becomes which field of ours. Frozen, and JSON both ways (`mapping_json`).

As JSON it is one object with "format": "dateline table mapping" and "version": 1; all other keys may be missing.
Columns are named as in the header; case, and spaces or underscores, make no difference. *Words* say what a text is
made of: a column "Title"; several, joined by a comma ["Place", "Country"]; or an object: {"columns": […],
"separator": " – "}, with "first": true the first of them that is not empty, with "values": {"Column": {"1": "one"}}
what a column's codes mean; or {"fixed": "…"}, the same for all rows.

    name, label   of the mapping itself
    scope         what identifiers are unique within, such as "acled"; else the file's name
    rows          "events", or "sources": each row is a source and there are no events
    header        false: the first row is data; then "columns" names the columns
    sheet         of a workbook; joins: [{"sheet", "column", "key", "separator"}], rows of another sheet that a
                  column refers to by their key; their columns are then "Sheet.Column"
    identifier    columns that tell rows apart for good; without, a row is known by its content
    title, summary, origin    words
    kind          words; kinds: [{"name", "label", "shape", "colour"}], those that are not built in
    when          see `When`
    place         {"name": words, "latitude", "longitude", "precision": columns}
    quantity      see `Amounts`
    actors        [{"column", "role", "separator"}]; tags: [{"column", "separator"}]
    sources       see `SourceColumns`; one claim for each, or for each part where its cells are parallel lists
    keep          columns that are kept as they stand although they are mapped; unmapped ones always are
    language      of dates and numbers in words, such as "fr"
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from viewer.domain.records import Kind
from viewer.frozen import dataclass

FORMAT = "dateline table mapping"
VERSION = 1

ORDERS = ("auto", "day first", "month first")
PRECISION_CODES = ("exact", "day", "week", "month", "year", "within", "throughout", "about", "unknown")
"""What a precision code can mean: see `When`."""
EPOCH_UNITS = ("auto", "s", "ms", "us", "ns")
ROWS = ("events", "sources")
SHAPES = ("square", "diamond", "hexagon", "bar")
COLOURS = ("#2F8F6B", "#7A5BA8", "#A67C00", "#3C9DBF")
"""Shapes and colours of further kinds; each colour has them all, so that sixteen kinds can be told apart."""


def _no_values() -> Mapping[str, Mapping[str, str]]:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a text is made of: columns joined, or the first of them that says something, or always the same."""

    columns: tuple[str, ...] = ()
    separator: str = ", "
    first: bool = False
    values: Mapping[str, Mapping[str, str]] = field(default_factory=_no_values)
    """By column, what its cells stand for; other cells stand for themselves."""
    fixed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A date in one column, or in parts: columns of the year, month, day and time of day."""

    column: str | None = None
    year: str | None = None
    month: str | None = None
    day: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """A column of codes, and what each means.

    “exact” and “day”: as the date says; “week”: some day of the seven around it; “month”, “year”: some day of it;
    “within”: some day from the start to the end; “throughout”: all the time between; “about”: approximately;
    “unknown”: no date at all. A code that is not listed leaves the date as it is, and is named.
    """

    column: str
    codes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Epoch:
    """A column of seconds (ms, µs, ns) since 1970, compared with the date, or read where there is none.

    “auto” tells the unit by the size of the number.
    """

    column: str
    unit: str = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """When it happened: a start, perhaps an end, and what is known of them.

    `between`: what lies between start and end where no code says it: “throughout”, or “within” for some day.
    `wording`: the column of the date as its author wrote it. `order`: of day and month in 3/4/2015; “auto” goes by
    values that leave no doubt, and keeps both readings where there are none.
    """

    start: Moment = field(default_factory=Moment)
    end: Moment | None = None
    between: str = "throughout"
    wording: str | None = None
    order: str = "auto"
    precision: Precision | None = None
    epoch: Epoch | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceColumns:
    """Where: the words of its name, and the columns of its position."""

    name: Words = field(default_factory=Words)
    latitude: str | None = None
    longitude: str | None = None
    precision: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """A number in one column (`value`, which may be words), or the best guess with its bounds in three.

    `measure` is one of ours, `unit` words. `none`: cells that mean that nothing was recorded.
    """

    value: str | None = None
    best: str | None = None
    low: str | None = None
    high: str | None = None
    unit: Words | None = None
    measure: str | None = None
    none: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorColumn:
    """A column of actors in one role; a separator parts several in a cell."""

    column: str
    role: str = "mentioned"
    separator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TagColumn:
    """A column of tags; a separator parts several in a cell."""

    column: str
    separator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HopWords:
    """One hop of the chain, the origin first."""

    name: Words
    verb: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceColumns:
    """A source that a row names, and what it claims there.

    With a `separator` all cells are parallel lists: the first parts make the first source and claim, and so on.
    Without `identifier` a source is known by its URL, else by its title, publisher and date. `success`: columns
    and what must stand in them for the source's copy to be one; of sources that are rows, others are named.
    """

    identifier: tuple[str, ...] = ()
    title: Words | None = None
    publisher: Words | None = None
    author: Words | None = None
    medium: Words | None = None
    url: Words | None = None
    archived_url: Words | None = None
    language: Words | None = None
    published: str | None = None
    accessed: str | None = None
    reliability: Words | None = None
    text: Words | None = None
    separator: str | None = None
    chain: tuple[HopWords, ...] = ()
    quote: Words | None = None
    note: Words | None = None
    verb: Words | None = None
    stance: str = "supports"
    credibility: Words | None = None
    success: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Rows of another sheet: a cell of `column` names them by what stands in their column `key`."""

    sheet: str
    column: str
    key: str
    separator: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TableMapping:
    """Which column becomes which field; see the top of this module."""

    name: str = ""
    label: str = ""
    scope: str | None = None
    rows: str = "events"
    header: bool = True
    columns: tuple[str, ...] = ()
    sheet: str | None = None
    joins: tuple[Join, ...] = ()
    language: str | None = None
    identifier: tuple[str, ...] = ()
    title: Words = field(default_factory=Words)
    summary: Words | None = None
    kind: Words = field(default_factory=lambda: Words(fixed="event"))
    kinds: tuple[Kind, ...] = ()
    when: When = field(default_factory=When)
    place: PlaceColumns | None = None
    origin: Words | None = None
    quantity: Amounts | None = None
    actors: tuple[ActorColumn, ...] = ()
    tags: tuple[TagColumn, ...] = ()
    sources: tuple[SourceColumns, ...] = ()
    keep: tuple[str, ...] = ()


def column_key(name: str) -> str:
    """Return a column's name as names are compared: without case, spaces and underscores alike."""
    return " ".join(name.replace("_", " ").split()).casefold()
