"""Scrolling over a column of which most is only estimated, without what is in view ever jumping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QRectF, QVariantAnimation
from PySide6.QtWidgets import QAbstractScrollArea

from viewer.ui.accessible_motion import motions
from viewer.ui.guard import guard

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viewer.ui.desk.column import Column

MARGIN = 24
"""Pixels above the first line and below the last one."""

_MOTION_MS = 140
_MOST_ROUNDS = 8


class ColumnScroller(QAbstractScrollArea):
    """A scroll area over `column`; y counts pixels of the column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column: Column | None = None
        self._pin = 0
        self._settling = False
        self._is_still: bool | None = None
        self._motion = QVariantAnimation(self)
        self._motion.setDuration(_MOTION_MS)
        self._motion.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._motion.valueChanged.connect(self._advance)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Jump instead of gliding, or glide, whatever was chosen for the whole program."""
        self._is_still = reduced

    def top_edge(self) -> int:
        """Return the y at the upper edge of what is in view."""
        return self.verticalScrollBar().value() - MARGIN

    def visible_blocks(self) -> range:
        """Return the pieces of the column that are in view, all of them laid out."""
        if self.column is None or not len(self.column.blocks):
            return range(0)
        first = self.column.block_at(self.top_edge())
        last = self.column.block_at(self.top_edge() + self.viewport().height())
        return range(first, last + 1)

    def settle(self) -> None:
        """Lay out what is in view. When it turns out higher or lower, what was in view before stays there."""
        column = self.column
        if column is None or not len(column.blocks) or self._settling:
            return
        self._settling = True
        bar = self.verticalScrollBar()
        for _ in range(_MOST_ROUNDS):
            first, bottom = column.block_at(self.top_edge()), self.top_edge() + self.viewport().height()
            # Both that were first: scrolling up, the upper one comes down into view, however high it is.
            pin = next((block for block in (self._pin, self._pin + 1) if self._is_near(block)), first)
            before, block = column.top(pin), first
            while block < len(column.blocks) and column.top(block) < bottom:
                column.laid(block)
                block += 1
            shift = column.top(pin) - before
            bar.setPageStep(self.viewport().height())
            bar.setSingleStep(column.leading)
            bar.setRange(0, max(0, column.height + 2 * MARGIN - self.viewport().height()))
            bar.setValue(bar.value() + shift)
            if not shift:
                break
        self._pin = column.block_at(self.top_edge())
        self._settling = False
        self.viewport().update()

    def scroll_to(self, y: float) -> None:
        """Put `y` at the upper edge of the view, as far as the text reaches."""
        self._motion.stop()
        self.verticalScrollBar().setValue(round(y) + MARGIN)
        self.settle()

    def reveal(self, box: QRectF) -> None:
        """Scroll as little as needed to see a box, at least its upper end."""
        height, air = self.viewport().height(), MARGIN / 2
        if box.bottom() + air > self.top_edge() + height:
            self.scroll_to(box.bottom() + air - height)
        if box.top() - air < self.top_edge():
            self.scroll_to(box.top() - air)

    def is_in_view(self, box: QRectF) -> bool:
        """Whether all of a box is seen."""
        return self.top_edge() <= box.top() and box.bottom() <= self.top_edge() + self.viewport().height()

    def centre(self, span: tuple[int, int]) -> None:
        """Bring a passage into the middle of the view; what is higher than the view shows its beginning."""
        column = self.column
        if column is None or not len(column.blocks):
            return
        height = self.viewport().height()
        aim = self._middle_of(span)
        start = self.top_edge()
        is_still = motions().is_still if self._is_still is None else self._is_still
        if is_still or not self.isVisible():
            self._pin = column.blocks.at(span[0])
            self.scroll_to(aim)
            self.scroll_to(self._middle_of(span))
            return
        if abs(aim - start) > height:  # the eye needs the last part of the way only
            self._pin = column.blocks.at(span[0])
            self.scroll_to(aim + (height if aim < start else -height) * 0.75)
            aim, start = self._middle_of(span), self.top_edge()
        for block in range(column.block_at(min(aim, start)), column.block_at(max(aim, start) + height) + 1):
            column.laid(block)
        self.settle()
        self._motion.stop()
        self._motion.setStartValue(float(self.top_edge()))
        self._motion.setEndValue(float(self._middle_of(span)))
        self._motion.start()

    def _middle_of(self, span: tuple[int, int]) -> float:
        if self.column is None:
            return 0.0
        box, height = self.column.box_of(*span), self.viewport().height()
        if box.height() > height - 2 * MARGIN:
            return box.top() - MARGIN
        return box.center().y() - height / 2

    def _is_near(self, block: int) -> bool:
        """Whether a piece begins in view."""
        if self.column is None or not 0 <= block < len(self.column.blocks):
            return False
        return 0 <= self.column.top(block) - self.top_edge() <= self.viewport().height()

    def _advance(self, y: object) -> None:
        if isinstance(y, float):
            self.verticalScrollBar().setValue(round(y) + MARGIN)

    @guard()
    def scrollContentsBy(self, _dx: int, _dy: int) -> None:
        self.settle()
