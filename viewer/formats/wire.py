"""What passes from the process that reads a stranger's file to the one that checks it: one JSON list a line.

`["events", object, path, line]` for a record, as a bundle writes it; `["document", object, path, line]` for what
stands at the top of one; `["problem", message, path, line]`;
`["unreadable", message, line]`; `["at", bytes]`: how far the file is read; `["end", count]` at the very end. A
line is UTF-8 without escaped surrogates, so that half a character cannot pass.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from viewer.domain.records import Actor, Event, Kind, Place, Source
from viewer.formats.bundle_writing import actor_json, event_json, kind_json, place_json, source_json
from viewer.formats.foreign import DocumentFacts, Found, Reading
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.strict_json import DEPTH, INT_DIGITS, Element, is_too_deep
from viewer.frozen import dataclass

END = "end"
PROBLEM = "problem"
UNREADABLE = "unreadable"
AT = "at"
DOCUMENT = "document"
SECTIONS = ("kinds", "actors", "places", "sources", "events", DOCUMENT)
LINE_LIMIT = 128 * 1024 * 1024
"""Bytes of one record: twice what a document holds of a text; one that is longer is named and left out."""


def _document_json(facts: DocumentFacts) -> dict[str, Any]:
    own = {"title": facts.title, "language": facts.language, "views": [dict(view) for view in facts.views]}
    return {**own, "extra": dict(facts.extra)}


_SECTION_OF: dict[type, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    Kind: ("kinds", kind_json),
    Actor: ("actors", actor_json),
    Place: ("places", place_json),
    Source: ("sources", source_json),
    Event: ("events", event_json),
    DocumentFacts: (DOCUMENT, _document_json),
}
_REPORT_EVERY = 200
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Progress:
    """How many bytes of the file the reader has taken so far."""

    bytes: int


def lines_of(reading: Reading, position: Callable[[], int]) -> Iterator[bytes]:
    """Yield what a reader finds as lines; the last one tells that nothing is missing."""
    count = 0
    try:
        for count, found in enumerate(reading, 1):
            yield _line_of(found)
            if count % _REPORT_EVERY == 0:
                yield _encoded([AT, position()])
    except UnreadableError as error:
        yield _encoded([UNREADABLE, str(error), error.line])
    yield _encoded([END, count])


def _line_of(found: Found | Problem) -> bytes:
    if isinstance(found, Problem):
        return _encoded([PROBLEM, found.message, found.path, found.line])
    section, as_json = _SECTION_OF[type(found.record)]
    record = as_json(found.record)
    try:
        line = _encoded([section, record if found.whole else _said(record), found.path, found.line])
    except UnicodeEncodeError:
        message = "it holds half of a character (a lone surrogate); not imported"
        return _encoded([PROBLEM, message, found.path, found.line])
    if len(line) > LINE_LIMIT:
        message = f"it has {len(line) / 1e6:.0f} MB; at most {LINE_LIMIT / 1e6:.0f} MB are read; not imported"
        return _encoded([PROBLEM, message, found.path, found.line])
    return line


def _encoded(value: list[Any]) -> bytes:
    return _ENCODE(value).encode() + b"\n"


def _said(record: dict[str, Any]) -> dict[str, Any]:
    """Leave out what the file does not say, for a null would take away what a document holds already."""
    said = {key: value for key, value in record.items() if value is not None and value not in ("", [])}
    if "claims" in said:
        said["claims"] = [_said(claim) for claim in said["claims"]]
    return said


def element_of(line: bytes) -> tuple[str, Element | Problem | Progress | UnreadableError | int]:
    """Return what a line says, checked: its word and its value.

    Raises:
        ValueError: it is none of ours; whoever wrote it did not keep to the form.
    """
    _NUMBERS.odd.clear()
    value = _DECODER.decode(line.decode())
    odd = _NUMBERS.odd
    match value:
        case [str(section), dict(record), str(path), int() | None as number] if section in SECTIONS:
            return section, Element(record, number, odd[0] if odd else _fault(line, record), path[:300])
        case ["problem", str(message), str(path), int() | None as number]:
            return PROBLEM, Problem(path[:300], message[:300], number)
        case ["unreadable", str(message), int() | None as number]:
            return UNREADABLE, UnreadableError(message[:300], line=number)
        case ["at", int(position)]:
            return AT, Progress(position)
        case ["end", int(count)]:
            return END, count
    raise ValueError("a line of another form")


def _fault(line: bytes, record: dict[str, Any]) -> str:
    if line.count(b"{") + line.count(b"[") > DEPTH and is_too_deep(record):
        return f"it is nested too deep: at most {DEPTH} levels are read"
    if b"\\ud" in line or b"\\uD" in line:
        return "it holds half of a character (a lone surrogate)"
    return ""


class _Numbers:
    """Reads the numbers of a line, and names those that no document holds."""

    def __init__(self) -> None:
        self.odd: list[str] = []

    def whole(self, digits: str) -> int:
        if len(digits) > INT_DIGITS and len(digits.lstrip("-")) > INT_DIGITS:
            self.odd.append(f"it holds a number of more than {INT_DIGITS} digits")
            return 0
        return int(digits)

    def constant(self, name: str) -> None:
        self.odd.append(f"{name} is no JSON number")


_NUMBERS = _Numbers()
_DECODER = json.JSONDecoder(parse_int=_NUMBERS.whole, parse_constant=_NUMBERS.constant)
