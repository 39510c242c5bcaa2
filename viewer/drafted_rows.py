"""The rows that an edit changes, and the ids of what it names: actors, places, kinds and tags are added by name.

Below records (`drafting`), which are made of them. Writes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from viewer.domain.edits import Cell, Change, Row
from viewer.domain.records import Actor, Kind, Place
from viewer.domain.uids import new_uid
from viewer.storage import rows
from viewer.storage.spool import Spool
from viewer.storage.store import Store

Named = TypeVar("Named", Actor, Place)
MOST_REMEMBERED = 50_000
"""Names of one sort that an edit remembers in memory."""


class DraftedRows:
    """Collects the changes of one edit, and remembers what it has named so far."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._changes = Spool()
        self._first: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._ids: dict[tuple[str, str], dict[str, int | None]] = {}
        self._promised: dict[tuple[str, str], Row] = {}
        """Actors and places that were added for the sake of what they are parents of, by table and name."""
        self._above: dict[tuple[str, int], int] = {}
        """The parents of drafted actors and places, and the originals of drafted sources, by table and id."""

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
            self._changes.append(Change(table, id_in(before), old, {name: after[name] for name in old}))

    def delete(self, table: str, row: Row) -> None:
        """Remove a row as it is."""
        whole = {name: value for name, value in row.items() if name != "id"}
        self._changes.append(Change(table, id_in(row), whole, None))

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
        return self._add_named("actors", actor.name, self._actor_row(actor))

    def _actor_row(self, actor: Actor, row_id: int = 0) -> Row:
        return rows.actor_row(actor, self._parent("actors", actor.parent, row_id))

    def place(self, name: str) -> int:
        """Return the id of a place by name, added if it is new."""
        found = self.id_of("places", "name", name)
        return self.add_place(Place(uid=new_uid(), name=name)) if found is None else found

    def add_place(self, place: Place) -> int:
        """Add a place; its parent is found by name, or added."""
        return self._add_named("places", place.name, self._place_row(place))

    def _place_row(self, place: Place, row_id: int = 0) -> Row:
        return rows.place_row(place, self._parent("places", place.parent, row_id))

    def _add_named(self, table: str, name: str, row: Row) -> int:
        row_id = self.insert(table, row)
        self.know(table, "name", name, row_id)
        self._lead(table, row_id, row["parent_id"])
        return row_id

    def _parent(self, table: str, name: str | None, row_id: int) -> int | None:
        """Return the id of a parent, found by name, or added to be described later; none leads back to `row_id`."""
        if not name:
            return None
        found = self.id_of(table, "name", name)
        if found is None:
            row = (
                rows.actor_row(Actor(uid=new_uid(), name=name), None)
                if table == "actors"
                else rows.place_row(Place(uid=new_uid(), name=name), None)
            )
            found = self._add_named(table, name, row)
            self._promised[table, name] = {"id": found, **row}
        return None if self._leads_back(table, row_id, found) else found

    def _lead(self, table: str, row_id: int, above: Cell) -> None:
        if isinstance(above, int):
            self._above[table, row_id] = above

    def _leads_back(self, table: str, row_id: int, above: int | None) -> bool:
        """Tell whether what this edit says of parents or originals leads from one row to another."""
        while above is not None and above != row_id:
            above = self._above.get((table, above))
        return above == row_id

    def meet_actors(self, actors: Iterable[Actor]) -> None:
        """Add actors that a file describes, parents first; those known by uid or name stay as they are."""
        self._meet("actors", {actor.name: actor for actor in actors}, self._actor_row)

    def meet_places(self, places: Iterable[Place]) -> None:
        """Add places that a file describes, parents first; those known by uid or name stay as they are."""
        self._meet("places", {place.name: place for place in places}, self._place_row)

    def _meet(self, table: str, waiting: dict[str, Named], row_of: Callable[[Named, int], Row]) -> None:
        self.foresee(table, "uid", (record.uid for record in waiting.values() if record.uid))
        self.foresee(table, "name", waiting)
        while waiting:
            chain, name = [], next(iter(waiting))
            while (record := waiting.pop(name, None)) is not None:
                chain.append(record)
                name = record.parent or ""
            for record in reversed(chain):
                known = self.id_of(table, "uid", record.uid) if record.uid else None
                if known is not None:
                    self.know(table, "name", record.name, known)
                else:
                    self._describe(table, record, row_of)

    def _describe(self, table: str, record: Named, row_of: Callable[[Named, int], Row]) -> None:
        """Add what a file describes, or describe what was added as the parent of something; else it stays."""
        promised = self._promised.pop((table, record.name), None)
        if promised is not None:
            row_id = id_in(promised)
            record = replace(record, uid=record.uid or str(promised["uid"]))
            row = row_of(record, row_id)
            self.revise(table, promised, row)
            self._lead(table, row_id, row["parent_id"])
        elif self.id_of(table, "name", record.name) is None:
            record = record if record.uid else replace(record, uid=new_uid())
            row_id = self._add_named(table, record.name, row_of(record, 0))
        else:
            return
        self.know(table, "uid", record.uid, row_id)

    def tag(self, name: str) -> int:
        """Return the id of a tag by name, added if it is new."""
        found = self.id_of("tags", "name", name)
        if found is None:
            found = self.insert("tags", {"name": name})
            self.know("tags", "name", name, found)
        return found


def _same(a: Cell, b: Cell) -> bool:
    return a == b and isinstance(a, float) == isinstance(b, float)


def id_in(row: Row) -> int:
    """Return the id of a row."""
    return int(row["id"] or 0)
