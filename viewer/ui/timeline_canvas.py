"""What the timeline shows and where it stands: content, place in time, the frame and its painting.

A Scene is computed only when something changed; painting only paints. Hands and keys are `timeline_view`'s.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.timeline.array_files import let_go_all
from viewer.timeline.scale import TimeScale
from viewer.timeline.shown import Shown
from viewer.ui import navigation
from viewer.ui.guard import guard
from viewer.ui.painter import paint_scene
from viewer.ui.painter_overlay import Probe, paint_band, paint_focus, paint_probe, paint_words
from viewer.ui.staging import (
    empty_content,
    empty_words,
    ghost_in,
    metrics_in_use,
    rectangle_in,
    scene_of,
)
from viewer.ui.theme import theme, themes
from viewer.ui.view_motion import Motion, Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from viewer.domain.records import Kind
    from viewer.timeline.claim_bands import Expanded
    from viewer.timeline.index import Index
    from viewer.timeline.masks import Mask
    from viewer.timeline.scene import Scene
    from viewer.ui.painter_ruler import Ruler
    from viewer.ui.staging import Content

_FRAMES = 10
"""After so many frames, and with each selection, memory is given back."""

_IDLE_MS = 250
"""So long after a filter it is given back too: the frame that shows what is left need not wait for that."""

_TITLES = 1000
"""So many titles are remembered: from frame to frame they are mostly the same."""


class TimelineCanvas(QWidget):
    """A timeline without hands. Times are seconds as in the domain, positions on it logical pixels.

    `view_changed(scale)` tells each new place in time; `leaving()`: it is about to jump to another one.
    """

    view_changed = Signal(object)
    leaving = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._content = empty_content()
        self._place = navigation.today(self.canvas_width())
        self._scene: Scene | None = None
        self._fitted = True
        self._draft: tuple[tuple[int, int], int] | None = None
        self._band: QRectF | None = None
        self._probe: Probe | None = None
        self._ruler: Ruler | None = None
        self._hovered: int | None = None
        self._ring = False
        self._frames = 0
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(_IDLE_MS)
        self._idle.timeout.connect(let_go_all)
        self._motion = Motion(self._show, self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        themes().changed.connect(self.update)

    def set_index(
        self,
        index: Index,
        kinds: Sequence[Kind],
        title_of: Callable[[int], str],
        *,
        keep_view: bool,
        shelf_note: str = "",
    ) -> None:
        """Show a document's events; `keep_view` stays at the time in view instead of fitting all."""
        self._content = replace(
            self._content, index=index, kinds=tuple(kinds), title_of=lru_cache(_TITLES)(title_of),
            shelf_note=shelf_note, filtered=Shown.of(index),
        )  # fmt: skip
        if keep_view:
            self._refresh()
        else:
            self._motion.stop()
            self._fitted = True
            self._show(self._place_of_all())

    def set_mask(
        self, mask: Mask | None, *, disputed: Mask | None = None, known_by: int | None = None
    ) -> None:
        """Hide all but some events, undated ones too; None: all.

        `disputed` are to be signed so, None: all that are; `known_by`: only what was known at that moment is shown.
        """
        content = self._content
        filtered = Shown.of(content.index, mask, disputed=disputed, before=content.filtered)
        self._content = replace(content, filtered=filtered, known_by=known_by)
        self._idle.start()  # what went through all events is over
        self._refresh()

    def set_selection(self, event: int | None, links: Sequence[tuple[int, str]] = ()) -> None:
        """Mark an event as selected and draw its links: the other event and the word for the relation."""
        opened = self._content.claims
        claims = opened if opened is not None and opened.event == event else None
        self._content = replace(self._content, selected=event, links=tuple(links), claims=claims)
        self._frames = 0
        self.setAccessibleDescription("" if event is None else self._content.title_of(event))
        self._refresh()

    def set_rivals(self, events: frozenset[int]) -> None:
        """Sign the events whose claims give dates or numbers that cannot all hold."""
        self._content = replace(self._content, rivals=events)
        self._refresh()

    def set_claims(self, claims: Expanded | None) -> None:
        """Draw the claims of an event below its mark; None: of no event."""
        self._content = replace(self._content, claims=claims)
        self._refresh()

    def set_ghost(self, extent: tuple[int, int] | None, kind: int = 0) -> None:
        """Show the draft of an entry from its first to its last second, as one of the kinds; None: no draft."""
        self._draft = None if extent is None else (extent, kind)
        self.update()

    def hovered_event(self) -> int | None:
        """Return the event that the pointer rests on."""
        return self._hovered

    def set_ruler(self, ruler: Ruler | None) -> None:
        """Show a ruler over the lanes, or none."""
        self._ruler = ruler
        self.update()

    def set_reduced_motion(self, reduced: bool) -> None:
        """Jump instead of moving."""
        self._motion.set_still(reduced)

    def scene(self) -> Scene:
        """Return the frame now shown."""
        if self._scene is None:
            self._scene = scene_of(self._content, self._place, self.width(), self.height())
            if self._place.scroll > self._scene.overflow:
                self._place = replace(self._place, scroll=self._scene.overflow)
                self._scene = scene_of(self._content, self._place, self.width(), self.height())
        return self._scene

    def content(self) -> Content:
        """Return what is shown, apart from when."""
        return self._content

    def scale(self) -> TimeScale:
        """Return the time scale; x = 0 lies at the right edge of the lane headings."""
        return self._place.scale

    def set_scale(self, scale: TimeScale) -> None:
        """Show another part of time at once, such as the one kept from the last session."""
        self.show_place(replace(self._place, scale=scale))

    def rectangle_of(self, event: int) -> QRect | None:
        """Return where an event's mark or chip lies; None when it is not in sight."""
        found = rectangle_in(self.scene(), event)
        return None if found is None else found.toAlignedRect()

    def fit_all(self) -> None:
        """Show the whole document."""
        self.leaving.emit()
        self.go(self._place_of_all(), fitted=True)

    def fit_event(self, event: int) -> None:
        """Show an event's whole extent with as much time before and after it."""
        scale = navigation.around(self._content, event, self.canvas_width())
        if scale is not None:
            self.leaving.emit()
            self.go(self._with_row_of(event, replace(self._place, scale=scale)))

    def show_event(self, event: int) -> None:
        """Bring an event into view, no farther than needed."""
        target = self.destination()
        place = navigation.showing(self._content, target, (self.width(), self.height()), event)
        if place is not None and place != target:
            self.go(place)

    def go_to(self, t: int) -> None:
        """Put a moment (seconds) in the middle."""
        self.leaving.emit()
        target = self.destination()
        away = target.scale.x(t) - self.canvas_width() / 2
        self.go(replace(target, scale=target.scale.panned(away)))

    def show_range(self, lo: int, hi: int) -> None:
        """Fill the canvas with lo to hi (seconds), at once."""
        self.show_place(replace(self._place, scale=TimeScale.fitting(lo, hi, self.canvas_width())))

    def zoom_by(self, factor: float, x: float | None = None) -> None:
        """Come `factor` times closer in one animated step, around a pixel or else the middle."""
        target = self.destination()
        at = self.canvas_width() / 2 if x is None else max(0.0, x - metrics_in_use().heading)
        self.go(replace(target, scale=target.scale.zoomed(factor, at)))

    def go(self, place: Place, *, fitted: bool = False) -> None:
        """Move to a place in one animated step; a fitted one is fitted anew when the size changes."""
        self._fitted = fitted
        self._motion.go(self._place, place)

    @property
    def is_fitted(self) -> bool:
        """Whether the whole document is in view, and stays so when the size changes."""
        return self._fitted

    def destination(self) -> Place:
        """Return the place that the view is moving to, or where it stands."""
        return self._motion.target or self._place

    def canvas_width(self) -> float:
        """Return how many pixels of the width show time."""
        return max(1.0, self.width() - metrics_in_use().heading)

    def place(self) -> Place:
        """Return the time and the lanes in view."""
        return self._place

    def show_place(self, place: Place) -> None:
        """Show another place at once."""
        self._motion.stop()
        self._fitted = False
        self._show(place)

    def zoom_at(self, factor: float, x: float) -> None:
        """Zoom at once around a pixel."""
        at = max(0.0, x - metrics_in_use().heading)
        self.show_place(replace(self._place, scale=self._place.scale.zoomed(factor, at)))

    def pan_by(self, pixels: float) -> None:
        """Pan at once, towards later times when positive."""
        self.show_place(replace(self._place, scale=self._place.scale.panned(pixels)))

    def _place_of_all(self) -> Place:
        scale = navigation.whole(self._content, self.canvas_width())
        return navigation.today(self.canvas_width()) if scale is None else Place(scale, self._place.scroll)

    def _with_row_of(self, event: int, place: Place) -> Place:
        return navigation.showing(self._content, place, (self.width(), self.height()), event) or place

    def _show(self, place: Place) -> None:
        self._place = replace(place, scroll=max(0.0, place.scroll))
        self._probe = None
        self._refresh()
        self.view_changed.emit(self._place.scale)

    def _refresh(self) -> None:
        self._scene = None
        self.update()

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        scene, colours, content = self.scene(), theme(), self._content
        with QPainter(self) as painter:
            draft = self._draft
            paint_scene(
                painter,
                scene,
                colours,
                kinds=content.kinds,
                selected=content.selection,
                hovered=self._hovered,
                ghost=None if draft is None else ghost_in(scene, self._place.scale, *draft),
            )
            if words := empty_words(content):
                paint_words(painter, scene, colours, words)
            if self._probe is not None:
                paint_probe(painter, scene, colours, self._probe)
            if self._band is not None:
                paint_band(painter, scene, colours, self._band)
            if self._ruler is not None:
                self._paint_ruler(painter, scene, self._ruler)
            if self._ring:
                paint_focus(painter, scene, colours)
        self._give_back()

    def _paint_ruler(self, painter: QPainter, scene: Scene, ruler: Ruler) -> None:
        from viewer.ui.painter_ruler import paint_ruler

        paint_ruler(painter, scene, theme(), self._place.scale, ruler)

    def _give_back(self) -> None:
        """Give back memory now and then: what frames look up in mapped files counts as ours until then."""
        self._frames -= 1
        if self._frames < 0:
            self._frames = _FRAMES
            let_go_all()

    @guard()
    def resizeEvent(self, _event: QResizeEvent) -> None:
        # A panel that opens beside the timeline must not leave a move half done.
        place = self._place_of_all() if self._fitted else self.destination()
        self._motion.stop()
        self._show(place)

    @guard(default=QSize(640, 360))
    def sizeHint(self) -> QSize:
        return QSize(960, 520)

    @guard(default=QSize(320, 200))
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 200)
