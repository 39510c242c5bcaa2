"""What one frame shows, in pixels: plain values, bounded by the size of the picture, never by the document.

`layout` computes a Scene, a painter draws it, a pointer is looked up in it. Coordinates are logical pixels
from the top left of the timeline's own area: strips, lanes and shelf, the headings at the left included.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from viewer.frozen import dataclass

ITEM = np.dtype(
    [
        ("event", np.int64),  # row id of the event
        ("kind", np.int16),  # position in the document's list of kinds: colour and shape
        ("y", np.float32),  # centre of its row
        ("lo", np.float32),  # left end of the possible extent, clipped to the canvas
        ("hi", np.float32),  # right end of the possible extent, clipped
        ("core_lo", np.float32),  # the certain part of a span; core_lo > core_hi where there is none
        ("core_hi", np.float32),
        ("mark", np.float32),  # centre of the mark; NaN when it lies outside the canvas
        ("span", np.bool_),  # lasts "throughout" its extent; otherwise a point somewhere within
        ("open_lo", np.bool_),  # dissolves towards the left: no first bound
        ("open_hi", np.bool_),
        ("blurred", np.bool_),  # approximate or uncertain: ends drawn softer
        ("disputed", np.bool_),
        ("rival", np.bool_),  # its claims give dates or numbers that cannot all hold
        ("slim", np.bool_),  # drawn as a part of its row, not as a mark of its own
        ("size", np.float32),  # width of its mark
    ]
)

Items = NDArray[np.void]

BAR_WIDTH = 5.0
"""Of the scroll bar at the right end of a lane, in pixels."""
BAR_EDGE = 3.0
"""From that bar to the edge of the canvas."""
BAR_LEAST = 24.0
"""The least length of its thumb."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the calendar; `label` stands to the right of `x`, empty where it would not fit.

    Its line runs through a strip where it is strong, and is a short one where not. At the very edge of the
    canvas stands the label of the period that began before it, without a line.
    """

    x: float
    label: str
    strong: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """One of the two calendar strips, coarse (font role "heading") above fine (role "tick")."""

    y: float
    height: float
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A horizontal band with a heading at the left; `kind` as in ITEM, -1 where lanes are not kinds.

    `count` are its dated events, `shown` those that the filter lets through; `undated` those of its kind on the
    shelf. Where its rows do not all fit, it is `scroll` of at most `overflow` pixels down; both are 0 otherwise,
    and where it shows a band. Rows lie between `rows_top` and `rows_bottom`. `place` counts in the index's lanes;
    `is_last` of all of them.
    """

    key: str
    name: str
    kind: int
    count: int
    shown: int
    undated: int
    y: float
    height: float
    place: int = 0
    is_last: bool = False
    rows_top: float = 0.0
    rows_bottom: float = 0.0
    scroll: float = 0.0
    overflow: float = 0.0

    @property
    def bar(self) -> tuple[float, float] | None:
        """Top and height of the thumb of its scroll bar; None where there is nothing to scroll."""
        room = self.rows_bottom - self.rows_top
        if self.overflow <= 0 or room <= 0:
            return None
        length = min(max(room * room / (room + self.overflow), BAR_LEAST), room)
        return self.rows_top + (room - length) * self.scroll / self.overflow, length


@dataclass(frozen=True, slots=True)
class Label:
    """A title beside its event, already cut to fit; `side` is right, left or over (inside the extent).

    `y` is the centre of the row, `width` that of the text alone (role "strong" when selected, else "label").
    After the text of a disputed event `Metrics.sign` pixels are left free for its sign; before them `noted`
    pixels for the number of its footnote.
    """

    event: int
    x: float
    y: float
    width: float
    text: str
    side: str
    noted: float = 0.0


