"""The extents of the events: what is certain is solid, what is possible is pale, what is open dissolves."""

from __future__ import annotations

from itertools import compress, starmap
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient

from viewer.timeline.distinct import distinct
from viewer.ui.painter_marks import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from viewer.timeline.scene import Items, Scene
    from viewer.ui.painter_ink import Ink, KindInk

    Pixels = NDArray[np.float64]

EXTENT = 10.0
"""Height of an extent in logical pixels."""

_STOP = 14.0
_STOP_WIDTH = 1.5
_SOFT = 14.0
_CUT = 0.5
_RADIUS = 4.0
_BEYOND = 8.0


class Item(NamedTuple):
    """An element of a scene's items as plain numbers, which are read many times faster than numpy's."""

    event: int
    kind: int
    y: float
    lo: float
    hi: float
    core_lo: float
    core_hi: float
    mark: float
    span: bool
    open_lo: bool
    open_hi: bool
    blurred: bool
    disputed: bool
    rival: bool
    slim: bool
    size: float

    @property
    def is_signed(self) -> bool:
        """Whether a sign says that what is claimed of it does not agree."""
        return self.disputed or self.rival


def single_items(scene: Scene, hovered: int | None) -> Items:
    """Return the items of a scene that are drawn one by one; also that of a slim row under the pointer."""
    found: Items = scene.items[
        ~scene.items["slim"] | (scene.items["event"] == (-1 if hovered is None else hovered))
    ]
    found["size"][found["slim"]] = MARK
    return found


def drawn_items(items: Items) -> list[Item]:
    """Return items as plain numbers."""
    return [Item._make(item) for item in items.tolist()]


def paint_extents(ink: Ink, scene: Scene, found: Items, items: Sequence[Item]) -> None:
    """Paint the possible extents of events, or the spans that they lasted; none where its mark hides it.

    `items` are those found as plain numbers. Most are plain, with a stop at each end; they are painted kind by
    kind, for a painter is quick as long as its brush stays the same.
    """
    seen = (found["hi"] - found["lo"] > found["size"]) | np.isnan(found["mark"])
    plain = seen & ~(found["span"] | found["blurred"] | found["open_lo"] | found["open_hi"])
    ink.painter.setPen(Qt.PenStyle.NoPen)
    for item in compress(items, (seen & ~plain).tolist()):
        _paint_fading(ink, scene, item)
    stopped = seen & ~(found["span"] | found["blurred"])
    for kind in distinct(found["kind"][stopped]).tolist():
        ink.painter.setPen(Qt.PenStyle.NoPen)
        ink.painter.setBrush(ink.kind(kind).pale)
        # One path of them all would be many times slower to fill.
        for capsule in _capsules(scene, found[plain & (found["kind"] == kind)]):
            ink.painter.drawRoundedRect(capsule, _RADIUS, _RADIUS)
        stops = _stops(ink, scene, found[stopped & (found["kind"] == kind)])
        ink.rectangles(stops, ink.kind(kind).stop)


def _paint_fading(ink: Ink, scene: Scene, item: Item) -> None:
    """Paint an extent of which something is certain, open or blurred."""
    kind = ink.kind(item.kind)
    ends_lo, ends_hi = _ends(scene, item)
    if item.span and item.core_lo <= item.core_hi:
        brush = _span_brush(kind, item, item.blurred and ends_lo, item.blurred and ends_hi)
    else:
        soft_lo = _fade(item, item.open_lo, item.blurred and ends_lo)
        soft_hi = _fade(item, item.open_hi, item.blurred and ends_hi)
        brush = _brush(item, (soft_lo, 1 - soft_hi), (kind.nothing, kind.pale, kind.nothing))
    lo, hi = item.lo - (0 if ends_lo else _BEYOND), item.hi + (0 if ends_hi else _BEYOND)
    paint_capsule(ink, lo, hi, item.y, brush)


def _ends(scene: Scene, item: Item) -> tuple[bool, bool]:
    """Tell whether an extent ends at its left and at its right, and is not just cut off by the canvas."""
    return item.lo > scene.heading + _CUT, item.hi < scene.width - _CUT


def _capsules(scene: Scene, items: Items) -> Iterator[QRectF]:
    """Yield the bars of extents; what the canvas cuts off does not end there, so it has no round end."""
    lo, hi = (items[side].astype(np.float64) for side in ("lo", "hi"))
    lo = np.where(lo > scene.heading + _CUT, lo, lo - _BEYOND)
    hi = np.where(hi < scene.width - _CUT, hi, hi + _BEYOND)
    return _rectangles(lo, items["y"] - EXTENT / 2, hi - lo, EXTENT)


def _stops(ink: Ink, scene: Scene, items: Items) -> list[QRectF]:
    """Return a thin stop for each bound that is known and in sight."""
    at_lo = items[~items["open_lo"] & (items["lo"] > scene.heading + _CUT)]
    at_hi = items[~items["open_hi"] & (items["hi"] < scene.width - _CUT)]
    x = np.concatenate((at_lo["lo"].astype(np.float64), at_hi["hi"].astype(np.float64) - _STOP_WIDTH))
    y = np.concatenate((at_lo["y"], at_hi["y"])) - _STOP / 2
    return list(_rectangles(ink.all_snapped(x), y, np.full(len(x), _STOP_WIDTH), _STOP))


def _rectangles(x: Pixels, y: Pixels, widths: Pixels, height: float) -> Iterator[QRectF]:
    return starmap(QRectF, np.column_stack((x, y, widths, np.full(len(x), height))).tolist())


def paint_capsule(ink: Ink, lo: float, hi: float, y: float, brush: QBrush) -> None:
    """Paint a bar with rounded ends from lo to hi (pixels), centred on y."""
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(brush)
    radius = min(_RADIUS, (hi - lo) / 2)
    ink.painter.drawRoundedRect(QRectF(lo, y - EXTENT / 2, hi - lo, EXTENT), radius, radius)


def _span_brush(kind: KindInk, item: Item, soft_lo: bool, soft_hi: bool) -> QBrush:
    """Return the fill of "throughout": a solid core out of which the possible ends fade."""
    width = max(item.hi - item.lo, 1.0)
    lo = max((item.core_lo - item.lo) / width, _fade(item, item.open_lo, soft_lo))
    hi = min(1 - (item.hi - item.core_hi) / width, 1 - _fade(item, item.open_hi, soft_hi))
    first, last = (kind.nothing if is_open else kind.faint for is_open in (item.open_lo, item.open_hi))
    return _brush(item, (lo, hi), (first, kind.bar, last))


def _brush(item: Item, core: tuple[float, float], colours: tuple[QColor, QColor, QColor]) -> QBrush:
    """Return a fill of the middle colour within `core` (shares of the extent), fading to the outer ones."""
    first, solid, last = colours
    lo, hi = core if core[0] <= core[1] else (sum(core) / 2,) * 2
    if lo <= 0 and hi >= 1:
        return QBrush(solid)
    gradient = QLinearGradient(item.lo, 0, max(item.hi, item.lo + 1), 0)
    outer = [(0.0, first if lo > 0 else solid), (1.0, last if hi < 1 else solid)]
    gradient.setStops([outer[0], (max(lo, 0.0), solid), (min(hi, 1.0), solid), outer[1]])
    return QBrush(gradient)


def _fade(item: Item, is_open: bool, soft: bool) -> float:
    """Return which share of an extent one end takes to fade: much where it is open, a little where blurred."""
    if is_open:
        return 0.45
    return min(0.3, _SOFT / max(item.hi - item.lo, 1.0)) if soft else 0.0
