"""Two versions of one entry side by side: what lies in the document now, and what was typed into the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QTableView, QVBoxLayout

from viewer.domain.date_words import describe_date
from viewer.ui.plain_table import PlainRows, be_plain_table
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from viewer.domain.records import Event


class BothVersions(QDialog):
    """Asks which version is to stay. `mine_chosen()`, `theirs_chosen()`; otherwise the form stays as it is."""

    mine_chosen = Signal()
    theirs_chosen = Signal()

    def __init__(self, theirs: Event | None, mine: Event, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Changed meanwhile"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(860, 360)
        words = (
            self.tr("This entry was deleted while you were writing. What you typed is kept in the form.")
            if theirs is None
            else self.tr("This entry was changed while you were writing. What you typed is kept in the form.")
        )
        heading = PlainLabel(words, "heading")
        heading.setObjectName("versions_heading")
        heading.setWordWrap(True)
        table = QTableView()
        table.setObjectName("versions")
        table.setModel(_Fields(theirs, mine, table))
        be_plain_table(table, (130, 340))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(heading)
        column.addWidget(table, 1)
        column.addLayout(self._buttons())

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addStretch(1)
        back = QPushButton(self.tr("Back to the form"))
        back.setObjectName("versions_back")
        set_role(back, "primary")
        back.setDefault(True)
        back.clicked.connect(self.reject)
        row.addWidget(back)
        for words, name, signal in (
            (self.tr("Take theirs"), "versions_theirs", self.theirs_chosen),
            (self.tr("Save mine over it"), "versions_mine", self.mine_chosen),
        ):
            button = QPushButton(words)
            button.setObjectName(name)
            button.clicked.connect(self.accept)
            button.clicked.connect(signal)
            row.addWidget(button)
        return row


class _Fields(PlainRows):
    """One row for each field in which the two differ."""

    def __init__(self, theirs: Event | None, mine: Event, parent: QObject) -> None:
        super().__init__(parent)
        self._heads = (self.tr("Field"), self.tr("In the document now"), self.tr("In the form"))
        now = _fields(theirs) if theirs is not None else {}
        self._found = [
            (name, now.get(name, ""), text)
            for name, text in _fields(mine).items()
            if now.get(name, "") != text
        ]
        self._row_count = len(self._found)

    def _cell(self, row: int, column: int) -> str:
        return self._found[row][column]


def _fields(event: Event) -> dict[str, str]:
    """Return what an event says, by the words for each field."""
    translate = QCoreApplication.translate
    when = event.when
    return {
        translate("BothVersions", "Title"): event.title,
        translate("BothVersions", "Date"): "" if when is None else when.text or describe_date(when),
        translate("BothVersions", "Place"): event.place or "",
        translate("BothVersions", "From"): event.origin or "",
        translate("BothVersions", "Number"): _number(event),
        translate("BothVersions", "Actors"): _joined([part.name for part in event.actors]),
        translate("BothVersions", "Tags"): _joined(event.tags),
        translate("BothVersions", "Summary"): event.summary or "",
        translate("BothVersions", "Links"): _joined([f"{link.relation} {link.to}" for link in event.links]),
        translate("BothVersions", "Claims"): _joined(
            [f"{claim.stance}: {claim.quote or claim.note or '–'}" for claim in event.claims]
        ),
    }


def _number(event: Event) -> str:
    quantity = event.quantity
    if quantity is None:
        return ""
    bounds = [f"{bound:g}" for bound in (quantity.low, quantity.high) if bound is not None]
    return quantity.text or "–".join(bounds)


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(parts)