@dataclass(frozen=True, slots=True)
class NoteNumber:
    """The number of a footnote beside what it is of, in the font role "note"; its figures are centred on `y`.

    `events` are several where marks lie so close that their numbers are joined: "12–14"; `first` is the first.
    """

    events: tuple[int, ...]
    first: int
    x: float
    y: float
    width: float
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    """How many events share each column of pixels of a crowded lane: bars of `step` pixels from `x`.

    `counts` are events that stand in a column, `possible` those that may lie there, as far as their extents
    reach. Bars stand on whole steps of time, so that they do not shimmer while panning: the outer ones reach
    beyond the canvas. `heights` and `possible_heights` are pixels, upwards from `Metrics.band_foot` above the
    end of the lane. `lane` counts in the scene's lanes; `strength` is below 1 while rows pass into bars.
    """

    lane: int
    x: float
    step: float
    counts: NDArray[np.int64]
    heights: NDArray[np.float32]
    possible: NDArray[np.int64]
    possible_heights: NDArray[np.float32]
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Slim:
    """The slim rows of a lane: items from `first` to before `last` that are drawn row by row.

    `lane` counts in the scene's lanes; `strength` is below 1 while rows pass into bars.
    """

    lane: int
    first: int
    last: int
    strength: float = 1.0


@dataclass(frozen=True, slots=True)
class Arc:
    """A link of the selected event, from its mark or chip to that of another `event`, with its word beside.

    `curve` is a chain of cubic curves: the first point, then two control points and a point for each part.
    The word (role "small") begins at `word_x`; `word_y` is its centre. It is empty where there is no room.
    """

    event: int
    curve: tuple[tuple[float, float], ...]
    word: str
    word_x: float
    word_y: float


@dataclass(frozen=True, slots=True)
class Chip:
    """An undated event on the shelf; `text` (role "small"), and after it the `number` of its footnote."""

    event: int
    kind: int
    x: float
    y: float
    width: float
    height: float
    text: str
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Shelf:
    """Undated events, below the lanes; `more` counts those for which there was no room.

    "+more" and the note (role "small") stand after the last chip: from `rest_x`, `rest_width` wide,
    centred on `rest_y`; `rest_width` is 0 when there is nothing to say.
    """

    y: float
    height: float
    count: int
    shown: int
    chips: tuple[Chip, ...]
    more: int
    note: str
    rest_x: float = 0.0
    rest_y: float = 0.0
    rest_width: float = 0.0


@dataclass(frozen=True, slots=True)
class ClaimBand:
    """What one claim says of when, from `lo` to `hi`, centred on `y`; `text` is its source (role "small").

    `own`: it gives a date itself, otherwise the event's is drawn; `clashes`: it cannot hold with another.
    """

    claim: str
    y: float
    lo: float
    hi: float
    open_lo: bool
    open_hi: bool
    dated: bool
    own: bool
    stance: str
    retracted: bool
    clashes: bool
    text: str
    text_x: float
    width: float


@dataclass(frozen=True, slots=True)
class ClaimLeaf:
    """The claims of one event on a leaf above the lanes; `more` are left out and counted at `more_y`."""

    event: int
    kind: int
    x: float
    y: float
    width: float
    height: float
    bands: tuple[ClaimBand, ...]
    more: int
    more_y: float

    def covers(self, x: float, y: float) -> bool:
        """Tell whether a pixel of the scene lies on the leaf."""
        return self.x <= x < self.x + self.width and self.y <= y < self.y + self.height


@dataclass(frozen=True, slots=True)
class Scene:
    """A frame. `heading` is the width of the lane headings; the canvas is the rest.

    `lanes` are those in sight. They and rows may reach above `lanes_top` or below `lanes_bottom` when scrolled:
    clip to them. `items` come lane by lane, in order of row and time.
    """

    width: float
    height: float
    heading: float
    strips: tuple[Strip, ...]
    grid: tuple[Tick, ...]
    lanes: tuple[Lane, ...]
    lanes_top: float
    lanes_bottom: float
    items: Items
    labels: tuple[Label, ...]
    bands: tuple[Band, ...]
    arcs: tuple[Arc, ...]
    shelf: Shelf | None
    overflow: float  # how many pixels of lanes lie below the visible part when scrolled to the top
    row_height: float
    claims: ClaimLeaf | None = None
    slim: tuple[Slim, ...] = ()
    numbers: tuple[NoteNumber, ...] = ()

    def lane_at(self, y: float) -> int | None:
        """Return which of the scene's lanes lies at a height; None where there is none."""
        if not self.lanes_top <= y < self.lanes_bottom:
            return None
        return next((at for at, lane in enumerate(self.lanes) if lane.y <= y < lane.y + lane.height), None)

    def item(self, event: int) -> Any | None:
        """Return the drawn item of an event, or None when it is not in this frame."""
        found = np.flatnonzero(self.items["event"] == event)
        return self.items[found[0]] if len(found) else None
