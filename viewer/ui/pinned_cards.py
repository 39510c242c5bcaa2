"""Cards that stay: what the card beside a mark says, kept open for as many events as one wants to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QWidget

from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.text import PlainLabel, plain_tooltip
from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent

    from viewer.ui.hover_card import HoverText
    from viewer.ui.workspace import Workspace

_WIDTH = 300
_GAP = 10
_STEP = 28


class PinnedCard(QFrame):
    """One card; it is dragged by its ground. `closed()`: by its button or by Esc."""

    closed = Signal()

    def __init__(self, event: int, text: HoverText, parent: QWidget) -> None:
        super().__init__(parent)
        self.event_id = event
        self._held: QPoint | None = None
        set_role(self, "card")
        self.setObjectName("pinned_card")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeAllCursor)
        self._labels: list[PlainLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(14, 8, 8, 12)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(0, 1)
        close = QToolButton()
        words = self.tr("Close the card (Esc)")
        set_role(close, "icon")
        set_icon(close, "close", "muted")
        close.setIconSize(QSize(12, 12))
        close.setObjectName("pinned_card_close")
        close.setToolTip(plain_tooltip(words))
        close.setAccessibleName(words)
        close.setCursor(Qt.CursorShape.ArrowCursor)
        close.clicked.connect(lambda _checked=False: self.closed.emit())
        self._grid.addWidget(close, 0, 1, Qt.AlignmentFlag.AlignTop)
        self.show_text(text)

    def show_text(self, text: HoverText) -> None:
        """Say something else of the event."""
        for old in self._labels:
            self._grid.removeWidget(old)
            old.deleteLater()
        lines = [(text.title, "heading"), (text.when, "body"), *((line, "small") for line in text.lines)]
        self._labels = [PlainLabel(line, role) for line, role in lines if line]
        for row, label in enumerate(self._labels):
            label.setWordWrap(True)
            label.setCursor(Qt.CursorShape.SizeAllCursor)
            self._grid.addWidget(label, row, 0, 1, 1 if row == 0 else 2)
        self.setAccessibleName("\n".join(line for line, _role in lines if line))
        self.resize(_WIDTH, self._grid.totalHeightForWidth(_WIDTH))

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._held = event.position().toPoint()
        self.raise_()

    @guard()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        above = self.parentWidget()
        if self._held is not None and above is not None:
            wanted = self.mapToParent(event.position().toPoint()) - self._held
            self.move(_inside(above.rect(), wanted, self.size()))

    @guard()
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._held = None

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class PinnedCards(QObject):
    """The cards over a timeline. Esc closes the newest one, when there is nothing else to be cleared."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._cards: list[PinnedCard] = []
        workspace.edited.connect(self._follow)
        workspace.known_changed.connect(self._follow)

    def toggle(self) -> None:
        """Keep the card of the event under the pointer, else of the selected one; put it away where it is kept."""
        timeline = self._workspace.timeline
        event = timeline.hovered_event()
        event = timeline.content().selected if event is None else event
        if event is None:
            words = self.tr("Point at an event or select one to keep its card.")
            self._workspace.status.set_done(words)
            return
        kept = next((card for card in self._cards if card.event_id == event), None)
        self._pin(event) if kept is None else self._close(kept)

    def _pin(self, event: int) -> None:
        timeline = self._workspace.timeline
        text = self._workspace.details.hover_text(event)
        if text is None:
            return
        card = PinnedCard(event, text, timeline)
        card.closed.connect(lambda: self._close(card))
        if not self._cards:
            timeline.installEventFilter(self)
        card.move(self._free_place(card, timeline.rectangle_of(event)))
        self._cards.append(card)
        card.show()

    def _free_place(self, card: PinnedCard, around: QRect | None) -> QPoint:
        """Return where a card lies: below its event, and lower where another one lies already."""
        area = self._workspace.timeline.rect()
        wanted = area.center() if around is None else QPoint(around.left(), around.bottom() + _GAP)
        place = _inside(area, wanted, card.size())
        for _ in self._cards:
            there = QRect(place, card.size())
            lowest = max(
                (each.geometry().bottom() for each in self._cards if each.geometry().intersects(there)),
                default=None,
            )
            if lowest is None:
                break
            place = QPoint(place.x(), lowest + _GAP)
        if place != _inside(area, place, card.size()):  # no room below: what lies there shows its head
            step = _STEP * len(self._cards)
            place = _inside(area, wanted + QPoint(-step, step), card.size())
        return place

    def _close(self, card: PinnedCard) -> None:
        timeline = self._workspace.timeline
        had_keyboard = card.isAncestorOf(self._workspace.focusWidget() or timeline) or card.hasFocus()
        self._cards.remove(card)
        card.hide()
        card.deleteLater()
        if not self._cards:
            timeline.removeEventFilter(self)
        if had_keyboard:
            timeline.setFocus()

    def _follow(self) -> None:
        """Say what the cards say anew; an event that is no more, or was not known yet, has none."""
        for card in tuple(self._cards):
            text = self._workspace.details.hover_text(card.event_id)
            if text is None:
                self._close(card)
            else:
                card.show_text(text)

    @guard(default=False)
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        content = self._workspace.timeline.content()
        is_idle = content.selected is None and content.claims is None
        closes = event.key() == Qt.Key.Key_Escape and is_idle and bool(self._cards)
        if closes:
            self._close(self._cards[-1])
        return closes


def _inside(area: QRect, wanted: QPoint, size: QSize) -> QPoint:
    """Return the place nearest to the wanted one at which all of a card can be seen."""
    right, bottom = area.right() - size.width() - _GAP, area.bottom() - size.height() - _GAP
    return QPoint(max(_GAP, min(wanted.x(), right)), max(_GAP, min(wanted.y(), bottom)))
