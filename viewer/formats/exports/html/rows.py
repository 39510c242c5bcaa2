"""One event, claim or source as a row of the page's columns.

What few of them have stands in an object at the row's end (`more`), where a missing key means "not recorded".
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from typing import Any

from viewer.domain.conflicts import conflicts
from viewer.domain.context import Context
from viewer.domain.date_words import WITHIN, describe_date
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.provenance import Standing, standing
from viewer.domain.quantities import Quantity, describe_quantity
from viewer.domain.records import Claim, Event, Source
from viewer.frozen import dataclass

EVENT = (
    "uid", "title", "kind", "startLo", "startHi", "endLo", "endHi", "flags", "understood", "wording",
    "claims", "more",
)  # fmt: skip
CLAIM = ("source", "quote", "stance", "chain", "more")

_STANCES = {"supports": 0, "disputes": 1, "mentions": 2}
_SPAN, _OPEN_LO, _OPEN_HI, _BLURRED, _DISPUTED, _RIVAL = (1 << bit for bit in range(6))
_ANONYMOUS = 1


class Names:
    """Texts by number, each once; -1 is none."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    def number(self, text: str | None) -> int:
        """Return the number of a text, the next one if it is new."""
        return self._numbers.setdefault(text, len(self._numbers)) if text else -1

    def texts(self) -> list[str]:
        """Return all texts in the order of their numbers."""
        return list(self._numbers)


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Where events, sources (by uid) and kinds (by name) stand in the page's columns, and the texts they share."""

    events: Mapping[str, int]
    sources: Mapping[str, int]
    kinds: Mapping[str, int]
    names: Names


def event_row(event: Event, numbered: Numbered, context: Context) -> tuple[Any, ...]:
    """Return the values of EVENT; bounds are seconds, flags the bits that the page's script knows."""
    names, when = numbered.names, event.when
    found = standing(event, context)
    clashes = conflicts(event)
    rival = any(clash.field != "stance" for clash in clashes)
    bounds = (None,) * 4 if when is None else (when.start_lo, when.start_hi, when.end_lo, when.end_hi)
    more = _pruned(
        summary=event.summary,
        place=event.place,
        origin=event.origin,
        quantity=_quantity(event.quantity),
        actors=[[names.number(part.name), names.number(part.role)] for part in event.actors],
        links=[
            [numbered.events[link.to], names.number(link.relation)]
            for link in event.links
            if link.to in numbered.events
        ],
        tags=list(event.tags),
        standing=_standing(found),
        origins=[names.number(origin.name) for origin in found.origins],
        conflicts=[clash.words for clash in clashes],
    )
    return (
        event.uid,
        event.title,
        numbered.kinds.get(event.kind, -1),
        *bounds,
        _flags(when) | (_DISPUTED if found.disputes else 0) | (_RIVAL if rival else 0),
        names.number(None if when is None else date_words(when)),
        names.number(_wording(when)),
        len(event.claims),
        more or 0,
    )


def claim_row(claim: Claim, numbered: Numbered) -> tuple[Any, ...]:
    """Return the values of CLAIM; of its chain [name, anonymous, verb] for each hop."""
    names = numbered.names
    chain = [
        [names.number(hop.name), _ANONYMOUS if hop.anonymous else 0, names.number(hop.verb)]
        for hop in claim.chain
    ]
    more = _pruned(
        verb=claim.verb,
        credibility=claim.credibility,
        when=None if claim.when is None else date_words(claim.when),
        wording=_wording(claim.when),
        quantity=_quantity(claim.quantity),
        statement=numbered.events.get(claim.statement or ""),
        note=claim.note,
        retracted=claim.retracted,
    )
    return (
        numbered.sources.get(claim.source, -1),
        claim.quote or 0,
        _STANCES.get(claim.stance, 0),
        chain or 0,
        more or 0,
    )


def source_row(source: Source, numbered: Numbered) -> dict[str, Any]:
    """Return a source with what is recorded of it; its text only as its SHA-256."""
    published, accessed = source.published, source.accessed
    return _pruned(
        uid=source.uid,
        title=source.title,
        publisher=source.publisher,
        author=source.author,
        medium=source.medium,
        url=source.url,
        archived=source.archived_url,
        language=source.language,
        published=None if published is None else date_words(published).removesuffix(WITHIN),
        accessed=None if accessed is None else date_words(accessed).removesuffix(WITHIN),
        reliability=source.reliability,
        original=numbered.sources.get(source.derived_from or ""),
        sha256=None if source.text is None else hashlib.sha256(source.text.encode()).hexdigest(),
    )


def date_words(date: FuzzyDate) -> str:
    """Say what a date was taken to mean; how it was read has its part in that."""
    return _described(date, date.reference, date.language, date.rule)


@functools.lru_cache(maxsize=1 << 14)
def _described(date: FuzzyDate, *_how: str | None) -> str:
    return describe_date(date)


def _wording(date: FuzzyDate | None) -> str | None:
    """Return the wording of a date where it differs from what the page says of it anyway."""
    if date is None or not date.text:
        return None
    words = date_words(date)
    return None if date.text in (words, words.removesuffix(WITHIN), date.edtf) else date.text


def _quantity(quantity: Quantity | None) -> list[str | None] | None:
    """Return a number in words, its wording where that differs, and what it measures."""
    if quantity is None:
        return None
    words = describe_quantity(quantity)
    return [words, None if quantity.text == words else quantity.text, quantity.measure]


def _standing(found: Standing) -> list[int] | None:
    counts = [found.reports, len(found.origins), len(found.unestablished), found.disputes]
    return counts if any(counts) else None


def _flags(when: FuzzyDate | None) -> int:
    if when is None:
        return 0
    bits = (
        (_SPAN, when.shape != "point"),
        (_OPEN_LO, when.earliest_state == "open"),
        (_OPEN_HI, when.latest_state == "open"),
        (_BLURRED, when.approximate or when.uncertain),
    )
    return sum(bit for bit, holds in bits if holds)


def _pruned(**values: Any) -> dict[str, Any]:
    return {
        key: value
        for key, value in values.items()
        if value is not None and value is not False and value != []
    }
