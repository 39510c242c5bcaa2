"""A layout that sets its items like words: from left to right, on the next line where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from viewer.ui.guard import guard


class FlowLayout(QLayout):
    """Items in lines, centred on their line; an item wider than the layout is made as wide as the layout."""

    def __init__(self, parent: QWidget, *, gap: int, line_gap: int) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self._line_gap = line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._items:
            hint = item.sizeHint()
            size = QSize(min(hint.width(), width), hint.height())
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self._gap
        return lines

    def _height(self, line: list[tuple[QLayoutItem, QSize]]) -> int:
        return max((size.height() for _item, size in line), default=0)

    @guard()
    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    @guard(default=0)
    def count(self) -> int:
        return len(self._items)

    @guard()
    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    @guard()
    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @guard(default=Qt.Orientation(0))
    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    @guard(default=False)
    def hasHeightForWidth(self) -> bool:
        return True

    @guard(default=0)
    def heightForWidth(self, width: int) -> int:
        lines = self._lines(width)
        return sum(self._height(line) for line in lines) + self._line_gap * (len(lines) - 1)

    @guard()
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        y = rect.y()
        for line in self._lines(rect.width()):
            x, height = rect.x(), self._height(line)
            for item, size in line:
                item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self._gap
            y += height + self._line_gap

    @guard(default=QSize())
    def sizeHint(self) -> QSize:
        return self.minimumSize()

    @guard(default=QSize())
    def minimumSize(self) -> QSize:
        widest = max((item.minimumSize().width() for item in self._items), default=0)
        return QSize(widest, max((item.sizeHint().height() for item in self._items), default=0))
