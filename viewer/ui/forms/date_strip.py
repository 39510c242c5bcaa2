"""A small strip that draws how long a date may last, between the months or years around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QLinearGradient, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.domain.calendar import civil, seconds
from viewer.domain.dates import FuzzyDate
from viewer.ui.guard import guard
from viewer.ui.theme import SPACE, theme, themes

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPaintEvent

_HEIGHT = 18
_BAR = 10
_PALE = 0.35
_LONGEST_IN_MONTHS = 24
_OPEN_YEARS = 2


@dataclass(frozen=True, slots=True)
class Reach:
    """What the strip shows: from `lo` to `hi` (seconds), and the words at its ends."""

    lo: int
    hi: int
    first: str
    last: str


def reach_of(date: FuzzyDate) -> Reach | None:
    """Return a stretch of whole months or years around a date; None when it has no bound."""
    lo = date.start_lo if date.start_lo is not None else date.end_hi
    hi = date.end_hi if date.end_hi is not None else date.start_lo
    if lo is None or hi is None:
        return None
    first, last = _month(lo) - 1, _month(hi) + 1
    is_open = date.start_lo is None or date.end_hi is None
    if not is_open and last - first <= _LONGEST_IN_MONTHS:
        return Reach(_begin(first), _begin(last + 1) - 1, _month_words(first), _month_words(last))
    margin = _OPEN_YEARS if is_open else max(1, (last - first) // 48)
    years = first // 12 - margin + 1, last // 12 + margin - 1 + is_open
    return Reach(_begin(years[0] * 12), _begin((years[1] + 1) * 12) - 1, str(years[0]), str(years[1]))


class DateStrip(QWidget):
    """Draws a date as the timeline would: the certain part solid, the possible part pale."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._date: FuzzyDate | None = None
        self._colour = "accent"
        themes().changed.connect(self.update)

    def show_date(self, date: FuzzyDate | None) -> None:
        """Draw `date`; hidden when it has no bounds."""
        self._date = date
        self.setVisible(date is not None and date.is_dated)
        self.update()

    def set_colour(self, colour: str) -> None:
        """Draw in a kind's colour."""
        self._colour = colour
        self.update()

    @guard()
    def paintEvent(self, event: QPaintEvent) -> None:
        reach = None if self._date is None else reach_of(self._date)
        if self._date is None or reach is None:
            return
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("raised"))
            painter.drawRoundedRect(QRectF(self.rect()), SPACE / 2, SPACE / 2)
            self._paint_words(painter, reach)
            self._paint_extent(painter, self._date, reach)

    def _paint_words(self, painter: QPainter, reach: Reach) -> None:
        painter.setFont(theme().font("tick"))
        painter.setPen(theme().colour("muted"))
        inner = self.rect().adjusted(SPACE, 0, -SPACE, 0)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, reach.first)
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, reach.last)

    def _paint_extent(self, painter: QPainter, date: FuzzyDate, reach: Reach) -> None:
        ink = theme().kind_colour(self._colour)
        pale = theme().kind_colour(self._colour)
        pale.setAlphaF(_PALE)
        start, end = self._at(date.start_lo, reach, 0.0), self._at(date.end_hi, reach, float(self.width()))
        end = max(end, start + 3)
        top = (_HEIGHT - _BAR) / 2
        painter.fillRect(QRectF(start, top, end - start, _BAR), self._ground(date, start, end, pale))
        if date.shape == "span" and date.start_hi is not None and date.end_lo is not None:
            core = self._at(date.start_hi, reach, start), self._at(date.end_lo, reach, end)
            if core[1] > core[0]:
                painter.fillRect(QRectF(core[0], top, core[1] - core[0], _BAR), ink)
        for bound, at in ((date.start_lo, start), (date.end_hi, end - 2)):
            if bound is not None:
                painter.fillRect(QRectF(at, top - 2, 2, _BAR + 4), ink)

    def _ground(self, date: FuzzyDate, start: float, end: float, pale: QColor) -> QLinearGradient:
        """A plain pale colour, dissolving on the side that is open."""
        clear = theme().kind_colour(self._colour)
        clear.setAlphaF(0.0)
        gradient = QLinearGradient(start, 0, end, 0)
        gradient.setColorAt(0, pale if date.start_lo is not None else clear)
        gradient.setColorAt(1, pale if date.end_hi is not None else clear)
        return gradient

    def _at(self, moment: int | None, reach: Reach, otherwise: float) -> float:
        if moment is None:
            return otherwise
        return (moment - reach.lo) / (reach.hi - reach.lo + 1) * self.width()


def _month(moment: int) -> int:
    year, month, *_ = civil(moment)
    return year * 12 + month - 1


def _begin(month: int) -> int:
    return seconds(month // 12, month % 12 + 1)


def _month_words(month: int) -> str:
    names = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{names[month % 12]} {month // 12}"
