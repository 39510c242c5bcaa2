"""Uids for what a file gives no identifier: made of its words, so that the same words are the same record again."""

from __future__ import annotations

import hashlib
from collections import Counter

from viewer.domain.records import Kind
from viewer.formats.foreign import stable_uid

PLAIN_EVENT = Kind(name="event", label="Event", shape="square", colour="#5B7083")
"""The kind of events whose file knows no kinds."""
ERA = Kind(name="era", label="Era", shape="bar", colour="#A67C00")


class ContentUids:
    """Gives uids within one file; equal ones are numbered in the order in which they come."""

    def __init__(self, scope: str) -> None:
        self._scope = scope
        self._seen: Counter[str] = Counter()

    def of(self, *words: str | None) -> str:
        """Return the uid of a record that these words tell from others."""
        digest = hashlib.sha256(
            "\x1f".join(word or "" for word in words).encode("utf-8", "replace")
        ).hexdigest()[:40]
        self._seen[digest] += 1
        count = self._seen[digest]
        return stable_uid(self._scope, digest if count == 1 else f"{digest}-{count}")


def url_uid(url: str) -> str:
    """Return the uid of a source that is known by its address alone: the same in files of any format."""
    return stable_uid("url", url)


def is_url(value: object) -> bool:
    """Tell whether a value is an address on the web that can be kept as a source's."""
    return (
        isinstance(value, str)
        and value.lower().startswith(("http://", "https://"))
        and not any(sign.isspace() for sign in value)
    )
