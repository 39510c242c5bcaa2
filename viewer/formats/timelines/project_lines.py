"""The lines of text that the Timeline Project wrote up to version 0.9: `EVENT:start;end;text;category;id:data…`."""

from __future__ import annotations

import re
from typing import IO

from viewer.formats.encodings import strictly
from viewer.formats.foreign import Reading
from viewer.formats.incoming import Problem
from viewer.formats.timelines.project_events import Entries, Entry, Period

_LINE_LENGTH = 1_000_000
_PART = re.compile(r"((?:[^\\;]|\\.?)*)(;|$)")
_QUOTED = re.compile(r"\\(.)")
_BREAKS = {"n": "\n", "r": "\r"}


def read_lines(file: IO[bytes]) -> Reading:
    """Read a file line by line; a line that says nothing known is named and left out."""
    entries = Entries()
    number = 0
    while line := file.readline(_LINE_LENGTH):
        number += 1
        path = f"line {number}"
        text = strictly(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, "utf-8")
        if text is None:
            text = line.decode("cp1252", errors="replace")
            yield Problem(path, "it is not UTF-8; it was read as Windows-1252: look at its accents", number)
        text = text.rstrip("\r\n")
        if "\0" in text or (len(line) == _LINE_LENGTH and not line.endswith(b"\n")):
            yield Problem(
                path, "it holds bytes that no text has, or is longer than 1 MB; not imported", number
            )
        elif text.startswith("EVENT:"):
            yield from _event(entries, text.removeprefix("EVENT:"), path, number)
        elif text.startswith("CATEGORY:"):
            name, colour, *visible = [*_parts(text.removeprefix("CATEGORY:")), ""][:3]
            yield from entries.kind(
                name.strip(), colour, {"visible": visible[0]} if visible else {}, path, number
            )
        elif text.strip() and not text.startswith(("#", "PREFERRED-PERIOD:")):
            yield Problem(path, "expected EVENT: or CATEGORY:; not imported", number)


def _event(entries: Entries, words: str, path: str, line: int) -> Reading:
    parts = _parts(words)
    if len(parts) < 3:
        yield Problem(path, "expected EVENT:start;end;text; not imported", line)
        return
    data = dict(part.partition(":")[::2] for part in parts[4:])
    entry = Entry(
        period=Period(parts[0].strip(), parts[1].strip()),
        text=parts[2],
        category=parts[3].strip() if len(parts) > 3 else "",
        description=data.pop("description", "").strip(),
        rest=data,
    )
    yield from entries.event(entry, path, line)


def _parts(words: str) -> list[str]:
    """Return what semicolons part, but those that are quoted."""
    found: list[str] = []
    for part in _PART.finditer(words):
        found.append(_plain(part[1]))
        if not part[2]:
            break
    return found


def _plain(quoted: str) -> str:
    return _QUOTED.sub(lambda found: _BREAKS.get(found[1], found[1]), quoted)
