"""Parts of a frame that stand still while one pans and zooms: painted once, and put down as a picture."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPointF, QSize
from PySide6.QtGui import QImage, QPainter

from viewer.ui.painter_ink import locale

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QRectF

    from viewer.ui.painter_ink import Ink

_HAIR = 0.01

_kept: dict[str, tuple[tuple[object, ...], QImage]] = {}
"""The last picture of each part, and what it was made of: a window mostly paints the same again."""


def paint_kept(ink: Ink, name: str, area: QRectF, asked: object, paint: Callable[[Ink], None]) -> None:
    """Paint a part of a frame that fills its area; the same picture again while what is `asked` for is the same.

    In print, and where a view is zoomed, it is painted as it is.
    """
    if ink.ratio is None or ink.letters is None or area.isEmpty():
        paint(ink)
        return
    # Words change with the language, as the name of the shelf does.
    words = locale(), QCoreApplication.translate("Timeline", "Undated")
    made_of = asked, area, ink.theme, ink.kinds, ink.ratio, words
    kept = _kept.get(name)
    if kept is None or kept[0] != made_of:
        kept = _kept[name] = made_of, _picture(ink, area, ink.ratio, paint)
    ink.painter.drawImage(_corner(area, ink.ratio), kept[1])


def _picture(ink: Ink, area: QRectF, ratio: float, paint: Callable[[Ink], None]) -> QImage:
    corner = _corner(area, ratio)
    width, height = area.right() - corner.x(), area.bottom() - corner.y()
    # A hair less, or what is whole but for rounding would cover a pixel of its neighbour.
    whole = QSize(math.ceil(width * ratio - _HAIR), math.ceil(height * ratio - _HAIR))
    image = QImage(whole, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(ink.theme.colour("canvas"))
    with QPainter(image) as painter:
        painter.setRenderHints(ink.painter.renderHints())
        painter.translate(-corner)
        paint(replace(ink, painter=painter))
    return image


def _corner(area: QRectF, ratio: float) -> QPointF:
    """Return the upper left of an area moved out to whole device pixels: words keep their place on them."""
    return QPointF(math.floor(area.x() * ratio) / ratio, math.floor(area.y() * ratio) / ratio)
