"""The columns of a table, each with some of its cells and what it becomes: chosen from a list in the row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPointF, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QStyledItemDelegate, QTableView, QWidget

from viewer.formats.tables.using import USES, uses_of, with_use
from viewer.ui.guard import guard
from viewer.ui.plain_table import PlainRows, be_plain_table
from viewer.ui.text import one_line
from viewer.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QStyleOptionViewItem

    from viewer.formats.tables.mapping import TableMapping

    Index = QModelIndex | QPersistentModelIndex

_BECOMES = 2
_WIDTHS = (190, 400)
_ROOM = 24
_EDIT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_F2)


def use_words(use: str) -> str:
    """Return what a use is called on screen."""
    say = QCoreApplication.translate
    return {
        "title": say("MappingDialog", "Title"),
        "summary": say("MappingDialog", "Summary"),
        "kind": say("MappingDialog", "Kind"),
        "when.start": say("MappingDialog", "Date"),
        "when.end": say("MappingDialog", "End date"),
        "when.start.year": say("MappingDialog", "Year"),
        "when.start.month": say("MappingDialog", "Month"),
        "when.start.day": say("MappingDialog", "Day"),
        "when.start.time": say("MappingDialog", "Time of day"),
        "when.wording": say("MappingDialog", "Date as written"),
        "place.name": say("MappingDialog", "Place"),
        "place.latitude": say("MappingDialog", "Latitude"),
        "place.longitude": say("MappingDialog", "Longitude"),
        "origin": say("MappingDialog", "Place of origin"),
        "quantity.value": say("MappingDialog", "Number"),
        "quantity.best": say("MappingDialog", "Number: best guess"),
        "quantity.low": say("MappingDialog", "Number: low"),
        "quantity.high": say("MappingDialog", "Number: high"),
        "actors.force": say("MappingDialog", "Actor: force"),
        "actors.speaker": say("MappingDialog", "Actor: speaker"),
        "actors.addressee": say("MappingDialog", "Actor: addressee"),
        "actors.mentioned": say("MappingDialog", "Actor: mentioned"),
        "tags": say("MappingDialog", "Tag"),
        "sources.title": say("MappingDialog", "Source: title"),
        "sources.publisher": say("MappingDialog", "Source: publisher"),
        "sources.author": say("MappingDialog", "Source: author"),
        "sources.url": say("MappingDialog", "Source: link"),
        "sources.archived_url": say("MappingDialog", "Source: archived link"),
        "sources.published": say("MappingDialog", "Source: date"),
        "sources.text": say("MappingDialog", "Source: text"),
        "sources.reliability": say("MappingDialog", "Source: reliability (A–F)"),
        "sources.quote": say("MappingDialog", "Quote"),
        "sources.chain.name": say("MappingDialog", "Who claimed it"),
        "sources.credibility": say("MappingDialog", "Credibility (1–6)"),
        "identifier": say("MappingDialog", "Identifier"),
    }.get(use, use.rpartition(".")[2].replace("_", " "))


def kept_words() -> str:
    """Return what is said of a column that becomes nothing of ours."""
    return QCoreApplication.translate("MappingDialog", "Kept beside")


class ColumnRows(PlainRows):
    """One row for each column of a table; `chosen(TableMapping)` when one shall become something else."""

    chosen = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._heads = (self.tr("Column"), self.tr("Its first cells"), self.tr("Becomes"))
        self._columns: tuple[tuple[str, tuple[str, ...]], ...] = ()
        self._mapping: TableMapping | None = None

    def show_columns(self, columns: Sequence[tuple[str, tuple[str, ...]]], mapping: TableMapping) -> None:
        """Show columns with samples of their cells, and what a mapping makes of them."""
        if tuple(columns) == self._columns:
            self._mapping = mapping
            self.dataChanged.emit(self.index(0, 0), self.index(self._row_count - 1, _BECOMES))
            return
        self.beginResetModel()
        self._columns, self._mapping = tuple(columns), mapping
        self._row_count = len(columns)
        self.endResetModel()

    def kept(self) -> list[str]:
        """Return the names of the columns that become nothing of ours."""
        return [name for row, (name, _) in enumerate(self._columns) if not self.uses(row)]

    def uses(self, row: int) -> tuple[str, ...]:
        """Return what the column of a row is used for."""
        return () if self._mapping is None else uses_of(self._mapping, self._columns[row][0])

    def choose(self, row: int, use: str | None) -> None:
        """Let the column of a row become something else; None: it is kept beside."""
        name, samples = self._columns[row]
        if self._mapping is not None and self.uses(row) != ((use,) if use else ()):
            self.chosen.emit(with_use(self._mapping, name, use, samples))

    def _cell(self, row: int, column: int) -> str:
        name, samples = self._columns[row]
        if column == 0:
            return name
        if column == 1:
            return "  ·  ".join(one_line(cell, 60) for cell in samples)
        return " + ".join(map(use_words, self.uses(row))) or kept_words()

    @guard()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.ForegroundRole:
            if index.column() == _BECOMES and self.uses(index.row()):
                return theme().colour("accent")
            return theme().colour("text" if index.column() == 0 else "muted")
        return super().data(index, role)

    @guard(default=Qt.ItemFlag.NoItemFlags)
    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == _BECOMES else flags


class ColumnTable(QTableView):
    """The table of columns: a click, or Enter, opens the list of what a column can become."""

    def __init__(self, rows: ColumnRows, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(rows)
        be_plain_table(self, _WIDTHS)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setItemDelegateForColumn(_BECOMES, _Choosing(self))
        self.clicked.connect(self._open)

    def _open(self, index: Index) -> None:
        if index.isValid() and index.column() == _BECOMES:
            self.setCurrentIndex(index)
            self.edit(index)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if event.key() in _EDIT_KEYS and row >= 0:
            self._open(self.model().index(row, _BECOMES))
            return
        super().keyPressEvent(event)


class _Choosing(QStyledItemDelegate):
    """A list of uses in place of a cell, open from the start; a sign in each cell says that there is one."""

    @guard()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        area: QRect = option.rect
        middle = QPointF(area.right() - _ROOM / 2, area.center().y() + 1)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme().colour("muted"), 1.2))
        painter.drawPolyline([middle + QPointF(x, y) for x, y in ((-4, -2), (0, 2), (4, -2))])
        painter.restore()

    @guard()
    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        del option
        box = QComboBox(parent)
        box.setObjectName("mapping_use")
        box.setAccessibleName(self.tr("Becomes"))
        box.setMaxVisibleItems(16)
        rows = index.model()
        held = rows.uses(index.row()) if isinstance(rows, ColumnRows) else ()
        if len(held) > 1 or (held and held[0] not in USES):
            box.addItem(" + ".join(map(use_words, held)), held)
        box.addItem(kept_words(), ())
        for use in USES:
            box.addItem(use_words(use), (use,))
        box.setCurrentIndex(max(0, box.findData(held)))
        box.activated.connect(lambda _place: self._finish(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    @guard()
    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Leave the list as it was made: what is shown may change under it."""

    @guard()
    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QComboBox) and isinstance(model, ColumnRows):
            uses: tuple[str, ...] = tuple(editor.currentData())
            if uses != model.uses(index.row()):
                model.choose(index.row(), uses[0] if uses else None)

    @guard()
    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        del index
        editor.setGeometry(QRect(option.rect))
