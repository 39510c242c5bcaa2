from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from builders import a_claim, an_event
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.calendar import seconds
from viewer.domain.dates import from_edtf
from viewer.domain.quantities import MEASURES, Quantity
from viewer.domain.records import Part
from viewer.graphs.strength_chart import MOST_BOXES, chart_scene, round_step
from viewer.graphs.strength_rows import strength_of
from viewer.timeline.scale import TimeScale
from viewer.timeline.ticks import CalendarNames

WIDTH, HEIGHT = 1120.0, 400.0
SCALE = TimeScale.fitting(seconds(2024, 10), seconds(2025, 4), WIDTH - 120)


def counted(
    low, high, when="2024-11", *, measure="deployed", unit="soldiers", forces=("North Korea",), **fields
):
    number = Quantity(low=low, high=high, unit=unit, measure=measure)
    date = from_edtf(when) if when else None
    actors = tuple(Part(name=name, role="force") for name in forces)
    claims = fields.pop("claims", (a_claim("s0"),))
    return an_event(quantity=number, when=date, actors=actors, claims=claims, **fields)


def scene_of(events, scale=SCALE, width=WIDTH, height=HEIGHT, **options):
    rows = strength_of(events).rows
    return chart_scene(
        rows, scale, width, height, measure=lambda text, _: 7.0 * len(text), names=CalendarNames(), **options
    )


def the_box(*events):
    (box,) = scene_of(events).rows[0].boxes
    return box


def test_a_row_for_each_measure_and_force_and_nothing_in_two_rows():
    found = strength_of(
        [
            counted(100, 200),
            counted(300, 300, forces=("Russia",)),
            counted(10, 10, measure="losses"),
            counted(5, 5, forces=("Russia", "North Korea")),
            counted(7, 7, forces=()),
        ]
    )
    assert sorted((row.measure, row.forces, len(row.bands)) for row in found.rows) == [
        ("deployed", (), 1),
        ("deployed", ("North Korea",), 1),
        ("deployed", ("Russia",), 1),
        ("deployed", ("Russia", "North Korea"), 1),
        ("losses", ("North Korea",), 1),
    ]


def test_stocks_come_after_flows_in_rows_of_their_own():
    scene = scene_of(
        [counted(1000, 1000, measure="present"), counted(100, 200), counted(5, 9, measure="losses")]
    )
    assert [row.section for row in scene.rows] == ["flow", "", "stock"]


def test_what_is_left_out_is_counted_by_its_reason():
    found = strength_of(
        [
            counted(100, 200),
            counted(1, 2, None),
            counted(3, 4, None),
            counted(9, 9, unit="officers"),
            an_event(),
        ]
    )
    assert dict(found.left_out) == {"no date": 2, "other unit: officers": 1, "no number": 1}
    assert sum(len(row.bands) for row in found.rows) == 1


def test_a_unit_of_which_nothing_can_be_drawn_does_not_hide_the_next():
    found = strength_of([counted(1, 2, None, unit="wounded"), counted(200, 900, unit="killed")])
    assert [row.unit for row in found.rows] == ["killed"]


def test_bands_lie_under_their_time_and_at_their_numbers():
    scene = scene_of([counted(1000, 2000, "2024-11"), counted(4000, 4000, "2025-02-01")])
    first, second = scene.rows[0].boxes
    assert first["x"] == pytest.approx(120 + SCALE.x(seconds(2024, 11)))
    assert first["right"] == pytest.approx(120 + SCALE.x(seconds(2024, 12)), abs=0.1)
    ticks = {tick.value: tick.y for tick in scene.rows[0].ticks}
    assert first["bottom"] == pytest.approx(ticks[1000]) if 1000 in ticks else first["top"] < first["bottom"]
    per_one = (ticks[0] - ticks[max(ticks)]) / max(ticks)
    assert first["top"] == pytest.approx(ticks[0] - 2000 * per_one)
    assert first["bottom"] == pytest.approx(ticks[0] - 1000 * per_one)
    assert second["bottom"] - second["top"] == pytest.approx(3)
    assert second["right"] - second["x"] == pytest.approx(6, abs=0.5)


