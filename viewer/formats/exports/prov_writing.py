"""W3C PROV, as PROV-JSON: where each claim comes from.

Sources, quotes, claims and events are entities: an event is a collection of its claims, a quote was quoted from
its source, a claim was derived from its quote and has the original of a copied source as its primary source.
Everyone in a chain is an agent to whom the claim is attributed, the origin first; whoever is anonymous is an agent
of that claim alone. The document's edits are not among the records, so they are no activities here.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO, Any
from urllib.parse import quote

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.quantities import Quantity, describe_quantity
from viewer.domain.records import Claim, Event, Hop, Source
from viewer.formats.outgoing import Loss, Losses, Outgoing, WritableFormat

_SECTIONS = ("entity", "agent", "wasDerivedFrom", "wasAttributedTo", "hadMember")
_IN_MEMORY = 1_000_000
_CHUNK = 1 << 20
_OURS = "dateline"

Attributes = dict[str, Any]


def write(outgoing: Outgoing, file: IO[bytes]) -> tuple[Loss, ...]:
    """Write the provenance of all claims."""
    losses = Losses()
    namespace = f"urn:dateline:{quote(outgoing.uid, safe='')}:"
    with ExitStack() as stack:
        sections = {name: stack.enter_context(_Section()) for name in _SECTIONS}
        for sort, name, attributes in _statements(outgoing, losses):
            sections[sort].add(name, attributes)
        file.write(f'{{\n"prefix": {json.dumps({_OURS: namespace})}'.encode())
        for sort, section in sections.items():
            if not section.is_empty:
                file.write(f',\n"{sort}": '.encode())
                section.copy_to(file)
        file.write(b"\n}\n")
    return losses.found()


class _Section:
    """The statements of one sort: kept aside, for all sorts come together and are written one after another."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by `__exit__`
        self._count = 0
        self._given: set[str] = set()

    def __enter__(self) -> _Section:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was added."""
        return not self._count

    def add(self, name: str | None, attributes: Attributes) -> None:
        """Add a statement; one of a name that is there already is the same. Relations need no name."""
        if name is not None:
            if name in self._given:
                return
            self._given.add(name)
        self._count += 1
        said = {key: value for key, value in attributes.items() if value not in (None, "")}
        before = "{\n " if self._count == 1 else ",\n "
        key = name or f"_:{self._count}"
        self._file.write(f"{before}{_json(key)}: {_json(said)}".encode())

    def copy_to(self, file: IO[bytes]) -> None:
        """Write all statements as one object."""
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            file.write(chunk)
        file.write(b"\n}")


Statement = tuple[str, str | None, Attributes]


def _statements(outgoing: Outgoing, losses: Losses) -> Iterator[Statement]:
    originals = {}
    for source in outgoing.sources():
        originals[source.uid] = source.derived_from
        losses.add("texts of sources", source.text is not None)
        yield from _source(source)
    for event in outgoing.events():
        yield "entity", _name("event", event.uid), _event(event)
        for claim in event.claims:
            yield from _claim(event, claim, _root(claim.source, originals))


def _source(source: Source) -> Iterator[Statement]:
    own = _name("source", source.uid)
    attributes = {
        "prov:label": source.title,
        "prov:type": _type("Source"),
        "dateline:publisher": source.publisher,
        "dateline:author": source.author,
        "dateline:url": source.url,
        "dateline:archivedUrl": source.archived_url,
        "dateline:published": _date(source.published),
        "dateline:accessed": _date(source.accessed),
        "dateline:reliability": source.reliability,
    }
    yield "entity", own, attributes
    for role, name in (("publisher", source.publisher), ("author", source.author)):
        if name:
            yield from _attributed(own, _agent(name), name, {"dateline:role": role})
    if source.derived_from is not None:
        yield _derived(own, _name("source", source.derived_from))


def _event(event: Event) -> Attributes:
    return {
        "prov:label": event.title,
        "prov:type": _type("Collection", "prov"),
        "prov:location": event.place,
        "dateline:kind": event.kind,
        "dateline:when": _date(event.when),
        "dateline:quantity": _quantity(event.quantity),
    }


def _claim(event: Event, claim: Claim, original: str) -> Iterator[Statement]:
    own, source = _name("claim", claim.uid), _name("source", claim.source)
    attributes = {
        "prov:label": f"{claim.stance}: {event.title}",
        "prov:type": _type("Claim"),
        "dateline:stance": claim.stance,
        "dateline:verb": claim.verb,
        "dateline:credibility": claim.credibility,
        "dateline:when": _date(claim.when),
        "dateline:quantity": _quantity(claim.quantity),
        "dateline:note": claim.note,
        "dateline:retracted": claim.retracted or None,
    }
    yield "entity", own, attributes
    yield "hadMember", None, {"prov:collection": _name("event", event.uid), "prov:entity": own}
    if claim.quote:
        quoted = _name("quote", claim.uid)
        words = {"prov:value": claim.quote, "prov:type": _type("Quote"), "dateline:span": _span(claim)}
        yield "entity", quoted, words
        yield _derived(quoted, source, "Quotation")
        yield _derived(own, quoted)
    else:
        yield _derived(own, source)
    if original != claim.source:
        yield _derived(own, _name("source", original), "PrimarySource")
    if claim.statement is not None:
        yield _derived(own, _name("event", claim.statement))
    for place, hop in enumerate(claim.chain):
        agent = _name("anonymous", f"{claim.uid}/{place}") if hop.anonymous else _agent(hop.name)
        yield from _attributed(own, agent, hop.name, _place_in_chain(place, hop))


def _attributed(entity: str, agent: str, name: str, how: Attributes) -> Iterator[Statement]:
    yield "agent", agent, {"prov:label": name}
    yield "wasAttributedTo", None, {"prov:entity": entity, "prov:agent": agent, **how}


def _place_in_chain(place: int, hop: Hop) -> Attributes:
    return {
        "dateline:role": "hop" if place else "origin",
        "dateline:position": place,
        "dateline:verb": hop.verb,
        "dateline:anonymous": hop.anonymous,
    }


def _derived(entity: str, origin: str, how: str | None = None) -> Statement:
    kind = {} if how is None else {"prov:type": _type(how, "prov")}
    return "wasDerivedFrom", None, {"prov:generatedEntity": entity, "prov:usedEntity": origin, **kind}


def _root(source: str, originals: dict[str, str | None]) -> str:
    """Return the source at the beginning of a line of copies; of a circle, any that lies on it."""
    path = {source}
    while (above := originals.get(source)) is not None and above not in path:
        path.add(above)
        source = above
    return source


def _agent(name: str) -> str:
    return _name("agent", " ".join(name.split()))


def _name(sort: str, identifier: str) -> str:
    """Return a qualified name: what is no letter, digit or one of -_.~/ is percent-encoded."""
    return f"{_OURS}:{sort}/{quote(identifier, safe='/')}"


def _type(name: str, prefix: str = _OURS) -> Attributes:
    return {"$": f"{prefix}:{name}", "type": "prov:QUALIFIED_NAME"}


def _date(date: FuzzyDate | None) -> str | None:
    return None if date is None else date.edtf or date.text


def _quantity(quantity: Quantity | None) -> str | None:
    return None if quantity is None else describe_quantity(quantity)


def _span(claim: Claim) -> str | None:
    return None if claim.span is None else "-".join(map(str, claim.span))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


FORMAT = WritableFormat(name="prov-json", label="W3C PROV (PROV-JSON)", ending=".json", write=write)
