from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from timeline_events import crowded_index, empty_index, first, last, small_index

from viewer.domain.calendar import DAY
from viewer.timeline.shown import Shown
from viewer.ui.overview import OverviewStrip
from viewer.ui.theme import theme

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
SHOWN = (first(2024, 12, 1), first(2025, 1, 1))


@pytest.fixture
def strip(dressed, qtbot):
    overview = OverviewStrip()
    overview.resize(1000, overview.height())
    qtbot.addWidget(overview)
    overview.set_shown(Shown.of(small_index()))
    overview.set_visible(*SHOWN)
    overview.show()
    qtbot.waitExposed(overview)
    return overview


@pytest.fixture
def chosen(strip):
    """Every range asked for; the strip is told at once, as by a timeline that follows."""
    ranges = []
    strip.range_chosen.connect(lambda lo, hi: ranges.append((lo, hi)))
    strip.range_chosen.connect(strip.set_visible)
    return ranges


def point(x):
    return QPoint(round(x), 22)


def drag(strip, start, end):
    QTest.mousePress(strip, LEFT, PLAIN, point(start))
    QTest.mouseMove(strip, point((start + end) / 2))
    QTest.mouseMove(strip, point(end))
    QTest.mouseRelease(strip, LEFT, PLAIN, point(end))


def middle(strip):
    return strip.window_rectangle().center().x()


def test_the_window_lies_over_what_is_visible(strip):
    window = strip.window_rectangle()
    assert window.left() == pytest.approx(strip.x_of(SHOWN[0]))
    assert window.right() == pytest.approx(strip.x_of(SHOWN[1]))


def test_dragging_the_window_moves_it_and_keeps_its_length(strip, chosen):
    start = middle(strip)
    drag(strip, start, start + 200)
    lo, hi = chosen[-1]
    assert hi - lo == SHOWN[1] - SHOWN[0]
    assert middle(strip) == pytest.approx(start + 200, abs=1.5)


@pytest.mark.parametrize("edge", ["left", "right"])
def test_dragging_an_edge_moves_only_that_end(strip, chosen, edge):
    window = strip.window_rectangle()
    at = window.left() if edge == "left" else window.right()
    drag(strip, at, at - 60 if edge == "left" else at + 60)
    lo, hi = chosen[-1]
    if edge == "left":
        assert hi == SHOWN[1]
        assert lo < SHOWN[0]
    else:
        assert lo == SHOWN[0]
        assert hi > SHOWN[1]


def test_an_edge_does_not_pass_the_other(strip, chosen):
    window = strip.window_rectangle()
    drag(strip, window.left(), window.right() + 100)
    assert all(lo < hi for lo, hi in chosen)


def test_a_click_elsewhere_centres_there(strip, chosen):
    QTest.mouseClick(strip, LEFT, PLAIN, point(strip.x_of(first(2025, 2, 15))))
    lo, hi = chosen[-1]
    assert abs((lo + hi) // 2 - first(2025, 2, 15)) < 2 * DAY
    assert hi - lo == SHOWN[1] - SHOWN[0]


def test_a_double_click_shows_the_whole_document(strip, chosen):
    QTest.mouseDClick(strip, LEFT, PLAIN, point(middle(strip)))
    lo, hi = chosen[-1]
    assert lo < first(2024, 10, 1)
    assert hi > last(2025, 2, 28)


def test_keys_move_and_resize_the_window(strip, chosen):
    length = SHOWN[1] - SHOWN[0]
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_End):
        QTest.keyClick(strip, key)
    right, left, closer, wider, end = chosen
    assert right[0] - SHOWN[0] == right[1] - SHOWN[1] == round(length / 10)
    assert left == SHOWN
    assert closer[1] - closer[0] < length
    assert wider[1] - wider[0] == pytest.approx(length, abs=4)
    assert end[1] > last(2025, 2, 28)


def test_it_can_be_reached_and_named_without_a_mouse(strip):
    assert strip.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert strip.accessibleName()


def test_a_window_of_hours_can_still_be_taken_hold_of(strip, chosen):
    strip.set_visible(first(2025, 1, 1), first(2025, 1, 1) + 3600)
    assert strip.window_rectangle().width() >= 12
    start = middle(strip)
    drag(strip, start, start + 100)
    assert chosen[-1][1] - chosen[-1][0] == 3600


def test_what_lies_outside_the_document_stays_inside_the_strip(strip):
    strip.set_visible(first(1900, 1, 1), first(1901, 1, 1))
    window = strip.window_rectangle()
    assert 0 <= window.left() < window.right() <= strip.width()


def test_bars_follow_the_filter(strip):
    everything = strip.grab().toImage()
    document = small_index()
    mask = np.zeros(document.size, np.bool_)
    mask[0] = True
    strip.set_shown(Shown.of(document, mask))
    some = strip.grab().toImage()
    strip.set_shown(Shown.of(document))
    assert everything == strip.grab().toImage() != some


def test_without_dates_nothing_can_be_chosen(strip, chosen):
    strip.set_shown(Shown.of(empty_index()))
    QTest.mouseDClick(strip, LEFT, PLAIN, point(400))
    drag(strip, 300, 500)
    QTest.keyClick(strip, Qt.Key.Key_Right)
    assert chosen == []
    assert strip.window_rectangle().isEmpty()


def test_twenty_thousand_events_are_as_many_bars_as_pixels_allow(strip):
    before = strip.grab().toImage()
    strip.set_shown(Shown.of(crowded_index()))
    assert strip.grab().toImage() != before


@pytest.mark.parametrize("width", [700, 1000, 1370, 1900])
def test_a_year_of_equal_days_has_no_comb(strip, width):
    strip.resize(width, strip.height())
    strip.set_shown(Shown.of(crowded_index(3 * 365)))
    strip.set_visible(first(1900, 1, 1), first(1901, 1, 1))
    image, ground = strip.grab().toImage(), theme().colour("panel")
    ends = (strip.x_of(first(2024, 1, 20)), strip.x_of(first(2024, 12, 10)))
    tops = [
        next((y for y in range(2, strip.height() - 8) if image.pixelColor(x, y) != ground), None)
        for x in range(*map(round, ends))
    ]
    bars = [top for top in tops if top is not None]
    assert len(bars) > len(tops) / 2
    assert max(bars) - min(bars) <= 1
