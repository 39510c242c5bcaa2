"""The question that an ambiguous date asks: which of its readings is meant? One click answers it."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from viewer.domain.date_words import WITHIN, describe_date
from viewer.ui.forms.pills import Pill, WrappingRow
from viewer.ui.text import PlainLabel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.domain.dates import FuzzyDate


class ReadingsRow(WrappingRow):
    """Offers readings as pills; hidden while there is nothing to ask."""

    chosen = Signal(object)
    """The FuzzyDate that was chosen."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._name = name
        self._offered: tuple[FuzzyDate, ...] = ()
        self._pills: list[Pill] = []
        self._question = PlainLabel(self.tr("Which one?"), "problem", self)
        self.hide()

    def offer(self, readings: Sequence[FuzzyDate], line: QWidget) -> None:
        """Ask which of these is meant by what is written in `line`; none: ask nothing."""
        wanted = tuple(readings)
        if wanted == self._offered:
            return
        for pill in self._pills:
            pill.setObjectName("")
        self._offered = wanted
        self._pills = [self._pill(place, reading) for place, reading in enumerate(wanted)]
        self.show_widgets([self._question, *self._pills])
        self.setVisible(bool(wanted))
        for before, after in pairwise([line, *self._pills]):
            QWidget.setTabOrder(before, after)

    def is_asking(self) -> bool:
        """Whether one of several readings has to be chosen."""
        return bool(self._offered)

    def focus_first(self) -> None:
        """Give the keyboard to the first reading."""
        self._pills[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _pill(self, place: int, reading: FuzzyDate) -> Pill:
        pill = Pill(describe_date(reading).removesuffix(WITHIN), self)
        pill.setObjectName(f"{self._name}_reading_{place}")
        pill.clicked.connect(lambda: self.chosen.emit(reading))
        return pill
