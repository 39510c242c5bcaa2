"""What the reading page shows: text set for reading, its passages, a caret, and what is selected or found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QGuiApplication, QPainter
from PySide6.QtWidgets import QFrame

from viewer.domain.anchoring import CONTEXT
from viewer.domain.sentences import sentence_around, sentences_around
from viewer.ui.desk.caret import Caret
from viewer.ui.desk.column import Column
from viewer.ui.desk.painting import BARS, Shown, paint_block
from viewer.ui.desk.passages import Passages
from viewer.ui.desk.records import Selection
from viewer.ui.desk.scrolling import MARGIN, ColumnScroller
from viewer.ui.guard import guard
from viewer.ui.text import one_line
from viewer.ui.theme import set_role, theme, themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QPaintEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

    from viewer.ui.desk.records import DeskPassage, DeskSource

MEASURE = 72
"""Letters on a line, where there is room."""

_LEADING = 1.7
_GAP = 12
_RIGHT_MARGIN = 24
_SAMPLE = "the quick brown fox jumps over the lazy dog and runs on to the next of the lines "
_SENTENCES = 2_000


class PageView(ColumnScroller):
    """One text with its passages. `selection_changed()`; `moved()` when other parts come into view."""

    selection_changed = Signal()
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setObjectName("reading_page")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._source: DeskSource | None = None
        self._passages = Passages(())
        self._caret = Caret()
        self._event: int | None = None
        self._chosen_here: int | None = None
        self._hits: Sequence[tuple[int, int]] = ()
        self._hit: tuple[int, int] | None = None
        themes().changed.connect(self.viewport().update)

    def set_source(self, source: DeskSource, standing: Sequence[DeskPassage]) -> None:
        """Show the text of a source from its beginning, with the passages that still stand in it."""
        self._source = source
        self._passages = Passages(standing)
        self._caret, self._event = Caret(), None
        self.set_hits((), None)
        font = theme().font("reading")
        self.column = Column(source.text or "", font, leading=round(font.pixelSize() * _LEADING), gap=_GAP)
        if len(self.column.blocks):
            self._caret.go(self.column.blocks.span(0)[0])
        self.setAccessibleName(self.tr("Text of {title}").format(title=one_line(source.title)))
        self._set_width()
        self.scroll_to(-MARGIN)
        self._tell()

    def set_passages(self, source: DeskSource, standing: Sequence[DeskPassage]) -> None:
        """Show other passages on the same text; what is in view and selected stays."""
        self._source = source
        self._passages = Passages(standing)
        self.viewport().update()

    @property
    def passages(self) -> Passages:
        """The passages that are marked."""
        return self._passages

    @property
    def laid_out(self) -> int:
        """How many pieces of the text have been laid out since it was opened."""
        return 0 if self.column is None else self.column.laid_out

    def has_text(self) -> bool:
        """Whether there is anything to read."""
        return self.column is not None and len(self.column.blocks) > 0

    def mark_event(self, event: int | None) -> None:
        """Mark the passages of an event where they are."""
        self._event = event
        self.viewport().update()

    def current_hit(self) -> tuple[int, int] | None:
        """Return the place found that is looked at."""
        return self._hit

    def show_event(self, event: int | None) -> None:
        """Mark the passages of an event, and bring the first into view unless one is already."""
        self.mark_event(event)
        was_chosen_here, self._chosen_here = event == self._chosen_here, None
        spans = [] if event is None else self._passages.spans_of(event)
        if not spans or self.column is None:
            return
        if was_chosen_here:  # where it was clicked it can be seen
            return
        near = [span for span in spans if self._could_be_in_view(span)]
        if not any(self.is_in_view(self.column.box_of(*span)) for span in near):
            self.centre(spans[0])
        if not self._caret.has_selection and not any(a <= self._caret.place < b for a, b in spans):
            self._caret.go(spans[0][0])
            self._describe()

    def set_hits(self, hits: Sequence[tuple[int, int]], hit: tuple[int, int] | None) -> None:
        """Show where something was found; `hit` is the one looked at, and is brought into view."""
        self._hits, self._hit = hits, hit
        if hit is not None and self.column is not None and not self.is_in_view(self.column.box_of(*hit)):
            self.centre(hit)
        self.viewport().update()

    def select(self, span: tuple[int, int]) -> None:
        """Select a span of the text and bring its end into view."""
        self._caret.select(span)
        self._follow()

    def select_sentence(self) -> None:
        """Select the sentence at the caret; what is selected grows to whole sentences."""
        if self.column is not None and len(self.column.blocks):
            text = self.column.text
            grows = self._caret.has_selection
            self.select(
                sentences_around(text, self._caret.selected)
                if grows
                else sentence_around(text, self._caret.place)
            )

    def select_all(self) -> None:
        """Select the whole text."""
        if self.column is not None:
            self._caret.select((0, len(self.column.text)))
            self._tell()

    def clear_selection(self) -> None:
        """Select nothing; the caret stays."""
        self._caret.go(self._caret.place)
        self._tell()

    def copy(self) -> None:
        """Put what is selected on the clipboard, as the source says it."""
        if self._caret.has_selection:
            QGuiApplication.clipboard().setText(self._selected_text())

    def caret_place(self) -> int:
        """Return where the caret stands, in code points of the text."""
        return self._caret.place

    def selected_span(self) -> tuple[int, int]:
        """Return the span that is selected, empty at the caret where nothing is."""
        return self._caret.selected

    def selection(self) -> Selection | None:
        """Return what is selected, without the spaces at its ends; None where that is nothing."""
        if self._source is None or self.column is None:
            return None
        text, (start, end) = self.column.text, self._caret.selected
        quote = text[start:end]
        start += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        end = start + len(quote)
        if not quote:
            return None
        first, last = sentences_around(text, (start, end))
        around = text[max(first, start - _SENTENCES) : min(last, end + _SENTENCES)]
        prefix, suffix = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        return Selection(self._source.uid, quote, (start, end), prefix, suffix, around)

    def selection_box(self) -> QRect | None:
        """Return where the selection lies in the viewport; None where nothing is selected."""
        if self.column is None or not self._caret.has_selection:
            return None
        return self._on_viewport(self.column.box_of(*self._caret.selected)).toAlignedRect()

    def box_of(self, first: int, last: int) -> QRect:
        """Return where a passage lies in the viewport."""
        if self.column is None:
            return QRect()
        return self._on_viewport(self.column.box_of(first, last)).toAlignedRect()

    def _left(self) -> int:
        return BARS

    def _on_viewport(self, box: QRectF) -> QRectF:
        return box.translated(self._left(), -self.top_edge())

    def _on_column(self, at: QPointF) -> QPointF:
        return QPointF(at.x() - self._left(), at.y() + self.top_edge())

    def _selected_text(self) -> str:
        return "" if self.column is None else self.column.text[slice(*self._caret.selected)]

    def _could_be_in_view(self, span: tuple[int, int]) -> bool:
        """Whether a passage lies on pieces that are in view; asked before anything of it is laid out."""
        visible = self.visible_blocks()
        return self.column is not None and bool(visible) and self.column.blocks.at(span[0]) in visible

    def _set_width(self) -> None:
        if self.column is None or not len(self.column.blocks):
            return
        measure = QFontMetricsF(theme().font("reading")).horizontalAdvance(_SAMPLE) / len(_SAMPLE) * MEASURE
        room = self.viewport().width() - self._left() - _RIGHT_MARGIN
        kept = self.column.blocks.span(self.column.block_at(self.top_edge()))[0]
        was_at_top = self.top_edge() <= 0
        self.column.set_width(min(measure, room))
        self.settle()
        if not was_at_top:
            self.scroll_to(self.column.top(self.column.blocks.at(kept)))

    def _follow(self) -> None:
        """Keep the caret in view after it moved."""
        if self.column is not None and len(self.column.blocks):
            self.reveal(self.column.caret(self._caret.place))
        self._tell()

    def _tell(self) -> None:
        self.viewport().update()
        self._describe()
        self.selection_changed.emit()

    def _describe(self) -> None:
        """Tell a screen reader the sentence at the caret and what it is quoted for."""
        if self.column is None or not len(self.column.blocks):
            return
        start, end = sentence_around(self.column.text, self._caret.place)
        parts = [self.column.text[start:end]]
        parts += [passage.title for passage in self._passages.at(self._caret.place)]
        self.setAccessibleDescription(one_line(" · ".join(filter(None, parts))))

    @guard()
    def paintEvent(self, event: QPaintEvent) -> None:
        column = self.column
        with QPainter(self.viewport()) as painter:
            for block in self.visible_blocks() if column is not None else ():
                assert column is not None
                top = column.top(block) - self.top_edge()
                laid = column.laid(block)
                if top > event.rect().bottom() + BARS or top + laid.height < event.rect().top() - BARS:
                    continue
                span = (laid.start, laid.end)
                hits = [hit for hit in self._hits if hit[0] < span[1] and span[0] < hit[1]]
                shown = Shown(self._passages.marks(*span), self._event, self._caret.selected, hits, self._hit)
                paint_block(painter, laid, QPointF(self._left(), top), shown)
            if self.hasFocus() and column is not None and len(column.blocks):
                caret = self._on_viewport(column.caret(self._caret.place))
                ink = theme().colour("accent")
                painter.fillRect(QRectF(caret.left() - 1, caret.top() + 3, 2, caret.height() - 6), ink)

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_width()
        self.moved.emit()

    @guard()
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.moved.emit()

    @guard()
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    @guard()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()
