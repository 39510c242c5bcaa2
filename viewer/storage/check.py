"""Checking a document: SQLite's own checks, then what SQLite cannot see.

A changed byte in a stored text passes every check of SQLite; its checksum does not. Damage is named, never
computed away: the checksum that was stored stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any

from viewer.domain.anchoring import quote_holds
from viewer.domain.dates import DateError, FuzzyDate
from viewer.domain.records import Event, Source
from viewer.domain.restating import restated
from viewer.frozen import dataclass
from viewer.storage.errors import ReadError
from viewer.storage.rows import sha256_of
from viewer.storage.schema import EDITABLE_TABLES
from viewer.storage.store import Store

_WITHOUT_UID = ("kinds", "event_actors", "event_links", "claim_hops")
_JSON = (
    *((table, "extra", "object") for table in ("meta", "actors", "places", "sources", "events", "claims")),
    *((table, "extra", "object") for table in _WITHOUT_UID),
    ("actors", "aliases", "array"),
    ("places", "aliases", "array"),
    ("views", "definition", "object"),
)
_CHUNK = 1_000  # rows that are decoded at a time
_CHOOSE_AGAIN = "Open the event and choose the passage again."
_FROM_BACKUP = "Restore this record from a backup or from its source."


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong in a document: where, what, and what can be done. `uid` is None for a whole table."""

    table: str
    uid: str | None
    message: str
    remedy: str


def check(store: Store) -> Iterator[Finding]:
    """Yield everything that is wrong with a document, worst first."""
    try:
        yield from _structure(store)
        yield from _not_utf8(store)
        yield from _unreadable_json(store)
        yield from _half_spans(store)
        yield from _circles(store)
        damaged: set[str] = set()
        texts: dict[str, str | None] = {}
        for row in store.rows("SELECT uid FROM sources ORDER BY id"):
            yield from _source(store, row["uid"], texts, damaged)
        for event in store.events():
            yield from _event(event, texts, damaged)
    except ReadError as error:
        yield Finding("document", None, error.message, "Restore a backup.")


def _structure(store: Store) -> Iterator[Finding]:
    for row in store.rows("PRAGMA integrity_check(20)"):
        if row["integrity_check"] != "ok":
            yield Finding(
                "document", None, f"The file is damaged: {row['integrity_check']}.", "Restore a backup."
            )
    for row in store.rows("PRAGMA foreign_key_check"):
        message = f"Row {row['rowid']} refers to a row of {row['parent']} that does not exist."
        yield Finding(str(row["table"]), None, message, "Restore a backup.")


def _unreadable_json(store: Store) -> Iterator[Finding]:
    for table, column, kind in _JSON:
        uid = "NULL" if table in _WITHOUT_UID else "uid"
        for row in store.rows(
            f"""SELECT {uid} AS uid, id FROM {table}
            WHERE CASE WHEN json_valid({column}) THEN json_type({column}) <> '{kind}' ELSE 1 END"""
        ):
            message = f"What row {row['id']} keeps in “{column}” cannot be read: it is no JSON {kind}."
            yield Finding(table, row["uid"], message, _FROM_BACKUP)


def _half_spans(store: Store) -> Iterator[Finding]:
    for row in store.rows("SELECT uid FROM claims WHERE (span_start IS NULL) <> (span_end IS NULL)"):
        message = "The place of its quote in the source's text has only one end."
        yield Finding("claims", row["uid"], message, _CHOOSE_AGAIN)


def _circles(store: Store) -> Iterator[Finding]:
    """Name the sources that are copies of themselves, by way of others or at once."""
    found = store.rows(
        """SELECT s.uid, s.title, original.uid AS original
        FROM sources s LEFT JOIN sources original ON original.id = s.derived_from_id ORDER BY s.id"""
    )
    originals = {row["uid"]: row["original"] for row in found}
    titles = {row["uid"]: row["title"] for row in found}
    done: set[str] = set()
    for start in originals:
        path: list[str] = []
        uid: str | None = start
        while uid is not None and uid not in done:
            done.add(uid)
            path.append(uid)
            uid = originals.get(uid)
        if uid in path:
            message = f"“{_short(titles[uid])}” is recorded as a copy that goes back to itself."
            yield Finding("sources", uid, message, "Edit the source and choose its original again.")


