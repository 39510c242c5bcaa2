"""Events in plain words for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from viewer.domain.dates import FuzzyDate, describe_date
from viewer.domain.provenance import Standing, standing
from viewer.domain.quantities import describe_quantity
from viewer.domain.records import Claim, Event, Source

_CONTROLS = dict.fromkeys(
    (*range(32), *range(127, 160), 8206, 8207, *range(8234, 8239), *range(8294, 8298)), "�"
)


def plain(text: str) -> str:
    """Return text as one line that cannot steer a terminal: control characters shown as U+FFFD."""
    return " ".join(text.split()).translate(_CONTROLS)


def event_line(event: Event) -> str:
    """Return an event as one line: when, kind, title, uid."""
    return f"{_when(event.when):<34}  {plain(event.kind):<11}  {plain(event.title)}  [{plain(event.uid)}]"


def event_lines(event: Event, sources: Mapping[str, Source]) -> Iterator[str]:
    """Yield an event with all that is claimed of it, line by line."""
    yield f"{plain(event.kind).upper()}  {plain(event.title)}"
    yield f"uid       {plain(event.uid)}"
    yield f"when      {_when(event.when)}{_wording(event.when)}"
    where = [event.place or "", f"from {event.origin}" if event.origin else ""]
    if any(where):
        yield f"where     {plain(', '.join(filter(None, where)))}"
    for part in event.actors:
        yield f"{plain(part.role):<10}{plain(part.name)}"
    if event.quantity is not None:
        yield f"how many  {plain(describe_quantity(event.quantity))}"
    if event.summary:
        yield f"summary   {plain(event.summary)}"
    yield standing_words(standing(event))
    for number, claim in enumerate(event.claims, 1):
        yield ""
        yield from _claim(number, claim, sources.get(claim.source))


def standing_words(found: Standing) -> str:
    """Return "2 reports · 1 origin · 1 not established"."""
    parts = [_count(found.reports, "report"), _count(len(found.origins), "origin")]
    if found.unestablished:
        parts.append(f"{found.unestablished} not established")
    if found.disputes:
        parts.append(_count(found.disputes, "dispute"))
    return " · ".join(parts)


def _claim(number: int, claim: Claim, source: Source | None) -> Iterator[str]:
    retracted = " (retracted)" if claim.retracted else ""
    yield f"claim {number}   {claim.stance}{f', {plain(claim.verb)}' if claim.verb else ''}{retracted}"
    if claim.quote:
        yield f"quote     “{plain(claim.quote)}”"
    if claim.when is not None:
        yield f"says      {_when(claim.when)}{_wording(claim.when)}"
    if claim.quantity is not None:
        yield f"says      {plain(describe_quantity(claim.quantity))}"
    hops = [f"{plain(hop.name)}{' (anonymous)' if hop.anonymous else ''}" for hop in claim.chain]
    title = plain(source.title) if source is not None else plain(claim.source)
    yield f"chain     {' › '.join([*hops, title])}"
    if source is not None and source.published is not None:
        yield f"published {_when(source.published)}"
    if source is not None and source.url:
        yield f"link      {plain(source.url)}"


def _when(date: FuzzyDate | None) -> str:
    return "undated" if date is None else plain(describe_date(date))


def _wording(date: FuzzyDate | None) -> str:
    return f"  (“{plain(date.text)}”)" if date is not None and date.text else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
