"""Where to go next: the places that show a span or an event, and the neighbours of an event."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QDate

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.scale import TimeScale
from viewer.ui.measures import text_width
from viewer.ui.staging import metrics_in_use, scene_of
from viewer.ui.view_motion import Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.timeline.scene import Scene
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
    position = content.index.position(event)
    if position is None or (content.mask is not None and not content.mask[position]):
        return None
    canvas = size[0] - metrics_in_use().heading
    moment = int(content.index.extents.mark[position])
    x = place.scale.x(moment)
    if not _NEAR_EDGE <= x <= canvas - _NEAR_EDGE:
        place = replace(place, scale=place.scale.panned(x - canvas / 2))
    for _ in range(_TRIES):
        found = _scrolled(content, place, size, position)
        if found is not None:
            return found
        place = replace(place, scale=place.scale.zoomed(_CLOSER, place.scale.x(moment)))
    return place


def nearest(content: Content, moment: int, lane: int | None = None) -> int | None:
    """Return the shown event whose mark is nearest to a moment, in one lane or in all."""
    shown = np.flatnonzero(_shown(content, lane))
    if not len(shown):
        return None
    marks = content.index.extents.mark[shown]
    return int(content.index.columns.ids[shown[np.argmin(np.abs(marks - np.int64(moment)))]])


def later(content: Content, event: int | None, step: int) -> int | None:
    """Return the shown event `step` places later in time, earlier when negative."""
    return content.index.next_of(event, step, content.mask)


def beside(content: Content, event: int, step: int) -> int | None:
    """Return the neighbour in the event's own lane, or on the shelf for an undated one."""
    position = content.index.position(event)
    if position is None:
        chips = _chips(content)
        at = chips.index(event) + step if event in chips else -1
        return chips[at] if 0 <= at < len(chips) else None
    lane = int(content.index.columns.lane[position])
    return content.index.next_of(event, step, _shown(content, lane))


def across(content: Content, event: int, step: int) -> int | None:
    """Return the nearest event of the next lane that shows any; the shelf lies below the last one."""
    position = content.index.position(event)
    lanes = range(len(content.index.lanes))
    if position is None:
        if step > 0:
            return None
        ways = (_last_of(content, lane) for lane in reversed(lanes))
        return next((found for found in ways if found is not None), None)
    lane = int(content.index.columns.lane[position])
    moment = int(content.index.extents.mark[position])
    order = lanes[lane + 1 :] if step > 0 else reversed(lanes[:lane])
    found = next((near for other in order if (near := nearest(content, moment, other)) is not None), None)
    if found is None and step > 0:
        return next(iter(_chips(content)), None)
    return found


def _after(content: Content, span: tuple[int, int], before: float, canvas: float) -> float:
    """Return how many pixels to leave free after a span: what titles need that would stand beyond the edge."""
    index = content.index
    if len(index.columns.ids) > _FEW:  # seen whole, so many are bands
        return min(_BEFORE, canvas / 8)
    ends = np.minimum(index.extents.known_hi, np.int64(span[1])) - np.int64(span[0])
    shares = np.clip(ends / (span[1] - span[0]), 0.01, 1.0)
    metrics = metrics_in_use()
    titles = [content.title_of(event) for event in index.columns.ids.tolist()]
    widths = np.array([text_width(title, "label") for title in titles]) + metrics.mark / 2
    widths += 2 * metrics.label_gap + metrics.sign * index.columns.disputed
    # An event at a share of the span stands at before + share * (canvas - before - after).
    needed = canvas - before - (canvas - before - widths) / shares
    return float(min(max(needed.max(), _BEFORE), canvas * _AFTER_MOST))


def _last_of(content: Content, lane: int) -> int | None:
    return content.index.next_of(None, -1, _shown(content, lane))


def _chips(content: Content) -> list[int]:
    shown = content.undated_shown
    return [undated.event for undated in content.index.undated if shown is None or undated.event in shown]


def _shown(content: Content, lane: int | None) -> NDArray[np.bool_]:
    columns = content.index.columns
    shown = np.ones(len(columns.ids), dtype=np.bool_) if content.mask is None else content.mask
    return shown if lane is None else shown & (columns.lane == lane)


def _scrolled(content: Content, place: Place, size: tuple[float, float], position: int) -> Place | None:
    """Return `place` with the event's row in sight, or None when it is not drawn on its own there."""
    event, at = int(content.index.columns.ids[position]), int(content.index.columns.lane[position])
    scene = scene_of(content, place, *size)
    lane = scene.lanes[at]
    # A frame holds only the rows in sight: where the row is not, its lane is looked through page by page.
    top = lane.y - scene.lanes_top + min(place.scroll, scene.overflow)
    page = max(scene.lanes_bottom - scene.lanes_top - scene.row_height, scene.row_height)
    pages = (top + page * number for number in range(int(lane.height / page) + 1))
    for scroll in (place.scroll, *pages):
        tried = replace(place, scroll=min(max(0.0, scroll), scene.overflow))
        frame = scene_of(content, tried, *size)
        if any(band.lane == at for band in frame.bands):
            return None
        item = frame.item(event)
        if item is not None:
            return _whole_row(frame, tried, float(item["y"]))
    return None


def _whole_row(scene: Scene, place: Place, y: float) -> Place:
    half = scene.row_height / 2 + 4
    above, below = scene.lanes_top + half - y, y - (scene.lanes_bottom - half)
    scroll = place.scroll - above if above > 0 else place.scroll + max(0.0, below)
    return replace(place, scroll=min(max(0.0, scroll), scene.overflow))
