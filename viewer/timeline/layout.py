"""One frame: from the index and a viewport to a Scene, a pure function of what it is given.

Lanes and shelf take their heights from the document and the size of the window; only then the view says
what is drawn in them. The work grows with the pixels of the window, not with the events of the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from viewer.timeline.arcs import Drawn, place_arcs
from viewer.timeline.claim_bands import Expanded, place_claims
from viewer.timeline.items import Window, lane_band, lane_items, picked_items, with_heights
from viewer.timeline.labels import Titles, place_labels
from viewer.timeline.lanes import plan_lanes
from viewer.timeline.metrics import Measure, Metrics, Viewport
from viewer.timeline.scene import ITEM, Arc, Band, ClaimLeaf, Items, Label, Lane, Scene, Shelf
from viewer.timeline.shelf import place_shelf
from viewer.timeline.shown import Shown
from viewer.timeline.ticks import CalendarNames, calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from viewer.timeline.index import Index

__all__ = ["CalendarNames", "Measure", "Metrics", "Titles", "Viewport", "layout"]


def layout(
    index: Index,
    viewport: Viewport,
    *,
    title: Titles,
    measure: Measure,
    shown: Shown | None = None,
    selected: frozenset[int] = frozenset(),
    links: Sequence[tuple[int, str]] = (),
    names: CalendarNames | None = None,
    metrics: Metrics | None = None,
    shelf_note: str = "",
    rivals: frozenset[int] = frozenset(),
    claims: Expanded | None = None,
) -> Scene:
    """Return what the viewport shows.

    `shown` is what a filter lets through; None shows all.
    `links` lead from the selected event, if there is just one, to (event, word).
    `rivals` are events of whose claims not all can hold; `claims` are those of one event, to be drawn below it.
    """
    frame = _Frame(viewport, title, measure, names or CalendarNames(), metrics or Metrics(), selected)
    shown = shown or Shown.of(index)
    shelf = frame.shelf(index, shown, shelf_note)
    window = frame.window(index, shown, shelf)
    items, bands = _contents(window, selected)
    items["rival"] = np.isin(items["event"], list(rivals))
    labels = frame.labels(items, window)
    strips, grid = calendar(
        viewport.scale,
        window.left,
        window.right,
        names=frame.names,
        measure=measure,
        metrics=frame.metrics,
    )
    return Scene(
        width=viewport.width,
        height=viewport.height,
        heading=window.left,
        strips=strips,
        grid=grid,
        lanes=_lanes(window),
        lanes_top=window.top,
        lanes_bottom=window.bottom,
        items=items,
        labels=labels,
        bands=bands,
        arcs=frame.arcs(links, Drawn(items, labels, shelf, window.plan.row_height), window),
        shelf=shelf,
        overflow=max(window.plan.total - (window.bottom - window.top), 0.0),
        row_height=window.plan.row_height,
        claims=_claims(claims, items, window, measure),
    )


@dataclass(frozen=True, slots=True)
class _Frame:
    viewport: Viewport
    title: Titles
    measure: Measure
    names: CalendarNames
    metrics: Metrics
    selected: frozenset[int]

    def shelf(self, index: Index, shown: Shown, note: str) -> Shelf | None:
        """Return the shelf at the bottom of the viewport."""
        return place_shelf(
            index.undated,
            shown.undated,
            (self.viewport.width, self.viewport.height),
            title=self.title,
            measure=self.measure,
            metrics=self.metrics,
            note=note,
        )

    def window(self, index: Index, shown: Shown, shelf: Shelf | None) -> Window:
        """Return the window between strips and shelf, its lanes planned."""
        top = sum(self.metrics.strip_heights)
        bottom = max(shelf.y if shelf else self.viewport.height, top)
        plan = plan_lanes(index.lane_rows, bottom - top, self.metrics)
        overflow = max(plan.total - (bottom - top), 0.0)
        return Window(
            index=index,
            scale=self.viewport.scale,
            plan=plan,
            metrics=self.metrics,
            shown=shown,
            left=self.metrics.heading,
            right=max(self.viewport.width, self.metrics.heading),
            top=top,
            bottom=bottom,
            scroll=min(max(self.viewport.scroll, 0.0), overflow),
        )

    def labels(self, items: Items, window: Window) -> tuple[Label, ...]:
        """Return the titles of the items."""
        return place_labels(
            items,
            window.left,
            window.right,
            title=self.title,
            measure=self.measure,
            metrics=self.metrics,
            selected=self.selected,
        )

    def arcs(self, links: Sequence[tuple[int, str]], drawn: Drawn, window: Window) -> tuple[Arc, ...]:
        """Return the links of the one selected event."""
        if len(self.selected) != 1 or not links:
            return ()
        (event,) = self.selected
        canvas = (window.left, window.right)
        return place_arcs(event, links, drawn, canvas, measure=self.measure, metrics=self.metrics)


def _contents(window: Window, selected: frozenset[int]) -> tuple[Items, tuple[Band, ...]]:
    """Return the items of all lanes, and bands for those where items would crowd, with what is selected."""
    parts: list[Items] = [np.empty(0, dtype=ITEM)]
    bands: list[Band] = []
    for lane in range(len(window.index.lanes)):
        y = window.lane_y(lane)
        if y >= window.bottom or y + window.plan.heights[lane] <= window.top:
            continue
        items = lane_items(window, lane)
        if items is None:
            bands.append(lane_band(window, lane))
            parts.append(picked_items(window, lane, selected))
        else:
            parts.append(items)
    return np.concatenate(parts), with_heights(window, bands)


def _claims(wanted: Expanded | None, items: Items, window: Window, measure: Measure) -> ClaimLeaf | None:
    """Return the leaf of an event that is in sight."""
    if wanted is None:
        return None
    found = np.flatnonzero(items["event"] == wanted.event)
    return place_claims(wanted, items[found[0]], window, measure) if len(found) else None


def _lanes(window: Window) -> tuple[Lane, ...]:
    sizes = window.index.lane_sizes.tolist()
    return tuple(
        Lane(
            key=info.key,
            name=info.name,
            kind=info.kind,
            count=sizes[lane],
            shown=window.shown.lane_sizes[lane],
            undated=window.shown.undated_of_kind.get(info.kind, 0),
            y=window.lane_y(lane),
            height=window.plan.heights[lane],
        )
        for lane, info in enumerate(window.index.lanes)
    )
