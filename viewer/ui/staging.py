"""From what a view is to show to the Scene that shows it: the same for the window, pictures and paper."""

from __future__ import annotations

import functools
import math
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QLocale, QRectF

from viewer.domain.calendar import DAY, civil, iso_day
from viewer.frozen import dataclass
from viewer.timeline import layout
from viewer.timeline.index import Columns, Index
from viewer.timeline.layout import CalendarNames
from viewer.timeline.metrics import Metrics, Viewport
from viewer.timeline.shown import Shown
from viewer.ui.measures import text_width
from viewer.ui.painter_ink import counted, locale, number
from viewer.ui.painter_items import Ghost, sign_width
from viewer.ui.painter_overlay import Probe

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QPointF

    from viewer.domain.records import Kind
    from viewer.timeline.claim_bands import Expanded
    from viewer.timeline.items import Window
    from viewer.timeline.scale import TimeScale
    from viewer.timeline.scene import Lane, Scene
    from viewer.ui.view_motion import Place

_LEAST_MARK = 15.0
_ROWS_ON_PAPER = 40
_STEP_WITH_NOTES = 36.0

MOST_NOTES = 500
"""So many events of a picture with footnotes are drawn one by one at most; more are drawn as density."""


@dataclass(frozen=True, slots=True)
class Content:
    """What is to be shown, apart from when and how large."""

    index: Index
    kinds: tuple[Kind, ...] = ()
    title_of: Callable[[int], str] = field(default=str)
    filtered: Shown | None = None
    selected: int | None = None
    links: tuple[tuple[int, str], ...] = ()
    shelf_note: str = ""
    known_by: int | None = None
    by_publication: bool = False
    rivals: frozenset[int] = frozenset()
    claims: Expanded | None = None

    @property
    def selection(self) -> frozenset[int]:
        """The selected event as a set."""
        return frozenset() if self.selected is None else frozenset({self.selected})

    @property
    def total(self) -> int:
        """How many events the document has."""
        return Shown.of(self.index).count

    @property
    def shown(self) -> int:
        """How many of them the filter lets through."""
        return self.total if self.filtered is None else self.filtered.count

    def let_through(self) -> Shown:
        """Return what is shown of the index."""
        return Shown.of(self.index) if self.filtered is None else self.filtered


def scene_of(
    content: Content,
    place: Place,
    width: float,
    height: float,
    *,
    on_paper: bool = False,
    numbers: Mapping[int, int] | None = None,
    rows: int = _ROWS_ON_PAPER,
) -> Scene:
    """Return the frame of `content` at a place, for a timeline of so many pixels; paper cannot be scrolled.

    `numbers` of footnotes, by event: not None where room is kept for them; of a lane at most so many `rows`
    are then kept from being drawn as density.
    """
    metrics = metrics_on_paper() if on_paper else metrics_in_use()
    return layout.layout(
        content.index,
        _viewport(place, width, height, on_paper=on_paper),
        title=content.title_of,
        measure=text_width,
        shown=content.let_through(),
        selected=content.selection,
        links=content.links,
        names=calendar_names(locale().name()),
        metrics=metrics if numbers is None else metrics_with_notes(rows),
        shelf_note=content.shelf_note,
        rivals=content.rivals,
        claims=content.claims,
        numbers=numbers,
    )


def window_of(content: Content, place: Place, width: float, height: float) -> Window:
    """Return where lanes and rows stand at a place, for a timeline of so many pixels."""
    return layout.window_of(
        content.index,
        _viewport(place, width, height),
        title=content.title_of,
        measure=text_width,
        shown=content.let_through(),
        metrics=metrics_in_use(),
        shelf_note=content.shelf_note,
    )


def _viewport(place: Place, width: float, height: float, *, on_paper: bool = False) -> Viewport:
    return Viewport(place.scale, width, height, place.scroll, place.within, on_paper)


