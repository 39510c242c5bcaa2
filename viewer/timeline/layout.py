"""One frame: from the index and a viewport to a Scene, a pure function of what it is given.

Lanes and shelf take their heights from the document and the size of the window; only then the view says
what is drawn in them. The work grows with the pixels of the window, not with the events or lanes of the document.
"""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from viewer.frozen import dataclass
from viewer.timeline.arcs import Drawn, place_arcs
from viewer.timeline.bands import lane_bands, with_heights
from viewer.timeline.claim_bands import Expanded, place_claims
from viewer.timeline.distinct import are_among
from viewer.timeline.items import Look, Window, hides_rows, items_of, looks, picked_items
from viewer.timeline.labels import Titles, place_labels
from viewer.timeline.lanes import plan_lanes
from viewer.timeline.metrics import Measure, Metrics, Viewport
from viewer.timeline.scene import Arc, Band, ClaimLeaf, Items, Label, Lane, NoteNumber, Scene, Shelf, Slim
from viewer.timeline.shelf import Pile, chips_most, place_shelf
from viewer.timeline.shown import Shown
from viewer.timeline.ticks import CalendarNames, calendar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from viewer.timeline.index import Index

__all__ = ["CalendarNames", "Measure", "Metrics", "Titles", "Viewport", "layout", "window_of"]

_NAMED = 0.75
"""Rows weaker than that bear no titles."""

_shelves: WeakKeyDictionary[Shown, tuple[tuple[object, ...], Shelf | None]] = WeakKeyDictionary()
"""The last shelf of each that is shown, and what it was made of."""


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
    numbers: Mapping[int, int] | None = None,
) -> Scene:
    """Return what the viewport shows.

    `shown` is what a filter lets through; None shows all.
    `links` lead from the selected event, if there is just one, to (event, word).
    `rivals` are events of whose claims not all can hold; `claims` are those of one event, to be drawn below it;
    `numbers` are those of footnotes, by event.
    """
    numbers = numbers or {}
    frame = _Frame(viewport, title, measure, names or CalendarNames(), metrics or Metrics(), selected)
    shown = shown or Shown.of(index)
    shelf = frame.shelf(index, shown, shelf_note)
    window = frame.window(index, shown, shelf)
    contents = _contents(window, selected)
    items = contents.items
    items["rival"] = _are_in(items["event"], rivals)
    labels, written = frame.labels(contents, window, numbers)
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
        lanes=_lanes(window, {band.lane for band in contents.bands if band.strength == 1}),
        lanes_top=window.top,
        lanes_bottom=window.bottom,
        items=items,
        labels=labels,
        bands=contents.bands,
        arcs=frame.arcs(
            links, Drawn(_notable(items, labels, links), labels, shelf, window.plan.row_height), window
        ),
        shelf=_numbered(shelf, numbers),
        overflow=window.overflow,
        row_height=window.plan.row_height,
        claims=_claims(claims, items, window, measure),
        slim=contents.slim,
        numbers=written,
    )


def window_of(
    index: Index,
    viewport: Viewport,
    *,
    title: Titles,
    measure: Measure,
    shown: Shown,
    metrics: Metrics,
    shelf_note: str = "",
) -> Window:
    """Return where lanes and rows stand in a viewport, without looking at what they hold."""
    frame = _Frame(viewport, title, measure, CalendarNames(), metrics, frozenset())
    return frame.window(index, shown, frame.shelf(index, shown, shelf_note))


