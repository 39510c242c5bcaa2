"""By when what is claimed had been published."""

from __future__ import annotations

from collections.abc import Iterator

from viewer.storage.reader import Reader

_PUBLICATIONS = """SELECT event_id,
        iif(min(retracted), min(published_end_hi), min(iif(retracted, NULL, published_end_hi))),
        min(iif(retracted OR stance <> 'disputes', NULL, published_end_hi))
    FROM claims JOIN sources ON sources.id = source_id GROUP BY event_id ORDER BY event_id"""
_MOMENTS = """SELECT DISTINCT published_end_hi FROM sources WHERE published_end_hi IS NOT NULL
    AND EXISTS (SELECT 1 FROM claims WHERE source_id = sources.id) ORDER BY published_end_hi"""


def publications(reader: Reader) -> Iterator[tuple[int, int | None, int | None]]:
    """Yield by when each event that has claims was known, and disputed, in order of id; None: never.

    (event id, second by which the first claim was published, the same of claims that dispute the event).
    A retracted claim counts only where an event has no other.
    """
    yield from reader.tuples(_PUBLICATIONS)


def publication_moments(reader: Reader) -> Iterator[int]:
    """Yield the seconds by which the sources that claim something were published, in order."""
    yield from (row[0] for row in reader.tuples(_MOMENTS))
