"""What speaks against what: claims about one event that cannot all hold. Nothing is decided here.

Two dates, or two numbers of one measure, clash when what they allow has nothing in common. A claim is
reported when it clashes with another one; that is found from the outermost bounds, without comparing pairs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from viewer.domain.calendar import HOUR
from viewer.domain.context import Context, folded
from viewer.domain.date_words import WITHIN, describe_date
from viewer.domain.fuzzy_date import FuzzyDate
from viewer.domain.provenance import known_on
from viewer.domain.quantities import Quantity, describe_quantity, number_text
from viewer.domain.records import Claim, Event
from viewer.frozen import dataclass

TOLERANCE = 10
"""How far "about 3,000" reaches either way, in hundredths; to tell conflicts, and for nothing else."""

_FARTHEST_ZONE = 14 * HOUR
_BLURRED = ("approximate", "nearly")
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Claims of one event that cannot all hold.

    field: "when", "quantity" or "stance"; claims: the uids of those that clash with at least one other (for
    a stance those that dispute the event first); words: what clashes, as a sentence.
    """

    field: str
    claims: tuple[str, ...]
    words: str


def conflicts(
    event: Event, *, known_by: int | None = None, context: Context | None = None
) -> tuple[Conflict, ...]:
    """Return what in an event's claims cannot hold together: dates, numbers by measure, for and against.

    `known_by`, seconds: only what had been published by then, as the context says.
    """
    if known_by is not None:
        known = known_on(event, known_by, context or Context())
        event = replace(event, claims=()) if known is None else known
    claims = [claim for claim in event.claims if not claim.retracted and claim.stance != "mentions"]
    return (*_dates(claims), *_numbers(claims), *_stances(claims))


def counted_range(quantity: Quantity) -> tuple[float, float] | None:
    """Return what a number allows, at least and at most; None when there is no number.

    An approximate number reaches TOLERANCE either way; there are no fewer than none.
    """
    low, high = _known(quantity.low), _known(quantity.high)
    if low is None and high is None:
        return None
    qualifier = quantity.qualifier
    if qualifier in ("at_least", "more_than"):
        low, high = (high if low is None else low), None
    if qualifier in ("at_most", "less_than"):
        low, high = None, (low if high is None else high)
    if qualifier in _BLURRED:
        low = None if low is None else low - abs(low) * TOLERANCE / 100
        high = None if high is None else high + abs(high) * TOLERANCE / 100
    if low is None:
        low = 0.0 if high is not None and high >= 0 else -math.inf
    if high is None:
        high = math.inf
    if qualifier == "more_than":
        low = math.nextafter(low, math.inf)
    if qualifier == "less_than":
        high = math.nextafter(high, -math.inf)
    return low, high


def _known(bound: float | None) -> float | None:
    return None if bound is None or math.isnan(bound) else bound


class _Extent(NamedTuple):
    """What a claim allows, from `low` to `high`, as it states; `group`: what it is compared within."""

    claim: str
    low: float
    high: float
    group: str
    stated: FuzzyDate | Quantity


_Pair = tuple[_Extent, _Extent]


class _Bounds:
    """The outermost of several extents: the one that ends first, and the one that begins last."""

    def __init__(self, extents: Iterable[_Extent]) -> None:
        self.first: _Extent | None = None
        self.last: _Extent | None = None
        for extent in extents:
            if self.first is None or extent.high < self.first.high:
                self.first = extent
            if self.last is None or extent.low > self.last.low:
                self.last = extent

    def against(self, extent: _Extent, slack: float = 0) -> _Pair | None:
        """Return the extent and one that it has nothing in common with, the earlier or lesser first."""
        if self.first is not None and self.first.high + slack < extent.low:
            return self.first, extent
        if self.last is not None and extent.high + slack < self.last.low:
            return extent, self.last
        return None


