"""Slim rows: where events are many, each row of a lane is one line of pixels, drawn as a bar.

Possible extents are pale, what is certain and the marks are solid; open ends fade in a few steps. A row costs one
call of the painter, whatever it holds.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage

from viewer.timeline.distinct import distinct
from viewer.ui.painter_extents import EXTENT
from viewer.ui.painter_ink import premultiplied

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from viewer.timeline.scene import Items, Scene
    from viewer.ui.painter_ink import Ink

    Pixels = NDArray[np.int64]
    Colours = NDArray[np.uint32]

_STEPS = (0.75, 0.5, 0.25)
"""How strong an end is that fades, from the inside outwards."""
_OPEN = 0.45
"""The share of an extent that an open end takes to fade; a blurred one takes _BLURRED, at most _SOFT pixels."""
_BLURRED, _SOFT = 0.3, 14.0


def paint_rows(ink: Ink, scene: Scene) -> None:
    """Paint the slim rows of all lanes."""
    among = np.concatenate(
        [np.arange(slim.first, slim.last) for slim in scene.slim] or [np.zeros(0, np.int64)]
    )
    strengths = np.repeat([slim.strength for slim in scene.slim], [s.last - s.first for s in scene.slim])
    drawn = scene.items["slim"][among]
    items = scene.items[among[drawn]]
    if not len(items):
        return
    if ink.ratio is None:
        _paint_vectors(ink, items)
    else:
        _paint_pixels(ink, scene, items, strengths[drawn], ink.ratio)


def _paint_pixels(ink: Ink, scene: Scene, items: Items, strengths: NDArray[np.float64], ratio: float) -> None:
    width = max(round((scene.width - scene.heading) * ratio), 1)
    y = np.ascontiguousarray(items["y"])
    fresh = np.concatenate(([True], y[1:] != y[:-1]))
    pixels = np.zeros((int(np.count_nonzero(fresh)), width), np.uint32)
    _Strips(ink, pixels, np.cumsum(fresh) - 1, strengths).fill(items, scene.heading, ratio)
    # The image reads the array's memory: both live until the last row is drawn.
    image = QImage(pixels.data, width, len(pixels), 4 * width, QImage.Format.Format_ARGB32_Premultiplied)
    draw, left, length = ink.painter.drawImage, scene.heading, width / ratio
    for at, top in enumerate(ink.all_snapped(y[fresh].astype(np.float64) - EXTENT / 2).tolist()):
        draw(QRectF(left, top, length, EXTENT), image, QRectF(0, at, width, 1))


class _Strips:
    """Rows as lines of pixels; `row` is the line of each item, `strengths` are from 0 (nothing) to 1."""

    def __init__(self, ink: Ink, pixels: Colours, row: Pixels, strengths: NDArray[np.float64]) -> None:
        self._ink = ink
        self._width = pixels.shape[1]
        self._flat = pixels.reshape(-1)
        self._starts = row * self._width
        self._strengths = distinct(strengths)
        self._lot = np.searchsorted(self._strengths, strengths)

    def fill(self, items: Items, left: float, ratio: float) -> None:
        """Fill in the items, which come in order of row and time."""

        def at(values: NDArray[np.floating]) -> Pixels:
            pixels: Pixels = np.rint((values.astype(np.float64) - left) * ratio).astype(np.int64)
            return pixels

        lo, hi, kind = at(items["lo"]), at(items["hi"]), items["kind"]
        everything = np.arange(len(items))
        self._runs(lo, hi, self._colours("pale", kind, everything), everything)
        self._fade(items, lo, hi, ratio)
        core = np.flatnonzero(items["span"] & (items["core_lo"] < items["core_hi"]))
        if len(core):
            first, last = at(items["core_lo"][core]), at(items["core_hi"][core])
            self._runs(first, last, self._colours("bar", kind, core), core)
        seen = np.flatnonzero(~np.isnan(items["mark"]))
        size = np.maximum(np.rint(items["size"][seen] * ratio), 1).astype(np.int64)
        first = at(items["mark"][seen]) - size // 2
        signed = (items["disputed"] | items["rival"])[seen]
        colours = np.where(signed, self._warning(seen), self._colours("solid", kind, seen))
        self._runs(first, first + size, colours, seen)

    def _fade(self, items: Items, lo: Pixels, hi: Pixels, ratio: float) -> None:
        """Thin out the ends that are open or blurred."""
        for side in ("lo", "hi"):
            fading = np.flatnonzero(items["blurred"] | items[f"open_{side}"])
            if not len(fading):
                continue
            first, last = lo[fading], hi[fading]
            soft = np.minimum((last - first) * _BLURRED, _SOFT * ratio)
            length = np.where(items[f"open_{side}"][fading], (last - first) * _OPEN, soft)
            for step, strength in enumerate(_STEPS):
                reach = np.rint(length * (1 - step / len(_STEPS))).astype(np.int64)
                lower, upper = (first, first + reach) if side == "lo" else (last - reach, last)
                colours = self._colours("pale", items["kind"], fading, strength)
                self._runs(lower, upper, colours, fading)

    def _colours(self, shade: str, kind: NDArray[np.int16], which: Pixels, strength: float = 1.0) -> Colours:
        """Return the colours of some items in a shade of their kinds; the last one is for what has no kind."""
        lots = np.array([self._ink.shades(shade, strength * each) for each in self._strengths.tolist()])
        # A kind of -1 takes the last one by itself.
        found: Colours = lots[self._lot[which], np.minimum(kind[which], lots.shape[1] - 1)]
        return found

    def _warning(self, which: Pixels) -> Colours:
        warning = self._ink.theme.colour("warning")
        lots = np.array([premultiplied(warning, each) for each in self._strengths.tolist()], np.uint32)
        return lots[self._lot[which]]

    def _runs(self, lo: Pixels, hi: Pixels, colours: Colours, which: Pixels) -> None:
        """Fill the pixels from lo to hi of some items; later ones cover earlier ones."""
        lo, hi = np.minimum(np.maximum(lo, 0), self._width), np.minimum(hi, self._width)
        lengths = np.maximum(hi - lo, 0)
        ends = np.cumsum(lengths)
        total = int(ends[-1]) if len(ends) else 0
        places = np.repeat(self._starts[which] + lo - (ends - lengths), lengths) + np.arange(total)
        self._flat[places] = np.repeat(colours, lengths)


def _paint_vectors(ink: Ink, items: Items) -> None:
    """Paint rows on paper: extents, cores and marks of each kind as rectangles."""
    ink.painter.setPen(Qt.PenStyle.NoPen)
    for kind in distinct(items["kind"]).tolist():
        own, shades = items[items["kind"] == kind], ink.kind(kind)
        core = own[own["span"] & (own["core_lo"] < own["core_hi"])]
        marks = own[~np.isnan(own["mark"])]
        half = marks["size"] / 2
        for colour, part, lo, hi in (
            (shades.pale, own, own["lo"], own["hi"]),
            (shades.bar, core, core["core_lo"], core["core_hi"]),
            (shades.solid, marks, marks["mark"] - half, marks["mark"] + half),
        ):
            ink.painter.setBrush(colour)
            boxes = np.column_stack((lo, part["y"] - EXTENT / 2, hi - lo, np.full(len(part), EXTENT)))
            ink.painter.drawRects([QRectF(*box) for box in boxes.astype(np.float64).tolist()])
