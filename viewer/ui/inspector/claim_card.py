"""One claim as a card: the quote in its text, the chain, and the source that it can be checked in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from viewer.ui.flow_text import FlowText, Run
from viewer.ui.grades import grade, grade_words
from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.inspector.chain import ChainPills
from viewer.ui.inspector.passage_view import PassageView
from viewer.ui.inspector.wording import SEPARATOR, date_runs, published_words, quantity_runs
from viewer.ui.links import LinkButton
from viewer.ui.text import PlainLabel, plain_tooltip
from viewer.ui.theme import SPACE, set_role, theme, themes

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from viewer.domain.records import Claim, Kind, Source

_BAR_WIDTH, _BAR_INSET = 3.0, 10.0


class ClaimCard(QFrame):
    """What one source says of the event, and how far it can be trusted."""

    def __init__(
        self, claim: Claim, source: Source | None, kind: Kind, number: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._claim = claim
        self._source = source
        self._kind = kind
        self._number = number
        set_role(self, "card")
        self.setObjectName(f"claim_{number}")
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(16, 12, 12, 12)
        self._rows.setSpacing(SPACE)
        self._add_quote()
        self._add(ChainPills(claim, source), "chain")
        self._add_manner()
        self._add_text("says", self._said())
        self._add_text("note", [Run(claim.note, "small_text")] if claim.note else [])
        self._add_source()
        themes().changed.connect(self.update)

    def _add(self, widget: QWidget, name: str) -> None:
        widget.setObjectName(f"claim_{self._number}_{name}")
        self._rows.addWidget(widget)

    def _add_text(self, name: str, runs: list[Run]) -> None:
        if runs:
            self._add(FlowText(runs), name)

    def _add_quote(self) -> None:
        claim, text = self._claim, self._source.text if self._source else None
        if not claim.quote:
            return
        view = PassageView(claim, text)
        view.words.setObjectName(f"claim_{self._number}_quote")
        view.more_button.setObjectName(f"claim_{self._number}_more")
        self._rows.addWidget(view)
        if claim.span is None or view.holds:
            return
        stored = self.tr("The quote is not found at its place in the stored text.")
        missing = self.tr("The text of the source is not stored: the quote cannot be checked.")
        self._add_text("problem", [Run(missing if text is None else stored, "warning")])

    def _add_manner(self) -> None:
        """Say how it was said, for or against, and with what grade."""
        row = QHBoxLayout()
        row.setSpacing(2)
        manner = FlowText(self._manner())
        manner.setObjectName(f"claim_{self._number}_manner")
        row.addWidget(manner, 1, Qt.AlignmentFlag.AlignVCenter)
        if self._claim.quote:
            row.addWidget(self._copy_button(), alignment=Qt.AlignmentFlag.AlignVCenter)
        reliability = self._source.reliability if self._source else None
        if key := grade(reliability, self._claim.credibility):
            cap = PlainLabel(key, "grade")
            cap.setObjectName(f"claim_{self._number}_grade")
            cap.setToolTip(plain_tooltip(grade_words(reliability, self._claim.credibility)))
            row.addWidget(cap, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._rows.addLayout(row)

    def _manner(self) -> list[Run]:
        claim = self._claim
        against = {
            "disputes": Run(self.tr("disputes this"), "warning"),
            "mentions": Run(self.tr("mentions this"), "small"),
        }
        words = [
            Run(self.tr("retracted"), "warning") if claim.retracted else None,
            against.get(claim.stance),
            Run(claim.verb, "small") if claim.verb else None,
        ]
        return _joined([word for word in words if word is not None])

    def _said(self) -> list[Run]:
        """Return the date and the number that this very source gives."""
        claim = self._claim
        date = [] if claim.when is None else date_runs(claim.when, "small_text")
        quantity = [] if claim.quantity is None else quantity_runs(claim.quantity, "small_text")
        return [*date, *([Run("\n")] if date and quantity else []), *quantity]

    def _add_source(self) -> None:
        source = self._source
        if source is None:
            words = [Run(self.tr("This document does not hold the source of this claim."), "warning")]
        else:
            details = [source.title, source.publisher or "", published_words(source)]
            words = _joined([Run(detail, "small") for detail in details if detail])
        self._add_text("source", words)
        if source is not None and source.url:
            link = LinkButton(source.url)
            _let_shrink(link)
            self._add(link, "link")

    def _copy_button(self) -> QToolButton:
        button = QToolButton()
        set_role(button, "icon")
        set_icon(button, "copy", "muted")
        button.setObjectName(f"claim_{self._number}_copy")
        button.setToolTip(self.tr("Copy the quote"))
        button.setAccessibleName(self.tr("Copy the quote"))
        button.clicked.connect(self._copy)
        return button

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._claim.quote or "")

    @guard()
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            against = self._claim.stance == "disputes"
            painter.setBrush(theme().colour("warning") if against else theme().kind_colour(self._kind.colour))
            bar = QRectF(0, _BAR_INSET, _BAR_WIDTH, self.height() - 2 * _BAR_INSET)
            painter.drawRoundedRect(bar, _BAR_WIDTH / 2, _BAR_WIDTH / 2)


def _joined(words: list[Run]) -> list[Run]:
    runs: list[Run] = []
    for word in words:
        runs += [Run(SEPARATOR, "small"), word] if runs else [word]
    return runs


def _let_shrink(link: LinkButton) -> None:
    """Keep a long address from widening the card."""
    for part in (*link.findChildren(QLabel), *link.findChildren(QPushButton)):
        part.setMinimumWidth(1)
