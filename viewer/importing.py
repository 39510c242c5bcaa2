"""Files brought into a document: of which format they are, what they refer to, and the one edit they become."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NamedTuple

from viewer.formats.bundle import read_bundle
from viewer.formats.incoming import Incoming, Known, UnreadableError
from viewer.formats.reading import ForeignFile, Part, parts_of
from viewer.formats.registry import BUNDLE, head_of, readable_format, recognised
from viewer.import_commands import Importing, ImportResult
from viewer.storage.store import Store

BUNDLE_LIMIT = 256 * 1024 * 1024
"""Bytes; a bundle is read whole."""
_CHUNK = 1024 * 1024


class FileToImport(NamedTuple):
    """A file by its name, and its bytes or where it lies. `format` None: told from its content.

    `options` are for that format, as JSON values: a table's mapping, the name of a profile.
    """

    name: str
    content: bytes | Path
    format: str | None = None
    options: Mapping[str, Any] = {}


def import_files(
    store: Store,
    files: Sequence[FileToImport],
    *,
    at: int,
    author: str | None,
    cancelled: Callable[[], bool] = lambda: False,
    told: Callable[[int], None] = lambda _bytes: None,
) -> ImportResult:
    """Return what bringing in files would do; `at` is now, in seconds; `told` hears how many bytes are read.

    Raises:
        UnreadableError: one of the files cannot be read, or reading was cancelled; and which file.
    """
    importing = Importing(store)
    bundles = Incoming()
    hashes: list[str] = []
    formats: dict[str, None] = {}
    for each in files:
        # A name need not be UTF-8; what is recorded of it must be.
        name = each.name.encode(errors="replace").decode()
        with _named_in_errors(name), _opened(each) as file:
            form = each.format or recognised(head_of(file, name))
            formats[form] = None
            if form == BUNDLE:
                bundles.add(_bundle(file, name, store, bundles), name)
            else:
                foreign = ForeignFile(file, name, readable_format(form).name, each.options)
                for part in parts_of(foreign, cancelled=cancelled, told=told):
                    importing.add(_of_file(part.read(_known_to(importing, store, part)), name), name)
            hashes.append(_sha256(file))
    importing.add(bundles, ", ".join(each.name for each in files))
    return importing.result(
        file_name=", ".join(each.name.encode(errors="replace").decode() for each in files),
        sha256=", ".join(hashes),
        format_name=", ".join(formats),
        profile=", ".join(dict.fromkeys(str(e.options["profile"]) for e in files if "profile" in e.options))
        or None,
        at=at,
        author=author,
    )


def _bundle(file: IO[bytes], name: str, store: Store, before: Incoming) -> Incoming:
    data = file.read(BUNDLE_LIMIT + 1)
    if len(data) > BUNDLE_LIMIT:
        raise UnreadableError(f"expected a bundle of at most {BUNDLE_LIMIT >> 20} MB")
    return read_bundle(data, _known(store, before), name)


def _of_file(incoming: Incoming, name: str) -> Incoming:
    incoming.problems = [replace(problem, file=name) for problem in incoming.problems]
    return incoming


def _known_to(importing: Importing, store: Store, part: Part) -> Known:
    """Return what a part of a file may refer to: only what it names is looked up."""
    named = part.named()
    return Known(
        importing.holds("sources", named["sources"]).keys(),
        importing.holds("events", named["events"]).keys(),
        frozenset(store.ids_by("kinds", "name")) | importing.kinds,
        store.claim_owners(named["claims"]).get,
        importing.text_of,
    )


@contextmanager
def _opened(each: FileToImport) -> Iterator[IO[bytes]]:
    """Give a file; one that is only in memory becomes a real one when another process shall read it."""
    if isinstance(each.content, bytes):
        with tempfile.SpooledTemporaryFile(BUNDLE_LIMIT) as held:
            held.write(each.content)
            held.seek(0)
            yield held
        return
    try:
        if not each.content.is_file():
            raise UnreadableError("expected a file")
        opened = each.content.open("rb")
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error
    with opened:
        yield opened


def _sha256(file: IO[bytes]) -> str:
    file.seek(0)
    found = hashlib.sha256()
    while chunk := file.read(_CHUNK):
        found.update(chunk)
    return found.hexdigest()


@contextmanager
def _named_in_errors(name: str) -> Iterator[None]:
    try:
        yield
    except UnreadableError as error:
        error.file = name
        raise


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
        (store.claim_owners() | {claim.uid: event.uid for event in events for claim in event.claims}).get,
        text_of,
    )