@functools.cache
def metrics_in_use() -> Metrics:
    """Return the measures of the drawing, with room for our words."""
    return Metrics(sign=sign_width())


@functools.cache
def metrics_on_paper() -> Metrics:
    """Return the measures of a picture: it is made higher rather than that a lane hides rows."""
    return replace(metrics_in_use(), lane_rows=_ROWS_ON_PAPER)


@functools.cache
def metrics_with_notes(rows: int) -> Metrics:
    """Return the measures of a picture with footnotes: it has time for more marks, and room for their numbers."""
    metrics = metrics_in_use()
    return replace(
        metrics,
        lane_rows=rows,
        singles=MOST_NOTES,
        labels=MOST_NOTES,
        calls=8 * MOST_NOTES,
        single_step=_STEP_WITH_NOTES,
        chip_end=metrics.chip_end + text_width("000", "note"),
    )


@functools.lru_cache(maxsize=4)
def calendar_names(name: str) -> CalendarNames:
    """Return the words of the calendar in the language of a locale, such as "fr_FR"."""
    language = QLocale(name)
    long, short = QLocale.FormatType.LongFormat, QLocale.FormatType.ShortFormat
    before = QCoreApplication.translate("Timeline", "{year} BC")
    decade = QCoreApplication.translate("Timeline", "{year}s")
    return CalendarNames(
        months=tuple(language.standaloneMonthName(month, long) for month in range(1, 13)),
        short_months=tuple(language.standaloneMonthName(month, short) for month in range(1, 13)),
        weekdays=tuple(language.standaloneDayName(day, short) for day in range(1, 8)),
        decade=decade,
        before=before,
    )


def written(moment: int, unit: str) -> str:
    """Return the "day", "month" or "year" of a moment in words, such as "19 Feb 2025"."""
    names = calendar_names(locale().name())
    year, month, day = civil(moment)[:3]
    parts = {"day": day, "month": names.short_months[month - 1], "year": names.year(year)}
    patterns = {"day": names.day, "month": names.month, "year": "{year}"}
    return patterns[unit].format(**parts)


def empty_words(content: Content) -> str:
    """Return what an empty canvas says instead, or nothing where there is something to see."""
    if content.total == 0:
        return QCoreApplication.translate(
            "Timeline", "Nothing here yet. Double-click to add the first entry, or import a file"
        )
    if content.shown == 0 and content.known_by is not None:
        words = QCoreApplication.translate("Timeline", "Nothing of what is asked for was known on {day}")
        return words.format(day=written(content.known_by, "day"))
    if content.shown == 0:
        words = QCoreApplication.translate("Timeline", "All {events} are hidden by the filter")
        return words.format(events=counted(content.total))
    return ""


def empty_content() -> Content:
    """Return the content of a timeline without events."""
    times, kinds, flags = np.zeros(0, np.int64), np.zeros(0, np.int16), np.zeros(0, np.bool_)
    bounds = (times, times, times, times)
    columns = Columns(times, kinds, kinds.astype(np.int32), *bounds, flags, flags, flags, flags, flags)
    return Content(Index.build(columns, (), ()))


def kind_at(scene: Scene, y: float) -> int | None:
    """Return the kind of the lane at a height; None where lanes are not kinds, or there is none."""
    lane = scene.lane_at(y)
    return None if lane is None or scene.lanes[lane].kind < 0 else scene.lanes[lane].kind


def rectangle_in(scene: Scene, event: int) -> QRectF | None:
    """Return where the mark or the chip of an event lies in a frame."""
    item = scene.item(event)
    if item is not None:
        middle = float(item["mark"])
        if math.isnan(middle):
            middle = (float(item["lo"]) + float(item["hi"])) / 2
        return QRectF(middle - 8, float(item["y"]) - 8, 16, 16)
    chips = scene.shelf.chips if scene.shelf else ()
    chip = next((chip for chip in chips if chip.event == event), None)
    return None if chip is None else QRectF(chip.x, chip.y, chip.width, chip.height)


