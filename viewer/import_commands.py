"""Records of files turned into one edit: what is new is added, what the document knows by uid is updated.

A file is drafted part by part, so that only one part of it is held at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from viewer.domain.anchoring import quote_holds, with_context
from viewer.domain.edits import Edit
from viewer.domain.records import Claim, Event, Extra, Source
from viewer.drafting import Drafting, new_uid
from viewer.formats.incoming import Incoming, IncomingEvent, IncomingSource, Problem
from viewer.frozen import dataclass
from viewer.storage import rows
from viewer.storage.store import Store

PROBLEMS_KEPT = 10_000
"""How many problems of an import are told one by one, and kept with it."""
_QUOTED = frozenset(("quote", "span", "prefix", "suffix"))


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import would do: the edit, how many events it adds, updates, leaves, and what is odd.

    `problems` are the first PROBLEMS_KEPT; `untold` counts those after them.
    """

    edit: Edit
    added: int
    updated: int
    unchanged: int
    refused: int
    problems: tuple[Problem, ...]
    untold: int = 0


class Importing:
    """One import while it is being drafted: parts are added in the order of the files, then it is an edit."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._drafting = Drafting(store)
        self._drafting.import_id = store.next_id("imports")
        self._counts = {"added": 0, "updated": 0, "unchanged": 0}
        self._refused = 0
        self._kinds: set[str] = set()
        self._problems: list[Problem] = []
        self._untold = 0
        self._texts: dict[str, str | None] = {}
        self._earlier: dict[str, str | None] = {}
        """The texts of the part before: a record may stand just behind the source that it quotes."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds that earlier parts brought, by name."""
        return frozenset(self._kinds)

    def holds(self, table: str, uids: Iterable[str]) -> dict[str, int]:
        """Return the ids of those uids that the document has, or that parts before this one bring."""
        return self._drafting.ids_of(table, "uid", uids)

    def owners_of(self, claims: Sequence[str]) -> dict[str, str]:
        """Return the uids of the events to which some claims belong; of a claim of this import, an empty one."""
        drafted = self._drafting.ids_of("claims", "uid", claims)
        return {**dict.fromkeys(drafted, ""), **self._store.claim_owners(drafted)}

    def text_of(self, source: str) -> str | None:
        """Return the text of a source of this import or of the document."""
        for texts in (self._texts, self._earlier):
            if texts.get(source) is not None:
                return texts[source]
        drafted = self._drafting.text_of(source)
        if drafted is not None:
            return drafted
        held = self._store.source(source)
        return None if held is None else held.text

    def add(self, incoming: Incoming, file_name: str) -> None:
        """Draft what a file, or a part of one, holds.

        Raises:
            WriteError: there is no room for the draft.
        """
        self._earlier, self._texts = self._texts, {}
        self._kinds.update(kind.name for kind in incoming.kinds)
        _draft_names(self._drafting, self._store, incoming)
        self._draft_sources(incoming.sources)
        self._tell(incoming.problems)
        self._tell(self._quotes_left_behind(incoming, file_name))
        self._refused += incoming.refused
        self._draft_events(incoming.events, file_name)
        self._drafting.settle()

    def complete(self, incoming: Incoming, extras: Mapping[tuple[str, str], Extra]) -> None:
        """Draft the references of records that earlier parts brought, which is all that these hold.

        `extras`: what the records keep beside their fields so far, by “sources” or “events” and their uid.

        Raises:
            WriteError: there is no room for the draft.
        """
        self._earlier, self._texts = self._texts, {}
        self._tell(incoming.problems)
        for each in incoming.sources:
            kept = dict(each.source.extra)
            original = each.source.derived_from
            if original is not None and not self._drafting.derive(each.source.uid, original):
                message = f"{each.source.uid!r} would be a copy of itself; kept as it is, not used"
                self._tell([Problem(f"{each.path}.derived_from", message, each.line)])
                kept["derived_from"] = original
            self._drafting.keep_beside("sources", each.source.uid, extras["sources", each.source.uid], kept)
        for entry in incoming.events:
            event = _with_uids(self._with_anchors(entry.event))
            self._drafting.claims(event)
            self._drafting.links(event)
            self._drafting.keep_beside("events", event.uid, extras["events", event.uid], event.extra)
        self._drafting.settle()

    def result(
        self,
        *,
        file_name: str,
        sha256: str,
        format_name: str,
        profile: str | None = None,
        at: int,
        author: str | None,
    ) -> ImportResult:
        """Return the edit of all that was added, with a note of what was imported; `at` is now, in seconds."""
        if len(self._drafting):
            counts = {**self._counts, "refused": self._refused}
            kept = [[p.file, p.line, p.path, p.message] for p in self._problems]
            self._drafting.insert(
                "imports",
                {
                    "uid": new_uid(),
                    "at": at,
                    "file_name": file_name,
                    "sha256": sha256,
                    "format": format_name,
                    "profile": profile,
                    "counts": rows.to_json(counts),
                    "problems": rows.to_json(kept),
                },
            )
        edit = self._drafting.edit(f"Import {file_name}", author=author)
        return ImportResult(
            edit, **self._counts, refused=self._refused, problems=tuple(self._problems), untold=self._untold
        )

    def _tell(self, problems: Iterable[Problem]) -> None:
        for problem in problems:
            if len(self._problems) < PROBLEMS_KEPT:
                self._problems.append(problem)
            else:
                self._untold += 1

    def _draft_sources(self, entries: Sequence[IncomingSource]) -> None:
        found = self.holds("sources", (entry.source.uid for entry in entries))
        drafted = {uid for uid, row_id in found.items() if self._drafting.is_drafted("sources", row_id)}
        entries = [entry for entry in entries if entry.source.uid not in drafted]
        self._drafting.expect_sources(entry.source.uid for entry in entries)
        for entry in entries:
            source = entry.source
            current = self._store.source(source.uid)
            if current is not None:
                source = replace(current, **_stated_fields(current, source, entry.stated))
            self._drafting.source(source)
            self._texts[source.uid] = source.text

    def _quotes_left_behind(self, incoming: Incoming, file_name: str) -> Iterator[Problem]:
        """Name the quotes of the document that the new text of a source no longer says at their place."""
        brought = {claim.uid for entry in incoming.events for claim in entry.event.claims}
        for entry in incoming.sources:
            current = self._store.source(entry.source.uid)
            text = self._texts.get(entry.source.uid)
            if current is None or current.text == text:
                continue
            for row in self._store.rows_of("claims", "source_id", current.id):
                quote, start, end = row["quote"], row["span_start"], row["span_end"]
                if row["uid"] in brought or not (isinstance(start, int) and isinstance(end, int)):
                    continue
                if not quote_holds(str(quote), (start, end), text):
                    message = (
                        f"the document's quote “{str(quote)[:60]}” does not stand at its place in this text"
                    )
                    yield Problem(f"{entry.path}.text", message, entry.line, file_name)

    def _draft_events(self, entries: Sequence[IncomingEvent], file_name: str) -> None:
        drafted: list[Event] = []
        self._drafting.foresee("events", "uid", (entry.event.uid for entry in entries))
        for entry in entries:
            event = self._with_anchors(entry.event)
            event_id = self._drafting.id_of("events", "uid", event.uid)
            if event_id is not None and self._drafting.is_drafted("events", event_id):
                message = f"the uid {event.uid!r} stands in this import already; not imported"
                self._tell([Problem(entry.path, message, entry.line, file_name)])
                self._refused += 1
                continue
            current = None if event_id is None else self._store.event(event_id)
            if current is not None:
                event = _as_merged(current, replace(entry, event=event))
                if event == current:
                    self._counts["unchanged"] += 1
                    continue
            self._counts["added" if current is None else "updated"] += 1
            event = _with_uids(event)
            self._drafting.event(event)
            drafted.append(event)
        for event in drafted:
            self._drafting.claims(event)
            self._drafting.links(event)

    def _with_anchors(self, event: Event) -> Event:
        if all(claim.quote is None for claim in event.claims):
            return event
        for uid in {claim.source for claim in event.claims} - self._texts.keys():
            self._texts[uid] = self.text_of(uid)
        claims = tuple(with_context(claim, self._texts[claim.source]) for claim in event.claims)
        return replace(event, claims=claims)


def _draft_names(drafting: Drafting, store: Store, incoming: Incoming) -> None:
    if incoming.title or incoming.language or incoming.extra:
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
    if incoming.views:
        _draft_views(drafting, store, incoming.views)


def _draft_views(drafting: Drafting, store: Store, views: Iterable[Mapping[str, Any]]) -> None:
    known = {view["uid"] for view in store.views()}
    contents = [_content(view) for view in store.views()]
    for view in views:
        content = _content(view)
        if view["uid"] in known or (not view["uid"] and content in contents):
            continue
        uid, name = view["uid"] or new_uid(), content.pop("name")
        drafting.insert("views", {"uid": uid, "name": name, "definition": rows.to_json(content)})
        known.add(uid)
        contents.append(_content(view))


def _content(view: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in view.items() if key != "uid"}


def _with_uids(event: Event) -> Event:
    if all(claim.uid for claim in event.claims):
        return event
    return replace(event, claims=tuple(_with_uid(claim) for claim in event.claims))


def _with_uid(claim: Claim) -> Claim:
    return claim if claim.uid else replace(claim, uid=new_uid())


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
