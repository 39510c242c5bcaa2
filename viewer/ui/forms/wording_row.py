"""What the wording of a number asks: which of two readings is meant, or whether to take its reading."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from viewer.domain.quantities import describe_quantity
from viewer.ui.forms.pills import Pill, WrappingRow
from viewer.ui.text import PlainLabel, set_tooltip
from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.domain.quantities import Quantity


class WordingRow(WrappingRow):
    """Offers readings of a wording; hidden while there is nothing to ask."""

    chosen = Signal(object)
    """The Quantity whose numbers are to be taken."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._offered: tuple[Quantity, ...] = ()
        self._buttons: list[QWidget] = []
        self.hide()

    def offer(self, readings: Sequence[Quantity], line: QWidget) -> None:
        """Ask which reading of what is written in `line` is meant; one reading: offer it; none: ask nothing."""
        wanted = tuple(readings)
        if wanted == self._offered:
            return
        self._offered = wanted
        for button in self._buttons:
            button.setObjectName("")
        self._buttons = [self._button(place, reading) for place, reading in enumerate(wanted)]
        question = [PlainLabel(self.tr("Which one?"), "problem", self)] if len(wanted) > 1 else []
        self.show_widgets([*question, *self._buttons])
        for before, after in pairwise([line, *self._buttons]):
            QWidget.setTabOrder(before, after)

    def _button(self, place: int, reading: Quantity) -> QWidget:
        button = self._pill(place, reading) if len(self._offered) > 1 else self._link(reading)
        button.clicked.connect(lambda: self.chosen.emit(reading))
        return button

    def _pill(self, place: int, reading: Quantity) -> Pill:
        pill = Pill(describe_quantity(reading), self)
        pill.setObjectName(f"{self._name}_reading_{place}")
        return pill

    def _link(self, reading: Quantity) -> QPushButton:
        link = QPushButton(self.tr("Use what the wording says"), self)
        link.setObjectName(f"{self._name}_use_wording")
        set_tooltip(link, describe_quantity(reading))
        set_role(link, "link")
        return link
