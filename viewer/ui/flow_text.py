"""Text to be read and copied: several styles in one piece, as high as it needs to be, never a scroll bar.

What is shown may differ from what a file says, hidden characters and all; what is copied never does: each
position of the view knows which character it stands for, and an ellipsis stands for all that it leaves off.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QClipboard,
    QFont,
    QGuiApplication,
    QKeySequence,
    QPainter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from viewer.frozen import dataclass
from viewer.ui.guard import guard
from viewer.ui.text import SHORT, hard_breaks, one_line, several_lines
from viewer.ui.theme import theme, themes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import (
        QContextMenuEvent,
        QFocusEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
    )


@dataclass(frozen=True, slots=True)
class Style:
    """How a run looks: font role, tokens of ink and ground, and whether an italic role stands upright."""

    font: str
    ink: str = "text"
    ground: str | None = None
    upright: bool = False


STYLES = {
    "title": Style("title"),
    "body": Style("body"),
    "muted": Style("body", "muted"),
    "small": Style("small", "muted"),
    "strong_small": Style("tick_strong"),
    "small_text": Style("small"),
    "warning": Style("tick_strong", "warning"),
    "quote": Style("quote"),
    "wording": Style("quote", "muted"),
    "passage": Style("quote", "text", "quote"),
    "context": Style("quote", "muted", upright=True),
}


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one of STYLES; `struck`: no longer said."""

    text: str
    style: str = "body"
    struck: bool = False


_NARROWEST = 24
# Qt's own marks for tables, frames and pictures inside a text.
_QT_MARKS = str.maketrans(dict.fromkeys("\ufdd0\ufdd1\ufffc", "\ufffd"))


class FlowText(QWidget):
    """Read-only text that wraps anywhere, can be selected, and copies exactly what the file says.

    At most `limit` characters of each run are shown.
    """

    def __init__(self, runs: Sequence[Run], parent: QWidget | None = None, *, limit: int = SHORT) -> None:
        super().__init__(parent)
        self._document = QTextDocument(self)
        self._document.setDocumentMargin(0)
        self._document.setUndoRedoEnabled(False)
        self._document.setDefaultTextOption(_wrapping())
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_runs(runs, limit=limit)
        themes().changed.connect(self._fill)

    def set_runs(self, runs: Sequence[Run], *, limit: int = SHORT) -> None:
        """Show `runs`, at most `limit` characters of each."""
        self._runs = tuple(runs)
        self._limit = limit
        self._original = "".join(run.text for run in runs)
        self._fill()

    def shown_text(self) -> str:
        """Return what can be read in the view."""
        return self._document.toPlainText()

    def text_document(self) -> QTextDocument:
        """Return what is shown, with its styles."""
        return self._document

    def selected_text(self) -> str:
        """Return what is selected, as the file says it."""
        first, last = self._places[self._cursor.selectionStart()], self._places[self._cursor.selectionEnd()]
        return self._original[first:last]

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        if self._cursor.hasSelection():
            QGuiApplication.clipboard().setText(self.selected_text())

    def select_all(self) -> None:
        """Select everything."""
        self._cursor.select(QTextCursor.SelectionType.Document)
        self.update()

    def _fill(self) -> None:
        self._document.clear()
        self._places: list[int] = []
        self._cursor = QTextCursor(self._document)
        start = 0
        for run in self._runs:
            shown, places = shown_text(run.text, self._limit)
            self._cursor.insertText(shown, _format(STYLES[run.style], struck=run.struck))
            self._places += [start + place for place in places]
            start += len(run.text)
        self._places.append(start)
        self._heights: dict[int, int] = {}
        self.setAccessibleName(one_line(self._original))
        self.updateGeometry()
        self.update()

    def _place_at(self, at: QPointF) -> int:
        return self._document.documentLayout().hitTest(at, Qt.HitTestAccuracy.FuzzyHit)

    def _laid_out(self, width: int) -> int:
        """Lay the text out and return its height, both in pixels."""
        if self._document.textWidth() != width:
            self._document.setTextWidth(width)
        return ceil(self._document.size().height())

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        self._laid_out(self.width())
        with QPainter(self) as painter:
            context = QAbstractTextDocumentLayout.PaintContext()
            if self._cursor.hasSelection():
                selected = QAbstractTextDocumentLayout.Selection()
                selected.cursor = self._cursor
                selected.format.setBackground(theme().colour("accent"))
                selected.format.setForeground(theme().colour("on_accent"))
                context.selections = [selected]
            self._document.documentLayout().draw(painter, context)

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            mode = QTextCursor.MoveMode.KeepAnchor if extends else QTextCursor.MoveMode.MoveAnchor
            self._cursor.setPosition(self._place_at(event.position()), mode)
            self.update()

    @guard()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._cursor.setPosition(self._place_at(event.position()), QTextCursor.MoveMode.KeepAnchor)
            self.update()

    @guard()
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        clipboard = QGuiApplication.clipboard()
        if self._cursor.hasSelection() and clipboard.supportsSelection():
            clipboard.setText(self.selected_text(), QClipboard.Mode.Selection)

    @guard()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._cursor.setPosition(self._place_at(event.position()))
        self._cursor.select(QTextCursor.SelectionType.WordUnderCursor)
        self.update()

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        else:
            super().keyPressEvent(event)

    @guard()
    def focusOutEvent(self, event: QFocusEvent) -> None:
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._cursor.clearSelection()
            self.update()

    @guard()
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copying = menu.addAction(self.tr("Copy"), self.copy)
        copying.setEnabled(self._cursor.hasSelection())
        menu.addAction(self.tr("Select all"), self.select_all)
        menu.popup(QPoint(event.globalPos()))

    @guard()
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._laid_out(self.width())

    @guard(default=False)
    def hasHeightForWidth(self) -> bool:
        return True

    @guard(default=0)
    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._laid_out(width)
        return self._heights[width]

    @guard(default=QSize())
    def sizeHint(self) -> QSize:
        width = max(self.width(), _NARROWEST)
        return QSize(width, self.heightForWidth(width))

    @guard(default=QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, self.fontMetrics().height())


def shown_text(text: str, limit: int) -> tuple[str, list[int]]:
    """Return what a view shows of `text`, and for each UTF-16 unit of it the place in `text` it stands for."""
    kept = text if len(text) <= limit else text[: limit - 1]
    safe = several_lines(kept.replace("\r\n", " \n"), limit).translate(_QT_MARKS)
    breaks = frozenset(hard_breaks(safe))
    shown: list[str] = []
    places: list[int] = []
    for place, character in enumerate(safe):
        if place in breaks:
            shown.append("\n")
            places.append(place)
        shown.append(character)
        places += [place] * (2 if character > "\uffff" else 1)
    if len(kept) < len(text):
        shown.append("…")
        places.append(len(kept))
    return "".join(shown), places


def _format(style: Style, *, struck: bool) -> QTextCharFormat:
    font = QFont(theme().font(style.font))
    font.setStrikeOut(struck)
    if style.upright:
        font.setItalic(False)
    look = QTextCharFormat()
    look.setFont(font)
    look.setForeground(theme().colour(style.ink))
    if style.ground is not None:
        look.setBackground(theme().colour(style.ground))
    return look


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option
