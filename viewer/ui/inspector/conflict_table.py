"""Claims that cannot all hold, side by side: what each says, where, how well graded. Nothing is decided here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from viewer.domain.quantities import describe_quantity
from viewer.ui.elided import ElidedButton, ElidedLabel
from viewer.ui.flow_text import FlowText, Run
from viewer.ui.grades import grade, grade_words
from viewer.ui.inspector.wording import date_words, stance_word
from viewer.ui.text import PlainLabel, set_tooltip
from viewer.ui.theme import SPACE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from viewer.domain.conflicts import Conflict
    from viewer.domain.records import Claim, Source

_AT_ONCE = 6


class ConflictTable(QWidget):
    """One conflict: its sentence, and a row for each claim in it. `claim_chosen(uid)`: read it in full."""

    claim_chosen = Signal(str)

    def __init__(
        self,
        conflict: Conflict,
        claims: Mapping[str, Claim],
        sources: Mapping[str, Source],
        number: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = f"conflict_{number}"
        self.setObjectName(self._name)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addWidget(self._said(conflict.words))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(SPACE)
        self._grid.setVerticalSpacing(2)
        self._grid.setColumnStretch(1, 1)
        rows.addLayout(self._grid)
        shown = _both_sides(conflict, claims)
        for row, uid in enumerate(shown):
            self._add(row, conflict.field, claims[uid], sources.get(claims[uid].source))
        if len(conflict.claims) > len(shown):
            left = self.tr("and {count} more").format(count=len(conflict.claims) - len(shown))
            rows.addWidget(PlainLabel(left, "small"))

    def _said(self, words: str) -> FlowText:
        said = FlowText([Run(words, "warning")])
        said.setObjectName(f"{self._name}_words")
        return said

    def _add(self, row: int, field: str, claim: Claim, source: Source | None) -> None:
        value = ElidedLabel(_value(field, claim), "problem")
        value.setObjectName(f"{self._name}_value_{row}")
        title = self.tr("missing source") if source is None else source.publisher or source.title
        where = ElidedButton(title, "link")
        where.setObjectName(f"{self._name}_claim_{row}")
        where.setAccessibleName(f"{value.full_text()}, {title}")
        where.clicked.connect(lambda: self.claim_chosen.emit(claim.uid))
        self._grid.addWidget(value, 3 * row, 0)
        self._grid.addWidget(where, 3 * row, 1, 1, 2, Qt.AlignmentFlag.AlignRight)
        reliability = source.reliability if source else None
        if key := grade(reliability, claim.credibility):
            cap = PlainLabel(key, "grade")
            set_tooltip(cap, grade_words(reliability, claim.credibility))
            self._grid.addWidget(cap, 3 * row + 1, 2, Qt.AlignmentFlag.AlignRight)
        if claim.quote:
            self._grid.addWidget(ElidedLabel(claim.quote, "quote"), 3 * row + 1, 0, 1, 2)
        self._grid.setRowMinimumHeight(3 * row + 2, 4)


def _both_sides(conflict: Conflict, claims: Mapping[str, Claim]) -> Sequence[str]:
    """Return the claims to be shown: as many as fit, but never those of one stance alone."""
    uids = conflict.claims
    if conflict.field != "stance" or len(uids) <= _AT_ONCE:
        return uids[:_AT_ONCE]
    against = [uid for uid in uids if claims[uid].stance == "disputes"]
    others = [uid for uid in uids if claims[uid].stance != "disputes"]
    half = max(_AT_ONCE // 2, _AT_ONCE - len(others))
    first = against[:half]
    return [*first, *others[: _AT_ONCE - len(first)]]


def _value(field: str, claim: Claim) -> str:
    if field == "when" and claim.when is not None:
        return date_words(claim.when)
    if field == "quantity" and claim.quantity is not None:
        return describe_quantity(claim.quantity)
    return stance_word(claim.stance)