def test_bounds_that_are_open_say_so():
    upto = the_box(counted(None, 3000))
    assert (upto["open_low"], upto["open_high"]) == (True, False)
    least = the_box(counted(3000, None))
    assert (least["open_low"], least["open_high"]) == (False, True)
    assert least["top"] < least["bottom"]
    since = the_box(counted(10, 20, "2024-11/.."))
    assert (since["open_lo"], since["open_hi"]) == (False, True)
    assert since["right"] > WIDTH


def test_disputed_numbers_are_marked():
    disputed = counted(1, 2, claims=(a_claim("s0"), a_claim("s1", stance="disputes")))
    assert bool(the_box(disputed)["disputed"])
    assert not bool(the_box(counted(1, 2))["disputed"])


@given(st.floats(1, 1e15))
def test_steps_are_one_two_or_five(least):
    step = round_step(least)
    assert least <= step * (1 + 1e-9)
    assert step <= 5 * least
    assert float(f"{step:.0e}".split("e")[0]) in (1, 2, 5)


@given(st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 10**9)), min_size=1, max_size=8))
def test_lines_of_a_row_are_readable(numbers):
    scene = scene_of([counted(min(pair), max(pair)) for pair in numbers])
    for row in scene.rows:
        ys = [tick.y for tick in row.ticks]
        assert ys == sorted(ys, reverse=True)
        assert len(row.ticks) <= 12
        assert all(above - below >= 16 for above, below in pairwise(ys)) or len(ys) <= 2
        assert all(row.y <= y <= row.y + row.height for y in ys)


def many(count):
    days = [f"2024-{1 + number % 12:02d}-{1 + number % 28:02d}" for number in range(count)]
    return [
        counted(float(number % 97), float(number % 97 + number % 11), day) for number, day in enumerate(days)
    ]


def test_thousands_are_drawn_as_one_shape_that_holds_them_all():
    year = TimeScale.fitting(seconds(2024), seconds(2025), WIDTH - 120)
    (row,) = scene_of(many(3 * MOST_BOXES), year).rows
    shape, boxes = row.envelope, row.boxes
    assert shape is not None
    assert len(shape.tops) <= WIDTH
    tops, bottoms = np.full(len(shape.tops), np.inf), np.full(len(shape.tops), -np.inf)
    for box in boxes:
        first, last = (
            min(max(int((box[side] - shape.x) // shape.step), 0), len(tops) - 1) for side in ("x", "right")
        )
        tops[first : last + 1] = np.minimum(tops[first : last + 1], box["top"])
        bottoms[first : last + 1] = np.maximum(bottoms[first : last + 1], box["bottom"])
    seen = np.isfinite(tops)
    assert np.array_equal(np.isfinite(shape.tops), seen)
    assert np.allclose(shape.tops[seen], tops[seen])
    assert np.allclose(shape.bottoms[seen], bottoms[seen])


def test_a_hundred_are_drawn_one_by_one():
    year = TimeScale.fitting(seconds(2024), seconds(2025), WIDTH - 120)
    assert scene_of(many(100), year).rows[0].envelope is None


def test_rows_that_do_not_fit_are_scrolled():
    events = [counted(1, 2, measure=measure, forces=(force,)) for measure in MEASURES for force in "ABC"]
    scene = scene_of(events, height=300.0)
    assert scene.overflow > 0
    last = scene_of(events, height=300.0, scroll=scene.overflow).rows[-1]
    assert last.row == len(events) - 1
    assert last.y + last.height == pytest.approx(scene.lanes_bottom)


def test_the_smallest_of_several_bands_is_found_at_a_point():
    wide, narrow = counted(0, 5000, "2024"), counted(2000, 3000, "2024-11")
    scene = scene_of([wide, narrow])
    box = next(box for box in scene.rows[0].boxes if box["right"] < WIDTH)
    middle = (float(box["x"] + box["right"]) / 2, float(box["top"] + box["bottom"]) / 2)
    row, band = scene.band_at(*middle)
    assert strength_of([wide, narrow]).rows[row].bands[band].uid == narrow.uid
    assert scene.band_at(60, middle[1]) is None


def test_no_events_no_rows():
    assert strength_of([]).rows == ()
    assert scene_of([]).rows == ()
