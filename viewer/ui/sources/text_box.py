"""The box for a source's text: kept to the character as it was pasted or read, however long it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from viewer.ui.elided import ElidedLabel
from viewer.ui.forms.field import Field, Text
from viewer.ui.guard import guard
from viewer.ui.painter_ink import number
from viewer.ui.text import hard_breaks
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_LINES = (6, 14)
_PAUSE_MS = 500
_LONGEST_PASTE = 50_000
"""What is pasted into the middle of other words and is longer, or unbroken, is laid in anew with them."""


class _Paper(Text):
    """The editor; `laid(text)`: a whole text was pasted, to be kept exactly as it was."""

    laid = Signal(str)

    def __init__(self, name: str, label: str, parent: QWidget) -> None:
        super().__init__(name, label, _LINES, parent)
        self.setAcceptDrops(False)  # files dropped here are the form's affair

    @guard()
    def insertFromMimeData(self, source: QMimeData) -> None:
        text = source.text()
        around = [
            self._part(where) for where in (QTextCursor.MoveOperation.Start, QTextCursor.MoveOperation.End)
        ]
        if not any(around) or len(text) > _LONGEST_PASTE or hard_breaks(text):
            self.laid.emit(around[0] + text + around[1])
        else:
            self.insertPlainText(text)

    def _part(self, towards: QTextCursor.MoveOperation) -> str:
        """Return what stands before or after the cursor or the selection."""
        cursor = self.textCursor()
        start = towards == QTextCursor.MoveOperation.Start
        cursor.setPosition(cursor.selectionStart() if start else cursor.selectionEnd())
        cursor.movePosition(towards, QTextCursor.MoveMode.KeepAnchor)
        return cursor.selectedText().replace("\u2029", "\n")


class TextBox(Field):
    """`settled()` when it has not changed for a moment; `file_wanted()`; `copy_accepted(uid)`."""

    settled = Signal()
    file_wanted = Signal()
    copy_accepted = Signal(str)

    def __init__(self, label: str, name: str, parent: QWidget) -> None:
        super().__init__(label, name, parent)
        self.text = _Paper(name, label, self)
        self.text.setPlaceholderText(self.tr("Paste the text, drop a file here, or fetch the address"))
        self.label.setBuddy(self.text)
        self._waiting: str | None = None
        self._near: str = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.settled)
        self._open = self._link(self.tr("Open file…"), f"{name}_open", self.file_wanted.emit)
        self._empty = self._link(self.tr("Empty the box"), f"{name}_empty", lambda: self.lay_in(""))
        self._size = ElidedLabel("", "small", self)
        self._size.setObjectName(f"{name}_size")
        self._copy_row, self._copy_words = self._row_of(
            f"{name}_near", self.tr("Mark as a copy of it"), self._accept_copy
        )
        self._new_row, self._new_words = self._row_of(f"{name}_found", self.tr("use"), self._use_found)
        self.put(self._in_row(self._open, self._empty, self._size))
        self.put(self.text)
        for row in (self._new_row, self._copy_row):
            self._column.addWidget(row)
            row.hide()
        self.text.textChanged.connect(self._typed)
        self.text.laid.connect(self.lay_in)
        self._follow()

    def load(self, text: str | None) -> None:
        """Show the stored text."""
        self.text.load(text)
        self._pause.stop()
        self._new_row.hide()
        self._copy_row.hide()
        self._follow()

    def lay_in(self, text: str) -> None:
        """Put a whole text into the box, to be kept to the character."""
        self.text.load(text)
        self._new_row.hide()
        self._follow()
        self._pause.start()
        self.changed.emit()

    def value(self) -> str | None:
        """Return the text; None when there is none."""
        return self.text.value() or None

    def offer(self, text: str, notes: Sequence[str] = ()) -> None:
        """Lay in a text that was fetched or read; where another one stands, wait until it is to be used.

        `notes` say what to look at in it.
        """
        current = self.value()
        if current is None:
            self.lay_in(text)
            self.say(" ".join(notes), "problem")
        elif current == text:
            self._new_row.hide()
            self.say(self.tr("The text is unchanged."))
        else:
            self._waiting = text
            words = self.tr("Another text was found: {count} characters")
            self._new_words.set_full_text(words.format(count=number(len(text))))
            self._new_row.show()

    def show_near_copy(self, uid: str, title: str, percent: int) -> None:
        """Point out a source whose text is nearly the same; an empty uid: there is none."""
        self._near = uid
        words = self.tr("Nearly the same text as “{title}” ({percent} %)")
        if percent >= 100:
            words = self.tr("The same text as “{title}”")
        self._copy_words.set_full_text(words.format(title=title, percent=percent))
        self._copy_row.setVisible(bool(uid))

    def data(self) -> str:
        return self.value() or ""

    def restore(self, data: Any) -> None:
        if isinstance(data, str):
            self.lay_in(data)

    def _typed(self) -> None:
        self._follow()
        self.say("")
        self._pause.start()
        self.changed.emit()

    def _follow(self) -> None:
        shortened = self.text.isReadOnly()
        self._empty.setVisible(shortened)
        count = len(self.text.value() or "") if shortened else 0
        words = self.tr("{count} characters; the beginning is shown.").format(count=number(count))
        self._size.set_full_text(words if shortened else "")

    def _accept_copy(self) -> None:
        self._copy_row.hide()
        self.copy_accepted.emit(self._near)

    def _use_found(self) -> None:
        if self._waiting is not None:
            self.lay_in(self._waiting)
            self._waiting = None

    def _link(self, text: str, name: str, press: Callable[[], object]) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        set_role(button, "link")
        button.clicked.connect(lambda: press())
        return button

    def _row_of(self, name: str, action: str, press: Callable[[], object]) -> tuple[QWidget, ElidedLabel]:
        words = ElidedLabel("", "problem", self)
        words.setObjectName(name)
        return self._in_row(words, self._link(action, f"{name}_use", press)), words

    def _in_row(self, *parts: QWidget) -> QWidget:
        row = QWidget(self)
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        for part in parts:
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        return row
