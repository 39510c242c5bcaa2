"""The one painter: a Scene becomes strokes, on screen, in pictures and on paper alike.

It reads the Scene and the theme and nothing else, so that a printed picture shows what the window showed.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from viewer.ui.painter_bands import paint_bands
from viewer.ui.painter_claims import paint_claims
from viewer.ui.painter_extents import drawn_items, single_items
from viewer.ui.painter_frame import (
    paint_chips,
    paint_grid,
    paint_headings,
    paint_scroll_bars,
    paint_shelf,
    paint_strips,
)
from viewer.ui.painter_ink import ink_for
from viewer.ui.painter_items import (
    Ghost,
    paint_arcs,
    paint_ghost,
    paint_items,
    paint_labels,
    paint_selection,
)
from viewer.ui.painter_kept import paint_kept
from viewer.ui.painter_rows import paint_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from viewer.domain.records import Kind
    from viewer.timeline.scene import Scene
    from viewer.ui.painter_ink import Ink
    from viewer.ui.theme import Theme

__all__ = ["Ghost", "paint_scene"]


def paint_scene(
    painter: QPainter,
    scene: Scene,
    theme: Theme,
    *,
    kinds: Sequence[Kind],
    selected: frozenset[int] = frozenset(),
    hovered: int | None = None,
    ghost: Ghost | None = None,
    for_print: bool = False,
) -> None:
    """Paint a frame at the painter's origin; `for_print` is for vectors: no pixels, no transparency."""
    ink = ink_for(painter, theme, kinds, for_print=for_print)
    singles = single_items(scene, hovered)
    items = drawn_items(singles)
    painter.save()
    if ink.ratio is None:
        # On screen each part fills its own ground: to fill all of it twice is what a frame could least afford.
        ink.fill(0, 0, scene.width, scene.height, theme.colour("canvas"))
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    _paint_shelf(ink, scene, selected, hovered)
    with _clipped(painter, scene, scene.lanes_bottom):
        paint_grid(ink, scene)
        paint_bands(ink, scene)
        paint_rows(ink, scene)
    # Arcs may end at a chip on the shelf. They lie below grounds, marks, chips and words, so that a link
    # never strikes a title through.
    with _clipped(painter, scene, scene.height):
        paint_arcs(ink, scene)
    if scene.arcs:
        paint_chips(ink, scene, selected, hovered)
    with _clipped(painter, scene, scene.lanes_bottom):
        paint_selection(ink, scene, items, selected, hovered)
        paint_items(ink, scene, singles, items, selected, hovered)
        paint_labels(ink, scene, items, selected)
        paint_scroll_bars(ink, scene)
        paint_claims(ink, scene)
        if ghost is not None:
            paint_ghost(ink, ghost)
    column = QRectF(0, scene.lanes_top, scene.heading, scene.lanes_bottom - scene.lanes_top)
    lanes = [replace(lane, rows_top=0, rows_bottom=0, scroll=0, overflow=0) for lane in scene.lanes]
    paint_kept(ink, "headings", column, lanes, lambda own: paint_headings(own, scene))
    paint_strips(ink, scene)
    painter.restore()


def _paint_shelf(ink: Ink, scene: Scene, selected: frozenset[int], hovered: int | None) -> None:
    """Paint the shelf; its chips only where no arc comes to lie between it and them."""
    shelf = scene.shelf
    if shelf is None or scene.arcs:
        paint_shelf(ink, scene)
        return

    def paint(own: Ink) -> None:
        paint_shelf(own, scene)
        paint_chips(own, scene, selected, hovered)

    lit = [(chip.event in selected, chip.event == hovered) for chip in shelf.chips]
    area = QRectF(0, shelf.y, scene.width, shelf.height)
    paint_kept(ink, "shelf", area, (shelf, scene.heading, lit), paint)


@contextmanager
def _clipped(painter: QPainter, scene: Scene, bottom: float) -> Iterator[None]:
    """Keep what is painted within the canvas, from the strips down to `bottom`."""
    painter.save()
    canvas = QRectF(scene.heading, scene.lanes_top, scene.width - scene.heading, bottom - scene.lanes_top)
    painter.setClipRect(canvas, Qt.ClipOperation.IntersectClip)
    yield
    painter.restore()
