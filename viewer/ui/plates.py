"""The pages of a PDF that show the timeline: all of the time on one page, or split over several, with the legend.

The timeline stands as large as its rows allow. Where they do not fit in the smallest size that can be read, deep
lanes are drawn as density.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt

from viewer.timeline.scale import TimeScale
from viewer.ui.footnotes import numbered
from viewer.ui.legend import Legend
from viewer.ui.measures import elided
from viewer.ui.note_text import Paragraph, Run, height_of, lines_of, paint_column, width_of, write
from viewer.ui.painter import paint_scene
from viewer.ui.painter_overlay import paint_words
from viewer.ui.pictures import place_on_paper
from viewer.ui.staging import empty_words, metrics_in_use, scene_of
from viewer.ui.text import one_line
from viewer.ui.view_motion import Place
from viewer.ui.words import period_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QPainter

    from viewer.timeline.scene import Scene
    from viewer.ui.footnotes import Subject
    from viewer.ui.theme import Theme

_HEAD, _GAP = 28.0, 10.0
_SIZES = (0.8, 0.72, 0.65, 0.58, 0.52)
_SMALLEST = 0.4
_ROWS, _FEW_ROWS = 40, 12


class _Setting(NamedTuple):
    """How the timeline stands on its pages: its size, and from how many rows on lanes may become density."""

    size: float
    rows: int


class Plates:
    """The pages with the timeline, within a rectangle of a page in logical pixels.

    Raises:
        ValueError: the page is too small, and what to do.
    """

    def __init__(self, subject: Subject, count: int, theme: Theme, inside: QRectF) -> None:
        self._subject, self._theme, self._inside = subject, theme, inside
        self._count = count
        said = Paragraph((Run(subject.filter_words(), "note_small", "muted"),))
        self._said = lines_of([said], inside.width(), theme)
        self._top = inside.top() + _HEAD + height_of(self._said) + _GAP
        # The legend says what is drawn, and what is drawn has the room that the legend leaves.
        self._legend = Legend((), subject.content.kinds, inside.width())
        self._legend = Legend(self._scenes(self._fitting(), {}), subject.content.kinds, inside.width())
        self._setting = self._fitting()
        canvas = self._inside.width() / self._setting.size - metrics_in_use().heading
        self._periods = [place.scale.visible(canvas) for place in self._places(self._setting)]
        visible = self._periods[0][0], self._periods[-1][1]
        self.found = numbered(subject, lambda numbers: self._scenes(self._setting, numbers), visible)

    @property
    def count(self) -> int:
        """How many pages there are."""
        return len(self._periods)

    def paint(self, painter: QPainter, number: int) -> None:
        """Paint a page, from 0, in logical pixels of the whole page."""
        inside, theme, size = self._inside, self._theme, self._setting.size
        scene, kinds = self.found.scenes[number], self._subject.content.kinds
        self._paint_head(painter, number)
        painter.save()
        painter.translate(inside.left(), self._top)
        painter.scale(size, size)
        paint_scene(painter, scene, theme, kinds=kinds, for_print=True)
        if words := empty_words(self._subject.content):
            paint_words(painter, scene, theme, words)
        painter.restore()
        painter.setPen(theme.colour("line"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(inside.left(), self._top, inside.width(), scene.height * size))
        below = self._top + scene.height * size + _GAP
        self._legend.paint(painter, inside.left(), below, theme, for_print=True)

    def _paint_head(self, painter: QPainter, number: int) -> None:
        inside, theme, room = self._inside, self._theme, self._inside.width()
        if self.count > 1:
            period = Run(period_words(*self._periods[number]), "note_text", "muted")
            wide = width_of(period, theme)
            write(painter, period, QPointF(inside.right() - wide, inside.top() + 6), theme)
            room -= wide + 20
        title = elided(one_line(self._subject.title), "title", room)
        write(painter, Run(title, "title"), inside.topLeft(), theme)
        paint_column(painter, self._said, inside.left(), inside.top() + _HEAD)

    def _fitting(self) -> _Setting:
        """Return the setting in which all is drawn one by one in the largest size, else in which it fits at all."""
        wanted = [_Setting(size, rows) for rows in (_ROWS, _FEW_ROWS) for size in _SIZES]
        fitting: list[_Setting] = []
        for setting in (*wanted, _Setting(_SMALLEST, _FEW_ROWS)):
            scenes = self._scenes(setting, {})
            if any(scene.overflow for scene in scenes):
                continue
            if not any(scene.bands or scene.slim for scene in scenes):
                return setting
            fitting.append(setting)
        if not fitting:
            words = QCoreApplication.translate(
                "Footnotes",
                "{count} lanes do not fit the page. Take a larger one, such as a3, or show fewer of them.",
            )
            raise ValueError(words.format(count=len(self._subject.content.index.lanes)))
        return fitting[0]

    def _scenes(self, setting: _Setting, numbers: Mapping[int, int]) -> Sequence[Scene]:
        width, height = self._inside.width() / setting.size, self._height / setting.size
        return [
            scene_of(
                self._subject.content, place, width, height, on_paper=True, numbers=numbers, rows=setting.rows
            )
            for place in self._places(setting)
        ]

    @property
    def _height(self) -> float:
        return self._inside.bottom() - self._top - self._legend.height - 2 * _GAP

    def _places(self, setting: _Setting) -> list[Place]:
        """Return the place of each page: neighbours in time, none where nothing is dated."""
        subject, size = self._subject, setting.size
        width = self._inside.width() / size
        place = place_on_paper(subject.content, subject.period, width, self._height / size)
        if self._count == 1 or subject.content.index.span() is None:
            return [place]
        canvas = width - metrics_in_use().heading
        first, last = place.scale.visible(canvas)
        ends = [first + (last - first) * at // self._count for at in range(self._count + 1)]
        return [Place(TimeScale.fitting(lo, hi, canvas)) for lo, hi in pairwise(ends)]
