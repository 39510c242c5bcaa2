"""Closer, farther, all of it: three quiet buttons in the corner of the axis, where no event ever stands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from viewer.ui.icons import set_icon
from viewer.ui.staging import metrics_in_use
from viewer.ui.text import set_tooltip
from viewer.ui.theme import set_role

STEP = 1.6
"""How much closer one click brings the timeline, or farther away."""

_BUTTON, _ICON, _RIGHT, _TOP = 26, 16, 2, 3


class ZoomCorner(QWidget):
    """Lies over the timeline. `zoomed(factor)`, `fit_asked()`."""

    zoomed = Signal(float)
    fit_asked = Signal()

    def __init__(self, timeline: QWidget) -> None:
        super().__init__(timeline)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        factors = {"zoom_out_button": 1 / STEP, "zoom_in_button": STEP}
        for name, icon, words in (
            ("zoom_out_button", "zoom-out", self.tr("Zoom out (−)")),
            ("zoom_in_button", "zoom-in", self.tr("Zoom in (+)")),
            ("fit_button", "fit", self.tr("Fit all (Ctrl+0)")),
        ):
            button = self._button(name, icon, words)
            row.addWidget(button)
            if name in factors:
                button.clicked.connect(partial(self._zoom, factors[name]))
            else:
                button.clicked.connect(lambda _checked=False: self.fit_asked.emit())
        width = 3 * _BUTTON
        self.setGeometry(round(metrics_in_use().heading) - width - _RIGHT, _TOP, width, _BUTTON)
        self.show()

    def _button(self, name: str, icon: str, words: str) -> QToolButton:
        button = QToolButton(self)
        set_role(button, "icon")
        set_icon(button, icon, "muted")
        button.setObjectName(name)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setFixedSize(_BUTTON, _BUTTON)
        set_tooltip(button, words)
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAutoRepeat(name != "fit_button")
        return button

    def _zoom(self, factor: float, _checked: bool = False) -> None:
        self.zoomed.emit(factor)
