"""A panel with several pages, one shown at a time, chosen by tabs above."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QTabBar, QVBoxLayout, QWidget

from viewer.ui.text import menu_text
from viewer.ui.theme import SPACE, set_role


class TabbedPanel(QFrame):
    """`page_shown(widget)` when another page comes up."""

    page_shown = Signal(object)

    def __init__(self, name: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        set_role(self, "panel")
        self._tabs = QTabBar()
        self._tabs.setObjectName(f"{name}_tabs")
        self._tabs.setAccessibleName(words)
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._pages = QStackedWidget()
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 0)
        head.addWidget(self._tabs)
        head.addStretch(1)
        rule = QFrame()
        rule.setFrameShape(QFrame.Shape.HLine)
        rule.setFixedHeight(1)
        set_role(rule, "separator")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(rule)
        column.addWidget(self._pages, 1)
        self._tabs.currentChanged.connect(self._show)

    def add(self, title: str, page: QWidget) -> None:
        """Add a page behind the others; the first one is shown."""
        page.setMinimumWidth(1)  # the panel says how narrow it gets, not the widest of its pages
        self._pages.addWidget(page)
        self._tabs.addTab(menu_text(title))

    def fill(self, place: QWidget, page: QWidget) -> None:
        """Put a page where another one kept its place."""
        at = self._pages.indexOf(place)
        page.setMinimumWidth(1)
        shown = self._pages.currentIndex()
        self._pages.insertWidget(at, page)
        self._pages.removeWidget(place)
        self._pages.setCurrentIndex(shown)

    def show_page(self, page: QWidget) -> None:
        """Bring a page up, and the panel with it."""
        self._tabs.setCurrentIndex(self._pages.indexOf(page))
        self.show()

    def page(self) -> QWidget | None:
        """Return the page that is up."""
        return self._pages.widget(self._pages.currentIndex())

    def _show(self, index: int) -> None:
        self._pages.setCurrentIndex(index)
        self.page_shown.emit(self.page())
