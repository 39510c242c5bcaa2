"""The verbs: what a user means, turned into an Edit.

A verb reads the store, compares what is with what shall be, and returns the changes of rows between the two.
It writes nothing; an edit without changes means that there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from viewer.domain.anchoring import anchored
from viewer.domain.edits import Edit
from viewer.domain.records import Event, Source
from viewer.drafting import Drafting
from viewer.rereading import Rereading
from viewer.storage import rows
from viewer.storage.store import Store


def save_event(
    store: Store,
    event: Event,
    *,
    new_sources: Sequence[Source] = (),
    author: str | None = None,
    reason: str | None = None,
) -> Edit:
    """Add an event, or revise the one that has its uid, with the sources that its form created; say why."""
    drafting = Drafting(store)
    revised = drafting.id_of("events", "uid", event.uid) is not None
    texts: dict[str, str | None] = {}
    for source in new_sources:
        drafting.source(source)
        texts[source.uid] = source.text
    for uid in {claim.source for claim in event.claims} - texts.keys():
        known = store.source(uid)
        texts[uid] = None if known is None else known.text
    event = replace(event, claims=tuple(anchored(claim, texts[claim.source]) for claim in event.claims))
    drafting.event(event)
    drafting.claims(event)
    drafting.links(event)
    verb = "Revise" if revised else "Add"
    return drafting.edit(f"{verb} {event.kind} “{event.title}”", author=author, reason=reason)


def delete_event(store: Store, event: Event, *, author: str | None = None) -> Edit:
    """Delete an event with its claims and the links that lead to it."""
    drafting = Drafting(store)
    drafting.delete_event(event.id)
    return drafting.edit(f"Delete {event.kind} “{event.title}”", author=author)


def reread_dates(store: Store, found: Iterable[Rereading], *, author: str | None = None) -> Edit:
    """Give dates the meanings that a rereading found for their wordings.

    One that does not apply stays, and so does one that is no longer what the rereading saw.
    """
    drafting = Drafting(store)
    for each in found:
        for row in store.rows_of(each.table, "uid", each.uid) if each.applies else ():
            if rows.date_from(each.field, row) == each.before:
                drafting.revise(each.table, row, rows.date_columns(each.field, each.after))
    count = len(drafting)
    return drafting.edit("Re-read 1 date" if count == 1 else f"Re-read {count} dates", author=author)
