"""The popover of the standing: only what is disputed, what enough origins say, what is graded well enough."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QCheckBox, QWidget

from viewer.ui.chip_popover import ChipPopover
from viewer.ui.forms.field import ComboField
from viewer.ui.grades import credibility_choices, reliability_choices
from viewer.ui.standing import WantedStanding
from viewer.ui.text import PlainLabel

_ORIGINS = (1, 2, 3, 5)


class StandingPopover(ChipPopover):
    """Asks for the standing. `changed(WantedStanding)` at each choice."""

    def __init__(self, window: QWidget) -> None:
        super().__init__("standing", QCoreApplication.translate("StandingPopover", "Standing"), window)
        self._disputed = QCheckBox(self.tr("Disputed only"), self)
        self._disputed.setObjectName("standing_disputed")
        at_least = self.tr("at least {count}")
        origins = [(str(count), at_least.format(count=count)) for count in _ORIGINS]
        self._origins = ComboField(
            self.tr("Independent origins"),
            "standing_origins",
            [(None, self.tr("any number")), *origins],
            self,
        )
        any_grade = (None, self.tr("any grade"))
        self._reliability = ComboField(
            self.tr("Source graded so or better"), "standing_reliability",
            [any_grade, *reliability_choices()[1:]], self,
        )  # fmt: skip
        self._credibility = ComboField(
            self.tr("Claim graded so or better"), "standing_credibility",
            [any_grade, *credibility_choices()[1:]], self,
        )  # fmt: skip
        meaning = PlainLabel(self.tr("One claim in support has to meet both grades."), "small", self)
        meaning.setWordWrap(True)
        self._said = WantedStanding()
        for part in (self._disputed, *self._choices(), meaning):
            self._column.addWidget(part)
        self._any = self.put_link(self.tr("Any standing"), "standing_any")
        self._disputed.toggled.connect(self._say)
        for choice in self._choices():
            choice.changed.connect(self._say)
        self._any.clicked.connect(self._clear)

    def open_below(self, chip: QWidget, wanted: WantedStanding) -> None:
        """Open below the chip on a standing."""
        self._load(wanted)
        self.open_at(chip, self._disputed)

    def _choices(self) -> tuple[ComboField, ...]:
        return self._origins, self._reliability, self._credibility

    def _load(self, wanted: WantedStanding) -> None:
        self._said = wanted
        parts = (self._disputed, *(choice.combo for choice in self._choices()))
        for part in parts:
            part.blockSignals(True)
        self._disputed.setChecked(wanted.disputed)
        self._origins.combo.choose(str(wanted.min_origins) if wanted.min_origins else None)
        self._reliability.combo.choose(wanted.reliability or None)
        self._credibility.combo.choose(None if wanted.credibility is None else str(wanted.credibility))
        for part in parts:
            part.blockSignals(False)

    def _wanted(self) -> WantedStanding:
        credibility = self._credibility.combo.chosen()
        return WantedStanding(
            disputed=self._disputed.isChecked(),
            min_origins=int(self._origins.combo.chosen() or 0),
            reliability=self._reliability.combo.chosen() or "",
            credibility=None if credibility is None else int(credibility),
        )

    def _say(self) -> None:
        wanted = self._wanted()
        if wanted != self._said:
            self._said = wanted
            self.changed.emit(wanted)

    def _clear(self) -> None:
        self._load(WantedStanding())
        self.changed.emit(self._said)
        self.close_now()
