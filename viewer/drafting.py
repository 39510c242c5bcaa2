"""Drafting an edit: from records as they shall be to the changes of rows that lead there.

Knows which rows make up a record and finds ids by uid or name; what is named for the first time is added.
Writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable

from viewer.domain.edits import Cell, Change, Edit, Row
from viewer.domain.records import Event, Extra, Hop, Source
from viewer.domain.uids import new_uid
from viewer.drafted_rows import DraftedRows, id_in
from viewer.storage import rows
from viewer.storage.errors import WriteError
from viewer.storage.store import Store

__all__ = ["Drafting", "new_uid"]


class Drafting(DraftedRows):
    """Collects the changes of one edit by the records that they lead to."""

    def __init__(self, store: Store) -> None:
        super().__init__(store)
        self.import_id: int | None = None  # the batch that added events and sources belong to

    def edit(self, label: str, *, author: str | None = None, reason: str | None = None) -> Edit:
        """Return the edit of all changes so far."""
        held = self._changes.held
        changes = self._changes if held is None else held
        return Edit(uid=new_uid(), label=label, changes=changes, author=author, reason=reason)

    def __len__(self) -> int:
        return len(self._changes)

    # Records

    def source(self, source: Source) -> int:
        """Add a source, or revise the one that has its uid; return its id."""
        original = self.id_of("sources", "uid", source.derived_from) if source.derived_from else None
        row = rows.source_row(source, original)
        found = self.id_of("sources", "uid", source.uid)
        existing = () if found is None else self._store.rows_of("sources", "id", found)
        before = len(self._changes)
        if existing:
            self.revise("sources", existing[0], row)
            found = id_in(existing[0])
        else:
            found = self.insert("sources", {**row, "import_id": self.import_id})
            self.know("sources", "uid", source.uid, found)
            self._lead("sources", found, original)
        if source.text is not None and len(self._changes) > before:
            self._changes.keep_ids("sources.text", {source.uid: before})
        return found

    def text_of(self, source: str) -> str | None:
        """Return the text that this edit gives a source; None: it gives it none."""
        place = self._changes.kept_ids("sources.text", (source,)).get(source)
        if place is None:
            return None
        text = (self._changes[place].after or {}).get("text")
        return None if text is None else str(text)

    def derive(self, source: str, original: str) -> bool:
        """Make a drafted source a copy of another; False if it would be one of itself.

        Raises:
            WriteError: one of them is neither in the document nor drafted.
        """
        found = self.ids_of("sources", "uid", (source, original))
        for uid in (source, original):
            if uid not in found:
                raise _missing("source", uid)
        row_id = found[source]
        if self._leads_back("sources", row_id, found[original]):
            return False
        self._lead("sources", row_id, found[original])
        change = Change("sources", row_id, {"derived_from_id": None}, {"derived_from_id": found[original]})
        self._changes.append(change)
        return True

    def keep_beside(self, table: str, uid: str, before: Extra, more: Extra) -> None:
        """Keep more beside the fields of a drafted record, which keeps `before` so far."""
        row_id = self.id_of(table, "uid", uid)
        if more and row_id is not None:
            old, new = rows.to_json(before), rows.to_json({**before, **more})
            self._changes.append(Change(table, row_id, {"extra": old}, {"extra": new}))

    def expect_sources(self, uids: Iterable[str]) -> None:
        """Foresee the ids of sources that will be drafted in this order: one may derive from a later one."""
        following = self._next.get("sources") or self._store.next_id("sources")
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
        if not event.claims and self.is_drafted("events", event_id):
            return
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
                self._ids.setdefault(("claims", "uid"), {})[claim.uid] = claim_id
                self.match("claim_hops", (), self._hops(claim_id, claim.chain))
            else:
                claim_id = id_in(before)
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
