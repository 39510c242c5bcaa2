"""The whole text as one column, of which only what is looked at is ever laid out.

Heights of pieces are estimated until they are laid out. Whoever shows the column keeps still what is in view
when one turns out otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from viewer.ui.desk.blocks import blocks_of
from viewer.ui.desk.laid_block import LaidBlock

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QFont

_KEPT = 300
_SAMPLE = 2_000
_NARROWEST = 80.0


class Column:
    """A text in a font; y counts pixels from its top, places are code points of the text."""

    def __init__(self, text: str, font: QFont, *, leading: int, gap: int) -> None:
        self.text = text
        self.blocks = blocks_of(text)
        self.leading = leading
        self._font, self._gap = font, gap
        self._gaps = np.where(self.blocks.begins_paragraph, gap, 0).astype(np.int64)
        if len(self._gaps):
            self._gaps[0] = 0
        self._letter = _letter_width(text, font)
        self._laid: dict[int, LaidBlock] = {}
        self._laid_out = 0
        self._width = 0.0
        self._heights: NDArray[np.int64] = np.zeros(len(self.blocks), dtype=np.int64)
        self._tops: NDArray[np.int64] | None = None

    @property
    def width(self) -> float:
        """How wide the lines may be, in pixels."""
        return self._width

    @property
    def laid_out(self) -> int:
        """How many pieces have been laid out since the text was opened."""
        return self._laid_out

    @property
    def height(self) -> int:
        """How high the column is, as far as is known."""
        return int(self._all_tops()[-1])

    def set_width(self, width: float) -> None:
        """Let lines be `width` pixels wide; what was laid out is laid out anew when it is looked at."""
        width = max(width, _NARROWEST)
        if width == self._width:
            return
        self._width = width
        self._laid.clear()
        letters = self.blocks.ends - self.blocks.starts
        lines = np.maximum(1, np.ceil(letters * self._letter / width)).astype(np.int64)
        self._heights = lines * self.leading + self._gaps
        self._tops = None

    def top(self, block: int) -> int:
        """Return where the letters of a piece begin."""
        return int(self._all_tops()[block] + self._gaps[block])

    def block_at(self, y: float) -> int:
        """Return the piece at `y`; the first one above the column, the last one below it."""
        found = int(np.searchsorted(self._all_tops(), y, side="right")) - 1
        return min(max(found, 0), len(self.blocks) - 1)

    def laid(self, block: int) -> LaidBlock:
        """Return a piece, laid out; from now on its height is known."""
        found = self._laid.pop(block, None)
        if found is None:
            start, end = self.blocks.span(block)
            found = LaidBlock(self.text[start:end], start, self._font, self._width, self.leading)
            self._laid_out += 1
            if len(self._laid) >= _KEPT:
                del self._laid[next(iter(self._laid))]
        self._laid[block] = found  # last, as the one used latest
        height = found.height + int(self._gaps[block])
        if height != self._heights[block]:
            if self._tops is not None:
                self._tops[block + 1 :] += height - self._heights[block]
            self._heights[block] = height
        return found

    def caret(self, place: int) -> QRectF:
        """Return where a caret at a place stands."""
        block = self.blocks.at(place)
        box = self.laid(block).caret(place)
        return box.translated(0, self.top(block))

    def box_of(self, first: int, last: int) -> QRectF:
        """Return the box around a passage, as wide as its widest line; only its ends are laid out."""
        begin, end = self.blocks.at(first), self.blocks.at(max(first, last - 1))
        upper, lower = self.laid(begin).boxes(first, last), self.laid(end).boxes(first, last)
        if not upper or not lower:
            return self.caret(first)
        top, bottom = self.top(begin) + upper[0][1].top(), self.top(end) + lower[-1][1].bottom()
        boxes = [box for _, box in (*upper, *lower)]
        left, right = min(box.left() for box in boxes), max(box.right() for box in boxes)
        return QRectF(QPointF(left, top), QPointF(right, bottom))

    def place_at(self, at: QPointF) -> int:
        """Return the place nearest to a point."""
        block = self.block_at(at.y())
        return self.laid(block).place_at(at - QPointF(0, self.top(block)))

    def covers(self, at: QPointF) -> bool:
        """Whether a point lies on letters."""
        block = self.block_at(at.y())
        return self.laid(block).covers(at - QPointF(0, self.top(block)))

    def _all_tops(self) -> NDArray[np.int64]:
        if self._tops is None:
            self._tops = np.concatenate(([0], np.cumsum(self._heights)))
        return self._tops


def _letter_width(text: str, font: QFont) -> float:
    """Return how wide a letter of this text is on average."""
    sample = " ".join(text[:_SAMPLE].split())
    return QFontMetricsF(font).horizontalAdvance(sample) / max(1, len(sample)) or 1.0
