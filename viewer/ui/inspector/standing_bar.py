"""How well an event is established: one line, on amber where it is not, and below it how that was counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from viewer.ui.flow_text import FlowText, Run
from viewer.ui.guard import guard
from viewer.ui.inspector.wording import SEPARATOR, standing_words
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role, theme, themes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtGui import QPaintEvent

    from viewer.domain.provenance import Standing

_RADIUS = 6.0
_ORIGINS, _CLAIMS = 20, 5
"""How many origins, and how many claims of each, are told one by one."""


class StandingBar(QWidget):
    """Reports, origins and disputes of an event. `claim_chosen(uid)`: a claim among those counted."""

    claim_chosen = Signal(str)

    def __init__(
        self, found: Standing, numbers: Mapping[str, int], later: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._found = found
        self._numbers = numbers
        self._counted: QWidget | None = None
        self._doubted = bool(found.unestablished or found.disputes)
        # "3 reports" stays together where the line is broken.
        parts = [part.replace(" ", "\u00a0") for part in standing_words(found).split(SEPARATOR)]
        words = FlowText([Run(SEPARATOR.join(parts), "warning" if self._doubted else "strong_small")])
        words.setObjectName("inspector_standing")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(12, 8, 12, 6 if found.reports else 8)
        self._rows.setSpacing(2)
        self._rows.addWidget(words)
        if later:
            self._rows.addWidget(self._later(later))
        self._turn = QPushButton(self.tr("How this was counted"), self)
        set_role(self._turn, "link")
        self._turn.setObjectName("standing_counted")
        self._turn.setCursor(Qt.CursorShape.PointingHandCursor)
        self._turn.clicked.connect(self.turn)
        self._turn.setVisible(found.reports > 0)
        self._rows.addWidget(self._turn, alignment=Qt.AlignmentFlag.AlignLeft)
        themes().changed.connect(self.update)

    @property
    def is_open(self) -> bool:
        """Whether it is shown how the origins were counted."""
        return self._counted is not None and not self._counted.isHidden()

    def turn(self) -> None:
        """Show how the origins were counted, or no longer."""
        if self._counted is None:
            self._counted = _Counted(self._found, self._numbers)
            self._counted.claim_chosen.connect(self.claim_chosen)
            self._counted.hide()
            self._rows.addWidget(self._counted)
            self._counted.follow(self._turn)
        self._counted.setVisible(not self.is_open)
        self._turn.setText(self.tr("Show less") if self.is_open else self.tr("How this was counted"))

    def _later(self, count: int) -> PlainLabel:
        words = self.tr("1 claim came later") if count == 1 else self.tr("{count} claims came later")
        line = PlainLabel(words.format(count=count), "small")
        line.setObjectName("inspector_later")
        return line

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme().colour("warning_ground" if self._doubted else "raised"))
            painter.setBrush(theme().colour("warning_ground" if self._doubted else "raised"))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _RADIUS, _RADIUS)


class _Counted(QWidget):
    """Each origin with its claims and why they count to it; last those that count to none."""

    claim_chosen = Signal(str)

    def __init__(self, found: Standing, numbers: Mapping[str, int]) -> None:
        super().__init__()
        self.setObjectName("counted")
        self._numbers = numbers
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 6, 4)
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        for origin in found.origins[:_ORIGINS]:
            self._add_heading(origin.name, "strong_small")
            self._add_claims(list(zip(origin.claims, origin.why, strict=True)))
        if len(found.origins) > _ORIGINS:
            left = self.tr("and {count} more origins").format(count=len(found.origins) - _ORIGINS)
            self._add_heading(left, "small")
        if found.unestablished:
            self._add_heading(self.tr("Not established"), "warning")
            self._add_claims(list(zip(found.unestablished, found.unestablished_why, strict=True)))

    def follow(self, before: QWidget) -> None:
        """Let the Tab key come here from the button that opened it."""
        for button in self.findChildren(QPushButton):
            QWidget.setTabOrder(before, button)
            before = button

    def _add_heading(self, words: str, style: str) -> None:
        self._grid.addWidget(FlowText([Run(words, style)]), self._grid.rowCount(), 0, 1, 2)

    def _add_claims(self, counted: Iterable[tuple[str, str]]) -> None:
        counted = list(counted)
        for uid, why in counted[:_CLAIMS]:
            row = self._grid.rowCount()
            button = QPushButton(self.tr("Claim {number}").format(number=self._numbers[uid] + 1))
            button.setObjectName(f"counted_claim_{self._numbers[uid]}")
            set_role(button, "link")
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _checked=False, uid=uid: self.claim_chosen.emit(uid))
            reason = FlowText([Run(why, "small_text")])
            reason.setObjectName(f"counted_why_{self._numbers[uid]}")
            self._grid.addWidget(button, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(reason, row, 1, Qt.AlignmentFlag.AlignVCenter)
        if len(counted) > _CLAIMS:
            left = self.tr("and {count} more claims").format(count=len(counted) - _CLAIMS)
            self._add_heading(left, "small")
