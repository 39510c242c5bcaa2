"""A line in which a date is typed: keys move it, and a calendar opens from its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCharFormat
from PySide6.QtWidgets import QToolButton

from viewer.domain.dates import DateError, FuzzyDate
from viewer.ui.forms.calendar_popup import CalendarPopup
from viewer.ui.forms.date_steps import stepped
from viewer.ui.forms.date_whence import SourceSetting
from viewer.ui.forms.field import Line
from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.theme import set_role, theme

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent
    from PySide6.QtWidgets import QWidget

_INSET = 2
_STEPS = {
    Qt.Key.Key_Up: (1, False),
    Qt.Key.Key_Down: (-1, False),
    Qt.Key.Key_PageUp: (1, True),
    Qt.Key.Key_PageDown: (-1, True),
}


class DateLine(Line):
    """Up and Down move the date by its own unit, Page Up and Page Down by a coarser one, Alt+Down opens a month.

    `setting` says how its wording is read.
    """

    def __init__(self, name: str, accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, accessible_name, parent)
        self.setting = SourceSetting()
        self._start: int | None = None
        self._is_marked = False
        self._button = QToolButton(self)
        set_role(self._button, "inset")
        set_icon(self._button, "calendar", "muted")
        self._button.setIconSize(QSize(16, 16))
        self._button.setObjectName(f"{name}_open_calendar")
        self._button.setToolTip(self.tr("Choose a day (Alt+Down)"))
        self._button.setAccessibleName(self.tr("Choose a day"))
        self._button.setCursor(Qt.CursorShape.ArrowCursor)
        self._button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._button.clicked.connect(self.open_calendar)

    def set_start(self, moment: int | None) -> None:
        """Say where a calendar begins that has no date to begin at: in seconds, such as what is in view."""
        self._start = moment

    def open_calendar(self) -> None:
        """Open a month below the line; a day chosen there is written in words."""
        calendar = CalendarPopup(self, self._moment())
        calendar.picked.connect(self._write)
        calendar.open_below(self)

    def underline(self, at: tuple[int, int] | None) -> None:
        """Underline a part of the text, from one place to another; None: no more."""
        if at is None and not self._is_marked:
            return
        self._is_marked = at is not None
        marks = []
        if at is not None:
            look = QTextCharFormat()
            look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            look.setUnderlineColor(theme().colour("warning"))
            kind = QInputMethodEvent.AttributeType.TextFormat
            start = at[0] - self.cursorPosition()
            marks.append(QInputMethodEvent.Attribute(kind, start, at[1] - at[0], look))
        # A line edit has no formats of its own; what an input method would mark is the one way to them.
        QCoreApplication.sendEvent(self, QInputMethodEvent("", marks))

    def _moment(self) -> int | None:
        for date in (self._read(), self.setting.reference):
            if date is not None and date.is_dated:
                return date.earliest if date.earliest is not None else date.latest
        return self._start

    def _read(self) -> FuzzyDate | None:
        try:
            return self.setting.read(self.text())
        except DateError:
            return None

    def _write(self, words: str) -> None:
        self.setText(words)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, event: QKeyEvent) -> bool:
        found = _STEPS.get(Qt.Key(event.key()))
        if found is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self.isReadOnly():
            return False
        step, coarse = found
        there = stepped(self.text(), step, self.setting, coarse=coarse)
        if there is not None:
            self.setText(there)
        return there is not None

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._button.adjustSize()
        size = self._button.size()
        self._button.move(self.width() - size.width() - _INSET, (self.height() - size.height()) // 2)
        self.setTextMargins(0, 0, size.width() - _INSET, 0)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Down and not self.isReadOnly():
            self.open_calendar()
        elif not self._step(event):
            super().keyPressEvent(event)
