"""One line that says how well an event is established, on amber where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viewer.ui.flow_text import FlowText, Run
from viewer.ui.guard import guard
from viewer.ui.inspector.wording import standing_words
from viewer.ui.theme import theme, themes

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from viewer.domain.provenance import Standing

_RADIUS = 6.0


class StandingBar(QWidget):
    """Reports, origins and disputes of an event."""

    def __init__(self, found: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._doubted = bool(found.unestablished or found.disputes)
        words = FlowText([Run(standing_words(found), "warning" if self._doubted else "strong_small")])
        words.setObjectName("inspector_standing")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(12, 8, 12, 8)
        rows.addWidget(words)
        themes().changed.connect(self.update)

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme().colour("warning_ground" if self._doubted else "raised"))
            painter.setBrush(theme().colour("warning_ground" if self._doubted else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)
