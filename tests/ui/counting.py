"""A painter that counts what is asked of it."""

from __future__ import annotations

from collections import Counter

from PySide6.QtGui import QImage, QPainter


class CountingPainter:
    """Hands every call on to a painter; `calls` counts them by name."""

    def __init__(self, painter):
        self._painter = painter
        self.calls = Counter()

    def __getattr__(self, name):
        found = getattr(self._painter, name)
        if callable(found) and not isinstance(found, type):
            self.calls[name] += 1
        return found


def calls_of(paint, width, height, ratio=1):
    """Return the calls by name that `paint(painter)` makes to paint a picture of that size."""
    image = QImage(round(width * ratio), round(height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    with QPainter(image) as painter:
        counting = CountingPainter(painter)
        paint(counting)
    return counting.calls
