"""One field of a form: a label above, what is typed, and a line below for its echo or its problem.

Each field gives back exactly what it was given as long as nobody changed it: what cannot be shown in a
widget, such as a line break in a title, survives a form that was opened for something else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from viewer.ui.guard import guard
from viewer.ui.text import PlainLabel, hard_breaks, one_line, several_lines
from viewer.ui.theme import SPACE, set_role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QFocusEvent, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QLayout

_LONGEST_LINE = 10_000
_LONGEST_TEXT = 500_000
_BACK_SOON = (
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
_AROUND_TEXT = 20  # rim, padding and margin, above and below


def mark_problem(widget: QWidget, on: bool) -> None:
    """Rim a field in amber, or no more."""
    if bool(widget.property("problem")) != on:
        widget.setProperty("problem", on)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class Line(QLineEdit):
    """One line of text. What is too long to be edited here is shown shortened and kept."""

    def __init__(self, name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self._loaded: str | None = None
        self._shown = ""

    def load(self, text: str | None) -> None:
        """Show `text` for editing."""
        too_long = len(text or "") > _LONGEST_LINE
        self.setReadOnly(too_long)
        self.setText(one_line(text or "") if too_long else text or "")
        self.setCursorPosition(0)
        self._loaded, self._shown = text, self.text()

    def value(self) -> str | None:
        """Return what was typed, without spaces around it; None when empty."""
        return self._loaded if self.text() == self._shown else self.text().strip() or None

    def restore(self, text: str) -> None:
        """Show what a draft holds."""
        if not self.isReadOnly():
            self.setText(text)
            self.setCursorPosition(0)

    @guard()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show the beginning of what is longer than the line, once the user has gone on to something else."""
        super().focusOutEvent(event)
        if event.reason() not in _BACK_SOON:
            self.setCursorPosition(0)


