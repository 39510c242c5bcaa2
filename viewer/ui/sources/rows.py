"""The rows of the list of sources: which source stands where, and how one is painted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QCoreApplication, QModelIndex, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from viewer.domain.date_words import WITHIN, describe_date
from viewer.frozen import dataclass
from viewer.ui.grades import grade_words
from viewer.ui.guard import guard
from viewer.ui.measures import text_width
from viewer.ui.painter_ink import number
from viewer.ui.row_ink import INSET, paint_ground, paint_sign, write
from viewer.ui.text import one_line, plain_tooltip
from viewer.ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtCore import QPersistentModelIndex

    from viewer.document_sources import ListedSource

    Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 64
_ROW = Qt.ItemDataRole.UserRole
_SIDE = 16
_LINES = (15, 33, 50)
"""The middles of a row's three lines, from its top."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What the list says of a source."""

    title: str
    details: str
    count: str
    original: str = ""
    reliability: str = ""
    has_text: bool = True
    is_retracted: bool = False


def claim_count(count: int) -> str:
    """Return "1 claim" or "7 claims"."""
    if count == 1:
        return QCoreApplication.translate("Sources", "1 claim")
    return QCoreApplication.translate("Sources", "{count} claims").format(count=number(count))


def copy_words(original: str) -> str:
    """Return "copy of “…”"."""
    return QCoreApplication.translate("Sources", "copy of “{title}”").format(title=one_line(original, 120))


class SourceModel(QAbstractTableModel):
    """Sources in one column; what a row says of one is worked out when it is painted."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources: Sequence[ListedSource] = ()
        self._titles: Mapping[str, str] = {}
        self._places: dict[str, int] = {}

    def set_sources(self, sources: Sequence[ListedSource], titles: Mapping[str, str]) -> None:
        """Show sources in this order; `titles` names all sources by uid, for copies of hidden ones."""
        self.beginResetModel()
        self._sources, self._titles = sources, titles
        self._places = {source.brief.uid: place for place, source in enumerate(sources)}
        self.endResetModel()

    def source_at(self, row: int) -> ListedSource | None:
        """Return the source in a row; None for no row."""
        return self._sources[row] if 0 <= row < len(self._sources) else None

    def row_of_source(self, uid: str) -> int | None:
        """Return the row of a source, or None when it is not shown."""
        return self._places.get(uid)

    @guard(default=0)
    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._sources)

    @guard(default=0)
    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else 1

    @guard()
    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        source = self.source_at(index.row())
        if source is None:
            return None
        if role == _ROW:
            return self._row(source)
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(source.brief.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _spoken(self._row(source))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(_tooltip(self._row(source)))
        return None

    def _row(self, source: ListedSource) -> SourceRow:
        brief = source.brief
        published = "" if brief.published is None else describe_date(brief.published).removesuffix(WITHIN)
        return SourceRow(
            title=one_line(brief.title),
            details=" · ".join(part for part in (one_line(brief.publisher or ""), published) if part),
            count=claim_count(source.claims),
            original=self._titles.get(brief.derived_from or "", ""),
            reliability=brief.reliability or "",
            has_text=brief.has_text,
            is_retracted=source.is_retracted,
        )


def _marks(row: SourceRow) -> list[str]:
    return [
        words
        for words, holds in (
            (QCoreApplication.translate("Sources", "retracted"), row.is_retracted),
            (QCoreApplication.translate("Sources", "text missing"), not row.has_text),
        )
        if holds
    ]


def _spoken(row: SourceRow) -> str:
    original = copy_words(row.original) if row.original else ""
    parts = (row.title, row.details, row.count, grade_words(row.reliability, None), original, *_marks(row))
    return one_line(", ".join(part for part in parts if part))


def _tooltip(row: SourceRow) -> str:
    original = copy_words(row.original) if row.original else ""
    parts = (row.title, row.details, original, grade_words(row.reliability, None))
    return "\n".join(part for part in parts if part)


class SourcePainter(QStyledItemDelegate):
    """Paints a row: title and grade, below it publisher and date, then how many claims and what is amiss."""

    @guard()
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW)
        if not isinstance(row, SourceRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_ground(painter, option.rect, option.state)
        _paint_title(painter, option.rect, row)
        left, right = option.rect.left() + _SIDE, option.rect.right() - _SIDE
        write(painter, left, option.rect.top() + _LINES[1], right - left, row.details, "small", "muted")
        _paint_last_line(painter, left, right, option.rect.top() + _LINES[2], row)
        painter.restore()


def _paint_title(painter: QPainter, rect: QRect, row: SourceRow) -> None:
    left, right, centre = rect.left() + _SIDE, rect.right() - _SIDE, rect.top() + _LINES[0]
    if row.reliability:
        right = _paint_grade(painter, right, centre, row.reliability)
    write(painter, left, centre, right - left, row.title, "body", "muted" if row.is_retracted else "text")
    if row.is_retracted:
        width = min(text_width(row.title, "body"), right - left)
        painter.fillRect(QRectF(left, centre, width, 1), theme().colour("muted"))


def _paint_last_line(painter: QPainter, left: int, right: int, centre: int, row: SourceRow) -> None:
    for words in _marks(row):
        right = paint_sign(painter, right, centre, words)
    words = f"{row.count} · {copy_words(row.original)}" if row.original else row.count
    write(painter, left, centre, right - left, words, "small", "muted")


def _paint_grade(painter: QPainter, right: int, centre: int, letter: str) -> int:
    """Paint a grade as a key cap up to `right`, and return where it begins, a gap included."""
    width = round(text_width(letter, "tick_strong")) + 12
    cap = QRectF(right - width + 0.5, centre - 8.5, width - 1, 18)
    painter.setPen(theme().colour("line"))
    painter.setBrush(theme().colour("raised"))
    painter.drawRoundedRect(cap, 4, 4)
    write(painter, right - width + 6, centre, width, letter, "tick_strong", "text")
    return right - width - INSET
