"""Records as rows of a Data Package's tables, in the order of their columns, and values as cells."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.quantities import Quantity
from viewer.domain.records import Actor, Claim, Event, Kind, Place, Source
from viewer.formats.bundle_dates import date_json
from viewer.formats.exports import package_tables as tables
from viewer.formats.exports.package_tables import Column, Table
from viewer.formats.guarding import exactly

Values = tuple[Any, ...]
_DATE = ("text", "edtf", "earliest", "latest")
_NO_DATE: Values = (None,) * (len(_DATE) + 1)
_QUANTITY = ("text", "low", "high", "qualifier", "unit", "measure")


def cell(column: Column, value: Any) -> str:
    """Return a value as the text of a cell; an empty list or object is none."""
    if column.type == "string":
        return exactly(value)
    if value is None or (column.type in ("array", "object") and not value):
        return ""
    return json.dumps(value, ensure_ascii=False)


def kind_row(kind: Kind) -> Values:
    """Return the row of a kind."""
    return kind.name, kind.label, kind.shape, kind.colour, kind.extra


def actor_row(actor: Actor) -> Values:
    """Return the row of an actor."""
    return actor.uid, actor.name, actor.aliases, actor.parent, actor.extra


def place_row(place: Place) -> Values:
    """Return the row of a place."""
    position = (place.latitude, place.longitude, place.precision)
    return (place.uid, place.name, place.aliases, place.parent, *position, place.extra)


def source_row(source: Source) -> Values:
    """Return the row of a source."""
    return (
        source.uid, source.title, source.publisher, source.author, source.medium, source.url,
        source.archived_url, source.language, *_date(source.published), *_date(source.accessed),
        source.reliability, source.derived_from, source.text, source.extra,
    )  # fmt: skip


def view_row(view: Mapping[str, Any]) -> Values:
    """Return the row of a saved view."""
    rest = {key: value for key, value in view.items() if key not in ("uid", "name")}
    return view["uid"], view["name"], rest


def event_rows(event: Event) -> Iterator[tuple[Table, Values]]:
    """Yield the rows of an event: its own, and those of all that belongs to it."""
    yield tables.EVENTS, (
        event.uid, event.kind, event.title, event.summary, *_date(event.when), event.place, event.origin,
        *_quantity(event.quantity), event.extra,
    )  # fmt: skip
    for position, part in enumerate(event.actors):
        yield tables.EVENT_ACTORS, (event.uid, position, part.name, part.role, part.extra)
    for position, link in enumerate(event.links):
        yield tables.EVENT_LINKS, (event.uid, position, link.to, link.relation, link.extra)
    for position, tag in enumerate(event.tags):
        yield tables.EVENT_TAGS, (event.uid, position, tag)
    for claim in event.claims:
        yield tables.CLAIMS, _claim_row(event.uid, claim)
        for position, hop in enumerate(claim.chain):
            yield tables.CLAIM_HOPS, (claim.uid, position, hop.name, hop.anonymous, hop.verb, hop.extra)


def _claim_row(event: str, claim: Claim) -> Values:
    return (
        event, claim.uid, claim.source, claim.quote, *(claim.span or (None, None)), claim.prefix, claim.suffix,
        claim.stance, claim.verb, claim.credibility, *_date(claim.when), *_quantity(claim.quantity),
        claim.statement, claim.note, claim.retracted, claim.extra,
    )  # fmt: skip


def _date(date: FuzzyDate | None) -> Values:
    told = date_json(date)
    if told is None:
        return _NO_DATE
    return (*(told.pop(name, None) for name in _DATE), told)


def _quantity(quantity: Quantity | None) -> Values:
    return tuple(getattr(quantity, name, None) for name in _QUANTITY)


RECORD_ROWS: tuple[tuple[Table, str, Callable[[Any], Values]], ...] = (
    (tables.KINDS, "kinds", kind_row),
    (tables.ACTORS, "actors", actor_row),
    (tables.PLACES, "places", place_row),
    (tables.VIEWS, "views", view_row),
)
"""The tables that are small: each with where its records stand in an `Outgoing`."""
