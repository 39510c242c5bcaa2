"""The reading desk: header, page, and what one does with a passage that is selected.

It knows sources and passages as its owner gives them, and asks by signals for everything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QStackedLayout,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from viewer.ui.desk.chooser import SourceChooser
from viewer.ui.desk.find_line import FindLine
from viewer.ui.desk.page import ReadingPage
from viewer.ui.desk.painting import BARS
from viewer.ui.desk.records import DeskKind, DeskPassage, DeskSource, DeskTitle
from viewer.ui.desk.selection_bar import SelectionBar
from viewer.ui.elided import ElidedLabel
from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.painter_ink import number
from viewer.ui.text import PlainLabel, menu_text, set_tooltip
from viewer.ui.theme import SPACE, set_role, themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

LONGEST_QUOTE = 20_000
"""How many characters an entry can be made of."""

_MARGIN = 20
_NARROW = 640
_BROKEN_SHOWN = 30
_LONGEST_ENTRY = 80


class ReadingDesk(QWidget):
    """Reads one source at a time.

    `source_wanted(uid)`: another source was chosen; answer with `show_source`. `passage_chosen(event id)`.
    `entry_requested(kind, Selection)`, `claim_requested(Selection)`: make an entry, or a claim for the event
    of `show_event`. `text_wanted(uid)`: the source needs a text. `sources_wanted()`: there is no source yet.
    `closed()`: it is to be put away.
    """

    source_wanted = Signal(str)
    passage_chosen = Signal(int)
    entry_requested = Signal(str, object)
    claim_requested = Signal(object)
    text_wanted = Signal(str)
    sources_wanted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "panel")
        self.setObjectName("reading_desk")
        self.setAccessibleName(self.tr("Reading desk"))
        self.setMinimumSize(240, 120)
        self._source: DeskSource | None = None
        self._titles: tuple[DeskTitle, ...] = ()
        self._kinds: tuple[DeskKind, ...] = ()
        self._event: tuple[int, str] | None = None
        self._broken: list[DeskPassage] = []
        self._header = QWidget(self)
        self._chooser = SourceChooser(self._header)
        self._details = ElidedLabel("", "muted", self._header)
        self._details.setObjectName("desk_details")
        self._find_button = self._made_tool("search", "desk_find", self.tr("Find in this text (Ctrl+F)"))
        self._close_button = self._made_tool("close", "desk_close", self.tr("Close the reading desk"))
        self._notice = QPushButton(self)
        self._rule = QFrame(self)
        self._find = FindLine(self)
        self.page = ReadingPage(self)
        self._empty = PlainLabel("", "muted")
        self._empty_button = QPushButton()
        self._bar = SelectionBar(self)
        self._lay_out()
        self._connect()
        self._tell_header()
        self._show_page()

    def set_sources(self, titles: Sequence[DeskTitle]) -> None:
        """Say which sources can be chosen; the one that is read is forgotten when it is not among them."""
        self._titles = tuple(titles)
        if self._source is not None and self._source.uid not in {title.uid for title in titles}:
            self._source = None
        self._tell_header()
        self._show_page()

    def set_kinds(self, kinds: Sequence[DeskKind]) -> None:
        """Say which kinds of entry can be made, and the letters that make them."""
        self._kinds = tuple(kinds)
        self._bar.set_kinds(kinds)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Jump instead of gliding."""
        self.page.set_reduced_motion(reduced)

    def show_source(self, source: DeskSource) -> None:
        """Read a source. The same text with other passages stays where it is; another one begins at its top."""
        before, self._source = self._source, source
        standing = [passage for passage in source.passages if passage.holds(source.text)]
        self._broken = [p for p in source.passages if p.quote and not p.holds(source.text)]
        is_same = before is not None and before.uid == source.uid and before.text == source.text
        if is_same:
            self.page.set_passages(source, standing)
        else:
            self._find.dismiss()
            self.page.set_source(source, standing)
        self._tell_header()
        self._tell_broken()
        self._show_page()
        self.page.mark_event(None if self._event is None else self._event[0])

    def show_event(self, event_id: int | None, title: str = "") -> None:
        """Mark an event's passages and bring them into view; claims are offered for it. None: no event."""
        self._event = None if event_id is None else (event_id, title)
        self._bar.set_event(None if event_id is None else title)
        self.page.show_event(event_id)
        self._place_bar()

    def source_uid(self) -> str | None:
        """Return the uid of the source that is read."""
        return None if self._source is None else self._source.uid

    def broken(self) -> tuple[DeskPassage, ...]:
        """Return the passages whose quote the text no longer says."""
        return tuple(self._broken)

    def _made_tool(self, icon_name: str, name: str, words: str) -> QToolButton:
        button = QToolButton(self._header)
        set_role(button, "icon")
        set_icon(button, icon_name, "muted")
        button.setIconSize(QSize(14, 14))
        button.setObjectName(name)
        set_tooltip(button, words)
        button.setAccessibleName(words)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._header)
        row.setContentsMargins(BARS - SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        self._titles_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._titles_row.setSpacing(SPACE)
        self._titles_row.addWidget(self._chooser)
        self._titles_row.addWidget(self._details, 1)
        row.addLayout(self._titles_row, 1)
        row.addWidget(self._find_button, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close_button, 0, Qt.AlignmentFlag.AlignTop)
        set_role(self._notice, "warning")
        self._notice.setCursor(Qt.CursorShape.PointingHandCursor)
        set_role(self._rule, "separator")
        self._rule.setFrameShape(QFrame.Shape.HLine)
        self._notice.setObjectName("desk_broken")
        notice = QHBoxLayout()
        notice.setContentsMargins(BARS, 0, _MARGIN, 0)
        notice.addWidget(self._notice, 0, Qt.AlignmentFlag.AlignLeft)
        self._pages = QStackedLayout()
        self._pages.addWidget(self.page)
        self._pages.addWidget(self._made_empty_page())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addLayout(notice)
        column.addSpacing(SPACE)
        column.addWidget(self._find)
        column.addWidget(self._rule)
        column.addLayout(self._pages, 1)

    def _made_empty_page(self) -> QWidget:
        page = QWidget()
        self._empty.setObjectName("desk_empty")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty_button.setObjectName("desk_empty_button")
        column = QVBoxLayout(page)
        column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 2 * _MARGIN)
        column.setSpacing(2 * SPACE)
        column.addStretch(1)
        column.addWidget(self._empty)
        column.addWidget(self._empty_button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _connect(self) -> None:
        self._chooser.chosen.connect(self.source_wanted)
        self._close_button.clicked.connect(lambda _checked=False: self.closed.emit())
        self._find_button.clicked.connect(lambda _checked=False: self._open_find())
        self._notice.clicked.connect(lambda _checked=False: self._list_broken())
        self._empty_button.clicked.connect(lambda _checked=False: self._want_text())
        self._find.found.connect(self.page.set_hits)
        self._find.left.connect(self._close_find)
        self.page.find_asked.connect(self._open_find)
        self.page.find_stepped.connect(self._step_find)
        self.page.passage_chosen.connect(self.passage_chosen)
        self.page.letter_pressed.connect(self._press_letter)
        self.page.selection_changed.connect(self._place_bar)
        self.page.moved.connect(self._place_bar)
        self._bar.entry_chosen.connect(self._request_entry)
        self._bar.claim_chosen.connect(self._request_claim)
        self._bar.left.connect(self._leave_bar)
        themes().changed.connect(self._tell_header)

    def _tell_header(self) -> None:
        source = self._source
        self._chooser.set_titles(self._titles_shown(), "" if source is None else source.uid)
        self._chooser.setVisible(bool(self._titles_shown()))
        details = "" if source is None else source.details
        if source is not None and len(self.page.passages):
            count = len(self.page.passages)
            words = self.tr("1 passage") if count == 1 else self.tr("{count} passages")
            details = " · ".join(filter(None, (details, words.format(count=number(count)))))
        self._details.set_full_text(details)

    def _titles_shown(self) -> tuple[DeskTitle, ...]:
        source = self._source
        if source is None or any(title.uid == source.uid for title in self._titles):
            return self._titles
        return (DeskTitle(source.uid, source.title, source.details), *self._titles)

    def _tell_broken(self) -> None:
        count = len(self._broken)
        words = self.tr("1 quote no longer stands in this text")
        if count != 1:
            words = self.tr("{count} quotes no longer stand in this text").format(count=number(count))
        self._notice.setText(words)
        self._notice.setVisible(bool(count))

    def _list_broken(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for passage in self._broken[:_BROKEN_SHOWN]:
            words = self.tr("{title}: “{quote}”").format(title=passage.title, quote=passage.quote)
            action = menu.addAction(
                menu_text(words[:_LONGEST_ENTRY] + ("…" if len(words) > _LONGEST_ENTRY else ""))
            )
            action.triggered.connect(
                lambda _checked=False, event=passage.event_id: self.passage_chosen.emit(event)
            )
        if len(self._broken) > _BROKEN_SHOWN:
            more = self.tr("and {count} more").format(count=number(len(self._broken) - _BROKEN_SHOWN))
            menu.addAction(more).setEnabled(False)
        menu.popup(self._notice.mapToGlobal(QPoint(0, self._notice.height())))

    def _has_text(self) -> bool:
        return self._source is not None and bool(self._source.text) and self.page.has_text()

    def _show_page(self) -> None:
        has_text = self._has_text()
        self._find_button.setVisible(has_text)
        self._pages.setCurrentIndex(0 if has_text else 1)
        if not has_text:
            self._find.dismiss()
            self._show_empty()
        self._place_bar()

    def _show_empty(self) -> None:
        self._notice.setVisible(bool(self._broken) and self._source is not None)
        self._empty_button.setVisible(True)
        if self._source is not None:
            self._empty.setText(self.tr("No text is stored for this source."))
            self._empty_button.setText(self.tr("Add its text"))
        elif self._titles:
            self._empty.setText(self.tr("Choose a source above to read it."))
            self._empty_button.setVisible(False)
        else:
            self._empty.setText(self.tr("No sources yet. Add one to read it here and make entries of it."))
            self._empty_button.setText(self.tr("Add a source"))

    def _want_text(self) -> None:
        if self._source is None:
            self.sources_wanted.emit()
        else:
            self.text_wanted.emit(self._source.uid)

    def _open_find(self) -> None:
        if self._source is not None and self._has_text():
            self._find.open_on(self._source.text or "", self.page.caret_place())

    def _step_find(self, by: int) -> None:
        if self._find.isVisible():
            self._find.step(by)
        else:
            self._open_find()

    def _close_find(self) -> None:
        """Leave what was found selected: an entry can be made of it, or of the sentence around it."""
        hit = self.page.current_hit()
        self.page.set_hits((), None)
        if hit is not None:
            self.page.select(hit)
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_bar(self) -> None:
        self.page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.page.clear_selection()

    def _press_letter(self, letter: str) -> None:
        if letter == "C" and self._event is not None:
            self._request_claim()
            return
        kind = next((kind for kind in self._kinds if kind.key.upper() == letter), None)
        if kind is not None:
            self._request_entry(kind.kind.name)

    def _request_entry(self, kind: str) -> None:
        selection = self.page.selection()
        if selection is not None and len(selection.quote) <= LONGEST_QUOTE:
            self.entry_requested.emit(kind, selection)

    def _request_claim(self) -> None:
        selection = self.page.selection()
        if selection is not None and len(selection.quote) <= LONGEST_QUOTE:
            self.claim_requested.emit(selection)

    def _place_bar(self) -> None:
        """Show the bar beside the selection, out of the way while it is being dragged or out of sight."""
        box = self.page.selection_box()
        view = QRect(self.page.mapTo(self, QPoint(0, 0)), self.page.viewport().size())
        inside = None if box is None else box.translated(view.topLeft())
        if inside is None or not self._has_text() or self.page.is_selecting() or not inside.intersects(view):
            self._bar.hide()
            return
        first, last = self.page.selected_span()
        too_long = last - first > LONGEST_QUOTE
        words = self.tr("Select at most {count} characters to make an entry of them.")
        self._bar.say_too_long(words.format(count=number(LONGEST_QUOTE)) if too_long else "")
        self._bar.place(inside, view, self._header.geometry())

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        beside, below = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._titles_row.setDirection(below if is_narrow else beside)
        self._titles_row.setSpacing(0 if is_narrow else SPACE)
        self._details.setContentsMargins(SPACE if is_narrow else 0, 0, 0, 0)
        self._place_bar()
