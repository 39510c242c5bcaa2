"""Quotes whose text was replaced: which were found again, which are to be confirmed, which are lost.

Nothing is saved before each uncertain one was looked at, the old passage beside the new one.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from viewer.domain.anchoring import passage
from viewer.domain.reanchoring import moved
from viewer.ui.flow_text import FlowText, Run
from viewer.ui.painter_ink import number
from viewer.ui.plain_table import be_plain_table
from viewer.ui.sources.requote_rows import RequoteRows
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from viewer.domain.records import Claim
    from viewer.ui.sources.requote_rows import Requote

_REACH = 300
_QUOTE = 4_000
_WIDTHS = (150, 420)


class RequoteDialog(QDialog):
    """`decided(places)`: where each claim's quote stands in the new text, by uid; None: nowhere."""

    decided = Signal(object)

    def __init__(
        self, quotes: Sequence[Requote], old_text: str | None, new_text: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Quotes in the new text"))
        self.resize(960, 600)
        self._old_text, self._new_text = old_text, new_text
        self._rows = RequoteRows(quotes, self)
        self._heading = PlainLabel("", "title", self)
        self._heading.setObjectName("requote_heading")
        self._table = self._made_table()
        self._old, self._new = FlowText([], self), FlowText([], self)
        self._old.setObjectName("requote_old")
        self._new.setObjectName("requote_new")
        self._accept = self._button(self.tr("It is this passage"), "requote_accept", "body", self._confirm)
        self._refuse = self._button(self.tr("It is not there"), "requote_refuse", "body", self._drop)
        self._save = self._button(self.tr("Save"), "requote_save", "primary", self._finish)
        self._cancel = self._button(self.tr("Cancel"), "requote_cancel", "quiet", self.reject)
        self._lay_out()
        self._table.selectionModel().currentChanged.connect(self._show_passages)
        self._tell()
        self._go_to_next()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        hint = PlainLabel(
            self.tr("A quote that is not found keeps its words and has no place in the text."), "muted", self
        )
        sides = QHBoxLayout()
        sides.setSpacing(2 * SPACE)
        for words, view in ((self.tr("Old text"), self._old), (self.tr("New text"), self._new)):
            sides.addWidget(_framed(words, view, self), 1)
        choice = QHBoxLayout()
        choice.setSpacing(SPACE)
        choice.addStretch(1)
        choice.addWidget(self._refuse)
        choice.addWidget(self._accept)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addStretch(1)
        buttons.addWidget(self._cancel)
        buttons.addWidget(self._save)
        column.addWidget(self._heading)
        column.addWidget(hint)
        column.addWidget(self._table, 3)
        column.addLayout(sides, 4)
        column.addLayout(choice)
        column.addLayout(buttons)
        for first, second in pairwise((self._table, self._refuse, self._accept, self._cancel, self._save)):
            QWidget.setTabOrder(first, second)

    def _made_table(self) -> QTableView:
        table = QTableView(self)
        table.setObjectName("requote_list")
        table.setAccessibleName(self.tr("Quotes"))
        table.setModel(self._rows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        be_plain_table(table, _WIDTHS)
        return table

    def _button(self, text: str, name: str, role: str, press: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        set_role(button, role)
        button.clicked.connect(lambda: press())
        return button

    def _show_passages(self) -> None:
        quote = self._rows.quote_at(self._table.currentIndex().row())
        if quote is None:
            return
        self._old.set_runs(_runs(quote.claim, self._old_text), limit=_QUOTE)
        if quote.found.span is None:
            self._new.set_runs([Run(self.tr("Not found in the new text."), "muted")])
        else:
            self._new.set_runs(
                _runs(moved(quote.claim, quote.found, self._new_text), self._new_text), limit=_QUOTE
            )
        for button in (self._accept, self._refuse):
            button.setVisible(quote.found.asks)

    def _confirm(self) -> None:
        self._decide(True)

    def _drop(self) -> None:
        self._decide(False)

    def _decide(self, accepted: bool) -> None:
        self._rows.decide(self._table.currentIndex().row(), accepted)
        self._tell()
        self._go_to_next()

    def _go_to_next(self) -> None:
        """Go to the next quote that is to be confirmed; with none left, to the button that saves."""
        row = self._rows.next_open(self._table.currentIndex().row())
        if row is not None:
            self._table.setCurrentIndex(self._rows.index(row, 0))
            self._accept.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        if not self._table.currentIndex().isValid():
            self._table.setCurrentIndex(self._rows.index(0, 0))
        self._save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        found, asking, lost = self._rows.counts()
        parts = [self.tr("{count} found again").format(count=number(found))]
        if asking:
            parts.append(self.tr("{count} to be confirmed").format(count=number(asking)))
        if lost:
            parts.append(self.tr("{count} lost").format(count=number(lost)))
        self._heading.setText(" · ".join(parts))
        self._save.setEnabled(not asking)

    def _finish(self) -> None:
        self.accept()
        self.decided.emit(self._rows.places())


def _framed(words: str, view: FlowText, parent: QWidget) -> QWidget:
    box = QWidget(parent)
    area = QScrollArea(box)
    area.setWidgetResizable(True)
    set_role(area, "card")
    inside = QWidget()
    set_role(inside, "bare")
    lines = QVBoxLayout(inside)
    lines.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
    lines.addWidget(view)
    lines.addStretch(1)
    area.setWidget(inside)
    column = QVBoxLayout(box)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE // 2)
    column.addWidget(PlainLabel(words, "label", box))
    column.addWidget(area, 1)
    return box


def _runs(claim: Claim, text: str | None) -> list[Run]:
    stands = passage(claim, text, reach=_REACH)
    quote = Run(stands.quote, "passage" if stands.holds else "quote")
    return [Run(stands.before, "context"), quote, Run(stands.after, "context")]
