"""The claims of one event as thin bands below its mark, each over the time that it gives.

They lie on a leaf above the lanes, so that no event moves for them. A claim without a date of its own
stands for the event's. At most MOST are shown, those that clash first; the rest is counted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.columns import NEG_INF, POS_INF
from viewer.timeline.elide import elide
from viewer.timeline.scene import ClaimBand, ClaimLeaf

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from viewer.domain.dates import FuzzyDate
    from viewer.domain.records import Claim, Event
    from viewer.timeline.items import Window
    from viewer.timeline.metrics import Measure, Metrics

MOST = 12


@dataclass(frozen=True, slots=True)
class ClaimExtent:
    """What one claim gives: from `lo` to before `hi`, in seconds; None where nothing is dated.

    `own`: its own date, not the event's; `clashes`: it cannot hold together with another claim.
    """

    claim: str
    name: str
    stance: str
    retracted: bool
    own: bool
    clashes: bool
    lo: int | None
    hi: int | None


@dataclass(frozen=True, slots=True)
class Expanded:
    """An event whose claims are to be drawn; `more` counts those beyond MOST."""

    event: int
    claims: tuple[ClaimExtent, ...]
    more: int


def expanded(event: Event, names: Mapping[str, str], clashing: Collection[str]) -> Expanded:
    """Return the claims of an event to be drawn; `names` of its sources and `clashing` claims, both by uid."""
    first = [claim for claim in event.claims if claim.uid in clashing]
    others = [claim for claim in event.claims if claim.uid not in clashing]
    shown = [*first, *others][:MOST]
    found = tuple(_extent(claim, event, names, claim.uid in clashing) for claim in shown)
    return Expanded(event.id, found, len(event.claims) - len(shown))


def _extent(claim: Claim, event: Event, names: Mapping[str, str], clashes: bool) -> ClaimExtent:
    own = claim.when is not None and claim.when.is_dated
    lo, hi = _bounds(claim.when if own else event.when)
    name = names.get(claim.source, "")
    return ClaimExtent(claim.uid, name, claim.stance, claim.retracted, own, clashes, lo, hi)


def _bounds(date: FuzzyDate | None) -> tuple[int | None, int | None]:
    if date is None or not date.is_dated:
        return None, None
    lo, hi = date.earliest, date.latest
    return NEG_INF if lo is None else lo, POS_INF if hi is None else hi + 1


def place_claims(wanted: Expanded, item: Any, window: Window, measure: Measure) -> ClaimLeaf:
    """Return the leaf of an event, below its row or, where more room is there, above it."""
    metrics = window.metrics
    y, half = float(item["y"]), window.plan.row_height / 2
    below, above = window.bottom - (y + half), (y - half) - window.top
    room = max(below, above) - 2 * metrics.claim_padding
    lines = min(len(wanted.claims) + (wanted.more > 0), max(int(room // metrics.claim_row), 1))
    # One line of them says how many there are besides.
    shown = len(wanted.claims) if lines >= len(wanted.claims) + (wanted.more > 0) else lines - 1
    height = lines * metrics.claim_row + 2 * metrics.claim_padding
    fits_below = below >= height or below >= above
    top = y + half if fits_below else y - half - height
    first = top + metrics.claim_padding + metrics.claim_row / 2
    bands = tuple(
        _band(claim, first + line * metrics.claim_row, window, measure)
        for line, claim in enumerate(wanted.claims[:shown])
    )
    left, right = _sides(bands, item, metrics)
    return ClaimLeaf(
        event=wanted.event,
        kind=int(item["kind"]),
        x=max(left, window.left),
        y=top,
        width=max(min(right, window.right) - max(left, window.left), metrics.claim_least),
        height=height,
        bands=bands,
        more=len(wanted.claims) + wanted.more - len(bands),
        more_y=first + len(bands) * metrics.claim_row,
    )


def _sides(bands: tuple[ClaimBand, ...], item: Any, metrics: Metrics) -> tuple[float, float]:
    left = min([float(item["lo"]), *(min(band.lo, band.text_x) for band in bands)])
    right = max([float(item["hi"]), *(max(band.hi, band.text_x + band.width) for band in bands)])
    return left - metrics.claim_padding, right + metrics.claim_padding


def _band(claim: ClaimExtent, y: float, window: Window, measure: Measure) -> ClaimBand:
    """Place a band and the name of its source: right of it, else left, else over it."""
    metrics = window.metrics
    least, most = window.left + metrics.claim_padding, window.right - metrics.claim_padding
    lo, hi = _pixels(claim, window)
    gap = metrics.label_gap
    text_x, room = hi + gap, most - hi - gap
    width = min(measure(claim.name, "small"), metrics.claim_name)
    if width > room and lo - gap - least > room:
        room = lo - gap - least
        text_x = lo - gap - min(width, room)
    if min(width, metrics.label_least) > room:  # the band fills the canvas
        text_x, room = max(lo, least) + gap, most - max(lo, least) - 2 * gap
    name = elide(claim.name, min(room, width), measure, "small")
    return ClaimBand(
        claim=claim.claim,
        y=y,
        lo=lo,
        hi=hi,
        open_lo=claim.lo == NEG_INF,
        open_hi=claim.hi == POS_INF,
        dated=claim.lo is not None,
        own=claim.own,
        stance=claim.stance,
        retracted=claim.retracted,
        clashes=claim.clashes,
        text=name,
        text_x=text_x,
        width=measure(name, "small"),
    )


def _pixels(claim: ClaimExtent, window: Window) -> tuple[float, float]:
    """Return the ends of a band, as far as the canvas reaches; of an undated one twice its left side."""
    if claim.lo is None or claim.hi is None:
        return window.left, window.left
    lo, hi = np.clip(window.xs(np.array([claim.lo, claim.hi])), window.left, window.right).tolist()
    return lo, max(hi, lo + window.metrics.claim_shortest) if lo < window.right else hi
