"""A card in the middle of a widget that says what is being prepared, how far it is, and lets it be cancelled.

It comes only when the work lasts long enough to be noticed, so that nothing flashes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from viewer.ui.elided import ElidedLabel
from viewer.ui.guard import guard
from viewer.ui.text import PlainLabel
from viewer.ui.theme import SPACE, set_role, theme, themes

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

DELAY_MS = 300

_WIDTH, _PADDING, _BAR = 360, 16, 3


class ProgressCard(QFrame):
    """Lies over `parent`; hidden until work has gone on for DELAY_MS. `cancelled()`: nobody wants it any more."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        set_role(self, "card")
        self.setObjectName("progress")
        self._words = ElidedLabel()
        self._words.setObjectName("progress_words")
        self._more = PlainLabel("", "muted")
        self._more.setObjectName("progress_more")
        self._more.hide()
        self._bar = _Bar()
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.setObjectName("progress_cancel")
        self._cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._cancel.clicked.connect(lambda _checked=False: self.cancelled.emit())
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(DELAY_MS)
        self._delay.timeout.connect(self._come)
        self._lay_out()
        self.hide()
        parent.installEventFilter(self)

    def show_share(self, words: str, share: float, more: str = "") -> None:
        """Say what is being done, and which share of it (0 to 1) is; comes when that has lasted a while.

        `more`: a second line, such as how quickly it goes.
        """
        self._words.set_full_text(words)
        self._more.setText(more)
        if self._more.isHidden() and more:
            self._more.show()
            if not self.isHidden():
                self._place()
        self._bar.set_share(share)
        if self.isHidden() and not self._delay.isActive():
            self._delay.start()

    def put_away(self) -> None:
        """Hide: the work has ended."""
        self._delay.stop()
        self._more.hide()
        self.hide()

    def _come(self) -> None:
        self._place()
        self.show()
        self.raise_()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self._words)
        said.addWidget(self._more)
        row.addLayout(said, 1)
        row.addWidget(self._cancel)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_PADDING, 12, _PADDING, 14)
        rows.setSpacing(10)
        rows.addLayout(row)
        rows.addWidget(self._bar)

    def _place(self) -> None:
        around = self._around
        width = min(_WIDTH, around.width() - 2 * _PADDING)
        self.resize(width, self.sizeHint().height())
        self.move((around.width() - width) // 2, (around.height() - self.height()) // 2)

    @guard(default=False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and not self.isHidden():
            self._place()
        return super().eventFilter(watched, event)


class _Bar(QWidget):
    """A thin line that fills from the left."""

    def __init__(self) -> None:
        super().__init__()
        self._share = 0.0
        self.setFixedHeight(_BAR)
        themes().changed.connect(self.update)

    def set_share(self, share: float) -> None:
        self._share = min(max(share, 0.0), 1.0)
        self.update()

    @guard()
    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme().colour("line"))
            done = QRectF(0, 0, self.width() * self._share, _BAR)
            painter.fillRect(done, theme().colour("accent"))

    @guard(default=QSize())
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, _BAR)
