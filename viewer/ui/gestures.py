"""What a held mouse button means, one small state for each: a click to be, a pan, a region.

A gesture knows nothing of events or pixels on screen beyond its own drag; the view gives it a `Surface`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from viewer.ui.view_motion import Place

_LEAST_REGION = 6.0


class Surface(Protocol):
    """What gestures may do to a view."""

    def place(self) -> Place:
        """Return what the view shows now."""

    def show_place(self, place: Place) -> None:
        """Show another place at once."""

    def show_region(self, left: float, right: float) -> None:
        """Zoom until what lies between two pixels of the view fills the canvas."""

    def set_band(self, band: QRectF | None) -> None:
        """Show a rubber band in pixels of the view, or none."""

    def click(self, at: QPointF) -> None:
        """Take a click that was no drag."""

    def slide(self, start: Place, first: QPointF, at: QPointF) -> None:
        """Scroll the lane whose bar was taken hold of at `first`, at a place, as far as it was dragged since."""

    def turn_page(self, at: QPointF) -> None:
        """Scroll the lane whose bar lies at a point by a page, towards that point."""


class Press:
    """A button just pressed: a click, unless it is dragged."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, surface: Surface, at: QPointF, region: bool) -> None:
        self._surface = surface
        self._at = at
        self._region = region

    def moved(self, at: QPointF) -> Gesture:
        """Return what the press has become: a drag once it left its spot."""
        if (at - self._at).manhattanLength() < QApplication.startDragDistance():
            return self
        drag = Region(self._surface, self._at) if self._region else Pan(self._surface, self._at)
        return drag.moved(at)

    def released(self, at: QPointF) -> None:
        """End as a click."""
        self._surface.click(at)

    def cancelled(self) -> None:
        """Nothing has happened yet."""


class Pan:
    """The timeline held by a point, which follows the pointer."""

    cursor = Qt.CursorShape.ClosedHandCursor

    def __init__(self, surface: Surface, at: QPointF) -> None:
        self._surface = surface
        self._at = at
        self._from = surface.place()

    def moved(self, at: QPointF) -> Gesture:
        """Keep the moment that was grabbed under the pointer."""
        way = at - self._at
        scale = self._from.scale.panned(-way.x())
        self._surface.show_place(replace(self._from, scale=scale, scroll=self._from.scroll - way.y()))
        return self

    def released(self, at: QPointF) -> None:
        """Let go."""

    def cancelled(self) -> None:
        """Go back to where the drag began."""
        self._surface.show_place(self._from)


class Region:
    """A rubber band over the time to be looked at."""

    cursor = Qt.CursorShape.CrossCursor

    def __init__(self, surface: Surface, at: QPointF) -> None:
        self._surface = surface
        self._at = at

    def moved(self, at: QPointF) -> Gesture:
        """Stretch the band to the pointer."""
        self._surface.set_band(QRectF(self._at, at).normalized())
        return self

    def released(self, at: QPointF) -> None:
        """Zoom to the band, unless it is too narrow to have been meant."""
        self._surface.set_band(None)
        left, right = sorted((self._at.x(), at.x()))
        if right - left >= _LEAST_REGION:
            self._surface.show_region(left, right)

    def cancelled(self) -> None:
        """Drop the band."""
        self._surface.set_band(None)


class Slide:
    """The scroll bar of a lane, which follows the pointer."""

    cursor = Qt.CursorShape.ArrowCursor

    def __init__(self, surface: Surface, at: QPointF) -> None:
        self._surface = surface
        self._at = at
        self._from = surface.place()
        self._is_drag = False

    def moved(self, at: QPointF) -> Gesture:
        """Move the thumb with the pointer."""
        self._is_drag = True
        self._surface.slide(self._from, self._at, at)
        return self

    def released(self, at: QPointF) -> None:
        """Let go; a click that was no drag turns a page."""
        if not self._is_drag:
            self._surface.turn_page(at)

    def cancelled(self) -> None:
        """Go back to where the drag began."""
        self._surface.show_place(self._from)


Gesture = Press | Pan | Region | Slide
