"""What is chosen for a table as a whole: how it is read, its sheet, the kind of its events, day and month."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from viewer.domain.records import BUILT_IN_KINDS
from viewer.formats.tables.mapping import ORDERS, TableMapping
from viewer.formats.tables.profiles import profiles
from viewer.saved_mappings import saved_mappings
from viewer.ui.text import PlainLabel, one_line
from viewer.ui.theme import SPACE

if TYPE_CHECKING:
    from viewer.formats.tables.trying import Tried

GUESS, BUILT_IN, SAVED, OWN = "guess", "built in", "saved", "own"
_WORDS = 60


class MappingChoices(QWidget):
    """Four lists side by side, each with its word above.

    `reading_chosen(sort, name)`: one of GUESS, BUILT_IN, SAVED, OWN, and which of these. `sheet_chosen(name)`,
    empty: any. `kind_chosen(name)`, `order_chosen(name)`.
    """

    reading_chosen = Signal(str, str)
    sheet_chosen = Signal(str)
    kind_chosen = Signal(str)
    order_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2 * SPACE)
        self._reading = self._list(self.tr("&Read as"), "mapping_profile", 3)
        self._sheet = self._list(self.tr("S&heet"), "mapping_sheet", 2)
        self._kind = self._list(self.tr("&Kind of events"), "mapping_kind", 2)
        self._order = self._list(self.tr("&Day and month"), "mapping_order", 2)
        words = {
            "auto": self.tr("As the dates tell"),
            "day first": self.tr("Day first: 3/4 is 3 April"),
            "month first": self.tr("Month first: 3/4 is March 4"),
        }
        for order in ORDERS:
            self._order.addItem(words[order], order)
        self._reading.activated.connect(lambda _place: self.reading_chosen.emit(*self._reading.currentData()))
        self._sheet.activated.connect(lambda _place: self.sheet_chosen.emit(self._sheet.currentData()))
        self._kind.activated.connect(lambda _place: self._choose_kind())
        self._order.activated.connect(lambda _place: self.order_chosen.emit(self._order.currentData()))
        self.damaged = self.list_readings()
        self._show_sheets((), "")
        self._show_kind(TableMapping())

    def list_readings(self) -> dict[str, str]:
        """List the ways to read a table anew; return the saved mappings that cannot be read, and why."""
        shelf = saved_mappings()
        self._reading.clear()
        self._reading.addItem(self.tr("Guessed from the columns"), (GUESS, ""))
        for name in shelf.mappings:
            self._reading.addItem(one_line(name, _WORDS), (SAVED, name))
        for name, label in profiles().items():
            self._reading.addItem(one_line(label, _WORDS), (BUILT_IN, name))
        return shelf.damaged

    def show_reading(self, sort: str, name: str) -> None:
        """Show how the table is read; choices of one's own are an entry only while they are in force."""
        own = _place_of(self._reading, (OWN, ""))
        if sort == OWN and own < 0:
            self._reading.insertItem(0, self.tr("Your choices below"), (OWN, ""))
        elif sort != OWN and own >= 0:
            self._reading.removeItem(own)
        self._reading.setCurrentIndex(max(0, _place_of(self._reading, (sort, name))))

    def show_tried(self, tried: Tried, sheet: str) -> None:
        """Show what a mapping says, and the sheets of a workbook if there are several."""
        self._show_sheets(tried.sheets, sheet)
        self._show_kind(tried.mapping)
        self._order.setCurrentIndex(max(0, self._order.findData(tried.mapping.when.order)))

    def _show_sheets(self, sheets: tuple[str, ...], chosen: str) -> None:
        self._sheet.clear()
        self._sheet.addItem(self.tr("The first with rows"), "")
        for name in sheets:
            self._sheet.addItem(one_line(name, _WORDS), name)
        self._sheet.setCurrentIndex(max(0, _place_of(self._sheet, chosen)))
        _show(self._sheet, len(sheets) > 1)

    def _show_kind(self, mapping: TableMapping) -> None:
        kind, box = mapping.kind, self._kind
        box.clear()
        box.addItem(self.tr("Event"), "event")
        for each in BUILT_IN_KINDS:
            box.addItem(each.label, each.name)
        if kind.columns:
            column = one_line(", ".join(kind.columns), _WORDS)
            box.addItem(self.tr("From the column “{column}”").format(column=column), "")
        elif kind.fixed and box.findData(kind.fixed) < 0:
            box.addItem(one_line(kind.fixed, _WORDS), kind.fixed)
        box.setCurrentIndex(max(0, box.findData("" if kind.columns else kind.fixed)))
        _show(box, mapping.rows != "sources")

    def _choose_kind(self) -> None:
        if self._kind.currentData():
            self.kind_chosen.emit(self._kind.currentData())

    def _list(self, words: str, name: str, stretch: int) -> QComboBox:
        box = QComboBox(self)
        box.setObjectName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(12)
        box.setMaxVisibleItems(16)
        holder = QWidget(self)
        label = PlainLabel(words, "label", holder)
        label.setBuddy(box)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE // 2)
        column.addWidget(label)
        column.addWidget(box)
        self._row.addWidget(holder, stretch)
        return box


def _show(box: QComboBox, visible: bool) -> None:
    """Show or hide a list with its word; what is hidden takes no room."""
    holder = box.parentWidget()
    if holder is not None:
        holder.setVisible(visible)


def _place_of(box: QComboBox, data: Any) -> int:
    """Return where an entry stands: Qt does not compare tuples."""
    return next((place for place in range(box.count()) if box.itemData(place) == data), -1)
