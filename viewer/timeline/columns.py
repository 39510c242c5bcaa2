"""The events of a document as columns of numbers, and what their bounds mean on the canvas.

Bounds are whole seconds, both inclusive. Here they become half-open extents [lo, hi): a day ends where the
next begins. An unknown bound ends an extent at what is known; an open one lets it run on without end.
"""

from __future__ import annotations

from dataclasses import fields
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.scale import FARTHEST

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Times = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Records = NDArray[np.int32]

NEG_INF = int(np.iinfo(np.int64).min)
"""In place of an earliest bound that is open or unknown."""

POS_INF = int(np.iinfo(np.int64).max)
"""In place of a latest bound that is open or unknown."""

_CHUNK = 1 << 18
"""So many events are worked on at a time: what lies between stays in the processor's own memory."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Dated events, one per position: at least one bound of each is known.

    A bound that is open or unknown holds NEG_INF or POS_INF, either of them; `open_lo` and `open_hi` say
    which are open. `span`: what lasts; also a set of several dates, none of whose extent is certain. `lane`
    counts in the index's lanes, `kind` in the document's kinds. `records` say where each event stands in the
    table of events, for masks; None: the first is record 0, and so on. An event may be there several times,
    in different lanes.
    """

    ids: NDArray[np.int64]
    kind: NDArray[np.int16]
    lane: NDArray[np.int32]
    start_lo: Times
    start_hi: Times
    end_lo: Times
    end_hi: Times
    span: Flags
    open_lo: Flags
    open_hi: Flags
    blurred: Flags
    disputed: Flags
    records: Records | None = None


@dataclass(frozen=True, slots=True)
class Extents:
    """What is drawn of each event, in seconds: outer extent, certain core, and where its mark stands.

    `core_lo` > `core_hi` where nothing is certain. Nothing lies beyond FARTHEST.
    """

    lo: Times
    hi: Times
    core_lo: Times
    core_hi: Times
    mark: Times
    known_lo: Times
    known_hi: Times


def extents(columns: Columns) -> Extents:
    """Return the extents of all events."""
    found = Extents(*np.empty((len(fields(Extents)), len(columns.ids)), dtype=np.int64))
    for first in range(0, len(columns.ids), _CHUNK):
        part = slice(first, first + _CHUNK)
        _work_out(columns, found, part)
    return found


def _work_out(columns: Columns, found: Extents, part: slice) -> None:
    """Fill in the extents of some events."""
    some = Columns(
        **{
            field.name: getattr(columns, field.name)[part]
            for field in fields(Columns)
            if field.name != "records"
        }
    )
    known_lo, known_hi = _known([some.start_lo, some.start_hi, some.end_lo, some.end_hi])
    found.known_lo[part], found.known_hi[part] = known_lo, known_hi
    lo = np.where(some.open_lo, -FARTHEST, known_lo)
    hi = np.where(some.open_hi, FARTHEST, np.minimum(known_hi, FARTHEST - 1) + 1)
    found.lo[part], found.hi[part] = lo, np.maximum(hi, lo + 1)
    found.core_lo[part], found.core_hi[part] = _core(some)
    found.mark[part] = _marks(some, known_lo, known_hi)


def _known(bounds: list[Times]) -> tuple[Times, Times]:
    """Return the first and the last of the known bounds; where none is known, the first is the greater."""
    first = reduce(np.minimum, [np.where(_is_known(bound), bound, POS_INF) for bound in bounds])
    last = reduce(np.maximum, [np.where(_is_known(bound), bound, NEG_INF) for bound in bounds])
    return np.clip(first, -FARTHEST, FARTHEST), np.clip(last, -FARTHEST, FARTHEST)


def _core(columns: Columns) -> tuple[Times, Times]:
    """Return from the latest start to the earliest end of spans; an open side has begun, or goes on."""
    begun, going_on = np.where(columns.open_lo, NEG_INF, POS_INF), np.where(columns.open_hi, POS_INF, NEG_INF)
    start = np.where(_is_known(columns.start_hi), columns.start_hi, begun)
    end = np.where(_is_known(columns.end_lo), columns.end_lo, going_on)
    start, end = np.clip(start, -FARTHEST, FARTHEST), np.clip(end, -FARTHEST, FARTHEST)
    certain = columns.span & (start < end)
    return np.where(certain, start, FARTHEST), np.where(certain, end, -FARTHEST)


def _marks(columns: Columns, known_lo: Times, known_hi: Times) -> Times:
    """Return the middle of each extent; with one open side, the middle of the bounds at the other."""
    first, last = known_lo, known_hi
    for one_open, pair in (
        (columns.open_hi & ~columns.open_lo, [columns.start_lo, columns.start_hi]),
        (columns.open_lo & ~columns.open_hi, [columns.end_lo, columns.end_hi]),
    ):
        pair_lo, pair_hi = _known(pair)
        use = one_open & (pair_lo <= pair_hi)
        first, last = np.where(use, pair_lo, first), np.where(use, pair_hi, last)
    return first + (last - first + 1) // 2


def _is_known(bound: Times) -> Flags:
    known: Flags = (bound != NEG_INF) & (bound != POS_INF)
    return known
