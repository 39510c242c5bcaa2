"""The card beside a mark that the pointer rests on: when, chain and origins, without a click.

It lies inside the timeline, lets every mouse event through and never takes the keyboard.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtWidgets import QFrame, QGraphicsDropShadowEffect, QVBoxLayout

from viewer.frozen import dataclass
from viewer.ui.text import PlainLabel
from viewer.ui.theme import set_role, theme

if TYPE_CHECKING:
    from viewer.ui.timeline_view import TimelineView

DELAY_MS = 300

_WIDEST = 420
_NARROWEST = 160
_GAP = 10
_PADDING = 14


@dataclass(frozen=True, slots=True)
class HoverText:
    """What the card says of an event, all of it plain text."""

    title: str
    when: str
    lines: tuple[str, ...] = ()


class HoverCard(QFrame):
    """Shows `describe(event)` after the pointer has rested on an event of `timeline`; None keeps it away."""

    def __init__(self, timeline: TimelineView, describe: Callable[[int], HoverText | None]) -> None:
        super().__init__(timeline)
        self._timeline = timeline
        self._labels: list[PlainLabel] = []
        self._describe = describe
        self._event: int | None = None
        set_role(self, "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._shadow = QGraphicsDropShadowEffect(self)
        self._shadow.setBlurRadius(24)
        self._shadow.setOffset(0, 4)
        self.setGraphicsEffect(self._shadow)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(_PADDING, 10, _PADDING, 12)
        self._rows.setSpacing(4)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self._show)
        timeline.hovered.connect(self._watch)
        timeline.view_changed.connect(self.dismiss)
        self.hide()

    def dismiss(self) -> None:
        """Hide the card, until the pointer rests on an event anew."""
        self._delay.stop()
        self.hide()

    def _watch(self, event: int | None) -> None:
        self.dismiss()
        self._event = event
        if event is not None:
            self._delay.start()

    def _show(self) -> None:
        if self._event is None:
            return
        text = self._describe(self._event)
        around = self._timeline.rectangle_of(self._event)
        if text is None or around is None:
            return
        self._fill(text)
        self._shadow.setColor(theme().colour("shadow"))
        self.setGeometry(self._beside(around))
        self.show()
        self.raise_()

    def _fill(self, text: HoverText) -> None:
        for old in self._labels:
            self._rows.removeWidget(old)
            old.hide()
            old.deleteLater()
        lines = [(text.title, "heading"), (text.when, "body"), *((line, "small") for line in text.lines)]
        self._labels = [PlainLabel(line, role) for line, role in lines if line]
        for label in self._labels:
            label.setWordWrap(True)
            self._rows.addWidget(label)
            label.show()

    def _beside(self, around: QRect) -> QRect:
        """Return where the card lies: below the event where there is room, else above, never outside."""
        inside = self._timeline.rect().adjusted(_GAP, _GAP, -_GAP, -_GAP)
        wanted = max((_single_line(label) for label in self._labels), default=0)
        width = min(max(wanted + 2 * _PADDING + 8, _NARROWEST), _WIDEST, inside.width())
        height = self._rows.totalHeightForWidth(width)
        top = around.bottom() + _GAP
        if top + height > inside.bottom():
            top = max(inside.top(), around.top() - _GAP - height)
        left = min(max(around.left(), inside.left()), inside.right() - width)
        return QRect(QPoint(left, top), QPoint(left + width - 1, top + height - 1))


def _single_line(label: PlainLabel) -> int:
    label.ensurePolished()
    return label.fontMetrics().horizontalAdvance(label.text())
