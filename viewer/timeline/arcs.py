"""Links of the selected event as arcs to the events they lead to, each with its word in a free place.

From mark to mark an arc bows beside the titles. To the shelf it goes down in a free column, along above the
shelf and into the chip, so that several links share their way instead of crossing the canvas.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.courses import bow, points_along, rounded, sweep
from viewer.timeline.labels import footprints
from viewer.timeline.scene import Arc, Items, Label, Shelf

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from viewer.timeline.courses import Curve, Point
    from viewer.timeline.metrics import Measure, Metrics

    Boxes = NDArray[np.float64]

_WORD_GAP = 6.0
_AWAY = (_WORD_GAP, 18.0, 36.0, 60.0)
"""How far beside its arc a word may stand, in pixels."""
_ABOVE_SHELF = 12.0
_TURN, _INTO_CHIP = 36.0, 14.0
_COLUMNS, _COLUMN_STEP, _COLUMN_EDGE = 20, 12.0, 12.0
_MARK, _TITLE, _EXTENT, _DETOUR = 4.0, 2.0, 1.0, 0.03
"""What it costs to cross a mark, a title (behind which an arc passes), an extent, and to go a pixel aside."""
_DEEP = 0.2
"""How deep a long arc bows, as a share of its length: a straight one would cut the canvas in two."""
_SAMPLES = 24
_ONE_PART = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands in the frame already: arcs lead there, and their words keep off it."""

    items: Items
    labels: tuple[Label, ...]
    shelf: Shelf | None
    row_height: float

    def anchor(self, event: int) -> Point | None:
        """Return where an arc meets an event; None when the event is not in the frame."""
        for item in self.items[self.items["event"] == event]:
            inside = (item["lo"] + item["hi"]) / 2 if np.isnan(item["mark"]) else item["mark"]
            return float(inside), float(item["y"])
        for chip in self.shelf.chips if self.shelf else ():
            if chip.event == event:
                return chip.x + chip.width / 2, chip.y
        return None

    def extents(self, metrics: Metrics) -> Boxes:
        """Return left, top, right and bottom of all extents, marks included."""
        lo, hi = footprints(self.items)
        return self._boxes(lo, hi, metrics, np.ones(len(lo), dtype=np.bool_))

    def marks(self, metrics: Metrics, but: tuple[int, ...]) -> Boxes:
        """Return left, top, right and bottom of all marks, except those of some events."""
        own = np.isin(self.items["event"], but) | np.isnan(self.items["mark"])
        mark = self.items["mark"].astype(np.float64)
        return self._boxes(mark - metrics.mark / 2, mark + metrics.mark / 2, metrics, ~own)

    def titles(self, metrics: Metrics, but: tuple[int, ...] = ()) -> Boxes:
        """Return left, top, right and bottom of all titles with their signs, except those of some events."""
        half = metrics.label_height / 2
        signed = set(self.items["event"][self.items["disputed"] | self.items["rival"]].tolist())
        titles = [
            (
                each.x,
                each.y - half,
                each.x + each.width + (metrics.sign if each.event in signed else 0.0),
                each.y + half,
            )
            for each in self.labels
            if each.event not in but
        ]
        return np.array(titles, dtype=np.float64).reshape(-1, 4)

    def below(self) -> Boxes:
        """Return left, top, right and bottom of the shelf, if there is one."""
        far = float("inf")
        return np.array([] if self.shelf is None else [(-far, self.shelf.y, far, far)]).reshape(-1, 4)

    def _boxes(self, left: Boxes, right: Boxes, metrics: Metrics, kept: NDArray[np.bool_]) -> Boxes:
        y, half = self.items["y"].astype(np.float64), metrics.label_height / 2
        boxes: Boxes = np.column_stack((left, y - half, right, y + half))[kept]
        return boxes


def place_arcs(
    selected: int,
    links: Sequence[tuple[int, str]],
    drawn: Drawn,
    canvas: tuple[float, float],
    *,
    measure: Measure,
    metrics: Metrics,
) -> tuple[Arc, ...]:
    """Return the arcs from the selected event to the linked ones in the frame; canvas is left and right."""
    start = drawn.anchor(selected)
    if start is None:
        return ()
    curves = [
        (event, word, _Router(drawn, canvas, metrics, (selected, event)).route(start, end))
        for event, word in links
        if event != selected and (end := drawn.anchor(event)) is not None
    ]
    strokes = [_box(point, (0.0, 0.0)) for _, _, curve in curves for point in points_along(curve, _SAMPLES)]
    taken = np.vstack((drawn.titles(metrics), drawn.extents(metrics), drawn.below(), *strokes))
    arcs: list[Arc] = []
    for event, word, curve in curves:
        size = (measure(word, "small"), metrics.label_height)
        place = _word_place(curve, size, taken, canvas)
        if place is None:
            arcs.append(Arc(event, curve, "", *curve[-1]))
            continue
        arcs.append(Arc(event, curve, word, *place))
        taken = np.vstack((taken, _box((place[0] - _WORD_GAP, place[1]), (size[0] + 2 * _WORD_GAP, size[1]))))
    return tuple(arcs)


