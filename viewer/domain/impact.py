"""What falls if a source falls: every event that loses support when a source is retracted or graded anew.

Retracting a source retracts its claims. Claims in sources copied from it are named, but stay; how they then
count is the affair of `origins`.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from viewer.domain.conflicts import Conflict, conflicts
from viewer.domain.context import Context
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.provenance import Standing, standing
from viewer.domain.quantities import Quantity
from viewer.domain.records import RELIABILITIES, Claim, Event
from viewer.frozen import dataclass

_Value = TypeVar("_Value")

UNCHANGED = "unchanged"
_NO_ORIGIN = ""
LOSSES = (
    "loses all support",
    "loses an origin",
    "loses a report",
    "loses a dispute",
    "counted otherwise",
    "graded lower",
    "graded higher",
)
"""What an event can lose, the gravest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceChange:
    """What is to become of a source, by uid: its claims retracted, or another reliability (None: not graded)."""

    source: str
    retract: bool = False
    reliability: str | None = UNCHANGED


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """An event that changes: how it stands before and after, and what it loses, the gravest of LOSSES.

    numbers, dates: those that no report gives any longer; going_back: the uids of its reports that remain in
    sources copied from the one that changes.
    """

    uid: str
    title: str
    lost: str
    before: Standing
    after: Standing
    conflicts_before: tuple[Conflict, ...]
    conflicts_after: tuple[Conflict, ...]
    numbers: tuple[Quantity, ...]
    dates: tuple[FuzzyDate, ...]
    going_back: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a change of a source does.

    retracted: the claims that it retracts; going_back: the claims that go back to the source and stay; both
    as pairs of event and claim, by uid.
    """

    change: SourceChange
    affected: tuple[Affected, ...]
    retracted: tuple[tuple[str, str], ...]
    going_back: tuple[tuple[str, str], ...]


def impact(events: Iterable[Event], context: Context, change: SourceChange) -> Impact:
    """List every event that a change of a source would change, and the claims that it would reach."""
    copies = copies_of(change.source, context)
    statements = {uid: _changed(statement, change) for uid, statement in context.statements.items()}
    is_told_otherwise = any(statements[uid] is not told for uid, told in context.statements.items())
    after = replace(context, statements=statements) if is_told_otherwise else context
    affected: list[Affected] = []
    retracted: list[tuple[str, str]] = []
    going_back: list[tuple[str, str]] = []
    for event in events:
        alive = [claim for claim in event.claims if not claim.retracted]
        if change.retract:
            retracted += [(event.uid, claim.uid) for claim in alive if claim.source == change.source]
        own_copies = [claim for claim in alive if claim.source in copies]
        going_back += [(event.uid, claim.uid) for claim in own_copies]
        if not _may_change(alive, change.source, own_copies, is_told_otherwise):
            continue
        found = _compared(event, (context, after), change, own_copies)
        if found is not None:
            affected.append(found)
    return Impact(
        change=change,
        affected=tuple(affected),
        retracted=tuple(retracted),
        going_back=tuple(going_back),
    )


def copies_of(source: str, context: Context) -> frozenset[str]:
    """Return the sources that were copied from one, also by way of others."""
    copied: dict[str, list[str]] = {}
    for uid, facts in context.sources.items():
        if facts.derived_from is not None:
            copied.setdefault(facts.derived_from, []).append(uid)
    found: set[str] = set()
    waiting = [source]
    while waiting:
        new = [uid for uid in copied.get(waiting.pop(), ()) if uid not in found]
        found.update(new)
        waiting += new
    return frozenset(found - {source})


def _changed(event: Event, change: SourceChange) -> Event:
    """Return an event after the change; itself where nothing in it is retracted."""
    if not change.retract or all(claim.retracted or claim.source != change.source for claim in event.claims):
        return event
    return replace(
        event,
        claims=tuple(
            replace(claim, retracted=True) if claim.source == change.source else claim
            for claim in event.claims
        ),
    )


def _may_change(alive: list[Claim], source: str, copies: Collection[Claim], is_told_otherwise: bool) -> bool:
    """Spare the counting where nothing leads to the source; most events of a document are such."""
    return bool(copies) or any(
        claim.source == source or (is_told_otherwise and claim.statement is not None) for claim in alive
    )


def _compared(
    event: Event, contexts: tuple[Context, Context], change: SourceChange, copies: list[Claim]
) -> Affected | None:
    changed = _changed(event, change)
    before, after = standing(event, contexts[0]), standing(changed, contexts[1])
    conflicts_before = conflicts(event)
    conflicts_after = conflicts_before if changed is event else conflicts(changed)
    numbers = _no_longer_given(_numbers(event), _numbers(changed))
    dates = _no_longer_given(_dates(event), _dates(changed))
    remaining = [claim.uid for claim in copies if claim.stance == "supports"]
    lost = _lost(before, after, frozenset(remaining)) or _graded(event, contexts[0], change)
    if lost is None and conflicts_before == conflicts_after and not numbers and not dates:
        return None
    return Affected(
        uid=event.uid,
        title=event.title,
        lost=lost or "counted otherwise",
        before=before,
        after=after,
        conflicts_before=conflicts_before,
        conflicts_after=conflicts_after,
        numbers=numbers,
        dates=dates,
        going_back=tuple(remaining),
    )


def _lost(before: Standing, after: Standing, going_back: frozenset[str]) -> str | None:
    """Say what an event loses of its support; reports that only go back to a retracted source are none."""
    counted, remaining = _counted(before), _counted(after)
    if counted == remaining:
        return "loses a dispute" if after.disputes < before.disputes else None
    if not after.origins and going_back.issuperset(after.unestablished):
        return "loses all support"
    if not counted.keys() <= remaining.keys():
        return "loses an origin"
    return "loses a report" if after.reports < before.reports else "counted otherwise"


def _counted(found: Standing) -> dict[str, frozenset[str]]:
    """Return which claims count to which origin, by its key, and which to none."""
    counted = {origin.key: frozenset(origin.claims) for origin in found.origins}
    return counted | {_NO_ORIGIN: frozenset(found.unestablished)}


def _graded(event: Event, context: Context, change: SourceChange) -> str | None:
    """Say how the grade of a source changes that an event rests on; not graded comes after the worst."""
    facts = context.sources.get(change.source)
    if change.reliability == UNCHANGED or facts is None:
        return None
    if all(claim.retracted or claim.source != change.source for claim in event.claims):
        return None
    before, after = _rank(facts.reliability), _rank(change.reliability)
    if before == after:
        return None
    return "graded lower" if after > before else "graded higher"


def _rank(reliability: str | None) -> int:
    return RELIABILITIES.index(reliability) if reliability in RELIABILITIES else len(RELIABILITIES)


def _reports(event: Event) -> list[Claim]:
    return [claim for claim in event.claims if claim.stance == "supports" and not claim.retracted]


def _numbers(event: Event) -> dict[Hashable, Quantity]:
    """Return the numbers that an event's reports give; one that gives none of its own gives the event's."""
    given = (claim.quantity or event.quantity for claim in _reports(event))
    return {
        (number.low, number.high, number.qualifier, number.unit, number.measure): number
        for number in given
        if number is not None
    }


def _dates(event: Event) -> dict[Hashable, FuzzyDate]:
    given = (claim.when or event.when for claim in _reports(event))
    return {date.edtf or date.text: date for date in given if date is not None}


def _no_longer_given(before: dict[Hashable, _Value], after: dict[Hashable, _Value]) -> tuple[_Value, ...]:
    return tuple(value for key, value in before.items() if key not in after)
