"""The lines of an iCalendar file: unfolded, decoded, put together to components, each with its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from viewer.formats.encodings import strictly
from viewer.formats.incoming import Problem, UnreadableError
from viewer.frozen import dataclass

_LINE_LENGTH = 1_000_000
_LINES = 50_000
"""A component of more lines is not read; attached files take many."""
_FRAME = "VCALENDAR"


@dataclass(frozen=True, slots=True)
class Component:
    """A component of a calendar: its name, where it begins, and the lines within it with their numbers."""

    name: str
    line: int
    lines: tuple[tuple[int, str], ...]

    @property
    def text(self) -> str:
        """Return it as the file writes it, unfolded."""
        inner = "".join(f"{line}\r\n" for _, line in self.lines)
        return f"BEGIN:{self.name}\r\n{inner}END:{self.name}\r\n"


def components(file: IO[bytes]) -> Iterator[Component | Problem]:
    """Yield the components of all calendars in a file, and what is broken.

    Raises:
        UnreadableError: it holds no calendar.
    """
    found = False
    inner: list[tuple[int, str]] = []
    open_names: list[tuple[str, int]] = []
    for number, line in _unfolded(file):
        if isinstance(line, Problem):
            yield line
            continue
        word, _, name = line.partition(":")
        name = name.strip().upper()
        is_begin, is_end = word.upper() == "BEGIN", word.upper() == "END"
        if is_begin and name == _FRAME:
            found = True
            continue
        if not found:
            raise UnreadableError(f"expected BEGIN:{_FRAME}, found “{line[:40]}”", line=number)
        begins_anew = is_begin and open_names[:1] and name == open_names[0][0]
        if open_names and (begins_anew or (is_end and name == _FRAME)):
            yield _unclosed(open_names)
            open_names, inner = [], []
        if is_begin:
            open_names.append((name, number))
            if len(open_names) == 1:
                inner = []
                continue
        elif is_end and open_names and name == open_names[-1][0]:
            name, begun = open_names.pop()
            if not open_names:
                yield Component(name, begun, tuple(inner))
                continue
        if open_names and len(inner) < _LINES:
            inner.append((number, line))
    if not found:
        raise UnreadableError(f"expected a calendar: it has no BEGIN:{_FRAME}")
    if open_names:
        yield _unclosed(open_names)


def _unclosed(open_names: list[tuple[str, int]]) -> Problem:
    name, line = open_names[0]
    within = open_names[-1][0]
    what = "its end is missing" if within == name else f"the end of {within[:40]} in it is missing"
    return Problem(name[:60], f"{what}; not imported", line)


def _unfolded(file: IO[bytes]) -> Iterator[tuple[int, str | Problem]]:
    """Yield whole lines with the number of their first one; bytes are put together before they are characters."""
    parts: list[bytes] = []
    begun = number = 0
    told = False
    while True:
        data = file.readline(_LINE_LENGTH)
        if data and data[:1] in (b" ", b"\t") and parts:
            number += 1
            if len(parts) < _LINES:
                parts.append(data[1:].rstrip(b"\r\n"))
            continue
        if parts:
            text, fault = _decoded(b"".join(parts))
            if fault and not told:
                yield begun, Problem(f"line {begun}", fault, begun)
                told = True
            if text.strip():
                yield begun, text
        if not data:
            return
        number += 1
        begun = number
        parts = [data.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n") if number == 1 else data.rstrip(b"\r\n")]


def _decoded(data: bytes) -> tuple[str, str]:
    text = strictly(data, "utf-8")
    if text is not None:
        return text.replace("\0", ""), ""
    words = data.decode("cp1252", errors="replace").replace("\0", "")
    return words, "it is not UTF-8; it was read as Windows-1252: look at its accents and quote marks"
