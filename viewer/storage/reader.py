"""Reading: records, raw rows and plain iterators out of a document's tables.

A record is gathered from several tables by one query each for all events asked for, not one for each event.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from viewer.domain.edits import Cell, Row
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.records import Actor, Claim, Event, Hop, Kind, Link, Part, Place, Source
from viewer.frozen import dataclass
from viewer.storage import rows
from viewer.storage.errors import ReadError, is_busy

_CHUNK = 500  # ids a query; well below SQLite's limit of variables

_CLAIMS = """SELECT claims.*, sources.uid AS source, statement.uid AS statement
    FROM claims JOIN sources ON sources.id = claims.source_id
    LEFT JOIN events AS statement ON statement.id = claims.statement_event_id"""
_NAMED = "SELECT a.*, p.name AS parent FROM {0} a LEFT JOIN {0} p ON p.id = a.parent_id ORDER BY a.id"
_SOURCES = """SELECT sources.*, original.uid AS derived_from
    FROM sources LEFT JOIN sources AS original ON original.id = sources.derived_from_id"""
_EVENTS = """SELECT events.*, kinds.name AS kind, place.name AS place, origin.name AS origin
    FROM events JOIN kinds ON kinds.id = events.kind_id
    LEFT JOIN places AS place ON place.id = events.place_id
    LEFT JOIN places AS origin ON origin.id = events.origin_place_id"""

# A source that disputes an event says nothing of when it was over, and a retracted claim nothing at all.
_TELLING = "NOT retracted AND stance <> 'disputes' AND published_end_hi IS NOT NULL"
_DRAWN = """SELECT events.id, kind_id, events.title, {0}_start_lo, {0}_start_hi, {0}_end_lo, {0}_end_hi,
    {0}_earliest_state, {0}_latest_state, {0}_shape,
    coalesce({0}_approximate, 0) OR coalesce({0}_uncertain, 0),
    EXISTS (SELECT 1 FROM claims WHERE event_id = events.id AND stance = 'disputes' AND NOT retracted)"""
_WHEN_IT_HAPPENED = f"""{_DRAWN.format("when")},
    (SELECT min(published_end_hi) FROM claims JOIN sources ON sources.id = source_id
        WHERE event_id = events.id AND {_TELLING})
    FROM events ORDER BY events.id"""
_WHEN_IT_WAS_SAID = f"""{_DRAWN.format("published")}, NULL
    FROM events LEFT JOIN (
        SELECT event_id, source_id,
            row_number() OVER (PARTITION BY event_id ORDER BY published_end_hi, claims.id) AS place
        FROM claims JOIN sources ON sources.id = source_id WHERE {_TELLING}
    ) AS told ON told.event_id = events.id AND told.place = 1
    LEFT JOIN sources ON sources.id = told.source_id ORDER BY events.id"""


@dataclass(frozen=True, slots=True)
class Meta:
    """What a document says of itself."""

    uid: str
    revision: int
    title: str | None
    language: str | None
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SourceBrief:
    """A source without its text: what a list of sources shows."""

    id: int
    uid: str
    title: str
    publisher: str | None
    language: str | None
    published: FuzzyDate | None
    has_text: bool
    reliability: str | None = None
    derived_from: str | None = None


class Reader:
    """Reads over a connection that somebody else opens and closes."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def meta(self) -> Meta:
        """Return the document's uid, revision and title."""
        row = self._rows("SELECT * FROM meta")[0]
        return Meta(row["uid"], row["revision"], row["title"], row["language"], rows.extra_from(row))

    def kinds(self) -> tuple[Kind, ...]:
        """Return all kinds, built-in ones first."""
        return tuple(rows.kind_from(row) for row in self._rows("SELECT * FROM kinds ORDER BY id"))

    def actors(self) -> tuple[Actor, ...]:
        """Return all actors in the order in which they were added."""
        return tuple(rows.actor_from(row) for row in self._rows(_NAMED.format("actors")))

    def places(self) -> tuple[Place, ...]:
        """Return all places in the order in which they were added."""
        return tuple(rows.place_from(row) for row in self._rows(_NAMED.format("places")))

    def sources(self, ids: Sequence[int] | None = None) -> Iterator[Source]:
        """Yield sources, all or a few by id, in the order in which they were added; their rows are held at once."""
        chosen = "" if ids is None else f"WHERE sources.id IN ({', '.join('?' * len(ids))})"
        for row in self._rows(f"{_SOURCES} {chosen} ORDER BY sources.id", ids or ()):
            yield rows.source_from(row)

    def source_briefs(self) -> list[SourceBrief]:
        """Return all sources without their texts, in the order in which they were added."""
        columns = ", ".join(f"s.{name}" for name in rows.date_columns("published", None))
        query = f"""SELECT s.id, s.uid, s.title, s.publisher, s.language, {columns}, s.reliability,
                typeof(s.text) = 'text' AS has_text, original.uid AS derived_from
            FROM sources s LEFT JOIN sources original ON original.id = s.derived_from_id ORDER BY s.id"""
        return [
            SourceBrief(
                id=row["id"],
                uid=row["uid"],
                title=row["title"],
                publisher=row["publisher"],
                language=row["language"],
                published=rows.date_from("published", row),
                has_text=bool(row["has_text"]),
                reliability=row["reliability"],
                derived_from=row["derived_from"],
            )
            for row in self._rows(query)
        ]

    def source(self, uid: str) -> Source | None:
        """Return one source."""
        found = self._rows(f"{_SOURCES} WHERE sources.uid = ?", (uid,))
        return rows.source_from(found[0]) if found else None

    def event(self, event_id: int) -> Event | None:
        """Return one event with all that is claimed of it."""
        return next(self.events((event_id,)), None)

    def events(self, ids: Iterable[int] | None = None) -> Iterator[Event]:
        """Yield events in the order of `ids`, or all of them in the order in which they were added."""
        wanted = self.event_ids() if ids is None else list(ids)
        for start in range(0, len(wanted), _CHUNK):
            yield from self._events(wanted[start : start + _CHUNK])

    def claims_of_source(self, source_id: int) -> list[tuple[int, Claim]]:
        """Return what a source says, each claim with the id of its event, in the order in which they were added."""
        hops: dict[int, list[Hop]] = {}
        for row in self._rows(
            """SELECT claim_hops.*, actors.name AS actor FROM claim_hops
            LEFT JOIN actors ON actors.id = claim_hops.actor_id
            WHERE claim_id IN (SELECT id FROM claims WHERE source_id = ?) ORDER BY claim_id, position""",
            (source_id,),
        ):
            hops.setdefault(row["claim_id"], []).append(rows.hop_from(row))
        found = self._rows(f"{_CLAIMS} WHERE claims.source_id = ? ORDER BY claims.id", (source_id,))
        return [(row["event_id"], rows.claim_from(row, tuple(hops.get(row["id"], ())))) for row in found]

    def linked(self, event_id: int) -> list[tuple[int, str, bool]]:
        """Return the events linked with one: id, relation, and whether the link leads there."""
        found = self._rows(
            """SELECT to_event_id AS other, relation, 1 AS outgoing, position FROM event_links
            WHERE from_event_id = ?1 UNION ALL
            SELECT from_event_id, relation, 0, id FROM event_links WHERE to_event_id = ?1
            ORDER BY outgoing DESC, position""",
            (event_id,),
        )
        return [(row["other"], row["relation"], bool(row["outgoing"])) for row in found]

    def event_ids(self) -> list[int]:
        """Return the ids of all events in the order in which they were added."""
        return [row["id"] for row in self._rows("SELECT id FROM events ORDER BY id")]

    def id_of(self, table: str, column: str, value: str) -> int | None:
        """Return the id of the row whose unique text column (uid or name) has a value."""
        return self.ids_of(table, column, (value,)).get(value)

    def ids_of(self, table: str, column: str, values: Iterable[str]) -> dict[str, int]:
        """Return the ids of the rows whose unique text column (uid or name) has one of some values."""
        # Half a character is no UTF-8, so no row has it.
        wanted = [value for value in dict.fromkeys(values) if _is_text(value)]
        found: dict[str, int] = {}
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            marks = ", ".join("?" * len(part))
            found.update(
                self._tuples(f'SELECT "{column}", id FROM "{table}" WHERE "{column}" IN ({marks})', part)
            )
        return found

    def events_beginning(self, uid: str) -> tuple[int, int | None]:
        """Return how many events have a uid that begins so, and the id of one of them."""
        if not _is_text(uid):
            return 0, None
        last = uid + chr(0x10FFFF)
        row = self._tuples("SELECT count(*), min(id) FROM events WHERE uid BETWEEN ? AND ?", (uid, last))[0]
        return row[0], row[1]

    def event_count(self) -> int:
        """Return how many events there are."""
        return int(self._tuples("SELECT count(*) FROM events")[0][0])

    def ids_by(self, table: str, column: str) -> dict[str, int]:
        """Return the ids of all of a table's rows by a unique text column (uid or name): for imports alone."""
        return {row["k"]: row["id"] for row in self._rows(f'SELECT id, "{column}" AS k FROM "{table}"')}

    def claim_owners(self, claims: Iterable[str] | None = None) -> dict[str, str]:
        """Return the uid of the event that each claim, or each of some, belongs to, by the claim's own uid."""
        query = "SELECT c.uid, e.uid FROM claims c JOIN events e ON e.id = c.event_id"
        if claims is None:
            return dict(self._tuples(query))
        wanted = [value for value in dict.fromkeys(claims) if _is_text(value)]
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _CHUNK):
            part = wanted[start : start + _CHUNK]
            found.update(self._tuples(f"{query} WHERE c.uid IN ({', '.join('?' * len(part))})", part))
        return found

    def rows_of(self, table: str, column: str, value: Cell) -> Sequence[Row]:
        """Return the raw rows of a table whose column has a value, in order of position or id."""
        return self._rows(f'SELECT * FROM "{table}" WHERE "{column}" = ? ORDER BY id', (value,))

    def next_id(self, table: str) -> int:
        """Return an id that no row of the table has ever had."""
        found = self._rows("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))
        return int(found[0]["seq"]) + 1 if found else 1

    def extents(self, *, by_publication: bool = False) -> Iterator[tuple[Any, ...]]:
        """Yield what the timeline draws of each event, in order of id: when it happened, or was first said.

        (id, kind id, title, start_lo, start_hi, end_lo, end_hi, earliest state, latest state, shape, blurred,
        disputed, the second by which its first publication was out or None)
        """
        yield from self._tuples(_WHEN_IT_WAS_SAID if by_publication else _WHEN_IT_HAPPENED)

    def views(self) -> tuple[Mapping[str, Any], ...]:
        """Return the saved views, each as the bundle writes it."""
        found = self._rows("SELECT uid, name, definition FROM views ORDER BY id")
        return tuple(rows.view_from(row) for row in found)

    def rows(self, query: str, values: Sequence[Cell] = ()) -> list[dict[str, Any]]:
        """Run a query of another module of this room."""
        return self._rows(query, values)

    def tuples(
        self, query: str, values: Sequence[Cell] = (), *, as_bytes: bool = False
    ) -> list[tuple[Any, ...]]:
        """Run a query of another module of this room; `as_bytes`: texts as they are stored, in UTF-8."""
        if not as_bytes:
            return self._tuples(query, values)
        kept, self._connection.text_factory = self._connection.text_factory, bytes
        try:
            return self._tuples(query, values)
        finally:
            self._connection.text_factory = kept

    def _rows(self, query: str, values: Sequence[Cell] = ()) -> list[dict[str, Any]]:
        names: list[str] = []
        found = self._tuples(query, values, names)
        return [dict(zip(names, row, strict=True)) for row in found]

    def _tuples(
        self, query: str, values: Sequence[Cell] = (), names: list[str] | None = None
    ) -> list[tuple[Any, ...]]:
        try:
            try:
                cursor = self._connection.execute(query, values)
                found = cursor.fetchall()
            except sqlite3.OperationalError as error:
                if "decode" not in str(error):
                    raise
                # A damaged text must not keep the rest from being read; its checksum tells that it is damaged.
                self._connection.text_factory = _decoded
                cursor = self._connection.execute(query, values)
                found = cursor.fetchall()
        except sqlite3.Error as error:
            raise _unreadable(self.path, error) from error
        if names is not None:
            names.extend(column[0] for column in cursor.description)
        return found

    def _events(self, ids: Sequence[int]) -> Iterator[Event]:
        marks = ", ".join("?" * len(ids))
        actors = self._grouped(
            f"""SELECT event_id AS owner, name, role, event_actors.extra FROM event_actors
            JOIN actors ON actors.id = actor_id WHERE event_id IN ({marks}) ORDER BY position""",
            ids,
        )
        links = self._grouped(
            f"""SELECT from_event_id AS owner, events.uid AS "to", relation, event_links.extra
            FROM event_links JOIN events ON events.id = to_event_id
            WHERE from_event_id IN ({marks}) ORDER BY position""",
            ids,
        )
        tags = self._grouped(
            f"""SELECT event_id AS owner, name FROM event_tags JOIN tags ON tags.id = tag_id
            WHERE event_id IN ({marks}) ORDER BY position""",
            ids,
        )
        claims = self._claims_of(ids)
        found = {row["id"]: row for row in self._rows(f"{_EVENTS} WHERE events.id IN ({marks})", ids)}
        for event_id in ids:
            if event_id not in found:
                continue
            row = found[event_id]
            yield Event(
                uid=row["uid"],
                kind=row["kind"],
                title=row["title"],
                summary=row["summary"],
                when=rows.date_from("when", row),
                place=row["place"],
                origin=row["origin"],
                quantity=rows.quantity_from(row),
                actors=tuple(
                    Part(name=r["name"], role=r["role"], extra=rows.extra_from(r))
                    for r in actors.get(event_id, ())
                ),
                links=tuple(
                    Link(to=r["to"], relation=r["relation"], extra=rows.extra_from(r))
                    for r in links.get(event_id, ())
                ),
                tags=tuple(r["name"] for r in tags.get(event_id, ())),
                claims=tuple(claims.get(event_id, ())),
                extra=rows.extra_from(row),
                id=event_id,
            )

    def _claims_of(self, event_ids: Sequence[int]) -> dict[int, list[Claim]]:
        marks = ", ".join("?" * len(event_ids))
        hops: dict[int, list[Hop]] = {}
        for row in self._rows(
            f"""SELECT claim_hops.*, actors.name AS actor FROM claim_hops
            LEFT JOIN actors ON actors.id = claim_hops.actor_id
            WHERE claim_id IN (SELECT id FROM claims WHERE event_id IN ({marks}))
            ORDER BY claim_id, position""",
            event_ids,
        ):
            hops.setdefault(row["claim_id"], []).append(rows.hop_from(row))
        claims: dict[int, list[Claim]] = {}
        for row in self._rows(f"{_CLAIMS} WHERE claims.event_id IN ({marks}) ORDER BY claims.id", event_ids):
            claim = rows.claim_from(row, tuple(hops.get(row["id"], ())))
            claims.setdefault(row["event_id"], []).append(claim)
        return claims

    def _grouped(self, query: str, ids: Sequence[int]) -> dict[int, list[dict[str, Any]]]:
        groups: dict[int, list[dict[str, Any]]] = {}
        for row in self._rows(query, ids):
            groups.setdefault(row["owner"], []).append(row)
        return groups


def _is_text(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _decoded(text: bytes) -> str:
    return text.decode("utf-8", "replace")


def _unreadable(path: Path, error: sqlite3.Error) -> ReadError:
    if is_busy(error):
        message = f"“{path.name}” is being written by another program."
        return ReadError("in-use", message, "Try again when that is done.", path=path)
    return ReadError("unreadable", f"“{path.name}” cannot be read: {error}.", "Open a backup.", path=path)
