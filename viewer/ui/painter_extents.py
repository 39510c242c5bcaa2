"""The extents of the events: what is certain is solid, what is possible is pale, what is open dissolves."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient

from viewer.ui.painter_marks import MARK

if TYPE_CHECKING:
    from viewer.timeline.scene import Items, Scene
    from viewer.ui.painter_ink import Ink, KindInk

EXTENT = 10.0
"""Height of an extent in logical pixels."""

_STOP = 14.0
_STOP_WIDTH = 1.5
_SOFT = 14.0
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


def drawn_items(items: Items) -> list[Item]:
    """Return the items of a scene as plain numbers."""
    return [Item._make(item) for item in items.tolist()]


def paint_extent(ink: Ink, scene: Scene, item: Item) -> None:
    """Paint the possible extent of an event, or the span that it lasted; nothing where its mark hides it."""
    if item.hi - item.lo <= MARK and not math.isnan(item.mark):
        return
    kind = ink.kind(item.kind)
    # What the canvas cuts off does not end there: no stop, no soft and no round end may say so.
    ends_lo, ends_hi = item.lo > scene.heading + 0.5, item.hi < scene.width - 0.5
    if item.span and item.core_lo <= item.core_hi:
        brush = _span_brush(kind, item, item.blurred and ends_lo, item.blurred and ends_hi)
    else:
        soft_lo = _fade(item, item.open_lo, item.blurred and ends_lo)
        soft_hi = _fade(item, item.open_hi, item.blurred and ends_hi)
        brush = _brush(item, (soft_lo, 1 - soft_hi), (kind.nothing, kind.pale, kind.nothing))
    lo, hi = item.lo - (0 if ends_lo else _BEYOND), item.hi + (0 if ends_hi else _BEYOND)
    paint_capsule(ink, lo, hi, item.y, brush)
    if not item.span and not item.blurred:
        _stops(ink, kind, item, ends_lo and not item.open_lo, ends_hi and not item.open_hi)


def paint_capsule(ink: Ink, lo: float, hi: float, y: float, brush: QBrush) -> None:
    """Paint a bar with rounded ends from lo to hi (pixels), centred on y."""
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(brush)
    radius = min(4.0, (hi - lo) / 2)
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


def _stops(ink: Ink, kind: KindInk, item: Item, at_lo: bool, at_hi: bool) -> None:
    """Paint a thin stop at each bound that is known and in sight."""
    top = item.y - _STOP / 2
    if at_lo:
        ink.vertical(item.lo, top, top + _STOP, kind.stop, _STOP_WIDTH)
    if at_hi:
        ink.vertical(item.hi - _STOP_WIDTH, top, top + _STOP, kind.stop, _STOP_WIDTH)
