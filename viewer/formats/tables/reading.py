"""A table, read: its mapping found, its header made usable, and each row turned into records."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice
from typing import Protocol

from viewer.formats.foreign import Found, Opened, Reading
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables import limits
from viewer.formats.tables.columns import Columns
from viewer.formats.tables.delimited_rows import Row
from viewer.formats.tables.events import EventRows, scope_of
from viewer.formats.tables.guessing import guess_mapping, is_header
from viewer.formats.tables.joining import Joined
from viewer.formats.tables.mapping import TableMapping, column_key
from viewer.formats.tables.mapping_json import mapping_from_json
from viewer.formats.tables.naming import named_columns
from viewer.formats.tables.notices import Notices
from viewer.formats.tables.profiles import detect_profile, profile, profile_mapping
from viewer.formats.tables.source_rows import SourceRows
from viewer.frozen import dataclass

GUESSED = "the columns were guessed"
_TOP = 10
"""Rows at the top among which the header is looked for: titles may stand above it."""


class RawTable(Protocol):
    """A file of rows, before anything is known of its columns."""

    sheets: tuple[str, ...]
    """Names of its sheets; one without a name where a format has no sheets."""
    is_even: bool
    """Whether rows that are shorter or longer than the header are odd."""

    def sheet(self, name: str) -> str:
        """Return the name of a sheet that was asked for, or raise UnreadableError."""

    def rows(self, sheet: str) -> Iterator[Row]:
        """Yield a sheet's rows, the header among them."""

    def beyond(self, place: int) -> str:
        """Return what the column at a place (from 0) is called that is not in the header."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be read, and how. `rows` are those behind the header, `sample` the first of them."""

    mapping: TableMapping
    header: list[str]
    sample: list[list[str]]
    rows: Iterator[Row]
    joined: tuple[Joined, ...] = ()
    how: str = ""
    """How the mapping was found, in words; empty if it was given."""


def read_table(opened: Opened, raw: RawTable, notices: Notices) -> Reading:
    """Yield the records and problems of a table.

    Options: “mapping” (JSON), “profile” (its name), “sheet” (its name), “encoding”, “delimiter”.

    Raises:
        UnreadableError: there is no table, or an option cannot be used.
    """
    plan = planned(opened, raw, notices)
    if plan.how:
        notices.add("mapping", "table", plan.how)
    read = records_of(plan, opened, notices).read
    waiting = notices.waiting
    yield from notices.take()
    found: list[Found] = []
    for line, cells, more in evened(plan, raw, notices):
        read(line, cells, more, found)
        yield from found
        found.clear()
        if waiting:
            yield from notices.take()
    notices.sum_up()
    yield from notices.take()


def records_of(plan: Plan, opened: Opened, notices: Notices) -> EventRows | SourceRows:
    """Return what makes records of the rows of a plan."""
    columns = Columns(plan.header)
    for join in plan.mapping.joins:  # what a row is joined by stands in the row itself
        if columns.place(f"{join.sheet}.{join.key}") is not None:
            columns.take(f"{join.sheet}.{join.key}")
    maker = SourceRows if plan.mapping.rows == "sources" else EventRows
    made = maker(plan.mapping, columns, plan.sample, scope_of(opened.name, plan.mapping.scope), notices)
    if "mapping" in opened.options:
        for name in columns.missing:
            notices.add("missing column", "mapping", f"the table has no column “{name[:60]}”")
    return made


def planned(opened: Opened, raw: RawTable, notices: Notices) -> Plan:
    """Find the mapping of a table: the one given, that of a profile, or a guess.

    Raises:
        UnreadableError: as above.
    """
    given = _given(opened)
    wanted = opened.options.get("sheet") or (given.sheet if given else None)
    first: tuple[str, list[Row], Iterator[Row]] | None = None
    for sheet in (raw.sheet(wanted),) if wanted else raw.sheets:
        rows = raw.rows(sheet)
        top = list(islice(rows, limits.SAMPLE))
        if not top:
            continue
        _check_width(top)
        first = first or (sheet, top, rows)
        found = None if "mapping" in opened.options else _known_at_top(top, given)
        if found is not None:
            mapping = profile_mapping(found[0])
            _name_others(raw, sheet, mapping, notices)
            told = "" if given else f"read as {profile(found[0]).label}"
            return _plan(mapping, top, found[1], rows, raw, notices, told)
    if first is None:
        raise UnreadableError("it is empty: there is no row in it")
    sheet, top, rows = first
    _name_others(raw, sheet, given, notices)
    if given is not None:
        return _plan(given, top, _given_top(given, top), rows, raw, notices, "")
    return _guessed(top, rows, raw, notices)


def _known_at_top(top: list[Row], given: TableMapping | None) -> tuple[str, int] | None:
    """Return the profile that one of the first rows fits, and which row; a profile that was asked for, or any."""
    for place, (_, cells) in enumerate(top[:_TOP]):
        name = detect_profile(cells)
        if name is not None and (given is None or given.name == name):
            return name, place
    return None


