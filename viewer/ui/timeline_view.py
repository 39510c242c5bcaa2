"""The painted timeline: shows a document's index, moves through time, says what the user picked.

It knows no document. Whoever owns it hands in an index and titles, and listens to its signals.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal

from viewer.timeline.hit import Hit, hit
from viewer.timeline.scale import TimeScale
from viewer.ui.guard import guard
from viewer.ui.keyboard import key_verb, obey
from viewer.ui.pointer import Pointer
from viewer.ui.staging import band_reading, day_at, kind_at, metrics_in_use
from viewer.ui.timeline_canvas import TimelineCanvas

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from viewer.timeline.scene import Lane
    from viewer.ui.view_motion import Place

_OPEN_BAND = 4.0
_PINCHES = (QEvent.Type.NativeGesture, QEvent.Type.Gesture)
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class TimelineView(TimelineCanvas):
    """The timeline itself. Times are seconds as in the domain, positions on it logical pixels.

    `event_selected(event or None)`, `event_activated(event)`: double click or Enter, to edit;
    `add_requested(day, kind)`: an ISO day, month or year and the position of a kind or None;
    `view_changed(scale)`; `more_requested()`: the rest of the shelf; `hovered(event or None)`;
    `claims_requested(event)`: its claims are to be handed in with `set_claims`.
    """

    event_selected = Signal(object)
    event_activated = Signal(object)
    add_requested = Signal(object, object)
    more_requested = Signal()
    hovered = Signal(object)
    claims_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pointer = Pointer(self)
        self._pointed: float | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Timeline"))
        self.grabGesture(Qt.GestureType.PinchGesture)

    def set_wheel_zooms(self, zooms: bool) -> None:
        """Let the plain wheel zoom, and Ctrl with it scroll or pan."""
        self._pointer.set_wheel_zooms(zooms)

    def show_region(self, left: float, right: float) -> None:
        """Zoom until what lies between two pixels fills the canvas."""
        heading = metrics_in_use().heading
        first, last = (self._place.scale.t(max(0.0, x - heading)) for x in (left, right))
        self.leaving.emit()
        scale = TimeScale.fitting(first, last, self.canvas_width())
        self.go(replace(self._place, scale=scale))

    def set_band(self, band: QRectF | None) -> None:
        """Show a rubber band, or none."""
        self._band = band
        self.update()

    def scroll_by(self, pixels: float, at: QPointF | None = None) -> bool:
        """Scroll the lane at a point within itself, else all lanes, down when positive; False where all fits."""
        lane = None if at is None else self._lane_at(at)
        if lane is not None and lane.overflow > 0 and self._scroll_lane(lane, lane.scroll + pixels):
            return True
        overflow = self.scene().overflow
        if overflow > 0:
            scroll = min(max(0.0, self._place.scroll + pixels), overflow)
            self.show_place(replace(self._place, scroll=scroll))
        return overflow > 0 or (lane is not None and lane.overflow > 0)

    def is_on_bar(self, at: QPointF) -> bool:
        """Tell whether the scroll bar of a lane lies at a point."""
        return self._hit(at).what == "bar"

    def slide(self, start: Place, first: QPointF, at: QPointF) -> None:
        """Scroll the lane whose bar was taken hold of at `first`, at a place, as far as it was dragged since."""
        lane = self._lane_at(first)
        if lane is not None and lane.bar is not None:
            way = lane.rows_bottom - lane.rows_top - lane.bar[1]
            each = lane.overflow / max(way, 1.0)
            self._scroll_lane(lane, start.within.get(lane.key, 0.0) + (at.y() - first.y()) * each)

    def turn_page(self, at: QPointF) -> None:
        """Scroll the lane whose bar lies at a point by a page, towards that point."""
        lane = self._lane_at(at)
        if lane is not None and lane.bar is not None:
            top, length = lane.bar
            if not top <= at.y() < top + length:
                self._turn(lane, -1 if at.y() < top else 1)

    def turn_pages(self, pages: int) -> bool:
        """Scroll the lane under the pointer, else that of the selected event, by pages; False: it all fits."""
        scene = self.scene()
        item = None if self._content.selected is None else scene.item(self._content.selected)
        heights = [self._pointed] if item is None else [self._pointed, float(item["y"])]
        found = [scene.lanes[at] for y in heights if y is not None and (at := scene.lane_at(y)) is not None]
        lane = next((lane for lane in found if lane.overflow > 0), None)
        if lane is not None:
            self._turn(lane, pages)
        return lane is not None

    def _turn(self, lane: Lane, pages: int) -> None:
        row = self.scene().row_height
        page = max((lane.rows_bottom - lane.rows_top) // row * row, row)
        self._scroll_lane(lane, lane.scroll + pages * page)

    def _scroll_lane(self, lane: Lane, pixels: float) -> bool:
        """Scroll a lane within itself, as far as it goes; False where it stands there already."""
        target = min(max(0.0, pixels), lane.overflow)
        if target == lane.scroll:
            return False
        self.show_place(self._place.scrolled_within(lane.key, target))
        return True

    def _lane_at(self, at: QPointF) -> Lane | None:
        found = self.scene().lane_at(at.y())
        return None if found is None else self.scene().lanes[found]

    def point_at(self, at: QPointF | None) -> None:
        """Take note of where the pointer rests, or that it left."""
        self._pointed = None if at is None else at.y()
        found = Hit("none") if at is None else self._hit(at)
        probe = None if at is None or found.what != "lane" else band_reading(self.scene(), self.scale(), at)
        acts = found.what in ("event", "chip", "more")
        self.setCursor(Qt.CursorShape.PointingHandCursor if acts else Qt.CursorShape.ArrowCursor)
        if (found.event, probe) == (self._hovered, self._probe):
            return
        self._probe = probe
        self.update()
        if found.event != self._hovered:
            self._hovered = found.event
            self.hovered.emit(found.event)

    def click(self, at: QPointF) -> None:
        """Select what lies under the pointer; on a crowded lane, open it."""
        found = self._hit(at)
        if found.what == "more":
            self.more_requested.emit()
        elif found.event is not None:
            self.select(found.event)
        elif band_reading(self.scene(), self._place.scale, at) is not None:
            self.zoom_by(_OPEN_BAND, at.x())
        elif found.what in ("lane", "none"):
            self.select(None)

    def mapped(self, at: QPointF) -> QPointF:
        """Return a point of the screen in pixels of the view."""
        return self.mapFromGlobal(at)

    def select(self, event: int | None) -> None:
        """Select an event, or none, as the user does: the owner is told and adds the links."""
        if event != self._content.selected:
            self.set_selection(event)
            self.event_selected.emit(event)

    def toggle_claims(self, event: int) -> None:
        """Ask for the claims of an event, or put them away where they are shown."""
        opened = self._content.claims
        if opened is not None and opened.event == event:
            self.set_claims(None)
        else:
            self.claims_requested.emit(event)

    def _double_click(self, at: QPointF) -> None:
        """Edit what lies under the pointer, or ask for a new entry at that date."""
        found = self._hit(at)
        crowded = band_reading(self.scene(), self.scale(), at) is not None
        if found.event is not None:
            self.event_activated.emit(found.event)
        elif found.what in ("lane", "none") and at.x() >= self.scene().heading and not crowded:
            day = day_at(self.scale(), at.x() - self.scene().heading)
            self.add_requested.emit(day, kind_at(self.scene(), at.y()))

    def _hit(self, at: QPointF) -> Hit:
        return hit(self.scene(), at.x(), at.y())

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() in (Qt.MouseButton.BackButton, Qt.MouseButton.ForwardButton):
            event.ignore()  # they mean the same wherever they are pressed
            return
        self._show_ring(False)
        self._motion.stop()
        self._pointer.press(event)

    @guard()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer.move(event)
        if self._pointer.cursor is not None:
            self.setCursor(self._pointer.cursor)

    @guard()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pointer.release(event)

    @guard()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._double_click(event.position())

    @guard()
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._pointer.wheel(event)
        event.accept()

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        verb = key_verb(event)
        if verb == "clear" and self._pointer.cancel():
            return
        self._show_ring(True)  # whoever uses the keyboard sees where it is, however it came here
        if verb is None or not obey(self, verb):
            super().keyPressEvent(event)

    @guard()
    def leaveEvent(self, _event: QEvent) -> None:
        self.point_at(None)

    @guard()
    def focusInEvent(self, event: QFocusEvent) -> None:
        self._show_ring(event.reason() in _BY_KEY)

    @guard()
    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self._show_ring(False)

    def _show_ring(self, shown: bool) -> None:
        if shown != self._ring:
            self._ring = shown
            self.update()

    @guard(default=False)
    def event(self, event: QEvent) -> bool:
        # Qt sends the first events from inside the constructor.
        if event.type() in _PINCHES and self._pointer.pinch(event):
            return True
        return super().event(event)
