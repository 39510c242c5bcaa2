"""Files of the Timeline Project (`.timeline`), read: XML, and the lines of text that its first versions wrote.

Categories are kinds, eras events of a kind of their own. How the timeline was looked at (`view`) is not brought in.
A period that begins and ends at midnight is one of days, its last day included.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError

from viewer.formats.content_uids import ERA
from viewer.formats.foreign import Confidence, Head, Opened, ReadableFormat, Reading
from viewer.formats.incoming import Problem, UnreadableError
from viewer.formats.timelines.project_events import GREGORIAN, SCOPE, Entries, Entry, Period
from viewer.formats.timelines.project_lines import read_lines

SIZE_LIMIT = 100_000_000
"""Bytes of XML."""
DEPTH = 100
"""Levels of elements."""

_LINE_LENGTH = 64 * 1024
_XML = re.compile(rb"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<timeline[\s>]", re.DOTALL)
_WRITTEN = re.compile(rb"# Written by Timeline [0-9]+\.[0-9]+")
_OLD_LINE = re.compile(rb"^(?:EVENT|CATEGORY|PREFERRED-PERIOD):[^\n]*;", re.MULTILINE)
_KNOWN = {"version", "timetype", "eras", "categories", "events", "view", "now"}
_TAKEN = {
    "start", "end", "text", "name", "fuzzy", "fuzzy_start", "fuzzy_end", "ends_today", "category", "categories",
    "description", "hyperlink",
}  # fmt: skip


def recognise(head: Head) -> int:
    """Tell a file of the Timeline Project by its root, or by how its old lines begin."""
    start = head.data.removeprefix(codecs.BOM_UTF8)
    if _XML.match(start):
        return Confidence.SURE
    if _WRITTEN.match(start.lstrip()) or _OLD_LINE.match(start.lstrip()):
        return Confidence.SURE
    return Confidence.ENDING if head.name.lower().endswith(".timeline") else Confidence.NO


def read(opened: Opened) -> Reading:
    """Read XML as it comes, or the lines of an old file."""
    start = opened.file.read(4096).removeprefix(codecs.BOM_UTF8).lstrip()
    opened.file.seek(0)
    if _WRITTEN.match(start) or _OLD_LINE.match(start):
        return read_lines(opened.file)
    return _read_xml(opened.file)


class _Lines:
    """Hands a file to the parser line by line, so that what the parser tells has its line."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._bytes = 0
        self.line = 0

    def read(self, _size: int = 0, /) -> bytes:
        """Return the next line, or a part of one that is very long."""
        data = self._file.readline(_LINE_LENGTH)
        self._bytes += len(data)
        if self._bytes > SIZE_LIMIT:
            raise UnreadableError(f"it is too large: at most {SIZE_LIMIT // 1_000_000} MB of XML are read")
        self.line += data.endswith(b"\n")
        return data


def _read_xml(file: IO[bytes]) -> Reading:
    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    lines = _Lines(file)
    try:
        yield from _walk(iterparse(lines, events=("start", "end"), forbid_dtd=True), lines)
    except DefusedXmlException as error:
        raise UnreadableError(
            "it declares a document type or entities, which no timeline needs and which can do harm",
            line=lines.line,
        ) from error
    except ParseError as error:
        raise UnreadableError(f"not XML: {str(error).partition(':')[0]}", line=error.position[0]) from error
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise UnreadableError(f"not XML: {error}") from error


