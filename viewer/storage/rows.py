"""Records to rows and back: the one place that knows which column holds which field.

Rows are plain dictionaries by column name, without their id. Nested parts of a record (a claim's chain, an
event's actors) are rows of tables of their own; the caller resolves names and uids to ids.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from operator import attrgetter
from typing import Any

from viewer.domain.edits import Cell, Row
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.quantities import Quantity
from viewer.domain.records import Actor, Claim, Event, Hop, Kind, Place, Source

_DATE_FIELDS = (
    "text", "edtf", "start_lo", "start_hi", "end_lo", "end_hi", "earliest_state", "latest_state", "shape",
    "precision", "approximate", "uncertain", "convention", "ambiguous", "zone", "reference", "language", "rule",
)  # fmt: skip
_date_values = attrgetter(*_DATE_FIELDS, "parser_version")
_DATE_FLAGS = ("approximate", "uncertain", "convention", "ambiguous")
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_QUANTITY_FIELDS = ("text", "low", "high", "qualifier", "unit", "measure")


def to_json(value: object) -> str:
    """Return compact JSON in a fixed order of keys as given."""
    return _ENCODE(value)


def sha256_of(text: str | None) -> str | None:
    """Return the SHA-256 of a stored text in UTF-8, as hexadecimal digits."""
    import hashlib  # 10 ms of OpenSSL, which a window that only shows does without

    # Half a character is no UTF-8; the store refuses such a text, with a message, when it is written.
    return None if text is None else hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def date_columns(prefix: str, date: FuzzyDate | None) -> dict[str, Cell]:
    """Spread a fuzzy date over its columns; all NULL for None."""
    names = _date_columns(prefix)
    if date is None:
        return dict.fromkeys(names)
    row: dict[str, Cell] = dict(zip(names, _date_values(date), strict=True))
    for name in _DATE_FLAGS:
        row[f"{prefix}_{name}"] = int(getattr(date, name))
    return row


@cache
def _date_columns(prefix: str) -> tuple[str, ...]:
    return tuple(f"{prefix}_{name}" for name in (*_DATE_FIELDS, "parser"))


def date_from(prefix: str, row: Row) -> FuzzyDate | None:
    """Gather a fuzzy date from its columns; None where nothing was recorded."""
    if row[f"{prefix}_shape"] is None:
        return None
    values: dict[str, Any] = {name: row[f"{prefix}_{name}"] for name in _DATE_FIELDS}
    values.update({name: bool(values[name]) for name in _DATE_FLAGS})
    return FuzzyDate(**values, parser_version=int(row[f"{prefix}_parser"] or 0))


def quantity_columns(quantity: Quantity | None) -> dict[str, Cell]:
    """Spread a quantity over its columns; all NULL for None."""
    return {
        f"quantity_{name}": None if quantity is None else getattr(quantity, name) for name in _QUANTITY_FIELDS
    }


def quantity_from(row: Row) -> Quantity | None:
    """Gather a quantity from its columns; None where nothing was recorded."""
    values: dict[str, Any] = {name: row[f"quantity_{name}"] for name in _QUANTITY_FIELDS}
    return None if all(value is None for value in values.values()) else Quantity(**values)


def extra_from(row: Row) -> Mapping[str, Any]:
    """Return what a record keeps beside its fields; empty where a stranger's file holds no JSON object."""
    value = _json(row["extra"])
    return value if isinstance(value, dict) else {}


def view_from(row: Row) -> Mapping[str, Any]:
    """Return a saved view as the bundle writes it."""
    value = _json(row["definition"])
    return {"uid": row["uid"], "name": row["name"], **(value if isinstance(value, dict) else {})}


def _names(row: Row) -> tuple[str, ...]:
    value = _json(row["aliases"])
    return tuple(str(name) for name in value) if isinstance(value, list) else ()


def _json(cell: Cell) -> Any:
    try:
        return json.loads(str(cell))
    except ValueError:  # the check names it; the rest of the record can be read all the same
        return None


def kind_from(row: Row) -> Kind:
    """Return a kind from its row."""
    r: dict[str, Any] = dict(row)
    return Kind(
        name=r["name"],
        label=r["label"],
        shape=r["shape"],
        colour=r["colour"],
        extra=extra_from(row),
        id=r["id"],
    )


def kind_row(kind: Kind) -> dict[str, Cell]:
    """Return the row of a kind."""
    return {
        "name": kind.name,
        "label": kind.label,
        "shape": kind.shape,
        "colour": kind.colour,
        "extra": to_json(kind.extra),
    }


def actor_row(actor: Actor, parent_id: int | None) -> dict[str, Cell]:
    """Return the row of an actor."""
    return {
        "uid": actor.uid,
        "name": actor.name,
        "aliases": to_json(list(actor.aliases)),
        "parent_id": parent_id,
        "extra": to_json(actor.extra),
    }


