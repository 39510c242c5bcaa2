"""From the store's plain rows to columns, undated events and titles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.timeline.columns import NEG_INF, POS_INF, Columns
from viewer.timeline.index import Index, LaneInfo, Undated


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the timeline needs of a document's events."""

    columns: Columns
    undated: tuple[Undated, ...]
    titles: Mapping[int, str]


def gathered(rows: Iterable[tuple[Any, ...]], kind_positions: Mapping[int, int]) -> Gathered:
    """Sort rows of `Store.extents` into dated and undated events; lanes are kinds, by position."""
    dated: list[tuple[Any, ...]] = []
    undated: list[Undated] = []
    titles: dict[int, str] = {}
    for row in rows:
        event, kind, title, start_lo, _, _, end_hi = row[:7]
        titles[event] = title
        if start_lo is None and end_hi is None:
            undated.append(Undated(event, kind_positions[kind], row[12]))
        else:
            dated.append(row)
    return Gathered(_columns(dated, kind_positions), tuple(undated), titles)


def index_of(found: Gathered, lanes: Iterable[LaneInfo], before: Index | None) -> Index:
    """Pack gathered events; nobody who is in `before` and did not change moves."""
    if before is None:
        return Index.build(found.columns, tuple(lanes), found.undated)
    return before.updated(found.columns, tuple(lanes), found.undated)


def _columns(rows: list[tuple[Any, ...]], kind_positions: Mapping[int, int]) -> Columns:
    def times(place: int, missing: int) -> NDArray[np.int64]:
        return np.fromiter(
            (missing if row[place] is None else row[place] for row in rows), np.int64, len(rows)
        )

    def flags(place: int, value: object) -> NDArray[np.bool_]:
        return np.fromiter((row[place] == value for row in rows), np.bool_, len(rows))

    kinds = np.fromiter((kind_positions[row[1]] for row in rows), np.int16, len(rows))
    return Columns(
        ids=np.fromiter((row[0] for row in rows), np.int64, len(rows)),
        kind=kinds,
        lane=kinds,
        start_lo=times(3, NEG_INF),
        start_hi=times(4, POS_INF),
        end_lo=times(5, NEG_INF),
        end_hi=times(6, POS_INF),
        span=flags(9, "span") | flags(9, "set"),
        open_lo=flags(7, "open"),
        open_hi=flags(8, "open"),
        blurred=flags(10, 1),
        disputed=flags(11, 1),
    )
