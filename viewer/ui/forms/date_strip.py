"""A small strip that draws how long a date may last, between the months or years around it.

It draws as the timeline does: what is only possible is pale between two stops, what lasts is solid, what is
open runs out at an arrow, and of several dates each stands for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.domain.calendar import civil, seconds
from viewer.domain.dates import DateError, FuzzyDate, from_edtf
from viewer.frozen import dataclass
from viewer.ui.guard import guard
from viewer.ui.measures import text_width
from viewer.ui.theme import SPACE, theme, themes
from viewer.ui.words import SHORT_MONTHS

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_HEIGHT = 18
_BAR = 8.0
_STOP = 12.0
_STOP_WIDTH = 1.5
_LEAST = 3.0
_ROUND = 3.0
_ARROW = 4.0
_FADE = 0.45
"""The part of an extent over which an open end dissolves."""
_SOLID, _LINE, _PALE, _FAINT = 0.8, 0.6, 0.24, 0.12
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


def parts_of(date: FuzzyDate) -> list[FuzzyDate]:
    """Return what is drawn by itself: the members of a set, else the date as a whole."""
    if date.edtf is None or date.edtf[0] not in "[{":
        return [date]
    try:
        return [from_edtf(f"[{member}]") for member in date.edtf[1:-1].split(",")]
    except DateError:
        return [date]


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
            track = self._paint_words(painter, reach)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("raised"))
            painter.drawRoundedRect(track, _ROUND, _ROUND)
            for part in parts_of(self._date):
                _Extent(painter, track, reach, theme().kind_colour(self._colour)).paint(part)

    def _paint_words(self, painter: QPainter, reach: Reach) -> QRectF:
        """Write what lies at the ends; return the room between them."""
        painter.setFont(theme().font("small"))
        painter.setPen(theme().colour("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignLeft, reach.first)
        painter.drawText(self.rect(), middle | Qt.AlignmentFlag.AlignRight, reach.last)
        left, right = (text_width(words, "small") + SPACE for words in (reach.first, reach.last))
        return QRectF(left, (_HEIGHT - _BAR) / 2, max(self.width() - left - right, 1.0), _BAR)


@dataclass(frozen=True, slots=True)
class _Extent:
    """A part of a date being drawn into the track of a strip."""

    painter: QPainter
    track: QRectF
    reach: Reach
    colour: QColor

    def paint(self, date: FuzzyDate) -> None:
        start = self._at(date.start_lo, self.track.left())
        end = max(self._at(date.end_hi, self.track.right()), start + _LEAST)
        solid = date.shape == "span" and self._paint_span(date, start, end)
        if not solid:
            stops = self._faded(date.start_lo is None, date.end_hi is None, _PALE)
            self._bar(start, end, stops)
        for bound, at in ((date.start_lo, start), (date.end_hi, end - _STOP_WIDTH)):
            if bound is not None and not solid:
                self._stop(at)
        if date.earliest_state == "open":
            self._arrow(self.track.left(), -1)
        if date.latest_state == "open":
            self._arrow(self.track.right(), 1)

    def _paint_span(self, date: FuzzyDate, start: float, end: float) -> bool:
        """Draw what surely lasts, and its possible ends fading out of it; tell whether anything does."""
        begins = self._at(date.start_hi, self.track.left() if date.start_lo is None else end)
        ceases = self._at(date.end_lo, self.track.right() if date.end_hi is None else start)
        if ceases <= begins:
            return False
        width = end - start
        stops = [
            (0.0, _FAINT),
            ((begins - start) / width, _SOLID),
            ((ceases - start) / width, _SOLID),
            (1.0, _FAINT),
        ]
        if date.start_lo is None:
            stops[:2] = [(0.0, 0.0), (_FADE, _SOLID)]
        if date.end_hi is None:
            stops[2:] = [(1 - _FADE, _SOLID), (1.0, 0.0)]
        self._bar(start, end, stops)
        return True

    def _faded(self, first: bool, last: bool, alpha: float) -> list[tuple[float, float]]:
        """Return one alpha throughout, dissolving at ends that are not known."""
        return [
            (0.0, 0.0 if first else alpha),
            (_FADE if first else 0.0, alpha),
            (1 - _FADE if last else 1.0, alpha),
            (1.0, 0.0 if last else alpha),
        ]

    def _bar(self, start: float, end: float, stops: list[tuple[float, float]]) -> None:
        gradient = QLinearGradient(start, 0, end, 0)
        for place, alpha in stops:
            gradient.setColorAt(min(max(place, 0.0), 1.0), self._shade(alpha))
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(gradient)
        bar = QRectF(start, self.track.top(), end - start, self.track.height())
        self.painter.drawRoundedRect(bar, min(_ROUND, (end - start) / 2), _ROUND)

    def _stop(self, at: float) -> None:
        top = self.track.center().y() - _STOP / 2
        self.painter.fillRect(QRectF(at, top, _STOP_WIDTH, _STOP), self._shade(_LINE))

    def _arrow(self, at: float, way: int) -> None:
        middle = self.track.center().y()
        tip = QPointF(at - way, middle)
        wings = [QPointF(at - way * (1 + _ARROW), middle + side * _ARROW) for side in (-1, 1)]
        self.painter.setPen(QPen(self._shade(_SOLID), _STOP_WIDTH))
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        self.painter.drawPolyline(QPolygonF([wings[0], tip, wings[1]]))

    def _shade(self, alpha: float) -> QColor:
        shade = QColor(self.colour)
        shade.setAlphaF(alpha)
        return shade

    def _at(self, moment: int | None, otherwise: float) -> float:
        if moment is None:
            return otherwise
        share = (moment - self.reach.lo) / (self.reach.hi - self.reach.lo + 1)
        return self.track.left() + share * self.track.width()


def _month(moment: int) -> int:
    year, month, *_ = civil(moment)
    return year * 12 + month - 1


def _begin(month: int) -> int:
    return seconds(month // 12, month % 12 + 1)


def _month_words(month: int) -> str:
    return f"{SHORT_MONTHS[month % 12]} {month // 12}"
