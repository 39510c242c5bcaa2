"""Density bands: solid bars for events that stand in a stretch of time, a pale shape for what may lie there."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage

from viewer.timeline.metrics import Metrics
from viewer.ui.painter_ink import premultiplied

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.timeline.scene import Band, Scene
    from viewer.ui.painter_ink import Ink

_FOOT = Metrics().band_foot
_GAPPED = 3.0
"""Bars of at least so many pixels stand apart by one."""


def paint_bands(ink: Ink, scene: Scene) -> None:
    """Paint the crowded lanes, one image for each; on paper one shape for each bar."""
    painter = ink.painter
    for band in scene.bands:
        lane = scene.lanes[band.lane]
        foot, kind = lane.y + lane.height - _FOOT, ink.kind(lane.kind)
        if ink.ratio is not None:
            _paint_pixels(ink, scene, band, foot, ink.ratio)
            continue
        painter.setPen(Qt.PenStyle.NoPen)
        for colour, heights in ((kind.haze, band.possible_heights), (kind.band, band.heights)):
            painter.setBrush(colour)
            painter.drawRects(_bars(band, heights, foot, gapped=heights is band.heights))


def _paint_pixels(ink: Ink, scene: Scene, band: Band, foot: float, ratio: float) -> None:
    width = max(round((scene.width - scene.heading) * ratio), 1)
    height = math.ceil(float(band.possible_heights.max(initial=0)) * ratio)
    if not height:
        return
    kind = ink.kind(scene.lanes[band.lane].kind)
    column, inside, is_bar = _columns(band.x - scene.heading, band.step, len(band.counts), width, ratio)
    level = np.arange(height, 0, -1, dtype=np.int16)[:, None]
    # What is possible is one shape; what is certain stands before it in bars.
    possible = np.where(inside, np.round(band.possible_heights * ratio).astype(np.int16)[column], 0)
    certain = np.where(is_bar, np.round(band.heights * ratio).astype(np.int16)[column], 0)
    pixels = (level <= possible).astype(np.uint32)
    pixels *= np.uint32(premultiplied(kind.haze, band.strength))
    np.copyto(pixels, np.uint32(premultiplied(kind.band, band.strength)), where=level <= certain)
    # The image reads the array's memory: it lives until it is drawn.
    image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    ink.painter.drawImage(QPointF(scene.heading, ink.snapped(foot) - height / ratio), image)


@functools.lru_cache(maxsize=2)
def _columns(
    x: float, step: float, count: int, width: int, ratio: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return, for each device pixel, its column, whether it has one, and whether its bar lies there.

    The first of `count` columns begins at `x`. A bar is narrower than its column by a gap. The bands of a
    frame mostly have the same columns.
    """
    edges = np.round((x + step * np.arange(count + 1)) * ratio).astype(np.int64)
    pixels = np.arange(width)
    column = np.searchsorted(edges, pixels, side="right") - 1
    inside = (column >= 0) & (column < count)
    column = np.clip(column, 0, max(count - 1, 0))
    gap = max(round(ratio), 1) if step >= _GAPPED else 0
    return column, inside, inside & (pixels < edges[column + 1] - gap)


def _bars(band: Band, heights: NDArray[np.float32], foot: float, *, gapped: bool) -> list[QRectF]:
    gap = 1.0 if gapped and band.step >= _GAPPED else 0.0
    return [
        QRectF(band.x + column * band.step, foot - height, band.step - gap, height)
        for column, height in enumerate(heights.tolist())
        if height > 0
    ]
