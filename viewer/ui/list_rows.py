"""The rows of the list: which event stands where, and how one is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPointF,
    QRect,
    QRectF,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from viewer.frozen import dataclass
from viewer.ui.guard import guard
from viewer.ui.marks import draw_mark
from viewer.ui.row_ink import INSET, paint_ground, paint_sign, write
from viewer.ui.text import one_line
from viewer.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from PySide6.QtCore import QPersistentModelIndex

    from viewer.domain.records import Kind

    Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 48
_ROW = Qt.ItemDataRole.UserRole
_MARK, _TEXT, _RIGHT = 24, 42, 16
_BATCH = 32
"""So many neighbouring rows are read by one query; a screen shows about half of them."""
_MOST_KEPT = 4_000


@dataclass(frozen=True, slots=True)
class ListRow:
    """What the list says of an event. `kind` is a position in the document's list of kinds.

    disputed_from: the second by which it was known that it is; None where that is not known.
    """

    kind: int
    title: str
    when: str
    disputed: bool = False
    disputed_from: int | None = None

    def is_disputed(self, known_by: int | None) -> bool:
        """Tell whether that was known at a moment, in seconds; None: whether it is."""
        if known_by is None or not self.disputed:
            return self.disputed
        return self.disputed_from is not None and self.disputed_from <= known_by


class Order(Protocol):
    """The events of a list from top to bottom; those from place `first_undated` on have no date."""

    @property
    def first_undated(self) -> int:
        """How many events stand before the first one without a date."""

    def __len__(self) -> int:
        """How many events there are."""

    def id_at(self, row: int) -> int:
        """Return the event at a place."""

    def row_of(self, event: int) -> int | None:
        """Return the place of an event; None when it is not in the list."""

    def ids(self, first: int, count: int) -> NDArray[np.int64]:
        """Return the events at neighbouring places."""


class FewEvents:
    """An order of a few events, given one by one."""

    def __init__(self, events: Sequence[int], first_undated: int | None = None) -> None:
        self._events = np.array(events, dtype=np.int64)
        self._places = {event: place for place, event in enumerate(events)}
        self.first_undated = len(events) if first_undated is None else first_undated

    def __len__(self) -> int:
        return len(self._events)

    def id_at(self, row: int) -> int:
        """Return the event at a place."""
        return int(self._events[row])

    def row_of(self, event: int) -> int | None:
        """Return the place of an event; None when it is not among them."""
        return self._places.get(event)

    def ids(self, first: int, count: int) -> NDArray[np.int64]:
        """Return the events at neighbouring places."""
        return self._events[first : first + count]


class ListModel(QAbstractTableModel):
    """An order of events in one column, and a row for the heading above the undated ones.

    What the rows say is read when they are painted, `_BATCH` neighbours at a time, and kept for a while.
    """

    def __init__(
        self, read: Callable[[Sequence[int]], Mapping[int, ListRow]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._read = read
        self._order: Order | None = None
        self._heading: int | None = None
        self._size = 0
        self._kept: dict[int, ListRow] = {}

    def set_order(self, order: Order) -> None:
        """Show other events, or the same ones otherwise; what is known of them stays so."""
        self.beginResetModel()
        self._order, self._size = order, len(order)
        self._heading = order.first_undated if order.first_undated < self._size else None
        self.endResetModel()

    def forget(self, events: Iterable[int] | None = None) -> None:
        """Read anew what some events say when they are next painted; None: what all do."""
        if events is None:
            self._kept.clear()
        else:
            for event in events:
                self._kept.pop(event, None)

    def event_at(self, row: int) -> int | None:
        """Return the id of the event in a row; None for the heading and for no row."""
        place = self._place(row)
        there = row != self._heading and 0 <= place < self._size
        return self._order.id_at(place) if self._order is not None and there else None

    def row_of_event(self, event: int) -> int | None:
        """Return the row of an event, or None when it is not shown."""
        place = None if self._order is None else self._order.row_of(event)
        return place if place is None or self._heading is None or place < self._heading else place + 1

    @guard(default=0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._size + (self._heading is not None)

    @guard(default=0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    @guard()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (_ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        event = self.event_at(index.row())
        if event is None:
            return None if role == _ROW else QCoreApplication.translate("List", "Undated")
        row = self._row(event, self._place(index.row()))
        if role == _ROW:
            return row
        return (
            one_line(row.title)
            if role == Qt.ItemDataRole.DisplayRole
            else one_line(f"{row.title}, {row.when}")
        )

    @guard(default=Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.event_at(index.row()) is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def _place(self, row: int) -> int:
        return row if self._heading is None or row < self._heading else row - 1

    def _row(self, event: int, place: int) -> ListRow:
        """Return what a row says; when that is not known, its neighbours are read with it."""
        if event not in self._kept and self._order is not None:
            if len(self._kept) > _MOST_KEPT:
                self._kept.clear()
            first = place - place % _BATCH
            beside = self._order.ids(first, min(_BATCH, self._size - first)).tolist()
            missing = [each for each in beside if each not in self._kept]
            self._kept.update(self._read(missing))
        # What was deleted by somebody else since has nothing to say.
        return self._kept.get(event, ListRow(kind=-1, title="", when=""))


class RowPainter(QStyledItemDelegate):
    """Paints a row: mark, title, and below it when, quietly; signs what was known to be disputed at a moment."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kinds: tuple[Kind, ...] = ()
        self.known_by: int | None = None

    @guard()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if isinstance(row, ListRow):
            ground = paint_ground(painter, option.rect, option.state)
            self._paint_event(painter, option.rect, row, ground)
        else:
            _paint_heading(painter, option.rect, index.data())
        painter.restore()

    def _paint_event(self, painter: QPainter, rect: QRect, row: ListRow, ground: str) -> None:
        if 0 <= row.kind < len(self.kinds):
            at = QPointF(rect.left() + _MARK, rect.top() + 17.5)
            draw_mark(painter, self.kinds[row.kind], at, theme().colour(ground), 14)
        left, right = rect.left() + _TEXT, rect.right() - _RIGHT
        if row.is_disputed(self.known_by):
            right = paint_sign(
                painter, right, rect.top() + 34, QCoreApplication.translate("List", "disputed")
            )
        write(
            painter, left, rect.top() + 17, rect.right() - _RIGHT - left, one_line(row.title), "body", "text"
        )
        write(painter, left, rect.top() + 34, right - left, one_line(row.when), "small", "muted")


def _paint_heading(painter: QPainter, rect: QRect, words: str) -> None:
    left = rect.left() + INSET * 2
    painter.fillRect(QRectF(left, rect.top() + 12, rect.width() - 2 * INSET * 2, 1), theme().colour("line"))
    write(painter, left, rect.top() + 31, rect.width(), words, "tick_strong", "muted")
