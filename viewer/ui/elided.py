"""Words that give way: labels and buttons that end in an ellipsis where there is too little room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QSizePolicy

from viewer.ui.guard import guard
from viewer.ui.text import PlainLabel, menu_text, one_line, set_tooltip
from viewer.ui.theme import set_role

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QResizeEvent
    from PySide6.QtWidgets import QWidget

_NARROWEST = 24


class ElidedLabel(PlainLabel):
    """One line of plain text, cut to its width; the tooltip says `hint`, or the whole when it is cut."""

    def __init__(
        self, text: str = "", role: str = "body", parent: QWidget | None = None, *, hint: str = ""
    ) -> None:
        super().__init__("", role, parent)
        self._full = ""
        self._hint = hint
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_full_text(text)

    def full_text(self) -> str:
        """Return the whole text, on one line."""
        return self._full

    def set_full_text(self, text: str) -> None:
        """Show `text`, as much of it as fits."""
        whole = one_line(text)
        if whole != self._full:  # the status line says where the view is, at every frame
            self._full = whole
            self.setAccessibleName(whole)
            self.updateGeometry()
            self._fit()

    def _fit(self) -> None:
        room = self.width() - _padding(super().sizeHint(), self.fontMetrics(), self.text())
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(room, 0))
        self.setText(shown)
        set_tooltip(self, self._hint or ("" if shown == self._full else self._full))

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @guard(default=QSize())
    def sizeHint(self) -> QSize:
        return _for_whole(super().sizeHint(), self.fontMetrics(), self.text(), self._full)

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), _NARROWEST), hint.height())


class ElidedButton(QPushButton):
    """A button whose words are cut to its width; the whole stands in the tooltip when they are cut."""

    def __init__(self, text: str, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, role)
        self._full = one_line(text)
        self._shown = ""
        self.setAccessibleName(self._full)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_full_text(self, text: str) -> None:
        """Show `text`, as much of it as fits."""
        self._full = one_line(text)
        self.setAccessibleName(self._full)
        self.updateGeometry()
        self._fit()

    def _fit(self) -> None:
        room = self.width() - _padding(super().sizeHint(), self.fontMetrics(), self._shown)
        self._shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(room, 0))
        self.setText(menu_text(self._shown))
        set_tooltip(self, "" if self._shown == self._full else self._full)

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @guard(default=QSize())
    def sizeHint(self) -> QSize:
        return _for_whole(super().sizeHint(), self.fontMetrics(), self._shown, self._full)

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), _NARROWEST), hint.height())


def _padding(hint: QSize, metrics: QFontMetrics, shown: str) -> int:
    """Return what a widget needs beside its words."""
    return hint.width() - metrics.horizontalAdvance(shown)


def _for_whole(hint: QSize, metrics: QFontMetrics, shown: str, whole: str) -> QSize:
    """Return the size hint that a widget would give if it showed `whole` instead of `shown`."""
    extra = metrics.horizontalAdvance(whole) - metrics.horizontalAdvance(shown)
    return QSize(hint.width() + extra + 1, hint.height())
