"""Whom a filter means: the ids of actors, places, sources and tags by what a user typed."""

from __future__ import annotations

from array import array

from viewer.domain.filters import Filter
from viewer.storage.finding import like_pattern
from viewer.storage.reader import Reader

_BY_NAME = """SELECT id FROM {0} WHERE name LIKE ?1 ESCAPE '\\'
    OR aliases <> '[]' AND EXISTS (
        SELECT 1 FROM json_each(iif(json_valid(aliases), aliases, '[]')) WHERE value LIKE ?1 ESCAPE '\\')"""
_SOURCES = """SELECT id FROM sources WHERE title LIKE ?1 ESCAPE '\\' OR publisher LIKE ?1 ESCAPE '\\'
    OR substr(uid, 1, length(?2)) = ?2"""


def named_in(reader: Reader, wanted: Filter) -> list[tuple[str, array[int]]]:
    """Return, for each of actor, place, source and tag that a filter asks for, the ids of those that it means.

    An event must name one of each; whoever is in the document and named nowhere may be among them.
    """
    found: list[tuple[str, array[int]]] = []
    for grouping, text, query in (
        ("actor", wanted.actor, _BY_NAME.format("actors")),
        ("place", wanted.place, _BY_NAME.format("places")),
        ("source", wanted.source, _SOURCES),
        ("tag", wanted.tag, "SELECT id FROM tags WHERE name = ?1"),
    ):
        if text:
            pattern = text if grouping == "tag" else like_pattern(text)
            values = (pattern, text) if grouping == "source" else (pattern,)
            found.append((grouping, array("q", sorted(row[0] for row in reader.tuples(query, values)))))
    return found