def _check_width(top: list[Row]) -> None:
    widest = max(len(cells) for _, cells in top[:_TOP])
    if widest > limits.COLUMNS:
        raise UnreadableError(f"it has {widest:,} columns; at most {limits.COLUMNS:,} are read")


def _given(opened: Opened) -> TableMapping | None:
    mapping, name = opened.options.get("mapping"), opened.options.get("profile")
    if mapping is not None:
        return mapping_from_json(mapping)
    return None if name is None else profile(str(name)).mapping


def _given_top(given: TableMapping, top: list[Row]) -> int:
    """Return where the header stands, or the first row of data: titles may stand above it."""
    wanted = {column_key(column) for _, column in named_columns(given)}
    found = [len(wanted & set(map(column_key, cells))) for _, cells in top[:_TOP]]
    return found.index(max(found)) if given.header and any(found) else _first_full(top)


def _first_full(top: list[Row]) -> int:
    """Return the first row that is at least half as full as the fullest near the top."""
    widest = max(len(list(filter(None, cells))) for _, cells in top[:_TOP])
    return next(at for at, (_, cells) in enumerate(top) if 2 * len(list(filter(None, cells))) >= widest)


def _guessed(top: list[Row], rows: Iterator[Row], raw: RawTable, notices: Notices) -> Plan:
    place = _first_full(top)
    header = top[place][1]
    if is_header(header):
        guess = guess_mapping(named_once(header, Notices()), [cells for _, cells in top[place + 1 :]])
    else:
        names = tuple(f"Column {number}" for number in range(1, len(header) + 1))
        guess = guess_mapping(names, [cells for _, cells in top[place:]])
        guess = replace(guess, header=False, columns=names)
    return _plan(guess, top, place, rows, raw, notices, f"{GUESSED}: {guess.label}")


def _plan(
    mapping: TableMapping,
    top: list[Row],
    place: int,
    rows: Iterator[Row],
    raw: RawTable,
    notices: Notices,
    how: str,
) -> Plan:
    for line, cells in top[:place]:
        told = f"above the header, not imported: {', '.join(filter(None, cells))[:150]}"
        notices.add("above the header", f"row {line}", told, line)
    if mapping.header:
        header, place = named_once(top[place][1], notices, top[place][0]), place + 1
    else:
        header = named_once(list(mapping.columns), notices)
    sample = [cells for _, cells in top[place:]]
    if not sample:
        notices.add("empty", "table", "there is a header, but no row under it")

    def rows_of(sheet: str) -> Iterator[Row] | None:
        try:
            return raw.rows(raw.sheet(sheet))
        except UnreadableError:
            return None

    joined = tuple(Joined(join, header, rows_of, notices) for join in mapping.joins)
    header = [*header, *(name for each in joined for name in each.names)]
    return Plan(mapping, header, sample, chain(top[place:], rows), joined, how)


def _name_others(raw: RawTable, sheet: str, mapping: TableMapping | None, notices: Notices) -> None:
    read = {sheet, *(join.sheet for join in (mapping.joins if mapping else ()))}
    others = [name for name in raw.sheets if name not in read]
    if others:
        told = f"only the sheet “{sheet}” is brought in; there are also: {', '.join(others)}"
        notices.once("sheets", "workbook", told[:290])


def named_once(names: list[str], notices: Notices, line: int | None = None) -> list[str]:
    """Return column names of which each is there once and none is empty; what was changed is said."""
    found: list[str] = []
    used: set[str] = set()
    for number, told in enumerate(names, 1):
        name = wanted = " ".join(told.split()) or f"Column {number}"
        count = 1
        while column_key(name) in used:  # names are looked up whatever their case
            count += 1
            name = f"{wanted} ({count})"
        if count > 1:
            message = f"there is more than one column “{wanted[:60]}”; this one is called “{name[:60]}”"
            notices.add("column name", f"column {number}", message, line)
        used.add(column_key(name))
        found.append(name)
    return found


_NOTHING_MORE: dict[str, str] = {}


def evened(plan: Plan, raw: RawTable, notices: Notices) -> Iterator[tuple[int, list[str], dict[str, str]]]:
    """Yield rows with as many cells as columns, and what stands beyond them by name; empty rows are none."""
    own = len(plan.header) - sum(len(each.names) for each in plan.joined)
    for line, cells in plan.rows:
        if not any(cells):
            continue
        more = _NOTHING_MORE
        if len(cells) < own:
            if raw.is_even:
                told = f"has {len(cells)} of {own} cells; those that are missing were taken as empty"
                notices.add("short row", f"row {line}", told, line)
            cells = [*cells, *[""] * (own - len(cells))]
        elif len(cells) > own:
            more = {raw.beyond(at): cell for at, cell in enumerate(cells[own:], own) if cell}
            cells = cells[:own]
            if more and raw.is_even:
                told = f"has more cells than the header ({own}); what is beyond was kept beside the record"
                notices.add("long row", f"row {line}", told, line)
        for each in plan.joined:
            cells = [*cells, *each.cells(cells, line)]
        yield line, cells, more
