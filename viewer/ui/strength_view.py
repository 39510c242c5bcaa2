"""How many, over time, below the timeline and on its axis: a band for each number, never a sum."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from viewer.domain.quantities import describe_quantity, suggested_qualifier
from viewer.frozen import dataclass
from viewer.graphs.strength_chart import chart_scene, height_of
from viewer.graphs.strength_rows import Strength, strength_of
from viewer.timeline.scale import TimeScale
from viewer.ui.guard import guard
from viewer.ui.inspector.wording import SEPARATOR
from viewer.ui.measures import font, text_width
from viewer.ui.painter_ink import counted, locale, number
from viewer.ui.picture_files import FOOTER, paint_footer
from viewer.ui.pointer import WHEEL_CLICK, WHEEL_PIXELS
from viewer.ui.staging import calendar_names, metrics_in_use
from viewer.ui.strength_painter import Pointed, paint_chart
from viewer.ui.text import one_line, plain_tooltip
from viewer.ui.theme import theme, themes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from viewer.domain.quantities import Quantity
    from viewer.domain.records import Event
    from viewer.graphs.strength_chart import ChartScene
    from viewer.ui.theme import Theme

_LEAST_PICTURE = 640.0
_HIGHEST = 320.0


class StrengthChart(QWidget):
    """Bands of numbers; `event_chosen(uid)`. It follows the timeline: connect its `view_changed` to `set_scale`."""

    event_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strength = Strength()
        self._said: dict[str, tuple[str, str]] = {}
        self._scale = TimeScale(0, 3600.0)
        self._scroll = 0.0
        self._scene: ChartScene | None = None
        self._pointed: tuple[int, int] | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Strength"))
        themes().changed.connect(self.update)

    def set_events(self, events: Iterable[Event]) -> None:
        """Show what events say of how many."""
        known = tuple(events)
        self._strength = strength_of(known)
        self._said = {
            event.uid: (event.title, _number_words(event.quantity))
            for event in known
            if event.quantity is not None
        }
        self._pointed, self._scroll = None, 0.0
        self._refresh()
        self.updateGeometry()

    def set_scale(self, scale: TimeScale) -> None:
        """Show another part of time: that of the timeline above."""
        self._scale = scale
        self._refresh()

    def scale(self) -> TimeScale:
        """Return the time scale; x = 0 lies at the right edge of the headings."""
        return self._scale

    def strength(self) -> Strength:
        """Return the rows, and what was left out."""
        return self._strength

    def scene(self) -> ChartScene:
        """Return the frame now shown."""
        if self._scene is None:
            self._scene = self._frame(self.width(), self.height(), self._scroll)
            self._scroll = min(self._scroll, self._scene.overflow)
        return self._scene

    def note(self) -> str:
        """Say what could not be drawn, and why."""
        if not self._strength.rows and not self._strength.left_out:
            return ""
        plain = self.tr("Nothing is added up.") if self._strength.rows else ""
        parts = [f"{number(count)} {_reason_word(reason)}" for reason, count in self._strength.left_out]
        left_out = self.tr("Left out: {reasons}").format(reasons=SEPARATOR.join(parts)) if parts else ""
        return " ".join(words for words in (plain, left_out) if words)

    def pointed(self) -> str | None:
        """Return the uid of the event whose band is pointed at, by mouse or keyboard."""
        return None if self._pointed is None else self._uid(*self._pointed)

    def rectangle_of(self, row: int, band: int) -> QRectF | None:
        """Return where a band lies, or None when it is not in sight."""
        scene = self.scene()
        shown = next((each for each in scene.rows if each.row == row), None)
        box = None if shown is None else next((box for box in shown.boxes if box["band"] == band), None)
        if box is None:
            return None
        left, right = max(float(box["x"]), scene.heading), min(float(box["right"]), scene.width)
        return QRectF(left, float(box["top"]), right - left, float(box["bottom"] - box["top"]))

    def picture(self, title: str) -> ChartPicture:
        """Return a picture of the time in view with all rows, under a calendar of its own."""
        height = max(float(self.height()), height_of(self._strength.rows, axis=True))
        width = max(float(self.width()), _LEAST_PICTURE)
        scene = self._frame(width, height, 0.0, axis=True)
        return ChartPicture(scene, self._strength, self.note(), title, theme())

    def _frame(self, width: float, height: float, scroll: float, *, axis: bool = False) -> ChartScene:
        return chart_scene(
            self._strength.rows,
            self._scale,
            width,
            height,
            measure=text_width,
            names=calendar_names(locale().name()),
            metrics=metrics_in_use(),
            axis=axis,
            scroll=scroll,
        )

    def _refresh(self) -> None:
        self._scene = None
        self.update()

    def _uid(self, row: int, band: int) -> str:
        return self._strength.rows[row].bands[band].uid

    def _lines(self) -> tuple[str, ...]:
        """Return what is said of the band that is pointed at: its event, its number, whether it is disputed."""
        if self._pointed is None:
            return ()
        row, band = self._pointed
        title, words = self._said[self._uid(row, band)]
        disputed = self.tr("disputed") if self._strength.rows[row].bands[band].disputed else ""
        facts = SEPARATOR.join(part for part in (words, disputed) if part)
        return tuple(one_line(line) for line in (title, facts) if line)

    def _show(self, pointed: tuple[int, int] | None) -> None:
        if pointed != self._pointed:
            self._pointed = pointed
            self.setAccessibleDescription("\n".join(self._lines()))
            self.update()

    def _step(self, way: int) -> None:
        """Point at the next band in sight, row by row and in order of time, or at the one before."""
        found = [(row.row, band) for row in self.scene().rows for band in row.boxes["band"].tolist()]
        if not found:
            return
        if self._pointed in found:
            self._show(found[(found.index(self._pointed) + way) % len(found)])
        else:
            self._show(found[0 if way > 0 else -1])

    def _scroll_by(self, pixels: float) -> bool:
        overflow = self.scene().overflow
        if overflow <= 0:
            return False
        self._scroll = min(max(self._scroll + pixels, 0.0), overflow)
        self._refresh()
        return True

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        scene, lines = self.scene(), self._lines()
        pointed = Pointed(*self._pointed, lines) if self._pointed is not None else None
        with QPainter(self) as painter:
            paint_chart(painter, scene, self._strength.rows, theme(), note=self.note(), pointed=pointed)
            if not self._strength.rows:
                painter.setPen(theme().colour("muted"))
                painter.setFont(font("body"))
                words = self.tr("No event here states a number with a date.")
                painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, words)
            if self.hasFocus() and self._pointed is None:
                painter.setPen(QPen(theme().colour("accent"), 2.0))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    @guard()
    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._refresh()

    @guard()
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        found = self.scene().band_at(event.position().x(), event.position().y())
        acts = Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor
        self.setCursor(acts)
        self._show(found)

    @guard()
    def mousePressEvent(self, event: QMouseEvent) -> None:
        found = self.scene().band_at(event.position().x(), event.position().y())
        if event.button() is Qt.MouseButton.LeftButton and found is not None:
            self.event_chosen.emit(self._uid(*found))

    @guard()
    def leaveEvent(self, _event: QEvent) -> None:
        self._show(None)

    @guard()
    def wheelEvent(self, event: QWheelEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if plain and self._scroll_by(-event.angleDelta().y() / WHEEL_CLICK * WHEEL_PIXELS):
            event.accept()
        else:
            event.ignore()

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, uid = event.key(), self.pointed()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
            self._step(-1 if key in (Qt.Key.Key_Left, Qt.Key.Key_Up) else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and uid is not None:
            self.event_chosen.emit(uid)
        else:
            super().keyPressEvent(event)

    @guard()
    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.update()

    @guard()
    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self._show(None)
        self.update()

    @guard(default=False)
    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            below = event.pos().y() >= self.scene().lanes_bottom
            QToolTip.showText(event.globalPos(), plain_tooltip(self.note()) if below else "", self)
            return True
        return super().event(event)

    @guard(default=QSize(320, 160))
    def sizeHint(self) -> QSize:
        return QSize(960, round(min(height_of(self._strength.rows), _HIGHEST)))

    @guard(default=QSize(320, 120))
    def minimumSizeHint(self) -> QSize:
        return QSize(320, 120)


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A frame of the chart with its footer, to be written to a file."""

    scene: ChartScene
    strength: Strength
    note: str
    title: str
    theme: Theme

    @property
    def width(self) -> float:
        """Logical pixels."""
        return self.scene.width

    @property
    def height(self) -> float:
        """Logical pixels."""
        return self.scene.height + FOOTER

    def paint(self, painter: QPainter, *, for_print: bool) -> None:
        """Draw the frame and the footer in logical pixels."""
        paint_chart(painter, self.scene, self.strength.rows, self.theme, note=self.note, for_print=for_print)
        facts = counted(sum(len(row.bands) for row in self.strength.rows))
        paint_footer(painter, self, facts, for_print=for_print)


def _number_words(number: Quantity) -> str:
    """Say a number; of one that is open on a side, on which, also where nobody recorded it."""
    qualifier = number.qualifier or suggested_qualifier(number.low, number.high)
    return describe_quantity(replace(number, qualifier=qualifier))


def _reason_word(reason: str) -> str:
    """Return why something was left out, in the language of the application where it is one of ours."""
    return {
        "no number": QCoreApplication.translate("Strength", "no number"),
        "no date": QCoreApplication.translate("Strength", "no date"),
    }.get(reason, one_line(reason, 80))
