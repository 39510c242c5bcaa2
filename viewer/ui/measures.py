"""How wide text will be: fonts and their metrics, made once per role and remembered.

Layout asks for the width of every label of every frame; making a font or its metrics each time would cost
more than drawing the label.
"""

from __future__ import annotations

import functools

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF

from viewer.ui.theme import theme

_REMEMBERED = 20_000


@functools.cache
def font(role: str) -> QFont:
    """Return the font of a role of the theme; both palettes share their type.

    Written or put down as a picture, a word looks the same only without the colours of subpixels.
    """
    found = QFont(theme().font(role))
    found.setStyleStrategy(QFont.StyleStrategy.NoSubpixelAntialias)
    return found


@functools.cache
def metrics(role: str) -> QFontMetricsF:
    """Return the metrics of a role's font, in logical pixels."""
    return QFontMetricsF(font(role))


@functools.lru_cache(maxsize=_REMEMBERED)
def text_width(text: str, role: str = "label") -> float:
    """Return how many logical pixels `text` takes in the font of `role`."""
    return metrics(role).horizontalAdvance(text)


@functools.lru_cache(maxsize=_REMEMBERED)
def elided(text: str, role: str, width: float) -> str:
    """Return `text`, cut with an ellipsis where it is wider than `width` logical pixels."""
    return metrics(role).elidedText(text, Qt.TextElideMode.ElideRight, width)


def baseline(centre: float, role: str) -> float:
    """Return the baseline on which capitals of `role` stand centred on `centre`."""
    return centre + _half_capital(role)


@functools.cache
def _half_capital(role: str) -> float:
    return metrics(role).capHeight() / 2
