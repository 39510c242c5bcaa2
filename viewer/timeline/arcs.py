"""Links of the selected event as arcs to the events they lead to, each with its word in a free place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from viewer.timeline.labels import footprints
from viewer.timeline.scene import Arc, Chip, Items, Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from viewer.timeline.metrics import Measure, Metrics

_SHARES = (0.5, 0.35, 0.65, 0.2, 0.8)
_RISES = (0.0, -1.0, 1.0, -2.0, 2.0)
_WORD_GAP = 6.0

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands in the frame already: arcs lead there, and their words keep off it."""

    items: Items
    labels: tuple[Label, ...]
    chips: tuple[Chip, ...]

    def anchor(self, event: int) -> Point | None:
        """Return where an arc meets an event; None when the event is not in the frame."""
        for item in self.items[self.items["event"] == event]:
            inside = (item["lo"] + item["hi"]) / 2 if np.isnan(item["mark"]) else item["mark"]
            return float(inside), float(item["y"])
        for chip in self.chips:
            if chip.event == event:
                return chip.x + chip.width / 2, chip.y
        return None

    def boxes(self, metrics: Metrics) -> NDArray[np.float64]:
        """Return what words must not cover: items with their marks, and labels."""
        lo, hi = footprints(self.items, metrics)
        y, half = self.items["y"].astype(np.float64), metrics.label_height / 2
        items = np.column_stack((lo, y - half, hi, y + half))
        labels = [(label.x, label.y - half, label.x + label.width, label.y + half) for label in self.labels]
        return np.concatenate((items, np.array(labels, dtype=np.float64).reshape(-1, 4)))


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
    boxes = drawn.boxes(metrics)
    arcs: list[Arc] = []
    for event, word in links:
        end = drawn.anchor(event)
        if end is None or event == selected:
            continue
        size = (measure(word, "small"), metrics.label_height)
        arc = _routed(start, end, word, size, boxes, canvas, metrics)
        box = (arc.word_x, arc.word_y - size[1] / 2, arc.word_x + size[0], arc.word_y + size[1] / 2)
        boxes = np.vstack((boxes, box))
        arcs.append(arc)
    return tuple(arcs)


def _routed(
    start: Point,
    end: Point,
    word: str,
    size: Point,
    boxes: NDArray[np.float64],
    canvas: tuple[float, float],
    metrics: Metrics,
) -> Arc:
    """Return the first of a few courses on which the word stands free; else the first within the canvas."""
    inside = [arc for arc in _courses(start, end, word, size, metrics) if _is_inside(arc, size, canvas)]
    free = (arc for arc in inside if not _covers(arc, size, boxes))
    return next(free, inside[0] if inside else _courses(start, end, word, size, metrics)[0])


def _courses(start: Point, end: Point, word: str, size: Point, metrics: Metrics) -> list[Arc]:
    """Return candidates, those that bow to the left first, for titles stand at the right of marks."""
    outwards = -metrics.arc_bend if end[1] >= start[1] else metrics.arc_bend
    courses: list[Arc] = []
    for bend, rise, share in product((outwards, -outwards), _RISES, _SHARES):
        arc = Arc(start, end, bend, word, 0.0, 0.0)
        x, y = arc.point(share)
        left, right = x - _WORD_GAP - size[0], x + _WORD_GAP
        sides = (left, right) if arc.control[0] <= (start[0] + end[0]) / 2 else (right, left)
        courses += [replace(arc, word_x=side, word_y=y + rise * size[1]) for side in sides]
    return courses


def _is_inside(arc: Arc, size: Point, canvas: tuple[float, float]) -> bool:
    return canvas[0] <= arc.word_x and arc.word_x + size[0] <= canvas[1]


def _covers(arc: Arc, size: Point, boxes: NDArray[np.float64]) -> bool:
    right, half = arc.word_x + size[0], size[1] / 2
    left, top, end, bottom = boxes.T
    across = (left < right) & (end > arc.word_x)
    return bool(np.any(across & (top < arc.word_y + half) & (bottom > arc.word_y - half)))
