"""Running text on paper: paragraphs of runs, broken into lines, flowed into columns, painted line by line.

Texts are plain: formats are ours, never a document's. In a PDF a run with a link can be clicked; for an SVG the
areas of the links are told.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from viewer.frozen import dataclass
from viewer.ui.measures import font

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QPainter, QTextLine

    from viewer.ui.theme import Theme

_LEADING = 1.22
_WIDOWS = 2
_ONE_LINE = 100_000.0
_HAIR = 0.005


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that looks alike; `link` is an address or "#name", `anchor` such a name."""

    text: str
    role: str = "note_text"
    token: str = "text"
    link: str = ""
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs from `indent` on; `mark` hangs before them. `above` are pixels free before it.

    `keeps`: it stays in one column with the beginning of what follows.
    """

    runs: tuple[Run, ...]
    indent: float = 0.0
    mark: Run | None = None
    above: float = 0.0
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Where in a picture a link lies."""

    area: QRectF
    address: str


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A line of a paragraph: its height, what is free above it unless it begins a column, and what it is part of.

    `breaks`: a column may end before it.
    """

    text: LaidText
    number: int
    height: float
    above: float
    breaks: bool


class LaidText:
    """A paragraph broken into lines of a width, in the colours of a theme."""

    def __init__(self, paragraph: Paragraph, width: float, theme: Theme) -> None:
        self.paragraph = paragraph
        self._layout = _laid(paragraph.runs, width - paragraph.indent, theme)
        mark = paragraph.mark
        self._mark = None if mark is None else _laid((mark,), paragraph.indent, theme)

    def lines(self, *, after_kept: bool) -> list[Line]:
        """Return its lines; `after_kept`: the paragraph before stays with it."""
        count = self._layout.lineCount()
        return [
            Line(
                self,
                at,
                self._layout.lineAt(at).height() * _LEADING,
                0.0 if at else self.paragraph.above,
                not after_kept if at == 0 else _WIDOWS <= at <= count - _WIDOWS,
            )
            for at in range(count)
        ]

    def paint(self, painter: QPainter, number: int, at: QPointF) -> None:
        """Paint a line, its upper left at a point; the mark with the first one."""
        if number == 0 and self._mark is not None:
            self._mark.lineAt(0).draw(painter, at)
        self._layout.lineAt(number).draw(painter, at + QPointF(self.paragraph.indent, 0))

    def links(self, number: int, at: QPointF) -> list[Link]:
        """Return the addresses of a line whose upper left is at a point."""
        line, start, found = self._layout.lineAt(number), 0, list[Link]()
        first, last = line.textStart(), line.textStart() + line.textLength()
        for run in self.paragraph.runs:
            lo, hi = max(start, first), min(start + _units(run.text), last)
            start += _units(run.text)
            if run.link and not run.link.startswith("#") and lo < hi:
                left, right = sorted((_x(line, lo), _x(line, hi)))
                corner = at + QPointF(self.paragraph.indent + left, 0)
                found.append(Link(QRectF(corner.x(), corner.y(), right - left, line.height()), run.link))
        return found


def lines_of(paragraphs: Iterable[Paragraph], width: float, theme: Theme) -> list[Line]:
    """Return paragraphs as lines of a width in logical pixels."""
    found: list[Line] = []
    kept = False
    for paragraph in paragraphs:
        found += LaidText(paragraph, width, theme).lines(after_kept=kept)
        kept = paragraph.keeps
    return found


def columns_of(lines: Sequence[Line], height: float) -> list[list[Line]]:
    """Return lines in columns of at most a height; what is to stay together does, where a column can hold it."""
    columns: list[list[Line]] = []
    column: list[Line] = []
    used = 0.0
    for line in lines:
        # What stays together with the line comes along, and then may leave it no room in turn.
        while column and used + line.above + line.height > height + _HAIR:
            at = next((at for at in range(len(column), 0, -1) if _breaks(column, line, at)), len(column))
            columns.append(column[:at])
            column = column[at:]
            used = height_of(column)
        used += line.height + (line.above if column else 0.0)
        column.append(line)
    return [*columns, column] if column else columns


def _breaks(column: Sequence[Line], line: Line, at: int) -> bool:
    return (column[at] if at < len(column) else line).breaks


def balanced(lines: Sequence[Line], count: int, most: float) -> list[list[Line]]:
    """Return lines in `count` columns about as high as each other; in more where none may be higher than `most`."""
    whole = height_of(lines)
    low, high = whole / max(count, 1), min(whole, most)
    while high - low > 1:
        middle = (low + high) / 2
        if len(columns_of(lines, middle)) <= count:
            high = middle
        else:
            low = middle
    return columns_of(lines, high)


def height_of(lines: Sequence[Line]) -> float:
    """Return how high a column of lines is."""
    return sum(line.height for line in lines) + sum(line.above for line in lines[1:])


def paint_column(painter: QPainter, lines: Sequence[Line], x: float, y: float) -> list[Link]:
    """Paint a column from a point down; return its links."""
    links: list[Link] = []
    for at, line in enumerate(lines):
        y += line.above if at else 0.0
        corner = QPointF(x, y)
        line.text.paint(painter, line.number, corner)
        links += line.text.links(line.number, corner)
        y += line.height
    return links


@functools.cache
def paper_font(role: str) -> QFont:
    """Return the font of a role for running text: widths are those of the type, and words can be found in a PDF."""
    found = QFont(font(role))
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    found.setFeature(QFont.Tag("liga"), 0)
    return found


@functools.cache
def ascent(role: str) -> float:
    """Return how far below the top of a line of a role its baseline lies."""
    return QFontMetricsF(paper_font(role)).ascent()


def write(painter: QPainter, run: Run, at: QPointF, theme: Theme) -> float:
    """Write one line, its upper left at a point; return how wide it is."""
    layout = _laid((run,), _ONE_LINE, theme)
    layout.lineAt(0).draw(painter, at)
    return layout.lineAt(0).naturalTextWidth()


def width_of(run: Run, theme: Theme) -> float:
    """Return how wide a run is on one line."""
    layout = _laid((run,), _ONE_LINE, theme)  # a line does not keep its layout alive
    return layout.lineAt(0).naturalTextWidth()


def _laid(runs: Sequence[Run], width: float, theme: Theme) -> QTextLayout:
    layout = QTextLayout("".join(run.text for run in runs), paper_font("note_text"))
    layout.setFormats(_formats(runs, theme))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1.0))
        line.setPosition(QPointF(0, 0))
    layout.endLayout()
    return layout


def _formats(runs: Sequence[Run], theme: Theme) -> list[QTextLayout.FormatRange]:
    found: list[QTextLayout.FormatRange] = []
    start = 0
    for run in runs:
        each = QTextLayout.FormatRange()
        each.start, each.length = start, _units(run.text)
        each.format = _format(run, theme)
        found.append(each)
        start += _units(run.text)
    return found


def _format(run: Run, theme: Theme) -> QTextCharFormat:
    found = QTextCharFormat()
    found.setFont(paper_font(run.role))
    found.setForeground(theme.colour(run.token))
    if run.link or run.anchor:
        found.setAnchor(True)
    if run.link:
        found.setAnchorHref(run.link)
    if run.anchor:
        found.setAnchorNames([run.anchor])
    return found


def _units(text: str) -> int:
    """Return how long Qt takes a text to be: it counts in units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _x(line: QTextLine, position: int) -> float:
    found: Any = line.cursorToX(position)  # with the position itself, in some versions of the binding
    return float(found[0] if isinstance(found, tuple) else found)
