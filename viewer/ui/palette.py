"""The command palette: every action of the menus by a few letters of its name, without a hand on the mouse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTableView, QWidget

from viewer.domain.wording import folded
from viewer.ui.chip_popover import ChipPopover
from viewer.ui.guard import guard
from viewer.ui.measures import text_width
from viewer.ui.menu_commands import STEP, Command, commands
from viewer.ui.row_ink import paint_ground, write
from viewer.ui.row_list import be_a_list
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenuBar

    Index = QModelIndex | QPersistentModelIndex

_COMMAND = Qt.ItemDataRole.UserRole
_ROW_HEIGHT = 32
_SHOWN = 12
_WIDTH = 560
_TOP = 96
_TEXT = 20
_LEAST_LIKE = 62.0
_LEAST_LETTERS = 3
"""Fewer letters are like almost anything."""
_MOST_LIKE = 100.0
_MOVES = frozenset((Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown))


def best(query: str, found: Sequence[Command]) -> list[Command]:
    """Return the commands that a query may mean, the likeliest first; with the words of one, that one."""
    from rapidfuzz import fuzz

    words = folded(query).replace(STEP.strip(), " ").split()
    asked = " ".join(words)
    scores = []
    for place, command in enumerate(found):
        name = folded(command.name).replace(STEP.strip(), " ").replace("…", "")
        parts = name.split()
        own = folded(command.path[-1]).replace("…", "")
        like = max(fuzz.WRatio(asked, own), 0.9 * fuzz.token_set_ratio(asked, name))
        begun = [word for word in words if any(part.startswith(word) for part in parts)]
        if len(begun) == len(words):
            like += 2 * _MOST_LIKE + _MOST_LIKE / 2 * own.startswith(words[0]) + _MOST_LIKE * (parts == words)
        elif len(asked) < _LEAST_LETTERS:
            continue
        if like >= _LEAST_LIKE:
            like -= 0 if command.action.isEnabled() else _MOST_LIKE
            scores.append((-like, place, command))
    return [command for _, _, command in sorted(scores, key=lambda score: score[:2])]


class Palette(ChipPopover):
    """Lies over the window; Enter runs what is selected, Esc leaves. `ran(name)` before a command runs."""

    ran = Signal(str)

    def __init__(
        self, bar: QMenuBar, recent: Sequence[str], why_not: Callable[[QAction], str], window: QWidget
    ) -> None:
        super().__init__("palette", QCoreApplication.translate("Palette", "Command palette"), window)
        self._commands = commands(bar)
        places = {name: place for place, name in enumerate(recent)}
        self._usual = sorted(self._commands, key=lambda each: places.get(each.lasting_name, len(places)))
        self._rows = _Rows(self)
        self._field = _Field(self)
        self._field.setObjectName("palette_field")
        self._field.setAccessibleName(self.tr("Command"))
        self._field.setPlaceholderText(self.tr("What shall be done?"))
        self._list = QTableView(self)
        self._list.setObjectName("palette_list")
        self._list.setAccessibleName(self.tr("Commands"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setModel(self._rows)
        self._list.setItemDelegate(_Painter(why_not, self._list))
        be_a_list(self._list, _ROW_HEIGHT)
        self._nothing = PlainLabel(self.tr("Nothing in the menus is called that."), "muted", self)
        self._nothing.setObjectName("palette_nothing")
        self._nothing.hide()
        self._column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        self._column.setSpacing(SPACE)
        for part in (self._field, self._list, self._nothing):
            self._column.addWidget(part)
        self._field.textChanged.connect(self._find)
        self._field.returnPressed.connect(self._run)
        self._field.moved.connect(self._move)
        self._list.clicked.connect(self._run)
        self.closed.connect(self.deleteLater)
        self._find("")

    def open_now(self) -> None:
        """Open in the middle of the window; what had the keyboard gets it back."""
        self.open_at(self.window().focusWidget() or self.window(), self._field)

    def place(self) -> None:
        """Lie in the upper middle of the window."""
        window = self.window()
        width = min(_WIDTH, window.width() - 2 * SPACE)
        height = min(self._column.sizeHint().height(), window.height() - _TOP - SPACE)
        self.setGeometry((window.width() - width) // 2, _TOP, width, height)

    def _find(self, text: str) -> None:
        found = best(text, self._commands) if text.strip() else self._usual
        self._rows.set_commands(found)
        self._list.setFixedHeight(_ROW_HEIGHT * min(max(len(found), 1), _SHOWN))
        self._list.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self._list.selectRow(0)
        self._list.scrollToTop()

    def _move(self, key: int) -> None:
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -_SHOWN,
            Qt.Key.Key_PageDown: _SHOWN,
        }
        last = self._rows.rowCount() - 1
        here, step = self._list.currentIndex().row(), steps[Qt.Key(key)]
        if abs(step) == 1 and last >= 0:
            self._list.selectRow((here + step) % (last + 1))
        else:
            self._list.selectRow(max(0, min(here + step, last)))

    def _run(self) -> None:
        command = self._list.currentIndex().data(_COMMAND)
        if isinstance(command, Command) and command.action.isEnabled():
            self.close_now()
            self.ran.emit(command.lasting_name)
            # First the key has to have been dealt with, in a field that is gone when the command opens a dialog.
            QTimer.singleShot(0, command.action, command.action.trigger)


class _Field(QLineEdit):
    """The line in which one types; keys that move are for the list. `moved(key)`."""

    moved = Signal(int)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _MOVES:
            self.moved.emit(event.key())
        else:
            super().keyPressEvent(event)


class _Rows(QAbstractTableModel):
    """The commands that are found, in one column."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._commands: Sequence[Command] = ()

    def set_commands(self, found: Sequence[Command]) -> None:
        """Show other commands."""
        self.beginResetModel()
        self._commands = found
        self.endResetModel()

    @guard(default=0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._commands)

    @guard(default=0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    @guard()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        command = self._commands[index.row()]
        if role == _COMMAND:
            return command
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return command.name
        return None


class _Painter(QStyledItemDelegate):
    """Paints a row: the menus quietly, the command itself, and its keys at the right, or why it cannot be run."""

    def __init__(self, why_not: Callable[[QAction], str], parent: QObject) -> None:
        super().__init__(parent)
        self._why_not = why_not

    @guard()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        command = index.data(_COMMAND)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option.rect, option.state)
        self._paint_words(painter, option.rect, command)
        painter.restore()

    def _paint_words(self, painter: QPainter, rect: QRect, command: Command) -> None:
        enabled = command.action.isEnabled()
        right_words = command.keys if enabled else self._why_not(command.action)
        width = int(text_width(right_words, "small")) + 2
        x, centre, right = rect.left() + _TEXT, rect.center().y() + 1, rect.right() - _TEXT
        write(painter, right - width, centre, width, right_words, "small", "muted")
        right -= width + 2 * SPACE
        above = "".join(f"{word}{STEP}" for word in command.path[:-1])
        write(painter, x, centre, right - x, above, "body", "muted")
        x += int(text_width(above, "body"))
        write(painter, x, centre, right - x, command.path[-1], "body", "text" if enabled else "muted")
