from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

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

from viewer.timeline.layout import Metrics

METRICS = Metrics()


def test_lanes_fill_the_height_between_strips_and_shelf():
    scene = draw(index(WINTER, undated=[7, 8]), fitted(index(WINTER)))
    assert scene.lanes[0].y == scene.lanes_top == 60
    assert scene.lanes_bottom == scene.shelf.y
    assert scene.lanes_bottom - 3 <= scene.lanes[-1].y + scene.lanes[-1].height <= scene.lanes_bottom
    assert scene.lanes[0].height >= scene.lanes[2].height > scene.lanes[1].height
    assert scene.row_height == METRICS.row


def test_the_shelf_holds_the_undated_and_says_how_many_more():
    document = index(WINTER, undated=range(10, 60))
    scene = draw(document, fitted(document), shelf_note="not later than Feb 2025")
    shelf = scene.shelf
    assert shelf.y + shelf.height == scene.height
    assert (shelf.count, shelf.shown) == (50, 50)
    assert len(shelf.chips) + shelf.more == 50
    assert len({chip.y for chip in shelf.chips}) == METRICS.chip_rows
    assert shelf.rest_width >= measure(f"+{shelf.more} not later than Feb 2025", "small")
    assert shelf.rest_x > shelf.chips[-1].x + shelf.chips[-1].width


def test_a_filter_empties_the_shelf_but_keeps_its_height():
    document = index(WINTER, undated=range(10, 60))
    full = draw(document, fitted(document))
    none = draw(document, fitted(document), undated_shown=frozenset([12]))
    assert [chip.event for chip in none.shelf.chips] == [12]
    assert (none.shelf.height, none.shelf.more, none.shelf.shown) == (full.shelf.height, 0, 1)
    assert [lane.y for lane in none.lanes] == [lane.y for lane in full.lanes]


@pytest.mark.parametrize("width", range(700, 1801, 50))
@pytest.mark.parametrize("number", [1, 5, 8])
def test_the_note_keeps_its_room_at_every_width(width, number):
    document = index(WINTER, undated=range(10, 10 + number))
    titles = [f"An undated event with a title of some length, {'x' * (5 * at % 17)}" for at in range(9)]
    note = "not later than February 2025"
    viewport = replace(fitted(document), width=float(width), height=700.0)
    shelf = draw(document, viewport, title=lambda event: titles[event % 9], shelf_note=note).shelf
    said = measure(f"+{shelf.more} more · {note}" if shelf.more else note, "small")
    assert shelf.rest_width >= said
    assert shelf.rest_x + said <= width
    assert shelf.more == 0 or width < 900
    after = [chip for chip in shelf.chips if abs(chip.y + chip.height / 2 - shelf.rest_y) < 1]
    assert all(chip.x + chip.width < shelf.rest_x for chip in after)


def test_chips_are_cut_shorter_only_where_that_shows_more():
    def long_title(_):
        return "x" * 80

    few, many = (index(WINTER, undated=range(10, last)) for last in (13, 90))
    uncut, cut = (draw(each, fitted(each), title=long_title).shelf for each in (few, many))
    assert max(chip.width for chip in uncut.chips) > METRICS.chip_longest - 10
    assert len(cut.chips) > METRICS.chip_rows * len(uncut.chips)


def test_a_narrow_shelf_still_says_in_full_how_many_more_there_are():
    document = index(WINTER, undated=range(10, 18))
    shelf = draw(document, fitted(document, width=440.0), title=lambda _: "x" * 80).shelf
    assert shelf.more > 0
    assert shelf.rest_width >= measure(f"+{shelf.more} more", "small")


def test_headings_are_told_how_many_of_their_kind_are_undated():
    document = index(WINTER, undated=[7, 8])
    assert [lane.undated for lane in draw(document, fitted(document)).lanes] == [0, 0, 2]
    some = draw(document, fitted(document), undated_shown=frozenset([8]))
    assert [lane.undated for lane in some.lanes] == [0, 0, 1]


def test_no_undated_events_no_shelf():
    document = index(WINTER)
    scene = draw(document, fitted(document))
    assert scene.shelf is None
    assert scene.lanes_bottom == scene.height


@given(st.integers(1, 60), st.floats(200, 2000), st.floats(150, 1000), st.integers(1, 80))
def test_chips_stand_side_by_side_within_the_shelf(number, width, height, length):
    document = index(WINTER, undated=range(10, 10 + number))
    scene = draw(
        document, replace(fitted(document), width=width, height=height), title=lambda _: "x" * length
    )
    shelf = scene.shelf
    for one, other in pairwise(shelf.chips):
        assert one.x + one.width < other.x or one.y + one.height < other.y
    if width >= 320:
        assert all(scene.heading <= chip.x and chip.x + chip.width <= width for chip in shelf.chips)
    assert all(chip.width <= METRICS.chip_longest for chip in shelf.chips)
    assert all(chip.y + chip.height <= scene.height for chip in shelf.chips)
    assert len(shelf.chips) + shelf.more == number
