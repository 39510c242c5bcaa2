"""The parts of a frame that hold the events: strips, grid, lanes with their headings, bands, shelf."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPen

from viewer.timeline.metrics import Metrics
from viewer.ui.measures import elided, text_width
from viewer.ui.painter_ink import counted, number

if TYPE_CHECKING:
    from viewer.timeline.scene import Band, Chip, Lane, Scene, Shelf, Strip
    from viewer.ui.painter_ink import Ink

MARGIN = 16.0
"""From the left edge of the timeline to what is written there, in logical pixels."""

_INSET = 10.0
_BAND_FOOT = Metrics().band_foot
_TICK = 6.0
_LINE = 16.0
_HEADING = 36.0
_CHIP_MARK = 9.0


def paint_strips(ink: Ink, scene: Scene) -> None:
    """Paint the two calendar strips with their own ground."""
    ink.fill(0, 0, scene.width, scene.lanes_top, ink.theme.colour("panel"))
    for rank, strip in enumerate(scene.strips):
        _strip(ink, scene, strip, coarse=rank == 0 and len(scene.strips) > 1)
    ink.horizontal(scene.lanes_top - 1, 0, scene.width, ink.theme.colour("line"))


def paint_grid(ink: Ink, scene: Scene) -> None:
    """Paint the calendar's lines through the lanes, the separators between lanes above them."""
    for strong, token in ((False, "grid_fine"), (True, "grid_coarse")):
        colour = ink.theme.colour(token)
        for tick in scene.grid:
            if tick.strong is strong and tick.x >= scene.heading:
                ink.vertical(tick.x, scene.lanes_top, scene.lanes_bottom, colour)
    for lane in scene.lanes[:-1]:
        ink.horizontal(lane.y + lane.height, scene.heading, scene.width, ink.theme.colour("line"))


def paint_headings(ink: Ink, scene: Scene) -> None:
    """Paint the column at the left: what each lane is, and how many events it holds."""
    ink.fill(
        0, scene.lanes_top, scene.heading, scene.lanes_bottom - scene.lanes_top, ink.theme.colour("canvas")
    )
    for lane in scene.lanes:
        top = max(lane.y, scene.lanes_top)
        bottom = min(lane.y + lane.height, scene.lanes_bottom)
        if bottom > top:
            _heading(ink, scene, lane, top, bottom)


def paint_bands(ink: Ink, scene: Scene) -> None:
    """Paint the crowded lanes as one quiet band each, a bar per column of pixels."""
    painter = ink.painter
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setRenderHint(painter.RenderHint.Antialiasing, False)
    for band in scene.bands:
        lane = scene.lanes[band.lane]
        painter.setBrush(ink.kind(lane.kind).band)
        painter.drawRects(_bars(band, lane.y + lane.height - _BAND_FOOT))
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
    linked = {arc.event for arc in scene.arcs}
    for chip in scene.shelf.chips:
        ground = "accent_ground" if chip.event in selected else "raised" if chip.event == hovered else "panel"
        _chip(ink, chip, ground, "accent" if chip.event in linked | selected else "line")
    _shelf_rest(ink, scene.shelf)


def more_text(more: int, note: str) -> str:
    """Return what stands at the end of the shelf: how many did not fit, and what is known of them."""
    rest = QCoreApplication.translate("Timeline", "+{count} more").format(count=number(more)) if more else ""
    return " · ".join(part for part in (rest, note) if part)


def _strip(ink: Ink, scene: Scene, strip: Strip, *, coarse: bool) -> None:
    role, token = ("heading", "muted") if coarse else ("tick", "text")
    line = ink.theme.colour("line")
    bottom = strip.y + strip.height
    for tick in strip.ticks:
        if tick.x > scene.heading + 0.5:
            ink.vertical(
                tick.x,
                strip.y + (4 if coarse else 0) if tick.strong or coarse else bottom - _TICK,
                bottom,
                line,
            )
        if tick.label:
            ink.text(tick.x + 8, strip.y + strip.height / 2, tick.label, role, token)


def _heading(ink: Ink, scene: Scene, lane: Lane, top: float, bottom: float) -> None:
    painter, kind = ink.painter, ink.kind(lane.kind)
    painter.save()
    painter.setClipRect(QRectF(0, top, scene.heading, bottom - top), Qt.ClipOperation.IntersectClip)
    if lane.kind >= 0:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(kind.solid)
        bar = QRectF(-3, lane.y + _INSET, 6, max(0.0, lane.height - 2 * _INSET))
        painter.drawRoundedRect(bar, 2, 2)
    width = scene.heading - MARGIN - 8
    lines = _counts(lane, width)
    # The heading stays in sight while its lane is scrolled, until the lane itself pushes it out.
    y = min(max(lane.y, scene.lanes_top), lane.y + lane.height - 32 - _LINE * len(lines)) + 24
    ink.text(MARGIN, y, elided(lane.name, "heading", width), "heading", "text")
    for at, line in enumerate(lines):
        ink.text(MARGIN, y + 18 + _LINE * at, elided(line, "small", width), "small", "muted")
    painter.restore()


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


def _bars(band: Band, base: float) -> list[QRectF]:
    gap = 1.0 if band.step >= 3 else 0.0
    return [
        QRectF(band.x + column * band.step, base - height, band.step - gap, height)
        for column, height in enumerate(band.heights.tolist())
        if height > 0
    ]


def _chip(ink: Ink, chip: Chip, ground: str, rim: str) -> None:
    painter, kind = ink.painter, ink.kind(chip.kind)
    painter.setPen(QPen(ink.theme.colour(rim), 1.0))
    painter.setBrush(ink.theme.colour(ground))
    left, top = ink.snapped(chip.x) + 0.5, ink.snapped(chip.y) + 0.5
    painter.drawRoundedRect(
        QRectF(left, top, chip.width - 1, chip.height - 1), chip.height / 2, chip.height / 2
    )
    middle = chip.y + chip.height / 2
    ink.mark(kind, chip.x + 14, middle, ink.theme.colour(ground), _CHIP_MARK)
    ink.text(chip.x + 25, middle, chip.text, "small", "text")


def _shelf_rest(ink: Ink, shelf: Shelf) -> None:
    if shelf.rest_width <= 0 or not shelf.shown:
        return
    more, whole = more_text(shelf.more, ""), more_text(shelf.more, shelf.note)
    # What is known of the rest is said whole or not at all.
    text = (
        whole if text_width(whole, "small") <= shelf.rest_width else elided(more, "small", shelf.rest_width)
    )
    ink.text(shelf.rest_x, shelf.rest_y, text, "small", "muted")
