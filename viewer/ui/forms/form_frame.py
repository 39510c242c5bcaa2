"""The head and the foot of a form: its kind and name above, hint and buttons below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from viewer.ui.guard import guard
from viewer.ui.painter_marks import MARK, paint_mark
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role, theme, themes

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from viewer.domain.records import Kind

SIDE = 20
"""How far the parts of the sheet stand from its sides, in logical pixels."""
_WIDE_ENOUGH_FOR_HINT = 400


class KindMark(QWidget):
    """The mark of a kind, as the timeline draws it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._kind: Kind | None = None
        self.setFixedSize(QSize(round(MARK) + 1, round(MARK) + 1))
        themes().changed.connect(self.update)

    def show_kind(self, kind: Kind) -> None:
        """Draw the mark of `kind`."""
        self._kind = kind
        self.update()

    @guard()
    def paintEvent(self, event: QPaintEvent) -> None:
        if self._kind is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            centre = QPointF(self.width() / 2, self.height() / 2)
            colour = theme().kind_colour(self._kind.colour)
            paint_mark(painter, self._kind.shape, centre, colour, theme().colour("panel"))


class FormHead(QWidget):
    """The kind's mark and what the form is for; below it, why the last attempt to save failed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._mark = KindMark(self)
        self._title = PlainLabel("", "title", self)
        self._title.setObjectName("form_title")
        self._problem = PlainLabel("", "warning", self)
        self._problem.setObjectName("problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._mark)
        row.addWidget(self._title, 1)
        row.addWidget(PlainLabel(self.tr("Esc"), "small", self))
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 2 * SPACE, SIDE, SPACE)
        column.setSpacing(SPACE)
        column.addLayout(row)
        column.addWidget(self._problem)

    def show_form(self, kind: Kind | None, title: str) -> None:
        """Say which form this is; the mark is that of a kind, where it is about an event."""
        self._mark.setVisible(kind is not None)
        if kind is not None:
            self._mark.show_kind(kind)
        self._title.setText(title)

    def show_problem(self, text: str) -> None:
        """Say what went wrong; nothing takes the notice away."""
        self._problem.setText(text)
        self._problem.setVisible(bool(text))


class FormFoot(QWidget):
    """Hint, Delete, Cancel and Save; in their place, when asked for, the question whether to discard."""

    save = Signal()
    cancel = Signal()
    delete = Signal()
    discard = Signal()
    keep = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._hint = PlainLabel(self.tr("Ctrl+Enter saves"), "small", self)
        self._hint.setMinimumWidth(1)  # it gives way, and never keeps the sheet from getting narrower
        self._delete = self._button(self.tr("Delete"), "delete", "quiet", self.delete)
        self._buttons = QWidget(self)
        self._question = QWidget(self)
        self._question.setObjectName("discard_question")
        self._save = self._button(self.tr("Save"), "save", "primary", self.save)
        self._save.setToolTip(self.tr("Ctrl+Enter"))
        cancel = self._button(self.tr("Cancel"), "cancel", "quiet", self.cancel)
        discard = self._button(self.tr("Discard"), "discard", "quiet", self.discard)
        self._keep = self._button(self.tr("Keep"), "keep", "body", self.keep)
        _in_row(self._buttons, [self._hint, self._delete, None, cancel, self._save])
        asked = PlainLabel(self.tr("Discard what you typed?"), "strong", self)
        _in_row(self._question, [asked, None, discard, self._keep])
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        set_role(line, "separator")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (line, self._buttons, self._question):
            column.addWidget(widget)
        self.ask(False)
        self.allow_delete(False)

    def allow_delete(self, allowed: bool) -> None:
        """Offer to delete the entry, which makes sense only when it is there already."""
        self._delete.setVisible(allowed)
        self._make_room()

    def ask(self, on: bool) -> None:
        """Ask whether to discard, or show the buttons again."""
        self._question.setVisible(on)
        self._buttons.setVisible(not on)
        if on:
            self._keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_asking(self) -> bool:
        """Whether the question is shown."""
        return self._question.isVisibleTo(self)

    def _button(self, text: str, name: str, role: str, signal: SignalInstance) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        set_role(button, role)
        button.clicked.connect(signal)
        return button

    def _make_room(self) -> None:
        self._hint.setVisible(self._delete.isHidden() or self.width() >= _WIDE_ENOUGH_FOR_HINT)

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()


def _in_row(row: QWidget, widgets: list[QWidget | None]) -> None:
    layout = QHBoxLayout(row)
    layout.setContentsMargins(SIDE, SPACE + SPACE // 2, SIDE, SPACE + SPACE // 2)
    layout.setSpacing(SPACE // 2)
    for widget in widgets:
        if widget is None:
            layout.addStretch(1)
        else:
            layout.addWidget(widget)
