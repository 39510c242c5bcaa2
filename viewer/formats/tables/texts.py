"""The lines of a text file in whatever characters it is written; what had to be guessed is said, once a file."""

from __future__ import annotations

import codecs
import io
import itertools
from collections.abc import Iterator
from typing import IO

from viewer.formats.encodings import marked_encoding
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables import limits
from viewer.formats.tables.notices import Notices
from viewer.frozen import dataclass

_CHUNK = 1 << 20
_SAMPLE = 1 << 16
_SPOTS = 16  # bytes beyond ASCII that a guess of anything but Windows-1252 takes
_OTHER_SCRIPTS = (
    "cp1251", "cp1253", "cp1255", "cp1256", "cp866", "koi8_r", "koi8_u", "iso8859_5", "iso8859_7", "cp932",
    "shift_jis", "euc_jp", "cp949", "euc_kr", "gb18030", "gbk", "gb2312", "big5", "cp950", "tis_620", "cp874",
)  # fmt: skip
"""What a guess may be beside Windows-1252: which of the Latin code pages it is, nothing in the bytes says."""
_NOT_TEXT = (
    (b"PK\x03\x04", "a packed file, such as a spreadsheet (use the format “spreadsheet”)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (use the format “spreadsheet”)"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"SQLite format 3\0", "a database"),
    (b"\x1f\x8b", "a packed file"),
)


@dataclass(frozen=True, slots=True)
class Encoding:
    """How bytes become characters: the codec, what it does with odd bytes, and the length of the mark before."""

    name: str
    errors: str = "strict"
    skip: int = 0


def refuse_other_files(head: bytes) -> None:
    """Raise UnreadableError if a file's beginning is that of something that is no text."""
    if not head:
        raise UnreadableError("it is empty")
    for mark, what in _NOT_TEXT:
        if head.startswith(mark):
            raise UnreadableError(f"it is no text, but {what}")


def encoding_of(file: IO[bytes], notices: Notices, named: str | None = None) -> Encoding:
    """Return the encoding of a file: as `named`, by its mark, UTF-8 where it is that, else guessed and said.

    Raises:
        UnreadableError: it is empty, no text, or nobody knows the named encoding.
    """
    file.seek(0)
    head = file.read(_SAMPLE)
    refuse_other_files(head)
    marked = marked_encoding(head)
    skip = 0 if marked is None else len(head) - len(marked[1])
    if named is not None:
        return Encoding(_known(named), "replace", skip)
    name = "utf-8" if marked is None else marked[0]
    if marked is None:
        name = _wide(head) or name
    if len(head) == skip:
        raise UnreadableError("it is empty")
    bad = _first_bad_byte(file, Encoding(name, skip=skip))
    if bad is None:
        return Encoding(name, skip=skip)
    offset, line = bad
    if name != "utf-8":
        notices.once("encoding", "file", f"a character is not {name}; such ones became �", line)
        return Encoding(name, "replace", skip)
    return _guessed(file, offset, line, skip, notices)


def lines_of(file: IO[bytes], encoding: Encoding, notices: Notices) -> Iterator[str]:
    """Yield the physical lines of a file, each with its end: CR, LF or both, mixed as they may be."""
    return itertools.chain.from_iterable(_batches(file, encoding, notices))


def _batches(file: IO[bytes], encoding: Encoding, notices: Notices) -> Iterator[list[str]]:
    file.seek(encoding.skip)
    decoder = codecs.getincrementaldecoder(encoding.name)(errors=encoding.errors)
    rest, number = "", 0
    while True:
        chunk = file.read(_CHUNK)
        text = rest + decoder.decode(chunk, final=not chunk)
        lines = list(io.StringIO(text, newline=""))
        # The last line may go on in the next chunk, and so may the two characters of an end of line.
        rest = lines.pop() if chunk and lines else ""
        if len(rest) > limits.LINE:
            message = f"a line is longer than {limits.LINE:,} characters: this is no table"
            raise UnreadableError(message, line=number + len(lines) + 1)
        yield _without_nul(lines, number, notices) if "\0" in text else lines
        number += len(lines)
        if not chunk:
            return


