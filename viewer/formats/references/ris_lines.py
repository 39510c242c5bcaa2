"""The lines of RIS: tags with their values, which may go on over lines without a tag."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO

from viewer.formats.encodings import marked_encoding
from viewer.formats.incoming import Problem
from viewer.frozen import dataclass

LINES = 50_000
"""Of one reference; further ones are not read."""

_LINE_LENGTH = 1_000_000
_TAG = re.compile(r"\s{0,4}([A-Z][A-Z0-9])  ?-(?: (.*)|\s*)")
_UNREAD = re.compile("[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class Field:
    """A tag's value and the line where it begins."""

    tag: str
    value: str
    line: int


def fields_of(file: IO[bytes]) -> Iterator[Field | Problem]:
    """Yield the tags with their values, to which lines without a tag belong."""
    tag, values, begun = "", list[str](), 0
    for number, text in _lines(file):
        if isinstance(text, Problem):
            yield text
            continue
        found = _TAG.fullmatch(text)
        if found is not None:
            if tag:
                yield Field(tag, "\n".join(values).strip(), begun)
            tag, values, begun = found[1], [(found[2] or "").strip()], number
        elif tag and len(values) < LINES:
            values.append(text.strip())
        elif text.strip():
            yield Problem(f"line {number}", "expected a tag such as “TY  - ”; not imported", number)
    if tag:
        yield Field(tag, "\n".join(values).strip(), begun)


def _lines(file: IO[bytes]) -> Iterator[tuple[int, str | Problem]]:
    """Yield lines with their numbers; one that is not UTF-8 is read as Windows-1252, the first such is named."""
    marked = marked_encoding(file.read(4))
    file.seek(0)
    encoding = "utf-8-sig" if marked is None else marked[0]
    text = io.TextIOWrapper(file, encoding=encoding, errors="surrogateescape", newline=None)
    number, told = 0, False
    try:
        while line := text.readline(_LINE_LENGTH):
            number += 1
            if _UNREAD.search(line):
                line = line.encode("utf-8", "surrogateescape").decode("cp1252", errors="replace")
                if not told:
                    fault = (
                        "it is not UTF-8; it was read as Windows-1252: look at its accents and quote marks"
                    )
                    yield number, Problem(f"line {number}", fault, number)
                told = True
            yield number, line.lstrip("\ufeff").rstrip("\n").replace("\0", "")
    finally:
        text.detach()  # the file is not ours to close
