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
from viewer.ui.search_field import SearchField
from viewer.ui.standing import WantedStanding
from viewer.ui.standing_chip import StandingChip
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from viewer.domain.records import Kind
    from viewer.ui.filter_chip import FilterChip
    from viewer.ui.period_popover import PeriodPopover
    from viewer.ui.standing_popover import StandingPopover

_HEIGHT = 52
_MARGIN = 20
_GAP = 20
_TITLE_SHARE = 0.28
_TITLE_GAP, _NARROWEST_FILE = 12, 96
_NARROWEST_TITLES, _NARROWEST_SEARCH = 120, 220


class Header(QWidget):
    """What is shown, and a way to add to it.

    `filter_changed(Filter)`: text, kinds, period, standing; `match_requested(1 or -1)`;
    `new_requested(kind)`: a name or "".
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
        self._period_chip = PeriodChip()
        self._period = Period()
        self._period_popover: PeriodPopover | None = None
        self._standing_chip = StandingChip()
        self._standing = WantedStanding()
        self._standing_popover: StandingPopover | None = None
        self._in_view: int | None = None
        self._kinds: tuple[Kind, ...] = ()
        self._counts: dict[str, int] = {}
        self._new = NewEntryButton()
        self._search.searched.connect(self._tell)
        self._search.stepped.connect(self.match_requested)
        self._search.left.connect(self.search_left)
        self._chips.chosen.connect(self._tell)
        self._period_chip.clicked.connect(self.choose_period)
        self._period_chip.cleared.connect(self._clear_period)
        self._standing_chip.clicked.connect(self.choose_standing)
        self._standing_chip.cleared.connect(self._clear_standing)
        self._new.new_requested.connect(self.new_requested)
        self._lay_out()

    def set_document(
        self, title: str, file_name: str, kinds: Sequence[Kind], counts: Mapping[str, int]
    ) -> None:
        """Show another document, or the same one changed; `counts` are events per kind, by its name."""
        self._title.set_full_text(title)
        self._file.set_full_text(file_name)
        if self._kinds != tuple(kinds):
            self._kinds = tuple(kinds)
            self._counts = dict(counts)
            self._chips.set_kinds(kinds, counts)
            self._new.set_kinds(kinds)
        else:
            self.set_counts(counts)
        self._fit()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Say how many events each kind has, by its name."""
        if counts != self._counts:
            self._counts = dict(counts)
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
        if self._period_popover is None:
            from viewer.ui.period_popover import PeriodPopover

            self._period_popover = PeriodPopover(self.window())
            self._period_popover.changed.connect(self._set_period)
        if self._period_popover.isVisible():
            self._period_popover.close_now()
        else:
            self._period_popover.open_below(self._period_chip, self._period, self._in_view)

    def choose_standing(self) -> None:
        """Open the popover of the standing, or close it."""
        if self._standing_popover is None:
            from viewer.ui.standing_popover import StandingPopover

            self._standing_popover = StandingPopover(self.window())
            self._standing_popover.changed.connect(self._set_standing)
        if self._standing_popover.isVisible():
            self._standing_popover.close_now()
        else:
            self._standing_popover.open_below(self._standing_chip, self._standing)

    def clear_filter(self) -> None:
        """Show everything again."""
        self._close_popovers()
        had_kinds = self._chips.kinds() is not None
        had_more = had_kinds or not self._period.is_empty or not self._standing.is_empty
        self._chips.clear()
        self._show_period(Period())
        self._show_standing(WantedStanding())
        self._search.clear_now()
        if had_more:
            self._tell()

    def show_filter(self, wanted: Filter, period: Period) -> None:
        """Ask for what a filter asks for, as if it had been set by hand; the period as it was written."""
        self._close_popovers()
        self._search.show_text(wanted.text)
        self._chips.choose(wanted.kinds or frozenset())
        self._show_period(period)
        self._show_standing(
            WantedStanding(wanted.disputed, wanted.min_origins, wanted.reliability, wanted.credibility)
        )
        self._tell()

    def period(self) -> Period:
        """Return the period as it was written."""
        return self._period

    def filter(self) -> Filter:
        """Return the filter as it stands."""
        period, standing = self._period, self._standing
        return Filter(
            text=self._search.text().strip(),
            kinds=self._chips.kinds(),
            earliest=period.earliest,
            latest=period.latest,
            certainly=period.certainly and not period.is_empty,
            disputed=standing.disputed,
            min_origins=standing.min_origins,
            reliability=standing.reliability,
            credibility=standing.credibility,
        )

    def _tell(self) -> None:
        self.filter_changed.emit(self.filter())

    def _clear_period(self) -> None:
        self._close_popovers()
        self._set_period(Period())

    def _clear_standing(self) -> None:
        self._close_popovers()
        self._set_standing(WantedStanding())

    def _close_popovers(self) -> None:
        """Close them before something is cleared, or they would go on showing it."""
        for popover in (self._period_popover, self._standing_popover):
            if popover is not None:
                popover.close_now()

    def _set_period(self, period: Period) -> None:
        self._show_period(period)
        self._tell()

    def _show_period(self, period: Period) -> None:
        self._period = period
        self._period_chip.show_period(period)
        self._fit()

    def _set_standing(self, wanted: WantedStanding) -> None:
        self._show_standing(wanted)
        self._tell()

    def _show_standing(self, wanted: WantedStanding) -> None:
        self._standing = wanted
        self._standing_chip.show_standing(wanted)
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
        chips.addWidget(self._period_chip)
        chips.addWidget(self._standing_chip)
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
        for popover in (self._period_popover, self._standing_popover):
            if popover is not None and popover.isVisible():
                popover.place()

    def _fit_chips(self, room: int) -> int:
        """Let kinds, period and standing say as much as there is room for; return how wide they are.

        What is set keeps its words longer than the kinds do, and the kinds longer than what is not set.
        """
        narrowing = (self._period_chip, self._standing_chip)
        idle = [chip for chip in narrowing if not chip.is_active()]
        steps: list[tuple[int, Sequence[FilterChip]]] = [
            (FULL, ()), (SHORT, ()), (SHORT, idle), (MENU, idle), (SHORT, narrowing), (MENU, narrowing)
        ]  # fmt: skip
        if not idle:
            steps.insert(4, (MENU, (self._standing_chip,)))
        for level, short in steps:
            wanted = sum(SPACE + chip.width_wanted(chip in short) for chip in narrowing)
            width = self._chips.width_at(level) + wanted
            if width <= room:
                break
        self._chips.set_level(level)
        for chip in narrowing:
            chip.set_short(chip in short)
        return width

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(720, _HEIGHT)
