"""The reading page under mouse and keyboard: reading, selecting, choosing the passages that are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QPoint, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QClipboard, QGuiApplication, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QToolTip

from viewer.domain.sentences import sentence_around
from viewer.ui.desk.caret import word_at
from viewer.ui.desk.keys import letter_of, move_of, verb_of
from viewer.ui.desk.page_view import PageView
from viewer.ui.guard import guard
from viewer.ui.text import one_line, plain_tooltip

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QContextMenuEvent, QMouseEvent
    from PySide6.QtWidgets import QWidget

_SCROLL_MS = 30


class ReadingPage(PageView):
    """A text to work with.

    `passage_chosen(event id)`, `letter_pressed(str)`, `find_asked()`, `find_stepped(1 or -1)`.
    """

    passage_chosen = Signal(int)
    letter_pressed = Signal(str)
    find_asked = Signal()
    find_stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self._pressed: QPointF | None = None
        self._is_dragging = False
        self._since_double = QElapsedTimer()
        self._pointer = QPointF()
        self._pull = QTimer(self)
        self._pull.setInterval(_SCROLL_MS)
        self._pull.timeout.connect(self._pull_on)
        self._verbs: dict[str, Callable[[], None]] = {
            "choose": lambda: self._choose(self._caret.place),
            "next_passage": lambda: self._go_to_passage(1),
            "previous_passage": lambda: self._go_to_passage(-1),
            "select_sentence": self.select_sentence,
            "copy": self.copy,
            "select_all": self.select_all,
            "find": self.find_asked.emit,
            "find_next": lambda: self.find_stepped.emit(1),
            "find_previous": lambda: self.find_stepped.emit(-1),
        }

    def is_selecting(self) -> bool:
        """Whether a selection is being dragged at this moment."""
        return self._is_dragging

    def _choose(self, place: int) -> None:
        """Say which event is quoted at a place; when it is the marked one already, the next of them."""
        events = self._passages.events_at(place)
        if not events:
            return
        known = events.index(self._event) if self._event in events else -1
        event = events[(known + 1) % len(events)]
        self.mark_event(event)
        self._chosen_here = event
        self.passage_chosen.emit(event)

    def _go_to_passage(self, by: int) -> None:
        span = self._passages.next_from(self._caret.place, by)
        if span is not None and self.column is not None:
            self._caret.go(span[0])
            if not self.is_in_view(self.column.box_of(*span)):
                self.centre(span)
            self._tell()

    def _is_on_passage(self, at: QPointF) -> int | None:
        """Return the place under a point when it lies on the letters of a passage."""
        if self.column is None or not len(self.column.blocks) or not self.column.covers(self._on_column(at)):
            return None
        place = self.column.place_at(self._on_column(at))
        # The place nearest to a point may be the one behind the letter that it lies on.
        places = (p for p in (place, place - 1) if self._passages.at(p))
        return next((p for p in places if self._on_viewport_letter(p).contains(at)), None)

    def _on_viewport_letter(self, place: int) -> QRectF:
        return QRectF() if self.column is None else self._on_viewport(self.column.box_of(place, place + 1))

    def _select_to(self, at: QPointF) -> None:
        if self.column is not None:
            self._caret.go(self.column.place_at(self._on_column(at)), extend=True)
            self.viewport().update()

    def _pull_on(self) -> None:
        """Scroll while a selection is dragged beyond the edge."""
        beyond = min(self._pointer.y(), 0) + max(self._pointer.y() - self.viewport().height(), 0)
        if beyond:
            self.scroll_to(self.top_edge() + beyond)
            self._select_to(self._pointer)

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if (
            event.button() is not Qt.MouseButton.LeftButton
            or self.column is None
            or not len(self.column.blocks)
        ):
            return
        place = self.column.place_at(self._on_column(event.position()))
        interval = QApplication.doubleClickInterval()
        self._is_dragging = True
        if self._since_double.isValid() and self._since_double.elapsed() < interval:
            self._since_double.invalidate()
            self._pressed = None
            self._caret.select(sentence_around(self.column.text, place))
        else:
            self._pressed = event.position()
            self._caret.go(place, extend=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        self._tell()

    @guard()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if (
            event.button() is not Qt.MouseButton.LeftButton
            or self.column is None
            or not len(self.column.blocks)
        ):
            return
        self._since_double.start()
        self._pressed = None
        self._is_dragging = True
        self._caret.select(word_at(self.column, self.column.place_at(self._on_column(event.position()))))
        self._tell()

    @guard()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._pointer = event.position()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            on_passage = self._is_on_passage(event.position()) is not None
            shape = Qt.CursorShape.PointingHandCursor if on_passage else Qt.CursorShape.IBeamCursor
            self.viewport().setCursor(shape)
            return
        if self._pressed is None:
            return
        moved = (event.position() - self._pressed).manhattanLength()
        if self._caret.has_selection or moved >= QApplication.startDragDistance():
            self._select_to(event.position())
            if not self._pull.isActive():
                self._pull.start()

    @guard()
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._pull.stop()
        self._is_dragging = False
        was_click, self._pressed = self._pressed is not None and not self._caret.has_selection, None
        clipboard = QGuiApplication.clipboard()
        if self._caret.has_selection and clipboard.supportsSelection():
            clipboard.setText(self._selected_text(), QClipboard.Mode.Selection)
        self._tell()
        place = self._is_on_passage(event.position()) if was_click else None
        if place is not None:
            self._choose(place)

    @guard()
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copying = menu.addAction(self.tr("Copy"), self.copy)
        copying.setEnabled(self._caret.has_selection)
        menu.addAction(self.tr("Select the sentence"), self.select_sentence)
        menu.addAction(self.tr("Select all"), self.select_all)
        menu.popup(QPoint(event.globalPos()))

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move, verb, letter = move_of(event), verb_of(event), letter_of(event)
        if self.column is None or not len(self.column.blocks):
            event.ignore()
        elif move is not None:
            page = max(self.column.leading, self.viewport().height() - 2 * self.column.leading)
            self._caret.move(self.column, move[0], page, extend=move[1])
            self._follow()
        elif verb == "clear" and self._caret.has_selection:
            self.clear_selection()
        elif verb in self._verbs:
            self._verbs[verb]()
        elif letter:
            self.letter_pressed.emit(letter)
        else:
            event.ignore()

    @guard(default=False)
    def event(self, event: QEvent) -> bool:
        # The window has uses for these keys too; while one reads, they are the page's.
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            verb = verb_of(event)
            is_clear = verb == "clear" and not self._caret.has_selection
            if move_of(event) or (verb and not is_clear) or letter_of(event):
                event.accept()
                return True
        return super().event(event)

    @guard(default=False)
    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._is_on_passage(QPointF(event.pos()))
            titles = [passage.title for passage in self._passages.at(place)] if place is not None else []
            words = "\n".join(dict.fromkeys(filter(None, map(one_line, titles))))
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self.viewport())
            return True
        return super().viewportEvent(event)