class Text(QPlainTextEdit):
    """Several lines of text; grows with what is typed between two heights, in lines."""

    def __init__(
        self, name: str, accessible_name: str, lines: tuple[int, int], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._lines = lines
        self._loaded: str | None = None
        self._shown = ""
        self.textChanged.connect(self.fit)
        self.fit()

    def load(self, text: str | None) -> None:
        """Show `text` for editing."""
        too_long = len(text or "") > _LONGEST_TEXT or bool(hard_breaks(text or ""))
        self.setReadOnly(too_long)
        self.setPlainText(several_lines(text or "") if too_long else text or "")
        self._loaded, self._shown = text, self.toPlainText()

    def value(self) -> str | None:
        """Return what was typed, without blank space around it; None when empty."""
        return self._loaded if self.toPlainText() == self._shown else self.toPlainText().strip() or None

    def restore(self, text: str) -> None:
        """Show what a draft holds."""
        if not self.isReadOnly():
            self.setPlainText(text)

    def fit(self) -> None:
        """Take the height that the text needs, within the bounds."""
        line = QFontMetrics(self.font()).lineSpacing()
        fewest, most = (lines * line for lines in self._lines)
        needed, block = 0.0, self.document().firstBlock()
        while block.isValid() and needed < most:
            # Asking how high a block is lays it out; before that, it counts as one line.
            needed += self.document().documentLayout().blockBoundingRect(block).height()
            block = block.next()
        height = round(max(fewest, min(most, needed))) + _AROUND_TEXT
        if height != self.height():
            self.setFixedHeight(height)

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    @guard()
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.fit()


class Combo(QComboBox):
    """A choice of words for values; the wheel scrolls the form, not a choice that nobody meant to change."""

    def __init__(self, name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(accessible_name)
        self.setAccessibleDescription(accessible_name)  # under X11 and Wayland the name is what was chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)

    def offer(self, words: Sequence[tuple[str | None, str]]) -> None:
        """Offer values with their words, the first one chosen."""
        for value, word in words:
            self.addItem(word, value)

    def choose(self, value: str | None) -> None:
        """Choose a value; one that is not offered is added under its own name."""
        index = self.findData(value)
        if index < 0 and value is not None:
            self.addItem(one_line(value), value)
            index = self.count() - 1
        self.setCurrentIndex(max(0, index))

    def chosen(self) -> str | None:
        """Return the chosen value."""
        value: str | None = self.currentData()
        return value

    @guard()
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class Field(QWidget):
    """A label, a body and a line below."""

    changed = Signal()

    def __init__(self, label: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE // 2)
        self.label = PlainLabel(label, "label", self)
        self.label.setVisible(bool(label))
        self.note = PlainLabel("", "small", self)
        self.note.setObjectName(f"{name}_echo")
        self.note.setWordWrap(True)
        self.note.hide()
        self._column.addWidget(self.label)
        self._column.addWidget(self.note)

    def put(self, part: QWidget | QLayout) -> None:
        """Add a part above the line below."""
        position = self._column.count() - 1
        if isinstance(part, QWidget):
            self._column.insertWidget(position, part)
        else:
            self._column.insertLayout(position, part)

    def put_below(self, part: QWidget) -> None:
        """Add a part below all others, the line below included."""
        self._column.addWidget(part)
        self._column.removeWidget(self.note)
        self._column.insertWidget(self._column.count() - 1, self.note)

    def say(self, text: str, role: str = "small") -> None:
        """Show a line below the field: an "echo", a "problem" or a "small" remark; nothing hides it."""
        set_role(self.note, role)
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def data(self) -> Any:
        """Return all that is typed, as JSON values."""
        raise NotImplementedError

    def restore(self, data: Any) -> None:
        """Show what `data` returned once."""
        raise NotImplementedError

    def check(self) -> QWidget | None:
        """Show what is wrong, and return the widget in which it can be put right."""
        return None


class LineField(Field):
    """A labelled line of text; `required` is what to say when it stays empty."""

    def __init__(
        self, label: str, name: str, parent: QWidget | None = None, *, hint: str = "", required: str = ""
    ) -> None:
        super().__init__(label, name, parent)
        self.line = Line(name, label, self)
        self.line.setPlaceholderText(hint)
        self._required = required
        self.label.setBuddy(self.line)
        self.put(self.line)
        self.line.textChanged.connect(self._typed)

    def load(self, text: str | None) -> None:
        """Show a value for editing."""
        self.line.load(text)

    def value(self) -> str | None:
        """Return what was typed; None when empty."""
        return self.line.value()

    def data(self) -> str:
        return self.line.text()

    def restore(self, data: Any) -> None:
        self.line.restore(data if isinstance(data, str) else "")

    def check(self) -> QWidget | None:
        missing = bool(self._required) and not (self.value() or "").strip()
        if missing:
            self.say(self._required, "problem")
            mark_problem(self.line, True)
        return self.line if missing else None

    def _typed(self) -> None:
        mark_problem(self.line, False)
        self.say("")
        self.changed.emit()


class TextField(Field):
    """A labelled text of several lines."""

    def __init__(
        self,
        label: str,
        name: str,
        parent: QWidget | None = None,
        *,
        hint: str = "",
        lines: tuple[int, int] = (2, 8),
        role: str = "",
    ) -> None:
        super().__init__(label, name, parent)
        self.text = Text(name, label, lines, self)
        self.text.setPlaceholderText(hint)
        if role:
            set_role(self.text, role)
        self.label.setBuddy(self.text)
        self.put(self.text)
        self.text.textChanged.connect(self.changed)

    def load(self, text: str | None) -> None:
        """Show a value for editing."""
        self.text.load(text)

    def value(self) -> str | None:
        """Return what was typed; None when empty."""
        return self.text.value()

    def data(self) -> str:
        return self.text.toPlainText()

    def restore(self, data: Any) -> None:
        self.text.restore(data if isinstance(data, str) else "")


class ComboField(Field):
    """A labelled choice of words."""

    def __init__(
        self, label: str, name: str, words: Sequence[tuple[str | None, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(label, name, parent)
        self.combo = Combo(name, label, self)
        self.combo.offer(words)
        self.label.setBuddy(self.combo)
        self.put(self.combo)
        self.combo.currentIndexChanged.connect(self.changed)

    def data(self) -> str | None:
        return self.combo.chosen()

    def restore(self, data: Any) -> None:
        self.combo.choose(data if isinstance(data, str) else None)


def side_by_side(*fields: QWidget, stretch: Sequence[int] = ()) -> QHBoxLayout:
    """Return fields in one row, aligned at their tops."""
    row = QHBoxLayout()
    row.setSpacing(SPACE)
    for position, field in enumerate(fields):
        row.addWidget(field, stretch[position] if stretch else 1, Qt.AlignmentFlag.AlignTop)
    return row
