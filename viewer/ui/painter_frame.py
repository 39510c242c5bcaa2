"""The parts of a frame that hold the events: strips, grid, lanes with their headings, bands, shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPen, QTransform

from viewer.timeline.numbering import GAP, RAISED
from viewer.timeline.scene import BAR_EDGE, BAR_WIDTH
from viewer.ui.measures import elided, text_width
from viewer.ui.painter_ink import counted, number, thinned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.timeline.scene import Chip, Lane, Scene, Shelf, Strip
    from viewer.ui.painter_ink import Ink

MARGIN = 16.0
"""From the left edge of the timeline to what is written there, in logical pixels."""

_INSET = 10.0
_TICK = 6.0
_LINE = 16.0
_HEADING = 36.0
_CHIP_MARK = 9.0
_BAR_STRENGTH = 0.45
_UNSPLIT = 90
_GRID = ((False, "grid_fine"), (True, "grid_coarse"))


def paint_strips(ink: Ink, scene: Scene) -> None:
    """Paint the two calendar strips with their own ground."""
    ink.fill(0, 0, scene.width, scene.lanes_top, ink.theme.colour("panel"))
    for rank, strip in enumerate(scene.strips):
        _strip(ink, scene, strip, coarse=rank == 0 and len(scene.strips) > 1)
    ink.horizontal(scene.lanes_top - 1, 0, scene.width, ink.theme.colour("line"))


def paint_grid(ink: Ink, scene: Scene) -> None:
    """Paint the ground of the lanes, the calendar's lines through it, the separators between lanes above them."""
    if ink.ratio is None:
        _grid_of_lines(ink, scene)
    else:
        _grid_of_pixels(ink, scene, ink.ratio)
    ends = [ink.snapped(lane.y + lane.height) for lane in scene.lanes]
    width = scene.width - scene.heading
    # Below the last lane of all lies the shelf, or the end of the window.
    if scene.lanes and scene.lanes[-1].is_last:
        ends.pop()
    ink.rectangles([QRectF(scene.heading, end, width, 1.0) for end in ends], ink.theme.colour("line"))


def _grid_of_lines(ink: Ink, scene: Scene) -> None:
    height = scene.lanes_bottom - scene.lanes_top
    for strong, token in _GRID:
        lines = [
            QRectF(tick.x, scene.lanes_top, 1.0, height)
            for tick in scene.grid
            if tick.strong is strong and tick.x >= scene.heading
        ]
        ink.rectangles(lines, ink.theme.colour(token))


def _grid_of_pixels(ink: Ink, scene: Scene, ratio: float) -> None:
    """Fill the lanes with one line of pixels: upright lines drawn one by one would cost many times more."""
    width = max(round((scene.width - scene.heading) * ratio), 1)
    line = np.full(width, ink.theme.colour("canvas").rgb(), np.uint32)
    for strong, token in _GRID:
        xs = np.array([tick.x for tick in scene.grid if tick.strong is strong and tick.x >= scene.heading])
        first = np.round((xs - scene.heading) * ratio).astype(np.int64)
        for beside in range(max(round(ratio), 1)):
            line[np.minimum(first + beside, width - 1)] = ink.theme.colour(token).rgb()
    image = QImage(line.data, width, 1, 4 * width, QImage.Format.Format_RGB32)
    brush = QBrush(image)
    brush.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    ink.painter.setBrushOrigin(QPointF(scene.heading, scene.lanes_top))
    # Qt gives higher areas to several threads and waits for them: on a busy machine that takes longer.
    step = _UNSPLIT / ratio
    for top in np.arange(scene.lanes_top, scene.lanes_bottom, step).tolist():
        height = min(step, scene.lanes_bottom - top)
        ink.painter.fillRect(QRectF(scene.heading, top, width / ratio, height), brush)


def paint_scroll_bars(ink: Ink, scene: Scene) -> None:
    """Paint, at the right end of each lane that scrolls within itself, where it stands; not on paper."""
    if ink.ratio is None:
        return
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(thinned(ink.theme.colour("muted"), _BAR_STRENGTH))
    for lane in scene.lanes:
        if lane.bar is not None:
            top, length = lane.bar
            thumb = QRectF(scene.width - BAR_EDGE - BAR_WIDTH, top, BAR_WIDTH, length)
            ink.painter.drawRoundedRect(thumb, BAR_WIDTH / 2, BAR_WIDTH / 2)


def paint_headings(ink: Ink, scene: Scene) -> None:
    """Paint the column at the left: what each lane is, and how many events it holds."""
    ink.fill(
        0, scene.lanes_top, scene.heading, scene.lanes_bottom - scene.lanes_top, ink.theme.colour("canvas")
    )
    painter = ink.painter
    painter.save()
    column = QRectF(0, scene.lanes_top, scene.heading, scene.lanes_bottom - scene.lanes_top)
    painter.setClipRect(column, Qt.ClipOperation.IntersectClip)
    painter.setPen(Qt.PenStyle.NoPen)
    for lane in scene.lanes:
        if lane.kind >= 0:
            painter.setBrush(ink.kind(lane.kind).solid)
            bar = QRectF(-3, lane.y + _INSET, 6, max(0.0, lane.height - 2 * _INSET))
            painter.drawRoundedRect(bar, 2, 2)
    for lane in scene.lanes:
        _heading(ink, scene, lane)
    painter.restore()


