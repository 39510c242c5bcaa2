"""Words that may hold HTML, of a slide or a title: as plain text, with their line breaks."""

from __future__ import annotations

import html
import re

_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h[1-6]|/blockquote)\b[^<>]{0,200}>", re.IGNORECASE)
# A tag begins with a letter right after its bracket: “a < b” is none.
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,5000}>|<!--.{0,5000}?-->", re.DOTALL)
_SPACES = re.compile(r"[ \t]+")
_LINES = re.compile(r"\n{3,}")


def plain(text: str) -> str:
    """Return a text without markup; text without any comes back as it is."""
    if "<" not in text and "&" not in text:
        return text
    words = html.unescape(_TAG.sub("", _BREAK.sub("\n", text)))
    lines = (_SPACES.sub(" ", line).strip() for line in words.split("\n"))
    return _LINES.sub("\n\n", "\n".join(lines)).strip()
