"""Which events meet a filter, as masks: the same answers as a query would give, without asking the store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.array_files import let_go
from viewer.timeline.event_table import DATED, DISPUTED
from viewer.timeline.masks import Mask

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.timeline.event_table import EventTable, Times
    from viewer.timeline.events import Events
    from viewer.timeline.masks import Flags

_FEW_KINDS = 12
_CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class _Criteria:
    kinds: frozenset[int] | None
    earliest: int | None
    latest: int | None
    certainly: bool
    known_by: int | None
    ids: NDArray[np.int64] | None
    postings: Sequence[tuple[str, NDArray[np.int64]]]

    @property
    def is_empty(self) -> bool:
        """Whether they let everything through."""
        limits = (self.kinds, self.earliest, self.latest, self.known_by, self.ids)
        return all(limit is None for limit in limits) and not self.postings


def mask_of(
    events: Events,
    *,
    kinds: frozenset[int] | None = None,
    earliest: int | None = None,
    latest: int | None = None,
    certainly: bool = False,
    known_by: int | None = None,
    ids: NDArray[np.int64] | None = None,
    postings: Sequence[tuple[str, NDArray[np.int64]]] = (),
    before: Mask | None = None,
) -> Mask | None:
    """Return the events that meet all criteria; None when there are none to meet.

    Args:
        events: those of the document.
        kinds: positions in the document's list of kinds.
        earliest: of a period, in seconds; an event lies in a period possibly, or with `certainly` for certain.
        latest: its last second.
        certainly: an unknown or open bound may lie anywhere, and keeps to no limit for certain.
        known_by: something that is said of the event had been published by that second.
        ids: only these, such as the hits of a search.
        postings: of each group only events with one of the keys.
        before: the mask of the very same criteria over the same table, before an edit; what it says of the
            table is taken over.
    """
    wanted = _Criteria(kinds, earliest, latest, certainly, known_by, ids, postings)
    if wanted.is_empty:
        return None
    same = before is not None and len(before.base) == len(events.base)
    base = before.base if before is not None and same else _flags(events.base, wanted)
    return Mask(base, _flags(events.recent, wanted))


def disputed_by(events: Events, moment: int) -> Mask:
    """Return the events of which a claim that disputes them had been published by a moment."""
    return Mask(
        *(
            ((table.flags & DISPUTED) != 0) & (table.disputed_from <= np.int64(moment))
            for table in (events.base, events.recent)
        )
    )


def kind_counts(events: Events, mask: Mask | None, kinds: int) -> tuple[int, ...]:
    """Return how many events of each of so many kinds a mask lets through.

    For the counts beside the kinds, the mask of a filter without the criterion of the kinds.
    """
    if mask is None:
        return tuple(events.kinds_count(kinds).tolist())
    dead = events.dead[mask.base[events.dead]]
    counts = (
        _counted(events.base.kind, mask.base, kinds)
        + _counted(events.recent.kind, mask.recent, kinds)
        - np.bincount(events.base.kind[dead], minlength=kinds)[:kinds]
    )
    return tuple(counts.tolist())


def _flags(table: EventTable, wanted: _Criteria) -> Flags:
    """Return a flag per record of a table; something is asked for."""
    flags, *others = _met(table, wanted)
    for each in others:
        flags &= each
    let_go(table.kind, table.flags, table.start_lo, table.end_hi, table.known_from)
    return flags


def _met(table: EventTable, wanted: _Criteria) -> Iterator[Flags]:
    """Yield, for each criterion, a flag per record of a table."""
    if wanted.ids is not None:
        yield _marked(len(table), table.records(wanted.ids))
    for group, keys in wanted.postings:
        found = table.postings.get(group)
        none = np.empty(0, dtype=np.int32)
        yield _marked(len(table), none if found is None else found.records_of(keys))
    if wanted.kinds is not None:
        yield _of_kinds(table.kind, wanted.kinds)
    if wanted.earliest is not None or wanted.latest is not None:
        yield _in_period(table, wanted)
    if wanted.known_by is not None:
        yield table.known_from <= np.int64(wanted.known_by)


def _in_period(table: EventTable, wanted: _Criteria) -> Flags:
    # An unknown bound is the least or the greatest there is, so that comparing means the right thing of it.
    lo, hi = (table.start_lo, table.end_hi) if wanted.certainly else (table.end_hi, table.start_lo)
    flags: Flags = (table.flags & DATED) != 0
    if wanted.earliest is not None:
        flags &= lo >= np.int64(wanted.earliest)
    if wanted.latest is not None:
        flags &= hi <= np.int64(wanted.latest)
    return flags


def _of_kinds(kind: NDArray[np.int16], kinds: frozenset[int]) -> Flags:
    if len(kinds) > _FEW_KINDS:
        wanted: Flags = np.isin(kind, np.array(sorted(kinds), dtype=np.int16))
        return wanted
    flags = np.zeros(len(kind), dtype=np.bool_)
    for each in kinds:
        np.logical_or(flags, kind == np.int16(each), out=flags)
    return flags


def _marked(size: int, records: NDArray[np.int32]) -> Flags:
    flags = np.zeros(size, dtype=np.bool_)
    flags[records] = True
    return flags


def _counted(kind: NDArray[np.int16], flags: Flags, kinds: int) -> Times:
    """Count by kind; in chunks, as counting turns each kind into eight bytes first."""
    if kinds <= _FEW_KINDS:
        return np.array([np.count_nonzero(flags & (kind == np.int16(each))) for each in range(kinds)])
    counts = np.zeros(kinds, dtype=np.int64)
    for first in range(0, len(kind), _CHUNK):
        part = slice(first, first + _CHUNK)
        counts += np.bincount(kind[part][flags[part]], minlength=kinds)[:kinds]
    return counts
