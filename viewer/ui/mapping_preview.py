"""The first rows of a table as they would be stored; what is odd in a cell is amber, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from viewer.ui.guard import guard
from viewer.ui.painter_ink import number
from viewer.ui.plain_table import PlainRows
from viewer.ui.text import plain_tooltip
from viewer.ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex

    from viewer.formats.tables.trying import Tried, TriedRow

    Index = QModelIndex | QPersistentModelIndex

WIDTHS = (48, 190, 150, 220, 96, 150, 130, 240, 150, 180, 150)
_FIELDS = (
    "line", "when", "edtf", "title", "kind", "place", "quantity", "odd", "actors", "source",
    "quote", "tags", "summary",
)  # fmt: skip
_ODD = _FIELDS.index("odd")
_SECTIONS = {
    "when": "when", "title": "title", "kind": "kind", "place": "place", "quantity": "quantity",
    "actors": "actors", "sources": "source", "origin": "place", "tags": "tags", "summary": "summary",
}  # fmt: skip
"""Under which head of the preview the fields of a mapping stand, by their first word."""


class PreviewRows(PlainRows):
    """One row for each row that was tried."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heads = (
            self.tr("Line"), self.tr("When"), self.tr("EDTF"), self.tr("Title"), self.tr("Kind"),
            self.tr("Place"), self.tr("Number"), self.tr("What is odd"), self.tr("Actors"), self.tr("Source"),
            self.tr("Quote"), self.tr("Tags"), self.tr("Summary"),
        )  # fmt: skip
        self._rows: tuple[TriedRow, ...] = ()
        self._used: dict[str, str] = {}

    def show_tried(self, tried: Tried, uses: dict[str, tuple[str, ...]]) -> None:
        """Show the rows of a table; `uses` of its columns tell where an odd cell went."""
        self.beginResetModel()
        self._rows, self._row_count = tried.rows, len(tried.rows)
        self._used = {
            name: _SECTIONS.get(used[0].partition(".")[0], "") for name, used in uses.items() if used
        }
        self.endResetModel()

    def _cell(self, row: int, column: int) -> str:
        each = self._rows[row]
        if column == 0:
            return number(each.line)
        if column == _ODD:
            return " ".join(_told(*problem) for problem in each.problems)
        return each.stored.get(_FIELDS[column], "")

    @guard()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole:
            if index.column() == _ODD or self._oddities(index):
                return theme().colour("warning")
            return theme().colour("muted") if index.column() in (0, 2) else None
        if role == Qt.ItemDataRole.ToolTipRole and (oddities := self._oddities(index)):
            return plain_tooltip(" ".join(oddities))
        return super().data(index, role)

    def _oddities(self, index: Index) -> list[str]:
        """Return what is odd about the cells that went into one of the preview."""
        field = _FIELDS[index.column()]
        problems = self._rows[index.row()].problems
        return [words for column, words in problems if self._used.get(column) == field]


def _told(column: str, words: str) -> str:
    return f"{column}: {words}" if column else words
