"""Colour, type and spacing: the one place that everything painted takes them from.

Two palettes of our own, because the system's cannot be relied on to follow light and dark. Movements
have colour, words are ink; one accent for what can be acted on or is selected; amber, never red, warns.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette

from viewer.frozen import dataclass
from viewer.resources import resource
from viewer.ui.stylesheet import stylesheet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QApplication, QWidget

SPACE = 8
CHOICES = ("system", "light", "dark")

_LIGHT = {
    "canvas": "#FAF9F6",
    "panel": "#FFFFFF",
    "raised": "#F3F1EC",
    "line": "#E2DFD7",
    "grid_fine": "#ECEAE3",
    "grid_coarse": "#DCD8CE",
    "text": "#1D2227",
    "muted": "#646B73",  # these two a shade darker than drawn, to be read on all their grounds (4.5 : 1)
    "accent": "#2B5F8F",
    "accent_ground": "#E4EDF5",
    "on_accent": "#FFFFFF",
    "quote": "#FFF1B8",
    "warning": "#926000",
    "warning_ground": "#FFF4D6",
    "deployment": "#0B6FA4",
    "withdrawal": "#C2541B",
    "statement": "#4A4F57",
    "shadow": "#281D2227",
}
_DARK = {
    "canvas": "#15181B",
    "panel": "#1C2024",
    "raised": "#23282D",
    "line": "#31373D",
    "grid_fine": "#22272B",
    "grid_coarse": "#31373D",
    "text": "#E7E9EB",
    "muted": "#9BA3AB",
    "accent": "#7FB2E0",
    "accent_ground": "#22384C",
    "on_accent": "#10161B",
    "quote": "#5A4A12",
    "warning": "#E3B341",
    "warning_ground": "#3A2F12",
    "deployment": "#58AEE0",
    "withdrawal": "#EE8C55",
    "statement": "#B4BAC1",
    "shadow": "#80000000",
}
_SANS = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "DejaVu Sans")
_SERIF = ("Noto Serif", "Georgia", "New York", "Times New Roman", "DejaVu Serif")
# What a desktop without an interface font of its own answers; it says nothing, so our list decides.
_NO_ANSWER = frozenset({"", "Sans", "Sans Serif", "sans-serif"})
# Qt takes whole pixels only: the halves of the design are rounded up.
_FONTS = {  # role: (pixels, weight, serif, italic)
    "title": (18, 600, False, False),
    "heading": (13, 600, False, False),
    "body": (13, 400, False, False),
    "label": (13, 400, False, False),
    "strong": (13, 600, False, False),
    "small": (12, 400, False, False),
    "tick": (12, 400, False, False),
    "tick_strong": (12, 600, False, False),
    "quote": (14, 400, True, True),
    "reading": (16, 400, True, False),
    # Footnotes, also their numbers beside the marks; on a page a pixel is three quarters of a point.
    "note": (10, 600, False, False),
    "note_title": (12, 600, False, False),
    "note_text": (12, 400, False, False),
    "note_small": (11, 400, False, False),
    "note_quote": (13, 400, True, True),
}
MARK_CONTRAST = 3.0
TEXT_CONTRAST = 4.5
"""What the guidelines for accessible contents (WCAG 2, AA) ask of marks and of words."""


@dataclass(frozen=True, slots=True, eq=False)
class Theme:
    """One palette with the fonts that go with it."""

    name: str
    tokens: Mapping[str, str]

    def colour(self, token: str) -> QColor:
        """Return the colour of a token of the design, such as "canvas"."""
        return QColor(self.tokens[token])

    def kind_colour(self, colour: str) -> QColor:
        """Return a kind's colour, a token or "#rrggbb", the latter moved until it shows on the canvas."""
        if colour in self.tokens:
            return self.colour(colour)
        wanted = QColor.fromString(colour)
        return readable(wanted, self.colour("canvas")) if wanted.isValid() else self.colour("statement")

    def kind_ink(self, colour: str) -> QColor:
        """Return the same for words, which need more contrast than marks."""
        return readable(self.kind_colour(colour), self.colour("panel"), TEXT_CONTRAST)

    def font(self, role: str) -> QFont:
        """Return the font of a role of the design, such as "title"; sizes are in pixels."""
        pixels, weight, serif, italic = _FONTS[role]
        font = QFont()
        font.setFamilies([*_SERIF] if serif else _interface_families())
        font.setPixelSize(pixels)
        font.setWeight(QFont.Weight(weight))
        font.setItalic(italic)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def palette(self) -> QPalette:
        """Return the palette for what the stylesheet leaves to the style."""
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self.colour(token))
        for role in (QPalette.ColorRole.Text, QPalette.ColorRole.WindowText, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour("muted"))
        return palette


