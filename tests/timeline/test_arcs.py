from __future__ import annotations

import pytest
from timeline_documents import (
    WINTER,
    draw,
    fitted,
    index,
    measure,
)

from viewer.timeline.layout import Metrics

METRICS = Metrics()


def test_links_of_the_selected_event_are_arcs_between_marks():
    document = index(WINTER)
    scene = draw(document, fitted(document), selected=frozenset([5]), links=[(3, "about"), (99, "about")])
    (arc,) = scene.arcs
    assert arc.start == (float(scene.item(5)["mark"]), float(scene.item(5)["y"]))
    assert arc.end == (float(scene.item(3)["mark"]), float(scene.item(3)["y"]))
    assert arc.control[0] < min(arc.start[0], arc.end[0])
    assert arc.point(0) == pytest.approx(arc.start)
    assert arc.point(1) == pytest.approx(arc.end)


def test_arcs_lead_to_chips_too_and_belong_to_one_selected_event():
    document = index(WINTER, undated=[7])
    scene = draw(document, fitted(document), selected=frozenset([5]), links=[(7, "about")])
    chip = scene.shelf.chips[0]
    assert scene.arcs[0].end == (chip.x + chip.width / 2, chip.y)
    assert not draw(document, fitted(document), selected=frozenset([5, 7]), links=[(7, "about")]).arcs


def test_the_word_of_a_link_keeps_off_titles_and_marks():
    document = index(WINTER)
    for event in (3, 1, 4, 6):
        scene = draw(document, fitted(document), selected=frozenset([5]), links=[(event, "about")])
        (arc,) = scene.arcs
        right = arc.word_x + measure("about", "small")
        assert scene.heading <= arc.word_x
        assert right <= scene.width
        for label in scene.labels:
            beside = right <= label.x or label.x + label.width <= arc.word_x
            assert beside or abs(label.y - arc.word_y) >= METRICS.label_height
