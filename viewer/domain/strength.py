"""How many, over time: what the events themselves say, measure by measure, as bands from low to high.

Nothing is added up. Each event is a band of its own over all the time in which it may lie; a number at a
moment (a stock: present, in training) is kept apart from a number that came or went (a flow: deployed,
withdrawn, losses). What cannot be drawn is named, with the reason.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable

from viewer.domain.conflicts import conflicts
from viewer.domain.context import folded
from viewer.domain.records import Event
from viewer.frozen import dataclass

STOCKS = ("present", "in training")
_FLOW_OF = {"deployment": "deployed", "withdrawal": "withdrawn"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What one event says: the seconds in which it may lie and the stated bounds; None where open or unknown.

    disputed: a source disputes the event, or its claims give numbers that cannot all hold.
    """

    uid: str
    start_lo: int | None
    end_hi: int | None
    low: float | None
    high: float | None
    disputed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StrengthSeries:
    """The bands of one measure, and of one force if that was asked for, in order of time.

    units: all units found, the most frequent first; unit: the one that is shown (None: none is recorded);
    left_out: uids of events that belong here and cannot be drawn, each with the reason.
    """

    measure: str
    force: str | None
    unit: str | None
    units: tuple[str, ...]
    stocks: tuple[Band, ...]
    flows: tuple[Band, ...]
    left_out: tuple[tuple[str, str], ...]


def strength_series(
    events: Iterable[Event], *, measure: str, force: str | None = None, unit: str | None = None
) -> StrengthSeries:
    """Return what events say of a measure; without a unit, in the most frequent one.

    A number without a unit is shown with any. "Deployed" is a stock where the event's date is open to the
    past: so many had come by then.
    """
    concerned = [event for event in events if _measures(event, measure)]
    if force is not None:
        concerned = [event for event in concerned if _names(event, force)]
    units = _units(concerned)
    shown = unit if unit is not None else next(iter(units), None)
    stocks: list[Band] = []
    flows: list[Band] = []
    left_out: list[tuple[str, str]] = []
    for event in concerned:
        reason = _reason(event, shown, force)
        if reason is not None:
            left_out.append((event.uid, reason))
        elif measure in STOCKS or (measure == "deployed" and _is_reached_by_then(event)):
            stocks.append(_band(event))
        else:
            flows.append(_band(event))
    return StrengthSeries(
        measure=measure,
        force=force,
        unit=shown,
        units=units,
        stocks=tuple(sorted(stocks, key=_in_time)),
        flows=tuple(sorted(flows, key=_in_time)),
        left_out=tuple(left_out),
    )


def _measures(event: Event, measure: str) -> bool:
    """Tell whether an event belongs to a measure: by its number, or as the movement that it counts."""
    recorded = None if event.quantity is None else event.quantity.measure
    return (recorded or _FLOW_OF.get(event.kind)) == measure


def _names(event: Event, force: str) -> bool:
    return any(folded(part.name) == folded(force) for part in event.actors)


def _units(events: list[Event]) -> tuple[str, ...]:
    spelled: dict[str, str] = {}
    counted: Counter[str] = Counter()
    for event in events:
        unit = event.quantity.unit if event.quantity is not None else None
        if unit and folded(unit):
            spelled.setdefault(folded(unit), unit)
            counted[folded(unit)] += 1
    return tuple(spelled[key] for key, _ in counted.most_common())


def _reason(event: Event, unit: str | None, force: str | None) -> str | None:
    """Say why an event that belongs to a measure cannot be drawn."""
    number = event.quantity
    if number is None or (number.low is None and number.high is None):
        return "no number"
    if not number.measure:
        return "what the number counts is not recorded"
    if event.when is None or not event.when.is_dated:
        return "no date"
    if number.unit and unit and folded(number.unit) != folded(unit):
        return f"other unit: {number.unit}"
    if force is not None and not any(
        part.role == "force" and folded(part.name) == folded(force) for part in event.actors
    ):
        return f"{force} is named, but not as the force that is counted"
    alive = [claim for claim in event.claims if not claim.retracted]
    if event.claims and not any(claim.stance == "supports" for claim in alive):
        return "disputed, and no report supports it" if _is_disputed(event) else "no report supports it"
    return None


def _is_disputed(event: Event) -> bool:
    if any(claim.stance == "disputes" and not claim.retracted for claim in event.claims):
        return True
    return any(conflict.field == "quantity" for conflict in conflicts(event))


def _is_reached_by_then(event: Event) -> bool:
    return event.when is not None and event.when.shape == "point" and event.when.earliest_state == "open"


def _band(event: Event) -> Band:
    number, when = event.quantity, event.when
    return Band(
        uid=event.uid,
        start_lo=None if when is None else when.start_lo,
        end_hi=None if when is None else when.end_hi,
        low=None if number is None else number.low,
        high=None if number is None else number.high,
        disputed=_is_disputed(event),
    )


def _in_time(band: Band) -> tuple[float, float]:
    return (
        -math.inf if band.start_lo is None else band.start_lo,
        math.inf if band.end_hi is None else band.end_hi,
    )
