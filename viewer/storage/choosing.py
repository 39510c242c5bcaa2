"""The events that a form offers to choose from: the newest, and those that it names already."""

from __future__ import annotations

from collections.abc import Iterable

from viewer.storage.reader import Reader

MOST = 2_000
"""More than that nobody looks through."""

_LOOKED_AT = 50_000  # of the newest; a kind that none of these is of is not looked for further back
_NEWEST = """SELECT id, uid, title FROM (SELECT id, uid, title, kind_id FROM events ORDER BY id DESC LIMIT ?)
    WHERE ?2 IS NULL OR kind_id = (SELECT id FROM kinds WHERE name = ?2) LIMIT ?"""
_NAMED = "SELECT id, uid, title FROM events WHERE uid = ?"


def events_to_choose(
    reader: Reader, *, kind: str | None = None, also: Iterable[str] = (), most: int = MOST
) -> list[tuple[str, str]]:
    """Return uid and title of the newest events, of one kind or of any, in the order in which they were added.

    `also`: the uids of events that are among them whatever their kind and age.
    """
    rows = set(reader.tuples(_NEWEST, (_LOOKED_AT, kind, most)))
    for uid in also:
        rows.update(reader.tuples(_NAMED, (uid,)))
    return [(uid, title) for _, uid, title in sorted(rows)]
