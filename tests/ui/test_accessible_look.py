"""What is seen can be seen by most eyes: contrast, kinds apart without hue, where the keyboard is, no motion."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from viewer.domain.records import BUILT_IN_KINDS
from viewer.folders import config_folder
from viewer.formats.tables.mapping import SHAPES
from viewer.ui.accessible_motion import motions
from viewer.ui.painter_marks import paint_mark
from viewer.ui.settings import Settings
from viewer.ui.stylesheet import stylesheet
from viewer.ui.theme import DARK, LIGHT, contrast

BOTH = pytest.mark.parametrize("of", [LIGHT, DARK], ids=lambda of: of.name)
HEX = r"(#[0-9A-Fa-f]{6})\b"
SPARE = ("#2F8F6B", "#7A5BA8", "#A67C00", "#3C9DBF")
# What is painted by hand: words on the grounds of rows, cards and signs.
PAINTED = [
    ("muted", "accent_ground"),
    ("text", "accent_ground"),
    ("accent", "accent_ground"),
    ("warning", "raised"),
    ("warning", "canvas"),
    ("warning", "accent_ground"),
    ("warning", "warning_ground"),
    ("muted", "canvas"),
    ("muted", "panel"),
    ("muted", "raised"),
    ("panel", "text"),
    ("on_accent", "accent"),
]


def rules(of):
    """The rules of the stylesheet, each as what it is for and what it says."""
    for what, says in re.findall(r"([^{}]+)\{([^{}]*)\}", stylesheet(of)):
        yield what.strip(), says


@BOTH
def test_words_stand_off_the_grounds_that_the_stylesheet_gives_them(of):
    pairs = {
        (what, name): (QColor(ground[1]), QColor(ink[1]))
        for what, says in rules(of)
        if ":disabled" not in what  # what cannot be used need not be read
        for name in ("", "selection-")
        if (ground := re.search(rf"(?<![-\w]){name}background(?:-color)?: {HEX}", says))
        and (ink := re.search(rf"(?<![-\w]){name}color: {HEX}", says))
    }
    assert len(pairs) > 20
    assert {where: round(c, 2) for where, pair in pairs.items() if (c := contrast(*pair)) < 4.5} == {}


@BOTH
@pytest.mark.parametrize(("ink", "ground"), PAINTED)
def test_words_that_are_painted_stand_off_their_grounds(of, ink, ground):
    assert contrast(of.colour(ink), of.colour(ground)) >= 4.5


@BOTH
@pytest.mark.parametrize("colour", [*(kind.colour for kind in BUILT_IN_KINDS), *SPARE, "#FFFF00", "#000000"])
def test_the_name_of_a_kind_in_its_colour_can_be_read(of, colour):
    assert contrast(of.kind_ink(colour), of.colour("panel")) >= 4.5


@BOTH
@pytest.mark.parametrize("ground", ["canvas", "panel", "raised"])
def test_the_ring_of_the_keyboard_is_seen(of, ground):
    assert contrast(of.colour("accent"), of.colour(ground)) >= 3


def silhouette(shape):
    """A mark without any colour, as it is painted on the timeline."""
    image = QImage(QSize(20, 20), QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_mark(painter, shape, QPointF(10, 10), QColor("black"), QColor("white"))
    return [image.pixelColor(x, y).lightness() for x in range(20) for y in range(20)]


def test_kinds_are_told_apart_by_shape_alone():
    shapes = [*(kind.shape for kind in BUILT_IN_KINDS), *SHAPES]
    assert len({*shapes}) == len(shapes)
    drawn = {shape: silhouette(shape) for shape in shapes}
    for one, other in combinations(shapes, 2):
        differing = sum(abs(a - b) > 128 for a, b in zip(drawn[one], drawn[other], strict=True))
        assert differing >= 12, (one, other)


def test_the_timeline_shows_the_ring_to_whoever_uses_keys_and_not_to_the_mouse(hands):
    def has_ring():
        return hands.picture().pixelColor(1, 100) == LIGHT.colour("accent")

    hands.timeline.setFocus()
    assert not has_ring()
    hands.press(Qt.Key.Key_Plus)
    hands.settle()
    assert has_ring()
    hands.click(hands.timeline)
    assert not has_ring()
    hands.press(Qt.Key.Key_Tab)
    assert not hands.timeline.hasFocus()
    hands.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert hands.timeline.hasFocus()
    assert has_ring()


@pytest.fixture
def still_again():
    """No choice of one test is another's."""
    yield
    motions().is_reduced = False


@pytest.mark.usefixtures("still_again")
def test_reduced_motion_is_chosen_in_the_menu_and_remembered(hands):
    action = next(
        a for menu in hands.window.menuBar().actions() for a in menu.menu().actions() if "Motion" in a.text()
    )
    hands.timeline.zoom_by(2.0)
    assert hands.timeline.place() != hands.timeline.destination()
    hands.settle()
    action.trigger()
    hands.timeline.zoom_by(0.5)
    assert hands.timeline.place() == hands.timeline.destination()
    assert Settings(config_folder() / "settings.json").reduced_motion
    action.trigger()
    assert not Settings(config_folder() / "settings.json").reduced_motion