def day_at(scale: TimeScale, x: float) -> str:
    """Return the day, month or year at a pixel of the canvas, as finely as the hand can mean it there."""
    moment = scale.t(x)
    year, month = civil(moment)[:2]
    written = f"{'-' if year < 0 else ''}{abs(year):04d}"
    if scale.seconds_per_pixel * 2 <= DAY:
        return iso_day(moment)
    return f"{written}-{month:02d}" if scale.seconds_per_pixel * 4 <= 30 * DAY else written


def band_reading(scene: Scene, scale: TimeScale, at: QPointF) -> Probe | None:
    """Return how many events stand, or may lie, in the column of a density band at a point; None: none."""
    lane = scene.lane_at(at.y())
    band = next((band for band in scene.bands if band.lane == lane), None)
    if band is None or at.x() < scene.heading:
        return None
    column = math.floor((at.x() - band.x) / band.step)
    if not (0 <= column < len(band.counts) and band.possible[column]):
        return None
    left = band.x + column * band.step - scene.heading
    days = dict.fromkeys(written(scale.t(x), "day") for x in (left + 0.01, left + band.step - 0.01))
    words = _density_words(int(band.counts[column]), int(band.possible[column]))
    return Probe(scene.heading + left + band.step / 2, at.y(), f"{' – '.join(days)} · {words}")


def _density_words(count: int, possible: int) -> str:
    """Return how many events stand in a stretch of time, and how many at most may lie there."""
    if possible <= count:
        return counted(count)
    if not count:
        return QCoreApplication.translate("Timeline", "up to {possible} may lie here").format(
            possible=number(possible)
        )
    words = QCoreApplication.translate("Timeline", "{events}, up to {possible} may lie here")
    return words.format(events=counted(count), possible=number(possible))


def ghost_in(scene: Scene, scale: TimeScale, extent: tuple[int, int], kind: int) -> Ghost | None:
    """Return a draft's place in a frame: in its kind's lane, on the first row that is free there."""
    lo, hi = scene.heading + scale.x(extent[0]), scene.heading + scale.x(extent[1])
    lane = next((lane for lane in scene.lanes if lane.kind == kind), None)
    if lane is None or hi < scene.heading or lo > scene.width:
        return None
    lo, hi = max(lo, scene.heading - 20), min(hi, scene.width + 20)
    if hi - lo < _LEAST_MARK:
        lo, hi = (lo + hi - _LEAST_MARK) / 2, (lo + hi + _LEAST_MARK) / 2
    return Ghost(kind, lo, hi, _free_row(scene, lane, lo - 8, hi + 60))


def _free_row(scene: Scene, lane: Lane, left: float, right: float) -> float:
    """Return the centre of the first row of a lane with nothing between two pixels, else its foot."""
    drawn = scene.items["y"][(scene.items["y"] >= lane.y) & (scene.items["y"] < lane.y + lane.height)]
    head = metrics_in_use().lane_head + scene.row_height / 2
    # Rows stand where events stand; only an empty lane leaves the choice to us.
    row = (
        lane.y + head + (float(drawn[0]) - lane.y - head) % scene.row_height if len(drawn) else lane.y + head
    )
    foot = lane.y + lane.height - metrics_in_use().band_foot / 2 - 2
    while row < foot:
        if not _taken(scene, row, left, right):
            return row
        row += scene.row_height
    return foot


def _taken(scene: Scene, y: float, left: float, right: float) -> bool:
    items, near = scene.items, scene.row_height / 2
    if bool(((abs(items["y"] - y) < near) & (items["lo"] < right) & (items["hi"] > left)).any()):
        return True
    if any(
        abs(label.y - y) < near and label.x < right and label.x + label.width > left for label in scene.labels
    ):
        return True
    return any(
        scene.lanes[band.lane].y <= y < scene.lanes[band.lane].y + scene.lanes[band.lane].height
        for band in scene.bands
    )
