"""Quotes and where a new text has them, row by row, with what was decided of the uncertain ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, Qt

from viewer.frozen import dataclass
from viewer.ui.guard import guard
from viewer.ui.plain_table import PlainRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPersistentModelIndex

    from viewer.domain.reanchoring import Reanchored
    from viewer.domain.records import Claim

    Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Requote:
    """A claim with its quote, the title of its event, and where the new text has it."""

    claim: Claim
    event: str
    found: Reanchored


class RequoteRows(PlainRows):
    """One row for each quote; those to be confirmed first, then the lost ones."""

    def __init__(self, quotes: Sequence[Requote], parent: QObject) -> None:
        super().__init__(parent)
        ranks = {"likely": 0, "lost": 1}
        self._quotes = sorted(quotes, key=lambda quote: ranks.get(quote.found.certainty, 2))
        self._row_count = len(self._quotes)
        self._decisions: dict[int, bool] = {}
        self._open = {row for row, quote in enumerate(self._quotes) if quote.found.asks}
        self._heads = (self.tr("In the new text"), self.tr("Quote"), self.tr("Event"))

    def quote_at(self, row: int) -> Requote | None:
        """Return the quote in a row; None for no row."""
        return self._quotes[row] if 0 <= row < len(self._quotes) else None

    def decide(self, row: int, accepted: bool) -> None:
        """Confirm the passage that was found, or say that the quote is not there."""
        quote = self.quote_at(row)
        if quote is not None and quote.found.asks:
            self._decisions[row] = accepted
            self._open.discard(row)
            self.dataChanged.emit(self.index(row, 0), self.index(row, 0))

    def next_open(self, row: int) -> int | None:
        """Return the next row below one, or else from the top, that is still to be confirmed."""
        below = [each for each in self._open if each > row]
        return min(below or self._open, default=None)

    def counts(self) -> tuple[int, int, int]:
        """Return how many are found, how many are to be confirmed, and how many are lost."""
        found = sum(self._span(row) is not None for row in range(len(self._quotes)))
        return found, len(self._open), len(self._quotes) - found - len(self._open)

    def places(self) -> dict[str, tuple[int, int] | None]:
        """Return where each quote stands, by the uid of its claim."""
        return {quote.claim.uid: self._span(row) for row, quote in enumerate(self._quotes)}

    def _span(self, row: int) -> tuple[int, int] | None:
        found = self._quotes[row].found
        return None if found.asks and not self._decisions.get(row) else found.span

    def _state(self, row: int) -> str:
        found = self._quotes[row].found
        if found.asks and row not in self._decisions:
            return self.tr("to be confirmed")
        if self._span(row) is None:
            return self.tr("lost")
        return self.tr("confirmed") if found.asks else self.tr("found again")

    def _cell(self, row: int, column: int) -> str:
        quote = self._quotes[row]
        return (self._state(row), quote.claim.quote or "", quote.event)[column]

    @guard()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        # No tooltip: the passages below the table have the whole quote.
        return super().data(index, role) if role == Qt.ItemDataRole.DisplayRole else None
