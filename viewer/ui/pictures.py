"""Pictures of the timeline without a window: PNG, SVG and PDF through the painter of the window.

A picture tells what it is a picture of: below the frame stand the document's title and what it holds.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from viewer.frozen import dataclass
from viewer.timeline.scale import TimeScale
from viewer.ui import navigation
from viewer.ui.painter import paint_scene
from viewer.ui.painter_ink import counted, number
from viewer.ui.painter_overlay import paint_words
from viewer.ui.picture_files import FOOTER, paint_footer, write_picture
from viewer.ui.staging import Content, empty_words, metrics_in_use, scene_of, written
from viewer.ui.view_motion import Place

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from PySide6.QtGui import QPainter

    from viewer.timeline.scene import Scene
    from viewer.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Sheet:
    """A frame ready to be drawn on anything, with its footer."""

    scene: Scene
    content: Content
    title: str
    theme: Theme
    height: float

    def paint(self, painter: QPainter, *, for_print: bool) -> None:
        """Draw the frame and the footer in logical pixels."""
        paint_scene(painter, self.scene, self.theme, kinds=self.content.kinds, for_print=for_print)
        if words := empty_words(self.content):
            paint_words(painter, self.scene, self.theme, words)
        paint_footer(painter, self, facts_of(self.content), for_print=for_print)

    @property
    def width(self) -> float:
        """Logical pixels."""
        return self.scene.width


def facts_of(content: Content) -> str:
    """Return what is to be known of a picture: how many events there are, and by which clock they stand."""
    say = QCoreApplication.translate
    parts = [
        counted(content.total),
        say("Pictures", "{count} undated").format(count=number(len(content.index.undated))),
    ]
    if content.known_by is not None:
        day = written(content.known_by, "day")
        parts.append(say("Pictures", "as known on {day}").format(day=day))
    if content.by_publication:
        parts.append(say("Pictures", "placed by publication"))
    else:
        parts.append(say("Pictures", "dates as in the sources"))
    return " · ".join(parts)


def render_picture(
    path: Path,
    content: Content,
    *,
    title: str,
    period: tuple[int, int] | None,
    size: tuple[int, int],
    scale: float,
    theme: Theme,
) -> None:
    """Draw the timeline to a file, PNG, SVG or PDF by its ending, `size` logical pixels large.

    `period` is the first and last second shown, None the whole document; `scale` is pixels per logical
    pixel of a PNG. ValueError for another ending or a size that cannot be drawn, WriteError when the file
    cannot be written; then nothing is left behind.
    """
    write_picture(path, lambda: _sheet(content, title, period, size, theme), scale)


def _sheet(
    content: Content, title: str, period: tuple[int, int] | None, size: tuple[int, int], theme: Theme
) -> Sheet:
    width, height = float(size[0]), size[1] - FOOTER
    scene = whole_scene(content, place_on_paper(content, period, width, height), width, height)
    return Sheet(scene, content, title, theme, scene.height + FOOTER)


def place_on_paper(content: Content, period: tuple[int, int] | None, width: float, height: float) -> Place:
    """Return the place that shows a period, None all of the document, in a timeline of so many pixels.

    Raises:
        ValueError: too small for a timeline.
    """
    metrics = metrics_in_use()
    canvas = width - metrics.heading
    if canvas < metrics.heading or height < sum(metrics.strip_heights) + metrics.lane_least:
        raise ValueError(
            QCoreApplication.translate("Pictures", "The picture is too small; use at least 320x240.")
        )
    scale = navigation.whole(content, canvas) if period is None else TimeScale.fitting(*period, canvas)
    return navigation.today(canvas) if scale is None else Place(scale)


def whole_scene(
    content: Content,
    place: Place,
    width: float,
    height: float,
    numbers: Mapping[int, int] | None = None,
) -> Scene:
    """Return the frame, made higher where lanes would need scrolling: paper does not scroll."""
    scene = scene_of(content, place, width, height, on_paper=True, numbers=numbers)
    if not scene.overflow:
        return scene
    height += math.ceil(scene.overflow)
    return scene_of(content, place, width, height, on_paper=True, numbers=numbers)
