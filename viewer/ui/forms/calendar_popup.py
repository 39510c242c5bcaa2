"""A month to click on, for those who would rather choose a day than type it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from viewer.domain.calendar import civil
from viewer.ui.guard import guard
from viewer.ui.icons import set_icon
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role, theme
from viewer.ui.words import MONTHS

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_FIRST, _LAST = QDate(1, 1, 1), QDate(9999, 12, 31)
_SIZE = QSize(272, 216)
_GAP = 2
_RADIUS = 6.0


class CalendarPopup(QFrame):
    """Opens on a moment and says which day was chosen; Esc or a click elsewhere leaves it."""

    picked = Signal(str)
    """The day in words: "19 February 2025"."""

    def __init__(self, line: QWidget, moment: int | None) -> None:
        super().__init__(line, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName(f"{line.objectName()}_calendar")
        self.setAccessibleName(self.tr("Calendar"))
        set_role(self, "popup")
        self._days = _Days(self)
        self._title = PlainLabel("", "strong", self)
        self._title.setObjectName(f"{line.objectName()}_month")
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        column.setSpacing(SPACE // 2)
        column.addLayout(self._head())
        column.addWidget(self._days)
        self._days.currentPageChanged.connect(self._tell_page)
        self._days.clicked.connect(self._pick)
        self._days.activated.connect(self._pick)
        if moment is not None:
            self._days.setSelectedDate(_day_of(moment))
        self._tell_page(self._days.yearShown(), self._days.monthShown())
        self.setFocusProxy(self._days)

    def open_below(self, line: QWidget) -> None:
        """Show the month below a line, or above it where the screen ends."""
        self.adjustSize()
        at = line.mapToGlobal(QPoint(line.width() - self.width(), line.height() + _GAP))
        screen = line.screen().availableGeometry()
        if at.y() + self.height() > screen.bottom():
            at.setY(line.mapToGlobal(QPoint()).y() - _GAP - self.height())
        self.move(max(screen.left(), at.x()), max(screen.top(), at.y()))
        self.show()
        self._days.setFocus(Qt.FocusReason.PopupFocusReason)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._button("chevrons-left", self.tr("The year before"), -12))
        row.addWidget(self._button("chevron-left", self.tr("The month before"), -1))
        row.addWidget(self._title, 1)
        row.addWidget(self._button("chevron-right", self.tr("The next month"), 1))
        row.addWidget(self._button("chevrons-right", self.tr("The next year"), 12))
        return row

    def _button(self, icon: str, words: str, months: int) -> QToolButton:
        button = QToolButton(self)
        set_role(button, "icon")
        set_icon(button, icon, "muted")
        button.setIconSize(QSize(16, 16))
        button.setAccessibleName(words)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self._turn(months))
        return button

    def _turn(self, months: int) -> None:
        page = QDate(self._days.yearShown(), self._days.monthShown(), 1).addMonths(months)
        page = min(max(page, _FIRST), _LAST)
        self._days.setCurrentPage(page.year(), page.month())

    def _tell_page(self, year: int, month: int) -> None:
        self._title.setText(f"{MONTHS[month - 1]} {year:04d}")

    def _pick(self, day: QDate) -> None:
        self.picked.emit(f"{day.day()} {MONTHS[day.month() - 1]} {day.year():04d}")
        self.close()

    @guard()
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)


class _Days(QCalendarWidget):
    """The days of a month in our colours. Weeks begin on Monday, as they do in wordings."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setLocale(QLocale(QLocale.Language.English))
        self.setNavigationBarVisible(False)
        self.setDateEditEnabled(False)
        self.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
        self.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.setDateRange(_FIRST, _LAST)
        self.setFixedSize(_SIZE)
        heading = QTextCharFormat()
        heading.setForeground(theme().colour("muted"))
        heading.setBackground(theme().colour("panel"))
        heading.setFont(theme().font("small"))
        self.setHeaderTextFormat(heading)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.setWeekdayTextFormat(day, heading)

    @guard()
    def paintCell(self, painter: QPainter, rect: QRect, date: QDate) -> None:
        chosen = date == self.selectedDate()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme().colour("panel"))
        if chosen:
            painter.setPen(QPen(theme().colour("accent"), 1.5))
            painter.setBrush(theme().colour("accent_ground"))
            painter.drawRoundedRect(QRectF(rect).adjusted(2, 2, -2, -2), _RADIUS, _RADIUS)
        painter.setFont(theme().font("tick_strong" if chosen else "tick"))
        here = date.month() == self.monthShown()
        painter.setPen(theme().colour("text" if here else "muted"))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(date.day()))
        painter.restore()


def _day_of(moment: int) -> QDate:
    """The day of a moment, or the nearest one that Qt's calendar knows."""
    year, month, day, *_ = civil(moment)
    if year < 1:
        return _FIRST
    return QDate(year, month, day) if year <= _LAST.year() else _LAST
