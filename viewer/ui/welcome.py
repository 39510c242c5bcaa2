"""The page before a document is open: begin one, open one, look at the sample, go on with a recent one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QToolButton, QVBoxLayout, QWidget

from viewer.ui.elided import ElidedButton, ElidedLabel
from viewer.ui.guard import guard
from viewer.ui.icons import icon, set_icon
from viewer.ui.notice import NoticeBar
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

_WIDTH = 520
_LOGO = 56


class WelcomePage(QWidget):
    """Asks for `new`, `open`, `sample`; `recent_chosen(Path)`, `recent_removed(Path)` name a recent file."""

    new_requested = Signal()
    open_requested = Signal()
    sample_requested = Signal()
    recent_chosen = Signal(object)
    recent_removed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "canvas")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        column = QWidget()
        column.setMaximumWidth(_WIDTH)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(24, 32, 24, 32)
        rows.setSpacing(0)
        rows.addStretch(2)
        rows.addLayout(self._name())
        rows.addSpacing(28)
        rows.addLayout(self._ways_in())
        rows.addSpacing(36)
        rows.addLayout(self._recent)
        rows.addStretch(3)
        page = QWidget()
        set_role(page, "bare")
        middle = QHBoxLayout(page)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.addWidget(column, 1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("Welcome"))
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self.set_recent(())

    def set_recent(self, files: Sequence[Path]) -> None:
        """List the recent files, newest first; those that are gone can be taken off the list."""
        _empty(self._recent)
        if not files:
            line = PlainLabel(self.tr("Documents that you open are listed here."), "muted")
            line.setObjectName("no_recent")
            self._recent.addWidget(line)
            return
        self._recent.addWidget(PlainLabel(self.tr("Recent documents"), "heading"))
        self._recent.addSpacing(6)
        for place, path in enumerate(files):
            self._recent.addWidget(self._recent_row(place, path))

    def _name(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addStretch(1)
        words.addWidget(PlainLabel("Dateline", "title"))
        sentence = PlainLabel(self.tr("A timeline of what happened when, and of who says so."), "muted")
        sentence.setWordWrap(True)
        words.addWidget(sentence)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(_Logo())
        row.addLayout(words, 1)
        return row

    def _ways_in(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        ways = (
            ("welcome_new", self.tr("New document…"), self.new_requested, "primary"),
            ("welcome_open", self.tr("Open…"), self.open_requested, "body"),
            ("welcome_sample", self.tr("Open the sample"), self.sample_requested, "body"),
        )
        for name, words, asked, role in ways:
            button = QPushButton(words)
            button.setObjectName(name)
            if role == "primary":
                set_role(button, "primary")
            button.clicked.connect(asked)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _recent_row(self, place: int, path: Path) -> QWidget:
        missing = not path.is_file()
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        if missing:
            name = ElidedLabel(path.name, "muted")
            name.setContentsMargins(4, 0, 0, 0)
            row.addWidget(name)
        else:
            button = ElidedButton(path.name, "link")
            button.setObjectName(f"recent_{place}")
            button.clicked.connect(lambda: self.recent_chosen.emit(path))
            row.addWidget(button)
        row.addWidget(ElidedLabel(str(path.parent), "small"), 1)
        if missing:
            row.addWidget(PlainLabel(self.tr("not found"), "problem"))
            row.addWidget(self._remove_button(place, path))
        return whole

    def _remove_button(self, place: int, path: Path) -> QToolButton:
        button = QToolButton()
        set_role(button, "icon")
        set_icon(button, "close", "muted")
        button.setIconSize(QSize(12, 12))
        button.setObjectName(f"recent_remove_{place}")
        button.setToolTip(self.tr("Take it off this list"))
        button.setAccessibleName(self.tr("Take it off this list"))
        button.clicked.connect(lambda: self.recent_removed.emit(path))
        return button


class _Logo(QWidget):
    """The mark of the application."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(_LOGO, _LOGO)

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            icon("dateline", "accent").paint(painter, self.rect())


def _empty(rows: QVBoxLayout) -> None:
    while (item := rows.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.setObjectName("")
            old.deleteLater()


class Front(QWidget):
    """The welcome page, and above it what went wrong."""

    def __init__(self) -> None:
        super().__init__()
        self.trouble = NoticeBar()
        self.welcome = WelcomePage()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.trouble)
        column.addWidget(self.welcome, 1)
