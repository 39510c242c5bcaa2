"""The same timeline as a list: for the keyboard, for a screen reader, and to find one event among many.

Rows are asked for when they are painted, those in sight together; the order is the engine's, never copied.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QStackedLayout, QTableView, QVBoxLayout, QWidget

from viewer.ui.elided import ElidedButton
from viewer.ui.guard import guard
from viewer.ui.list_rows import ROW_HEIGHT, FewEvents, ListModel, ListRow, RowPainter
from viewer.ui.painter_ink import counted, number
from viewer.ui.row_list import be_a_list
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role, themes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from PySide6.QtGui import QKeyEvent

    from viewer.domain.records import Kind
    from viewer.ui.list_rows import Order

__all__ = ["ListPanel", "ListRow"]

_MARGIN = 16
_SOURCES_SHOWN = 5


class ListPanel(QWidget):
    """The events in order of time; `read` returns what rows say, by event.

    `event_selected(id)`, `event_activated(id)`, `source_chosen(uid)`.
    """

    event_selected = Signal(int)
    event_activated = Signal(int)
    source_chosen = Signal(str)

    def __init__(
        self, read: Callable[[Sequence[int]], Mapping[int, ListRow]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setMinimumWidth(200)
        self._model = ListModel(read, self)
        self._rows = _Rows(self._model)
        self._rows.chosen.connect(self.event_selected)
        self._rows.activated_event.connect(self.event_activated)
        self._count = PlainLabel("", "muted")
        self._count.setObjectName("list_count")
        self._empty = PlainLabel("", "muted")
        self._empty.setObjectName("list_empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._pages = QStackedLayout()
        self._pages.addWidget(self._rows)
        self._pages.addWidget(self._empty)
        self._hits = QWidget()
        self._hits.setObjectName("source_hits")
        self._found = QVBoxLayout(self._hits)
        self._rule = QFrame()
        self._rule.setFrameShape(QFrame.Shape.HLine)
        set_role(self._rule, "separator")
        self._lay_out()
        self.set_order(FewEvents(()))
        self.set_source_hits(())

    def set_kinds(self, kinds: Sequence[Kind]) -> None:
        """Say which kinds the rows' `kind` counts in."""
        self._rows.set_kinds(kinds)

    def set_order(
        self, order: Order, hidden: int = 0, *, known_on: str = "", searching: bool = False
    ) -> None:
        """Show events in an order, the undated ones under a heading.

        `known_on`: the day, where only what was known on it is shown. `searching`: these are the first that
        were found, and others may follow.
        """
        kept = self._rows.current()
        self._rows.show_order(order)
        self._rows.go_to(kept)
        self._count.setText(self._count_words(len(order), hidden, searching))
        self._empty.setText(self._empty_words(hidden, known_on))
        self._pages.setCurrentIndex(0 if len(order) else 1)

    def set_waiting(self, words: str) -> None:
        """Show no events but why there are none yet."""
        if self._empty.text() == words and self._pages.currentIndex() != 0:
            return
        self._rows.show_order(FewEvents(()))
        self._count.setText("")
        self._empty.setText(words)
        self._pages.setCurrentIndex(1)

    def forget_rows(self, events: Iterable[int] | None = None) -> None:
        """Ask anew what the rows of some events say; None: of all events."""
        self._model.forget(events)
        self._rows.viewport().update()

    def set_known_by(self, moment: int | None) -> None:
        """Sign as disputed only what was known to be so at a moment, in seconds; None: what is so."""
        self._rows.set_known_by(moment)

    def select(self, event_id: int | None) -> None:
        """Select an event and bring it into view, without a signal; None or a hidden one: no selection."""
        self._rows.go_to(event_id)

    def in_words(self) -> str:
        """Return how many events are shown or, where there are none, why."""
        return self._empty.text() if self._pages.currentIndex() else self._count.text()

    def show_end(self) -> None:
        """Scroll to the last rows, the undated ones."""
        self._rows.scrollToBottom()

    def set_source_hits(self, hits: Sequence[tuple[str, str]]) -> None:
        """Name the sources, as uid and title, whose text has what was searched for."""
        while (item := self._found.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.setObjectName("")
                old.deleteLater()
        self._hits.setVisible(bool(hits))
        self._rule.setVisible(bool(hits))
        if not hits:
            return
        words = self.tr("Also in the text of 1 source")
        if len(hits) > 1:
            words = self.tr("Also in the text of {count} sources").format(count=number(len(hits)))
        self._found.addWidget(PlainLabel(words, "muted"))
        for place, (uid, title) in enumerate(hits[:_SOURCES_SHOWN]):
            button = ElidedButton(title, "link")
            button.setObjectName(f"source_hit_{place}")
            button.clicked.connect(lambda _checked=False, source=uid: self.source_chosen.emit(source))
            self._found.addWidget(button)

    def _count_words(self, shown: int, hidden: int, searching: bool) -> str:
        if searching:
            return self.tr("The first {count} found · searching…").format(count=number(shown))
        if not hidden:
            return counted(shown)
        return self.tr("{shown} of {all} events · {hidden} hidden").format(
            shown=number(shown), all=number(shown + hidden), hidden=number(hidden)
        )

    def _empty_words(self, hidden: int, known_on: str) -> str:
        if hidden and known_on:
            return self.tr("Nothing of what is asked for was known on {day}.").format(day=known_on)
        if hidden:
            return self.tr(
                "No event matches. Clear the search, the kinds or the period above to see all of them."
            )
        return self.tr("No events yet. Add one with “New entry”.")

    def _lay_out(self) -> None:
        self._count.setContentsMargins(_MARGIN, 14, _MARGIN, 8)
        self._found.setContentsMargins(_MARGIN, SPACE, _MARGIN, 14)
        self._found.setSpacing(2)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._count)
        rows.addLayout(self._pages, 1)
        rows.addWidget(self._rule)
        rows.addWidget(self._hits)


