"""A saved web page, read: a source with its article as text; what it says of itself is to be confirmed."""

from __future__ import annotations

from viewer.formats.foreign import Confidence, Head, Opened, ReadableFormat, Reading
from viewer.formats.references.texts import read_text
from viewer.formats.source_files import is_markup
from viewer.formats.web_page import PAGE_LIMIT

_ENDINGS = (".html", ".htm", ".xhtml")


def recognise(head: Head) -> int:
    """Tell a page by how it begins."""
    if is_markup(head.data):
        return Confidence.SURE
    return Confidence.ENDING if head.name.lower().endswith(_ENDINGS) else Confidence.NO


def read(opened: Opened) -> Reading:
    """Read the article of a page."""
    return read_text(opened, scope="page", limit=PAGE_LIMIT, content_type="text/html")


FORMAT = ReadableFormat(
    name="saved-page",
    label="Saved web page (.html)",
    endings=_ENDINGS,
    recognise=recognise,
    read=read,
)
