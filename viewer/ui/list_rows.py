"""The rows of the list: which event stands where, and how one is painted."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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

from viewer.ui.guard import guard
from viewer.ui.marks import draw_mark
from viewer.ui.row_ink import INSET, paint_ground, paint_sign, write
from viewer.ui.text import one_line
from viewer.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QPersistentModelIndex

    from viewer.domain.records import Kind

    Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 48
_ROW = Qt.ItemDataRole.UserRole
_MARK, _TEXT, _RIGHT = 24, 42, 16


@dataclass(frozen=True, slots=True)
class ListRow:
    """What the list says of an event. `kind` is a position in the document's list of kinds."""

    kind: int
    title: str
    when: str
    disputed: bool = False


class ListModel(QAbstractTableModel):
    """The ids of the events in one column, and a row for the heading above the undated ones."""

    def __init__(self, row_of: Callable[[int], ListRow], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._row_of = row_of
        self._ids = array("q")
        self._heading: int | None = None

    def set_ids(self, ids: array[int], first_undated: int) -> None:
        """Show other events; those from position `first_undated` on stand below the heading."""
        self.beginResetModel()
        self._ids = ids
        self._heading = first_undated if first_undated < len(ids) else None
        self.endResetModel()

    def event_at(self, row: int) -> int | None:
        """Return the id of the event in a row; None for the heading and for no row."""
        place = row if self._heading is None or row < self._heading else row - 1
        return self._ids[place] if row != self._heading and 0 <= place < len(self._ids) else None

    def row_of_event(self, event: int) -> int | None:
        """Return the row of an event, or None when it is not shown."""
        try:
            place = self._ids.index(event)
        except ValueError:
            return None
        return place if self._heading is None or place < self._heading else place + 1

    @guard(default=0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids) + (self._heading is not None)

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
        row = self._row_of(event)
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


class RowPainter(QStyledItemDelegate):
    """Paints a row: mark, title, and below it when, quietly."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.kinds: tuple[Kind, ...] = ()

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
        if row.disputed:
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
