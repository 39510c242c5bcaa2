"""Mouse, wheel and pinch over the timeline, turned into gestures and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture

from viewer.ui.gestures import Gesture, Press, Slide, Surface

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QWheelEvent

WHEEL_CLICK = 120
"""Units of `angleDelta` in one click of an ordinary wheel."""
WHEEL_ZOOM = 1.25
"""How much closer one click brings the timeline."""
WHEEL_PIXELS = 60.0
"""How far one click pans or scrolls."""


class Plane(Surface, Protocol):
    """What the pointer may do to a view besides gestures."""

    def zoom_at(self, factor: float, x: float) -> None:
        """Zoom at once around a pixel of the view."""

    def pan_by(self, pixels: float) -> None:
        """Pan at once, towards later times when positive."""

    def scroll_by(self, pixels: float, at: QPointF) -> bool:
        """Scroll the lane at a point, or else the lanes, downwards when positive; False where all fits."""

    def is_on_bar(self, at: QPointF) -> bool:
        """Tell whether the scroll bar of a lane lies at a point."""

    def point_at(self, at: QPointF | None) -> None:
        """Take note of where the pointer rests, or that it left."""

    def mapped(self, at: QPointF) -> QPointF:
        """Return a point of the screen in pixels of the view."""


class Pointer:
    """Keeps the gesture under way, if any."""

    def __init__(self, view: Plane) -> None:
        self._view = view
        self._gesture: Gesture | None = None
        self._wheel_zooms = False

    def set_wheel_zooms(self, zooms: bool) -> None:
        """Let the plain wheel zoom, and Ctrl with it scroll or pan; the other way round by default."""
        self._wheel_zooms = zooms

    @property
    def cursor(self) -> Qt.CursorShape | None:
        """The cursor of the gesture under way."""
        return self._gesture.cursor if self._gesture else None

    def press(self, event: QMouseEvent) -> None:
        """Begin what may become a click, a pan or a region."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            region = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            at = event.position()
            is_slide = self._view.is_on_bar(at) and not region
            self._gesture = Slide(self._view, at) if is_slide else Press(self._view, at, region)
            self._view.point_at(None)

    def move(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self._gesture is None:
            self._view.point_at(event.position())
        else:
            self._gesture = self._gesture.moved(event.position())

    def release(self, event: QMouseEvent) -> None:
        """End the gesture."""
        gesture, self._gesture = self._gesture, None
        if gesture is not None:
            gesture.released(event.position())
            self._view.point_at(event.position())

    def cancel(self) -> bool:
        """Undo the gesture under way; False when there is none."""
        gesture, self._gesture = self._gesture, None
        if gesture is None:
            return False
        gesture.cancelled()
        return True

    def wheel(self, event: QWheelEvent) -> None:
        """Zoom, pan or scroll; what leans sideways always pans."""
        turn = event.angleDelta()
        clicks = turn.y() / WHEEL_CLICK
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._view.pan_by(-(clicks or turn.x() / WHEEL_CLICK) * WHEEL_PIXELS)
        elif abs(turn.x()) > abs(turn.y()):
            self._view.pan_by(-turn.x() / WHEEL_CLICK * WHEEL_PIXELS)
        elif ctrl is not self._wheel_zooms:
            self._view.zoom_at(WHEEL_ZOOM**clicks, event.position().x())
        elif not self._view.scroll_by(-clicks * WHEEL_PIXELS, event.position()):
            self._view.pan_by(-clicks * WHEEL_PIXELS)

    def pinch(self, event: QEvent) -> bool:
        """Zoom by a pinch on a touchpad or a touch screen; False for any other event."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() is not Qt.NativeGestureType.ZoomNativeGesture:
                return False
            self._view.zoom_at(max(0.1, 1 + event.value()), event.position().x())
            return True
        if isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                at = self._view.mapped(pinch.centerPoint())
                self._view.zoom_at(max(0.1, pinch.scaleFactor()), at.x())
                return True
        return False
