"""Files brought into a document: of which format they are, what they refer to, and the one edit they become."""

from __future__ import annotations

import gc
import hashlib
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NamedTuple

from viewer.formats.bundle import read_bundle
from viewer.formats.held_back import HeldBack, hold_back, keep_references
from viewer.formats.incoming import Incoming, Known, UnreadableError
from viewer.formats.reading import ForeignFile, Part, parts_of
from viewer.formats.registry import BUNDLE, head_of, readable_format, recognised
from viewer.import_commands import Importing, ImportResult
from viewer.storage.store import Store

BUNDLE_LIMIT = 256 * 1024 * 1024
"""Bytes; a bundle is read whole."""
_CHUNK = 1024 * 1024
_OBJECTS = 100_000
"""New ones after which Python looks for circles among them: those of a part of a file."""


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
                with closing(parts_of(foreign, cancelled=cancelled, told=told)) as parts:
                    _bring(foreign, importing, store, parts)
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


def _bring(foreign: ForeignFile, importing: Importing, store: Store, parts: Iterator[Part]) -> None:
    """Draft a file part by part, then what refers to something that came later in it."""
    name = foreign.name
    with closing(HeldBack()) as whole, closing(HeldBack()) as references, _seldom_collecting():
        for part in parts:
            known = _known_to(importing, store, part)
            held = hold_back(part, known, whole)
            incoming = _of_file(part.read(known), name)
            importing.add(incoming, name)
            keep_references(held, incoming, references)
        for part, _ in whole.parts():
            importing.add(_of_file(part.read(_known_to(importing, store, part)), name), name)
        for part, extras in references.parts():
            importing.complete(_of_file(part.read(_known_to(importing, store, part)), name), extras)


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Let Python look for circles more seldom: records have none, and to look takes a fifth of an import's time."""
    usual = gc.get_threshold()
    gc.set_threshold(_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


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
        importing.owners_of(named["claims"]).get,
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
        # To open what is no plain file may wait for ever.
        if not stat.S_ISREG(each.content.stat().st_mode):
            raise UnreadableError("it cannot be read: it is no file")
        opened = each.content.open("rb")
    except (OSError, ValueError) as error:
        told = error.strerror if isinstance(error, OSError) else None
        raise UnreadableError(f"it cannot be read: {told or error}") from error
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
