"""Files of whatever can be painted: PNG, SVG and PDF through the painter of the window, each with a footer."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMarginsF, QRectF, QSize, QSizeF
from PySide6.QtGui import QImage, QImageWriter, QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtSvg import QSvgGenerator

from viewer.storage.files import write_whole
from viewer.ui.measures import elided, text_width
from viewer.ui.painter_ink import ink_for
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from viewer.ui.theme import Theme

FOOTER = 34.0
"""Height of the footer in logical pixels."""
MOST_PIXELS = 200_000_000
"""Larger images would not fit in memory beside everything else."""

_DPI = 96
_PDF_DPI = 1200
_EDGE = 16.0


class Painted(Protocol):
    """A picture of a size in logical pixels, its footer included."""

    @property
    def width(self) -> float:
        """Logical pixels."""

    @property
    def height(self) -> float:
        """Logical pixels."""

    @property
    def title(self) -> str:
        """What it is a picture of."""

    @property
    def theme(self) -> Theme:
        """In which colours."""

    def paint(self, painter: QPainter, *, for_print: bool) -> None:
        """Draw it at the painter's origin; `for_print` is for vectors: no pixels, no transparency."""


def write_picture(path: Path, picture: Callable[[], Painted], scale: float) -> None:
    """Write a picture as PNG, SVG or PDF by the ending of its file; `scale` is pixels per logical one of a PNG.

    Raises:
        ValueError: another ending, or a size that cannot be drawn.
        WriteError: the file could not be written; an older one is as it was.
    """

    def into(draw: _Drawer) -> Callable[[QBuffer], None]:
        return lambda buffer: draw(picture(), scale, buffer)

    write_by_ending(path, {ending: into(draw) for ending, draw in _DRAWERS.items()})


def write_by_ending(path: Path, drawers: Mapping[str, Callable[[QBuffer], None]]) -> None:
    """Write a file with what the ending of its name asks to be drawn: see `write_picture`."""
    draw = drawers.get(path.suffix.lower())
    if draw is None:
        raise ValueError(
            QCoreApplication.translate(
                "Pictures", "Pictures are written as .png, .svg or .pdf; end the file's name in one of these."
            )
        )
    drawn = QBuffer()
    drawn.open(QIODevice.OpenModeFlag.WriteOnly)
    draw(drawn)
    write_whole(path, bytes(drawn.data().data()))


def paint_footer(painter: QPainter, picture: Painted, facts: str, *, for_print: bool) -> None:
    """Paint the foot of a picture: its title at the left, at the right what is to be known of it."""
    ink, top = ink_for(painter, picture.theme, (), for_print=for_print), picture.height - FOOTER
    ink.fill(0, top, picture.width, FOOTER, picture.theme.colour("panel"))
    ink.horizontal(top, 0, picture.width, picture.theme.colour("line"))
    left = picture.width - _EDGE - text_width(facts, "small")
    room = left - 2 * _EDGE
    if room > 40:
        title = elided(one_line(picture.title), "heading", room)
        ink.text(_EDGE, top + FOOTER / 2, title, "heading", "text")
    ink.text(max(_EDGE, left), top + FOOTER / 2, facts, "small", "muted")


def draw_png(picture: Painted, scale: float, into: QBuffer) -> None:
    """Draw a picture as PNG, with so many pixels to a logical one."""
    size = QSize(round(picture.width * scale), round(picture.height * scale))
    if not 0 < size.width() * size.height() <= MOST_PIXELS:
        raise ValueError(
            QCoreApplication.translate("Pictures", "The picture is too large; use a smaller size or scale.")
        )
    image = QImage(size, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(scale)
    image.fill(picture.theme.colour("canvas"))
    with QPainter(image) as painter:
        picture.paint(painter, for_print=False)
    writer = QImageWriter(into, b"png")
    writer.write(image)


def draw_svg(picture: Painted, _scale: float, into: QBuffer) -> None:
    """Draw a picture as SVG."""
    generator = QSvgGenerator()
    generator.setOutputDevice(into)
    generator.setTitle(one_line(picture.title))
    generator.setResolution(_DPI)
    generator.setSize(QSize(round(picture.width), math.ceil(picture.height)))
    generator.setViewBox(QRectF(0, 0, picture.width, picture.height))
    with QPainter(generator) as painter:
        picture.paint(painter, for_print=True)


def _pdf(picture: Painted, _scale: float, into: QBuffer) -> None:
    writer = QPdfWriter(into)
    writer.setTitle(one_line(picture.title))
    writer.setCreator("Dateline")
    writer.setResolution(_PDF_DPI)
    points = QSizeF(picture.width, picture.height) * (72 / _DPI)
    page = QPageSize(points, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF()))
    with QPainter(writer) as painter:
        painter.scale(_PDF_DPI / _DPI, _PDF_DPI / _DPI)
        picture.paint(painter, for_print=True)


_Drawer = Callable[[Painted, float, QBuffer], None]
_DRAWERS: dict[str, _Drawer] = {".png": draw_png, ".svg": draw_svg, ".pdf": _pdf}
