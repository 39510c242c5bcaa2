"""The bar at the top: which document, what is searched for, which kinds are shown, a new entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from viewer.domain.filters import Filter
from viewer.ui.elided import ElidedLabel
from viewer.ui.guard import guard
from viewer.ui.kind_chips import FULL, MENU, SHORT, KindChips
from viewer.ui.new_entry import NewEntryButton
from viewer.ui.period import Period
from viewer.ui.period_chip import PeriodChip
from viewer.ui.period_popover import PeriodPopover
from viewer.ui.search_field import SearchField
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from viewer.domain.records import Kind

_HEIGHT = 52
_MARGIN = 20
_GAP = 20
_TITLE_SHARE = 0.28
_TITLE_GAP, _NARROWEST_FILE = 12, 96
_NARROWEST_TITLES, _NARROWEST_SEARCH = 120, 220


class Header(QWidget):
    """What is shown, and a way to add to it.

    `filter_changed(Filter)`: text, kinds, period; `match_requested(1 or -1)`; `new_requested(kind)`: a name or "".
    """

    filter_changed = Signal(object)
    match_requested = Signal(int)
    search_left = Signal()
    new_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self._title = ElidedLabel("", "title")
        self._title.setObjectName("document_title")
        self._file = ElidedLabel("", "small")
        self._file.setObjectName("document_file")
        self._search = SearchField()
        self._chips = KindChips()
        self._chip = PeriodChip()
        self._period = Period()
        self._popover: PeriodPopover | None = None
        self._in_view: int | None = None
        self._new = NewEntryButton()
        self._search.searched.connect(self._tell)
        self._search.stepped.connect(self.match_requested)
        self._search.left.connect(self.search_left)
        self._chips.chosen.connect(self._tell)
        self._chip.clicked.connect(self.choose_period)
        self._chip.cleared.connect(lambda: self._set_period(Period()))
        self._new.new_requested.connect(self.new_requested)
        self._lay_out()

    def set_document(
        self, title: str, file_name: str, kinds: Sequence[Kind], counts: Mapping[str, int]
    ) -> None:
        """Show another document; `counts` are events per kind, by its name."""
        self._title.set_full_text(title)
        self._file.set_full_text(file_name)
        self._chips.set_kinds(kinds, counts)
        self._new.set_kinds(kinds)
        self._fit()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many events each kind has, by its name."""
        self._chips.set_counts(counts)
        self._fit()

    def focus_search(self) -> None:
        """Put the keyboard into the search, its text selected."""
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def set_in_view(self, moment: int) -> None:
        """Say what the timeline shows (the middle, in seconds): there begins a calendar without a date."""
        self._in_view = moment

    def choose_period(self) -> None:
        """Open the popover of the period, or close it."""
        if self._popover is None:
            self._popover = PeriodPopover(self.window())
            self._popover.changed.connect(self._set_period)
        if self._popover.isVisible():
            self._popover.close_now()
        else:
            self._popover.open_below(self._chip, self._period, self._in_view)

    def clear_filter(self) -> None:
        """Show everything again."""
        had_more = self._chips.kinds() is not None or not self._period.is_empty
        self._chips.clear()
        self._show_period(Period())
        self._search.clear_now()
        if had_more:
            self._tell()

    def filter(self) -> Filter:
        """Return the filter as it stands."""
        period = self._period
        return Filter(
            text=self._search.text().strip(),
            kinds=self._chips.kinds(),
            earliest=period.earliest,
            latest=period.latest,
            certainly=period.certainly and not period.is_empty,
        )

    def _tell(self) -> None:
        self.filter_changed.emit(self.filter())

    def _set_period(self, period: Period) -> None:
        self._show_period(period)
        self._tell()

    def _show_period(self, period: Period) -> None:
        self._period = period
        self._chip.show_period(period)
        self._fit()

    def _lay_out(self) -> None:
        self._titles = QWidget()
        titles = QHBoxLayout(self._titles)
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(_TITLE_GAP)
        titles.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBaseline)
        titles.addWidget(self._file, 1, Qt.AlignmentFlag.AlignBaseline)
        chips = QHBoxLayout()
        chips.setSpacing(SPACE)
        chips.addWidget(self._chips)
        chips.addWidget(self._chip)
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, 10, _MARGIN, 9)
        row.setSpacing(_GAP)
        row.addWidget(self._titles)
        row.addWidget(self._search)
        row.addLayout(chips)
        row.addStretch(1)
        row.addWidget(self._new)
        rule = QFrame()
        rule.setFrameShape(QFrame.Shape.HLine)
        set_role(rule, "separator")
        rule.setFixedHeight(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        # How much the chips say follows the width: what they say now must not hold the width up.
        rows.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        rows.addLayout(row, 1)
        rows.addWidget(rule, 0, Qt.AlignmentFlag.AlignBottom)
        self.setFixedHeight(_HEIGHT)

    def _fit(self) -> None:
        """Share the width: the search and a short title first, then the chips, as wordy as there is room for."""
        share = int(self.width() * _TITLE_SHARE)
        wanted = [label.sizeHint().width() for label in (self._title, self._file)]
        least = max(_NARROWEST_TITLES, min(share, wanted[0] + _TITLE_GAP + min(wanted[1], _NARROWEST_FILE)))
        fixed = self._new.sizeHint().width() + 2 * _MARGIN + 4 * _GAP
        chips = self._fit_chips(self.width() - fixed - least - _NARROWEST_SEARCH)
        beside_search = self.width() - fixed - chips - self._search.sizeHint().width()
        most = self.width() - fixed - chips - _NARROWEST_SEARCH
        titles = max(_NARROWEST_TITLES, min(max(least, min(share, beside_search)), most))
        self._titles.setFixedWidth(titles)
        self._file.setVisible(titles - wanted[0] - _TITLE_GAP >= min(wanted[1], _NARROWEST_FILE))
        if self._popover is not None and self._popover.isVisible():
            self._popover.place()

    def _fit_chips(self, room: int) -> int:
        """Let kinds and period say as much as there is room for; return how wide they are.

        A period that is set keeps its words longer than the kinds do.
        """
        steps = [(FULL, False), (SHORT, False), (SHORT, True), (MENU, True)]
        if self._chip.is_active():
            steps.insert(2, (MENU, False))
        for level, is_short in steps:
            width = self._chips.width_at(level) + SPACE + self._chip.width_wanted(is_short)
            if width <= room:
                break
        self._chips.set_level(level)
        self._chip.set_short(is_short)
        return width

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(720, _HEIGHT)
