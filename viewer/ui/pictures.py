"""Pictures of the timeline without a window: PNG, SVG and PDF through the painter of the window.

A picture tells what it is a picture of: below the frame stand the document's title and what it holds.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from viewer.timeline.scale import TimeScale
from viewer.timeline.shown import Shown
from viewer.ui import navigation
from viewer.ui.measures import elided, text_width
from viewer.ui.painter import paint_scene
from viewer.ui.painter_ink import counted, ink_for, number
from viewer.ui.painter_overlay import paint_words
from viewer.ui.staging import Content, empty_words, metrics_in_use, scene_of
from viewer.ui.text import one_line
from viewer.ui.view_motion import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from viewer.domain.records import Kind
    from viewer.timeline.index import Index
    from viewer.timeline.scene import Scene
    from viewer.ui.theme import Theme

FOOTER = 34.0
"""Height of the footer in logical pixels."""
MOST_PIXELS = 200_000_000
"""Larger images would not fit in memory beside everything else."""

_DPI = 96
_PDF_DPI = 1200
_EDGE = 16.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame ready to be drawn on anything, with its footer."""

    scene: Scene
    content: Content
    title: str
    theme: Theme
    height: float

    def paint(self, painter: QPainter, *, for_print: bool) -> None:
        """Draw the frame and the footer in logical pixels."""
        paint_scene(painter, self.scene, self.theme, kinds=self.content.kinds, for_print=for_print)
        if words := empty_words(self.content):
            paint_words(painter, self.scene, self.theme, words)
        self._paint_footer(painter, for_print)

    def _paint_footer(self, painter: QPainter, for_print: bool) -> None:
        ink, top = ink_for(painter, self.theme, (), for_print=for_print), self.scene.height
        ink.fill(0, top, self.scene.width, FOOTER, self.theme.colour("panel"))
        ink.horizontal(top, 0, self.scene.width, self.theme.colour("line"))
        facts = self._facts()
        left = self.scene.width - _EDGE - text_width(facts, "small")
        room = left - 2 * _EDGE
        if room > 40:
            ink.text(
                _EDGE, top + FOOTER / 2, elided(one_line(self.title), "heading", room), "heading", "text"
            )
        ink.text(max(_EDGE, left), top + FOOTER / 2, facts, "small", "muted")

    def _facts(self) -> str:
        undated = QCoreApplication.translate("Pictures", "{count} undated")
        return " · ".join(
            (
                counted(self.content.total),
                undated.format(count=number(len(self.content.index.undated))),
                QCoreApplication.translate("Pictures", "dates as in the sources"),
            )
        )


def render_picture(
    path: Path,
    *,
    index: Index,
    kinds: Sequence[Kind],
    title_of: Callable[[int], str],
    title: str,
    mask: NDArray[np.bool_] | None,
    undated_shown: frozenset[int] | None,
    period: tuple[int, int] | None,
    size: tuple[int, int],
    scale: float,
    theme: Theme,
    shelf_note: str = "",
) -> None:
    """Draw the timeline to a file, PNG, SVG or PDF by its ending, `size` logical pixels large.

    `period` is the first and last second shown, None the whole document; `scale` is pixels per logical
    pixel of a PNG. ValueError for another ending or a size that cannot be drawn, OSError when the file
    cannot be written; then nothing is left behind.
    """
    draw = _DRAWERS.get(path.suffix.lower())
    if draw is None:
        raise ValueError(
            QCoreApplication.translate(
                "Pictures", "Pictures are written as .png, .svg or .pdf; end the file's name in one of these."
            )
        )
    filtered = Shown.of(index, mask, undated_shown)
    content = Content(index, tuple(kinds), title_of, filtered, shelf_note=shelf_note)
    drawn = QBuffer()
    drawn.open(QIODevice.OpenModeFlag.WriteOnly)
    draw(_sheet(content, title, period, size, theme), scale, drawn)
    path.write_bytes(drawn.data().data())


def _sheet(
    content: Content, title: str, period: tuple[int, int] | None, size: tuple[int, int], theme: Theme
) -> Sheet:
    metrics = metrics_in_use()
    width, height = float(size[0]), float(size[1])
    canvas, frame = width - metrics.heading, height - FOOTER
    if canvas < metrics.heading or frame < sum(metrics.strip_heights) + metrics.lane_least:
        raise ValueError(
            QCoreApplication.translate("Pictures", "The picture is too small; use at least 320x240.")
        )
    scale = navigation.whole(content, canvas) if period is None else TimeScale.fitting(*period, canvas)
    place = navigation.today(canvas) if scale is None else Place(scale)
    scene = _whole(content, place, width, frame)
    return Sheet(scene, content, title, theme, scene.height + FOOTER)


def _whole(content: Content, place: Place, width: float, height: float) -> Scene:
    """Return the frame, made higher where lanes would need scrolling: paper does not scroll."""
    scene = scene_of(content, place, width, height)
    return scene_of(content, place, width, height + math.ceil(scene.overflow)) if scene.overflow else scene


def _png(sheet: Sheet, scale: float, into: QBuffer) -> None:
    size = QSize(round(sheet.scene.width * scale), round(sheet.height * scale))
    if not 0 < size.width() * size.height() <= MOST_PIXELS:
        raise ValueError(
            QCoreApplication.translate("Pictures", "The picture is too large; use a smaller size or scale.")
        )
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(sheet.theme.colour("canvas"))
    with QPainter(image) as painter:
        sheet.paint(painter, for_print=False)
    writer = QImageWriter(into, b"png")
    writer.write(image)


def _svg(sheet: Sheet, _scale: float, into: QBuffer) -> None:
    generator = QSvgGenerator()
    generator.setOutputDevice(into)
    generator.setTitle(one_line(sheet.title))
    generator.setResolution(_DPI)
    generator.setSize(QSize(round(sheet.scene.width), math.ceil(sheet.height)))
    generator.setViewBox(QRectF(0, 0, sheet.scene.width, sheet.height))
    with QPainter(generator) as painter:
        sheet.paint(painter, for_print=True)


def _pdf(sheet: Sheet, _scale: float, into: QBuffer) -> None:
    writer = QPdfWriter(into)
    writer.setTitle(one_line(sheet.title))
    writer.setCreator("Dateline")
    writer.setResolution(_PDF_DPI)
    points = QSizeF(sheet.scene.width, sheet.height) * (72 / _DPI)
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    with QPainter(writer) as painter:
        painter.scale(_PDF_DPI / _DPI, _PDF_DPI / _DPI)
        sheet.paint(painter, for_print=True)


_DRAWERS = {".png": _png, ".svg": _svg, ".pdf": _pdf}