@dataclass(frozen=True, slots=True)
class _Router:
    drawn: Drawn
    canvas: tuple[float, float]
    metrics: Metrics
    ends: tuple[int, int]

    def route(self, start: Point, end: Point) -> Curve:
        """Return the calmest course between two events, marks or chips."""
        shelf = self.drawn.shelf
        below = float("inf") if shelf is None else shelf.y
        if start[1] >= below and shelf is not None:
            run = below - _ABOVE_SHELF
            if end[1] < below:
                return tuple(reversed(self._to_shelf(end, start, run)))
            return rounded((start, (start[0], run), (end[0], run), end), _INTO_CHIP)
        if end[1] >= below:
            return self._to_shelf(start, end, below - _ABOVE_SHELF)
        return min(self._between_marks(start, end), key=self._cost)

    def _between_marks(self, start: Point, end: Point) -> list[Curve]:
        """Return candidates, those that bow to the left first, for titles stand at the right of marks."""
        deep = max(self.metrics.arc_bend, _DEEP * math.dist(start, end))
        left = deep if end[1] >= start[1] else -deep
        bows = [bow(start, end, left * share) for share in (1.0, 1.5, 0.5, -1.0, -1.5)]
        return [*bows, sweep(start, end)]

    def _cost(self, curve: Curve) -> float:
        points = np.array(points_along(curve, _SAMPLES)[1:-1])
        outside = (points[:, 0] < self.canvas[0]) | (points[:, 0] > self.canvas[1])
        hits = sum(cost * np.count_nonzero(_hits(points, boxes)) for boxes, cost in self._obstacles())
        return float(hits + _MARK * np.count_nonzero(outside))

    def _obstacles(self) -> tuple[tuple[Boxes, float], ...]:
        """Return what else stands in the frame, and what it costs to cross it."""
        return (
            (self.drawn.marks(self.metrics, self.ends), _MARK),
            (self.drawn.titles(self.metrics, self.ends), _TITLE),
            (self.drawn.extents(self.metrics), _EXTENT),
        )

    def _to_shelf(self, start: Point, end: Point, run: float) -> Curve:
        """Return the way from a mark to a chip: aside to a free column, down, along above the shelf."""
        aside = start[1] + self.drawn.row_height / 2 + 2
        if aside >= run - _TURN:
            return sweep(start, end)
        column = self._column(start[0], end[0], (aside, run))
        if abs(end[0] - column) < _TURN:
            return rounded((start, (start[0], aside), (column, aside), (column, run), end), _TURN)
        corners = (start, (start[0], aside), (column, aside), (column, run), (end[0], run), end)
        return rounded(corners, _TURN)

    def _column(self, x: float, target: float, heights: Point) -> float:
        """Return the column near `x` that crosses least between two heights, rather towards the target."""
        steps = sorted(range(-_COLUMNS, _COLUMNS + 1), key=abs)
        columns = np.array([x + step * _COLUMN_STEP for step in steps])
        left, right = self.canvas[0] + _COLUMN_EDGE, self.canvas[1] - _COLUMN_EDGE
        columns = columns[(columns >= left) & (columns <= right)]
        if not len(columns):
            return x
        away = (columns - x) * (target - x) < 0
        costs = _DETOUR * np.abs(columns - x) * np.where(away, 2, 1)
        for boxes, cost in self._obstacles():
            level = boxes[(boxes[:, 1] < heights[1]) & (boxes[:, 3] > heights[0])]
            across = (level[:, 0] - _WORD_GAP < columns[:, None]) & (
                level[:, 2] + _WORD_GAP > columns[:, None]
            )
            costs = costs + cost * np.count_nonzero(across, axis=1)
        return float(columns[np.argmin(costs)])


def _hits(points: Boxes, boxes: Boxes) -> NDArray[np.bool_]:
    """Return, for every point and box, whether the point lies in the box."""
    x, y = points[:, 0, None], points[:, 1, None]
    hits: NDArray[np.bool_] = (boxes[:, 0] < x) & (x < boxes[:, 2]) & (boxes[:, 1] < y) & (y < boxes[:, 3])
    return hits


def _word_place(curve: Curve, size: Point, taken: Boxes, canvas: tuple[float, float]) -> Point | None:
    """Return left end and centre of a word near a curve: the first free place, None where there is none."""
    places = (place for place in _beside(curve, size) if _is_inside(place, size, canvas))
    return next((place for place in places if not _covers(place, size, taken)), None)


def _beside(curve: Curve, size: Point) -> Iterator[Point]:
    """Yield places beside a curve: above where it runs level, at either side where it falls.

    A simple curve is tried from its middle outwards; one that may share its way with others from its end.
    """
    points = points_along(curve, _SAMPLES)
    inner = range(1, len(points) - 1)
    simple = len(curve) == _ONE_PART
    order = sorted(inner, key=lambda at: abs(at - len(points) / 2)) if simple else list(reversed(inner))
    for away in _AWAY:
        for at in order:
            (x0, y0), (x1, y1) = points[at - 1], points[at + 1]
            x, y = points[at]
            if abs(x1 - x0) > 2 * abs(y1 - y0):
                yield x - size[0] / 2, y - size[1] / 2 - away / 3
            else:
                yield x - away - size[0], y
                yield x + away, y


def _is_inside(place: Point, size: Point, canvas: tuple[float, float]) -> bool:
    return canvas[0] <= place[0] and place[0] + size[0] <= canvas[1]


def _covers(place: Point, size: Point, boxes: Boxes) -> bool:
    left, top, right, bottom = _box(place, size)
    across = (boxes[:, 0] < right) & (boxes[:, 2] > left)
    return bool(np.any(across & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)))


def _box(place: Point, size: Point) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of what begins at a place, centred on its height."""
    return place[0], place[1] - size[1] / 2, place[0] + size[0], place[1] + size[1] / 2
