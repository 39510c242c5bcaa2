"""What is said aloud by a screen reader although the keyboard is elsewhere: what was found, undone, refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from viewer.domain.filters import Filter
    from viewer.ui.showing import Showing


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say something, where one is at work and Qt can ask it to (6.8)."""
    if words and QtGui.QAccessible.isActive() and hasattr(QtGui, "QAccessibleAnnouncementEvent"):
        QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, words))


class FilterNews(QObject):
    """Says how many events are shown after each change of what is asked for, not after each edit."""

    def __init__(self, showing: Showing, widget: QWidget, words: Callable[[], str]) -> None:
        super().__init__(showing)
        self._showing = showing
        self._widget = widget
        self._words = words
        self._said: tuple[Filter, int | None] = self._asked()
        showing.settled.connect(self._tell)

    def _asked(self) -> tuple[Filter, int | None]:
        return self._showing.sieve.filter, self._showing.sieve.day

    def _tell(self) -> None:
        asked = self._asked()
        if asked != self._said:
            self._said = asked
            announce(self._widget, self._words())
