"""A PDF with footnotes: pages with the timeline and its legend, then the notes in columns."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QPointF, QRectF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from viewer.ui.measures import elided
from viewer.ui.note_text import (
    Run,
    balanced,
    columns_of,
    paint_column,
    width_of,
    write,
)
from viewer.ui.painter_ink import ink_for
from viewer.ui.pictures import facts_of
from viewer.ui.plates import Plates
from viewer.ui.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QIODevice, QRect

    from viewer.picture_options import Footnoting
    from viewer.ui.footnotes import Subject
    from viewer.ui.note_text import Line
    from viewer.ui.theme import Theme

_DPI, _PDF_DPI = 96, 1200
_PAGES = {
    "a3": QPageSize.PageSizeId.A3,
    "a4": QPageSize.PageSizeId.A4,
    "a5": QPageSize.PageSizeId.A5,
    "letter": QPageSize.PageSizeId.Letter,
    "legal": QPageSize.PageSizeId.Legal,
}
_GUTTER, _COLUMN = 28.0, 300.0
_HEAD, _FOOT = 30.0, 24.0


def draw_pages(subject: Subject, asked: Footnoting, theme: Theme, into: QIODevice) -> None:
    """Write a PDF with footnotes.

    Raises:
        ValueError: the page is too small for what is to be drawn; the message says what to do.
    """
    layout = page_layout(asked)
    book = Book(subject, asked, theme, layout.paintRectPixels(_DPI), layout.fullRectPixels(_DPI))
    writer = QPdfWriter(into)
    writer.setTitle(one_line(subject.title))
    writer.setCreator("Dateline")
    writer.setResolution(_PDF_DPI)
    writer.setPageLayout(QPageLayout(layout.pageSize(), layout.orientation(), QMarginsF()))
    with QPainter(writer) as painter:
        painter.scale(_PDF_DPI / _DPI, _PDF_DPI / _DPI)
        for number in range(book.count):
            if number:
                writer.newPage()
            book.paint(painter, number)


def page_layout(asked: Footnoting) -> QPageLayout:
    """Return size, orientation and margins of the pages that are asked for."""
    name, _, turned = asked.page.partition("-")
    way = QPageLayout.Orientation.Landscape if turned else QPageLayout.Orientation.Portrait
    margins = QMarginsF(asked.margin, asked.margin, asked.margin, asked.margin)
    return QPageLayout(QPageSize(_PAGES[name]), way, margins, QPageLayout.Unit.Millimeter)


class Book:
    """All pages, laid out: those with the timeline, then those with the notes."""

    def __init__(
        self, subject: Subject, asked: Footnoting, theme: Theme, inside: QRect, whole: QRect
    ) -> None:
        self._subject = subject
        self._theme = theme if theme.name == "dark" else _on_white(theme)
        self._inside, self._whole = QRectF(inside), QRectF(whole)
        self._plates = Plates(subject, asked.pages, self._theme, self._inside.adjusted(0, 0, 0, -_FOOT))
        width = self._inside.width()
        count = 2 if width >= 2 * _COLUMN + _GUTTER else 1
        self._column = (width - (count - 1) * _GUTTER) / count
        lines = self._plates.found.lines(subject, self._column, self._theme, claims=asked.claims, full=True)
        self._notes = _pages_of(lines, count, self._inside.height() - _HEAD - _FOOT)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._plates.count + len(self._notes)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, from 0, at the painter's origin, in logical pixels."""
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        painter.fillRect(self._whole, self._theme.colour("canvas"))
        if number < self._plates.count:
            self._plates.paint(painter, number)
        else:
            self._paint_notes(painter, self._notes[number - self._plates.count])
        self._paint_foot(painter, number)

    def _paint_notes(self, painter: QPainter, columns: Sequence[Sequence[Line]]) -> None:
        inside, theme = self._inside, self._theme
        title = elided(one_line(self._subject.title), "note_small", inside.width())
        write(painter, Run(title, "note_small", "muted"), inside.topLeft(), theme)
        ink = ink_for(painter, theme, (), for_print=True)
        ink.horizontal(inside.top() + 18, inside.left(), inside.right(), theme.colour("line"))
        for at, column in enumerate(columns):
            left = inside.left() + at * (self._column + _GUTTER)
            paint_column(painter, column, left, inside.top() + _HEAD)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        inside, theme = self._inside, self._theme
        top = inside.bottom() - 14
        page = Run(f"{number + 1} / {self.count}", "note_small", "muted")
        write(painter, page, QPointF(inside.right() - width_of(page, theme), top), theme)
        room = inside.width() - width_of(page, theme) - 20
        facts = elided(facts_of(self._subject.content), "note_small", room)
        write(painter, Run(facts, "note_small", "muted"), QPointF(inside.left(), top), theme)


def _pages_of(lines: Sequence[Line], count: int, height: float) -> list[list[list[Line]]]:
    """Return lines in pages of so many columns of a height; those of the last page are evened out."""
    columns = columns_of(lines, height)
    pages = [columns[at : at + count] for at in range(0, len(columns), count)]
    if pages:
        last = [line for column in pages[-1] for line in column]
        pages[-1] = balanced(last, count, height)
    return pages


def _on_white(theme: Theme) -> Theme:
    """Return a light theme for paper, which is white already."""
    return replace(theme, tokens={**theme.tokens, "canvas": theme.tokens["panel"]})
