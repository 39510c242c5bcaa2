"""The chip that says how an event must stand to be shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viewer.ui.filter_chip import FilterChip
from viewer.ui.standing import WantedStanding, standing_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class StandingChip(FilterChip):
    """Opens the popover of the standing; cleared, it asks for any standing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("standing", "standing", parent)
        self.show_standing(WantedStanding())

    def show_standing(self, wanted: WantedStanding) -> None:
        """Say which standing is asked for."""
        words = standing_label(wanted)
        self.show_words(words, active=not wanted.is_empty)
        self.setAccessibleName(self.tr("Standing: {words}").format(words=words))
        hint = words if wanted.is_empty else self.tr("Delete shows any standing again")
        self.setAccessibleDescription(hint)
