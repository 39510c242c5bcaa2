"""The bar at the top: which document, what is searched for, which kinds are shown, a new entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from viewer.domain.filters import Filter
from viewer.ui.elided import ElidedLabel
from viewer.ui.guard import guard
from viewer.ui.kind_chips import KindChips
from viewer.ui.new_entry import NewEntryButton
from viewer.ui.search_field import SearchField
from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QResizeEvent

    from viewer.domain.records import Kind

_HEIGHT = 52
_MARGIN = 20
_GAP = 20
_TITLE_SHARE = 0.28
_TITLE_GAP, _NARROWEST_FILE = 12, 96
_NARROWEST_SEARCH = 220


class Header(QWidget):
    """`filter_changed(Filter)`: text and kinds; `match_requested(1 or -1)`; `new_requested(kind)`: a name or ""."""

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
        self._new = NewEntryButton()
        self._search.searched.connect(self._tell)
        self._search.stepped.connect(self.match_requested)
        self._search.left.connect(self.search_left)
        self._chips.chosen.connect(self._tell)
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

    def clear_filter(self) -> None:
        """Show everything again."""
        had_kinds = self._chips.kinds() is not None
        self._chips.clear()
        self._search.clear_now()
        if had_kinds:
            self._tell()

    def filter(self) -> Filter:
        """Return the filter as it stands."""
        return Filter(text=self._search.text().strip(), kinds=self._chips.kinds())

    def _tell(self) -> None:
        self.filter_changed.emit(self.filter())

    def _lay_out(self) -> None:
        self._titles = QWidget()
        titles = QHBoxLayout(self._titles)
        titles.setContentsMargins(0, 0, 0, 0)
        titles.setSpacing(_TITLE_GAP)
        titles.addWidget(self._title, 0, Qt.AlignmentFlag.AlignBaseline)
        titles.addWidget(self._file, 1, Qt.AlignmentFlag.AlignBaseline)
        row = QHBoxLayout()
        row.setContentsMargins(_MARGIN, 10, _MARGIN, 9)
        row.setSpacing(_GAP)
        row.addWidget(self._titles)
        row.addWidget(self._search)
        row.addWidget(self._chips)
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
        """Share the width: titles and search first, then as much of the chips as there is room for."""
        titles = int(self.width() * _TITLE_SHARE)
        self._titles.setFixedWidth(titles)
        beside = titles - self._title.sizeHint().width() - _TITLE_GAP
        self._file.setVisible(beside >= min(self._file.sizeHint().width(), _NARROWEST_FILE))
        others = titles + self._new.sizeHint().width() + 2 * _MARGIN + 4 * _GAP
        self._chips.set_level(self._chips.level_for(self.width() - others - _NARROWEST_SEARCH))

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(720, _HEIGHT)