def paint_shelf(ink: Ink, scene: Scene) -> None:
    """Paint the shelf below the lanes, without what stands on it."""
    shelf = scene.shelf
    if shelf is None:
        return
    theme, middle = ink.theme, shelf.y + shelf.height / 2
    ink.fill(0, shelf.y, scene.width, shelf.height, theme.colour("raised"))
    ink.fill(0, shelf.y, scene.heading, shelf.height, theme.colour("canvas"))
    ink.horizontal(shelf.y, 0, scene.width, theme.colour("line"))
    name = QCoreApplication.translate("Timeline", "Undated")
    ink.text(MARGIN, middle, name, "heading", "text")
    after = MARGIN + text_width(name, "heading") + 10
    ink.text(after, middle, _shown_of(shelf.shown, shelf.count, short=True), "small", "muted")


def paint_chips(ink: Ink, scene: Scene, selected: frozenset[int], hovered: int | None) -> None:
    """Paint the undated events on the shelf; those that a link leads to have a rim in its colour."""
    if scene.shelf is None:
        return
    linked = {arc.event for arc in scene.arcs} | selected
    alike: dict[tuple[str, str], list[Chip]] = {}
    for chip in scene.shelf.chips:
        ground = "accent_ground" if chip.event in selected else "raised" if chip.event == hovered else "panel"
        alike.setdefault((ground, "accent" if chip.event in linked else "line"), []).append(chip)
    for (ground, rim), chips in alike.items():
        _chip_grounds(ink, chips, ground, rim)
        for chip in chips:
            middle = chip.y + chip.height / 2
            ink.mark(ink.kind(chip.kind), chip.x + 14, middle, ink.theme.colour(ground), _CHIP_MARK)
            ink.text(chip.x + 25, middle, chip.text, "small", "text")
            if chip.number is not None:
                x = chip.x + 25 + text_width(chip.text, "small") + GAP
                ink.note(x, middle - RAISED, str(chip.number), chip.number)
    _shelf_rest(ink, scene.shelf)


def more_text(more: int, note: str) -> str:
    """Return what stands at the end of the shelf: how many did not fit, and what is known of them."""
    rest = QCoreApplication.translate("Timeline", "+{count} more").format(count=number(more)) if more else ""
    return " · ".join(part for part in (rest, note) if part)


def _strip(ink: Ink, scene: Scene, strip: Strip, *, coarse: bool) -> None:
    role, token = ("heading", "muted") if coarse else ("tick", "text")
    bottom = strip.y + strip.height
    seen = [tick for tick in strip.ticks if tick.x > scene.heading + 0.5]
    xs = ink.all_snapped(np.array([tick.x for tick in seen], dtype=np.float64)).tolist()
    tops = [strip.y + (4 if coarse else 0) if tick.strong or coarse else bottom - _TICK for tick in seen]
    lines = [QRectF(x, top, 1.0, bottom - top) for x, top in zip(xs, tops, strict=True)]
    ink.rectangles(lines, ink.theme.colour("line"))
    for tick in strip.ticks:
        if tick.label:
            ink.text(tick.x + 8, strip.y + strip.height / 2, tick.label, role, token)


def _heading(ink: Ink, scene: Scene, lane: Lane) -> None:
    width = scene.heading - MARGIN - 8
    lines = _counts(lane, width)
    # The heading stays in sight while its lane is scrolled, until the lane itself pushes it out.
    y = min(max(lane.y, scene.lanes_top), lane.y + lane.height - 32 - _LINE * len(lines)) + 24
    ink.text(MARGIN, y, elided(lane.name, "heading", width), "heading", "text")
    for at, line in enumerate(lines):
        ink.text(MARGIN, y + 18 + _LINE * at, elided(line, "small", width), "small", "muted")


def _counts(lane: Lane, width: float) -> list[str]:
    """Return the lines below the name of a lane: its events, and those of its kind on the shelf."""
    shown = _shown_of(lane.shown, lane.count)
    lines = [shown]
    if text_width(shown, "small") > width:
        rest = QCoreApplication.translate("Timeline", "of {events}").format(events=counted(lane.count))
        lines = [number(lane.shown), rest] if lane.shown != lane.count else lines
    if lane.undated:
        undated = QCoreApplication.translate("Timeline", "+{count} undated")
        lines.append(undated.format(count=number(lane.undated)))
    room = int((lane.height - _HEADING) // _LINE)
    # A number torn from what it is a part of would say something else.
    return lines[: max(room, 1)] if room >= 2 else [shown]


def _shown_of(shown: int, count: int, *, short: bool = False) -> str:
    if shown == count:
        return number(count) if short else counted(count)
    some = (
        QCoreApplication.translate("Timeline", "{shown} of {count}")
        if short
        else QCoreApplication.translate("Timeline", "{shown} of {count} events")
    )
    return some.format(shown=number(shown), count=number(count))


def _chip_grounds(ink: Ink, chips: Sequence[Chip], ground: str, rim: str) -> None:
    """Paint chips that look alike, without what stands on them."""
    ink.painter.setPen(QPen(ink.theme.colour(rim), 1.0))
    ink.painter.setBrush(ink.theme.colour(ground))
    for chip in chips:
        left, top = ink.snapped(chip.x) + 0.5, ink.snapped(chip.y) + 0.5
        shape = QRectF(left, top, chip.width - 1, chip.height - 1)
        ink.painter.drawRoundedRect(shape, chip.height / 2, chip.height / 2)


def _shelf_rest(ink: Ink, shelf: Shelf) -> None:
    if shelf.rest_width <= 0 or not shelf.shown:
        return
    more, whole = more_text(shelf.more, ""), more_text(shelf.more, shelf.note)
    # What is known of the rest is said whole or not at all.
    text = (
        whole if text_width(whole, "small") <= shelf.rest_width else elided(more, "small", shelf.rest_width)
    )
    ink.text(shelf.rest_x, shelf.rest_y, text, "small", "muted")
