"""Keys of the timeline; W, S, A and D by where they lie on the keyboard, whatever is printed on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from viewer.ui import navigation

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent

    from viewer.ui.staging import Content
    from viewer.ui.timeline_view import TimelineView

KEY_ZOOM = 1.5
KEY_PAN = 0.15
"""The part of the canvas that a key pans."""

# Positions as the platforms number them: X11 and Wayland add 8 to the kernel's numbers, Windows keeps those
# of the first PC keyboards.
_POSITIONS = {
    "xcb": {25: "zoom_in", 38: "pan_left", 39: "zoom_out", 40: "pan_right"},
    "wayland": {25: "zoom_in", 38: "pan_left", 39: "zoom_out", 40: "pan_right"},
    "windows": {17: "zoom_in", 30: "pan_left", 31: "zoom_out", 32: "pan_right"},
}
_LETTERS: dict[int, str] = {
    Qt.Key.Key_W: "zoom_in",
    Qt.Key.Key_A: "pan_left",
    Qt.Key.Key_S: "zoom_out",
    Qt.Key.Key_D: "pan_right",
}
_KEYS: dict[int, str] = {
    Qt.Key.Key_Plus: "zoom_in",
    Qt.Key.Key_Equal: "zoom_in",
    Qt.Key.Key_Minus: "zoom_out",
    Qt.Key.Key_Left: "event_left",
    Qt.Key.Key_Right: "event_right",
    Qt.Key.Key_Up: "lane_up",
    Qt.Key.Key_Down: "lane_down",
    Qt.Key.Key_PageUp: "page_up",
    Qt.Key.Key_PageDown: "page_down",
    Qt.Key.Key_Home: "first",
    Qt.Key.Key_End: "last",
    Qt.Key.Key_F: "focus",
    Qt.Key.Key_E: "claims",
    Qt.Key.Key_Period: "next",
    Qt.Key.Key_Comma: "previous",
    Qt.Key.Key_Return: "activate",
    Qt.Key.Key_Enter: "activate",
    Qt.Key.Key_Escape: "clear",
}
_PLAIN = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier


def key_verb(event: QKeyEvent) -> str | None:
    """Return what a key means to the timeline, or None; keys with Ctrl, Alt or Meta belong to others."""
    if event.modifiers() & ~_PLAIN:
        return None
    return _by_position(event) or _KEYS.get(event.key())


def _by_position(event: QKeyEvent) -> str | None:
    positions = _POSITIONS.get(QGuiApplication.platformName())
    if positions is None or event.nativeScanCode() == 0:
        return _LETTERS.get(event.key())
    return positions.get(event.nativeScanCode())


def obey(view: TimelineView, verb: str) -> bool:
    """Do what a key means; False where there is nothing to do it to."""
    if verb in _STEPS:
        _step(view, *_STEPS[verb])
    elif verb in ("zoom_in", "zoom_out"):
        view.zoom_by(KEY_ZOOM if verb == "zoom_in" else 1 / KEY_ZOOM)
    elif verb in ("pan_left", "pan_right"):
        _pan(view, view.canvas_width() * (KEY_PAN if verb == "pan_right" else -KEY_PAN))
    elif verb in ("page_up", "page_down"):
        return view.turn_pages(1 if verb == "page_down" else -1)
    elif verb in ("first", "last"):
        _go_to_end(view, verb)
    else:
        return _obey_for_selected(view, verb)
    return True


def _obey_for_selected(view: TimelineView, verb: str) -> bool:
    selected = view.content().selected
    if verb == "focus":
        _focus(view, selected)
    elif selected is None:
        return False
    elif verb == "activate":
        view.event_activated.emit(selected)
    elif verb == "claims":
        view.toggle_claims(selected)
    elif verb == "clear" and view.content().claims is not None:
        view.set_claims(None)
    elif verb == "clear":
        view.select(None)
    return True


def _step(view: TimelineView, find: Callable[[Content, int, int], int | None], step: int) -> None:
    content = view.content()
    if content.selected is None:
        found = navigation.nearest(content, view.scale().t(view.canvas_width() / 2))
    else:
        found = find(content, content.selected, step)
    if found is not None:
        view.select(found)
        view.show_event(found)


def _pan(view: TimelineView, pixels: float) -> None:
    place = view.destination()
    view.go(replace(place, scale=place.scale.panned(pixels)))


def _go_to_end(view: TimelineView, verb: str) -> None:
    span = view.content().index.span()
    if span is not None:
        place = view.destination()
        view.go(replace(place, scale=navigation.at_end(place.scale, span, verb, view.canvas_width())))


def _focus(view: TimelineView, selected: int | None) -> None:
    """Put the selected event in the middle; where it is there already, fit it; without one, fit all."""
    extent = None if selected is None else view.content().index.extent(selected)
    if selected is None or extent is None:
        view.fit_all()
        return
    middle = extent[0] + (extent[1] - extent[0]) // 2
    if abs(view.destination().scale.x(middle) - view.canvas_width() / 2) <= 1:
        view.fit_event(selected)
    else:
        view.show_event(selected)
        view.go_to(middle)


_STEPS: dict[str, tuple[Callable[[Content, int, int], int | None], int]] = {
    "event_left": (navigation.beside, -1),
    "event_right": (navigation.beside, 1),
    "lane_up": (navigation.across, -1),
    "lane_down": (navigation.across, 1),
    "previous": (navigation.later, -1),
    "next": (navigation.later, 1),
}
