"""Files brought into a document: what they may refer to, and the one edit that brings them in."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from viewer.commands import ImportResult, import_records
from viewer.formats.bundle import read_bundle
from viewer.formats.incoming import Incoming, Known
from viewer.storage.store import Store


def import_files(
    store: Store, files: Sequence[tuple[str, bytes]], *, at: int, author: str | None
) -> ImportResult:
    """Return what bringing in files, given by name and content, would do; `at` is now, in seconds.

    Raises:
        UnreadableError: one of the files is no bundle, and which.
    """
    # A name need not be UTF-8; what is recorded of it must be.
    files = [(name.encode(errors="replace").decode(), data) for name, data in files]
    incoming = Incoming()
    for name, data in files:
        incoming.add(read_bundle(data, _known(store, incoming), name), name)
    return import_records(
        store,
        incoming,
        file_name=", ".join(name for name, _ in files),
        sha256=", ".join(hashlib.sha256(data).hexdigest() for _, data in files),
        format_name="bundle",
        at=at,
        author=author,
    )


def _known(store: Store, incoming: Incoming) -> Known:
    """Return what a file may refer to: the document, and what the files before it bring."""
    brought = {entry.source.uid: entry.source.text for entry in incoming.sources}
    events = [entry.event for entry in incoming.events]

    def text_of(uid: str) -> str | None:
        held = store.source(uid)
        return brought.get(uid) or (None if held is None else held.text)

    return Known(
        frozenset(store.ids_by("sources", "uid").keys() | brought.keys()),
        frozenset(store.ids_by("events", "uid").keys() | {event.uid for event in events}),
        frozenset(store.ids_by("kinds", "name").keys() | {kind.name for kind in incoming.kinds}),
        store.claim_owners() | {claim.uid: event.uid for event in events for claim in event.claims},
        text_of,
    )
