"""Every measure of the drawing in one place, in logical pixels, and what layout is told about the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from viewer.frozen import dataclass

if TYPE_CHECKING:
    from viewer.timeline.scale import TimeScale

Measure = Callable[[str, str], float]
"""(text, font role) -> width in logical pixels."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes and gaps of the timeline."""

    heading: float = 120.0
    strip_heights: tuple[float, float] = (32.0, 28.0)
    tick_label: float = 8.0  # from a tick's line to its label
    tick_gap: float = 8.0  # at least free after a tick's label
    minor_step: float = 9.0  # calendar lines closer than this are left out

    row: float = 38.0
    row_compact: float = 26.0
    lane_head: float = 16.0  # from a lane's top to its first row
    lane_head_most: float = 32.0  # the same where there is height to spare
    lane_foot: float = 10.0
    lane_least: float = 64.0  # name and count must fit, also without events
    lane_rows: int = 12  # a lane of more rows scrolls within itself where all rows do not fit the window
    lane_rows_least: int = 2  # of which it shows at least these

    mark: float = 15.0
    mark_least: float = 8.0  # marks grow smaller as their crowd grows
    singles: int = 90  # so many events of a frame at most are drawn one by one; more become slim rows
    single_step: float = 24.0  # and at most one in so many pixels of a row
    slim_most: float = 6.0  # the mark of an event in a slim row, where they are few
    slim_least: float = 2.0  # and where they are many
    slim_step: float = 6.0  # pixels of a row per event of a slim row: more events than that become a band
    fading: float = 0.6  # from this share of that crowd on, slim rows pass into a band
    band_step: float = 4.0
    band_foot: float = 20.0
    band_full: float = 28.0  # the highest bar has at least this height
    band_least: float = 1.5  # a single event can still be seen in a band

    label_gap: float = 9.0
    label_apart: float = 24.0  # between two titles, so that they read as two
    label_least: float = 48.0
    label_slim: float = 64.0  # the least for a title in a slim row, where many would be cut
    label_height: float = 18.0
    labels: int = 160
    calls: int = 300  # what a frame may take to draw, events and titles together
    sign: float = 68.0  # what says "disputed" after a label

    chip_height: float = 26.0
    chip_gap: float = 8.0
    chip_text: float = 25.0  # from a chip's left end to its text
    chip_end: float = 13.0
    chip_longest: float = 260.0
    chip_shortest: float = 164.0  # chips are cut so far before the shelf leaves something out
    chip_step: float = 12.0
    chip_rows: int = 3
    chips: int = 60  # more than these are counted, however wide the window is
    shelf_padding: float = 11.0
    shelf_rest: float = 84.0  # the words for how many more, without the note

    arc_bend: float = 60.0

    claim_row: float = 20.0  # of a leaf with the claims of an event
    claim_padding: float = 8.0
    claim_shortest: float = 6.0  # a band of a moment can still be seen
    claim_least: float = 80.0  # a leaf is at least so wide
    claim_name: float = 200.0  # the name of a source is cut there


@dataclass(frozen=True, slots=True)
class Viewport:
    """The window: its scale (x = 0 at the canvas's left edge), its size, pixels its lanes are scrolled.

    `within` says how far lanes, by key, are scrolled within themselves; paper cannot be scrolled.
    """

    scale: TimeScale
    width: float
    height: float
    scroll: float = 0.0
    within: Mapping[str, float] = field(default_factory=dict)
    on_paper: bool = False
