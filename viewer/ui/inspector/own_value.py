"""The date and the number that one claim gives, each with the offer to take it as the event's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from viewer.ui.flow_text import FlowText
from viewer.ui.inspector.decision_line import DecisionLine
from viewer.ui.inspector.wording import date_runs, quantity_runs
from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from viewer.domain.records import Claim, Event
    from viewer.ui.flow_text import Run


class OwnValues(QWidget):
    """What this very source says of when and how many. `decided(field, value, reason)`: take it over."""

    decided = Signal(str, object, str)

    def __init__(self, claim: Claim, event: Event | None, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._asking: DecisionLine | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self._struck = claim.retracted
        taker = None if claim.retracted else event
        if claim.when is not None:
            offered = taker is not None and taker.when != claim.when and claim.when.is_dated
            self._add("when", claim.when, date_runs(claim.when, "small_text"), offered)
        if claim.quantity is not None:
            offered = taker is not None and taker.quantity != claim.quantity
            self._add("quantity", claim.quantity, quantity_runs(claim.quantity, "small_text"), offered)

    def _add(self, field: str, value: object, runs: list[Run], offered: bool) -> None:
        words = FlowText([replace(run, struck=self._struck) for run in runs])
        words.setObjectName(f"{self._name}_says_{field}")
        self._rows.addWidget(words)
        if not offered:
            return
        take = QPushButton(
            self.tr("Take as the event’s own date…")
            if field == "when"
            else self.tr("Take as the event’s own number…")
        )
        take.setObjectName(f"{self._name}_take_{field}")
        set_role(take, "link")
        take.setCursor(Qt.CursorShape.PointingHandCursor)
        take.clicked.connect(lambda: self._ask(take, field, value))
        self._rows.addWidget(take, alignment=Qt.AlignmentFlag.AlignLeft)

    def _ask(self, offer: QPushButton, field: str, value: object) -> None:
        self._leave()
        asking = self._asking = DecisionLine(
            self.tr("Why is this taken as the event’s own?"), f"{self._name}_take_{field}"
        )
        asking.decided.connect(lambda reason: self.decided.emit(field, value, reason))
        asking.left.connect(self._leave)
        asking.left.connect(offer.setFocus)
        self._rows.insertWidget(self._rows.indexOf(offer) + 1, asking)
        asking.show()
        asking.ask(after=offer)

    def _leave(self) -> None:
        if self._asking is not None:
            # Its own button may have brought us here.
            self._asking.hide()
            self._asking.deleteLater()
            self._asking = None
