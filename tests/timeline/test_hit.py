from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from timeline_documents import WINTER, Dated, draw, events, fitted, index, viewports

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.hit import Hit, hit
from viewer.timeline.layout import Viewport
from viewer.timeline.scale import TimeScale


@pytest.fixture
def scene():
    document = index(WINTER, undated=range(10, 60))
    return draw(document, fitted(document))


def test_each_event_is_found_at_its_mark(scene):
    for item in scene.items:
        found = hit(scene, float(item["mark"]), float(item["y"]))
        assert found == Hit("event", int(item["event"]), int(item["kind"]))


@given(events(), viewports())
def test_each_visible_mark_is_found_unless_another_is_as_near(drawn, viewport):
    scene = draw(index(drawn), viewport)
    for item in scene.items[~np.isnan(scene.items["mark"])]:
        x, y = float(item["mark"]), float(item["y"])
        if scene.lanes_top <= y < scene.lanes_bottom and x < scene.width:
            found = scene.item(hit(scene, x, y).event)
            assert abs(float(found["mark"]) - x) < 0.01
            assert float(found["y"]) == y


def test_an_event_is_found_on_its_extent_and_on_its_title(scene):
    october = scene.item(1)
    assert hit(scene, float(october["lo"]) + 1, float(october["y"])).event == 1
    label = next(label for label in scene.labels if label.event == 1)
    assert hit(scene, label.x + label.width / 2, label.y + 5).event == 1


def test_a_small_mark_is_found_ten_pixels_off(scene):
    item = scene.item(6)
    assert hit(scene, float(item["mark"]) - 9, float(item["y"]) + 9).event == 6
    assert hit(scene, float(item["mark"]) - 14, float(item["y"])).what == "lane"


def test_the_nearest_mark_wins():
    days = {n: 4 * n - 3 * (n % 2) for n in range(1, 400)}
    pair = [Dated(n, 0, seconds(2025) + day * DAY, seconds(2025) + day * DAY) for n, day in days.items()]
    scene = draw(index(pair), Viewport(TimeScale(seconds(2025), DAY / 14), 1120, 400))
    one, other = scene.item(4), scene.item(5)
    assert one["y"] == other["y"]
    between = (float(one["mark"]) + float(other["mark"])) / 2
    assert hit(scene, between - 1, float(one["y"])).event == 4
    assert hit(scene, between + 1, float(one["y"])).event == 5


def test_everything_else_has_its_name(scene):
    lane = scene.lanes[1]
    chip = scene.shelf.chips[3]
    assert hit(scene, 20, lane.y + 20) == Hit("heading", None, 1)
    assert hit(scene, 130, lane.y + lane.height - 2) == Hit("lane", None, 1)
    assert hit(scene, 500, 20) == Hit("axis")
    assert hit(scene, chip.x + 5, chip.y + 5) == Hit("chip", chip.event)
    assert hit(scene, scene.shelf.rest_x + 5, scene.shelf.rest_y) == Hit("more")
    assert hit(scene, 20, scene.shelf.y + 3) == Hit("shelf")
    assert hit(scene, -1, 20) == Hit("none")


def test_where_nothing_is_undated_the_end_of_the_lanes_is_the_end():
    document = index(WINTER[:1])
    scene = draw(document, Viewport(TimeScale(0, 1.0), 800, 900))
    assert hit(scene, 500, 899).what in ("lane", "none")
    assert hit(scene, 500, 900).what == "none"
