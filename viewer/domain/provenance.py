"""Who says so: how many reports an event has, how many independent origins stand behind them, since when.

Ten outlets that quote one agency are one origin. An anonymous or unrecorded origin counts as none. How the
origin of a single claim is found stands in `origins`.
"""

from __future__ import annotations

from dataclasses import field, replace

from viewer.domain.context import Context, SourceFacts, context_of, facts_of
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.origins import Traced, Voice, trace
from viewer.domain.records import Claim, Event
from viewer.frozen import dataclass

__all__ = [
    "Context",
    "Origin",
    "SourceFacts",
    "Standing",
    "context_of",
    "facts_of",
    "first_publication",
    "known_on",
    "standing",
    "undated_claims",
]

_NOTHING_AROUND = Context()


@dataclass(frozen=True, slots=True)
class Origin:
    """An independent origin: the first name it goes by, the uids of the claims counted to it, and why each.

    key: the same for whatever names count as this origin, in one context.
    """

    name: str
    claims: tuple[str, ...]
    why: tuple[str, ...] = ()
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Standing:
    """What supports and what disputes an event.

    reports: supporting claims; origins: the independent ones among theirs; unestablished: the uids of the
    supporting claims whose origin is anonymous or not recorded, and `unestablished_why` for each; disputes:
    claims against it. Retracted claims count nowhere.
    """

    reports: int = 0
    origins: tuple[Origin, ...] = ()
    unestablished: tuple[str, ...] = ()
    disputes: int = 0
    unestablished_why: tuple[str, ...] = ()


def standing(event: Event, context: Context | None = None, *, known_by: int | None = None) -> Standing:
    """Count the reports and the independent origins of an event.

    `known_by`, seconds: only what had been published by then; without a context nothing had.
    """
    around = context or _NOTHING_AROUND
    if known_by is not None:
        event = _published_by(event, known_by, around)
    reports = trace(event, around)
    counted: dict[str, list[tuple[Claim, Voice]]] = {}
    without: list[Traced] = []
    for report in reports:
        if report.origin is None:
            without.append(report)
        else:
            counted.setdefault(report.origin.key, []).append((report.claim, report.origin))
    return Standing(
        reports=len(reports),
        origins=tuple(_origin(key, claims, around) for key, claims in counted.items()),
        unestablished=tuple(report.claim.uid for report in without),
        disputes=sum(claim.stance == "disputes" and not claim.retracted for claim in event.claims),
        unestablished_why=tuple(report.why for report in without),
    )


def known_on(event: Event, day: int, context: Context) -> Event | None:
    """Return the event with only the claims published by a second; None when it has claims, but none by then.

    What a source without a date of publication says was never known by any day.
    """
    reduced = _published_by(event, day, context)
    return reduced if reduced.claims or not event.claims else None


def undated_claims(event: Event, context: Context) -> int:
    """Return how many claims of an event have a source of which no latest date of publication is known."""
    return sum(_published(claim, context) is None for claim in event.claims)


def first_publication(event: Event, context: Context) -> FuzzyDate | None:
    """Return when the event was first reported or mentioned: the date of publication that ends first.

    A source that disputes the event says nothing of when it was over, and a retracted claim nothing at all.
    """
    telling = [claim for claim in event.claims if not claim.retracted and claim.stance != "disputes"]
    dated = [
        (latest, number, claim)
        for number, claim in enumerate(telling)
        if (latest := _published(claim, context)) is not None
    ]
    return context.sources[min(dated)[2].source].published if dated else None


def _published_by(event: Event, day: int, context: Context) -> Event:
    known = tuple(
        claim
        for claim in event.claims
        if (published := _published(claim, context)) is not None and published <= day
    )
    return event if len(known) == len(event.claims) else replace(event, claims=known)


def _published(claim: Claim, context: Context) -> int | None:
    """Return the second by which a claim's source was surely published."""
    facts = context.sources.get(claim.source)
    return None if facts is None or facts.published is None else facts.published.latest


def _origin(key: str, counted: list[tuple[Claim, Voice]], context: Context) -> Origin:
    """Put an origin together; where a claim's origin goes by another name, say why it is the same one."""
    name = counted[0][1].name
    kinships = {name: ""}
    why: list[str] = []
    for _, voice in counted:
        if voice.name not in kinships:
            kinships[voice.name] = _kinship(voice.name, name, context)
        why.append(voice.why + kinships[voice.name])
    return Origin(name, tuple(claim.uid for claim, _ in counted), tuple(why), key)


def _kinship(name: str, first: str, context: Context) -> str:
    """Say why two names count as one origin."""
    key, first_key, top = context.actor_key(name), context.actor_key(first), context.origin_key(name)
    if key == first_key:
        return "" if name.casefold() == first.casefold() else f"; {name} is another name of {first}"
    if key == top:
        return f"; {name} stands above {first}"
    if first_key == top:
        return f"; {name} belongs to {first}"
    return f"; {name} has the same parent {context.spelled(top)} as {first}"
