"""One claim as a card: the quote in its text, the chain, and the source that it can be checked in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.ui.elided import ElidedButton
from viewer.ui.flow_text import FlowText, Run
from viewer.ui.grades import grade, grade_words
from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.inspector.chain import ChainPills
from viewer.ui.inspector.own_value import OwnValues
from viewer.ui.inspector.passage_view import PassageView
from viewer.ui.inspector.wording import SEPARATOR, published_words, stance_word
from viewer.ui.links import LinkButton
from viewer.ui.text import PlainLabel, set_tooltip
from viewer.ui.theme import SPACE, set_role, theme, themes

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QColor, QPaintEvent

    from viewer.domain.records import Claim, Event, Kind, Source

_BAR_WIDTH, _BAR_INSET = 3.0, 10.0
_TAB_STOP = Qt.FocusPolicy.TabFocus


class ClaimCard(QFrame):
    """What one source says of the event, and how far it can be trusted.

    `decided(field, value, reason)`: take its date or number as the event's own; `retraction_requested(whether)`;
    `passage_requested()`: read it where it stands; `statement_chosen(id)`: the event in which it was said.
    """

    decided = Signal(str, object, str)
    retraction_requested = Signal(bool)
    passage_requested = Signal()
    statement_chosen = Signal(int)

    def __init__(
        self,
        claim: Claim,
        source: Source | None,
        kind: Kind,
        number: int,
        *,
        event: Event | None = None,
        statement: Event | None = None,
        parent: QWidget | None = None,
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
        self._add(ChainPills(claim, source, statement), "chain")
        self._add_statement(statement)
        self._add_manner()
        if claim.when is not None or claim.quantity is not None:
            says = OwnValues(claim, event, f"claim_{number}")
            says.decided.connect(self.decided)
            self._add(says, "says")
        self._add_text("note", [Run(claim.note, "small_text")] if claim.note else [])
        self._add_source()
        themes().changed.connect(self.update)

    def tab_stops(self) -> list[QWidget]:
        """Return the parts of the card that the Tab key stops at, from top to bottom."""
        return [part for part in self.findChildren(QWidget) if part.focusPolicy() & _TAB_STOP]

    def mark(self) -> None:
        """Show that this is the card that was asked for, and put the keyboard on it."""
        self.setProperty("selected", True)
        self.style().unpolish(self)
        self.style().polish(self)
        for part in self.tab_stops():
            if part.isVisibleTo(self):
                part.setFocus(Qt.FocusReason.OtherFocusReason)
                return

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

    def _add_statement(self, statement: Event | None) -> None:
        if statement is None:
            return
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(PlainLabel(self.tr("said in"), "small"))
        button = ElidedButton(statement.title, "link")
        button.setObjectName(f"claim_{self._number}_statement")
        button.clicked.connect(lambda: self.statement_chosen.emit(statement.id))
        row.addWidget(button, 1, Qt.AlignmentFlag.AlignLeft)
        self._rows.addLayout(row)

    def _add_manner(self) -> None:
        """Say how it was said, for or against, and with what grade; what can be done stands beside it."""
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(PlainLabel(self.tr("Claim {number}").format(number=self._number + 1), "small"))
        row.addSpacing(SPACE)
        manner = FlowText(self._manner())
        manner.setObjectName(f"claim_{self._number}_manner")
        row.addWidget(manner, 1, Qt.AlignmentFlag.AlignVCenter)
        for button in self._tools():
            row.addWidget(button, alignment=Qt.AlignmentFlag.AlignVCenter)
        reliability = self._source.reliability if self._source else None
        if key := grade(reliability, self._claim.credibility):
            cap = PlainLabel(key, "grade")
            cap.setObjectName(f"claim_{self._number}_grade")
            set_tooltip(cap, grade_words(reliability, self._claim.credibility))
            row.addWidget(cap, alignment=Qt.AlignmentFlag.AlignVCenter)
        self._rows.addLayout(row)

    def _manner(self) -> list[Run]:
        claim = self._claim
        style = {"disputes": "warning", "mentions": "small"}.get(claim.stance)
        words = [
            Run(self.tr("retracted"), "warning") if claim.retracted else None,
            Run(stance_word(claim.stance), style, claim.retracted) if style else None,
            Run(claim.verb, "small", claim.retracted) if claim.verb else None,
        ]
        return _joined([word for word in words if word is not None])

    def _tools(self) -> list[QToolButton]:
        tools = []
        if self._claim.quote:
            tools.append(self._tool("copy", "copy", self.tr("Copy the quote"), self._copy))
        if self._source is not None:
            words = self.tr("Read in the source")
            tools.append(self._tool("read", "quote", words, self.passage_requested.emit))
        words = self.tr("More about this claim")
        return [*tools, self._tool("menu", "more", words, self._open_menu)]

    def _tool(self, name: str, drawing: str, words: str, press: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        set_role(button, "icon")
        set_icon(button, drawing, "muted")
        button.setObjectName(f"claim_{self._number}_{name}")
        set_tooltip(button, words)
        button.setAccessibleName(words)
        button.clicked.connect(press)
        return button

    def _open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        retracted = self._claim.retracted
        words = self.tr("Let this claim count again") if retracted else self.tr("Retract this claim")
        action = menu.addAction(words, lambda: self.retraction_requested.emit(not retracted))
        action.setObjectName("retract")
        button = self.sender()
        at = button if isinstance(button, QWidget) else self
        menu.popup(at.mapToGlobal(at.rect().bottomLeft()))

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

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._claim.quote or "")

    def _bar_colour(self) -> QColor:
        if self._claim.retracted:
            return theme().colour("line")
        against = self._claim.stance == "disputes"
        return theme().colour("warning") if against else theme().kind_colour(self._kind.colour)

    @guard()
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._bar_colour())
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
