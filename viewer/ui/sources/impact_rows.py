"""What a change of a source does to events, row by row: before → after, worked out when it is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viewer.domain.date_words import WITHIN, describe_date
from viewer.domain.quantities import describe_quantity
from viewer.ui.painter_ink import number
from viewer.ui.plain_table import PlainRows

if TYPE_CHECKING:
    from viewer.domain.impact import Affected, Impact

_NAMED = 5


class ImpactRows(PlainRows):
    """One row for each event that changes."""

    def __init__(self, found: Impact, parent: QObject) -> None:
        super().__init__(parent)
        self._affected = found.affected
        self._row_count = len(found.affected)
        self._heads = (
            self.tr("Event"),
            self.tr("What changes"),
            self.tr("Reports"),
            self.tr("Origins"),
            self.tr("Not established"),
            self.tr("Conflicts"),
            self.tr("No longer given"),
        )
        self._lost = {
            "loses all support": self.tr("loses all support"),
            "loses an origin": self.tr("loses an origin"),
            "loses a report": self.tr("loses a report"),
            "loses a dispute": self.tr("loses a dispute"),
            "counted otherwise": self.tr("counted otherwise"),
            "graded lower": self.tr("graded lower"),
            "graded higher": self.tr("graded higher"),
        }

    def _cell(self, row: int, column: int) -> str:
        each = self._affected[row]
        if column == 0:
            return each.title
        if column == 1:
            return self._lost.get(each.lost, each.lost)
        if column == len(self._heads) - 1:
            return _no_longer_given(each)
        before, after = each.before, each.after
        counts = (
            (before.reports, after.reports),
            (len(before.origins), len(after.origins)),
            (len(before.unestablished), len(after.unestablished)),
            (len(each.conflicts_before), len(each.conflicts_after)),
        )
        return _step(*counts[column - 2])


def _step(before: int, after: int) -> str:
    return number(before) if before == after else f"{number(before)} → {number(after)}"


def _no_longer_given(each: Affected) -> str:
    numbers = [describe_quantity(quantity) for quantity in each.numbers[:_NAMED]]
    dates = [describe_date(date).removesuffix(WITHIN) for date in each.dates[:_NAMED]]
    left = "…" if len(each.numbers) > _NAMED or len(each.dates) > _NAMED else ""
    return "; ".join(part for part in (*numbers, *dates, left) if part)