def _by_group(extents: list[_Extent]) -> dict[str, _Bounds]:
    grouped: dict[str, list[_Extent]] = {}
    for extent in extents:
        grouped.setdefault(extent.group, []).append(extent)
    return {group: _Bounds(members) for group, members in grouped.items()}


def _dates(claims: list[Claim]) -> Iterator[Conflict]:
    """A day without a zone may be a day anywhere: against a time with a zone it is given the farthest zones."""
    extents = [
        _Extent(
            claim.uid,
            -math.inf if claim.when.earliest is None else claim.when.earliest,
            math.inf if claim.when.latest is None else claim.when.latest,
            "floating" if claim.when.zone is None else "zoned",
            claim.when,
        )
        for claim in claims
        if claim.when is not None and claim.when.is_dated
    ]
    bounds = _by_group(extents)
    none = _Bounds(())

    def clash(extent: _Extent) -> _Pair | None:
        other = bounds.get("zoned" if extent.group == "floating" else "floating", none)
        return bounds[extent.group].against(extent) or other.against(extent, _FARTHEST_ZONE)

    yield from _clashing("when", "dates", extents, clash)


def _numbers(claims: list[Claim]) -> Iterator[Conflict]:
    """Numbers of one measure; those in different units are not compared, one without a unit is with all."""
    measured: dict[str, list[_Extent]] = {}
    for claim in claims:
        quantity = claim.quantity
        counted = None if quantity is None else counted_range(quantity)
        if quantity is not None and counted is not None:
            extent = _Extent(claim.uid, *counted, folded(quantity.unit or ""), quantity)
            measured.setdefault(quantity.measure or "", []).append(extent)
    for extents in measured.values():
        yield from _clashing("quantity", "numbers", extents, _clash_of_numbers(extents))


def _clash_of_numbers(extents: list[_Extent]) -> Callable[[_Extent], _Pair | None]:
    bounds, all_units = _by_group(extents), _Bounds(extents)
    no_unit = bounds.get("", _Bounds(()))

    def clash(extent: _Extent) -> _Pair | None:
        if not extent.group:
            return all_units.against(extent)
        return bounds[extent.group].against(extent) or no_unit.against(extent)

    return clash


def _clashing(
    field: str, noun: str, extents: list[_Extent], clash: Callable[[_Extent], _Pair | None]
) -> Iterator[Conflict]:
    found = [(extent.claim, pair) for extent in extents if (pair := clash(extent)) is not None]
    if not found:
        return
    lesser, greater = found[0][1]
    all_of_them = "both" if len(found) == 2 else "all"
    words = (
        f"{_claims(len(found)).capitalize()} give {noun} that cannot {all_of_them} hold: "
        f"{_words(lesser.stated)} against {_words(greater.stated)}."
    )
    yield Conflict(field, tuple(claim for claim, _ in found), words)


def _stances(claims: list[Claim]) -> Iterator[Conflict]:
    disputing = [claim.uid for claim in claims if claim.stance == "disputes"]
    supporting = [claim.uid for claim in claims if claim.stance == "supports"]
    if not disputing or not supporting:
        return
    verbs = "disputes" if len(disputing) == 1 else "dispute"
    support = "supports" if len(supporting) == 1 else "support"
    words = f"{_claims(len(disputing)).capitalize()} {verbs} what {_count(len(supporting))} {support}."
    yield Conflict("stance", (*disputing, *supporting), words)


def _words(stated: FuzzyDate | Quantity) -> str:
    if isinstance(stated, FuzzyDate):
        return describe_date(stated).removesuffix(WITHIN)
    words = describe_quantity(stated)
    counted = counted_range(stated)
    if counted is None or stated.qualifier not in _BLURRED:
        return words
    return f"{words} (taken as {number_text(counted[0])}–{number_text(counted[1])})"


def _claims(number: int) -> str:
    return f"{_count(number)} claim{'' if number == 1 else 's'}"


def _count(number: int) -> str:
    return _COUNTS[number] if number < len(_COUNTS) else f"{number:,}"
