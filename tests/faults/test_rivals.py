"""Several processes that change one document at the same time: each change is there, or its maker was told."""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import an_event
from faults.harness import Forked, apart, make_document, needs_fork, opened_clean

from viewer.document import Document
from viewer.storage.errors import StorageError

_SHARED = "shared"
_TOLD = {"changed-elsewhere": "changed elsewhere", "in-use": "in use"}


def rivals(writers, edits):
    """Let so many processes make so many edits each in one document; return the figures."""
    return apart(_rivals, writers, edits, timeout=3600)


def _rivals(writers, edits):
    with TemporaryDirectory() as folder:
        path = make_document(Path(folder, "k.dateline"))
        with closing(Document.open(path)) as document:
            document.save_event(an_event(uid=_SHARED, title="0"))
            before = len(document.store.edits())
        children = [
            Forked(lambda there, n=n: _write(there, path, f"rival-{n}", edits)) for n in range(writers)
        ]
        figures = Counter()
        for child in children:
            with closing(child):
                figures.update(_figures_of(child))
                assert child.ended() == 0
        with opened_clean(path) as document:
            events = {event.uid: event.title for event in document.store.events()}
            counted = int(events[_SHARED].split()[0])
            assert counted == figures["shared edits"], f"{figures} and counted {counted}"
            own = [uid for uid in events if uid.startswith("rival-")]
            assert len(own) == figures["edits"] - figures["shared edits"], "an event is lost"
            assert len(document.store.edits()) - before == figures["edits"] == writers * edits
    return figures


def _figures_of(child):
    figures = Counter()
    for line in child.lines:
        word = line.decode().strip()
        assert not word.startswith("!"), f"refused without a word of the reason: {word}"
        figures[word] += 1
    figures["edits"] += figures["shared edits"]
    return figures


def _write(there, path, name, edits):
    """Make edits, now of the event that all count up, now of one's own; read again what was refused, and repeat."""
    document = _opened(path)
    done = 0
    while done < edits:
        shared = done % 2 == 0
        try:
            document.save_event(_counted_up(document, name) if shared else an_event(uid=f"{name}-{done}"))
        except StorageError as error:  # reading, too, waits for a commit elsewhere, and not for ever
            there.sendall(f"{_TOLD.get(error.code) or f'!{error.code}: {error}'}\n".encode())
            document.close()
            document = _opened(path)
        else:
            there.sendall(b"shared edits\n" if shared else b"edits\n")
            done += 1
    document.close()


def _opened(path):
    """Open the document; while others write without a pause it may be said to be in use, but nothing worse."""
    for _ in range(20):
        try:
            return Document.open(path)
        except StorageError as error:
            if error.code != "in-use":
                raise
    raise AssertionError("in use for too long")


def _counted_up(document, name):
    event = document.store.event(document.store.ids_by("events", "uid")[_SHARED])
    return replace(event, title=f"{int(event.title.split()[0]) + 1} by {name}")


@needs_fork
@pytest.mark.timeout(300)
def test_fault_30_three_writers_of_300_edits_each_lose_none():
    figures = rivals(3, 300)
    assert figures["edits"] == 900
    assert figures["changed elsewhere"] > 0
