"""Small documents for the tests of this room, written by hand or drawn at random."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.index import NEG_INF, POS_INF, Columns, Index, LaneInfo, Undated
from viewer.timeline.layout import Viewport, layout
from viewer.timeline.scale import TimeScale
from viewer.timeline.shown import Shown

LANES = (
    LaneInfo("deployment", "Deployments", 0),
    LaneInfo("withdrawal", "Withdrawals", 1),
    LaneInfo("statement", "Statements", 2),
)


@dataclass(frozen=True)
class Dated:
    id: int
    lane: int
    lo: int | None
    hi: int | None
    start_hi: int | None = None
    end_lo: int | None = None
    span: bool = False
    disputed: bool = False


def columns(events):
    def column(values, dtype):
        return np.array(list(values), dtype=dtype)

    def bound(value, otherwise):
        return otherwise if value is None else value

    flags = np.zeros(len(events), dtype=bool)
    return Columns(
        ids=column((e.id for e in events), np.int64),
        kind=column((e.lane for e in events), np.int16),
        lane=column((e.lane for e in events), np.int16),
        start_lo=column((bound(e.lo, NEG_INF) for e in events), np.int64),
        start_hi=column((bound(e.start_hi if e.span else e.hi, POS_INF) for e in events), np.int64),
        end_lo=column((bound(e.end_lo if e.span else e.lo, NEG_INF) for e in events), np.int64),
        end_hi=column((bound(e.hi, POS_INF) for e in events), np.int64),
        span=column((e.span for e in events), bool),
        open_lo=column((e.lo is None for e in events), bool),
        open_hi=column((e.hi is None for e in events), bool),
        blurred=flags,
        disputed=column((e.disputed for e in events), bool),
    )


def index(events, undated=(), lanes=LANES):
    return Index.build(columns(events), lanes, [Undated(each, 2) for each in undated])


def day(text, end=False):
    year, month, number = (int(part) for part in text.split("-"))
    return seconds(year, month, number) + (DAY - 1 if end else 0)


def dated(number, lane, first, last, **more):
    return Dated(number, lane, day(first), day(last, end=True), **more)


WINTER = (
    dated(1, 0, "2024-10-01", "2024-10-31"),
    dated(2, 0, "2025-01-01", "2025-02-28"),
    dated(3, 0, "2025-02-01", "2025-02-07"),
    dated(4, 1, "2025-01-01", "2025-01-10", disputed=True),
    dated(5, 2, "2025-02-01", "2025-02-10"),
    dated(6, 2, "2025-02-19", "2025-02-19"),
)
"""A handful of events in three lanes, as an analyst would start with."""


def measure(text, _role):
    return 7.0 * len(text)


def title(event):
    return f"Event number {event}"


def flags_of(document, mask, undated_shown):
    """A flag for each record: dated events by a mask, undated ones by their ids; None of either: all."""
    flags = np.ones(document.size, dtype=bool)
    undated = document.undated.first(document.size)
    dated = document.size - len(undated)
    if mask is not None:
        flags[:dated] = mask
    if undated_shown is not None:
        flags[dated:] = [each.event in undated_shown for each in undated]
    return flags


def draw(document, viewport, *, mask=None, undated_shown=None, **more):
    if mask is not None or undated_shown is not None:
        more["shown"] = Shown.of(document, flags_of(document, mask, undated_shown))
    return layout(document, viewport, title=more.pop("title", title), measure=measure, **more)


def fitted(document, width=1100.0, height=560.0):
    first, last = document.span()
    return Viewport(TimeScale.fitting(first, last, width - 120, margin=60), width, height)


@st.composite
def events(draw, most=40):
    bounds = st.integers(seconds(2020), seconds(2026))
    lengths = st.one_of(st.just(59), st.integers(1, 3 * DAY), st.integers(1, 400 * DAY))
    found = []
    for number in range(1, draw(st.integers(1, most)) + 1):
        lo = draw(bounds)
        hi = lo + draw(lengths)
        side = draw(st.sampled_from(("", "", "", "", "lo", "hi")))
        found.append(
            Dated(
                number,
                draw(st.integers(0, 2)),
                None if side == "lo" else lo,
                None if side == "hi" else hi,
                start_hi=lo + (hi - lo) // 3,
                end_lo=hi - (hi - lo) // 3,
                span=draw(st.booleans()),
                disputed=draw(st.booleans()),
            )
        )
    return found


@st.composite
def viewports(draw):
    scale = TimeScale(draw(st.integers(seconds(2019), seconds(2027))), draw(st.floats(1, 10 * DAY)))
    width, height = draw(st.floats(200, 2500)), draw(st.floats(120, 1400))
    return Viewport(scale, width, height, draw(st.floats(0, 500)))
