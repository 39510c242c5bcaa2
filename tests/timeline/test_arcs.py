from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import (
    WINTER,
    draw,
    fitted,
    index,
    measure,
)

from viewer.timeline.courses import points_along, rounded
from viewer.timeline.layout import Metrics

METRICS = Metrics()
SHELF = range(10, 16)


def linked(selected, links, width=1100.0, undated=SHELF):
    document = index(WINTER, undated=undated)
    return draw(document, fitted(document, width, 640.0), selected=frozenset([selected]), links=links)


def word_box(arc):
    half = METRICS.label_height / 2
    return arc.word_x, arc.word_y - half, arc.word_x + measure(arc.word, "small"), arc.word_y + half


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_links_of_the_selected_event_are_arcs_between_marks():
    scene = linked(5, [(3, "about"), (99, "about")])
    (arc,) = scene.arcs
    assert arc.event == 3
    assert arc.curve[0] == (float(scene.item(5)["mark"]), float(scene.item(5)["y"]))
    assert arc.curve[-1] == (float(scene.item(3)["mark"]), float(scene.item(3)["y"]))
    assert len(arc.curve) % 3 == 1


def test_arcs_lead_to_chips_too_and_belong_to_one_selected_event():
    scene = linked(5, [(10, "about")])
    chip = scene.shelf.chips[0]
    assert scene.arcs[0].curve[-1] == (chip.x + chip.width / 2, chip.y)
    document = index(WINTER, undated=SHELF)
    assert not draw(document, fitted(document), selected=frozenset([5, 10]), links=[(10, "about")]).arcs


@pytest.mark.parametrize("width", [700.0, 1100.0, 1800.0])
@pytest.mark.parametrize("event", [1, 3, 5, 6])
def test_an_arc_to_the_shelf_never_runs_aslant_for_long(event, width):
    """It goes down a column and along above the shelf: no diagonal crosses the canvas."""
    scene = linked(event, [(10, "about"), (12, "about")], width)
    for arc in scene.arcs:
        for (x0, y0), (x1, y1) in pairwise(points_along(arc.curve, 12)):
            aslant = min(abs(x1 - x0), abs(y1 - y0))
            assert aslant < 8
            assert scene.heading <= x1 <= scene.width


def test_links_to_the_shelf_share_the_way_down():
    scene = linked(6, [(10, "about"), (11, "about")])
    one, other = (arc.curve for arc in scene.arcs)
    assert one[:7] == other[:7]


def test_a_selected_chip_is_linked_upwards_and_sideways():
    scene = linked(11, [(5, "about"), (10, "follows")])
    up, beside = scene.arcs
    chip = next(chip for chip in scene.shelf.chips if chip.event == 11)
    assert up.curve[0] == beside.curve[0] == (chip.x + chip.width / 2, chip.y)
    assert up.curve[-1] == (float(scene.item(5)["mark"]), float(scene.item(5)["y"]))
    assert beside.curve[-1][1] == scene.shelf.chips[0].y


@given(
    st.integers(1, 6),
    st.lists(st.sampled_from([1, 2, 3, 4, 5, 6, *SHELF]), unique=True, max_size=4),
    st.floats(700, 1800),
)
def test_words_of_links_stand_clear_of_titles_marks_shelf_and_each_other(selected, others, width):
    scene = linked(selected, [(event, "follows") for event in others], width)
    boxes = [word_box(arc) for arc in scene.arcs]
    half = METRICS.mark / 2
    for left, top, right, bottom in boxes:
        assert scene.heading <= left
        assert right <= scene.width
        assert bottom <= scene.shelf.y
        for label in scene.labels:
            assert not overlap(
                (left, top, right, bottom), (label.x, label.y - 8, label.x + label.width, label.y + 8)
            )
        for item in scene.items:
            mark, y = float(item["mark"]), float(item["y"])
            assert not overlap((left, top, right, bottom), (mark - half, y - half, mark + half, y + half))
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


@given(st.lists(st.tuples(st.floats(0, 900), st.floats(0, 900)), min_size=2, max_size=6), st.floats(1, 60))
def test_a_rounded_way_leads_from_its_first_corner_to_its_last(corners, radius):
    curve = rounded(corners, radius)
    assert curve[0] == corners[0]
    assert curve[-1] == pytest.approx(corners[-1])
    assert len(curve) % 3 == 1
    longest = sum(math.dist(one, other) for one, other in pairwise(corners))
    points = points_along(curve, 8)
    assert sum(math.dist(one, other) for one, other in pairwise(points)) <= longest + 0.01
