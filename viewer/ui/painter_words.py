"""Words as small pictures: a title that was drawn once is afterwards put down many times faster.

A frame makes only a few new pictures, for making one costs more than writing; what has none yet is written as
on paper, on the same pixels, so that nobody sees which way a word came.
"""

from __future__ import annotations

import functools
import math
from collections import OrderedDict
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter

from viewer.ui.measures import font, metrics, text_width

if TYPE_CHECKING:
    from viewer.ui.theme import Theme

REMEMBERED = 4_000
"""So many words are kept; those that were not used for longest go first."""
FRESH = 8
"""So many new pictures a frame makes at most."""

_PAD = 2
_LONGEST = 1_000.0

_Key = tuple[str, str, str, str, float]
"""Text, role, name of the palette, colour there, ratio."""


class Letters:
    """The words of one frame in a theme, on a screen of `ratio` device pixels to a logical one."""

    def __init__(self, theme: Theme, ratio: float) -> None:
        self._theme = theme
        self._ratio = ratio
        self._fresh = FRESH

    def put(self, painter: QPainter, at: QPointF, text: str, role: str, token: str) -> bool:
        """Put down a text from a point on its baseline, on whole device pixels; False: it is to be written."""
        picture = self._picture((text, role, self._theme.name, token, self._ratio))
        if picture is None:
            return False
        painter.drawImage(QPointF(at.x() - _PAD / self._ratio, at.y() - _rise(role, self._ratio)), picture)
        return True

    def _picture(self, key: _Key) -> QImage | None:
        found = _kept.get(key)
        if found is not None:
            _kept.move_to_end(key)
            return found
        text, role, _, token, ratio = key
        if self._fresh <= 0 or text_width(text, role) > _LONGEST:
            return None
        self._fresh -= 1
        while len(_kept) >= REMEMBERED:
            _kept.popitem(last=False)
        _kept[key] = made = _drawn(text, role, self._theme.colour(token), ratio)
        return made


_kept: OrderedDict[_Key, QImage] = OrderedDict()


@functools.cache
def _rise(role: str, ratio: float) -> float:
    """Return how far a picture reaches above the baseline: whole device pixels, as logical ones."""
    return (math.ceil(metrics(role).ascent() * ratio) + _PAD) / ratio


def _drawn(text: str, role: str, colour: QColor, ratio: float) -> QImage:
    width = math.ceil(text_width(text, role) * ratio) + 2 * _PAD + math.ceil(ratio)
    rise = _rise(role, ratio)
    height = round(rise * ratio) + math.ceil(metrics(role).descent() * ratio) + _PAD
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(0)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setFont(font(role))
        painter.setPen(colour)
        painter.drawText(QPointF(_PAD / ratio, rise), text)
    return image
