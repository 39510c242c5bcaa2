"""Measuring: by two clicks, by a drag, between events by key; what the ruler says and how one leaves it."""

from __future__ import annotations

import pytest
from hands import CTRL
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from timeline_hands import wheel

from viewer.domain.calendar import DAY, seconds
from viewer.ui.distance_words import date_words, range_words


@pytest.fixture
def measuring(hands):
    hands.find("zoom_in_button")
    hands.timeline.show_range(seconds(2025, 1, 1), seconds(2025, 4, 11))
    hands.window.workspace.select(None)
    hands.timeline.setFocus()
    hands.press(Qt.Key.Key_M)
    return hands


def says(hands):
    return hands.says("status_shown").rpartition(" · ")[2]


def empty_at(hands, day, height=None):
    """A point of the timeline at a day where no event is."""
    timeline = hands.timeline
    x = timeline.width() - timeline.canvas_width() + timeline.scale().x(day)
    scene = timeline.scene()
    for y in range(round(scene.lanes_top) + 4, round(scene.lanes_bottom) - 4, 3):
        near = (abs(scene.items["y"] - y) < 20) & (scene.items["lo"] < x + 30) & (scene.items["hi"] > x - 30)
        if not near.any():
            return QPointF(x, height or y)
    raise AssertionError("no room")


def test_two_clicks_measure_by_the_calendar(measuring):
    hands = measuring
    assert "Esc" in says(hands)
    hands.click(hands.timeline, empty_at(hands, seconds(2025, 1, 10)))
    hands.click(hands.timeline, empty_at(hands, seconds(2025, 3, 15)))
    assert says(hands) == "2 months, 5 days (64 days)"


def test_a_drag_measures_too_and_does_not_pan(measuring):
    hands, place = measuring, measuring.timeline.place()
    start, end = (empty_at(hands, seconds(2025, 2, day)) for day in (3, 9))
    hands.drag(hands.timeline, start.toPoint(), end.toPoint())
    assert says(hands) == "6 days"
    assert hands.timeline.place() == place


def test_between_vague_events_it_says_least_and_most(hands):
    hands.find("zoom_in_button")
    events = [event for event in hands.document.store.events() if event.when]
    known = [e for e in events if None not in (e.when.earliest, e.when.latest)]
    vague = min((e for e in known if e.when.latest - e.when.earliest > 5 * DAY), key=lambda e: e.when.latest)
    others = [e for e in known if e.when.earliest > vague.when.latest + 2 * DAY]
    hands.window.workspace.select(vague.id)
    hands.timeline.setFocus()
    hands.press(Qt.Key.Key_M)
    hands.timeline.select(others[0].id)
    first, last = vague.when, others[0].when
    pairs = [(first.latest, last.earliest), (first.earliest, last.latest)]
    floored = [tuple(side // DAY * DAY for side in pair) for pair in pairs]
    assert says(hands) == range_words(*floored, whole_days=True)
    assert says(hands).startswith("between ")


def test_events_are_measured_by_key(measuring):
    hands = measuring
    hands.press(Qt.Key.Key_Right)
    first = hands.timeline.content().selected
    assert "Esc" in says(hands)
    hands.press(Qt.Key.Key_Comma)
    assert hands.timeline.content().selected != first
    assert "Esc" not in says(hands)


def test_escape_leaves_and_only_then_clears(measuring):
    hands = measuring
    event = next(e for e in hands.document.store.events() if e.when)
    hands.timeline.select(event.id)
    hands.press(Qt.Key.Key_Escape)
    assert "Esc" not in hands.says("status_shown")
    assert hands.timeline.content().selected == event.id
    hands.click(hands.timeline, empty_at(hands, seconds(2025, 2, 3)))
    assert hands.timeline.content().selected is None


def test_the_ruler_is_painted_and_goes(measuring):
    hands = measuring
    hands.press(Qt.Key.Key_M)
    without = hands.picture()
    hands.press(Qt.Key.Key_M)
    hands.click(hands.timeline, empty_at(hands, seconds(2025, 1, 10)))
    hands.click(hands.timeline, empty_at(hands, seconds(2025, 3, 15)))
    assert hands.picture() != without
    hands.press(Qt.Key.Key_Escape)
    hands.hover(hands.timeline, QPointF(2, 2))
    assert hands.picture() == without


def test_the_wheel_still_zooms_and_the_ends_stay_at_their_days(measuring):
    hands = measuring
    hands.click(hands.timeline, empty_at(hands, seconds(2025, 1, 10)))
    hands.click(hands.timeline, empty_at(hands, seconds(2025, 3, 15)))
    before = hands.timeline.scale()
    wheel(hands.timeline, QPointF(hands.timeline.rect().center()), 1, CTRL)
    assert hands.timeline.scale() != before
    assert says(hands) == "2 months, 5 days (64 days)"


def test_a_third_click_begins_anew(measuring):
    hands = measuring
    for day in (10, 20, 25):
        hands.click(hands.timeline, empty_at(hands, seconds(2025, 1, day)))
    assert "Esc" in says(hands)
    window, at = hands.timeline.window().windowHandle(), empty_at(hands, seconds(2025, 1, 28)).toPoint()
    QTest.mouseMove(window, hands.timeline.mapTo(hands.timeline.window(), at))
    assert says(hands) == "3 days"


@pytest.mark.parametrize(
    ("nearest", "farthest", "days", "words"),
    [
        ((0, 0), (0, 0), True, "the same day"),
        ((0, 0), (0, 30), False, "less than a minute"),
        ((0, 0), (0, DAY), True, "at most 1 day"),
        ((0, DAY), None, True, "at least 1 day"),
        ((0, DAY), (0, 3 * DAY), True, "between 1 day and 3 days"),
        ((0, 7500), (0, 7500), False, "2 h, 5 min"),
        ((0, 366 * DAY), (0, 366 * DAY), True, "1 year, 1 day (366 days)"),
    ],
)
def test_distances_in_words(nearest, farthest, days, words):
    assert range_words(nearest, farthest, whole_days=days) == words


def test_the_ends_in_words():
    first = seconds(2025, 2, 3)
    assert date_words(first, first) == "3 Feb 2025"
    assert date_words(first, first + DAY - 1) == "3 Feb 2025"
    assert date_words(first, first + 3 * DAY - 1) == "3 Feb 2025 – 5 Feb 2025"
    assert date_words(first + 3660, first + 3660) == "3 Feb 2025, 01:01"
    assert date_words(None, first) == "until 3 Feb 2025"
    assert date_words(first, None) == "from 3 Feb 2025"
