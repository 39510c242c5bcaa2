"""Claims on the painted timeline: opened by key and by hand, put away again, signed where they do not agree."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from timeline_events import KINDS, TITLES, first, last, small_index

from viewer.domain.dates import from_edtf
from viewer.domain.records import Claim, Event
from viewer.timeline.claim_bands import expanded
from viewer.timeline.scale import TimeScale
from viewer.ui.painter import paint_scene
from viewer.ui.painter_items import sign_word
from viewer.ui.staging import Content, scene_of
from viewer.ui.theme import DARK, LIGHT
from viewer.ui.timeline_view import TimelineView
from viewer.ui.view_motion import Place

CLAIMS = (
    Claim(uid="a", source="s", when=from_edtf("2025-01")),
    Claim(uid="b", source="s", stance="disputes", when=from_edtf("2025-02-10/2025-02-20")),
    Claim(uid="c", source="s", when=from_edtf("2024-11"), retracted=True),
    Claim(uid="d", source="s"),
)
EVENT = Event(uid="e", kind="deployment", title="T", when=from_edtf("2025-02"), claims=CLAIMS, id=2)
WANTED = expanded(EVENT, {"s": "Paper"}, {"a"})


@pytest.fixture
def view(dressed, qtbot):
    made = TimelineView()
    qtbot.addWidget(made)
    made.set_reduced_motion(True)
    made.resize(1000, 560)
    made.show()
    made.set_index(small_index(), KINDS, TITLES.__getitem__, keep_view=False)
    made.claims_requested.connect(lambda event: made.set_claims(replace(WANTED, event=event)))
    return made


def test_e_opens_and_closes_the_claims_of_the_selected_event(view, qtbot):
    qtbot.keyClick(view, Qt.Key.Key_E)
    assert view.scene().claims is None
    view.select(2)
    with qtbot.waitSignal(view.claims_requested) as heard:
        qtbot.keyClick(view, Qt.Key.Key_E)
    assert heard.args == [2]
    assert [band.claim for band in view.scene().claims.bands] == ["a", "b", "c", "d"]
    qtbot.keyClick(view, Qt.Key.Key_E)
    assert view.scene().claims is None


def test_escape_first_puts_the_claims_away_and_then_the_selection(view, qtbot):
    view.select(2)
    view.toggle_claims(2)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert (view.scene().claims, view.content().selected) == (None, 2)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.content().selected is None


def test_another_selection_puts_the_claims_away(view):
    view.select(2)
    view.toggle_claims(2)
    view.set_selection(2, [(8, "about")])
    assert view.scene().claims is not None
    view.select(3)
    assert view.scene().claims is None


def test_a_click_on_the_leaf_changes_nothing(view, qtbot):
    view.select(2)
    view.toggle_claims(2)
    leaf = view.scene().claims
    at = QPoint(round(leaf.x + 30), round(leaf.y + 30))
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=at)
    assert view.content().selected == 2
    assert view.scene().claims is not None


def frame(**content):
    place = Place(TimeScale.fitting(first(2024, 9, 20), last(2025, 4, 15), 880))
    return scene_of(Content(small_index(), KINDS, TITLES.__getitem__, **content), place, 1000, 560)


def painted(scene, theme, ratio=1):
    image = QImage(round(scene.width * ratio), round(scene.height * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    with QPainter(image) as painter:
        paint_scene(painter, scene, theme, kinds=KINDS)
    return image


def colour_at(image, x, y):
    ratio = image.devicePixelRatio()
    return image.pixelColor(round(x * ratio), round(y * ratio))


def near(one: QColor, other: QColor) -> bool:
    return all(abs(a - b) < 30 for a, b in zip(one.getRgb()[:3], other.getRgb()[:3], strict=True))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda each: each.name)
@pytest.mark.parametrize("ratio", [1, 2])
def test_each_stance_is_drawn_in_its_own_way(dressed, theme, ratio):
    scene = frame(claims=WANTED)
    image = painted(scene, theme, ratio)
    supports, _, retracted, implied = scene.claims.bands
    solid = theme.kind_colour(KINDS[0].colour)
    panel = theme.colour("panel")
    middle = {band.claim: colour_at(image, (band.lo + band.hi) / 2, band.y) for band in scene.claims.bands}
    assert near(middle[supports.claim], solid)
    assert near(middle[retracted.claim], panel), "a rim alone"
    assert near(middle[implied.claim], panel), "a rim alone"
    assert near(colour_at(image, supports.lo, supports.y), theme.colour("warning")), "the sign of a clash"
    assert near(colour_at(image, supports.lo + 12, supports.y), solid)
    row = [colour_at(image, retracted.text_x + x, retracted.y) for x in range(2, int(retracted.width) - 2)]
    assert all(not near(pixel, panel) for pixel in row), "struck through"


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda each: each.name)
def test_rival_claims_have_a_sign_of_their_own(dressed, theme):
    disputed, plain = frame(), frame(rivals=frozenset({8}))
    label = next(label for label in plain.labels if label.event == 8)
    at = label.x + label.width + 14, label.y - 8
    assert near(colour_at(painted(plain, theme), *at), theme.colour("warning_ground"))
    assert not near(colour_at(painted(disputed, theme), *at), theme.colour("warning_ground"))
    words = {sign_word(disputed=a, rival=b) for a, b in ((True, False), (False, True), (True, True))}
    assert len(words) == 3


def test_a_leaf_that_fills_a_small_window_is_painted(dressed):
    many = tuple(replace(CLAIMS[0], uid=f"c{number}") for number in range(500))
    wanted = expanded(replace(EVENT, claims=many), {}, frozenset())
    place = Place(TimeScale.fitting(first(2025, 1, 5), last(2025, 1, 20), 200))
    scene = scene_of(Content(small_index(), KINDS, TITLES.__getitem__, claims=wanted), place, 320, 200)
    assert len(scene.claims.bands) + scene.claims.more == 500
    painted(scene, LIGHT)
