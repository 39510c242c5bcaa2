"""The bundle, written: the same document always gives the same bytes, and nothing that was read is lost."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from viewer.domain.quantities import Quantity
from viewer.domain.records import BUILT_IN_KINDS, Actor, Claim, Event, Extra, Hop, Kind, Place, Source
from viewer.formats.bundle import FORMAT, VERSION
from viewer.formats.bundle_dates import date_json
from viewer.formats.outgoing import Outgoing


def write_bundle(
    *,
    title: str | None,
    language: str | None,
    kinds: Iterable[Kind],
    actors: Iterable[Actor],
    places: Iterable[Place],
    sources: Iterable[Source],
    events: Iterable[Event],
    views: Iterable[Mapping[str, Any]],
    extra: Extra,
) -> str:
    """Return a document as the text of a bundle."""
    outgoing = Outgoing(
        uid="",
        name="",
        title=title,
        language=language,
        kinds=tuple(kinds),
        actors=tuple(actors),
        places=tuple(places),
        views=tuple(views),
        sources=lambda: iter(sources),
        events=lambda: iter(events),
        extra=extra,
    )
    return "".join(bundle_text(outgoing))


def bundle_text(outgoing: Outgoing) -> Iterator[str]:
    """Yield the text of a bundle piece by piece; sources and events are asked for one at a time."""
    head = bundle_head(outgoing)
    many = {
        "sources": map(source_json, outgoing.sources()),
        "events": map(event_json, outgoing.events()),
    }
    before = "{\n"
    for key, value in head.items():
        yield f"{before} {_json(key)}: "
        if key in many:
            yield from _list_text(chain(many[key], value))
        else:
            yield _json(value).replace("\n", "\n ")
        before = ",\n"
    yield "\n}\n"


def bundle_head(outgoing: Outgoing) -> dict[str, Any]:
    """Return all of a bundle but its sources and events; of these only what is kept beside them."""
    optional = {
        "title": outgoing.title,
        "language": outgoing.language,
        "kinds": [kind_json(kind) for kind in outgoing.kinds if kind not in BUILT_IN_KINDS],
        "actors": [actor_json(actor) for actor in outgoing.actors],
        "places": [place_json(place) for place in outgoing.places],
        "views": [dict(view) for view in outgoing.views],
    }
    own: dict[str, Any] = {
        "format": FORMAT,
        "version": VERSION,
        **{key: value for key, value in optional.items() if value},
        "sources": [],
        "events": [],
    }
    return _with_extra(own, outgoing.extra)


def _list_text(values: Iterable[Any]) -> Iterator[str]:
    before, end = "[\n", "[]"
    for value in values:
        # No text of JSON holds a line break of its own.
        yield before + "  " + _json(value).replace("\n", "\n  ")
        before, end = ",\n", "\n ]"
    yield end


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def event_json(event: Event) -> dict[str, Any]:
    """Return an event as the bundle writes it; `list` and `show` print the same."""
    return _with_extra(
        {
            "uid": event.uid,
            "kind": event.kind,
            "title": event.title,
            "summary": event.summary,
            "when": date_json(event.when),
            "place": event.place,
            **_recorded(origin=event.origin),
            "actors": [
                _with_extra({"name": part.name, "role": part.role}, part.extra) for part in event.actors
            ],
            "quantity": _quantity(event.quantity),
            "links": [
                _with_extra({"to": link.to, "relation": link.relation}, link.extra) for link in event.links
            ],
            "tags": list(event.tags),
            "claims": [_claim(claim) for claim in event.claims],
        },
        event.extra,
    )


def source_json(source: Source) -> dict[str, Any]:
    """Return a source as the bundle writes it."""
    return _with_extra(
        {
            "uid": source.uid,
            "title": source.title,
            "publisher": source.publisher,
            **_recorded(author=source.author, medium=source.medium),
            "language": source.language,
            "published": date_json(source.published),
            **_recorded(accessed=date_json(source.accessed)),
            "url": source.url,
            **_recorded(archived_url=source.archived_url),
            "reliability": source.reliability,
            **_recorded(derived_from=source.derived_from),
            "text": source.text,
        },
        source.extra,
    )


def _recorded(**values: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not False and value not in (None, [])}


def _with_extra(own: dict[str, Any], extra: Extra) -> dict[str, Any]:
    """Give back what was kept beside our fields: under its own key, within an object, or at a list's end."""
    for key, kept in extra.items():
        value = own.get(key)
        if isinstance(value, dict) and isinstance(kept, dict):
            own[key] = _with_extra(value, kept)
        elif isinstance(value, list) and isinstance(kept, list):
            own[key] = [*value, *kept]
        elif value is None:
            own[key] = kept
    return own


def _quantity(quantity: Quantity | None) -> dict[str, Any] | None:
    if quantity is None:
        return None
    names = ("text", "low", "high", "qualifier", "unit", "measure")
    return {name: getattr(quantity, name) for name in names}


def _claim(claim: Claim) -> dict[str, Any]:
    return _with_extra(
        {
            "uid": claim.uid,
            "source": claim.source,
            "quote": claim.quote,
            "span": None if claim.span is None else list(claim.span),
            **_recorded(prefix=claim.prefix, suffix=claim.suffix),
            "stance": claim.stance,
            "verb": claim.verb,
            "credibility": claim.credibility,
            "chain": [_hop(hop) for hop in claim.chain],
            "when": date_json(claim.when),
            "quantity": _quantity(claim.quantity),
            **_recorded(statement=claim.statement, note=claim.note, retracted=claim.retracted),
        },
        claim.extra,
    )


def _hop(hop: Hop) -> dict[str, Any]:
    anonymous = {} if hop.anonymous is None else {"anonymous": hop.anonymous}
    return _with_extra({"name": hop.name, **anonymous, **_recorded(verb=hop.verb)}, hop.extra)


def kind_json(kind: Kind) -> dict[str, Any]:
    """Return a kind as the bundle writes it."""
    own = {"name": kind.name, "label": kind.label, "shape": kind.shape, "colour": kind.colour}
    return _with_extra(own, kind.extra)


def actor_json(actor: Actor) -> dict[str, Any]:
    """Return an actor as the bundle writes it."""
    own = {
        "uid": actor.uid,
        "name": actor.name,
        **_recorded(aliases=list(actor.aliases), parent=actor.parent),
    }
    return _with_extra(own, actor.extra)


def place_json(place: Place) -> dict[str, Any]:
    """Return a place as the bundle writes it."""
    own = {
        "uid": place.uid,
        "name": place.name,
        **_recorded(
            aliases=list(place.aliases), parent=place.parent, latitude=place.latitude,
            longitude=place.longitude, precision=place.precision,
        ),
    }  # fmt: skip
    return _with_extra(own, place.extra)
