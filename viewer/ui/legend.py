"""The legend of a picture: the kinds with their marks, and how certain and merely possible things are drawn.

Its samples are painted by the painter of the timeline, so that they cannot tell anything else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt

from viewer.frozen import dataclass
from viewer.timeline.scene import ITEM, Scene
from viewer.ui.measures import text_width
from viewer.ui.note_text import Run, write
from viewer.ui.painter_extents import drawn_items
from viewer.ui.painter_ink import ink_for
from viewer.ui.painter_items import paint_items
from viewer.ui.painter_marks import MARK
from viewer.ui.text import one_line
from viewer.ui.words import lane_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QPainter

    from viewer.domain.records import Kind
    from viewer.timeline.scene import Items
    from viewer.ui.painter_ink import Ink
    from viewer.ui.theme import Theme

_ROW = 22.0
_GAP = 26.0
_AFTER = 8.0
_SAMPLE = 44.0
_LONGEST = 60

_BARE = Scene(
    width=4 * _SAMPLE, height=_ROW, heading=0.0, strips=(), grid=(), lanes=(), lanes_top=0.0, lanes_bottom=_ROW,
    items=np.zeros(0, ITEM), labels=(), bands=(), arcs=(), shelf=None, overflow=0.0, row_height=_ROW,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sample so wide, painted centred on a height from x on, and what it means."""

    width: float
    words: str
    paint: Callable[[Ink, float, float], None]

    @property
    def room(self) -> float:
        return self.width + _AFTER + text_width(self.words, "note_small")


class Legend:
    """The entries that a scene needs, in rows of a width."""

    def __init__(self, scenes: Sequence[Scene], kinds: Sequence[Kind], width: float) -> None:
        self._rows: list[list[_Entry]] = [[]]
        self._kinds = kinds
        used = 0.0
        for entry in [*_kinds(scenes, kinds), *_notations(scenes)]:
            if self._rows[-1] and used + entry.room > width:
                self._rows.append([])
                used = 0.0
            self._rows[-1].append(entry)
            used += entry.room + _GAP

    @property
    def height(self) -> float:
        """Logical pixels."""
        return _ROW * len(self._rows) if self._rows[0] else 0.0

    def paint(self, painter: QPainter, x: float, y: float, theme: Theme, *, for_print: bool) -> None:
        """Paint it from a point down."""
        ink = ink_for(painter, theme, self._kinds, for_print=for_print)
        painter.save()
        painter.setRenderHints(painter.RenderHint.Antialiasing | painter.RenderHint.TextAntialiasing)
        for number, row in enumerate(self._rows):
            left, middle = x, y + (number + 0.5) * _ROW
            for entry in row:
                entry.paint(ink, left, middle)
                run = Run(entry.words, "note_small", "muted")
                write(painter, run, QPointF(left + entry.width + _AFTER, middle - 8.0), theme)
                left += entry.room + _GAP
        painter.restore()


def _kinds(scenes: Sequence[Scene], kinds: Sequence[Kind]) -> list[_Entry]:
    """Return an entry for each kind of which something is drawn."""
    drawn = {int(kind) for scene in scenes for kind in np.unique(scene.items["kind"])}
    drawn |= {scene.lanes[band.lane].kind for scene in scenes for band in scene.bands if band.possible.any()}
    drawn |= {chip.kind for scene in scenes if scene.shelf for chip in scene.shelf.chips}

    def mark(place: int) -> Callable[[Ink, float, float], None]:
        return lambda ink, x, y: ink.mark(ink.kind(place), x + MARK / 2, y, ink.theme.colour("canvas"))

    return [
        _Entry(MARK, one_line(lane_name(kind), _LONGEST), mark(place))
        for place, kind in enumerate(kinds)
        if place in drawn
    ]


def _notations(scenes: Sequence[Scene]) -> list[_Entry]:
    """Return an entry for each way in which something is drawn."""
    say = QCoreApplication.translate
    items = np.concatenate([scene.items for scene in scenes]) if scenes else np.zeros(0, ITEM)
    found = [
        _extent(say("Legend", "within: some day between the ends"), mark=_SAMPLE / 2),
        _extent(say("Legend", "throughout: solid is certain, pale is possible"), span=True),
    ]
    if (items["open_lo"] | items["open_hi"]).any():
        found.append(_extent(say("Legend", "open: no end is known"), open_hi=True))
    if items["blurred"].any():
        found.append(_extent(say("Legend", "approximate or uncertain"), blurred=True))
    if (items["disputed"] | items["rival"]).any():
        found.append(_Entry(14.0, say("Legend", "claims speak against it, or do not agree"), _sign))
    if any(band.possible.any() for scene in scenes for band in scene.bands):
        found.append(_Entry(22.0, say("Legend", "how many events: solid stand there, pale may"), _bars))
    return [*found, _Entry(12.0, say("Legend", "number of the note"), _number)]


def _extent(
    words: str,
    *,
    mark: float = float("nan"),
    span: bool = False,
    open_hi: bool = False,
    blurred: bool = False,
) -> _Entry:
    """Return an entry whose sample is an item of a scene."""
    item = np.zeros(1, ITEM)
    item["kind"], item["size"], item["mark"] = -1, 10.0, 1.0 + mark
    item["lo"], item["hi"] = 1.0, 1.0 + _SAMPLE
    item["span"], item["open_hi"], item["blurred"] = span, open_hi, blurred
    inner = 0.3 * _SAMPLE if span else 0.0
    item["core_lo"], item["core_hi"] = (1.0 + inner, 1.0 + _SAMPLE - inner) if span else (_SAMPLE, 1.0)
    return _Entry(_SAMPLE + 2, words, lambda ink, x, y: _paint_item(ink, item, x, y))


def _paint_item(ink: Ink, item: Items, x: float, y: float) -> None:
    painter = ink.painter
    painter.save()
    painter.translate(x, y)
    paint_items(ink, _BARE, item, drawn_items(item), frozenset(), None)
    painter.restore()


def _sign(ink: Ink, x: float, y: float) -> None:
    ink.painter.setPen(Qt.PenStyle.NoPen)
    ink.painter.setBrush(ink.theme.colour("warning_ground"))
    ink.painter.drawRoundedRect(QRectF(x, y - 7, 14, 14), 7, 7)
    ink.text(x + 3, y, "≠", "note_small", "warning")


def _bars(ink: Ink, x: float, y: float) -> None:
    kind = ink.kind(-1)
    for at, (possible, certain) in enumerate(((6.0, 2.0), (12.0, 5.0), (14.0, 9.0), (9.0, 3.0))):
        ink.fill(x + 5 * at, y + 7 - possible, 5, possible, kind.haze)
        ink.fill(x + 5 * at, y + 7 - certain, 4, certain, kind.band)


def _number(ink: Ink, x: float, y: float) -> None:
    ink.text(x, y - 2, "12", "note", "accent")
