"""The first events as JSON-LD (schema.org), for machines that read pages.

A date is given only as finely as it is known: 1–7 February 2025 is the month 2025-02, never its first day. What
no year of the calendar holds is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from viewer.domain.calendar import DAY, MINUTE, civil
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.quantities import describe_quantity
from viewer.domain.records import Claim, Event, Source
from viewer.formats.exports.html.plain import clipped, web_address

_YEARS = (1, 9999)


def linked_data(title: str, language: str, events: Iterable[Event], sources: Mapping[str, Source]) -> Any:
    """Return some events with what is claimed of them, and the sources that they name."""
    graph: list[dict[str, Any]] = []
    named: dict[str, int] = {}
    for event in events:
        graph.append(_event(event))
        for claim in event.claims:
            if claim.source in sources:
                named.setdefault(claim.source, len(named) + 1)
            graph.extend(_claims(event, claim, named))
    works = [_work(sources[uid], number) for uid, number in named.items()]
    page = {"@type": "WebPage", "name": clipped(title), "inLanguage": language}
    return {"@context": "https://schema.org", "@graph": [page, *graph, *works]}


def iso_period(lo: int | None, hi: int | None, *, rough: bool = False) -> str | None:
    """Return the shortest period of ISO 8601 that holds two seconds and all between: minute, day, month or year.

    None where no year does. A `rough` date, such as about 19 February, is given a step more coarsely.
    """
    if lo is None or hi is None or lo > hi:
        return None
    first, last = civil(lo), civil(hi)
    if first[0] != last[0] or not _YEARS[0] <= first[0] <= _YEARS[1]:
        return None
    year = f"{first[0]:04d}"
    month, day = f"{year}-{first[1]:02d}", f"{year}-{first[1]:02d}-{first[2]:02d}"
    minute = f"{day}T{first[3]:02d}:{first[4]:02d}"
    fine = lo // MINUTE == hi // MINUTE, lo // DAY == hi // DAY, first[1] == last[1], True
    steps = [text for text, holds in zip((minute, day, month, year), fine, strict=True) if holds]
    if rough:
        steps = steps[1:]
    return steps[0] if steps else None


def _event(event: Event) -> dict[str, Any]:
    when = event.when
    start, end = (None, None) if when is None else _start_and_end(when)
    quantity = None if event.quantity is None else describe_quantity(event.quantity)
    return _known(
        {
            "@type": "Event",
            "@id": _event_id(event.uid),
            "name": clipped(event.title),
            "description": clipped(event.summary or quantity or ""),
            "startDate": start,
            "endDate": end,
            "location": event.place and {"@type": "Place", "name": clipped(event.place)},
            "keywords": [clipped(tag) for tag in event.tags],
        }
    )


def _start_and_end(when: FuzzyDate) -> tuple[str | None, str | None]:
    rough = when.approximate or when.uncertain
    if when.shape == "span":
        return (
            iso_period(when.start_lo, when.start_hi, rough=rough),
            iso_period(when.end_lo, when.end_hi, rough=rough),
        )
    if when.shape == "point":
        return iso_period(when.earliest, when.latest, rough=rough), None
    return None, None


def _claims(event: Event, claim: Claim, named: Mapping[str, int]) -> list[dict[str, Any]]:
    if claim.retracted:
        return []
    number = named.get(claim.source)
    source = None if number is None else {"@id": f"#source-{number}"}
    speaker = next((hop.name for hop in claim.chain if not hop.anonymous), None)
    stated = _known(
        {
            "@type": "Claim",
            "about": {"@id": _event_id(event.uid)},
            "author": speaker and clipped(speaker),
            "appearance": source,
            "description": None if claim.stance == "supports" else f"{claim.stance} the event",
        }
    )
    if not claim.quote:
        return [stated]
    quoted = _known({"@type": "Quotation", "text": clipped(claim.quote), "isPartOf": source})
    return [{**stated, "hasPart": quoted}]


def _work(source: Source, number: int) -> dict[str, Any]:
    published = source.published
    return _known(
        {
            "@type": "CreativeWork",
            "@id": f"#source-{number}",
            "name": clipped(source.title),
            "author": source.author and clipped(source.author),
            "publisher": source.publisher and clipped(source.publisher),
            "inLanguage": source.language,
            "url": web_address(source.url),
            "archivedAt": web_address(source.archived_url),
            "datePublished": published and iso_period(published.earliest, published.latest),
        }
    )


def _event_id(uid: str) -> str:
    return f"#event-{uid}"


def _known(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
