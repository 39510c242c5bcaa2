"""All formats: which can be brought in and written, and whose a file is.

A module of a format is loaded when it is asked for, with the packages it needs: starting costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import IO, Any

from viewer.formats.foreign import Confidence, Head, ReadableFormat
from viewer.formats.incoming import UnreadableError
from viewer.formats.outgoing import WritableFormat
from viewer.formats.plugins import outside_formats

HEAD_BYTES = 64 * 1024
BUNDLE = "bundle"
"""The name of our own format, which needs no reader of its own: see `viewer.formats.bundle`."""

_READABLE: tuple[str, ...] = (
    "tables.delimited",
    "tables.spreadsheet",
    "tables.json_lines",
    "timelines.timelinejs",
    "timelines.timeline_project",
    "timelines.calendars",
    "references.csl_json",
    "references.ris",
    "references.wacz",
    "references.saved_page",
    "references.plain_text",
    "packages.data_package_reading",
    "packages.event_table",
)
_WRITABLE: tuple[str, ...] = (
    "exports.bundle",
    "exports.data_package",
    "exports.csv_events",
    "exports.csv_claims",
    "exports.workbook",
    "exports.html",
    "exports.timelinejs_writing",
    "exports.csl_writing",
    "exports.calendar_writing",
    "exports.prov_writing",
)


@cache
def readable_formats() -> tuple[ReadableFormat, ...]:
    """Return the formats that can be brought in, beside the bundle; those of outside packages last."""
    own = tuple(_formats(_READABLE))
    names = {each.name for each in own} | {BUNDLE}
    return (*own, *(each for each in outside_formats().readable if each.name not in names))


@cache
def writable_formats() -> tuple[WritableFormat, ...]:
    """Return the formats that can be written; those of outside packages last."""
    own = tuple(_formats(_WRITABLE))
    names = {each.name for each in own}
    return (*own, *(each for each in outside_formats().writable if each.name not in names))


def readable_format(name: str) -> ReadableFormat:
    """Return the format of a name.

    Raises:
        UnreadableError: there is none.
    """
    for each in readable_formats():
        if each.name == name:
            return each
    known = ", ".join([BUNDLE, *(each.name for each in readable_formats())])
    raise UnreadableError(f"there is no format “{name[:40]}”; known are {known}")


def recognised(head: Head) -> str:
    """Return the name of the format that is surest that a file is its own.

    Raises:
        UnreadableError: none is.
    """
    sure = {each.name: each.recognise(head) for each in readable_formats()}
    sure[BUNDLE] = _is_bundle(head)
    best = max(sure, key=lambda name: sure[name])
    if sure[best] == Confidence.NO:
        labels = ", ".join(["a bundle (.json)", *(each.label for each in readable_formats())])
        raise UnreadableError(f"it is of no format that can be read: {labels}")
    return best


def head_of(file: IO[bytes], name: str) -> Head:
    """Return the beginning of a file, and go back there."""
    file.seek(0)
    head = Head(name, file.read(HEAD_BYTES))
    file.seek(0)
    return head


def _is_bundle(head: Head) -> int:
    start = head.data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"{") and b'"format"' in start and b'"dateline"' in start:
        return Confidence.SURE
    return Confidence.ENDING if head.name.lower().endswith(".json") else Confidence.NO


def _formats(modules: tuple[str, ...]) -> Iterator[Any]:
    for module in modules:
        yield import_module(f"viewer.formats.{module}").FORMAT
