"""The panel around the strength chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from viewer.ui.painter_ink import counted
from viewer.ui.picture_panel import PicturePanel
from viewer.ui.strength_view import ChartPicture, StrengthChart

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from viewer.domain.records import Event


class StrengthPanel(PicturePanel):
    """How many, over time. `event_chosen(uid)`; `closed` and `picture_requested` as in each panel of a picture."""

    event_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("strength", self.tr("Strength"), parent)
        self.chart = StrengthChart()
        self.chart.setObjectName("strength_chart")
        self.chart.event_chosen.connect(self.event_chosen)
        self._document_title = ""
        self.set_body(self.chart)

    def show_events(self, events: Iterable[Event], *, document_title: str = "") -> None:
        """Show what events say of how many; the title of their document stands below a picture."""
        self._document_title = document_title
        self.chart.set_events(events)
        drawn = sum(len(row.bands) for row in self.chart.strength().rows)
        self.set_title(counted(drawn) if drawn else "")

    def picture(self) -> ChartPicture:
        """Return the time in view, with all rows."""
        return self.chart.picture(self._document_title)
