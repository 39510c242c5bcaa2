"""Rows of a Data Package's tables as records; what cannot be read is named, kept and given back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.quantities import Quantity
from viewer.domain.records import (
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
from viewer.formats.bundle_dates import date_of
from viewer.formats.bundle_values import quantity_of, span_of
from viewer.formats.exports import package_tables as tables
from viewer.formats.fields import Fields
from viewer.formats.foreign import stable_uid
from viewer.formats.packages.sheets import Groups, Sheets

_DATE = ("text", "edtf", "earliest", "latest")
_QUANTITY = ("text", "low", "high", "qualifier", "unit", "measure")
_SOURCE_TEXTS = ("publisher", "author", "medium", "url", "archived_url", "language", "text")


def kind_of(row: Fields) -> Kind | None:
    """Read a kind; None, with a problem, if it has no name."""
    name = _needed(row, "name")
    label, shape, colour = (row.text(key) or "" for key in ("label", "shape", "colour"))
    if name is None:
        return None
    return Kind(name=name, label=label, shape=shape, colour=colour, extra=_extra(row))


def actor_of(row: Fields) -> Actor | None:
    """Read an actor; None, with a problem, if it has no name."""
    name = _needed(row, "name")
    values: dict[str, Any] = {"aliases": row.texts("aliases"), "parent": row.text("parent")}
    if name is None:
        return None
    return Actor(uid=row.uid("uid") or "", name=name, **values, extra=_extra(row))


def place_of(row: Fields) -> Place | None:
    """Read a place; None, with a problem, if it has no name."""
    name = _needed(row, "name")
    values: dict[str, Any] = {
        "aliases": row.texts("aliases"),
        "parent": row.text("parent"),
        "latitude": row.number("latitude"),
        "longitude": row.number("longitude"),
        "precision": row.text("precision"),
    }
    if name is None:
        return None
    return Place(uid=row.uid("uid") or "", name=name, **values, extra=_extra(row))


def view_of(row: Fields) -> dict[str, Any]:
    """Read a saved view as a bundle has it."""
    own = {key: found for key in ("uid", "name") if (found := row.take(key)) is not None}
    definition = row.inner("definition")
    return {**row.rest(), **({} if definition is None else definition.rest()), **own}


def source_of(row: Fields) -> Source | None:
    """Read a source; None, with a problem, if it has no uid."""
    uid = _needed(row, "uid")
    texts: dict[str, Any] = {key: row.text(key) for key in _SOURCE_TEXTS}
    more: dict[str, Any] = {}
    if uid is None:
        return None
    return Source(
        uid=uid,
        title=row.text("title") or "",
        **texts,
        published=_date(row, "published", more),
        accessed=_date(row, "accessed", more),
        reliability=row.one_of("reliability", RELIABILITIES),
        derived_from=row.uid("derived_from"),
        extra={**_extra(row), **more},
    )


class Belongings:
    """What belongs to events, from the tables beside theirs."""

    def __init__(self, sheets: Sheets) -> None:
        own = [
            sheets.groups(table, "event", tables.EVENTS, "uid")
            for table in (tables.EVENT_ACTORS, tables.EVENT_LINKS, tables.EVENT_TAGS, tables.CLAIMS)
        ]
        self._actors, self._links, self._tags, self._claims = own
        self._hops = sheets.groups(tables.CLAIM_HOPS, "claim", tables.CLAIMS, "uid")

    def event(self, row: Fields) -> Event | None:
        """Read an event with all that belongs to it; None, with a problem, if it has no uid or kind."""
        uid, kind = _needed(row, "uid"), _needed(row, "kind")
        if uid is None or kind is None:
            return None
        more: dict[str, Any] = {}
        return Event(
            uid=uid,
            kind=kind,
            title=row.text("title") or "",
            summary=row.text("summary"),
            when=_date(row, "when", more),
            place=row.text("place"),
            origin=row.text("origin"),
            quantity=_quantity(row, more),
            actors=tuple(_parts(self._actors.of(uid))),
            links=tuple(_links(self._links.of(uid))),
            tags=tuple(each.text("tag") or "" for each in self._tags.of(uid)),
            claims=tuple(self._claims_of(uid)),
            extra={**_extra(row), **more},
        )

    def left(self) -> Iterator[Fields]:
        """Yield the rows that belong to no event or claim that there is."""
        for groups in (self._actors, self._links, self._tags, self._claims, self._hops):
            yield from _ownerless(groups)

    def _claims_of(self, event: str) -> Iterator[Claim]:
        for number, row in enumerate(self._claims.of(event)):
            source = _needed(row, "source")
            uid = row.uid("uid")
            hops = tuple(_hops(self._hops.of(uid)))
            if source is not None:
                yield _claim(row, uid or stable_uid(event, str(number)), source, hops)


def _ownerless(groups: Groups) -> Iterator[Fields]:
    for row in groups.left():
        row.problem("", "what it belongs to is not in the package; not imported")
        yield row


def _parts(rows: list[Fields]) -> Iterator[Part]:
    for row in rows:
        if name := _needed(row, "actor"):
            yield Part(name=name, role=row.text("role") or "mentioned", extra=_belonging_extra(row))


def _links(rows: list[Fields]) -> Iterator[Link]:
    for row in rows:
        to, relation = _needed(row, "to"), _needed(row, "relation")
        if to and relation:
            yield Link(to=to, relation=relation, extra=_belonging_extra(row))


def _hops(rows: list[Fields]) -> Iterator[Hop]:
    for row in rows:
        if name := _needed(row, "name"):
            row.take("claim")
            anonymous, verb = row.flag("anonymous"), row.text("verb")
            yield Hop(name=name, anonymous=anonymous, verb=verb, extra=_belonging_extra(row))


def _claim(row: Fields, uid: str, source: str, chain: tuple[Hop, ...]) -> Claim:
    more: dict[str, Any] = {}
    span = [row.take(key) for key in ("span_start", "span_end")]
    pair = Fields({"span": None if span == [None, None] else span}, row.path, row.line, row.report)
    texts: dict[str, Any] = {key: row.text(key) for key in ("quote", "prefix", "suffix", "verb", "note")}
    return Claim(
        uid=uid,
        source=source,
        **texts,
        span=span_of(pair),
        stance=row.one_of("stance", STANCES) or "supports",
        credibility=row.integer("credibility", 1, 6),
        when=_date(row, "when", more),
        quantity=_quantity(row, more),
        statement=row.uid("statement"),
        retracted=bool(row.flag("retracted")),
        chain=chain,
        extra={**_belonging_extra(row), **pair.rest(), **more},
    )


def _needed(row: Fields, key: str) -> str | None:
    found = row.text(key) or None
    if found is None:
        row.problem(key, "this must be stated; the row is not imported")
    return found


def _date(row: Fields, name: str, more: dict[str, Any]) -> FuzzyDate | None:
    reading = row.inner(f"{name}_reading")
    told = {} if reading is None else reading.rest()
    told |= {key: value for key in _DATE if (value := row.text(f"{name}_{key}")) is not None}
    return date_of(Fields({name: told}, row.path, row.line, row.report), name, more) if told else None


def _quantity(row: Fields, more: dict[str, Any]) -> Quantity | None:
    told = {key: value for key in _QUANTITY if (value := row.take(f"quantity_{key}")) is not None}
    return quantity_of(Fields({"quantity": told}, row.path, row.line, row.report), more) if told else None


def _belonging_extra(row: Fields) -> dict[str, Any]:
    for key in ("event", "position"):
        row.take(key)
    return _extra(row)


def _extra(row: Fields) -> dict[str, Any]:
    """Return what was kept, then whatever the row holds that nobody took; to be called last."""
    kept = row.inner("extra")
    return {**row.rest(), **({} if kept is None else kept.rest())}
