"""A source's text from a file or a fetched page, with what it says about itself as suggestions to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath

from viewer.formats.encodings import marked_encoding, named_encoding, strictly
from viewer.formats.incoming import UnreadableError
from viewer.formats.ingested import IngestedSource
from viewer.formats.web_page import read_web_page

TEXT_LIMIT = 10_000_000
"""Bytes of plain text that are read; of a web page far fewer."""
ENDINGS = (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml")

_PAGES = (".html", ".htm", ".xhtml")
_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_TEXT_TYPES = ("text/plain", "text/markdown", "text/x-markdown")
_TITLE_LENGTH = 200
_MARKUP = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)


def read_source(
    data: bytes,
    *,
    name: str = "",
    content_type: str | None = None,
    url: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    apart: bool = True,
) -> IngestedSource:
    """Read a file by its ending, or a fetched page by its type; a page is read in a child process, up to 30 s.

    `apart` False: the caller is a child with limits of its own, and a page is read right here.

    Raises:
        UnreadableError: it is no text and no page, too large, or its reader had to be stopped.
        MissingExtraError: reading pages needs packages that are not installed; the message says how to get them.
    """
    charset = named_encoding(content_type or "")
    if _is_page(data, name, content_type):
        page = read_web_page(data, charset=charset, url=url, cancelled=cancelled, apart=apart)
        return replace(page, url=url or page.url)
    if len(data) > TEXT_LIMIT:
        raise UnreadableError(
            f"it has {len(data) / 1e6:.1f} MB; of a text at most {TEXT_LIMIT / 1e6:.0f} MB are read"
        )
    text, notes = _decoded(data, charset)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UnreadableError("it is empty")
    return IngestedSource(text=text, title=_title(text, name), url=url, notes=notes)


def _is_page(data: bytes, name: str, content_type: str | None) -> bool:
    """Tell a page from a text, or refuse what is neither; what a server says counts more than a name."""
    if content_type is not None:
        kind = content_type.partition(";")[0].strip().lower()
        if kind in _PAGE_TYPES + _TEXT_TYPES:
            return kind in _PAGE_TYPES
        if kind:
            raise UnreadableError(f"expected a web page or plain text, found “{kind[:60]}”")
    ending = PurePath(name).suffix.lower()
    if ending in ENDINGS:
        return ending in _PAGES
    if ending and content_type is None:
        raise UnreadableError(f"expected a file that ends in {', '.join(ENDINGS)}, not in “{ending[:20]}”")
    return is_markup(data)


def is_markup(data: bytes) -> bool:
    """Tell whether a file begins as a page does."""
    marked = marked_encoding(data[:4000])
    if marked is not None:
        data = marked[1].decode(marked[0], errors="replace").encode()
    return _MARKUP.match(data[:2000]) is not None


def _decoded(data: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the text, and a note if its encoding is a guess."""
    marked = marked_encoding(data)
    if marked is not None:
        encoding, data = marked
        text = strictly(data, encoding)
        if text is None:
            raise UnreadableError(f"it is marked as {encoding[:6].upper().rstrip('-')}, and is not")
        return _without_nul(text), ()
    text = strictly(data, charset)
    if text is None:
        text = strictly(data, "utf-8")
    if text is not None:
        return _without_nul(text), ()
    text = _without_nul(data.decode("cp1252", errors="replace"))
    note = "It is not UTF-8. It was read as Windows-1252 (Western European): look at its accents and quote marks."
    return text, (note,)


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise UnreadableError("expected plain text; it holds bytes that no text has")
    return text


def _title(text: str, name: str) -> str | None:
    """Suggest the first line that says anything, or the file's name if that line is a whole paragraph."""
    first = next(line for line in text.splitlines() if line.strip())
    title = " ".join(first.lstrip("# \t").split())
    return title if 0 < len(title) <= _TITLE_LENGTH else PurePath(name).stem or None
