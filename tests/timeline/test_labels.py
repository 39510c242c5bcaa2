from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import (
    LANES,
    WINTER,
    Dated,
    dated,
    draw,
    events,
    index,
    title,
    viewports,
)

from viewer.domain.calendar import DAY, HOUR, seconds
from viewer.timeline.layout import Metrics, Viewport
from viewer.timeline.scale import TimeScale

METRICS = Metrics()
HALF = METRICS.mark / 2


def label_end(scene, label):
    disputed = bool(scene.item(label.event)["disputed"])
    return label.x + label.width + (METRICS.sign if disputed else 0)


def assert_labels_are_free(scene):
    for label in scene.labels:
        assert scene.heading <= label.x
        assert label_end(scene, label) <= scene.width
    rows = sorted(scene.labels, key=lambda label: (label.y, label.x))
    for one, other in pairwise(rows):
        assert one.y != other.y or label_end(scene, one) + METRICS.label_apart <= other.x + 0.01
    for label in scene.labels:
        marks = scene.items["mark"][scene.items["y"] == np.float32(label.y)]
        covered = (marks + HALF > label.x + 0.01) & (marks - HALF < label_end(scene, label) - 0.01)
        assert not covered.any()


@given(events(), viewports(), st.sets(st.integers(1, 40), max_size=2))
def test_labels_never_meet_each_other_nor_marks_nor_leave_the_canvas(drawn, viewport, selected):
    scene = draw(index(drawn), viewport, selected=frozenset(selected))
    assert_labels_are_free(scene)


@pytest.mark.parametrize(
    ("start", "words", "side", "text"),
    [
        (seconds(2025, 2, 25), "Short", "right", "Short"),
        (
            seconds(2025, 1, 5),
            "A title that only fits on the left",
            "left",
            "A title that only fits on the left",
        ),
        (seconds(2025, 1, 31), "A title cut", "right", "A title cut"),
    ],
)
def test_a_title_stands_right_else_left(start, words, side, text):
    document = index([dated(1, 0, "2025-02-01", "2025-02-28")])
    width = 1000 if side == "right" else 1120
    scale = TimeScale.fitting(start, seconds(2025, 3, 20 if side == "right" else 2), width, 0)
    (label,) = draw(document, Viewport(scale, width + 120, 400), title=lambda _: words).labels
    assert (label.side, label.text) == (side, text)


def test_a_title_stands_inside_an_extent_that_fills_the_canvas():
    document = index([dated(1, 0, "2020-01-01", "2029-12-31")])
    (label,) = draw(document, Viewport(TimeScale(seconds(2024), HOUR), 1000, 400)).labels
    assert label.side == "over"
    assert label.text == title(1)


def test_a_title_is_cut_where_no_side_has_room_for_it():
    document = index([dated(n, 0, f"2025-02-{n:02}", f"2025-02-{n:02}") for n in range(1, 25, 4)])
    scale = TimeScale.fitting(seconds(2025, 2, 1), seconds(2025, 2, 26), 500, 0)
    scene = draw(
        document, Viewport(scale, 620, 400), title=lambda event: f"A rather long title, number {event} " * 3
    )
    assert scene.labels
    assert all(label.text.endswith("…") and label.width >= METRICS.label_least for label in scene.labels)
    assert_labels_are_free(scene)


def test_a_selected_title_is_served_first():
    pair = [Dated(n, 0, seconds(2025, 1, 10 * n), seconds(2025, 1, 10 * n) + HOUR) for n in (1, 2)]
    past = [Dated(100 + n, 0, seconds(2020) + n * DAY, seconds(2020) + n * DAY + 1) for n in range(200)]
    document = index([*pair, *past])
    viewport = Viewport(TimeScale.fitting(seconds(2025, 1, 10), seconds(2025, 1, 20), 250, 10), 370, 400)
    first, second = draw(document, viewport).labels
    assert (first.text, second.text == title(2)) == (title(1), False)
    first, second = draw(document, viewport, selected=frozenset([2])).labels
    assert (first.event, first.text, first.side) == (2, title(2), "left")
    assert second.text != title(1)


def test_selecting_an_event_does_not_wipe_out_the_title_before_it():
    """Neither side has room for the whole title of the second one; it stays at the right, cut."""
    pair = [Dated(n, 0, seconds(2025, 1, 10 * n), seconds(2025, 1, 10 * n) + HOUR) for n in (1, 2)]
    past = [Dated(100 + n, 0, seconds(2020) + n * DAY, seconds(2020) + n * DAY + 1) for n in range(200)]
    document = index([*pair, *past])
    viewport = Viewport(TimeScale.fitting(seconds(2025, 1, 9), seconds(2025, 1, 26), 500, 0), 620, 400)

    def titles(event):
        return "The second event, a title of some length" if event == 2 else title(event)

    for selected in ((), (2,)):
        labels = draw(document, viewport, title=titles, selected=frozenset(selected)).labels
        assert {label.event: label.side for label in labels} == {1: "right", 2: "right"}
        assert title(1) in [label.text for label in labels]


def test_a_disputed_title_keeps_room_for_its_sign():
    document = index(WINTER)
    scale = TimeScale(seconds(2024, 12, 20), DAY / 10)
    plain = draw(index([replace(WINTER[3], disputed=False)]), Viewport(scale, 580, 400)).labels[0]
    signed = draw(document, Viewport(scale, 580, 400))
    label = next(label for label in signed.labels if label.event == 4)
    assert plain.side == "right"
    assert label_end(signed, label) <= 580


def test_titles_are_bounded():
    many = [Dated(n, n % 3, n * 10 * DAY, n * 10 * DAY + 1) for n in range(1, 1200)]
    document = index(many, lanes=LANES)
    viewport = Viewport(TimeScale.fitting(0, 12_000 * DAY, 40_000, 0), 40_120, 900)
    assert len(draw(document, viewport).labels) == METRICS.labels
