"""The words by which events and sources are found: plain rows in order, merged by event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from viewer.domain.anchoring import paragraph_around, quote_holds
from viewer.storage.reader import Reader

_CHUNK = 2_000
_ASKED = 500  # ids a query; well below SQLite's limit of variables
_CONTEXT = 1_000  # characters of the paragraph around a quote that are searched with it, on each side
_TEXTS = 500  # stored texts that are kept at hand

_EVENTS = """SELECT events.id, title, summary, place.name, origin.name FROM events
    LEFT JOIN places AS place ON place.id = place_id
    LEFT JOIN places AS origin ON origin.id = origin_place_id"""
_NAMES = (
    "SELECT event_id, name FROM event_actors JOIN actors ON actors.id = actor_id",
    "SELECT event_id, name FROM event_tags JOIN tags ON tags.id = tag_id",
    """SELECT event_id, coalesce(actors.name, wording) FROM claims JOIN claim_hops ON claim_id = claims.id
        LEFT JOIN actors ON actors.id = actor_id""",
)
_QUOTES = """SELECT event_id, quote, source_id, span_start, span_end,
    span_start IS NOT NULL AND span_end IS NOT NULL
        AND (SELECT text IS NOT NULL FROM sources WHERE id = source_id) FROM claims"""
_SOURCES = "SELECT id, title, publisher, text FROM sources"

Entry = tuple[int, str]


def words_of_events(reader: Reader, ids: Sequence[int] | None = None) -> Iterator[list[Entry]]:
    """Yield events with their words, in chunks: title, summary, names, quotes and the paragraphs around these.

    In order of id; `ids`: only these.
    """

    @lru_cache(maxsize=_TEXTS)
    def text_of(source: int) -> str | None:
        found = reader.tuples("SELECT text FROM sources WHERE id = ?", (source,))
        return found[0][0] if found else None

    for rows, where, values in _event_chunks(reader, ids):
        words = {row[0]: [word for word in row[1:] if word] for row in rows}
        for query in _NAMES:
            for event, name in reader.tuples(f"{query} WHERE {where}", values):
                if event in words and name:
                    words[event].append(name)
        for event, quote, source, start, end, has_text in reader.tuples(f"{_QUOTES} WHERE {where}", values):
            if event in words and quote:
                words[event].append(quote)
                if has_text:
                    words[event].append(_context(quote, (start, end), text_of(source)))
        yield [(event, "\n".join(held)) for event, held in words.items()]


def words_of_sources(reader: Reader, ids: Iterable[int] | None = None) -> Iterator[list[Entry]]:
    """Yield sources with their words, in chunks: title, publisher and stored text."""
    wanted = [row[0] for row in reader.tuples("SELECT id FROM sources ORDER BY id")] if ids is None else ids
    for source in wanted:  # one by one: a text may be of any length
        rows = reader.tuples(f"{_SOURCES} WHERE id = ?", (source,))
        yield [(row[0], "\n".join(word for word in row[1:] if word)) for row in rows]


def _event_chunks(
    reader: Reader, ids: Sequence[int] | None
) -> Iterator[tuple[list[tuple[Any, ...]], str, Sequence[int]]]:
    """Yield rows of events, each chunk with the condition by which the rows that belong to it are found."""
    if ids is not None:
        for start in range(0, len(ids), _ASKED):
            part = ids[start : start + _ASKED]
            marks = ", ".join("?" * len(part))
            rows = reader.tuples(f"{_EVENTS} WHERE events.id IN ({marks}) ORDER BY events.id", part)
            yield rows, f"event_id IN ({marks})", part
        return
    last = -(2**63)
    while rows := reader.tuples(f"{_EVENTS} WHERE events.id > ? ORDER BY events.id LIMIT {_CHUNK}", (last,)):
        before, last = last, rows[-1][0]
        yield rows, "event_id > ? AND event_id <= ?", (before, last)


def _context(quote: str, span: tuple[int, int], text: str | None) -> str:
    """Return the paragraphs around a quote, as far as they are searched with it."""
    if text is None or not quote_holds(quote, span, text):
        return ""
    start, end = paragraph_around(text, span)
    return text[max(start, span[0] - _CONTEXT) : min(end, span[1] + _CONTEXT)]
