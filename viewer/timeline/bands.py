"""Crowded lanes: how many events stand in each stretch of time, and behind them how many may lie there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from viewer.timeline.scene import Band
from viewer.timeline.stretches import step_edges, whole_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from viewer.timeline.items import Look, Window


def lane_bands(window: Window, looks: Sequence[Look]) -> list[Band]:
    """Return the counts of the bands of lanes; heights come later, from all bands."""
    least = window.metrics.band_step * window.scale.seconds_per_pixel
    by_step: dict[int, list[Look]] = {}
    for look in looks:
        step = whole_step(max(least, int(window.index.grains[look.lane])), window.index.step)
        by_step.setdefault(step, []).append(look)
    found = [band for step, alike in by_step.items() for band in _of_step(window, step, alike)]
    return sorted(found, key=lambda band: band.lane)


def _of_step(window: Window, step: int, looks: Sequence[Look]) -> Iterator[Band]:
    edges = step_edges(*window.visible, step)
    counts, possible = window.shown.densities([look.lane for look in looks], edges)
    flat = np.zeros(len(edges) - 1, dtype=np.float32)
    x = window.left + window.scale.x(int(edges[0]))
    pixels = step / window.scale.seconds_per_pixel
    for at, look in enumerate(looks):
        lane = look.lane - window.lanes.start
        yield Band(lane, x, pixels, counts[at], flat, possible[at], flat, look.band)


def with_heights(window: Window, bands: Sequence[Band]) -> tuple[Band, ...]:
    """Return the bands with heights by the square root of their counts, so that lanes can be compared."""
    most = max((int(band.possible.max(initial=0)) for band in bands), default=0)
    return tuple(
        replace(
            band,
            heights=_heights(window, band, band.counts, most),
            possible_heights=_heights(window, band, band.possible, most),
        )
        for band in bands
    )


def _heights(window: Window, band: Band, counts: NDArray[np.int64], most: int) -> NDArray[np.float32]:
    metrics, lane = window.metrics, window.lanes[band.lane]
    # Above the band stays room for a row: what is selected stands there.
    head = float(window.plan.heads[lane]) + window.plan.row_height
    full = max(float(window.plan.heights[lane]) - metrics.band_foot - head, metrics.band_full)
    heights = full * np.sqrt(counts / max(most, 1))
    return np.where(counts > 0, np.maximum(heights, metrics.band_least), 0.0).astype(np.float32)
