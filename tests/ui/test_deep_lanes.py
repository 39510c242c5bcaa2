"""Lanes deeper than their share of the window scroll within themselves."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from timeline_events import KINDS, deep_index, first
from timeline_hands import CTRL, LEFT, PLAIN, SHIFT, drag, wheel

from viewer.timeline.scale import TimeScale
from viewer.ui.staging import band_reading
from viewer.ui.timeline_view import TimelineView


@pytest.fixture
def deep(dressed, qtbot):
    """A view of a lane far deeper than its share of the window, above two shallow ones."""
    view = TimelineView()
    view.set_reduced_motion(True)
    view.resize(1000, 560)
    qtbot.addWidget(view)
    view.set_index(deep_index(), KINDS, str, keep_view=False)
    view.set_scale(TimeScale.fitting(first(2024, 5, 1), first(2024, 5, 4), 880))
    view.show()
    qtbot.waitExposed(view)
    assert view.scene().lanes[0].overflow > 0
    return view


def foot_of(view, lane):
    """A height in a lane at which nothing is drawn."""
    found = view.scene().lanes[lane]
    return round(found.y + found.height - 5)


def lane_scrolls(view):
    return [lane.scroll for lane in view.scene().lanes]


def in_lane(view, at=0):
    lane = view.scene().lanes[at]
    return QPoint(500, round(lane.y + lane.height / 2))


def test_the_wheel_scrolls_a_deep_lane_within_itself_and_pans_over_others(deep):
    scale, tops = deep.scale(), [lane.y for lane in deep.scene().lanes]
    wheel(deep, in_lane(deep), -1)
    assert lane_scrolls(deep)[0] > 0
    assert lane_scrolls(deep)[1:] == [0, 0]
    assert deep.scale() == scale
    assert [lane.y for lane in deep.scene().lanes] == tops
    wheel(deep, in_lane(deep, 1), -1)
    assert deep.scale() != scale


def test_a_deep_lane_ends_at_its_last_row_and_does_not_begin_to_pan(deep):
    scale = deep.scale()
    for _ in range(300):
        wheel(deep, in_lane(deep), -1)
    lane = deep.scene().lanes[0]
    assert lane.scroll == lane.overflow
    assert deep.scale() == scale


def test_what_a_lane_is_scrolled_lasts_while_one_pans_and_zooms(deep):
    wheel(deep, in_lane(deep), -2)
    before = lane_scrolls(deep)
    wheel(deep, QPoint(500, 200), 1, CTRL)
    wheel(deep, QPoint(500, 200), -1, SHIFT)
    drag(deep, QPoint(600, foot_of(deep, 1)), QPoint(580, foot_of(deep, 1)))
    assert lane_scrolls(deep) == before


def test_the_scroll_bar_of_a_lane_is_dragged_and_escape_takes_it_back(deep):
    lane = deep.scene().lanes[0]
    top, length = lane.bar
    grip = QPoint(995, round(top + length / 2))
    drag(deep, grip, grip + QPoint(0, 20))
    moved = deep.scene().lanes[0]
    assert moved.bar[0] == pytest.approx(top + 20, abs=2)
    assert moved.scroll > 0
    QTest.mousePress(deep, LEFT, PLAIN, grip + QPoint(0, 20))
    QTest.mouseMove(deep, grip)
    assert deep.scene().lanes[0].scroll == pytest.approx(0, abs=60)
    QTest.keyClick(deep, Qt.Key.Key_Escape)
    assert deep.scene().lanes[0].scroll == moved.scroll


def test_a_click_beside_the_thumb_turns_a_page(deep):
    lane = deep.scene().lanes[0]
    QTest.mouseClick(deep, LEFT, PLAIN, QPoint(995, round(lane.rows_bottom) - 2))
    page = lane.rows_bottom - lane.rows_top
    assert 0 < deep.scene().lanes[0].scroll <= page


def test_page_keys_scroll_the_lane_under_the_pointer_or_that_of_the_selected_event(deep):
    QTest.mouseMove(deep, in_lane(deep))
    QTest.keyClick(deep, Qt.Key.Key_PageDown)
    page = lane_scrolls(deep)[0]
    assert page > 0
    QTest.keyClick(deep, Qt.Key.Key_PageUp)
    assert lane_scrolls(deep)[0] == 0
    QTest.mouseMove(deep, QPoint(500, 20))
    QTest.keyClick(deep, Qt.Key.Key_PageDown)
    assert lane_scrolls(deep)[0] == 0
    deep.set_selection(int(deep.scene().items["event"][0]))
    QTest.keyClick(deep, Qt.Key.Key_PageDown)
    assert lane_scrolls(deep)[0] == page


def test_an_event_far_down_in_a_deep_lane_is_gone_to(deep):
    index = deep.content().index
    event = max(range(1, 401), key=lambda each: index.entry(each).row)
    assert deep.scene().item(event) is None
    deep.show_event(event)
    lane, y = deep.scene().lanes[0], float(deep.scene().item(event)["y"])
    assert lane.rows_top < y < lane.rows_bottom
    deep.show_event(event)
    assert float(deep.scene().item(event)["y"]) == y


def test_a_probe_over_a_crowd_says_how_many_may_lie_there(deep):
    view = deep
    view.set_index(deep_index(20_000), KINDS, str, keep_view=False)
    band, lane = view.scene().bands[0], view.scene().lanes[0]
    column = int(np.argmax(band.counts))
    at = QPointF(band.x + (column + 0.5) * band.step, lane.y + lane.height - 30)
    words = band_reading(view.scene(), view.scale(), at).text
    assert f"{int(band.counts[column]):,} events" in words
    assert f"up to {int(band.possible[column]):,} may lie here" in words