_PALETTE = {
    QPalette.ColorRole.Window: "panel",
    QPalette.ColorRole.WindowText: "text",
    QPalette.ColorRole.Base: "canvas",
    QPalette.ColorRole.AlternateBase: "raised",
    QPalette.ColorRole.Text: "text",
    QPalette.ColorRole.PlaceholderText: "muted",
    QPalette.ColorRole.Button: "panel",
    QPalette.ColorRole.ButtonText: "text",
    QPalette.ColorRole.BrightText: "on_accent",
    QPalette.ColorRole.Highlight: "accent",
    QPalette.ColorRole.HighlightedText: "on_accent",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "text",
    QPalette.ColorRole.ToolTipText: "panel",
    QPalette.ColorRole.Light: "panel",
    QPalette.ColorRole.Midlight: "raised",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line",
    QPalette.ColorRole.Shadow: "line",
}
LIGHT = Theme("light", _LIGHT)
DARK = Theme("dark", _DARK)


class ThemeKeeper(QObject):
    """Decides which theme is in force and dresses the application in it; `changed` tells painters."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = "system"
        self._theme = LIGHT
        self._application: QApplication | None = None

    @property
    def choice(self) -> str:
        """What the user chose: "system", "light" or "dark"."""
        return self._choice

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._theme

    def dress(self, application: QApplication) -> None:
        """Give `application` our style, fonts and colours, now and whenever they change."""
        if self._application is None:
            QDir.setSearchPaths("theme", [str(resource("theme"))])
            application.setStyle("Fusion")
            application.styleHints().colorSchemeChanged.connect(self._follow_system)
            self._application = application
            self._clothe(application)
        self.set_choice(self._choice)

    def set_choice(self, choice: str) -> None:
        """Put "system", "light" or "dark" in force; another word means "system"."""
        self._choice = choice if choice in CHOICES else "system"
        if isinstance(QGuiApplication.instance(), QGuiApplication):
            self._tell_system()
        self._put_in_force({"light": LIGHT, "dark": DARK}.get(self._choice) or _system_theme())

    def _tell_system(self) -> None:
        """Let title bars and the system's own dialogs follow an explicit choice where they can."""
        hints = QGuiApplication.styleHints()
        scheme = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(self._choice)
        hints.unsetColorScheme() if scheme is None else hints.setColorScheme(scheme)

    def _follow_system(self) -> None:
        if self._choice == "system":
            self._put_in_force(_system_theme())

    def _put_in_force(self, chosen: Theme) -> None:
        if chosen is self._theme:
            return
        self._theme = chosen
        if self._application is not None:
            self._clothe(self._application)
        self.changed.emit()

    def _clothe(self, application: QApplication) -> None:
        application.setPalette(self._theme.palette())
        application.setFont(self._theme.font("body"))
        application.setStyleSheet(stylesheet(self._theme))


@functools.cache
def themes() -> ThemeKeeper:
    """Return the keeper of the theme in force."""
    return ThemeKeeper()


def theme() -> Theme:
    """Return the theme in force."""
    return themes().theme


def set_role(widget: QWidget, role: str) -> None:
    """Say what `widget` is in the design; the stylesheet gives it its look."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    # A plain QWidget paints the ground that the stylesheet gives it only when told to.
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground, True)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # others are dressed when they are shown
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def contrast(first: QColor, second: QColor) -> float:
    """Return the contrast of two colours after WCAG 2, from 1 (the same) to 21 (black on white)."""
    dark, light = sorted((_luminance(first), _luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def readable(colour: QColor, ground: QColor, least: float = MARK_CONTRAST) -> QColor:
    """Return `colour`, made lighter or darker in small steps until it stands off `ground`."""
    hue, lightness = max(0.0, colour.hslHueF()), colour.lightnessF()
    step = -0.02 if _luminance(ground) > 0.5 else 0.02
    shown = QColor(colour)
    while contrast(shown, ground) < least and 0.0 < lightness + step < 1.0:
        lightness += step
        shown = QColor.fromHslF(hue, colour.hslSaturationF(), lightness)
    return shown


def _luminance(colour: QColor) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def _system_theme() -> Theme:
    if not isinstance(QGuiApplication.instance(), QGuiApplication):
        return LIGHT
    return DARK if QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark else LIGHT


def _interface_families() -> list[str]:
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).families()
    return list(dict.fromkeys([*(name for name in system if name not in _NO_ANSWER), *_SANS]))
