"""Who first said it: the origin of each claim that supports an event, and how it was found.

A claim made in a statement goes back to who made that statement; else to the origin of its chain, if that is
named; else, in a copy, to the origin of what was copied. An anonymous or unrecorded origin is none. Each
walk may meet itself: a source copied from itself, statements made in each other; it then ends.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import NamedTuple

from viewer.domain.context import Context, folded
from viewer.domain.records import Claim, Event

_NOT_RECORDED = "no origin is recorded"


class Voice(NamedTuple):
    """Who first said it. `key` is the same for all names that count as one origin; `why`: how it was found."""

    key: str
    name: str
    why: str


class Traced(NamedTuple):
    """A report and its origin; where that is not established, None and why."""

    claim: Claim
    origin: Voice | None
    why: str = ""


def trace(event: Event, context: Context) -> list[Traced]:
    """Return the event's reports, supporting and not retracted, each with its origin."""
    supporting = [claim for claim in event.claims if claim.stance == "supports"]
    statements = _Statements(context)
    traced = [_own_origin(claim, statements, context) for claim in supporting]
    if not any(_copied_from(claim.source, context) for claim in supporting):
        return [each for each in traced if not each.claim.retracted]
    return _Copies(traced, context).traced()


def _own_origin(claim: Claim, statements: _Statements, context: Context) -> Traced:
    """Return a claim with the origin that it names itself, by its statement or its chain."""
    if claim.statement is not None and (voice := statements.voice(claim.statement)) is not None:
        return Traced(claim, voice)
    name = _named_origin(claim)
    if name is None:
        return Traced(claim, None, _shortfall(claim, context))
    return Traced(claim, Voice(context.origin_key(name), name, "named as the origin"))


def _named_origin(claim: Claim) -> str | None:
    if not claim.chain or claim.chain[0].anonymous or not claim.chain[0].name.strip():
        return None
    return claim.chain[0].name


def _anonymous_origin(claim: Claim) -> str | None:
    return claim.chain[0].name if claim.chain and claim.chain[0].anonymous else None


def _shortfall(claim: Claim, context: Context) -> str:
    """Say why a claim that names no origin has none."""
    name = _anonymous_origin(claim)
    statement = context.statements.get(claim.statement or "")
    if name is None and statement is not None:
        return f"the speaker of the statement “{statement.title}” is anonymous"
    return _NOT_RECORDED if name is None else f"the origin, “{name}”, is anonymous"


def _copied_from(source: str, context: Context) -> str | None:
    """Return the source that another was copied from; one copied from itself was not copied."""
    facts = context.sources.get(source)
    return None if facts is None or facts.derived_from == source else facts.derived_from


class _Statements:
    """Who made each statement; found once, however many claims were made in it."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._voices: dict[str, Voice | None] = {}

    def voice(self, uid: str) -> Voice | None:
        """Follow a statement to its speaker, through the statements in which it was itself reported."""
        path: dict[str, Event] = {}
        at: str | None = uid
        found: Voice | None = None
        while True:
            if at in self._voices:
                found = self._voices[at]
                break
            statement = None if at is None or at in path else self._context.statements.get(at)
            if at is None or statement is None:
                found = self._titled(*path.values())
                break
            path[at] = statement
            name, is_anonymous = _speaker(statement)
            if name is not None or is_anonymous:
                found = None if name is None else self._said(statement, name)
                break
            at = next((claim.statement for claim in _reports(statement) if claim.statement), None)
        self._voices.update(dict.fromkeys(path, found))
        return found

    def _said(self, statement: Event, name: str) -> Voice:
        speakers = [part.name for part in statement.actors if part.role == "speaker"] or [name]
        why = f"said in the statement “{statement.title}” by {' and '.join(speakers)}"
        return Voice(self._context.origin_key(name), name, why)

    @staticmethod
    def _titled(*path: Event) -> Voice | None:
        if not path:
            return None
        statement = path[-1]
        why = f"said in the statement “{statement.title}”, of which no speaker is recorded"
        # No name contains a line break once it is folded: a statement is never taken for an actor.
        return Voice(f"statement\n{statement.uid}", statement.title, why)


def _speaker(statement: Event) -> tuple[str | None, bool]:
    """Return who made a statement, the first who is named; and whether all that is known is anonymous."""
    reports = _reports(statement)
    anonymous = {folded(name) for claim in reports if (name := _anonymous_origin(claim)) is not None}
    speakers = [part.name for part in statement.actors if part.role == "speaker" and part.name.strip()]
    if speakers:
        return next((name for name in speakers if folded(name) not in anonymous), None), True
    return next((name for claim in reports if (name := _named_origin(claim))), None), bool(anonymous)


def _reports(event: Event) -> list[Claim]:
    return [claim for claim in event.claims if claim.stance == "supports" and not claim.retracted]


class _Copies:
    """The reports of an event of which some were copied from others.

    A copy without an origin of its own goes back to the nearest source above it that names one. It falls
    with what it was copied from, all of whose claims on the event were retracted, unless it names another.
    """

    def __init__(self, traced: list[Traced], context: Context) -> None:
        self._traced = traced
        self._context = context
        standing = {each.claim.source for each in traced if not each.claim.retracted}
        self._withdrawn: dict[str, set[str]] = {}
        for each in traced:
            if each.claim.source not in standing:
                keys = self._withdrawn.setdefault(each.claim.source, set())
                keys.update([each.origin.key] if each.origin else ())
        self._naming = {source: keys for source, keys in self._withdrawn.items() if keys}
        self._nearest_withdrawn: dict[str, str | None] = {}
        self._nearest_naming: dict[str, str | None] = {}

    def traced(self) -> list[Traced]:
        """Return the reports with the origins that they have as copies."""
        own = [self._as_far_as_it_stands(each) for each in self._traced if not each.claim.retracted]
        voices: dict[str, Voice] = {}
        for each in own:
            if each.origin is not None:
                voices.setdefault(each.claim.source, each.origin)
        nearest: dict[str, str | None] = {}
        return [each if each.origin else self._from_original(each, voices, nearest) for each in own]

    def _as_far_as_it_stands(self, report: Traced) -> Traced:
        """Take from a copy the origin that the retracted original named, and say what it was copied from."""
        source = report.claim.source
        fallen = self._above(source, self._withdrawn, self._nearest_withdrawn)
        if fallen is None:
            return report
        named = self._above(source, self._naming, self._nearest_naming)
        if report.origin and (named is None or report.origin.key not in self._naming[named]):
            return report
        return Traced(report.claim, None, f"copied from “{self._title(fallen)}”, which is retracted")

    def _from_original(
        self, report: Traced, voices: Mapping[str, Voice], nearest: dict[str, str | None]
    ) -> Traced:
        original = self._above(report.claim.source, voices, nearest)
        if original is None:
            return report
        voice = voices[original]
        why = f"copied from “{self._title(original)}”, whose origin is {voice.name}"
        return Traced(report.claim, Voice(voice.key, voice.name, why))

    def _above(self, source: str, marked: Container[str], known: dict[str, str | None]) -> str | None:
        """Return the nearest marked source above one; `known` remembers the way for the next."""
        path: list[str] = []
        at = _copied_from(source, self._context)
        while at is not None and at not in known and at not in marked:
            known[at] = None  # met again on this walk, it is a circle without a mark
            path.append(at)
            at = _copied_from(at, self._context)
        found = at if at is None or at in marked else known[at]
        known.update(dict.fromkeys(path, found))
        return None if found == source else found

    def _title(self, source: str) -> str:
        facts = self._context.sources.get(source)
        return facts.title if facts is not None and facts.title else source
