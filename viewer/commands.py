"""The verbs: what a user means, turned into an Edit.

A verb reads the store, compares what is with what shall be, and returns the changes of rows between the two.
It writes nothing; an edit without changes means that there is nothing to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from viewer.domain.anchoring import anchored, quote_holds, with_context
from viewer.domain.edits import Edit
from viewer.domain.records import Claim, Event, Source
from viewer.drafting import Drafting, new_uid
from viewer.formats.incoming import Incoming, IncomingEvent, IncomingSource, Problem
from viewer.rereading import Rereading
from viewer.storage import rows
from viewer.storage.store import Store

_QUOTED = frozenset(("quote", "span", "prefix", "suffix"))


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


def _as_merged(before: Event, entry: IncomingEvent) -> Event:
    """Return `before` with the fields that a file states; what it does not state stays.

    Claims are matched by uid, else by source, quote and span; claims that the file lacks are kept.
    """
    after = entry.event
    claims = _merged_claims(before.claims, tuple(zip(after.claims, entry.claims_stated, strict=True)))
    fields = _stated_fields(before, after, entry.stated)
    fields["extra"] = _without_used_claims(fields["extra"], claims)
    return replace(before, **fields, claims=claims)


def _without_used_claims(extra: Mapping[str, Any], claims: Iterable[Claim]) -> Mapping[str, Any]:
    """Drop what was kept of claims for want of their source, where a file brought them again with it."""
    kept = extra.get("claims")
    if not isinstance(kept, list):
        return extra
    used = [(claim.source, claim.quote) for claim in claims]
    left = [
        raw for raw in kept if not isinstance(raw, dict) or (raw.get("source"), raw.get("quote")) not in used
    ]
    others = {key: value for key, value in extra.items() if key != "claims"}
    return {**others, "claims": left} if left else others


def _stated_fields(before: Source | Event | Claim, after: Any, stated: Iterable[str]) -> dict[str, Any]:
    """Return the fields of `after` that a file states, with what both records keep beside their fields."""
    fields = {name: getattr(after, name) for name in stated}
    kept = {key: value for key, value in before.extra.items() if key not in fields}
    return {**fields, "extra": {**kept, **after.extra}}


def _merged_claims(
    before: Sequence[Claim], after: Sequence[tuple[Claim, frozenset[str]]]
) -> tuple[Claim, ...]:
    held = {claim.uid: claim for claim in before}
    named = {claim.uid for claim, _ in after}
    alike: dict[tuple[object, ...], list[str]] = {}
    for claim in before:
        if claim.uid not in named:
            alike.setdefault(_anchor(claim), []).append(claim.uid)
    merged = dict(held)
    for claim, stated in after:
        uid = claim.uid
        if uid not in held:
            # Without a quote nothing tells two claims of one source apart, except uids of their own.
            same = alike.get(_anchor(claim)) if claim.quote or not uid else None
            uid = same.pop(0) if same else uid or new_uid()
        merged[uid] = _merged_claim(held[uid], claim, stated) if uid in held else replace(claim, uid=uid)
    return tuple(merged.values())


def _merged_claim(before: Claim, after: Claim, stated: frozenset[str]) -> Claim:
    # A quote and its place go together: the old place says nothing of a new quote.
    quoted = _QUOTED if stated & _QUOTED else frozenset()
    return replace(before, source=after.source, **_stated_fields(before, after, stated | quoted))


def _anchor(claim: Claim) -> tuple[object, ...]:
    return claim.source, claim.quote, claim.span


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import would do: the edit, how many events it adds, updates, leaves, and what is odd."""

    edit: Edit
    added: int
    updated: int
    unchanged: int
    refused: int
    problems: tuple[Problem, ...]


def import_records(
    store: Store,
    incoming: Incoming,
    *,
    file_name: str,
    sha256: str,
    format_name: str,
    at: int,
    author: str | None = None,
) -> ImportResult:
    """Bring in what a file holds as one edit; records that the document has already are updated by uid."""
    drafting = Drafting(store)
    drafting.import_id = store.next_id("imports")
    _import_names(drafting, store, incoming)
    texts = _import_sources(drafting, store, incoming.sources)
    problems = [*incoming.problems, *_quotes_left_behind(store, incoming, texts, file_name)]
    counts = _import_events(drafting, store, incoming.events, texts)
    if len(drafting):
        drafting.insert(
            "imports",
            {
                "uid": new_uid(),
                "at": at,
                "file_name": file_name,
                "sha256": sha256,
                "format": format_name,
                "profile": None,
                "counts": rows.to_json({**counts, "refused": incoming.refused}),
                "problems": rows.to_json([[p.file, p.line, p.path, p.message] for p in problems]),
            },
        )
    edit = drafting.edit(f"Import {file_name}", author=author)
    return ImportResult(edit, **counts, refused=incoming.refused, problems=tuple(problems))


