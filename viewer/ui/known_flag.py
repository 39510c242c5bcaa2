"""The line that says up to which day things were known, and the flag by which it is taken hold of.

Both lie over the timeline. They know nothing of publications: they say where a hand drags them and what
a key asks for.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QToolButton, QWidget

from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.measures import baseline, font, text_width
from viewer.ui.painter_ink import thinned
from viewer.ui.text import set_tooltip
from viewer.ui.theme import set_role, theme, themes

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QFocusEvent, QMouseEvent, QPaintEvent

HEIGHT = 24

_BUTTON, _ICON = 20, 14
_PADDING = 9
_AROUND = _PADDING + 6 + 2 * (_BUTTON + 2)
"""What the flag takes beside its words, in pixels."""
_POLE = 7
_RADIUS = 5.0
_THROUGH_LANES = 0.55
_CLEARS = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class _Handle(QWidget):
    """What can be dragged sideways: `dragged(x)` in pixels of the parent; `clicked(at)` when it was not."""

    dragged = Signal(float)
    pressed = Signal()
    clicked = Signal(QPointF)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self._from: QPointF | None = None
        self._away = 0.0
        self._is_drag = False
        themes().changed.connect(self.update)

    def grip(self) -> float:
        """Return the pixel of the parent at which the line stands that the handle moves."""
        return self.x() + self.width() / 2

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._from = self.mapToParent(event.position())
        self._away = self.grip() - self._from.x()
        self._is_drag = False
        self.pressed.emit()

    @guard()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None:
            return
        at = self.mapToParent(event.position())
        if not self._is_drag and abs(at.x() - self._from.x()) < QApplication.startDragDistance():
            return
        self._is_drag = True
        self.dragged.emit(at.x() + self._away)

    @guard()
    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        start, self._from = self._from, None
        if start is not None and not self._is_drag:
            self.clicked.emit(start)


class KnownPole(_Handle):
    """The line itself, over axis and lanes. A click on it goes to what lies below."""

    _axis = 0

    def stand(self, x: float, top: int, lanes: int, bottom: int) -> None:
        """Stand at a pixel of the parent, from `top` in the axis through the lanes that begin below it."""
        self._axis = lanes - top
        self.setGeometry(round(x) - _POLE // 2, top, _POLE, max(0, bottom - top))

    @guard()
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.ignore()

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            accent = theme().colour("accent")
            painter.fillRect(QRect(_POLE // 2, 0, 1, self._axis), accent)
            # Through the lanes it is drawn quieter: it lies over titles.
            lanes = QRect(_POLE // 2, self._axis, 1, self.height() - self._axis)
            painter.fillRect(lanes, thinned(accent, _THROUGH_LANES))


class KnownFlag(_Handle):
    """The flag in the axis: what was known when, a button that plays, a cross that clears.

    `stepped(1 or -1, by_day)`; `end_asked(1 or -1)`: the last or the first; `play_asked()`: play or stop;
    `stop_asked()`: Esc; `cleared()`.
    """

    stepped = Signal(int, bool)
    end_asked = Signal(int)
    play_asked = Signal()
    stop_asked = Signal()
    cleared = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("known_flag")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_tooltip(
            self,
            self.tr(
                "Drag, or ← · → from publication to publication, with Shift from day to day; Space plays"
            ),
        )
        self._line = 0.0
        self._is_left = False
        self._day = self._words = ""
        self._play = self._tool("play", self.tr("Play (Space)"), self.play_asked.emit)
        self._pause = self._tool("pause", self.tr("Stop (Space)"), self.play_asked.emit)
        self._clear = self._tool("close", self.tr("Whenever it became known (Del)"), self.cleared.emit)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PADDING, 0, 2, 0)
        row.setSpacing(2)
        row.addStretch(1)
        for button in (self._play, self._pause, self._clear):
            row.addWidget(button)
        self.set_playing(False)

    def show_day(self, day: str) -> None:
        """Say on which day things were known."""
        self._day = day
        self._words = self.tr("known on {day}").format(day=day)
        self.setAccessibleName(self._words)
        self.update()

    def words(self) -> str:
        """Return what the flag says: the day alone where there is little room."""
        room = self.width() - _AROUND
        return self._words if text_width(self._words, "tick_strong") <= room else self._day

    def set_playing(self, playing: bool) -> None:
        """Offer to stop, or to play."""
        self._play.setVisible(not playing)
        self._pause.setVisible(playing)

    def stand(self, line: float, top: int, ends: tuple[float, float]) -> None:
        """Hang on a line, at its right where there is room; at the end of the axis when the line is beyond it."""
        words = ceil(text_width(self._words, "tick_strong"))
        width = int(min(words + _AROUND, max(ends[1] - ends[0], 1)))
        self._line = min(max(line, ends[0]), ends[1])
        self._is_left = self._line + width > ends[1]
        left = round(self._line) - (width if self._is_left else 0)
        self.setGeometry(left, top, width, HEIGHT)
        self.update()

    def grip(self) -> float:
        """Return the pixel of the parent at which the line stands."""
        return self._line

    def _tool(self, name: str, words: str, press: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        set_role(button, "flag")
        set_icon(button, name, "accent")
        button.setObjectName(f"known_{name}")
        set_tooltip(button, words)
        button.setAccessibleName(words)
        button.setFixedSize(_BUTTON, _BUTTON)
        button.setIconSize(QSize(_ICON, _ICON))
        button.setCursor(Qt.CursorShape.ArrowCursor)
        # The keys of the flag go on after a click.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _checked=False: press())
        return button

    @guard(default=False)
    def event(self, event: QEvent) -> bool:
        # Otherwise Delete would delete the selected event.
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in _CLEARS
        ):
            event.accept()
            return True
        return super().event(event)

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by_day = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        verbs: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Left: lambda: self.stepped.emit(-1, by_day),
            Qt.Key.Key_Right: lambda: self.stepped.emit(1, by_day),
            Qt.Key.Key_Home: lambda: self.end_asked.emit(-1),
            Qt.Key.Key_End: lambda: self.end_asked.emit(1),
            Qt.Key.Key_Space: self.play_asked.emit,
            Qt.Key.Key_Escape: self.stop_asked.emit,
            **dict.fromkeys(_CLEARS, self.cleared.emit),
        }
        verb = verbs.get(event.key())
        if verb is None:
            super().keyPressEvent(event)
        else:
            verb()

    @guard()
    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.update()

    @guard()
    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self.update()

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            width = 2.0 if self.hasFocus() else 1.0
            painter.setPen(QPen(theme().colour("accent"), width))
            painter.setBrush(theme().colour("accent_ground"))
            around = self.rect().toRectF().adjusted(width / 2, width / 2, -width / 2, -width / 2)
            painter.drawRoundedRect(around, _RADIUS, _RADIUS)
            # Square at the pole, as a flag is.
            pole = self.width() - 1 if self._is_left else 0
            painter.fillRect(QRect(pole, 0, 1, self.height()), theme().colour("accent"))
            painter.setFont(font("tick_strong"))
            foot = round(baseline(self.height() / 2, "tick_strong"))
            painter.drawText(QPointF(_PADDING, foot), self.words())
