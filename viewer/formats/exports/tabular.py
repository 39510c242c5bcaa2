"""Events, claims and sources as rows for people: every table names its columns and gives plain values.

Dates stand four times: in the words of the source, as EDTF, and as the earliest and the latest day or second.
Several names in a cell are parted by a semicolon.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from viewer.domain.fuzzy_date import FuzzyDate, bounds_text
from viewer.domain.provenance import Context, standing
from viewer.domain.quantities import Quantity
from viewer.domain.records import ROLES, Claim, Event, Hop, Source
from viewer.frozen import dataclass

Value = str | float | None
Row = tuple[Value, ...]

SEPARATOR = "; "
_DATE = ("", "_edtf", "_earliest", "_latest")
_QUANTITY = (
    "quantity", "quantity_low", "quantity_high", "quantity_qualifier", "quantity_unit", "quantity_measure",
)  # fmt: skip
_WHEN = ("when", "edtf", "earliest", "latest")

EVENT_COLUMNS = (
    "uid", "title", "kind", *_WHEN, "place", "origin", *_QUANTITY, "summary", *ROLES, "tags", "claims",
    "independent_origins", "disputed_by", "sources", "source_urls", "links",
)  # fmt: skip
CLAIM_COLUMNS = (
    "uid", "event_uid", "event", "event_kind", "source_uid", "source", "publisher", "published", "url",
    "reliability", "stance", "verb", "quote", "credibility", "chain", *_WHEN, *_QUANTITY, "statement_uid", "note",
    "retracted",
)  # fmt: skip
SOURCE_COLUMNS = (
    "uid", "title", "publisher", "author", "medium", "language", *(f"published{end}" for end in _DATE),
    *(f"accessed{end}" for end in _DATE), "url", "archived_url", "reliability", "derived_from", "text",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cited:
    """What a row says of a source that it names."""

    title: str
    publisher: str | None
    published: str
    url: str | None
    reliability: str | None


def cited(sources: Iterable[Source]) -> dict[str, Cited]:
    """Return what rows say of sources, by uid."""
    return {
        source.uid: Cited(
            source.title, source.publisher, _wording(source.published), source.url, source.reliability
        )
        for source in sources
    }


def event_row(event: Event, sources: Mapping[str, Cited], context: Context, known_by: int | None) -> Row:
    """Return the row of an event, by EVENT_COLUMNS."""
    counted = standing(event, context, known_by=known_by)
    named = [sources[uid] for uid in dict.fromkeys(claim.source for claim in event.claims) if uid in sources]
    return (
        event.uid, event.title, event.kind, *date_values(event.when), event.place, event.origin,
        *_quantity(event.quantity), event.summary,
        *(_joined(part.name for part in event.actors if part.role == role) for role in ROLES),
        _joined(event.tags), len(event.claims), len(counted.origins), counted.disputes,
        _joined(each.title for each in named), _joined(each.url or "" for each in named),
        _joined(f"{link.relation} {link.to}" for link in event.links),
    )  # fmt: skip


def claim_row(event: Event, claim: Claim, sources: Mapping[str, Cited]) -> Row:
    """Return the row of a claim, by CLAIM_COLUMNS."""
    source = sources.get(claim.source, Cited("", None, "", None, None))
    return (
        claim.uid, event.uid, event.title, event.kind, claim.source, source.title, source.publisher,
        source.published, source.url, source.reliability, claim.stance, claim.verb, claim.quote,
        claim.credibility, chain_text(claim.chain), *date_values(claim.when), *_quantity(claim.quantity),
        claim.statement, claim.note, "yes" if claim.retracted else None,
    )  # fmt: skip


def source_row(source: Source) -> Row:
    """Return the row of a source, by SOURCE_COLUMNS."""
    return (
        source.uid, source.title, source.publisher, source.author, source.medium, source.language,
        *date_values(source.published), *date_values(source.accessed), source.url, source.archived_url,
        source.reliability, source.derived_from, source.text,
    )  # fmt: skip


def chain_text(chain: Iterable[Hop]) -> str:
    """Say a chain in words, its origin first: “several sources (anonymous), said → An agency”."""
    return " → ".join(
        hop.name + (" (anonymous)" if hop.anonymous else "") + (f", {hop.verb}" if hop.verb else "")
        for hop in chain
    )


def date_values(date: FuzzyDate | None) -> Row:
    """Return a date's wording, EDTF, earliest and latest; a bound may be “open” or “unknown”."""
    if date is None or date.edtf is None:
        return _wording(date), None, None, None
    bounds = ("open" if bound in ("-inf", "+inf") else bound for bound in bounds_text(date))
    return (_wording(date), date.edtf, *bounds)


def _wording(date: FuzzyDate | None) -> str:
    return "" if date is None else date.text or date.edtf or ""


def _quantity(quantity: Quantity | None) -> Row:
    if quantity is None:
        return (None,) * len(_QUANTITY)
    return (
        quantity.text, quantity.low, quantity.high, quantity.qualifier, quantity.unit, quantity.measure,
    )  # fmt: skip


def _joined(names: Iterable[str]) -> str:
    return SEPARATOR.join(name for name in names if name)