@dataclass(frozen=True, slots=True)
class _Frame:
    viewport: Viewport
    title: Titles
    measure: Measure
    names: CalendarNames
    metrics: Metrics
    selected: frozenset[int]

    def shelf(self, index: Index, shown: Shown, note: str) -> Shelf | None:
        """Return the shelf at the bottom of the viewport: remembered, for it stands still from frame to frame."""
        size = (self.viewport.width, self.viewport.height)
        asked = (index, size, self.title, self.measure, self.metrics, note)
        kept = _shelves.get(shown)
        if kept is None or kept[0] != asked:
            most = chips_most(self.viewport.width, self.metrics)
            shelf = place_shelf(
                Pile(index.undated.first(most), len(index.undated)),
                Pile(shown.undated(most), shown.undated_count),
                size,
                title=self.title,
                measure=self.measure,
                metrics=self.metrics,
                note=note,
            )
            kept = _shelves[shown] = (asked, shelf)
        return kept[1]

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
            within=self.viewport.within,
            on_paper=self.viewport.on_paper,
        )

    def labels(
        self, contents: _Contents, window: Window, numbers: Mapping[int, int]
    ) -> tuple[tuple[Label, ...], tuple[NoteNumber, ...]]:
        """Return the titles of the items, as many as a frame can afford beside what else it draws; with numbers."""
        single = int(np.count_nonzero(~contents.items["slim"]))
        rows = int((window.bottom - window.top) // window.plan.row_height) if contents.slim else 0
        spent = 2 * single + rows + 4 * len(window.lanes)
        return place_labels(
            contents.items,
            window.left,
            window.right,
            title=self.title,
            measure=self.measure,
            metrics=self.metrics,
            selected=self.selected,
            nameless=contents.nameless(),
            most=min(self.metrics.labels, max(self.metrics.calls - spent, len(self.selected))),
            numbers=numbers,
        )

    def arcs(self, links: Sequence[tuple[int, str]], drawn: Drawn, window: Window) -> tuple[Arc, ...]:
        """Return the links of the one selected event."""
        if len(self.selected) != 1 or not links:
            return ()
        (event,) = self.selected
        canvas = (window.left, window.right)
        return place_arcs(event, links, drawn, canvas, measure=self.measure, metrics=self.metrics)


@dataclass(frozen=True, slots=True)
class _Contents:
    items: Items
    slim: tuple[Slim, ...]
    bands: tuple[Band, ...]

    def nameless(self) -> NDArray[np.bool_]:
        """Tell which items are in rows that pass into a band: titles would hide both."""
        found = np.zeros(len(self.items), dtype=np.bool_)
        for slim in self.slim:
            found[slim.first : slim.last] = slim.strength < _NAMED
        return found


def _contents(window: Window, selected: frozenset[int]) -> _Contents:
    """Return what the lanes in sight show; what is selected stands out of rows and bands as a mark of its own."""
    found = [
        Look(look.lane, look.size, band=1.0) if hides_rows(window, look) else look
        for look in looks(window, window.lanes)
    ]
    rows = [look for look in found if look.band < 1]
    items, counts = items_of(window, rows)
    chosen = items["slim"] & _are_in(items["event"], selected)
    items["slim"][chosen], items["size"][chosen] = False, window.metrics.mark
    ends = np.cumsum(counts).tolist()
    slim = tuple(
        Slim(look.lane - window.lanes.start, end - count, end, look.rows)
        for look, count, end in zip(rows, counts, ends, strict=True)
        if look.rows
    )
    bands = lane_bands(window, [look for look in found if look.band])
    picked = [picked_items(window, look.lane, selected) for look in found if look.band == 1 and selected]
    return _Contents(np.concatenate([items, *picked]), slim, with_heights(window, bands))


def _numbered(shelf: Shelf | None, numbers: Mapping[int, int]) -> Shelf | None:
    """Return the shelf with the numbers of footnotes on its chips."""
    if shelf is None or not numbers:
        return shelf
    return replace(
        shelf,
        chips=tuple(replace(chip, number=numbers.get(chip.event)) for chip in shelf.chips),
    )


def _notable(items: Items, labels: tuple[Label, ...], links: Sequence[tuple[int, str]]) -> Items:
    """Return the items that links lead to or must keep off: of slim rows only those that are named or linked."""
    if not links:
        return items[:0]
    named = {label.event for label in labels} | {event for event, _ in links}
    return items[~items["slim"] | are_among(items["event"], named)]


def _are_in(events: NDArray[np.int64], wanted: frozenset[int]) -> NDArray[np.bool_]:
    """Tell which events are wanted ones, by the number of the events."""
    ids = _sorted(wanted)
    if not len(ids):
        return np.zeros(len(events), dtype=np.bool_)
    found: NDArray[np.bool_] = ids[np.minimum(np.searchsorted(ids, events), len(ids) - 1)] == events
    return found


@functools.lru_cache(maxsize=4)
def _sorted(wanted: frozenset[int]) -> NDArray[np.int64]:
    return np.array(sorted(wanted), dtype=np.int64)


def _claims(wanted: Expanded | None, items: Items, window: Window, measure: Measure) -> ClaimLeaf | None:
    """Return the leaf of an event that is in sight."""
    if wanted is None:
        return None
    found = np.flatnonzero(items["event"] == wanted.event)
    return place_claims(wanted, items[found[0]], window, measure) if len(found) else None


def _lanes(window: Window, bands: set[int]) -> tuple[Lane, ...]:
    """Return the lanes in sight; those drawn as bands, counted in them, have no rows to scroll."""
    return tuple(_lane(window, lane, scrolls=at not in bands) for at, lane in enumerate(window.lanes))


def _lane(window: Window, lane: int, *, scrolls: bool) -> Lane:
    info, (rows_top, rows_bottom) = window.index.lanes[lane], window.rows_between(lane)
    return Lane(
        key=info.key,
        name=info.name,
        kind=info.kind,
        count=int(window.index.all_seen.lane_sizes[lane]),
        shown=int(window.shown.seen.lane_sizes[lane]),
        undated=window.shown.undated_of_kind.get(info.kind, 0),
        y=window.lane_y(lane),
        height=float(window.plan.heights[lane]),
        place=lane,
        is_last=lane == len(window.index.lanes) - 1,
        rows_top=rows_top,
        rows_bottom=rows_bottom,
        scroll=window.lane_scroll(lane) if scrolls else 0.0,
        overflow=window.plan.overflow(lane) if scrolls else 0.0,
    )
