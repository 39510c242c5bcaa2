"""Drafting an edit: from records as they shall be to the changes of rows that lead there.

Knows which rows make up a record and finds ids by uid or name; what is named for the first time is added.
Writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from viewer.domain.edits import Cell, Change, Edit, Row
from viewer.domain.records import Actor, Event, Hop, Kind, Place, Source
from viewer.domain.uids import new_uid
from viewer.storage import rows
from viewer.storage.errors import WriteError
from viewer.storage.spool import Spool
from viewer.storage.store import Store

__all__ = ["Drafting", "new_uid"]

Named = TypeVar("Named", Actor, Place)
MOST_REMEMBERED = 50_000
"""Names of one sort that an edit remembers in memory."""


class Drafting:
    """Collects the changes of one edit, and remembers what it has named so far."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changes = Spool()
        self._first: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._ids: dict[tuple[str, str], dict[str, int | None]] = {}
        self.import_id: int | None = None  # the batch that added events and sources belong to

    def edit(self, label: str, *, author: str | None = None, reason: str | None = None) -> Edit:
        """Return the edit of all changes so far."""
        held = self._changes.held
        changes = self._changes if held is None else held
        return Edit(uid=new_uid(), label=label, changes=changes, author=author, reason=reason)

    def __len__(self) -> int:
        return len(self._changes)

    # Rows

    def insert(self, table: str, row: Row) -> int:
        """Add a row and return the id it will have."""
        row_id = self._next.get(table) or self._store.next_id(table)
        self._first.setdefault(table, row_id)
        self._next[table] = row_id + 1
        # A column that is not named is NULL: of the forty of a claim, most.
        said = {name: value for name, value in row.items() if value is not None}
        self._changes.append(Change(table, row_id, None, said))
        return row_id

    def revise(self, table: str, before: Row, after: Row) -> None:
        """Change the columns of `after` that differ from the row as it is."""
        old = {name: before[name] for name, value in after.items() if not _same(before[name], value)}
        if old:
            self._changes.append(Change(table, _id(before), old, {name: after[name] for name in old}))

    def delete(self, table: str, row: Row) -> None:
        """Remove a row as it is."""
        whole = {name: value for name, value in row.items() if name != "id"}
        self._changes.append(Change(table, _id(row), whole, None))

    def match(self, table: str, existing: Sequence[Row], wanted: Sequence[Row]) -> None:
        """Make the rows of a list into the wanted ones, position by position."""
        for before, after in zip(existing, wanted, strict=False):
            self.revise(table, before, after)
        for after in wanted[len(existing) :]:
            self.insert(table, after)
        for before in existing[len(wanted) :]:
            self.delete(table, before)

    def rows_of(self, owner: str, row_id: int, table: str, column: str) -> Sequence[Row]:
        """Return the rows of `table` that belong to a record of `owner`; a drafted record has none yet."""
        return () if self.is_drafted(owner, row_id) else self._store.rows_of(table, column, row_id)

    def is_drafted(self, table: str, row_id: int) -> bool:
        """Tell whether a row is one that this edit adds."""
        first = self._first.get(table)
        return first is not None and row_id >= first

    # Names

    def id_of(self, table: str, column: str, value: str) -> int | None:
        """Return the id of a record by its uid or name, drafted ones included."""
        known = self._ids.setdefault((table, column), {})
        if value not in known:
            self.foresee(table, column, (value,))
        return known[value]

    def foresee(self, table: str, column: str, values: Iterable[str]) -> None:
        """Look up at once the ids of many records that are going to be asked for one by one."""
        known = self._ids.setdefault((table, column), {})
        wanted = [value for value in dict.fromkeys(values) if value not in known]
        known.update(dict.fromkeys(wanted))
        known.update(self._store.ids_of(table, column, wanted))
        known.update(self._changes.kept_ids(f"{table}.{column}", wanted))

    def ids_of(self, table: str, column: str, values: Iterable[str]) -> dict[str, int]:
        """Return the ids of those records that there are, by uid or name, drafted ones included."""
        wanted = list(values)
        self.foresee(table, column, wanted)
        known = self._ids[table, column]
        return {value: row_id for value in wanted if (row_id := known[value]) is not None}

    def know(self, table: str, column: str, value: str, row_id: int) -> None:
        """Remember the id of a drafted record."""
        if self.id_of(table, column, value) is None:
            self._ids[table, column][value] = row_id

    def settle(self) -> None:
        """Let go of what was remembered of many names: those of drafted records can still be found."""
        for (table, column), known in self._ids.items():
            if len(known) > MOST_REMEMBERED:
                drafted = {value: row_id for value, row_id in known.items() if row_id is not None}
                drafted = {v: row_id for v, row_id in drafted.items() if self.is_drafted(table, row_id)}
                self._changes.keep_ids(f"{table}.{column}", drafted)
                known.clear()

    def kind(self, kind: Kind) -> int:
        """Return the id of a kind by its name, added if it is new."""
        found = self.id_of("kinds", "name", kind.name)
        if found is None:
            found = self.insert("kinds", rows.kind_row(kind))
            self.know("kinds", "name", kind.name, found)
        return found

    def actor(self, name: str) -> int:
        """Return the id of an actor by name, added if it is new."""
        found = self.id_of("actors", "name", name)
        return self.add_actor(Actor(uid=new_uid(), name=name)) if found is None else found

    def add_actor(self, actor: Actor) -> int:
        """Add an actor; its parent is found by name, or added."""
        row_id = self.insert(
            "actors", rows.actor_row(actor, self.actor(actor.parent) if actor.parent else None)
        )
        self.know("actors", "name", actor.name, row_id)
        return row_id

    def place(self, name: str) -> int:
        """Return the id of a place by name, added if it is new."""
        found = self.id_of("places", "name", name)
        return self.add_place(Place(uid=new_uid(), name=name)) if found is None else found

    def add_place(self, place: Place) -> int:
        """Add a place; its parent is found by name, or added."""
        row_id = self.insert(
            "places", rows.place_row(place, self.place(place.parent) if place.parent else None)
        )
        self.know("places", "name", place.name, row_id)
        return row_id

    def meet_actors(self, actors: Iterable[Actor]) -> None:
        """Add actors that a file describes, parents first; those known by uid or name stay as they are."""
        self._meet("actors", {actor.name: actor for actor in actors}, self.add_actor)

    def meet_places(self, places: Iterable[Place]) -> None:
        """Add places that a file describes, parents first; those known by uid or name stay as they are."""
        self._meet("places", {place.name: place for place in places}, self.add_place)

    def _meet(self, table: str, waiting: dict[str, Named], add: Callable[[Named], int]) -> None:
        while waiting:
            chain = [next(iter(waiting))]
            while (parent := waiting[chain[-1]].parent) in waiting and parent not in chain:
                chain.append(parent)
            record = waiting.pop(chain[-1])
            known = self.id_of(table, "uid", record.uid) if record.uid else None
            if known is not None:
                self.know(table, "name", record.name, known)
            elif self.id_of(table, "name", record.name) is None:
                add(record if record.uid else replace(record, uid=new_uid()))

    def tag(self, name: str) -> int:
        """Return the id of a tag by name, added if it is new."""
        found = self.id_of("tags", "name", name)
        if found is None:
            found = self.insert("tags", {"name": name})
            self.know("tags", "name", name, found)
        return found

    # Records

    def source(self, source: Source) -> int:
        """Add a source, or revise the one that has its uid; return its id."""
        original = self.id_of("sources", "uid", source.derived_from) if source.derived_from else None
        row = rows.source_row(source, original)
        found = self.id_of("sources", "uid", source.uid)
        existing = () if found is None else self._store.rows_of("sources", "id", found)
        if existing:
            self.revise("sources", existing[0], row)
            return _id(existing[0])
        found = self.insert("sources", {**row, "import_id": self.import_id})
        self.know("sources", "uid", source.uid, found)
        return found

    def expect_sources(self, uids: Iterable[str]) -> None:
        """Foresee the ids of sources that will be drafted in this order: one may derive from a later one."""
        following = self._store.next_id("sources")
        uids = list(uids)
        self.foresee("sources", "uid", uids)
        for uid in uids:
            if self.id_of("sources", "uid", uid) is None:
                self.know("sources", "uid", uid, following)
                following += 1

    def event(self, event: Event) -> int:
        """Add an event, or revise the one that has its uid, with actors and tags; return its id.

        Its claims and links follow with `claims` and `links`, when all events that they refer to are drafted.
        """
        kind_id = self.id_of("kinds", "name", event.kind)
        if kind_id is None:
            raise _missing("kind", event.kind)
        place_id = self.place(event.place) if event.place else None
        origin_id = self.place(event.origin) if event.origin else None
        row = rows.event_row(event, kind_id=kind_id, place_id=place_id, origin_place_id=origin_id)
        found = self.id_of("events", "uid", event.uid)
        if found is None:
            found = self.insert("events", {**row, "import_id": self.import_id})
            self.know("events", "uid", event.uid, found)
        else:
            self.revise("events", self._event_row(found), row)
        self._parts(found, event)
        return found

    def links(self, event: Event) -> None:
        """Make an event's links; every target must be in the document or drafted before."""
        event_id = self._event_id(event)
        wanted: list[dict[str, Cell]] = [
            {
                "from_event_id": event_id,
                "position": position,
                "to_event_id": self.id_of("events", "uid", link.to),
                "relation": link.relation,
                "extra": rows.to_json(link.extra),
            }
            for position, link in enumerate(event.links)
        ]
        self.match("event_links", self.rows_of("events", event_id, "event_links", "from_event_id"), wanted)

    def _event_id(self, event: Event) -> int:
        event_id = self.id_of("events", "uid", event.uid)
        if event_id is None:
            raise _missing("event", event.uid)
        return event_id

    def _parts(self, event_id: int, event: Event) -> None:
        actors: list[dict[str, Cell]] = [
            {
                "event_id": event_id,
                "position": position,
                "actor_id": self.actor(part.name),
                "role": part.role,
                "extra": rows.to_json(part.extra),
            }
            for position, part in enumerate(event.actors)
        ]
        self.match("event_actors", self.rows_of("events", event_id, "event_actors", "event_id"), actors)
        tags = [
            {"event_id": event_id, "position": position, "tag_id": self.tag(name)}
            for position, name in enumerate(event.tags)
        ]
        self.match("event_tags", self.rows_of("events", event_id, "event_tags", "event_id"), tags)

    def claims(self, event: Event) -> None:
        """Make an event's claims; their sources and statements must be in the document or drafted before."""
        event_id = self._event_id(event)
        existing = {str(row["uid"]): row for row in self.rows_of("events", event_id, "claims", "event_id")}
        for claim in event.claims:
            source_id = self.id_of("sources", "uid", claim.source)
            if source_id is None:
                raise _missing("source", claim.source)
            statement = self.id_of("events", "uid", claim.statement) if claim.statement else None
            row = rows.claim_row(claim, event_id=event_id, source_id=source_id, statement_event_id=statement)
            before = existing.pop(claim.uid, None)
            if before is None:
                claim_id = self.insert("claims", row)
                self.match("claim_hops", (), self._hops(claim_id, claim.chain))
            else:
                claim_id = _id(before)
                self.revise("claims", before, row)
                hops = self.rows_of("claims", claim_id, "claim_hops", "claim_id")
                self.match("claim_hops", hops, self._hops(claim_id, claim.chain))
        for before in existing.values():
            self.delete_claim(before)

    def _hops(self, claim_id: int, chain: Iterable[Hop]) -> list[dict[str, Cell]]:
        return [
            {
                "claim_id": claim_id,
                "position": position,
                "actor_id": None if hop.anonymous else self.actor(hop.name),
                "wording": hop.name if hop.anonymous else None,
                "anonymous": None if hop.anonymous is None else int(hop.anonymous),
                "verb": hop.verb,
                "extra": rows.to_json(hop.extra),
            }
            for position, hop in enumerate(chain)
        ]

    def delete_claim(self, row: Row) -> None:
        """Remove a claim with its chain."""
        self.match("claim_hops", self._store.rows_of("claim_hops", "claim_id", row["id"]), ())
        self.delete("claims", row)

    def delete_event(self, event_id: int) -> None:
        """Remove an event with its claims, its links both ways, and its place in other claims' statements."""
        for table, column in (
            ("event_actors", "event_id"),
            ("event_tags", "event_id"),
            ("event_links", "from_event_id"),
        ):
            self.match(table, self._store.rows_of(table, column, event_id), ())
        for link in self._store.rows_of("event_links", "to_event_id", event_id):
            if link["from_event_id"] != event_id:
                self.delete("event_links", link)
        for claim in self._store.rows_of("claims", "event_id", event_id):
            self.delete_claim(claim)
        for claim in self._store.rows_of("claims", "statement_event_id", event_id):
            if claim["event_id"] != event_id:
                self.revise("claims", claim, {"statement_event_id": None})
        self.delete("events", self._event_row(event_id))

    def _event_row(self, event_id: int) -> Row:
        found = self._store.rows_of("events", "id", event_id)
        if not found:
            raise _missing("event", f"number {event_id}")
        return found[0]


def _missing(what: str, name: str) -> WriteError:
    """Return the error of an edit that needs what was deleted, or what a damaged index leads to in vain."""
    return WriteError(
        "not-there",
        f"There is no {what} “{name}” in the document.",
        "Nothing was changed. If it is shown, the file is damaged: check it, and open a backup.",
    )


def _same(a: Cell, b: Cell) -> bool:
    return a == b and isinstance(a, float) == isinstance(b, float)


def _id(row: Row) -> int:
    return int(row["id"] or 0)
