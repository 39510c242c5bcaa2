"""Which events' claims, weighed against each other, are as a filter asks, and which events hold rivals.

Both go through the claims of a whole document, in short reads, so that it can be done beside the window: what
is read may stand behind a connection of one's own. After an edit only what it touched is weighed again.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field, replace
from typing import TypeVar

from viewer.domain.context import Context
from viewer.domain.edits import Edit
from viewer.domain.filters import Filter
from viewer.domain.records import Event
from viewer.frozen import dataclass
from viewer.storage.finding import ids_that_may_clash, matching_ids, stretches
from viewer.storage.reader import Reader

Cancelled = Callable[[], bool]
Stretch = tuple[int, int]
Step = TypeVar("Step")

_FEW = 250  # events whose records are held at a time, with all their claims
_STRETCH = 2_000  # events whose claims are looked at by one short read


def asked_of_claims(wanted: Filter) -> Filter:
    """Return what a filter asks of claims, without anything else."""
    return Filter(
        known_by=wanted.known_by,
        disputed=wanted.disputed,
        min_origins=wanted.min_origins,
        reliability=wanted.reliability,
        credibility=wanted.credibility,
    )


def weighed(
    reader: Reader, wanted: Filter, context: Context, *, cancelled: Cancelled = lambda: False
) -> array[int]:
    """Return the ids, rising, of the events whose claims are as a filter asks, whatever else it asks for.

    What was found so far once it is cancelled.
    """
    found = array("q")
    for within in _until(stretches(reader, _STRETCH), cancelled):
        found.extend(weighed_within(reader, wanted, context, within))
    return found


def weighed_within(reader: Reader, wanted: Filter, context: Context, within: Stretch) -> list[int]:
    """Return the same of the events whose ids lie from one to another."""
    ids = sorted(matching_ids(reader, asked_of_claims(wanted), within=within))
    if not wanted.asks_provenance:
        return ids
    return [event.id for event in reader.events(ids) if is_supported_as(wanted, event, context)]


def is_supported_as(wanted: Filter, event: Event, context: Context) -> bool:
    """Tell whether an event has as many independent origins, or is as disputed, as a filter asks."""
    from viewer.domain.conflicts import conflicts
    from viewer.domain.provenance import standing

    found = standing(event, context, known_by=wanted.known_by)
    if len(found.origins) < wanted.min_origins:
        return False
    if not wanted.disputed or found.disputes:
        return True
    return bool(conflicts(event, known_by=wanted.known_by, context=context))


def again(found: array[int], touched: Iterable[int], among: Callable[[Stretch], list[int]]) -> array[int]:
    """Return what was found, rising, with the touched events looked at again, each by itself."""
    kept = array("q", found)
    for event in touched:
        place = bisect_left(kept, event)
        was_there, is_there = kept[place : place + 1] == array("q", (event,)), bool(among((event, event)))
        if is_there and not was_there:
            kept.insert(place, event)
        elif was_there and not is_there:
            del kept[place]
    return kept


@dataclass(frozen=True, slots=True)
class Rivalry:
    """The events whose claims give dates or numbers that cannot all hold, as known on a day.

    candidates: those of which several claims give any that differ, rising: whatever the day, among these
    they are found. few: their records, kept where they are few; None where they are not.
    """

    events: frozenset[int] = frozenset()
    candidates: array[int] = field(default_factory=lambda: array("q"))
    few: tuple[Event, ...] | None = None


def rivalry(
    reader: Reader, context: Context, known_by: int | None, *, cancelled: Cancelled = lambda: False
) -> Rivalry:
    """Return which events of a document hold rivals; what was found so far once it is cancelled."""
    candidates = array("q")
    for within in _until(stretches(reader, _STRETCH), cancelled):
        candidates.extend(ids_that_may_clash(reader, within))
    return _among(candidates, reader, context, known_by, cancelled)


def rivalry_on(
    before: Rivalry,
    reader: Reader,
    context: Context,
    known_by: int | None,
    *,
    cancelled: Cancelled = lambda: False,
) -> Rivalry:
    """Return the rivals on another day; of a few candidates nothing is read again."""
    if before.few is None:
        return _among(before.candidates, reader, context, known_by, cancelled)
    clashing = frozenset(event.id for event in before.few if clashes(event, context, known_by))
    return replace(before, events=clashing)


def rivalry_after(
    before: Rivalry, touched: frozenset[int], reader: Reader, context: Context, known_by: int | None
) -> Rivalry:
    """Return the rivals after an edit that touched some events and left the context as it was."""
    candidates = again(before.candidates, touched, lambda within: ids_that_may_clash(reader, within))
    looked_at = list(reader.events(sorted(touched.intersection(candidates))))
    clashing = {event.id for event in looked_at if clashes(event, context, known_by)}
    few = None
    if before.few is not None:
        few = (*(event for event in before.few if event.id not in touched), *looked_at)
    return Rivalry((before.events - touched) | clashing, candidates, few)


def _among(
    candidates: array[int], reader: Reader, context: Context, known_by: int | None, cancelled: Cancelled
) -> Rivalry:
    found: set[int] = set()
    few: tuple[Event, ...] | None = () if len(candidates) <= _FEW else None
    for start in _until(range(0, len(candidates), _FEW), cancelled):
        part = tuple(reader.events(candidates[start : start + _FEW]))
        found.update(event.id for event in part if clashes(event, context, known_by))
        few = None if few is None else part
    return Rivalry(frozenset(found), candidates, few)


def clashes(event: Event, context: Context, known_by: int | None) -> bool:
    """Tell whether an event's claims give dates or numbers that cannot all hold."""
    from viewer.domain.conflicts import conflicts

    found = conflicts(event, known_by=known_by, context=context)
    return any(clash.field != "stance" for clash in found)


def weighs_no_others(edit: Edit) -> bool:
    """Tell whether an edit leaves the claims of all events alone that it does not touch itself.

    One that revises a source or an actor does not, as many events may rest on it; one that adds some does,
    unless it says to whom an actor belongs or what else it is called.
    """
    for change in edit.changes:
        if change.table not in ("sources", "actors"):
            continue
        row = change.after or {}
        if change.before is not None or row.get("parent_id") is not None:
            return False
        if row.get("aliases") not in (None, "[]"):
            return False
    return True


def touches_all(edit: Edit) -> bool:
    """Tell whether what is said of any event may be another after an edit: its kind, or how its claims count."""
    return not weighs_no_others(edit) or any(change.table == "kinds" for change in edit.changes)


def _until(steps: Iterable[Step], cancelled: Cancelled) -> Iterator[Step]:
    for step in steps:
        if cancelled():
            return
        yield step
