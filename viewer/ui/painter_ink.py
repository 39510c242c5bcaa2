"""What every part of the painter draws with: colours per kind, crisp rules, text on its baseline."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QCoreApplication, QLocale, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from viewer.frozen import dataclass
from viewer.ui.measures import baseline, font
from viewer.ui.painter_marks import MARK, paint_mark, stamp_marks
from viewer.ui.painter_words import Letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from viewer.domain.records import Kind
    from viewer.ui.painter_marks import Point
    from viewer.ui.theme import Theme

    Palettes = dict[tuple[str, float], NDArray[np.uint32]]


@dataclass(frozen=True, slots=True)
class KindInk:
    """How one kind is drawn: shape, full colour, and that colour ever thinner for what is less certain."""

    shape: str
    solid: QColor
    bar: QColor
    stop: QColor
    pale: QColor
    faint: QColor
    nothing: QColor
    band: QColor
    haze: QColor


@dataclass(frozen=True, slots=True)
class Ink:
    """A painter with its theme; `ratio` is how many device pixels make a logical one, None in print.

    `letters` are words as pictures; there are none in print or where a view is zoomed.
    """

    painter: QPainter
    theme: Theme
    kinds: tuple[KindInk, ...]
    ratio: float | None
    letters: Letters | None
    palettes: Palettes

    def shades(self, name: str, strength: float = 1.0) -> NDArray[np.uint32]:
        """Return a shade of each kind, and of what is neutral behind them, as pixels of a premultiplied image."""
        # Kept from frame to frame: a hundred strengths are all that can be told apart.
        key = (name, round(strength, 2))
        if key not in self.palettes:
            pixels = [premultiplied(getattr(kind, name), key[1]) for kind in self.kinds]
            self.palettes[key] = np.array(pixels, np.uint32)
        return self.palettes[key]

    def kind(self, position: int) -> KindInk:
        """Return the ink of the kind at `position`; the last one, neutral, for any other number."""
        return self.kinds[position] if 0 <= position < len(self.kinds) - 1 else self.kinds[-1]

    def snapped(self, value: float) -> float:
        """Return `value` moved to the nearest edge of a device pixel."""
        return value if self.ratio is None else round(value * self.ratio) / self.ratio

    def all_snapped(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return values moved to the nearest edges of device pixels."""
        return values if self.ratio is None else np.round(values * self.ratio) / self.ratio

    def fill(self, x: float, y: float, width: float, height: float, colour: QColor) -> None:
        """Fill a rectangle given in logical pixels."""
        self.painter.fillRect(QRectF(x, y, width, height), colour)

    def vertical(self, x: float, top: float, bottom: float, colour: QColor, width: float = 1.0) -> None:
        """Draw a crisp upright rule at `x`."""
        self.fill(self.snapped(x), top, width, bottom - top, colour)

    def horizontal(self, y: float, left: float, right: float, colour: QColor) -> None:
        """Draw a crisp level rule at `y`."""
        self.fill(left, self.snapped(y), right - left, 1.0, colour)

    def rectangles(self, boxes: Sequence[QRectF], colour: QColor) -> None:
        """Fill many rectangles in one stroke, on screen to whole device pixels."""
        if boxes:
            painter, smooth = self.painter, QPainter.RenderHint.Antialiasing
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            # Smoothed, a rectangle is many times slower, and no crisper.
            painter.setRenderHint(smooth, self.ratio is None)
            painter.drawRects(boxes)
            painter.setRenderHint(smooth)

    def mark(self, kind: KindInk, x: float, y: float, rim: QColor, size: float = MARK) -> None:
        """Paint the mark of a kind, its rim in the colour of the ground."""
        self.marks(kind, [(x, y)], rim, size)

    def marks(self, kind: KindInk, points: Iterable[Point], rim: QColor, size: float) -> None:
        """Paint marks of one kind that look alike, centred at points."""
        if self.ratio is not None:
            stamp_marks(self.painter, kind.shape, points, (kind.solid, rim), size=size, ratio=self.ratio)
            return
        for x, y in points:
            paint_mark(self.painter, kind.shape, QPointF(x, y), kind.solid, rim, size=size)

    def text(self, x: float, centre: float, text: str, role: str, token: str) -> None:
        """Write `text` from `x`, its capitals centred on `centre`, in a colour of the theme."""
        at = QPointF(self.snapped(x), self.snapped(baseline(centre, role)))
        if self.letters is not None and self.letters.put(self.painter, at, text, role, token):
            return
        self.painter.setFont(font(role))
        self.painter.setPen(self.theme.colour(token))
        self.painter.drawText(at, text)

    def note(self, x: float, centre: float, text: str, number: int) -> None:
        """Write the number of a footnote; in a PDF it leads to the note."""
        if self.ratio is not None:
            self.text(x, centre, text, "note", "accent")
            return
        from viewer.ui.note_text import Run, ascent, write  # a window has no footnotes

        run = Run(text, "note", "accent", link=f"#note-{number}")
        write(self.painter, run, QPointF(x, baseline(centre, "note") - ascent("note")), self.theme)