def actor_from(row: Row) -> Actor:
    """Return an actor from its row joined with the parent's name as `parent`."""
    r: dict[str, Any] = dict(row)
    return Actor(
        uid=r["uid"],
        name=r["name"],
        aliases=_names(row),
        parent=r["parent"],
        extra=extra_from(row),
        id=r["id"],
    )


def place_row(place: Place, parent_id: int | None) -> dict[str, Cell]:
    """Return the row of a place."""
    return {
        "uid": place.uid,
        "name": place.name,
        "aliases": to_json(list(place.aliases)),
        "parent_id": parent_id,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "precision": place.precision,
        "extra": to_json(place.extra),
    }


def place_from(row: Row) -> Place:
    """Return a place from its row joined with the parent's name as `parent`."""
    r: dict[str, Any] = dict(row)
    return Place(
        uid=r["uid"],
        name=r["name"],
        aliases=_names(row),
        parent=r["parent"],
        latitude=r["latitude"],
        longitude=r["longitude"],
        precision=r["precision"],
        extra=extra_from(row),
        id=r["id"],
    )


_SOURCE_FIELDS = (
    "uid", "title", "publisher", "author", "medium", "url", "archived_url", "language", "reliability", "text",
)  # fmt: skip


def source_row(source: Source, derived_from_id: int | None) -> dict[str, Cell]:
    """Return the row of a source, with the checksum of its text."""
    return {
        **{name: getattr(source, name) for name in _SOURCE_FIELDS},
        **date_columns("published", source.published),
        **date_columns("accessed", source.accessed),
        "text_sha256": sha256_of(source.text),
        "derived_from_id": derived_from_id,
        "extra": to_json(source.extra),
    }


def source_from(row: Row) -> Source:
    """Return a source from its row joined with the original's uid as `derived_from`."""
    r: dict[str, Any] = dict(row)
    return Source(
        **{name: r[name] for name in _SOURCE_FIELDS},
        published=date_from("published", row),
        accessed=date_from("accessed", row),
        derived_from=r["derived_from"],
        extra=extra_from(row),
        id=r["id"],
    )


def event_row(
    event: Event, *, kind_id: int, place_id: int | None, origin_place_id: int | None
) -> dict[str, Cell]:
    """Return an event's own row; its actors, links, tags and claims are rows of their own."""
    return {
        "uid": event.uid,
        "kind_id": kind_id,
        "title": event.title,
        "summary": event.summary,
        **date_columns("when", event.when),
        "place_id": place_id,
        "origin_place_id": origin_place_id,
        **quantity_columns(event.quantity),
        "extra": to_json(event.extra),
    }


def claim_row(
    claim: Claim, *, event_id: int, source_id: int, statement_event_id: int | None
) -> dict[str, Cell]:
    """Return a claim's own row; its hops are rows of their own."""
    start, end = claim.span or (None, None)
    return {
        "uid": claim.uid,
        "event_id": event_id,
        "source_id": source_id,
        "quote": claim.quote,
        "span_start": start,
        "span_end": end,
        "prefix": claim.prefix,
        "suffix": claim.suffix,
        "stance": claim.stance,
        "verb": claim.verb,
        "credibility": claim.credibility,
        **date_columns("when", claim.when),
        **quantity_columns(claim.quantity),
        "statement_event_id": statement_event_id,
        "note": claim.note,
        "retracted": int(claim.retracted),
        "extra": to_json(claim.extra),
    }


def claim_from(row: Row, chain: tuple[Hop, ...]) -> Claim:
    """Return a claim from its row joined with `source` and `statement` as uids."""
    r: dict[str, Any] = dict(row)
    span = (r["span_start"], r["span_end"])
    return Claim(
        uid=r["uid"],
        source=r["source"],
        quote=r["quote"],
        span=None if None in span else span,
        prefix=r["prefix"],
        suffix=r["suffix"],
        stance=r["stance"],
        verb=r["verb"],
        credibility=r["credibility"],
        when=date_from("when", row),
        quantity=quantity_from(row),
        statement=r["statement"],
        note=r["note"],
        retracted=bool(r["retracted"]),
        chain=chain,
        extra=extra_from(row),
        id=r["id"],
    )


def hop_from(row: Row) -> Hop:
    """Return a hop from its row joined with the actor's name as `actor`."""
    r: dict[str, Any] = dict(row)
    anonymous = None if r["anonymous"] is None else bool(r["anonymous"])
    return Hop(
        name=r["actor"] or r["wording"] or "", anonymous=anonymous, verb=r["verb"], extra=extra_from(row)
    )
