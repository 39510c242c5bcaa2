"""A quote where it stands: the passage marked inside the words around it, long ones opened on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from viewer.domain.anchoring import Passage, passage
from viewer.ui.flow_text import FlowText, Run
from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from viewer.domain.records import Claim

_REACH, _WIDE_REACH = 80, 1_200
_QUOTE, _WHOLE_QUOTE = 400, 20_000


class PassageView(QWidget):
    """The quote of a claim inside the text of its source."""

    def __init__(self, claim: Claim, text: str | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._near = passage(claim, text, reach=_REACH)
        self._wide = passage(claim, text, reach=_WIDE_REACH)
        self._struck = claim.retracted
        self.words = FlowText([], self)
        self._more = QPushButton(self)
        set_role(self._more, "link")
        self._more.setCursor(Qt.CursorShape.PointingHandCursor)
        self._more.clicked.connect(self._turn)
        self._more.setVisible(self._wide != self._near or len(self._near.quote) > _QUOTE)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        rows.addWidget(self.words)
        rows.addWidget(self._more, alignment=Qt.AlignmentFlag.AlignLeft)
        self._show(opened=False)

    @property
    def more_button(self) -> QPushButton:
        """The button that opens and closes a long passage."""
        return self._more

    @property
    def holds(self) -> bool:
        """Whether the text still says the quote at its place."""
        return self._near.holds

    def _turn(self) -> None:
        self._show(opened=not self._opened)

    def _show(self, *, opened: bool) -> None:
        self._opened = opened
        self._more.setText(self.tr("show less") if opened else self.tr("show more"))
        self.words.set_runs(
            _runs(self._wide if opened else self._near, struck=self._struck),
            limit=_WHOLE_QUOTE if opened else _QUOTE,
        )


def _runs(found: Passage, *, struck: bool) -> list[Run]:
    """Mark only a quote that stands where it should and is not retracted."""
    marked = found.holds and not struck
    return [
        Run(found.before, "context"),
        Run(found.quote, "passage" if marked else "quote", struck),
        Run(found.after, "context"),
    ]
