"""Events in plain words for the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from viewer.admiralty import scale
from viewer.domain.conflicts import Conflict
from viewer.domain.date_words import describe_date
from viewer.domain.dates import FuzzyDate, bounds_text
from viewer.domain.provenance import Standing
from viewer.domain.quantities import describe_quantity
from viewer.domain.records import Claim, Event, Source
from viewer.rereading import Rereading
from viewer.terminal import plain

_LANGUAGE = "en"
"""Of all that is printed here."""

_NAMED = 20
"""How many claims, or reasons, are named before the rest is only counted."""


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


def event_lines(
    event: Event, sources: Mapping[str, Source | None], found: Standing, clashes: Sequence[Conflict]
) -> Iterator[str]:
    """Yield an event with all that is claimed of it, how its origins were counted, and what clashes."""
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
    yield from _counted(event, found, clashes)
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
        parts.append(f"{len(found.unestablished)} not established")
    if found.disputes:
        parts.append(_count(found.disputes, "dispute"))
    return " · ".join(parts)


def provenance_json(found: Standing, clashes: Iterable[Conflict]) -> dict[str, Any]:
    """Return what `dateline show --json` adds to an event: its origins, and what in its claims clashes."""
    return {
        "origins": {
            "count": len(found.origins),
            "names": [origin.name for origin in found.origins],
            "reports": found.reports,
            "not_established": len(found.unestablished),
        },
        "conflicts": [{"field": clash.field, "claims": list(clash.claims)} for clash in clashes],
    }


def _counted(event: Event, found: Standing, clashes: Sequence[Conflict]) -> Iterator[str]:
    yield standing_words(found)
    numbers = {claim.uid: number for number, claim in enumerate(event.claims, 1)}
    for origin in found.origins:
        yield f"origin    {plain(origin.name)}"
        yield from _reasons(zip(origin.claims, origin.why, strict=True), numbers)
    if found.unestablished:
        yield "origin    not established"
        yield from _reasons(zip(found.unestablished, found.unestablished_why, strict=True), numbers)
    for clash in clashes:
        yield f"conflict  {plain(clash.words)}"
        yield f"          {_claims([numbers[uid] for uid in clash.claims])}"


def _reasons(counted: Iterable[tuple[str, str]], numbers: Mapping[str, int]) -> Iterator[str]:
    """Yield why each claim counts as it does; claims that count for the same reason share a line."""
    alike: dict[str, list[int]] = {}
    for uid, why in counted:
        alike.setdefault(why, []).append(numbers[uid])
    for why, claims in islice(alike.items(), _NAMED):
        yield f"          {_claims(claims)}: {plain(why)}"
    if len(alike) > _NAMED:
        yield f"          and {len(alike) - _NAMED} more reasons"


def _claims(numbers: Sequence[int]) -> str:
    named = ", ".join(map(str, numbers[:_NAMED]))
    left = f" and {len(numbers) - _NAMED} more" if len(numbers) > _NAMED else ""
    return f"claim{'s' if len(numbers) > 1 else ''} {named}{left}"


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
    reliability = None if source is None else source.reliability
    if reliability or claim.credibility is not None:
        yield f"grade     {_grade(reliability, claim.credibility)}"
    if source is not None and source.published is not None:
        yield f"published {_when(source.published)}"
    if source is not None and source.url:
        yield f"link      {plain(source.url)}"


def _grade(reliability: str | None, credibility: int | None) -> str:
    """Return "B2 (usually reliable; probably true)"; what was not judged is left out."""
    words = scale(_LANGUAGE)
    known = [
        words.reliability.get(reliability, "") if reliability else "",
        words.credibility.get(credibility, "") if credibility is not None else "",
    ]
    cap = f"{reliability or ''}{'' if credibility is None else credibility}"
    return plain(f"{cap} ({'; '.join(filter(None, known))})")


def _when(date: FuzzyDate | None) -> str:
    return "undated" if date is None else plain(describe_date(date))


def _wording(date: FuzzyDate | None) -> str:
    return f"  (“{plain(date.text)}”)" if date is not None and date.text else ""


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
