"""Icons from one set of drawings, in a colour of the theme, sharp at any scale of the screen.

A drawing says `currentColor` where the theme's colour goes.
"""

from __future__ import annotations

import functools
import logging
from typing import Protocol

from PySide6.QtCore import QByteArray, QObject, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from viewer.resources import resource
from viewer.ui.theme import Theme, theme, themes

# The sizes that buttons and menus ask for, once and doubled.
_SIZES = (16, 20, 24, 32, 40, 48, 64)
_FADED = 0.45

_log = logging.getLogger(__name__)


class HasIcon(Protocol):
    """What can carry an icon: a button, an action."""

    def setIcon(self, icon: QIcon, /) -> None:
        """Show `icon`."""


def icon(name: str, token: str = "text") -> QIcon:
    """Return the icon `name` in the colour of `token`; an empty one when there is no such drawing."""
    return _drawn(name, token, theme())


def set_icon(target: HasIcon, name: str, token: str = "text") -> None:
    """Give a button or action the icon `name`, now and whenever the theme changes."""
    _Wearer(target, name, token)


class _Wearer(QObject):
    """Redraws the icon of one button or action; ends with it, because it is its child."""

    def __init__(self, target: HasIcon, name: str, token: str) -> None:
        if not isinstance(target, QObject):
            raise TypeError("an icon is kept up to date on a QObject only")
        super().__init__(target)
        self._target, self._name, self._token = target, name, token
        themes().changed.connect(self._dress)
        self._dress()

    def _dress(self) -> None:
        self._target.setIcon(icon(self._name, self._token))


@functools.lru_cache(maxsize=256)
def _drawn(name: str, token: str, of_theme: Theme) -> QIcon:
    try:
        drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    except (OSError, ValueError):
        _log.warning("no icon named %s", name)
        return QIcon()
    colour = of_theme.colour(token).name()
    renderer = QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
    drawn = QIcon()
    for size in _SIZES:
        pixmap = _blank(size)
        with QPainter(pixmap) as painter:
            renderer.render(painter)
        drawn.addPixmap(pixmap, QIcon.Mode.Normal)
        drawn.addPixmap(_faded(pixmap), QIcon.Mode.Disabled)
    return drawn


def _faded(pixmap: QPixmap) -> QPixmap:
    faded = _blank(pixmap.width())
    with QPainter(faded) as painter:
        painter.setOpacity(_FADED)
        painter.drawPixmap(0, 0, pixmap)
    return faded


def _blank(size: int) -> QPixmap:
    pixmap = QPixmap(QSize(size, size))
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
