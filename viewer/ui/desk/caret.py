"""The caret of the reading desk: where it stands, what it has selected, and where each key takes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTextBoundaryFinder

from viewer.domain.sentences import sentence_around

if TYPE_CHECKING:
    from collections.abc import Callable

    from viewer.ui.desk.column import Column
    from viewer.ui.desk.laid_block import LaidBlock


class Caret:
    """Stands at `place`; what lies between it and `anchor` is selected."""

    def __init__(self) -> None:
        self.place = 0
        self.anchor = 0
        self._wanted_x: float | None = None

    @property
    def selected(self) -> tuple[int, int]:
        """The span that is selected, empty where nothing is."""
        return min(self.place, self.anchor), max(self.place, self.anchor)

    @property
    def has_selection(self) -> bool:
        """Whether anything is selected."""
        return self.place != self.anchor

    def go(self, place: int, *, extend: bool = False) -> None:
        """Stand at a place; `extend` keeps the other end of the selection."""
        self.place = place
        self._wanted_x = None
        if not extend:
            self.anchor = place

    def select(self, span: tuple[int, int]) -> None:
        """Select a span, the caret at its end."""
        self.anchor, self.place = span
        self._wanted_x = None

    def move(self, column: Column, how: str, page: int, *, extend: bool) -> None:
        """Move as one of MOVES says; `page`: how many pixels one page is."""
        if how in _UPRIGHT:
            self._go_upright(column, how, page, extend)
        else:
            self.go(_SIDEWAYS[how](column, self.place), extend=extend)

    def _go_upright(self, column: Column, how: str, page: int, extend: bool) -> None:
        """Go up or down and keep to the same x, however short the lines between."""
        box = column.caret(self.place)
        x = box.x() if self._wanted_x is None else self._wanted_x
        if "page" in how:
            y = box.center().y() + (page if how == "page_down" else -page)
            block = column.block_at(y)
            laid = column.laid(block)
            inside = int(y) - column.top(block)
            line = max((n for n, each in enumerate(laid.lines) if each.top <= inside), default=0)
        else:
            block, line = _next_line(column, self.place, 1 if how == "down" else -1)
            laid = column.laid(block)
        edge = {(-1): 0, len(laid.lines): len(laid.lines) - 1}.get(line)
        place = laid.place_on(line if edge is None else edge, x)
        if edge is not None:  # above the first line its beginning, below the last one its end
            place = laid.start if line < 0 else laid.end
        self.go(place, extend=extend)
        self._wanted_x = x


def word_at(column: Column, place: int) -> tuple[int, int]:
    """Return the span of the word at a place."""
    laid = column.laid(column.blocks.at(place))
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Word, laid.layout.text())
    unit = laid.units(place)
    finder.setPosition(unit)
    if not finder.isAtBoundary() or unit == laid.units(laid.end):
        finder.toPreviousBoundary()
    first = finder.position()
    last = finder.toNextBoundary()
    return laid.place_of(first), laid.place_of(last if last >= 0 else laid.units(laid.end))


def _next_line(column: Column, place: int, by: int) -> tuple[int, int]:
    """Return piece and line above or below a place; line -1 or one too many at the ends of the text."""
    block = column.blocks.at(place)
    laid = column.laid(block)
    line = laid.line_of(place) + by
    if 0 <= line < len(laid.lines) or not 0 <= block + by < len(column.blocks):
        return block, line
    return block + by, 0 if by > 0 else len(column.laid(block + by).lines) - 1


def _sideways(by: int, *, words: bool = False) -> Callable[[Column, int], int]:
    def move(column: Column, place: int) -> int:
        block = column.blocks.at(place)
        laid = column.laid(block)
        if by < 0 and place <= laid.start:
            if block == 0:
                return place
            before = column.laid(block - 1)
            # An endless line goes on from one piece to the next: the end of one is the beginning of the other.
            return before.step(place, by, words=words) if before.end == place else before.end
        if by > 0 and place >= laid.end:
            return column.blocks.span(block + 1)[0] if block + 1 < len(column.blocks) else place
        return laid.step(place, by, words=words)

    return move


def _at_line(column: Column, place: int) -> tuple[LaidBlock, int]:
    laid = column.laid(column.blocks.at(place))
    return laid, laid.line_of(place)


def _line_start(column: Column, place: int) -> int:
    laid, line = _at_line(column, place)
    return laid.lines[line].first


def _line_end(column: Column, place: int) -> int:
    laid, line = _at_line(column, place)
    return laid.end_of(line)


def _sentence(by: int) -> Callable[[Column, int], int]:
    def move(column: Column, place: int) -> int:
        start, end = sentence_around(column.text, place)
        if by < 0 and start < place:
            return start
        if by < 0:
            before = len(column.text[max(0, place - _REACH) : place].rstrip())
            there = max(0, place - _REACH) + max(0, before - 1)
            return _standable(column, sentence_around(column.text, there)[0])
        rest = column.text[end : end + _REACH]
        gap = len(rest) - len(rest.lstrip())
        return _standable(column, end + gap if gap < len(rest) else end)

    return move


def _paragraph(by: int) -> Callable[[Column, int], int]:
    def move(column: Column, place: int) -> int:
        block = column.blocks.at(place)
        start, end = column.blocks.span(block)
        if by < 0:
            return start if place > start or block == 0 else column.blocks.span(block - 1)[0]
        return column.blocks.span(block + 1)[0] if block + 1 < len(column.blocks) else end

    return move


def _standable(column: Column, place: int) -> int:
    """Return the nearest place before or at `place` where a caret can stand: not on an empty line."""
    start, end = column.blocks.span(column.blocks.at(place))
    return min(max(place, start), end)


_REACH = 10_000
_UPRIGHT = ("up", "down", "page_up", "page_down")
_SIDEWAYS: dict[str, Callable[[Column, int], int]] = {
    "left": _sideways(-1),
    "right": _sideways(1),
    "word_left": _sideways(-1, words=True),
    "word_right": _sideways(1, words=True),
    "sentence_left": _sentence(-1),
    "sentence_right": _sentence(1),
    "paragraph_left": _paragraph(-1),
    "paragraph_right": _paragraph(1),
    "line_start": _line_start,
    "line_end": _line_end,
    "text_start": lambda column, _place: column.blocks.span(0)[0],
    "text_end": lambda column, _place: column.blocks.span(len(column.blocks) - 1)[1],
}
MOVES = (*_UPRIGHT, *_SIDEWAYS)
