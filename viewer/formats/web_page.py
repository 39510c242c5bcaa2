"""The article of a web page: its text without menus, scripts and styles, and what the page says about it.

trafilatura does the work, in a child process with limits: pages are strangers' files, and some stop any parser.
It is an extra, since it brings fifteen packages. Only strings of a known shape come back.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from importlib.util import find_spec
from typing import Any

from viewer.children import ChildError, run_child
from viewer.formats.encodings import marked_encoding, named_encoding, strictly
from viewer.formats.incoming import UnreadableError
from viewer.formats.ingested import IngestedSource

PAGE_LIMIT = 2_000_000
"""Bytes. The time that pages take grows faster than their size."""

_LIMITS = {"cpu_seconds": 15, "memory_mb": 1024, "wall_seconds": 30}
_PACKAGES = ("trafilatura", "lxml_html_clean")
_LINE_LENGTH = 500
_URL_LENGTH = 2048
_LANGUAGE = re.compile(r"<html\b[^>]{0,1000}?\slang\s*=\s*[\"']?([a-z]{2,3})\b", re.IGNORECASE)
_BYLINE = re.compile(r"^(?:by|par|por)\s*:?\s+", re.IGNORECASE)


class MissingExtraError(UnreadableError):
    """Pages cannot be read before some packages are installed; `command` installs them."""

    def __init__(self, missing: str) -> None:
        self.command = f'"{sys.executable}" -m pip install {" ".join(_PACKAGES)}'
        super().__init__(
            f"reading web pages needs {missing}, which is not installed; this installs it: {self.command}"
        )


def read_web_page(
    html: bytes,
    *,
    charset: str | None = None,
    url: str | None = None,
    cancelled: Callable[[], bool] = lambda: False,
    apart: bool = True,
) -> IngestedSource:
    """Read a page's article in a child process; `charset` is what the server said, `url` where the page was.

    `apart` False: right here, for a caller that is such a child itself.

    Raises:
        UnreadableError: it is too large, holds no article, or its reader had to be stopped.
        MissingExtraError: a package is not installed.
    """
    if len(html) > PAGE_LIMIT:
        raise UnreadableError(
            f"it has {len(html) / 1e6:.1f} MB; of a web page at most {PAGE_LIMIT / 1e6:.0f} MB are read"
        )
    for package in _PACKAGES:
        if find_spec(package) is None:
            raise MissingExtraError(package)
    arguments = {"charset": charset, "url": url}
    found = _extracted_apart(html, arguments, cancelled) if apart else _extracted_here(html, arguments)
    if isinstance(found.get("missing"), str):
        raise MissingExtraError(found["missing"][:100])
    return _checked(found)


def _extracted_apart(
    html: bytes, arguments: Mapping[str, Any], cancelled: Callable[[], bool]
) -> dict[str, Any]:
    try:
        return run_child(extract, html, arguments=arguments, cancelled=cancelled, **_LIMITS)
    except ChildError as error:
        raise UnreadableError(f"the page could not be read: {error}") from error


def _extracted_here(html: bytes, arguments: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return extract(html, **arguments)
    except Exception as error:  # whatever a page makes one of fifteen packages stumble over
        raise UnreadableError(
            "the page could not be read: its reader stopped with a fault of its own"
        ) from error


def _checked(found: Mapping[str, Any]) -> IngestedSource:
    text = found.get("text")
    if not isinstance(text, str) or not text.strip():
        raise UnreadableError("no article was found in the page; its text can be pasted instead")
    if len(text) > PAGE_LIMIT or not _is_sound(text):
        raise UnreadableError("the page could not be read: its text is damaged")
    published = _day(found.get("published"))
    return IngestedSource(
        text=text,
        title=_line(found.get("title")),
        author=_BYLINE.sub("", _line(found.get("author")) or "", count=1) or None,
        publisher=_line(found.get("publisher")),
        published=published,
        language=_line(found.get("language")),
        url=_line(found.get("url"), _URL_LENGTH),
        notes=_doubts(published, found.get("stated")),
    )


def _doubts(published: str | None, stated: Any) -> tuple[str, ...]:
    if published is None:
        return ("The page does not say when it was published.",)
    if stated == published:
        return ()
    if published.endswith("-01-01"):
        return (
            f"The date {published} may come from a mere year, such as that of a copyright line: look at the page.",
        )
    return (f"The date {published} was found among the page's words, and may be that of something else.",)


def _line(value: Any, limit: int = _LINE_LENGTH) -> str | None:
    """Return a line of text of a sensible length, or nothing."""
    if not isinstance(value, str) or not _is_sound(value):
        return None
    line = " ".join(value.split())
    return line if 0 < len(line) <= limit else None


def _is_sound(text: str) -> bool:
    return "\0" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _day(value: Any) -> str | None:
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        return None


def extract(html: bytes, *, charset: str | None, url: str | None) -> dict[str, Any]:
    """Take the article out of a page; to be called in a child process, where the packages are loaded."""
    try:
        from htmldate import find_date
        from trafilatura import bare_extraction
    except ImportError as error:
        return {"missing": error.name or str(error)}
    page = _decoded(html, charset)
    asked = {"original_date": True, "extensive_search": True}
    found = bare_extraction(
        page, url=url, with_metadata=True, include_comments=False, date_extraction_params=asked
    )
    if found is None or isinstance(found, dict):
        return {}
    language = _LANGUAGE.search(page[:20_000])
    return {
        "text": found.text,
        "title": found.title,
        "author": found.author,
        "publisher": found.sitename or found.hostname,
        "published": found.date,
        "stated": found.date and find_date(page, url=url, original_date=True, extensive_search=False),
        "language": language and language[1].lower(),
        "url": found.url,
    }


def _decoded(html: bytes, charset: str | None) -> str:
    """Decode as a browser would: by its mark, what the server said, what the page says; else by what is likely."""
    from trafilatura.utils import detect_encoding

    marked = marked_encoding(html)
    if marked is not None:
        return marked[1].decode(marked[0], errors="replace")
    for said in (charset, named_encoding(html[:4096].decode("ascii", "replace")), "utf-8"):
        text = strictly(html, said)
        if text is not None:
            return text
    guesses = (strictly(html, guess) for guess in detect_encoding(html))
    return next((text for text in guesses if text is not None), None) or html.decode(
        "utf-8", errors="replace"
    )