def _walk(steps: Iterator[tuple[str, Element]], lines: _Lines) -> Reading:
    """Yield what each child of a list gives, and forget it."""
    entries = Entries()
    above: list[Element] = []
    counts: Counter[str] = Counter()
    for step, element in steps:
        if step == "start":
            above.append(element)
            if len(above) > DEPTH:
                raise UnreadableError(f"nested too deep: at most {DEPTH} levels are read", line=lines.line)
            if len(above) == 1 and element.tag != "timeline":
                raise UnreadableError(f"expected <timeline>, found <{element.tag[:40]}>", line=lines.line)
            continue
        above.pop()
        names = "/".join([*(each.tag for each in above[1:]), element.tag])
        if len(above) == 2 and names in _READERS:
            path = f"{names}[{counts[names]}]"
            counts[names] += 1
            yield from _READERS[names](entries, element, path, lines.line)
        elif len(above) == 1 and element.tag == "timetype":
            yield from _calendar(entries, element, lines.line)
        elif len(above) == 1 and element.tag not in _KNOWN:
            yield Problem(element.tag[:60], "it is none of what timelines hold; not imported", lines.line)
        if 1 <= len(above) <= 2:
            above[-1].remove(element)


def _calendar(entries: Entries, element: Element, line: int) -> Reading:
    entries.calendar = (element.text or GREGORIAN).strip() or GREGORIAN
    if entries.calendar != GREGORIAN:
        message = (
            f"its dates are of another calendar, {entries.calendar[:40]}; they are kept as words, undated"
        )
        yield Problem("timetype", message, line)


def _category(entries: Entries, element: Element, path: str, line: int) -> Reading:
    rest = {key: value for key, value in _members(element).items() if key not in ("name", "color")}
    yield from entries.kind(_text(element, "name").strip(), _text(element, "color"), rest, path, line)


def _era(entries: Entries, element: Element, path: str, line: int) -> Reading:
    entry = Entry(_period(element), _text(element, "name"), rest=_rest(element))
    yield from entries.event(entry, path, line, ERA)


def _event(entries: Entries, element: Element, path: str, line: int) -> Reading:
    named = [
        _text(element, "category"),
        *((each.text or "") for each in element.iterfind("categories/category")),
    ]
    categories = list(dict.fromkeys(name.strip() for name in named if name.strip()))
    entry = Entry(
        period=_period(element),
        text=_text(element, "text"),
        category=categories[0] if categories else "",
        tags=tuple(categories[1:]),
        description=_text(element, "description").strip(),
        hyperlink=_text(element, "hyperlink").strip(),
        rest=_rest(element),
    )
    yield from entries.event(entry, path, line)


_READERS: dict[str, Callable[[Entries, Element, str, int], Reading]] = {
    "categories/category": _category,
    "eras/era": _era,
    "events/event": _event,
}


def _period(element: Element) -> Period:
    fuzzy = _is_true(element, "fuzzy")
    return Period(
        start=_text(element, "start").strip(),
        end=_text(element, "end").strip() or _text(element, "start").strip(),
        fuzzy_start=fuzzy or _is_true(element, "fuzzy_start"),
        fuzzy_end=fuzzy or _is_true(element, "fuzzy_end"),
        ends_today=_is_true(element, "ends_today"),
    )


def _is_true(element: Element, name: str) -> bool:
    return _text(element, name).strip() == "True"


def _text(element: Element, name: str) -> str:
    return element.findtext(name) or ""


def _rest(element: Element) -> dict[str, Any]:
    """Return what has no field of ours and says more than that something is not so."""
    return {
        key: value
        for key, value in _members(element).items()
        if key not in _TAKEN and value not in ("", "False")
    }


def _members(element: Element) -> dict[str, Any]:
    """Return an element's attributes and children by their names; children of one name as a list."""
    found: dict[str, Any] = {f"@{name}": value for name, value in element.attrib.items()}
    for child in element:
        value: Any = _members(child) if len(child) or child.attrib else (child.text or "").strip()
        if isinstance(value, dict) and (child.text or "").strip():
            value["#text"] = (child.text or "").strip()
        if child.tag in found:
            others = found[child.tag]
            value = [*others, value] if isinstance(others, list) else [others, value]
        found[child.tag] = value
    return found


FORMAT = ReadableFormat(
    name=SCOPE,
    label="Timeline Project (.timeline)",
    endings=(".timeline",),
    recognise=recognise,
    read=read,
)
