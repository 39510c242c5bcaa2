"""One piece of the text laid out in lines; all its doors take and give code points of the whole text.

Qt counts UTF-16 units: a letter beyond the first plane, such as an emoji, is two of them.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import ceil
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextLayout, QTextOption

from viewer.frozen import dataclass
from viewer.ui.text import several_lines

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QTextLine

# Qt would take it for a picture to be put in.
_QT_MARK = str.maketrans({"\ufffc": "\ufffd"})


@dataclass(frozen=True, slots=True)
class LineBox:
    """A line: its first and last place, and where it lies below the top of its piece, in pixels."""

    first: int
    last: int
    top: int
    height: int
    baseline: float


class LaidBlock:
    """The lines of the piece of a text that begins at `start`, `width` pixels wide, lines `leading` apart."""

    def __init__(self, words: str, start: int, font: QFont, width: float, leading: int) -> None:
        shown = several_lines(words, len(words)).translate(_QT_MARK)
        self.start, self.end = start, start + len(words)
        # Where the second units come, in code points of the piece and in units.
        self._wide = [place for place, letter in enumerate(shown) if letter > "\uffff"]
        self._wide_units = [place + count for count, place in enumerate(self._wide)]
        self._layout = QTextLayout(shown, font)
        self._layout.setTextOption(_option())
        self._layout.setCacheEnabled(True)
        self.lines: list[LineBox] = []
        self._lay_out(width, leading)
        self.height = self.lines[-1].top + self.lines[-1].height if self.lines else leading

    @property
    def layout(self) -> QTextLayout:
        """Qt's layout, for painting."""
        return self._layout

    def units(self, place: int) -> int:
        """Return the UTF-16 unit of a place."""
        inside = min(max(place, self.start), self.end) - self.start
        return inside + bisect_left(self._wide, inside)

    def place_of(self, unit: int) -> int:
        """Return the place of a UTF-16 unit; the middle of a letter counts as its beginning."""
        return self.start + unit - bisect_right(self._wide_units, unit - 1)

    def line_of(self, place: int) -> int:
        """Return the number of the line that a caret at a place stands on."""
        starts = [line.first for line in self.lines]
        return max(0, bisect_right(starts, place) - 1)

    def caret(self, place: int) -> QRectF:
        """Return where a caret at a place stands, without width, below the top of the piece."""
        line = self.lines[self.line_of(place)]
        return QRectF(self.x(place, self.line_of(place)), line.top, 0, line.height)

    def x(self, place: int, line: int) -> float:
        """Return how far right a place lies on one of the lines."""
        return _cursor_x(self._layout.lineAt(line), self.units(place))

    def place_at(self, at: QPointF) -> int:
        """Return the place nearest to a point; left and right of a line it is the line's end."""
        number = bisect_right([line.top for line in self.lines], int(at.y())) - 1
        return self.place_on(max(0, number), at.x())

    def place_on(self, line: int, x: float) -> int:
        """Return the place of a line nearest to `x`."""
        place = self.place_of(self._layout.lineAt(line).xToCursor(x))
        # The place behind the last letter of a line is the first of the next one.
        return min(place, self.end_of(line))

    def end_of(self, line: int) -> int:
        """Return the last place of a line that a caret can stand at."""
        box = self.lines[line]
        if line == len(self.lines) - 1:
            return box.last
        return self.place_of(self._layout.previousCursorPosition(self.units(box.last)))

    def covers(self, at: QPointF) -> bool:
        """Whether a point lies on letters rather than beside them."""
        line = self.lines[max(0, bisect_right([line.top for line in self.lines], int(at.y())) - 1)]
        drawn = self._layout.lineAt(self.lines.index(line)).naturalTextRect()
        return drawn.left() <= at.x() <= drawn.right() and line.top <= at.y() < line.top + line.height

    def step(self, place: int, by: int, *, words: bool = False) -> int:
        """Return the next place for a caret to the right (1) or left (-1), by letters or by words."""
        mode = QTextLayout.CursorMode.SkipWords if words else QTextLayout.CursorMode.SkipCharacters
        move = self._layout.nextCursorPosition if by > 0 else self._layout.previousCursorPosition
        return self.place_of(move(self.units(place), mode))

    def boxes(self, first: int, last: int) -> list[tuple[int, QRectF]]:
        """Return the line numbers and boxes that the text from one place to another takes."""
        found = []
        for number, line in enumerate(self.lines):
            begin, end = max(first, line.first), min(last, line.last)
            if begin >= end:
                continue
            drawn = self._layout.lineAt(number).naturalTextRect()
            # A space at the end of a line hangs over it.
            sides = [min(max(self.x(place, number), drawn.left()), drawn.right()) for place in (begin, end)]
            found.append(
                (number, QRectF(min(sides), line.top, max(abs(sides[1] - sides[0]), 2.0), line.height))
            )
        return found

    def _lay_out(self, width: float, leading: int) -> None:
        top = 0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            height = max(leading, ceil(line.height()) + 2)
            inset = (height - line.height()) / 2
            line.setPosition(QPointF(0, top + inset))
            first = self.place_of(line.textStart())
            last = self.place_of(line.textStart() + line.textLength())
            self.lines.append(LineBox(first, last, top, height, top + inset + line.ascent()))
            top += height
        self._layout.endLayout()


def _cursor_x(line: QTextLine, unit: int) -> float:
    found: Any = line.cursorToX(unit)  # with the unit itself, which the stubs do not say
    return float(found[0])


def _option() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