class _Rows(QTableView):
    """The list itself: arrows move, Enter edits, letters are left to the window's shortcuts."""

    chosen = Signal(int)
    activated_event = Signal(int)

    def __init__(self, model: ListModel) -> None:
        super().__init__()
        self.setViewport(_ground())
        self._events = model
        self._painter = RowPainter(self)
        self._telling = True
        self.setObjectName("event_list")
        self.setAccessibleName(self.tr("Events"))
        self.setModel(model)
        self.setItemDelegate(self._painter)
        be_a_list(self, ROW_HEIGHT)
        self.selectionModel().currentChanged.connect(self._tell)
        self.doubleClicked.connect(self._activate)
        themes().changed.connect(self.viewport().update)

    def set_kinds(self, kinds: Sequence[Kind]) -> None:
        """Use the marks of `kinds`."""
        self._painter.kinds = tuple(kinds)
        self.viewport().update()

    def set_known_by(self, moment: int | None) -> None:
        """Say only what was known at a moment."""
        self._painter.known_by = moment
        self.viewport().update()

    def show_order(self, order: Order) -> None:
        """Show other events; nothing is selected afterwards."""
        self._telling = False
        self._events.set_order(order)
        self._telling = True

    def current(self) -> int | None:
        """Return the id of the selected event."""
        return self._events.event_at(self.currentIndex().row())

    def go_to(self, event: int | None) -> None:
        """Select an event without telling anybody."""
        row = None if event is None else self._events.row_of_event(event)
        index = QModelIndex() if row is None else self._events.index(row, 0)
        self._telling = False
        self.setCurrentIndex(index)
        if row is None:
            self.clearSelection()
        self._telling = True

    def _tell(self, current: QModelIndex) -> None:
        event = self._events.event_at(current.row())
        if event is not None and self._telling:
            self.chosen.emit(event)

    def _activate(self, index: QModelIndex) -> None:
        event = self._events.event_at(index.row())
        if event is not None:
            self.activated_event.emit(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._activate(self.currentIndex())
        elif event.text().isprintable() and event.text():
            event.ignore()
        else:
            super().keyPressEvent(event)


def _ground() -> QWidget:
    """Return what rows are painted on, as a view makes it.

    To hand out the one of Qt's making, PySide would load every class of widget there is: 12 ms.
    """
    ground = QWidget()
    ground.setBackgroundRole(QPalette.ColorRole.Base)
    ground.setAutoFillBackground(True)
    return ground
