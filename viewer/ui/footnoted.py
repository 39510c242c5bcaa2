"""A picture with footnotes: the timeline, its legend and the notes below it, as PNG, SVG or PDF.

In a PNG and an SVG all of it is one picture that grows downwards; a PDF is set in pages (`note_pages`).
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QCoreApplication

from viewer.ui.footnotes import numbered
from viewer.ui.legend import Legend
from viewer.ui.note_text import Paragraph, Run, balanced, height_of, lines_of, paint_column
from viewer.ui.painter import paint_scene
from viewer.ui.painter_ink import ink_for
from viewer.ui.painter_overlay import paint_words
from viewer.ui.picture_files import (
    FOOTER,
    MOST_PIXELS,
    draw_png,
    draw_svg,
    paint_footer,
    write_by_ending,
)
from viewer.ui.pictures import facts_of, place_on_paper, whole_scene
from viewer.ui.staging import empty_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from PySide6.QtGui import QPainter

    from viewer.picture_options import Footnoting
    from viewer.timeline.scene import Scene
    from viewer.ui.footnotes import Subject
    from viewer.ui.note_text import Line, Link
    from viewer.ui.theme import Theme

_EDGE, _GUTTER = 16.0, 32.0
_COLUMN, _COLUMNS = 380.0, 4
_CLAIMS = 5
_HIGHEST = 32_767
"""Qt paints no picture that is higher, in device pixels."""


def write_footnoted(
    path: Path, subject: Subject, asked: Footnoting, *, size: tuple[int, int], scale: float, theme: Theme
) -> None:
    """Write a picture with footnotes as PNG, SVG or PDF by the ending of its file; see `render_picture`.

    Raises:
        ValueError: another ending, or a size that cannot be drawn; the message says what to do.
        WriteError: the file could not be written; an older one is as it was.
    """

    def pdf(into: QBuffer) -> None:
        from viewer.ui.note_pages import draw_pages

        draw_pages(subject, asked, theme, into)

    def png(into: QBuffer) -> None:
        sheet = FootnotedSheet(subject, size, theme, asked.claims or _CLAIMS)
        _expect_paintable(sheet, scale)
        draw_png(sheet, scale, into)

    def svg(into: QBuffer) -> None:
        sheet = FootnotedSheet(subject, size, theme, asked.claims or _CLAIMS)
        drawn = QBuffer()
        drawn.open(QBuffer.OpenModeFlag.WriteOnly)
        draw_svg(sheet, scale, drawn)
        into.write(_with_links(bytes(drawn.data().data()), sheet.links))

    write_by_ending(path, {".pdf": pdf, ".png": png, ".svg": svg})


class FootnotedSheet:
    """One picture: timeline, legend, filter in words, notes in columns, footer."""

    def __init__(self, subject: Subject, size: tuple[int, int], theme: Theme, claims: int) -> None:
        self.theme = theme
        self.title = subject.title
        self.links: list[Link] = []
        self._content = subject.content
        width, height = float(size[0]), size[1] - FOOTER
        place = place_on_paper(subject.content, subject.period, width, height)

        def draw(numbers: Mapping[int, int]) -> Sequence[Scene]:
            return [whole_scene(subject.content, place, width, height, numbers)]

        found = numbered(subject, draw, place.scale.visible(width))
        (self._scene,) = found.scenes
        inside = width - 2 * _EDGE
        self._legend = Legend(found.scenes, subject.content.kinds, inside)
        said = Paragraph((Run(subject.filter_words(), "note_small", "muted"),))
        self._said = lines_of([said], inside, theme)
        count = max(1, min(int((inside + _GUTTER) / (_COLUMN + _GUTTER)), _COLUMNS))
        self._column = (inside - (count - 1) * _GUTTER) / count
        lines = found.lines(subject, self._column, theme, claims=claims, full=False)
        self._columns: list[list[Line]] = balanced(lines, count, height_of(lines))

    @property
    def width(self) -> float:
        """Logical pixels."""
        return self._scene.width

    @property
    def height(self) -> float:
        """Logical pixels."""
        notes = max((height_of(column) for column in self._columns), default=0.0)
        return round(self._notes_top + notes + 24.0 + FOOTER)

    @property
    def _notes_top(self) -> float:
        return self._scene.height + 14.0 + self._legend.height + 4.0 + height_of(self._said) + 28.0

    def paint(self, painter: QPainter, *, for_print: bool) -> None:
        """Draw it at the painter's origin, in logical pixels."""
        scene, theme = self._scene, self.theme
        ink = ink_for(painter, theme, (), for_print=for_print)
        ink.fill(0, 0, self.width, self.height, theme.colour("canvas"))
        paint_scene(painter, scene, theme, kinds=self._content.kinds, for_print=for_print)
        if words := empty_words(self._content):
            paint_words(painter, scene, theme, words)
        ink.horizontal(scene.height, 0, self.width, theme.colour("line"))
        top = scene.height + 14.0
        self._legend.paint(painter, _EDGE, top, theme, for_print=for_print)
        paint_column(painter, self._said, _EDGE, top + self._legend.height + 4.0)
        ink.horizontal(self._notes_top - 14.0, _EDGE, self.width - _EDGE, theme.colour("line"))
        self.links = []
        for at, column in enumerate(self._columns):
            left = _EDGE + at * (self._column + _GUTTER)
            self.links += paint_column(painter, column, left, self._notes_top)
        paint_footer(painter, self, facts_of(self._content), for_print=for_print)


def _expect_paintable(sheet: FootnotedSheet, scale: float) -> None:
    high = sheet.height * scale
    if high <= _HIGHEST and high * sheet.width * scale <= MOST_PIXELS:
        return
    words = QCoreApplication.translate(
        "Footnotes",
        "The notes make the picture {height} pixels high, more than a PNG can be. Write a PDF, take a smaller "
        "scale, or show fewer events.",
    )
    raise ValueError(words.format(height=round(high)))


def _with_links(svg: bytes, links: Sequence[Link]) -> bytes:
    """Return an SVG with areas above its words that can be clicked; Qt writes none."""
    areas = [
        f'<a xlink:href="{escape(link.address)}" target="_blank">'
        f'<rect x="{link.area.x():.1f}" y="{link.area.y():.1f}" width="{link.area.width():.1f}" '
        f'height="{link.area.height():.1f}" fill="#000000" fill-opacity="0"/></a>\n'
        for link in links
    ]
    before, end, after = svg.rpartition(b"</svg>")
    return before + "".join(areas).encode() + end + after
