"""What a file or a page says of itself as a source."""

from __future__ import annotations

from viewer.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestedSource:
    """The text of a source, and suggestions: all but the text may be wrong, and `notes` say where to look.

    `published`: an ISO date.
    """

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None
    notes: tuple[str, ...] = ()
