"""The sources panel: every source with what rests on it; what can be done with one is asked of the owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from viewer.ui.forms.field import Combo
from viewer.ui.forms.suggestions import folded
from viewer.ui.grades import reliability_choices
from viewer.ui.guard import guard
from viewer.ui.painter_ink import number
from viewer.ui.search_field import SearchField
from viewer.ui.sources.list_view import SourceList
from viewer.ui.text import PlainLabel, menu_text
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QShowEvent

    from viewer.document_sources import ListedSource

_SIDE = 16


class SourcesPanel(QWidget):
    """Signals only; nothing is changed here.

    `source_chosen(uid)`: another source is selected; `read_requested(uid)`: it is to be read, with the keyboard
    there; `edit_requested(uid)`, `delete_requested(uid)`, `retract_requested(uid, whether)`,
    `grade_requested(uid, letter or None)`, `add_requested()`. `shown()`: it came into view.
    """

    source_chosen = Signal(str)
    read_requested = Signal(str)
    edit_requested = Signal(str)
    delete_requested = Signal(str)
    retract_requested = Signal(str, bool)
    grade_requested = Signal(str, object)
    add_requested = Signal()
    shown = Signal()

    def __init__(self, mentioning: Callable[[str], frozenset[int]], parent: QWidget | None = None) -> None:
        """`mentioning` returns the ids of the sources whose title, publisher or text match a search."""
        super().__init__(parent)
        set_role(self, "panel")
        self.setMinimumWidth(200)
        self._mentioning = mentioning
        self._all: Sequence[ListedSource] = ()
        self._titles: dict[str, str] = {}
        self._count = PlainLabel("", "muted", self)
        self._count.setObjectName("source_count")
        self._add = self._button(self.tr("Add source…"), "source_add", "link", self.add_requested.emit)
        self._search = SearchField(self, has_key=False)
        self._search.setObjectName("source_search")
        self._search.setPlaceholderText(self.tr("Search sources"))
        self._search.setAccessibleName(self.tr("Search sources"))
        self._sort = Combo("source_sort", self.tr("Order of sources"), self)
        self._list = SourceList(self)
        self._empty = self._empty_page()
        self._pages = QStackedLayout()
        self._actions = self._action_row()
        self._lay_out()
        self._connect()
        self.set_sources(())

    def set_sources(self, sources: Sequence[ListedSource]) -> None:
        """Show other sources; the selected one stays so."""
        self._all = sources
        self._titles = {source.brief.uid: source.brief.title for source in sources}
        self._show()

    def select(self, uid: str | None) -> None:
        """Select a source without a signal; None or a hidden one: none."""
        self._list.go_to(uid)
        self._follow_selection()

    def selected(self) -> str | None:
        """Return the uid of the selected source."""
        source = self._list.current()
        return None if source is None else source.brief.uid

    def focus_list(self) -> None:
        """Put the keyboard into the list."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    # Building

    def _button(self, text: str, name: str, role: str, press: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        set_role(button, role)
        button.clicked.connect(lambda: press())
        return button

    def _empty_page(self) -> QWidget:
        page = QWidget(self)
        self._empty_words = PlainLabel("", "muted", page)
        self._empty_words.setObjectName("source_empty")
        self._empty_words.setWordWrap(True)
        self._empty_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_action = self._button("", "source_empty_action", "primary", self._act_on_empty)
        column = QVBoxLayout(page)
        column.setContentsMargins(_SIDE, _SIDE, _SIDE, _SIDE)
        column.setSpacing(2 * SPACE)
        column.addStretch(1)
        column.addWidget(self._empty_words)
        column.addWidget(self._empty_action, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        return page

    def _action_row(self) -> QWidget:
        row = QWidget(self)
        rule = QFrame(row)
        rule.setFrameShape(QFrame.Shape.HLine)
        set_role(rule, "separator")
        rows = QVBoxLayout(row)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        layout = QHBoxLayout()
        rows.addWidget(rule)
        rows.addLayout(layout)
        layout.setContentsMargins(_SIDE - SPACE, SPACE // 2, _SIDE - SPACE, SPACE // 2)
        layout.setSpacing(0)
        layout.addWidget(self._button(self.tr("Read"), "source_read", "quiet", lambda: self._ask("read")))
        layout.addWidget(self._button(self.tr("Edit…"), "source_edit", "quiet", lambda: self._ask("edit")))
        layout.addStretch(1)
        self._more = self._button(self.tr("More…"), "source_more", "quiet", self._open_menu_at_button)
        layout.addWidget(self._more)
        return row

    def _lay_out(self) -> None:
        self._sort.offer(
            [
                ("title", self.tr("by title")),
                ("date", self.tr("by date")),
                ("claims", self.tr("by claims")),
                ("grade", self.tr("by grade")),
            ]
        )
        head = QHBoxLayout()
        head.setContentsMargins(_SIDE, 10, _SIDE - SPACE, 0)
        head.addWidget(self._count, 1)
        head.addWidget(self._add)
        tools = QHBoxLayout()
        tools.setContentsMargins(_SIDE - SPACE, 6, _SIDE - SPACE, SPACE)
        tools.setSpacing(SPACE // 2)
        self._search.setMinimumWidth(90)
        tools.addWidget(self._search, 3)
        tools.addWidget(self._sort, 2)
        self._pages.addWidget(self._list)
        self._pages.addWidget(self._empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addLayout(tools)
        rows.addLayout(self._pages, 1)
        rows.addWidget(self._actions)

    def _connect(self) -> None:
        self._search.searched.connect(self._show)
        self._search.stepped.connect(self.focus_list)
        self._search.left.connect(self.focus_list)
        self._sort.currentIndexChanged.connect(self._show)
        self._list.chosen.connect(self._choose)
        self._list.asked.connect(self._ask)
        self._list.menu_asked.connect(self._open_menu)

    # Showing

    def _show(self) -> None:
        wanted = self._search.text().strip()
        shown = sorted(self._matching(wanted), key=_ORDERS[self._sort.chosen() or "title"])
        self._list.show_sources(shown, self._titles)
        everything = len(shown) == len(self._all)
        words = self.tr("{shown} of {all} sources")
        if everything:
            words = self.tr("1 source") if len(self._all) == 1 else self.tr("{all} sources")
        self._count.setText(words.format(shown=number(len(shown)), all=number(len(self._all))))
        self._pages.setCurrentIndex(0 if shown else 1)
        if not shown:
            self._say_why_empty()
        self._follow_selection()

    def _matching(self, wanted: str) -> list[ListedSource]:
        if not wanted:
            return list(self._all)
        words, ids = folded(wanted), self._mentioning(wanted)
        return [
            source
            for source in self._all
            if source.brief.id in ids
            or words in folded(f"{source.brief.title[:500]} {(source.brief.publisher or '')[:500]}")
        ]

    def _say_why_empty(self) -> None:
        if self._all:
            self._empty_words.setText(self.tr("No source has these words."))
            self._empty_action.setText(self.tr("Clear the search"))
        else:
            self._empty_words.setText(
                self.tr("No sources yet. A source is what can be read again: an article, a post, a report.")
            )
            self._empty_action.setText(self.tr("Add source…"))

    def _act_on_empty(self) -> None:
        if self._all:
            self._search.clear_now()
        else:
            self.add_requested.emit()

    def _follow_selection(self) -> None:
        self._actions.setVisible(self._list.current() is not None)

    def _choose(self, uid: str) -> None:
        self._follow_selection()
        self.source_chosen.emit(uid)

    # What can be done with a source

    def _ask(self, verb: str) -> None:
        source = self._list.current()
        if verb == "add":
            self.add_requested.emit()
        elif source is None:
            return
        elif verb == "delete":
            if not source.claims:
                self.delete_requested.emit(source.brief.uid)
        else:
            signal = self.read_requested if verb == "read" else self.edit_requested
            signal.emit(source.brief.uid)

    def _open_menu_at_button(self) -> None:
        self._open_menu(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _open_menu(self, where: QPoint) -> None:
        source = self._list.current()
        if source is None:
            return
        uid = source.brief.uid
        menu = QMenu(self)
        menu.setObjectName("source_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("&Read"), lambda: self._ask("read"))
        menu.addAction(self.tr("&Edit…"), lambda: self._ask("edit"))
        self._add_grades(menu.addMenu(self.tr("&Grade")), uid, source.brief.reliability)
        words = self.tr("Res&tore") if source.is_retracted else self.tr("Re&tract…")
        retract = menu.addAction(words, lambda: self.retract_requested.emit(uid, not source.is_retracted))
        retract.setEnabled(source.claims > 0)
        menu.addSeparator()
        delete = menu.addAction(self.tr("&Delete"), lambda: self._ask("delete"))
        delete.setEnabled(source.claims == 0)
        menu.popup(where)

    def _add_grades(self, menu: QMenu, uid: str, current: str | None) -> None:
        for letter, words in reliability_choices():
            action = menu.addAction(menu_text(words))
            action.setCheckable(True)
            action.setChecked(letter == current)
            action.triggered.connect(lambda _=False, chosen=letter: self.grade_requested.emit(uid, chosen))

    @guard()
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.shown.emit()


def _by_title(source: ListedSource) -> tuple[Any, ...]:
    return folded(source.brief.title[:200]), source.brief.id


def _by_date(source: ListedSource) -> tuple[Any, ...]:
    """The newest first, undated ones last."""
    date = source.brief.published
    bounds = [] if date is None else [bound for bound in (date.latest, date.earliest) if bound is not None]
    return (0, -bounds[0], *_by_title(source)) if bounds else (1, 0, *_by_title(source))


def _by_claims(source: ListedSource) -> tuple[Any, ...]:
    return (-source.claims, *_by_title(source))


def _by_grade(source: ListedSource) -> tuple[Any, ...]:
    """The most reliable first, those that are not graded last."""
    return (source.brief.reliability or "~", *_by_title(source))


_ORDERS: dict[str, Callable[[ListedSource], tuple[Any, ...]]] = {
    "title": _by_title,
    "date": _by_date,
    "claims": _by_claims,
    "grade": _by_grade,
}
