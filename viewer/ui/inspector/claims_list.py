"""The claims of an event below each other; of ten thousand only the cards in view and near it are built."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QRect
from PySide6.QtWidgets import QScrollArea, QWidget

from viewer.ui.guard import guard
from viewer.ui.inspector.claim_heights import ClaimHeights

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from viewer.ui.inspector.claim_card import ClaimCard

_GAP = 12
_AT_FIRST = 3
_PASSES = 6  # a card that is built stands in for a guess; then others may come into view


class ClaimsList(QWidget):
    """Cards by number, made by `make` when they come into view of `scroll`, dropped when far out of it."""

    def __init__(self, count: int, make: Callable[[int], ClaimCard], scroll: QScrollArea) -> None:
        super().__init__()
        self._count = count
        self._make = make
        self._scroll = scroll
        self._heights = ClaimHeights(count, _GAP)
        self._cards: dict[int, ClaimCard] = {}
        self._arranging = False
        self.setFixedHeight(self._heights.total)
        scroll.verticalScrollBar().valueChanged.connect(self._arrange)
        self._build(range(min(count, _AT_FIRST)))

    def go_to(self, number: int, below: int = 0) -> ClaimCard:
        """Bring a card to the top of the view, or so many pixels below it, and return it."""
        for _ in range(_PASSES):
            self._keep(number)
            bar = self._scroll.verticalScrollBar()
            wanted = self._place() + self._heights.top(number) - below
            if bar.value() == min(max(wanted, 0), bar.maximum()):
                break
            bar.setValue(wanted)
            self._arrange()
        return self._cards[number]

    def at_top(self) -> tuple[int, int] | None:
        """Return the card at the top of the view, and how far below it stands; None: above the first."""
        top, _ = self._in_view()
        if top <= 0 or not self._count:
            return None
        number = self._heights.at(top)
        return number, self._heights.top(number) - top

    def _keep(self, number: int) -> None:
        if number not in self._cards:
            self._build([number])
            self._settle(build=False)

    def _place(self) -> int:
        """Return where the list begins on the page that is scrolled."""
        page = self._scroll.widget()
        return self.mapTo(page, QPoint(0, 0)).y() if page is not None and page.isAncestorOf(self) else 0

    def _in_view(self) -> tuple[int, int]:
        """Return which part of the list can be seen, from top to bottom."""
        top = self._scroll.verticalScrollBar().value() - self._place()
        return top, top + self._scroll.viewport().height()

    def _arrange(self) -> None:
        if self._arranging or not self._count or not self._scroll.isAncestorOf(self):
            return
        self._arranging = True
        try:
            for _ in range(_PASSES):
                if not self._settle(build=True):
                    break
        finally:
            self._arranging = False

    def _settle(self, *, build: bool) -> bool:
        """Build what comes into view, drop what is far from it, place the cards; tell whether any grew."""
        if build:
            self._build_around()
        top, _ = self._in_view()
        found = {number: card.heightForWidth(self.width()) for number, card in self._cards.items()}
        grown = {number: height for number, height in found.items() if height != self._heights.height(number)}
        # What is above the view must not push away what is read.
        shift = sum(
            height - self._heights.height(number)
            for number, height in grown.items()
            if self._heights.top(number) + self._heights.height(number) <= top
        )
        self._heights.measure(grown)
        if self.height() != self._heights.total:
            self.setFixedHeight(self._heights.total)
            # The scroll bar hears of it now, not with the next event, or it would not reach as far.
            QCoreApplication.sendEvent(self._scroll, QEvent(QEvent.Type.LayoutRequest))
        for number, card in self._cards.items():
            card.setGeometry(QRect(0, self._heights.top(number), self.width(), found[number]))
        if shift:
            bar = self._scroll.verticalScrollBar()
            bar.setValue(bar.value() + shift)
        return bool(grown)

    def _build_around(self) -> None:
        top, bottom = self._in_view()
        reach = bottom - top
        wanted = range(self._heights.at(top - reach), self._heights.at(bottom + reach) + 1)
        for number in [number for number in self._cards if number not in wanted and number >= _AT_FIRST]:
            if not self._cards[number].isAncestorOf(self.focusWidget() or self):
                card = self._cards.pop(number)
                card.hide()
                card.deleteLater()
        self._build(wanted)

    def _build(self, numbers: range | list[int]) -> None:
        missing = [number for number in numbers if number not in self._cards]
        for number in missing:
            card = self._cards[number] = self._make(number)
            card.setParent(self)
            card.installEventFilter(self)
            card.show()
        if missing:
            self._cards = dict(sorted(self._cards.items()))
            self._chain()

    def _chain(self) -> None:
        """Let the Tab key go through the cards in their order, whichever was built first."""
        before: QWidget = self
        for card in self._cards.values():
            for part in card.tab_stops():
                QWidget.setTabOrder(before, part)
                before = part

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    @guard(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give a card that opens or closes something the height that it now needs."""
        if event.type() is QEvent.Type.LayoutRequest:
            self._arrange()
        return super().eventFilter(watched, event)
