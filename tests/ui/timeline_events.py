"""A small invented document as an index: what tests of the painted timeline look at."""

from __future__ import annotations

import numpy as np

from viewer.domain.calendar import DAY, seconds
from viewer.domain.records import BUILT_IN_KINDS
from viewer.timeline.columns import NEG_INF, Columns
from viewer.timeline.index import Index, LaneInfo, Undated
from viewer.timeline.masks import Mask

KINDS = BUILT_IN_KINDS
LANES = (
    LaneInfo("deployment", "Deployments", 0),
    LaneInfo("withdrawal", "Withdrawals", 1),
    LaneInfo("statement", "Statements", 2),
)
TITLES = {
    1: "First columns reach the coast",
    2: "More units, number unclear",
    3: "Reserve called up",
    4: "Second wave",
    5: "Exercises throughout the autumn",
    6: "Rear guard pulled out",
    7: "Last convoy leaves",
    8: "Minister: they are back",
    9: "Agency: about a thousand in training",
    21: "Service: more were sent",
    22: "Think tank: officers abroad",
    23: "An undated pause",
}


def first(*day: int) -> int:
    """Return the first second of a day."""
    return seconds(*day)


def last(*day: int) -> int:
    """Return the last second of a day."""
    return seconds(*day) + DAY - 1


# id, kind, earliest, latest, latest start, earliest end, span, open left, open right, blurred, disputed
_ROWS = (
    (1, 0, first(2024, 10, 1), last(2024, 10, 31), None, None, 0, 0, 0, 0, 0),
    (2, 0, first(2025, 1, 1), last(2025, 2, 28), None, None, 0, 0, 0, 0, 0),
    (3, 0, first(2025, 2, 1), last(2025, 2, 7), None, None, 0, 0, 0, 0, 0),
    (4, 0, first(2025, 2, 10), last(2025, 2, 20), None, None, 0, 0, 0, 1, 0),
    (5, 0, first(2024, 10, 12), last(2024, 12, 12), first(2024, 11, 1), first(2024, 11, 25), 1, 0, 0, 0, 0),
    (6, 1, first(2025, 1, 1), last(2025, 1, 11), None, None, 0, 0, 0, 0, 1),
    (7, 1, NEG_INF, last(2024, 11, 20), None, None, 0, 1, 0, 0, 0),
    (8, 2, first(2025, 2, 1), last(2025, 2, 11), None, None, 0, 0, 0, 0, 0),
    (9, 2, first(2025, 2, 19), last(2025, 2, 19), None, None, 0, 0, 0, 0, 0),
)


def small_index() -> Index:
    """Return nine dated events in three lanes, and three undated ones."""
    kinds = np.array([row[1] for row in _ROWS], np.int16)
    lo, hi = (np.array([row[at] for row in _ROWS], np.int64) for at in (2, 3))
    start_hi = np.array([row[3] if row[4] is None else row[4] for row in _ROWS], np.int64)
    end_lo = np.array([row[2] if row[5] is None else row[5] for row in _ROWS], np.int64)
    signs = [np.array([row[at] for row in _ROWS], np.bool_) for at in range(6, 11)]
    ids = np.array([row[0] for row in _ROWS], np.int64)
    undated = (Undated(21, 2), Undated(22, 2), Undated(23, 1))
    return Index.build(Columns(ids, kinds, kinds, lo, start_hi, end_lo, hi, *signs), LANES, undated)


def mask_of(*events: int) -> Mask:
    """Return the mask of the small index that lets these events through, dated or not."""
    return Mask(np.isin(np.array(list(TITLES)), events), np.zeros(0, np.bool_))


def crowded_index(count: int = 20_000) -> Index:
    """Return so many one-day events of one year that they are drawn as bands."""
    days = first(2024, 1, 1) + (np.arange(count, dtype=np.int64) * 37 % 365) * DAY
    kinds = (np.arange(count) % 3).astype(np.int16)
    no = np.zeros(count, np.bool_)
    latest = days + DAY - 1
    columns = Columns(np.arange(1, count + 1), kinds, kinds, days, latest, days, latest, no, no, no, no, no)
    return Index.build(columns, LANES, ())


def deep_index(count: int = 400) -> Index:
    """Return so many events within half a month of 2024, each some day in ten, and one in two more lanes."""
    days = first(2024, 4, 25) + (np.arange(count + 2, dtype=np.int64) % 14) * DAY
    kinds = np.zeros(count + 2, np.int16)
    kinds[-2:] = 1, 2
    no = np.zeros(count + 2, np.bool_)
    latest = days + 10 * DAY - 1
    columns = Columns(np.arange(1, count + 3), kinds, kinds, days, latest, days, latest, no, no, no, no, no)
    return Index.build(columns, LANES, ())


def empty_index() -> Index:
    """Return an index without events, lanes kept."""
    times, kinds, no = np.zeros(0, np.int64), np.zeros(0, np.int16), np.zeros(0, np.bool_)
    return Index.build(
        Columns(times, kinds, kinds, times, times, times, times, no, no, no, no, no), LANES, ()
    )
