"""References to what stands further on in a file: held back until it has ended, and few of them in memory.

A record that the document does not have yet is read without its references, which are read when all of the file
is known; one that the document has waits whole, for others can refer to it already.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any

from viewer.formats.incoming import Either, Incoming, Known, UnreadableError
from viewer.formats.reading import PART, Part, objects_in
from viewer.formats.strict_json import Element

_IN_MEMORY = 4 * 1024 * 1024
_REFERENCES = {"sources": ("derived_from",), "events": ("links", "claims")}
_NEEDED = {"sources": ("uid",), "events": ("uid", "kind")}
Extras = dict[tuple[str, str], dict[str, Any]]
"""What drafted records keep beside their fields, by their key and uid."""


class HeldBack:
    """What waits, in the order in which it was met. Close it to let its file go."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `close`
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def add(self, section: str, element: Element, extra: Mapping[str, Any] | None = None) -> None:
        """Hold back a record, or its references and what it keeps beside its fields so far.

        Raises:
            UnreadableError: there is no room for the temporary file.
        """
        line = json.dumps([section, element.value, element.path, element.line, extra])
        try:
            self._file.write(line.encode() + b"\n")
        except OSError as error:
            raise UnreadableError(f"it needs a temporary file, which cannot be written: {error}") from error
        self._count += 1

    def parts(self) -> Iterator[tuple[Part, Extras]]:
        """Yield what was held back, part by part; nothing is added any more."""
        self._file.seek(0)
        part, extras = Part(), Extras()
        for line in self._file:
            section, value, path, number, extra = json.loads(line)
            part.add(section, Element(value, number, "", path))
            extras[section, value["uid"]] = extra or {}
            part.count += 1
            if part.count >= PART:
                yield part, extras
                part, extras = Part(), Extras()
        if part.count:
            yield part, extras


def hold_back(part: Part, known: Known, whole: HeldBack) -> list[tuple[str, Element]]:
    """Take out of a part what refers to nothing that is known; return the references of those that remain.

    A record that the document has goes to `whole`, others stay without their references.
    """
    held: list[tuple[str, Element]] = []
    there = {"sources": known.sources, "events": known.events}
    own = {section: _uids(part, section) for section in there}
    either = {section: Either(there[section], own[section]) for section in there}
    for section in there:
        elements = part.found.get(section, [])
        late = [n for n, each in enumerate(elements) if not each.fault and _is_late(section, each, either)]
        if not late:
            continue
        kept: list[Element | None] = list(elements)
        for number in late:
            element = elements[number]
            if own[section].get(element.value.get("uid")) != number:
                continue  # it has no uid of its own, and is refused
            if element.value["uid"] in there[section]:
                whole.add(section, element)
                kept[number] = None
            else:
                held.append((section, _references_of(section, element)))
                kept[number] = _without_references(section, element)
        part.found[section] = [each for each in kept if each is not None]
    return held


def _uids(part: Part, section: str) -> dict[str, int]:
    """Return the places of a part's records by uid; of two that have the same, the first's."""
    found: dict[str, int] = {}
    for number, element in enumerate(part.found.get(section, ())):
        uid = element.value.get("uid")
        if isinstance(uid, str) and not element.fault:
            found.setdefault(uid, number)
    return found


def _is_late(section: str, element: Element, there: Mapping[str, Container[str]]) -> bool:
    if section == "sources":
        return _leads_nowhere(element.value.get("derived_from"), there["sources"])
    return any(
        _leads_nowhere(link.get("to"), there["events"]) for link in objects_in(element.value, "links")
    ) or any(
        _leads_nowhere(claim.get("source"), there["sources"])
        or _leads_nowhere(claim.get("statement"), there["events"])
        for claim in objects_in(element.value, "claims")
    )


def _leads_nowhere(uid: Any, there: Container[str]) -> bool:
    return isinstance(uid, str) and uid not in there


def _references_of(section: str, element: Element) -> Element:
    names = (*_NEEDED[section], *_REFERENCES[section])
    return replace(element, value={key: element.value[key] for key in names if key in element.value})


def _without_references(section: str, element: Element) -> Element:
    names = _REFERENCES[section]
    return replace(element, value={key: each for key, each in element.value.items() if key not in names})


def keep_references(held: list[tuple[str, Element]], incoming: Incoming, late: HeldBack) -> None:
    """Hold back the references of those records that could be read; what was refused needs none."""
    if not held:
        return
    extras: Extras = {("sources", each.source.uid): dict(each.source.extra) for each in incoming.sources}
    extras |= {("events", each.event.uid): dict(each.event.extra) for each in incoming.events}
    for section, element in held:
        extra = extras.get((section, element.value["uid"]))
        if extra is not None:
            late.add(section, element, extra)
