"""The records of a document, as a reader thinks of them: nested, by uid and by name.

How they are spread over tables is the storage room's affair. Every record is immutable; a revision is a
new record (`dataclasses.replace`). `extra` holds what a file said and we have no field for: it is kept
and given back. `id` is the row's number in one open document and takes no part in comparisons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import Any

from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.quantities import Quantity
from viewer.frozen import dataclass

Extra = Mapping[str, Any]

STANCES = ("supports", "disputes", "mentions")
ROLES = ("force", "speaker", "addressee", "mentioned")
RELATIONS = ("about", "follows", "part of", "same as", "contradicts")
RELIABILITIES = ("A", "B", "C", "D", "E", "F")
UID_LIMIT = 100
"""A uid is any text of up to this many characters; ours are UUIDv7."""


def _no_extra() -> Extra:
    return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What sort of event: decides lane, mark shape and colour."""

    name: str
    label: str
    shape: str
    colour: str
    extra: Extra = field(default_factory=_no_extra)
    id: int = field(default=0, compare=False)


BUILT_IN_KINDS = (
    Kind(name="deployment", label="Deployment", shape="right", colour="deployment"),
    Kind(name="withdrawal", label="Withdrawal", shape="left", colour="withdrawal"),
    Kind(name="statement", label="Statement", shape="disc", colour="statement"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A person, force, agency or outlet; its name is its identity within a document."""

    uid: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    extra: Extra = field(default_factory=_no_extra)
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where; its name is its identity within a document. Degrees are WGS 84."""

    uid: str
    name: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    precision: str | None = None
    extra: Extra = field(default_factory=_no_extra)
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document that can be read again, with its stored text."""

    uid: str
    title: str
    publisher: str | None = None
    author: str | None = None
    medium: str | None = None
    url: str | None = None
    archived_url: str | None = None
    language: str | None = None
    published: FuzzyDate | None = None
    accessed: FuzzyDate | None = None
    reliability: str | None = None
    text: str | None = None
    derived_from: str | None = None
    extra: Extra = field(default_factory=_no_extra)
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hop:
    """One step of a chain; the first is the origin. `anonymous` None: not recorded."""

    name: str
    anonymous: bool | None = None
    verb: str | None = None
    extra: Extra = field(default_factory=_no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one source says about one event. `span` counts code points of the source's text."""

    uid: str
    source: str
    quote: str | None = None
    span: tuple[int, int] | None = None
    prefix: str | None = None
    suffix: str | None = None
    stance: str = "supports"
    verb: str | None = None
    credibility: int | None = None
    when: FuzzyDate | None = None
    quantity: Quantity | None = None
    statement: str | None = None
    note: str | None = None
    retracted: bool = False
    chain: tuple[Hop, ...] = ()
    extra: Extra = field(default_factory=_no_extra)
    id: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An actor's part in an event."""

    name: str
    role: str
    extra: Extra = field(default_factory=_no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """From one event to another, by uid."""

    to: str
    relation: str
    extra: Extra = field(default_factory=_no_extra)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, drawn as one mark, with all that is claimed of it."""

    uid: str
    kind: str
    title: str
    summary: str | None = None
    when: FuzzyDate | None = None
    place: str | None = None
    origin: str | None = None
    quantity: Quantity | None = None
    actors: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    extra: Extra = field(default_factory=_no_extra)
    id: int = field(default=0, compare=False)
