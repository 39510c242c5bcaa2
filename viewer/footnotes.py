"""Footnotes: what stands behind events, in the order in which a picture numbers them.

Plain values without layout or words of the window, for whoever publishes: pictures, pages, the web. A source that
several claims cite is listed once; claims point at it by its number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.domain.conflicts import conflicts
from viewer.domain.provenance import standing
from viewer.frozen import dataclass
from viewer.storage.rows import sha256_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.document import Document
    from viewer.domain.fuzzy_date import FuzzyDate
    from viewer.domain.provenance import Context, Standing
    from viewer.domain.quantities import Quantity
    from viewer.domain.records import Claim, Event, Hop, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedSource:
    """A source that claims of the notes cite, `number` in the order of first use; its text only as its SHA-256.

    `original`: the title of the source that it is a copy of.
    """

    number: int
    uid: str
    title: str
    publisher: str | None = None
    author: str | None = None
    published: FuzzyDate | None = None
    reliability: str | None = None
    url: str | None = None
    archived_url: str | None = None
    sha256: str | None = None
    original: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotedClaim:
    """What one source says: `source` is its number; `outlet` who published it, where that is recorded.

    `clashes`: it cannot hold with another claim of its event.
    """

    source: int
    outlet: str | None = None
    quote: str | None = None
    chain: tuple[Hop, ...] = ()
    stance: str = "supports"
    retracted: bool = False
    grade: str = ""
    when: FuzzyDate | None = None
    quantity: Quantity | None = None
    clashes: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """The footnote of one event; `conflicts` are sentences about what in its claims cannot hold together."""

    number: int
    event: int
    uid: str
    kind: str
    title: str
    when: FuzzyDate | None
    standing: Standing
    claims: tuple[NotedClaim, ...] = ()
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes of a picture, by number from 1, and the sources that they cite, by number from 1."""

    notes: tuple[Note, ...] = ()
    sources: tuple[NotedSource, ...] = ()


def notes_of(document: Document, ids: Sequence[int], *, known_by: int | None = None) -> Notes:
    """Return the footnotes of events, given by id in the order in which they are to be numbered.

    `known_by`, seconds: only with the claims published by then. An id that no event has gets no note, and no
    number. Reads those events and the sources that they cite, one text at a time.
    """
    found = {event.id: event for event in document.store.events(dict.fromkeys(ids))}
    events = [document.as_known(found[each], known_by) for each in dict.fromkeys(ids) if each in found]
    context = document.provenance_context()
    sources = _sources(document, events, context)
    notes = tuple(_note(number, event, sources, context) for number, event in enumerate(events, 1))
    return Notes(notes, tuple(sources.values()))


def _sources(document: Document, events: Sequence[Event], context: Context) -> dict[str, NotedSource]:
    """Return the sources of claims by uid, in the order in which they are first cited."""
    noted: dict[str, NotedSource] = {}
    for uid in dict.fromkeys(claim.source for event in events for claim in event.claims):
        source = document.store.source(uid)
        noted[uid] = _source(len(noted) + 1, uid, source, context)
    return noted


def _source(number: int, uid: str, source: Source | None, context: Context) -> NotedSource:
    if source is None:
        return NotedSource(number=number, uid=uid, title=uid)
    original = context.sources.get(source.derived_from or "")
    return NotedSource(
        number=number,
        uid=uid,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        published=source.published,
        reliability=source.reliability,
        url=source.url,
        archived_url=source.archived_url,
        sha256=sha256_of(source.text),
        original=None if original is None else original.title,
    )


def _note(number: int, event: Event, sources: dict[str, NotedSource], context: Context) -> Note:
    clashes = conflicts(event, context=context)
    clashing = {uid for clash in clashes for uid in clash.claims}
    return Note(
        number=number,
        event=event.id,
        uid=event.uid,
        kind=event.kind,
        title=event.title,
        when=event.when,
        standing=standing(event, context),
        claims=tuple(_claim(claim, sources[claim.source], clashing) for claim in event.claims),
        conflicts=tuple(clash.words for clash in clashes),
    )


def _claim(claim: Claim, source: NotedSource, clashing: set[str]) -> NotedClaim:
    credibility = "" if claim.credibility is None else str(claim.credibility)
    return NotedClaim(
        source=source.number,
        outlet=source.publisher,
        quote=claim.quote,
        chain=claim.chain,
        stance=claim.stance,
        retracted=claim.retracted,
        grade=f"{source.reliability or ''}{credibility}",
        when=claim.when,
        quantity=claim.quantity,
        clashes=claim.uid in clashing,
    )