def _without_nul(lines: list[str], before: int, notices: Notices) -> list[str]:
    for place, line in enumerate(lines):
        if "\0" in line:
            number = before + place + 1
            message = f"holds {line.count(chr(0))} NUL characters, which no text has; each became �"
            notices.add("NUL", f"row {number}", message, number)
            lines[place] = line.replace("\0", "�")
    return lines


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError as error:
        raise UnreadableError(f"there is no encoding “{name[:40]}”") from error


def _wide(head: bytes) -> str | None:
    """Return the UTF-16 of a text without a mark: every other byte of it is zero."""
    half = max(1, len(head) // 2)
    even, odd = head[::2].count(0) / half, head[1::2].count(0) / half
    if even < 0.1 and odd > 0.3:
        return "utf-16-le"
    if odd < 0.1 and even > 0.3:
        return "utf-16-be"
    if even + odd > 0.2:
        raise UnreadableError("it is no text: it is full of zero bytes")
    return None


def _first_bad_byte(file: IO[bytes], encoding: Encoding) -> tuple[int, int] | None:
    """Return where a file is not of an encoding, as an offset and a line, or None."""
    file.seek(encoding.skip)
    decoder = codecs.getincrementaldecoder(encoding.name)()
    at, lines, last = encoding.skip, 1, b""
    while True:
        chunk = file.read(_CHUNK)
        lines -= last == b"\r" and chunk.startswith(b"\n")
        try:
            decoder.decode(chunk, final=not chunk)
        except UnicodeDecodeError as error:
            # What was left over from the chunk before stands at the beginning of what the error speaks of.
            before = at - max(0, len(error.object) - len(chunk))
            return before + error.start, lines + _ends(chunk[: error.start])
        if not chunk:
            return None
        at, last = at + len(chunk), chunk[-1:]
        lines += _ends(chunk)


def _ends(data: bytes) -> int:
    """Return how many lines end in some bytes, with CR, LF or both."""
    return data.count(b"\n") + data.count(b"\r") - data.count(b"\r\n")


def _guessed(file: IO[bytes], offset: int, line: int, skip: int, notices: Notices) -> Encoding:
    sample = _around(file, offset)
    text = sample.decode("utf-8", "replace")
    bad = text.count("�")
    if sum(1 for sign in text if sign > "\x7f" and sign != "�") >= 5 * bad:
        notices.once("encoding", "file", "a few bytes are not UTF-8, as the rest is; they became �", line)
        return Encoding("utf-8", "replace", skip)
    name = _likeliest(sample)
    shown = "Windows-1252" if name == "cp1252" else name
    message = f"it is not UTF-8; it was read as {shown}, which is a guess: look at the accented letters"
    notices.once("encoding", "file", message, line)
    return Encoding(name, "replace", skip)


def _around(file: IO[bytes], offset: int) -> bytes:
    """Return whole lines around an offset, so that no character is cut."""
    start = max(0, offset - _SAMPLE // 2)
    file.seek(start)
    sample = file.read(_SAMPLE)
    first, last = sample.find(b"\n") + 1 if start else 0, sample.rfind(b"\n")
    return sample[first : last if len(sample) == _SAMPLE and last > first else None]


def _likeliest(sample: bytes) -> str:
    """Return a guess; a handful of odd bytes says no more than Western European."""
    odd_lines = [line for line in sample.splitlines() if not line.isascii()]
    odd = b"\n".join(odd_lines)
    if sum(1 for byte in odd if byte > 0x7F) < _SPOTS:
        return "cp1252"
    from charset_normalizer import from_bytes

    best = from_bytes(odd).best()
    if best is None or {"cp1252", "latin_1"} & {best.encoding, *best.could_be_from_charset}:
        return "cp1252"
    return best.encoding if best.encoding in _OTHER_SCRIPTS else "cp1252"
