"""What lies under the pointer: looked up in the frame that was drawn, so that both always agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from viewer.timeline.scene import Label, Scene, Shelf

REACH = 10.0
"""A mark is hit within so many pixels of its centre."""

_SLACK = 3.0
_LABEL_HALF = 10.0
_BAR_REACH = 12.0


@dataclass(frozen=True, slots=True)
class Hit:
    """`what` is event, chip, more, heading, axis, bar, lane, shelf or none; `lane` counts in the scene's lanes.

    A bar is the scroll bar of a lane.
    """

    what: str
    event: int | None = None
    lane: int | None = None


def hit(scene: Scene, x: float, y: float) -> Hit:
    """Return what lies at a pixel of the scene."""
    if not (0 <= x < scene.width and 0 <= y < scene.height):
        return Hit("none")
    if y < scene.lanes_top:
        return Hit("axis")
    if y >= scene.lanes_bottom:
        return _on_shelf(scene.shelf, x, y) if scene.shelf else Hit("none")
    lane = scene.lane_at(y)
    if x < scene.heading:
        return Hit("none" if lane is None else "heading", None, lane)
    if scene.claims is not None and scene.claims.covers(x, y):
        return Hit("event", scene.claims.event, lane)
    if lane is not None and scene.lanes[lane].bar is not None and x >= scene.width - _BAR_REACH:
        return Hit("bar", None, lane)
    event = _item_at(scene, x, y)
    if event is None:
        event = next((label.event for label in scene.labels if _is_on(label, x, y)), None)
    if event is not None:
        return Hit("event", event, lane)
    return Hit("none" if lane is None else "lane", None, lane)


def _item_at(scene: Scene, x: float, y: float) -> int | None:
    """Return the event whose extent or mark is there; where several are, that with the nearest mark."""
    level = np.flatnonzero(np.abs(scene.items["y"] - y) <= scene.row_height / 2)
    items = scene.items[level]
    off = np.abs(items["mark"] - x)
    # A small mark is meant within its own reach: beside it stands the next.
    reach = np.where(items["slim"], _SLACK, REACH)
    on = ((items["lo"] - _SLACK <= x) & (x <= items["hi"] + _SLACK)) | (off <= reach)
    found = np.flatnonzero(on)
    if not len(found):
        return None
    distance = np.where(np.isnan(off[found]), scene.width, off[found])
    return int(items["event"][found[np.argmin(distance)]])


def _is_on(label: Label, x: float, y: float) -> bool:
    return label.x <= x <= label.x + label.width and abs(label.y - y) <= _LABEL_HALF


def _on_shelf(shelf: Shelf, x: float, y: float) -> Hit:
    for chip in shelf.chips:
        if chip.x <= x <= chip.x + chip.width and chip.y <= y <= chip.y + chip.height:
            return Hit("chip", chip.event)
    rest = shelf.rest_x <= x <= shelf.rest_x + shelf.rest_width and abs(y - shelf.rest_y) <= _LABEL_HALF
    return Hit("more" if rest and shelf.more else "shelf")
