"""The bundle: one JSON file that holds a whole document, lossless both ways (reading).

What is wrong is named by its path and kept where it can be; nothing is repaired in silence. A date's EDTF is
what counts: `earliest` and `latest` are written for readers and only checked against it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from viewer.domain.anchoring import quote_holds
from viewer.domain.dates import DateError, FuzzyDate, bounds_text, from_edtf, unread_date
from viewer.domain.quantities import MEASURES, QUALIFIERS, Quantity
from viewer.domain.records import (
    BUILT_IN_KINDS,
    RELIABILITIES,
    STANCES,
    Actor,
    Claim,
    Event,
    Hop,
    Kind,
    Link,
    Part,
    Place,
    Source,
)
from viewer.formats.fields import Fields
from viewer.formats.incoming import (
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
_SPARE_SHAPES = ("square", "diamond", "hexagon", "bar")
_SPARE_COLOURS = ("#2F8F6B", "#7A5BA8", "#A67C00", "#3C9DBF")
_LARGEST_SPAN = 2**53
_EVENT_KEYS = (
    "title", "kind", "summary", "when", "place", "origin", "quantity", "actors", "links", "tags",
)  # fmt: skip


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


class _Reading:
    """One pass over a bundle: names first, then sources, then the events that refer to both."""

    def __init__(self, found: dict[str, Element | list[Element]], known: Known) -> None:
        self.incoming = Incoming()
        self._known = known
        self._found = found
        self._texts: dict[str, str | None] = {}
        self._claim_uids: set[str] = set()
        self._kinds = set(known.kinds) | {kind.name for kind in BUILT_IN_KINDS}
        self._check_version()
        for key in ("title", "language"):
            setattr(self.incoming, key, self._top_text(key))
        for fields in self._objects("kinds"):
            self._read_kind(fields)
        for fields in self._objects("actors"):
            self._read_actor(fields)
        for fields in self._objects("places"):
            self._read_place(fields)
        self.incoming.views = [{**fields.rest()} for fields in self._objects("views")]
        self._read_sources()
        self._read_events()
        self.incoming.extra = {key: _plain(value) for key, value in self._found.items()}

    def _report(self, problem: Problem) -> None:
        self.incoming.problems.append(problem)

    def _check_version(self) -> None:
        form, version = self._found.pop("format", None), self._found.pop("version", None)
        if not isinstance(form, Element) or form.value != FORMAT:
            raise UnreadableError(f'not a bundle: expected "format": "{FORMAT}" at the top')
        if not isinstance(version, Element) or version.value != VERSION:
            told = version.value if isinstance(version, Element) else "none"
            raise UnreadableError(f"this bundle is of version {told!r}; version {VERSION} can be read")

    def _top_text(self, key: str) -> str | None:
        element = self._found.pop(key, None)
        if element is None or (isinstance(element, Element) and element.value is None):
            return None
        if isinstance(element, Element) and isinstance(element.value, str) and not element.fault:
            return element.value
        self._report(Problem(key, "expected text; not used"))
        return None

    def _objects(self, key: str) -> Iterator[Fields]:
        """Yield the objects of a list at the top; what cannot be used at all is refused by its path."""
        elements = self._found.pop(key, [])
        if isinstance(elements, Element):
            if elements.value is not None:
                self._report(Problem(key, "expected a list; not used", elements.line))
            return
        for number, element in enumerate(elements):
            path = f"{key}[{number}]"
            if element.fault or not isinstance(element.value, dict):
                self._refuse(key, path, element.fault or "expected an object", element.line)
                continue
            yield Fields(element.value, path, element.line, self._report)

    def _refuse(self, key: str, path: str, why: str, line: int | None) -> None:
        self._report(Problem(path, f"{why}; not imported", line))
        self.incoming.refused += key == "events"

    # Vocabulary

    def _read_kind(self, fields: Fields) -> None:
        name = fields.text("name")
        if not name:
            fields.problem("name", "a kind needs a name; not imported")
            return
        self._kinds.add(name)
        spare = len(self.incoming.kinds) % len(_SPARE_SHAPES)
        self.incoming.kinds.append(
            Kind(
                name=name,
                label=fields.text("label") or name.capitalize(),
                shape=fields.text("shape") or _SPARE_SHAPES[spare],
                colour=fields.text("colour") or _SPARE_COLOURS[spare],
            )
        )

    def _read_actor(self, fields: Fields) -> None:
        name = fields.text("name")
        if not name:
            fields.problem("name", "an actor needs a name; not imported")
            return
        uid, aliases, parent = fields.uid("uid"), fields.texts("aliases"), fields.text("parent")
        self.incoming.actors.append(
            Actor(uid=uid or "", name=name, aliases=aliases, parent=parent, extra=fields.rest())
        )

    def _read_place(self, fields: Fields) -> None:
        name = fields.text("name")
        if not name:
            fields.problem("name", "a place needs a name; not imported")
            return
        values: dict[str, Any] = {
            "uid": fields.uid("uid") or "",
            "aliases": fields.texts("aliases"),
            "parent": fields.text("parent"),
            "latitude": fields.number("latitude"),
            "longitude": fields.number("longitude"),
            "precision": fields.text("precision"),
        }
        self.incoming.places.append(Place(name=name, **values, extra=fields.rest()))

    # Sources

    def _read_sources(self) -> None:
        seen: dict[str, str] = {}
        for fields in self._objects("sources"):
            uid = fields.uid("uid")
            if uid is None:
                self._refuse("sources", fields.path, "a source needs a uid", fields.line)
            elif uid in seen:
                self._refuse("sources", fields.path, f"the uid of {seen[uid]} is used again", fields.line)
            else:
                seen[uid] = fields.path
                self._read_source(fields, uid)

    def _read_source(self, fields: Fields, uid: str) -> None:
        title = fields.text("title")
        if not title:
            fields.problem("title", "a source needs a title; its uid was taken")
        texts: dict[str, Any] = {
            key: fields.text(key)
            for key in ("publisher", "author", "medium", "url", "archived_url", "language", "text")
        }
        extra: dict[str, Any] = {}
        published, accessed = _date(fields, "published", extra), _date(fields, "accessed", extra)
        reliability = fields.one_of("reliability", RELIABILITIES)
        derived_from = fields.uid("derived_from")
        if (
            derived_from is not None
            and derived_from not in self._texts
            and derived_from not in self._known.sources
        ):
            fields.problem(
                "derived_from", f"there is no source {derived_from!r} before this one; kept, not used"
            )
            fields.keep("derived_from", derived_from)
            derived_from = None
        self._texts[uid] = texts["text"]
        source = Source(
            uid=uid,
            title=title or uid,
            **texts,
            published=published,
            accessed=accessed,
            reliability=reliability,
            derived_from=derived_from,
            extra={**fields.rest(), **extra},
        )
        stated = frozenset(
            key for key in (*texts, "title", "published", "accessed", "reliability") if fields.has(key)
        )
        self.incoming.sources.append(IncomingSource(source, stated))

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
        events = self._known.events | seen.keys()
        for fields, uid in waiting:
            stated = frozenset(key for key in _EVENT_KEYS if fields.has(key))
            event = self._event(fields, uid, events)
            self.incoming.events.append(IncomingEvent(event, stated))

    def _event(self, fields: Fields, uid: str, events: frozenset[str]) -> Event:
        kind = str(fields.take("kind"))
        if kind not in self._kinds:
            fields.problem("kind", f"the kind {kind!r} is not defined; it was added with a plain mark")
            self._read_kind(Fields({"name": kind}, fields.path, fields.line, self._report))
        title = fields.text("title")
        if not title:
            fields.problem("title", "an event needs a title; its uid was taken")
        extra: dict[str, Any] = {}
        when, quantity = _date(fields, "when", extra), _quantity(fields, extra)
        return Event(
            uid=uid,
            kind=kind,
            title=title or uid,
            summary=fields.text("summary"),
            when=when,
            place=fields.text("place") or None,
            origin=fields.text("origin") or None,
            quantity=quantity,
            actors=tuple(_parts(fields)),
            links=tuple(self._links(fields, events)),
            tags=fields.texts("tags"),
            claims=tuple(self._claims(fields, events)),
            extra={**fields.rest(), **extra},
        )

    def _links(self, fields: Fields, events: frozenset[str]) -> Iterator[Link]:
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

    def _claims(self, fields: Fields, events: frozenset[str]) -> Iterator[Claim]:
        for value, path in fields.objects("claims"):
            inner = Fields(value, path, fields.line, self._report)
            source = inner.uid("source")
            if source is None or (source not in self._texts and source not in self._known.sources):
                inner.problem("source", f"there is no source {source!r}; the claim was kept, but not used")
                fields.keep_in_list("claims", value)
            else:
                yield self._claim(inner, source, events)

    def _claim(self, fields: Fields, source: str, events: frozenset[str]) -> Claim:
        extra: dict[str, Any] = {}
        quote, span = fields.text("quote"), _span(fields)
        if span is not None and source in self._texts and not quote_holds(quote, span, self._texts[source]):
            fields.problem("span", f"the source's text does not say the quote at {list(span)}; kept as it is")
        statement = fields.uid("statement")
        if statement is not None and statement not in events:
            fields.problem("statement", f"there is no event {statement!r}; kept, not used")
            fields.keep("statement", statement)
            statement = None
        when, quantity = _date(fields, "when", extra), _quantity(fields, extra)
        uid = fields.uid("uid") or ""
        if uid in self._claim_uids:
            fields.problem("uid", f"the uid {uid!r} is used again; the claim gets a new one")
            uid = ""
        elif uid:
            self._claim_uids.add(uid)
        return Claim(
            uid=uid,
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
            chain=tuple(_hops(fields)),
            extra={**fields.rest(), **extra},
        )


def _plain(value: Element | list[Element]) -> Any:
    return [element.value for element in value] if isinstance(value, list) else value.value


def _span(fields: Fields) -> tuple[int, int] | None:
    value = fields.take("span")
    if value is None:
        return None
    whole = isinstance(value, list) and len(value) == 2 and all(type(item) is int for item in value)
    if not whole or not 0 <= value[0] <= value[1] <= _LARGEST_SPAN:
        fields.problem("span", "expected [start, end] in characters; kept as it is, not used")
        fields.keep("span", value)
        return None
    return value[0], value[1]


def _date(owner: Fields, key: str, extra: dict[str, Any]) -> FuzzyDate | None:
    """Read a date; `extra` takes what its object holds beside our fields, to be given back within it."""
    fields = owner.inner(key)
    if fields is None:
        return None
    text, edtf = fields.text("text"), fields.text("edtf")
    stated = {end: fields.text(end) for end in ("earliest", "latest")}
    date: FuzzyDate | None = unread_date(text) if text else None
    if edtf is not None:
        try:
            date = from_edtf(edtf, text=text)
        except DateError as error:
            fields.problem("edtf", f"{error} It is kept as it is, not used.")
            fields.keep("edtf", edtf)
        else:
            _compare_bounds(fields, date, stated)
    elif any(stated.values()):
        fields.problem("edtf", "earliest and latest need an edtf beside them; kept as they are, not used")
        for end, value in stated.items():
            fields.keep(end, value)
    rest = fields.rest()
    if rest:
        extra[key] = rest
    return date


def _compare_bounds(fields: Fields, date: FuzzyDate, stated: dict[str, str | None]) -> None:
    for end, means in zip(("earliest", "latest"), bounds_text(date), strict=True):
        told = stated[end]
        if told is not None and told != means:
            fields.problem(end, f"says {told}, but the edtf {date.edtf} means {means}; the edtf was used")


def _quantity(owner: Fields, extra: dict[str, Any]) -> Quantity | None:
    fields = owner.inner("quantity")
    if fields is None:
        return None
    low, high = fields.number("low"), fields.number("high")
    if low is not None and high is not None and low > high:
        fields.problem("low", f"low {low} is above high {high}; kept as it is")
    quantity = Quantity(
        text=fields.text("text"),
        low=low,
        high=high,
        qualifier=fields.one_of("qualifier", QUALIFIERS),
        unit=fields.text("unit"),
        measure=fields.one_of("measure", MEASURES),
    )
    rest = fields.rest()
    if rest:
        extra["quantity"] = rest
    return quantity


def _parts(fields: Fields) -> Iterator[Part]:
    for value, path in fields.objects("actors"):
        inner = Fields(value, path, fields.line, fields.report)
        name, role = inner.text("name"), inner.text("role")
        if not name:
            inner.problem("name", "an actor needs a name; kept, not used")
            fields.keep_in_list("actors", value)
        else:
            yield Part(name=name, role=role or "mentioned", extra=inner.rest())


def _hops(fields: Fields) -> Iterator[Hop]:
    for value, path in fields.objects("chain"):
        inner = Fields(value, path, fields.line, fields.report)
        name, anonymous, verb = inner.text("name"), inner.flag("anonymous"), inner.text("verb")
        if not name:
            inner.problem("name", "a hop needs a name or a wording; kept, not used")
            fields.keep_in_list("chain", value)
        else:
            yield Hop(name=name, anonymous=anonymous, verb=verb, extra=inner.rest())
