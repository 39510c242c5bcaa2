"""The bundle: one JSON file that holds a whole document, lossless both ways (reading).

What is wrong is named by its path and kept where it can be; nothing is repaired in silence. A date's EDTF is
what counts: `earliest` and `latest` are written for readers and only checked against it. The keys of a date
are described in `bundle_dates`.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace
from typing import Any

from viewer.domain.anchoring import quote_holds
from viewer.domain.records import (
    BUILT_IN_KINDS,
    RELIABILITIES,
    STANCES,
    Claim,
    Event,
    Kind,
    Link,
    Source,
)
from viewer.formats.bundle_dates import date_of
from viewer.formats.bundle_values import actor_of, hops_of, parts_of, place_of, quantity_of, span_of
from viewer.formats.fields import Fields
from viewer.formats.incoming import (
    Either,
    Incoming,
    IncomingEvent,
    IncomingSource,
    Known,
    Problem,
    UnreadableError,
)
from viewer.formats.strict_json import Element, members

FORMAT = "dateline"
VERSION = 1
_TOLD = 300  # characters of a problem, which may quote anything from the file
_SPARE_SHAPES = ("square", "diamond", "hexagon", "bar")
_SPARE_COLOURS = ("#2F8F6B", "#7A5BA8", "#A67C00", "#3C9DBF")
_EVENT_KEYS = (
    "title", "kind", "summary", "when", "place", "origin", "quantity", "actors", "links", "tags",
)  # fmt: skip
_CLAIM_KEYS = (
    "quote", "span", "prefix", "suffix", "stance", "verb", "credibility", "when", "quantity", "statement",
    "note", "retracted", "chain",
)  # fmt: skip
_SOURCE_TEXTS = ("publisher", "author", "medium", "url", "archived_url", "language", "text")
_SOURCE_KEYS = ("title", *_SOURCE_TEXTS, "published", "accessed", "reliability", "derived_from")


def read_bundle(data: bytes, known: Known, file: str = "") -> Incoming:
    """Read a bundle; `known` is what it may refer to beside itself, `file` its name in errors.

    Raises:
        UnreadableError: it is no JSON, or JSON that is no bundle of a version that we know.
    """
    try:
        return _Reading(members(data), known).incoming
    except UnreadableError as error:
        error.file = file
        raise


def read_elements(found: Mapping[str, Element | list[Element]], known: Known) -> Incoming:
    """Read records that are no file: the top of a bundle, its lists of objects by their keys, such as “events”."""
    marks = {"format": Element(FORMAT, None), "version": Element(VERSION, None)}
    return _Reading({**marks, **found}, known).incoming


class _Reading:
    """One pass over a bundle: names first, then sources, then the events that refer to both."""

    def __init__(self, found: dict[str, Element | list[Element]], known: Known) -> None:
        self.incoming = Incoming()
        self._known = known
        self._found = found
        self._texts: dict[str, str | None] = {}
        self._originals: dict[str, str | None] = {}
        self._claim_uids: set[str] = set()
        self._kinds = set(known.kinds) | {kind.name for kind in BUILT_IN_KINDS}
        self._check_version()
        for key in ("title", "language"):
            setattr(self.incoming, key, self._top_text(key))
        for fields in self._objects("kinds"):
            self._read_kind(fields)
        self.incoming.actors = [actor_of(*named) for named in self._named("actors", "an actor")]
        self.incoming.places = [place_of(*named) for named in self._named("places", "a place")]
        self.incoming.views = list(self._views())
        self._read_sources()
        self._read_events()
        self._keep_the_rest()

    def _report(self, problem: Problem) -> None:
        short = replace(problem, path=_cut(problem.path), message=_cut(problem.message))
        self.incoming.problems.append(short)

    def _check_version(self) -> None:
        form, version = self._found.pop("format", None), self._found.pop("version", None)
        if not isinstance(form, Element) or form.value != FORMAT:
            raise UnreadableError(f'not a bundle: expected "format": "{FORMAT}" at the top')
        if not isinstance(version, Element) or version.value != VERSION:
            told = version.value if isinstance(version, Element) else "none"
            raise UnreadableError(
                f"this bundle is of version {_cut(repr(told))}; version {VERSION} can be read"
            )

    def _top_text(self, key: str) -> str | None:
        element = self._found.pop(key, None)
        if element is None:
            return None
        if isinstance(element, Element) and not element.fault and isinstance(element.value, str | None):
            return element.value
        lines = [each.line for each in (element if isinstance(element, list) else [element])]
        self._report(Problem(key, "expected text; not used", lines[0] if lines else None))
        return None

    def _title(self, fields: Fields, uid: str, known: Container[str]) -> str:
        """Return a title; a record that the document has already need not state it."""
        title = fields.text("title")
        if not title and (uid not in known or fields.take("title") is not None):
            fields.problem("title", "expected a title; its uid was taken")
        return title or uid

    def _objects(self, key: str) -> Iterator[Fields]:
        """Yield the objects of a list at the top; what cannot be used at all is refused by its path."""
        elements = self._found.pop(key, [])
        if isinstance(elements, Element):
            if elements.value is not None:
                self._report(Problem(key, "expected a list; not used", elements.line))
            return
        for number, element in enumerate(elements):
            path = element.path or f"{key}[{number}]"
            if element.fault or not isinstance(element.value, dict):
                self._refuse(key, path, element.fault or "expected an object", element.line)
                continue
            yield Fields(element.value, path, element.line, self._report)

    def _refuse(self, key: str, path: str, why: str, line: int | None) -> None:
        self._report(Problem(path, f"{why}; not imported", line))
        self.incoming.refused += key == "events"

    def _keep_the_rest(self) -> None:
        """Keep what stands at the top under a key of no meaning to us."""
        for key, found in self._found.items():
            for number, element in enumerate(found if isinstance(found, list) else [found]):
                if element.fault:
                    path = f"{key}[{number}]" if isinstance(found, list) else key
                    self._refuse(key, path, element.fault, element.line)
            if isinstance(found, list):
                self.incoming.extra[key] = [element.value for element in found if not element.fault]
            elif not found.fault:
                self.incoming.extra[key] = found.value

    # Vocabulary

    def _read_kind(self, fields: Fields) -> None:
        name = fields.text("name")
        if not name:
            fields.problem("name", "a kind needs a name; not imported")
            return
        if any(kind.name == name for kind in self.incoming.kinds):
            fields.problem("name", f"the kind {name!r} is described twice; only the first is used")
            return
        self._kinds.add(name)
        spare = len(self.incoming.kinds) % len(_SPARE_SHAPES)
        self.incoming.kinds.append(
            Kind(
                name=name,
                label=fields.text("label") or name.capitalize(),
                shape=fields.text("shape") or _SPARE_SHAPES[spare],
                colour=fields.text("colour") or _SPARE_COLOURS[spare],
                extra=fields.rest(),
            )
        )

    def _named(self, key: str, what: str) -> Iterator[tuple[Fields, str, str, str | None]]:
        """Yield what has a name of its own: its fields, name, uid (empty when it has none) and parent."""
        parents: dict[str, str | None] = {}
        uids: set[str] = set()
        for fields in self._objects(key):
            name = fields.text("name")
            if not name:
                fields.problem("name", f"{what} needs a name; not imported")
                continue
            if name in parents:
                fields.problem("name", f"{name!r} is described twice; only the first is used")
                continue
            uid, parent = fields.uid("uid") or "", fields.text("parent") or None
            if uid in uids:
                fields.problem("uid", f"the uid {uid!r} is used again; a new one was given")
                uid = ""
            if _leads_back(name, parent, parents):
                fields.problem("parent", f"{name!r} would be its own parent; kept as it is, not used")
                fields.keep("parent", parent)
                parent = None
            uids.update({uid} - {""})
            parents[name] = parent
            yield fields, name, uid, parent

    def _views(self) -> Iterator[dict[str, Any]]:
        """Yield saved views: uid (empty when it has none), name, and whatever else they hold."""
        uids: set[str] = set()
        for fields in self._objects("views"):
            uid, name = fields.uid("uid") or "", fields.text("name") or "View"
            if uid in uids:
                self._refuse("views", fields.path, f"the uid {uid!r} is used again", fields.line)
                continue
            uids.update({uid} - {""})
            yield {**fields.rest(), "uid": uid, "name": name}

    # Sources

    def _read_sources(self) -> None:
        seen: dict[str, str] = {}
        waiting: list[tuple[Fields, str]] = []
        for fields in self._objects("sources"):
            uid = fields.uid("uid")
            if uid is None:
                self._refuse("sources", fields.path, "a source needs a uid", fields.line)
            elif uid in seen:
                self._refuse("sources", fields.path, f"the uid of {seen[uid]} is used again", fields.line)
            else:
                seen[uid] = fields.path
                waiting.append((fields, uid))
        for fields, uid in waiting:
            self._read_source(fields, uid, Either(self._known.sources, seen))

    def _read_source(self, fields: Fields, uid: str, sources: Container[str]) -> None:
        title = self._title(fields, uid, self._known.sources)
        texts: dict[str, Any] = {key: fields.text(key) for key in _SOURCE_TEXTS}
        extra: dict[str, Any] = {}
        published, accessed = date_of(fields, "published", extra), date_of(fields, "accessed", extra)
        reliability = fields.one_of("reliability", RELIABILITIES)
        derived_from = fields.uid("derived_from")
        if derived_from is not None and derived_from not in sources:
            fields.problem("derived_from", f"there is no source {derived_from!r}; kept, not used")
            fields.keep("derived_from", derived_from)
            derived_from = None
        if _leads_back(uid, derived_from, self._originals):
            fields.problem("derived_from", f"{uid!r} would be a copy of itself; kept as it is, not used")
            fields.keep("derived_from", derived_from)
            derived_from = None
        self._originals[uid] = derived_from
        has_text = fields.stated(("text",)) or uid not in self._known.sources
        self._texts[uid] = texts["text"] if has_text else self._known.text_of(uid)
        source = Source(
            uid=uid,
            title=title,
            **texts,
            published=published,
            accessed=accessed,
            reliability=reliability,
            derived_from=derived_from,
            extra={**fields.rest(), **extra},
        )
        stated = _stated(fields, _SOURCE_KEYS)
        self.incoming.sources.append(IncomingSource(source, stated, fields.path, fields.line))

    # Events

    def _read_events(self) -> None:
        seen: dict[str, str] = {}
        waiting: list[tuple[Fields, str]] = []
        for fields in self._objects("events"):
            uid = fields.uid("uid")
            if uid is None:
                self._refuse("events", fields.path, "an event needs a uid", fields.line)
            elif uid in seen:
                self._refuse("events", fields.path, f"the uid of {seen[uid]} is used again", fields.line)
            elif not isinstance(fields.take("kind"), str) or not fields.take("kind"):
                self._refuse("events", fields.path, "an event needs a kind", fields.line)
            else:
                seen[uid] = fields.path
                waiting.append((fields, uid))
        events = Either(self._known.events, seen)
        for fields, uid in waiting:
            self.incoming.events.append(self._event(fields, uid, events))

    def _event(self, fields: Fields, uid: str, events: Container[str]) -> IncomingEvent:
        kind = str(fields.take("kind"))
        if kind not in self._kinds:
            fields.problem("kind", f"the kind {kind!r} is not defined; it was added with a plain mark")
            self._read_kind(Fields({"name": kind}, fields.path, fields.line, self._report))
        title = self._title(fields, uid, self._known.events)
        extra: dict[str, Any] = {}
        when, quantity = date_of(fields, "when", extra), quantity_of(fields, extra)
        claims = tuple(self._claims(fields, uid, events))
        event = Event(
            uid=uid,
            kind=kind,
            title=title,
            summary=fields.text("summary"),
            when=when,
            place=fields.text("place") or None,
            origin=fields.text("origin") or None,
            quantity=quantity,
            actors=tuple(parts_of(fields)),
            links=tuple(self._links(fields, events)),
            tags=fields.texts("tags"),
            claims=tuple(claim for claim, _ in claims),
            extra={**fields.rest(), **extra},
        )
        claims_stated = tuple(stated for _, stated in claims)
        return IncomingEvent(event, _stated(fields, _EVENT_KEYS), claims_stated, fields.path, fields.line)

    def _links(self, fields: Fields, events: Container[str]) -> Iterator[Link]:
        for value, path in fields.objects("links"):
            inner = Fields(value, path, fields.line, self._report)
            to, relation = inner.uid("to"), inner.text("relation")
            if to is None or to not in events:
                inner.problem("to", f"there is no event {to!r}; the link was kept, but leads nowhere")
                fields.keep_in_list("links", value)
            elif not relation:
                inner.problem("relation", "a link needs a relation; the link was kept, but not used")
                fields.keep_in_list("links", value)
            else:
                yield Link(to=to, relation=relation, extra=inner.rest())

    def _claims(
        self, fields: Fields, event: str, events: Container[str]
    ) -> Iterator[tuple[Claim, frozenset[str]]]:
        """Yield the claims of an event, each with the names of the fields that the file states."""
        for value, path in fields.objects("claims"):
            inner = Fields(value, path, fields.line, self._report)
            source = inner.uid("source")
            if source is None or (source not in self._texts and source not in self._known.sources):
                inner.problem("source", f"there is no source {source!r}; the claim was kept, but not used")
                fields.keep_in_list("claims", value)
            else:
                yield self._claim(inner, source, event, events), inner.stated(_CLAIM_KEYS)

    def _claim(self, fields: Fields, source: str, event: str, events: Container[str]) -> Claim:
        extra: dict[str, Any] = {}
        quote, span = fields.text("quote"), span_of(fields)
        if source not in self._texts:
            self._texts[source] = self._known.text_of(source)
        if span is not None and not quote_holds(quote, span, self._texts[source]):
            fields.problem("span", f"the source's text does not say the quote at {list(span)}; kept as it is")
        statement = fields.uid("statement")
        if statement is not None and statement not in events:
            fields.problem("statement", f"there is no event {statement!r}; kept, not used")
            fields.keep("statement", statement)
            statement = None
        when, quantity = date_of(fields, "when", extra), quantity_of(fields, extra)
        return Claim(
            uid=self._claim_uid(fields, event),
            source=source,
            quote=quote,
            span=span,
            prefix=fields.text("prefix"),
            suffix=fields.text("suffix"),
            stance=fields.one_of("stance", STANCES) or "supports",
            verb=fields.text("verb"),
            credibility=fields.integer("credibility", 1, 6),
            when=when,
            quantity=quantity,
            statement=statement,
            note=fields.text("note"),
            retracted=bool(fields.flag("retracted")),
            chain=tuple(hops_of(fields)),
            extra={**fields.rest(), **extra},
        )

    def _claim_uid(self, fields: Fields, event: str) -> str:
        """Return a claim's uid; empty where it has none, or one that is taken already."""
        uid = fields.uid("uid") or ""
        if uid in self._claim_uids or (uid and self._known.owner_of(uid) not in (None, event)):
            fields.problem("uid", f"the uid {uid!r} is used again; the claim gets a new one")
            return ""
        self._claim_uids.update({uid} - {""})
        return uid


def _cut(text: str) -> str:
    return text if len(text) <= _TOLD else f"{text[: _TOLD - 1]}…"


def _stated(fields: Fields, keys: tuple[str, ...]) -> frozenset[str]:
    stated = fields.stated(keys)
    return stated if fields.take("title") else stated - {"title"}


def _leads_back(name: str, parent: str | None, parents: Mapping[str, str | None]) -> bool:
    while parent is not None and parent != name:
        parent = parents.get(parent)
    return parent == name
