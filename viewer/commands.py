"""The verbs: what a user means, turned into an Edit.

A verb reads the store, compares what is with what shall be, and returns the changes of rows between the two.
It writes nothing; an edit without changes means that there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from viewer.domain.anchoring import anchored
from viewer.domain.edits import Edit, Row
from viewer.domain.records import Event, Source
from viewer.domain.saved_views import SavedView, definition
from viewer.drafting import Drafting, new_uid
from viewer.rereading import Rereading
from viewer.storage import rows
from viewer.storage.errors import WriteError
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


def save_view(store: Store, name: str, view: SavedView, *, author: str | None = None) -> Edit:
    """Keep a view under a name, in place of the one that has it already; what is not ours in that one stays."""
    drafting = Drafting(store)
    named = store.rows_of("views", "name", name)
    if named:
        drafting.revise("views", named[0], {"definition": _defined(view, rows.view_from(named[0]))})
        return drafting.edit(f"Revise view “{name}”", author=author)
    drafting.insert("views", {"uid": new_uid(), "name": name, "definition": _defined(view, {})})
    return drafting.edit(f"Save view “{name}”", author=author)


def rename_view(store: Store, uid: str, name: str, *, author: str | None = None) -> Edit:
    """Give a saved view another name.

    Raises:
        WriteError: the view is not there any more, or another one has that name.
    """
    row = _view_row(store, uid)
    if any(other["uid"] != uid for other in store.rows_of("views", "name", name)):
        raise WriteError("view-named", f"There is another view “{name}”.", "Choose another name.")
    drafting = Drafting(store)
    drafting.revise("views", row, {"name": name})
    return drafting.edit(f"Rename view “{row['name']}” to “{name}”", author=author)


def delete_view(store: Store, uid: str, *, author: str | None = None) -> Edit:
    """Delete a saved view.

    Raises:
        WriteError: the view is not there any more.
    """
    row = _view_row(store, uid)
    drafting = Drafting(store)
    drafting.delete("views", row)
    return drafting.edit(f"Delete view “{row['name']}”", author=author)


def _view_row(store: Store, uid: str) -> Row:
    found = store.rows_of("views", "uid", uid)
    if not found:
        raise WriteError("view-gone", "This view is no longer in the document.", "Nothing was changed.")
    return found[0]


def _defined(view: SavedView, before: Mapping[str, Any]) -> str:
    others = {key: value for key, value in before.items() if key not in ("uid", "name")}
    return rows.to_json(definition(view, others))
