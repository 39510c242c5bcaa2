"""Which characters the bytes of a text are: by their mark, by a name that somebody gave, or not at all."""

from __future__ import annotations

import codecs
import re

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)


def marked_encoding(data: bytes) -> tuple[str, bytes] | None:
    """Return the encoding that a byte order mark tells, and the bytes after the mark."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    return None


def named_encoding(words: str) -> str | None:
    """Return the encoding that a content type or a page's head names."""
    found = _CHARSET.search(words)
    if found is None:
        return None
    # Who says Latin 1 means the code page that has quote marks and dashes, too.
    return "cp1252" if found[1].lower() in ("iso-8859-1", "latin-1", "latin1") else found[1]


def strictly(data: bytes, encoding: str | None) -> str | None:
    """Return the text, or None if these bytes are none in this encoding or nobody knows it."""
    try:
        return None if encoding is None else data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None