def _source(store: Store, uid: str, texts: dict[str, str | None], damaged: set[str]) -> Iterator[Finding]:
    """Yield what is wrong with one source, and note its text, or that it is damaged."""
    try:
        source = store.source(uid)
    except ReadError as error:  # too large, or on a damaged page; the other sources can be read all the same
        damaged.add(uid)
        yield Finding("sources", uid, f"Its stored text cannot be read: {error.message}", _FROM_BACKUP)
        return
    if source is None:  # its uid itself is damaged
        return
    texts[uid] = source.text
    if not text_is_whole(store, source):
        damaged.add(uid)
        message = f"The stored text of “{source.title}” does not match its checksum."
        yield Finding("sources", uid, message, _FROM_BACKUP)
    for field, date in (("published", source.published), ("accessed", source.accessed)):
        yield from _date("sources", uid, field, date)


def text_is_whole(store: Store, source: Source) -> bool:
    """Return whether a source's text, as it was read, still has the checksum with which it was stored."""
    stored = store.rows("SELECT text_sha256 FROM sources WHERE id = ?", (source.id,))
    return bool(stored) and stored[0]["text_sha256"] == sha256_of(source.text)


def _not_utf8(store: Store) -> Iterator[Finding]:
    """Name the rows whose texts are no UTF-8; they are shown with U+FFFD in place of what cannot be read."""
    for table in sorted(EDITABLE_TABLES):
        found = store.rows("SELECT name FROM pragma_table_info(?)", (table,))
        # Stored texts are compared with their checksums below, and need not be held many at a time.
        columns = [row["name"] for row in found if (table, row["name"]) != ("sources", "text")]
        names = ", ".join(f'"{name}"' for name in columns)
        query = f'SELECT {names} FROM "{table}" WHERE id > ? ORDER BY id LIMIT {_CHUNK}'
        last = -(2**63)
        while chunk := store.tuples(query, (last,), as_bytes=True):
            last = chunk[-1][columns.index("id")]
            if not _is_utf8(cell for row in chunk for cell in row):
                yield from _undecodable(table, columns, chunk)


def _undecodable(table: str, columns: Sequence[str], chunk: Iterable[tuple[Any, ...]]) -> Iterator[Finding]:
    for cells in chunk:
        row = dict(zip(columns, cells, strict=True))
        names = [name for name, cell in row.items() if not _is_utf8((cell,))]
        if names:
            uid = row["uid"].decode(errors="replace") if "uid" in row else None
            message = f"What row {row['id']} keeps in “{names[0]}” is damaged: it is no UTF-8."
            yield Finding(table, uid, message, _FROM_BACKUP)


def _is_utf8(cells: Iterable[object]) -> bool:
    try:
        b" ".join(cell for cell in cells if isinstance(cell, bytes)).decode()
    except UnicodeDecodeError:
        return False
    return True


def _event(event: Event, texts: Mapping[str, str | None], damaged: Set[str]) -> Iterator[Finding]:
    yield from _date("events", event.uid, "when", event.when)
    for claim in event.claims:
        yield from _date("claims", claim.uid, "when", claim.when)
        quote = f"The quote “{_short(claim.quote or '')}” of “{_short(event.title)}”"
        if (
            claim.span is not None
            and claim.source in texts
            and not quote_holds(claim.quote, claim.span, texts[claim.source])
        ):
            message = f"{quote} does not stand at its place in the source's text."
            yield Finding("claims", claim.uid, message, _CHOOSE_AGAIN)
        elif claim.source in damaged and claim.span is not None:
            message = f"{quote} comes from a text that does not match its checksum."
            yield Finding("claims", claim.uid, message, _FROM_BACKUP)


def _date(table: str, uid: str, field: str, date: FuzzyDate | None) -> Iterator[Finding]:
    if date is None:
        return
    if date.edtf is None:
        if any(bound is not None for bound in _bounds(date)):
            yield Finding(table, uid, f"The bounds of {field} have no EDTF.", "Enter the date again.")
        return
    try:
        # Not the wording: that an older version read it by other rules is no damage.
        means = restated(date.edtf, precision=date.precision)
    except DateError as error:
        yield Finding(
            table, uid, f"The date {date.edtf!r} ({field}) cannot be read: {error}", "Enter it again."
        )
        return
    if _extent(means) != _extent(date):
        message = f"The bounds of {field} are not those of its EDTF {date.edtf}."
        yield Finding(table, uid, message, "Enter the date again.")


def _bounds(date: FuzzyDate) -> tuple[int | None, ...]:
    return date.start_lo, date.start_hi, date.end_lo, date.end_hi


def _extent(date: FuzzyDate) -> tuple[object, ...]:
    return *_bounds(date), date.earliest_state, date.latest_state, date.shape


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"
