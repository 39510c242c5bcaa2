"""The bundle, read: the values that records are made of. What cannot be read is named, kept and given back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from viewer.domain.quantities import MEASURES, QUALIFIERS, Quantity
from viewer.domain.records import Actor, Hop, Part, Place
from viewer.formats.fields import Fields

_LARGEST_SPAN = 2**53


def actor_of(fields: Fields, name: str, uid: str, parent: str | None) -> Actor:
    """Read an actor beside its name, uid and parent."""
    aliases = fields.texts("aliases")
    return Actor(uid=uid, name=name, aliases=aliases, parent=parent, extra=fields.rest())


def place_of(fields: Fields, name: str, uid: str, parent: str | None) -> Place:
    """Read a place beside its name, uid and parent."""
    values: dict[str, Any] = {
        "aliases": fields.texts("aliases"),
        "latitude": fields.number("latitude"),
        "longitude": fields.number("longitude"),
        "precision": fields.text("precision"),
    }
    return Place(uid=uid, name=name, parent=parent, **values, extra=fields.rest())


def span_of(fields: Fields) -> tuple[int, int] | None:
    """Read a claim's span in characters, or None."""
    value = fields.take("span")
    if value is None:
        return None
    whole = isinstance(value, list) and len(value) == 2 and all(type(item) is int for item in value)
    if not whole or not 0 <= value[0] <= value[1] <= _LARGEST_SPAN:
        fields.problem("span", "expected [start, end] in characters; kept as it is, not used")
        fields.keep("span", value)
        return None
    return value[0], value[1]


def quantity_of(owner: Fields, extra: dict[str, Any]) -> Quantity | None:
    """Read a quantity; `extra` takes what its object holds beside our fields."""
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
    return None if quantity == Quantity() else quantity


def parts_of(fields: Fields) -> Iterator[Part]:
    """Yield the actors of an event; one without a name is kept, not used."""
    for value, path in fields.objects("actors"):
        inner = Fields(value, path, fields.line, fields.report)
        name, role = inner.text("name"), inner.text("role")
        if not name:
            inner.problem("name", "an actor needs a name; kept, not used")
            fields.keep_in_list("actors", value)
        else:
            yield Part(name=name, role=role or "mentioned", extra=inner.rest())


def hops_of(fields: Fields) -> Iterator[Hop]:
    """Yield the hops of a claim's chain; one without a name is kept, not used."""
    for value, path in fields.objects("chain"):
        inner = Fields(value, path, fields.line, fields.report)
        name, anonymous, verb = inner.text("name"), inner.flag("anonymous"), inner.text("verb")
        if not name:
            inner.problem("name", "a hop needs a name or a wording; kept, not used")
            fields.keep_in_list("chain", value)
        else:
            yield Hop(name=name, anonymous=anonymous, verb=verb, extra=inner.rest())
