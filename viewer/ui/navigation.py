"""Where to go next: the places that show a span or an event, and the neighbours of an event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QDate

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.items import looks
from viewer.timeline.packed import DISPUTED
from viewer.timeline.scale import FARTHEST, TimeScale
from viewer.timeline.shown import Shown
from viewer.ui.measures import text_width
from viewer.ui.staging import metrics_in_use, window_of
from viewer.ui.view_motion import Place

if TYPE_CHECKING:
    from viewer.timeline.index import Entry
    from viewer.ui.staging import Content

_BEFORE = 48.0
_AFTER = 200.0
"""Free pixels beside a fitted span: titles stand to the right of what they name."""
_AFTER_MOST = 0.25
"""The same as a share of the canvas, where titles are few and their widths are known."""
_FEW = 400
_NEAR_EDGE = 24.0
_CLOSER = 4.0
_TRIES = 14
_LEAST_SPAN = 12 * DAY
_BAND = 0.5
"""A lane that is drawn as a band more than as rows does not show an event."""
_CHIPS = 1_000


def whole(content: Content, canvas: float) -> TimeScale | None:
    """Return the scale that shows a whole document in `canvas` pixels; None when nothing is dated.

    The last events' titles have room at the right, as far as a share of the canvas goes.
    """
    span = content.index.span()
    if span is None:
        return None
    lack = max(0, _LEAST_SPAN - (span[1] - span[0])) // 2
    lo, hi = span[0] - lack, span[1] + lack
    before = min(_BEFORE, canvas / 8)
    after = _after(content, (lo, hi), before, canvas)
    return TimeScale.fitting(lo, hi, canvas - before - after).panned(-before)


def today(canvas: float) -> Place:
    """Return the place of a document without dates: the year that we write."""
    year = QDate.currentDate().year()
    return Place(TimeScale.fitting(seconds(year), seconds(year + 1), canvas))


def at_end(scale: TimeScale, span: tuple[int, int], which: str, canvas: float) -> TimeScale:
    """Return the scale moved until the "first" or the "last" moment of a span stands near its edge."""
    if which == "first":
        return scale.panned(scale.x(span[0]) - min(_BEFORE, canvas / 8))
    return scale.panned(scale.x(span[1]) - canvas + min(_AFTER, canvas / 4))


def around(content: Content, event: int, canvas: float) -> TimeScale | None:
    """Return the scale in which an event takes the middle third of the canvas; None when it is undated."""
    extent = content.index.extent(event)
    if extent is None:
        return None
    lo, hi = extent
    beside = max(hi - lo, DAY)
    return TimeScale.fitting(lo - beside, hi + beside, canvas)


def showing(content: Content, place: Place, size: tuple[float, float], event: int) -> Place | None:
    """Return the nearest place in which an event is seen: moved no more than needed, closer if crowded.

    None when the event has no date or is hidden.
    """
    entry = content.index.entry(event)
    if entry is None or not content.let_through().has(event):
        return None
    canvas = size[0] - metrics_in_use().heading
    x = place.scale.x(entry.mark)
    if not _NEAR_EDGE <= x <= canvas - _NEAR_EDGE:
        place = replace(place, scale=place.scale.panned(x - canvas / 2))
    for _ in range(_TRIES):
        found = row_in_sight(content, place, size, entry)
        if found is not None:
            return found
        closer = place.scale.zoomed(_CLOSER, place.scale.x(entry.mark))
        if closer.seconds_per_pixel == place.scale.seconds_per_pixel:
            break  # closer than that nothing is shown
        place = replace(place, scale=closer)
    return place


def row_in_sight(content: Content, place: Place, size: tuple[float, float], entry: Entry) -> Place | None:
    """Return a place scrolled until an event's row is seen whole, or None where its lane is drawn as a band."""
    window = window_of(content, place, *size)
    if any(look.band > _BAND for look in looks(window, [entry.lane])):
        return None
    half, lane = window.plan.row_height / 2, content.index.lanes[entry.lane]
    top, bottom = window.rows_between(entry.lane)
    y = window.row_y(entry.lane, entry.row)
    within = window.lane_scroll(entry.lane)
    if window.plan.overflow(entry.lane) > 0:
        moved = min(y - half - top, 0.0) + max(y + half - bottom, 0.0)
        place = place.scrolled_within(lane.key, within + moved)
        y -= moved
    above, below = window.top + half + 4 - y, y - (window.bottom - half - 4)
    scroll = window.scroll - above if above > 0 else window.scroll + max(0.0, below)
    return replace(place, scroll=min(max(0.0, scroll), window.overflow))


def nearest(content: Content, moment: int, lane: int | None = None) -> int | None:
    """Return the shown event whose mark is nearest to a moment, in one lane or in all."""
    return content.let_through().seen.nearest(moment, lane)


def later(content: Content, event: int | None, step: int) -> int | None:
    """Return the shown event `step` places later in time, earlier when negative."""
    return content.let_through().seen.next_of(event, step, None)


def beside(content: Content, event: int, step: int) -> int | None:
    """Return the neighbour in the event's own lane, or on the shelf for an undated one."""
    entry = content.index.entry(event)
    if entry is None:
        chips = _chips(content)
        at = chips.index(event) + step if event in chips else -1
        return chips[at] if 0 <= at < len(chips) else None
    return content.let_through().seen.next_of(event, step, entry.lane)


def across(content: Content, event: int, step: int) -> int | None:
    """Return the nearest event of the next lane that shows any; the shelf lies below the last one."""
    entry = content.index.entry(event)
    sizes = content.let_through().seen.lane_sizes
    if entry is None:
        filled = np.flatnonzero(sizes)
        if step > 0 or not len(filled):
            return None
        return content.let_through().seen.next_of(None, -1, int(filled[-1]))
    filled = (
        np.flatnonzero(sizes[entry.lane + 1 :]) + entry.lane + 1
        if step > 0
        else np.flatnonzero(sizes[: entry.lane])
    )
    if len(filled):
        return nearest(content, entry.mark, int(filled[0] if step > 0 else filled[-1]))
    return next(iter(_chips(content)), None) if step > 0 else None


def _after(content: Content, span: tuple[int, int], before: float, canvas: float) -> float:
    """Return how many pixels to leave free after a span: what titles need that would stand beyond the edge."""
    index, shown = content.index, Shown.of(content.index)
    if shown.count - shown.undated_count > _FEW:  # seen whole, so many are bands
        return min(_BEFORE, canvas / 8)
    metrics = metrics_in_use()
    needed = [_BEFORE]
    for lane, rows in enumerate(index.lane_rows):
        found = shown.entries(lane, -FARTHEST, FARTHEST, 0, rows - 1)
        if not rows or not len(found.event):
            continue
        ends = np.minimum(found.hi, np.int64(span[1])) - np.int64(span[0])
        shares = np.clip(ends / (span[1] - span[0]), 0.01, 1.0)
        titles = [content.title_of(event) for event in found.event.tolist()]
        widths = np.array([text_width(title, "label") for title in titles]) + metrics.mark / 2
        widths += 2 * metrics.label_gap + metrics.sign * ((found.flags & DISPUTED) != 0)
        # An event at a share of the span stands at before + share * (canvas - before - after).
        needed.append(float((canvas - before - (canvas - before - widths) / shares).max()))
    return min(max(needed), canvas * _AFTER_MOST)


def _chips(content: Content) -> list[int]:
    """Return the undated events that the shelf may show; the list shows them all."""
    return [undated.event for undated in content.let_through().undated(_CHIPS)]
