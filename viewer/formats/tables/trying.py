"""What a file would bring as a table, tried in a process of its own: for a dialog, which shows it as plain words.

The child answers with texts only, cut to what can be shown; whoever asked checks them and shows them as text.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import IO, Any

from viewer.children import ChildError, stream_child
from viewer.domain.date_words import describe_date
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.quantities import describe_quantity
from viewer.domain.records import Event, Place, Source
from viewer.formats.foreign import Confidence, Head, Opened, Record
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.registry import HEAD_BYTES, head_of, recognised
from viewer.formats.tables.delimited import recognise
from viewer.formats.tables.mapping import TableMapping
from viewer.formats.tables.mapping_json import mapping_from_json, mapping_json
from viewer.formats.tables.previewing import Preview, PreviewRow, preview
from viewer.formats.tables.reading import GUESSED
from viewer.frozen import dataclass

ROWS = 50
TABLES = ("csv", "spreadsheet", "jsonl")
"""The formats that a mapping is for."""

SECONDS, MEMORY_MB = 60, 1024
_CELL, _TOLD, _SAMPLES = 200, 400, 5
_COLUMNS, _PROBLEMS = 2_000, 200


@dataclass(frozen=True, slots=True)
class TriedRow:
    """A row as it would be stored: its line, a text by field, and what is odd: columns and what is said of them."""

    line: int
    stored: Mapping[str, str]
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a file is; of a table also its mapping, its columns with samples of their cells, and its first rows.

    `is_guess`: no profile knows it, so that the mapping was guessed.
    """

    format: str
    is_guess: bool = False
    mapping: TableMapping = field(default_factory=TableMapping)
    how: str = ""
    sheets: tuple[str, ...] = ()
    columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rows: tuple[TriedRow, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it is a table, for which a mapping can be given."""
        return self.format in TABLES


def try_file(
    path: Path, name: str, options: Mapping[str, Any], *, cancelled: Callable[[], bool] = lambda: False
) -> Tried:
    """Return what a file would bring with these options; see `Opened`. Call it in a worker.

    Raises:
        UnreadableError: it is of no format, cannot be read, or took too long; or nobody waits any more.
    """
    try:
        # To open what is no plain file may wait for ever.
        if not path.is_file():
            raise UnreadableError("it cannot be read: it is no file")
        with path.open("rb") as file:
            return _checked(_answer(file, name, options, cancelled))
    except OSError as error:
        raise UnreadableError(f"it cannot be read: {error.strerror or error}") from error


def is_rows(text: str) -> bool:
    """Whether a text looks like rows of cells, such as a spreadsheet gives to the clipboard."""
    head = text[: HEAD_BYTES // 4].strip("\r\n")
    if "\t" in head:
        return True
    return recognise(Head("", head.encode(errors="replace"))) >= Confidence.LIKELY


def _answer(file: IO[bytes], name: str, options: Mapping[str, Any], cancelled: Callable[[], bool]) -> Any:
    lines = stream_child(
        tried,
        file,
        arguments={"name": name, "options": dict(options)},
        cpu_seconds=SECONDS,
        memory_mb=MEMORY_MB,
        wall_seconds=2 * SECONDS,
        cancelled=cancelled,
    )
    try:
        return json.loads(b"".join(lines))
    except ChildError as error:
        raise UnreadableError(f"it could not be read: {error}") from error
    except (ValueError, RecursionError) as error:
        raise UnreadableError("it could not be read: its reader gave no answer") from error


def _checked(answer: Any) -> Tried:
    """Take an answer for what it must be: the child has read a stranger's file."""
    try:
        if "unreadable" in answer:
            raise UnreadableError(str(answer["unreadable"]), line=answer["line"])
        return Tried(
            format=str(answer["format"]),
            is_guess=bool(answer["is_guess"]),
            mapping=mapping_from_json(answer["mapping"]),
            how=str(answer["how"]),
            sheets=tuple(map(str, answer["sheets"])),
            columns=tuple((str(name), tuple(map(str, cells))) for name, cells in answer["columns"]),
            rows=tuple(map(_checked_row, answer["rows"])),
            problems=tuple(map(str, answer["problems"])),
        )
    except (TypeError, KeyError, ValueError, AttributeError) as error:
        raise UnreadableError("it could not be read: its reader gave another answer than it must") from error


def _checked_row(row: Any) -> TriedRow:
    line, stored, problems = row
    texts = {str(name): str(text) for name, text in stored.items()}
    return TriedRow(int(line), texts, tuple((str(column), str(words)) for column, words in problems))


# In the child


def tried(file: IO[bytes], *, name: str, options: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the answer as JSON: what `Tried` holds, or why it cannot be read."""
    try:
        format_name = recognised(head_of(file, name))
        if format_name in TABLES:
            yield json.dumps(_told(format_name, preview(Opened(file, name, options), limit=ROWS))).encode()
        else:
            yield json.dumps({**_NOTHING, "format": format_name}).encode()
    except UnreadableError as error:
        yield json.dumps({"unreadable": str(error), "line": error.line}).encode()


_NOTHING: Mapping[str, Any] = {
    "is_guess": False, "mapping": mapping_json(TableMapping()), "how": "",
    "sheets": [], "columns": [], "rows": [], "problems": [],
}  # fmt: skip


def _told(format_name: str, found: Preview) -> dict[str, Any]:
    samples = [[] for _ in found.columns]  # type: list[list[str]]
    for row in found.rows:
        for cells, cell in zip(samples, row.cells, strict=False):
            if cell and len(cells) < _SAMPLES:
                cells.append(cell[:_CELL])
    columns = [[use.column, cells] for use, cells in zip(found.columns, samples, strict=True)]
    return {
        "format": format_name,
        "is_guess": found.how.startswith(GUESSED),
        "mapping": mapping_json(found.mapping),
        "how": found.how[: 4 * _TOLD],
        "sheets": list(found.sheets)[:_COLUMNS],
        "columns": columns[:_COLUMNS],
        "rows": _rows(found.rows),
        "problems": [each.message[:_TOLD] for each in found.problems[:_PROBLEMS]],
    }


def _rows(rows: Iterable[PreviewRow]) -> list[Any]:
    """Return each row with what it stores; a source that a row above has named is known by then."""
    sources: dict[str, Source] = {}
    places: dict[str, Place] = {}
    told = []
    for row in rows:
        for record in row.records:
            if isinstance(record, Source):
                sources[record.uid] = record
            elif isinstance(record, Place):
                places[record.name] = record
        stored = {name: text[:_CELL] for name, text in _stored(row.records, sources, places).items() if text}
        told.append([row.line, stored, [_odd(each) for each in row.problems[:_SAMPLES]]])
    return told


def _odd(problem: Problem) -> list[str]:
    """Return the column that a problem is about, if any, and its words."""
    return [problem.path.partition(" · ")[2], problem.message[:_TOLD]]


def _stored(
    records: Iterable[Record], sources: Mapping[str, Source], places: Mapping[str, Place]
) -> dict[str, str]:
    event = next((each for each in records if isinstance(each, Event)), None)
    if event is not None:
        return _event(event, sources, places)
    source = next((each for each in records if isinstance(each, Source)), None)
    return {} if source is None else _source(source)


def _event(event: Event, sources: Mapping[str, Source], places: Mapping[str, Place]) -> dict[str, str]:
    cited = [sources[claim.source] for claim in event.claims if claim.source in sources]
    beside = event.extra.get("columns")
    return {
        **_date(event.when),
        "title": event.title,
        "kind": event.kind,
        "place": _place(event, places),
        "quantity": "" if event.quantity is None else describe_quantity(event.quantity),
        "actors": "; ".join(part.name for part in event.actors),
        "source": "; ".join(_cited(each) for each in cited),
        "quote": " … ".join(claim.quote for claim in event.claims if claim.quote),
        "tags": ", ".join(event.tags),
        "summary": event.summary or "",
        "beside": ", ".join(map(str, beside)) if isinstance(beside, Mapping) else "",
    }


def _source(source: Source) -> dict[str, str]:
    return {**_date(source.published), "source": _cited(source), "summary": (source.text or "")[:_CELL]}


def _cited(source: Source) -> str:
    parts = (source.title, source.publisher, source.url)
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _date(date: FuzzyDate | None) -> dict[str, str]:
    if date is None:
        return {}
    return {"when": describe_date(date) if date.is_dated else date.text or "", "edtf": date.edtf or ""}


def _place(event: Event, places: Mapping[str, Place]) -> str:
    where = places.get(event.place or "")
    if where is None or where.latitude is None or where.longitude is None:
        return event.place or ""
    return f"{where.name} ({where.latitude:g}, {where.longitude:g})"
