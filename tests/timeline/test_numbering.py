from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from timeline_documents import dated, draw, events, index, viewports

from viewer.domain.calendar import DAY, seconds
from viewer.timeline.layout import Metrics, Viewport
from viewer.timeline.numbering import joined, reading_order
from viewer.timeline.scale import TimeScale

METRICS = Metrics()
HIGH = 8.0
"""Figures of the font role "note" are no higher."""


def numbered(document, viewport, **options):
    """A frame whose marks are numbered in their reading order, and the numbers by event."""
    order = reading_order([draw(document, viewport, **options)])
    numbers = {event: number for number, event in enumerate(order, 1)}
    return draw(document, viewport, numbers=numbers, **options), numbers


def boxes_meet(one, other):
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    return across > 0.01 and abs(one.y - other.y) < HIGH


@given(events(), viewports())
def test_each_mark_has_one_number_and_each_number_a_mark(drawn, viewport):
    scene, numbers = numbered(index(drawn), viewport)
    single = scene.items["event"][~scene.items["slim"]].tolist()
    written = [event for number in scene.numbers for event in number.events]
    assert sorted(written) == sorted(single)
    for number in scene.numbers:
        assert number.text == joined([numbers[event] for event in number.events])
        assert number.first == min(numbers[event] for event in number.events)
    chips = scene.shelf.chips if scene.shelf else ()
    assert [chip.number for chip in chips] == [numbers[chip.event] for chip in chips]


@given(events(), viewports())
def test_numbers_meet_neither_each_other_nor_titles_nor_marks(drawn, viewport):
    scene, _ = numbered(index(drawn), viewport)
    for one, other in combinations(scene.numbers, 2):
        assert not boxes_meet(one, other)
    for number in scene.numbers:
        assert scene.heading <= number.x + number.width
        for label in scene.labels:
            over = min(number.x + number.width, label.x + label.width) - max(number.x, label.x)
            assert over <= 0.01 or abs(number.y - label.y) > METRICS.row_compact / 2
        item = scene.item(number.events[0])
        row = scene.items[scene.items["y"] == item["y"]]
        half = row["size"] / 2
        inside = (row["mark"] + half > number.x + 0.01) & (
            row["mark"] - half < number.x + number.width - 0.01
        )
        if number.x + number.width < scene.width - 3:  # at the edge of a full row it stands above the marks
            assert not inside.any()


@given(events(), viewports())
def test_numbers_move_no_mark_and_no_row(drawn, viewport):
    document = index(drawn)
    bare, (scene, _) = draw(document, viewport), numbered(document, viewport)
    assert bare.items.tobytes() == scene.items.tobytes()
    assert bare.lanes == scene.lanes


def test_numbers_rise_with_time_and_from_top_to_bottom():
    document = index(
        [dated(3, 1, "2025-02-10", "2025-02-10"), dated(1, 0, "2025-02-10", "2025-02-10"),
         dated(2, 2, "2025-02-01", "2025-02-01")],
        undated=[4],
    )  # fmt: skip
    scale = TimeScale.fitting(seconds(2025, 1, 20), seconds(2025, 3, 1), 1000, 0)
    frame = draw(document, Viewport(scale, 1120, 500))
    assert reading_order([frame]) == [2, 1, 3, 4]
    assert reading_order([frame, frame]) == [2, 1, 3, 4]


def test_a_number_follows_its_title_and_comes_before_the_sign_of_dispute():
    document = index([dated(1, 0, "2025-02-10", "2025-02-12", disputed=True)])
    scale = TimeScale.fitting(seconds(2025, 1, 1), seconds(2025, 6, 1), 1000, 0)
    scene, _ = numbered(document, Viewport(scale, 1120, 400))
    (label,), (number,) = scene.labels, scene.numbers
    assert label.x + label.width < number.x < label.x + label.width + label.noted
    assert number.y < label.y


def test_marks_that_hide_each_other_have_their_numbers_joined():
    crowd = [dated(n, 0, f"2025-02-{n:02}", f"2025-02-{n:02}") for n in range(1, 21)]
    # In a lane of many events no room is kept for titles, so that days stand side by side in one row.
    others = [dated(n, 0, f"{1700 + n}-01-01", f"{1700 + n}-01-01") for n in range(21, 240)]
    scene, _ = numbered(index(crowd + others), Viewport(TimeScale(seconds(2025), DAY / 2), 820, 400))
    assert [number.text for number in scene.numbers] == ["1–20"]


def test_days_side_by_side_each_keep_their_own_number():
    document = index([dated(n, 0, f"2025-02-{n:02}", f"2025-02-{n:02}") for n in range(1, 9)])
    scale = TimeScale(seconds(2025, 2, 1), DAY / 100)
    scene, _ = numbered(document, Viewport(scale, 920, 400))
    assert sorted(number.text for number in scene.numbers) == [str(n) for n in range(1, 9)]


@pytest.mark.parametrize(
    ("numbers", "words"), [([3], "3"), ([2, 1], "1, 2"), ([12, 14, 13, 7], "7, 12–14"), ([1, 1, 9], "1, 9")]
)
def test_joined_numbers_are_written_as_runs(numbers, words):
    assert joined(numbers) == words


@given(st.sets(st.integers(1, 60), min_size=1))
def test_joined_numbers_name_each_once(numbers):
    named = []
    for part in joined(list(numbers)).split(", "):
        first, _, last = part.partition("–")
        named += range(int(first), int(last or first) + 1)
    assert named == sorted(numbers)
