"""The chip that says which period is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.ui.filter_chip import FilterChip
from viewer.ui.period import Period, period_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class PeriodChip(FilterChip):
    """Opens the popover of the period; cleared, it asks for any time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("period", "calendar", parent)
        self.show_period(Period())

    def show_period(self, period: Period) -> None:
        """Say which period is shown."""
        words = period_label(period)
        self.show_words(words, active=not period.is_empty)
        self.setAccessibleName(self.tr("Period: {words}").format(words=words))
        hint = words if period.is_empty else self.tr("Delete shows any time again")
        self.setAccessibleDescription(hint)
