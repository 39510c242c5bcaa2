"""The corner of the axis: which of the two clocks places the events, and a button for the other one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from viewer.ui.icons import set_icon
from viewer.ui.staging import metrics_in_use
from viewer.ui.text import PlainLabel, set_tooltip
from viewer.ui.theme import set_role

_LEFT, _TOP, _BUTTON = 16, 1, 30


class AxisCorner(QWidget):
    """Lies over the timeline. `clock_asked()`: turn "as known on" on or off."""

    clock_asked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        metrics = metrics_in_use()
        coarse, fine = (round(height) for height in metrics.strip_heights)
        self.setGeometry(0, 0, round(metrics.heading), coarse + fine)
        words = self.tr("As known on a day (Ctrl+Shift+T)")
        self._clock = QToolButton(self)
        set_role(self._clock, "icon")
        set_icon(self._clock, "clock", "muted")
        self._clock.setObjectName("known_clock")
        self._clock.setCheckable(True)
        set_tooltip(self._clock, words)
        self._clock.setAccessibleName(words)
        self._clock.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._clock.setGeometry(_LEFT - 7, _TOP, _BUTTON, _BUTTON)
        self._clock.clicked.connect(lambda _checked=False: self.clock_asked.emit())
        self._by = PlainLabel("", "muted", self)
        self._by.setObjectName("axis_clock")
        self._by.setGeometry(_LEFT, coarse, round(metrics.heading) - _LEFT, fine - 1)

    def set_on(self, on: bool) -> None:
        """Show whether the timeline shows what was known on a day."""
        self._clock.setChecked(on)

    def show_clock(self, words: str) -> None:
        """Say by what events are placed, where it is not by when they happened."""
        self._by.setText(words)