def _import_names(drafting: Drafting, store: Store, incoming: Incoming) -> None:
    meta = store.meta()
    wanted: dict[str, Any] = {
        "title": meta.title or incoming.title,
        "language": meta.language or incoming.language,
        "extra": rows.to_json({**meta.extra, **incoming.extra}),
    }
    drafting.revise("meta", store.rows_of("meta", "id", 1)[0], wanted)
    for kind in incoming.kinds:
        drafting.kind(kind)
    drafting.meet_actors(incoming.actors)
    drafting.meet_places(incoming.places)
    known = {view["uid"] for view in store.views()}
    contents = [_content(view) for view in store.views()]
    for view in incoming.views:
        content = _content(view)
        if view["uid"] in known or (not view["uid"] and content in contents):
            continue
        uid, name = view["uid"] or new_uid(), content.pop("name")
        drafting.insert("views", {"uid": uid, "name": name, "definition": rows.to_json(content)})
        known.add(uid)
        contents.append(_content(view))


def _content(view: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in view.items() if key != "uid"}


def _import_sources(
    drafting: Drafting, store: Store, entries: Sequence[IncomingSource]
) -> dict[str, str | None]:
    """Draft the sources; return the stored text of each by uid."""
    texts: dict[str, str | None] = {}
    drafting.expect_sources(entry.source.uid for entry in entries)
    for entry in entries:
        source = entry.source
        current = store.source(source.uid)
        if current is not None:
            source = replace(current, **_stated_fields(current, source, entry.stated))
        drafting.source(source)
        texts[source.uid] = source.text
    return texts


def _quotes_left_behind(
    store: Store, incoming: Incoming, texts: Mapping[str, str | None], file_name: str
) -> Iterator[Problem]:
    """Name the quotes of the document that the new text of a source no longer says at their place."""
    brought = {claim.uid for entry in incoming.events for claim in entry.event.claims}
    for entry in incoming.sources:
        current = store.source(entry.source.uid)
        text = texts[entry.source.uid]
        if current is None or current.text == text:
            continue
        for row in store.rows_of("claims", "source_id", current.id):
            quote, start, end = row["quote"], row["span_start"], row["span_end"]
            if row["uid"] in brought or not (isinstance(start, int) and isinstance(end, int)):
                continue
            if not quote_holds(str(quote), (start, end), text):
                message = f"the document's quote “{str(quote)[:60]}” does not stand at its place in this text"
                yield Problem(f"{entry.path}.text", message, entry.line, file_name)


def _import_events(
    drafting: Drafting, store: Store, entries: Sequence[IncomingEvent], texts: dict[str, str | None]
) -> dict[str, int]:
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    drafted: list[Event] = []
    drafting.foresee("events", "uid", (entry.event.uid for entry in entries))
    for entry in entries:
        event = _with_anchors(store, entry.event, texts)
        event_id = drafting.id_of("events", "uid", event.uid)
        current = None if event_id is None else store.event(event_id)
        if current is not None:
            event = _as_merged(current, replace(entry, event=event))
            if event == current:
                counts["unchanged"] += 1
                continue
        counts["added" if current is None else "updated"] += 1
        event = replace(event, claims=tuple(_with_uid(claim) for claim in event.claims))
        drafting.event(event)
        drafted.append(event)
    for event in drafted:
        drafting.claims(event)
        drafting.links(event)
    return counts


def _with_anchors(store: Store, event: Event, texts: dict[str, str | None]) -> Event:
    for uid in {claim.source for claim in event.claims} - texts.keys():
        known = store.source(uid)
        texts[uid] = None if known is None else known.text
    return replace(event, claims=tuple(with_context(claim, texts[claim.source]) for claim in event.claims))


def _with_uid(claim: Claim) -> Claim:
    return claim if claim.uid else replace(claim, uid=new_uid())
