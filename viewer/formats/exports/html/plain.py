"""Words and addresses of strangers, made fit to stand in a page."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

LONGEST = 1_000
"""Characters of a text that are written where it is not shown in full."""

_LONGEST_ADDRESS = LONGEST
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NO_ADDRESS = re.compile(r"[\s\\\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff<>\"'`]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def clipped(text: str) -> str:
    """Return the beginning of a text, with an ellipsis where something follows."""
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def escaped(text: str) -> str:
    """Return the beginning of a text as HTML that shows it literally."""
    return html.escape(_NO_TEXT.sub("\ufffd", clipped(text)))


def web_address(text: str | None) -> str | None:
    """Return an address that a reader may follow: http(s), a host, no user name, no tricks; None for any other."""
    if not text or len(text) > _LONGEST_ADDRESS or _NO_ADDRESS.search(text):
        return None
    try:
        parts = urlsplit(text)
        safe = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        return None
    return text if safe else None


def language_tag(text: str | None) -> str:
    """Return a document's language as a page names it; English where it is not recorded or none."""
    return text.replace("_", "-") if text and _LANGUAGE.fullmatch(text) else "en"
