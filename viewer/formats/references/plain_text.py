"""A plain text or Markdown file, read: a source with its text."""

from __future__ import annotations

from viewer.formats.foreign import Confidence, Head, Opened, ReadableFormat, Reading
from viewer.formats.references.texts import read_text
from viewer.formats.source_files import TEXT_LIMIT

_ENDINGS = (".txt", ".text", ".md", ".markdown")


def recognise(head: Head) -> int:
    """Tell a text by its ending alone: a table, a calendar and a list of references are texts as well."""
    return Confidence.ENDING if head.name.lower().endswith(_ENDINGS) else Confidence.NO


def read(opened: Opened) -> Reading:
    """Read a text as it stands."""
    return read_text(opened, scope="text", limit=TEXT_LIMIT, content_type="text/plain")


FORMAT = ReadableFormat(
    name="plain-text",
    label="Plain text (.txt, .md)",
    endings=_ENDINGS,
    recognise=recognise,
    read=read,
)
