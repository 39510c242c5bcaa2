"""Events in plain words for the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from viewer.domain.date_words import describe_date
from viewer.domain.dates import FuzzyDate, bounds_text
from viewer.domain.provenance import Standing, standing
from viewer.domain.quantities import describe_quantity
from viewer.domain.records import Claim, Event, Source
from viewer.rereading import Rereading

_CONTROLS = dict.fromkeys(
    (*range(32), *range(127, 160), 8206, 8207, *range(8234, 8239), *range(8294, 8298)), "�"
)


def plain(text: str) -> str:
    """Return text as one line that cannot steer a terminal: control characters shown as U+FFFD."""
    return " ".join(text.split()).translate(_CONTROLS)


def pointed_at(text: str, at: tuple[int, int]) -> Iterator[str]:
    """Yield a text as one line, and a line with carets below the characters that `at` names."""
    shown = [plain(character) or " " for character in text]
    start, end = at
    before = sum(map(_width, shown[:start]))
    yield f"  {''.join(shown)}"
    yield f"  {' ' * before}{'^' * max(1, sum(map(_width, shown[start:end])))}"


def _width(character: str) -> int:
    """Return how many columns of a terminal a character takes."""
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in ("W", "F") else 1


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


def rereading_line(found: Rereading) -> str:
    """Return what a wording would come to mean: title, field, wording, before and after."""
    words = (
        f"{plain(found.title)}  {found.field}  “{plain(found.before.text or '')}”  {_when(found.before)}  →  "
    )
    if found.after is None:
        return f"{words}can no longer be read; stays  [{plain(found.uid)}]"
    return f"{words}{_when(found.after)}{'' if found.applies else '; stays'}  [{plain(found.uid)}]"


def rereading_json(found: Rereading) -> dict[str, Any]:
    """Return the same as `dateline reread --json` prints it; `after` is null where nothing can be read."""
    return {
        "uid": found.uid,
        "field": found.field,
        "title": found.title,
        "text": found.before.text,
        "before": _meaning(found.before),
        "after": None if found.after is None else _meaning(found.after),
        "applies": found.applies,
    }


def _meaning(date: FuzzyDate) -> dict[str, str | None]:
    earliest, latest = bounds_text(date)
    return {"edtf": date.edtf, "earliest": earliest, "latest": latest}


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