def ink_for(painter: QPainter, theme: Theme, kinds: Sequence[Kind], *, for_print: bool = False) -> Ink:
    """Return the ink for one frame: one KindInk per kind and a neutral one behind them.

    In print nothing is moved to pixels, and thin colours are mixed: PDF readers fill what fades to
    transparent with the full colour, which would turn "perhaps" into "certainly".
    """
    inks, palettes = _kind_inks(tuple((kind.shape, kind.colour) for kind in kinds), theme, for_print)
    ratio = None if for_print else painter.device().devicePixelRatioF()
    # Where a view is zoomed, a picture of a word would be blurred.
    letters = None if ratio is None or painter.transform().isScaling() else Letters(theme, ratio)
    return Ink(painter, theme, inks, ratio, letters, palettes)


def thinned(colour: QColor, alpha: float) -> QColor:
    """Return `colour` with `alpha` from 0 (nothing) to 1 (opaque)."""
    thin = QColor(colour)
    thin.setAlphaF(alpha)
    return thin


def premultiplied(colour: QColor, strength: float = 1.0) -> int:
    """Return a colour as a pixel of a premultiplied image, `strength` from 0 (nothing) to 1."""
    alpha = colour.alphaF() * strength
    parts = (1.0, colour.redF(), colour.greenF(), colour.blueF())
    a, r, g, b = (round(part * alpha * 255) for part in parts)
    return a << 24 | r << 16 | g << 8 | b


def locale() -> QLocale:
    """Return the locale that the application set; where none is set, numbers and names are English."""
    current = QLocale()
    return QLocale(QLocale.Language.English) if current.language() is QLocale.Language.C else current


def number(count: int) -> str:
    """Return a count as the locale writes it."""
    return locale().toString(count)


def counted(count: int) -> str:
    """Return "1 event" or "7 events"."""
    if count == 1:
        return QCoreApplication.translate("Timeline", "1 event")
    return QCoreApplication.translate("Timeline", "{count} events").format(count=number(count))


def mixed(thin: QColor, ground: QColor) -> QColor:
    """Return the opaque colour that a thin one shows on a ground; it is painted many times faster."""
    alpha = thin.alphaF()
    pairs = ((thin.redF(), ground.redF()), (thin.greenF(), ground.greenF()), (thin.blueF(), ground.blueF()))
    return QColor.fromRgbF(*(over * alpha + under * (1 - alpha) for over, under in pairs))


@functools.lru_cache(maxsize=16)
def _kind_inks(
    kinds: tuple[tuple[str, str], ...], theme: Theme, for_print: bool
) -> tuple[tuple[KindInk, ...], Palettes]:
    inks = (_kind_ink(shape, theme.kind_colour(colour), theme, for_print) for shape, colour in kinds)
    return (*inks, _kind_ink("square", theme.colour("muted"), theme, for_print)), {}


def _kind_ink(shape: str, colour: QColor, theme: Theme, for_print: bool) -> KindInk:
    canvas = theme.colour("canvas")

    def shade(alpha: float, *, opaque: bool = for_print) -> QColor:
        thin = thinned(colour, alpha)
        return mixed(thin, canvas) if opaque else thin

    return KindInk(
        shape=shape,
        solid=colour,
        bar=shade(0.8),
        stop=shade(0.6),
        pale=shade(0.17 if theme.name == "light" else 0.24),
        faint=shade(0.12),
        nothing=shade(0.0),
        band=shade(0.8, opaque=True),
        haze=shade(0.26 if theme.name == "light" else 0.32),
    )
