"""A list of known names under a line that is being typed, so that one box both chooses and creates.

Only as many names as fit the list are ever handed to it: a document may know a million.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractScrollArea, QListView

from viewer.frozen import dataclass
from viewer.ui.guard import guard
from viewer.ui.text import one_line
from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from PySide6.QtWidgets import QLineEdit

_MOST = 30
_LONGEST = 120
_ROWS = 8
_GAP = 2
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be chosen: its key, its name, and words that tell it from its namesakes."""

    key: str
    name: str
    remark: str = ""


def folded(text: str) -> str:
    """Return `text` for comparing as people do: without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


class Suggestions(QObject):
    """Offers the options that contain what is typed in `line`; those that begin with it come first.

    The list lies over the window of the line and never takes the focus, so that typing goes on.
    """

    chosen = Signal(object)
    """The Option."""

    def __init__(self, line: QLineEdit, options: Sequence[Option]) -> None:
        super().__init__(line)
        self._line, self._options = line, options
        self._folded: list[str] | None = None
        self._offered: list[Option] = []
        self._model = QStringListModel(self)
        self._list: QListView | None = None
        line.textEdited.connect(self._edited)
        line.installEventFilter(self)

    def is_open(self) -> bool:
        """Whether the list is shown."""
        return self._list is not None and self._list.isVisible()

    def close(self) -> None:
        """Hide the list."""
        if self._list is not None:
            self._list.hide()

    def named(self, name: str) -> list[Option]:
        """Return the options of exactly this name."""
        return [option for option in self._options if option.name == name]

    def matches(self, typed: str) -> list[Option]:
        """Return the options to offer for what is typed, those that begin with it first."""
        wanted = folded(typed.strip())
        begin: list[Option] = []
        contain: list[Option] = []
        for option, words in self._searchable():
            if words.startswith(wanted):
                begin.append(option)
            elif wanted in words and len(contain) < _MOST:
                contain.append(option)
            if len(begin) >= _MOST:
                break
        return (begin + contain)[:_MOST]

    def _searchable(self) -> Iterator[tuple[Option, str]]:
        if self._folded is None:
            self._folded = [folded(option.name[:_LONGEST]) for option in self._options]
        return zip(self._options, self._folded, strict=True)

    def _edited(self, typed: str) -> None:
        if typed.strip():
            self._offer(typed)
        else:
            self.close()

    def _offer(self, typed: str) -> None:
        self._offered = self.matches(typed)
        if len(self._offered) == 1 and self._offered[0].name == typed.strip():
            self._offered = []
        self._model.setStringList([_row(option) for option in self._offered])
        if self._offered:
            self._show()
        else:
            self.close()

    def _show(self) -> None:
        if self._list is None:
            self._list = self._made_list()
            self._follow_scrolling()
        if self._list.parentWidget() is not self._line.window():
            self._list.setParent(self._line.window())
        self._place(self._list)
        self._list.clearSelection()
        self._list.setCurrentIndex(QModelIndex())
        self._list.scrollToTop()
        self._list.show()
        self._list.raise_()

    def _made_list(self) -> QListView:
        """Make the list over the line's window when it is first needed; it goes with the line."""
        view = QListView(self._line.window())
        view.setModel(self._model)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        view.setUniformItemSizes(True)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setObjectName(f"{self._line.objectName()}_suggestions")
        view.setAccessibleName(self.tr("Suggestions"))
        set_role(view, "card")
        view.clicked.connect(self._choose)
        self._line.destroyed.connect(view.deleteLater)
        return view

    def _place(self, view: QListView) -> None:
        """Lay the list under the line, or over it where there is no room below."""
        window, around = self._line.window(), self._line.parentWidget()
        room = 0 if around is None else around.width() - self._line.x()
        rows = min(len(self._offered), _ROWS)
        height = rows * max(view.sizeHintForRow(0), 1) + 2 * view.frameWidth() + 2
        at = self._line.mapTo(window, QPoint(0, self._line.height() + _GAP))
        if at.y() + height > window.height():
            at.setY(max(0, at.y() - self._line.height() - 2 * _GAP - height))
        view.setGeometry(at.x(), at.y(), max(self._line.width(), room), height)

    def _moved(self) -> None:
        if self._list is None or not self._list.isVisible():
            return
        if self._line.visibleRegion().isEmpty():
            self.close()
        else:
            self._place(self._list)

    def _follow_scrolling(self) -> None:
        """Keep the list at the line when the form scrolls."""
        above = self._line.parentWidget()
        while above is not None:
            if isinstance(above, QAbstractScrollArea):
                above.verticalScrollBar().valueChanged.connect(self._moved)
            above = above.parentWidget()

    def _choose(self, index: QModelIndex) -> None:
        self.close()
        if 0 <= index.row() < len(self._offered):
            self.chosen.emit(self._offered[index.row()])

    def _press(self, key: int) -> bool:
        """Act on a key in the line; return whether that was all it meant."""
        if key == Qt.Key.Key_Down and not self.is_open() and not self._line.isReadOnly():
            self._offer(self._line.text())
            return self.is_open()
        if self._list is None or not self.is_open():
            return False
        current = self._list.currentIndex()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            row = current.row() + (1 if key == Qt.Key.Key_Down else -1)
            self._list.setCurrentIndex(self._model.index(row, 0))
            return True
        if key == Qt.Key.Key_Escape:
            self.close()
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self.close()
            if current.isValid():
                self._choose(current)
                return key != Qt.Key.Key_Tab
        return False

    @guard(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let keys in the line act on the list, and close it with the line."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self.close()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._moved()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return not event.modifiers() & _MODIFIERS and self._press(event.key())
        return False


def _row(option: Option) -> str:
    name = one_line(option.name, _LONGEST)
    return f"{name}  ·  {one_line(option.remark, _LONGEST)}" if option.remark else name
