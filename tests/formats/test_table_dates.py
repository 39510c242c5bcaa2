"""Dates in tables: as precise as they are known, in the order their column shows, never made up."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_files import got, table

MARKS = {"format": "dateline table mapping", "version": 1, "title": {"fixed": "t"}}
DATE = {"start": {"column": "date"}}


def whens(*cells, **when):
    found = got(table(("n", "date"), *enumerate(cells)), mapping={**MARKS, "when": {**DATE, **when}})
    return [event.when for event in found.events], found


@pytest.mark.parametrize(
    ("cell", "edtf", "text"),
    [
        ("2022-02-24", "2022-02-24", None),
        ("20220224", "2022-02-24", None),
        ("20220224123015", "2022-02-24T12:30:15", None),
        ("2022-02-24T12:30:15Z", "2022-02-24T12:30:15Z", None),
        ("2022-02-24T12:30:15.123456+00:00", "2022-02-24T12:30:15Z", "2022-02-24T12:30:15.123456+00:00"),
        ("2022-02-24 12:30:15", "2022-02-24T12:30:15", "2022-02-24 12:30:15"),
        ("2022-02-24 12:30:15 UTC", "2022-02-24T12:30:15Z", "2022-02-24 12:30:15 UTC"),
        ("2022-02-24T12:30:15+0200", "2022-02-24T12:30:15+02:00", "2022-02-24T12:30:15+0200"),
        ("24 February 2022", "2022-02-24", "24 February 2022"),
        ("29/12/2015", "2015-12-29", "29/12/2015"),
        ("février 2022", "2022-02", "février 2022"),
        ("between 3 and 9 May 2015", "[2015-05-03..2015-05-09]", "between 3 and 9 May 2015"),
        ("2022", "2022", None),
        ("2022-02~", "2022-02~", None),
        ("-0043", "-0043", None),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(cell, edtf, text):
    (when,), found = whens(cell)
    assert (when.edtf, when.text) == (edtf, text)
    assert not found.told_at(2)


@pytest.mark.parametrize(
    "cell",
    [
        "10",
        "12:30",
        "2024-02-30",
        "99999-01-01",
        "5" * 5000,
        "20221399",
        "1/2/15",
        "soon",
        "9" * 14,
        "March 45",
    ],
)
def test_fault_51_what_is_no_date_stays_undated_with_its_wording(cell):
    (when,), found = whens(cell)
    assert when.edtf is None
    assert not when.is_dated
    assert when.text == cell[:1000]
    assert "Kept as it is written" in found.told_at(2)


def test_fault_51_a_month_without_a_year_is_of_no_year():
    (when,), _ = whens("March")
    assert when.edtf == "XXXX-03"
    assert not when.is_dated


def test_an_empty_cell_is_no_date_and_no_problem():
    (first, second), found = whens("", "  ")
    assert first is second is None
    assert found.problems == []


@pytest.mark.parametrize(
    ("cells", "edtf", "told"),
    [
        (("03/04/2015", "25/04/2015"), "2015-04-03", "day first"),
        (("03/04/2015", "04/25/2015"), "2015-03-04", "month first"),
        (("03.04.2015", "25.04.2015"), "2015-04-03", "day first"),
    ],
)
def test_the_order_of_day_and_month_is_told_by_the_column_and_said_once(cells, edtf, told):
    whens_, found = whens(*cells)
    assert whens_[0].edtf == edtf
    assert whens_[0].text == cells[0]
    assert not whens_[0].ambiguous
    assert found.told.count(told) == 1


def test_where_nothing_tells_the_order_both_readings_are_kept():
    (first, _), found = whens("03/04/2015", "05/06/2015")
    assert first.edtf == "[2015-03-04,2015-04-03]"
    assert first.ambiguous
    assert found.told.count("both are kept") == 1


def test_a_column_that_contradicts_itself_is_not_decided():
    (first, second, third), found = whens("03/04/2015", "25/04/2015", "04/25/2015")
    assert first.ambiguous
    assert (second.edtf, third.edtf) == ("2015-04-25", "2015-04-25")
    assert "nothing tells" in found.told


def test_the_order_can_be_said():
    (first, second), found = whens("03/04/2015", "03/04/2015 14:30", order="month first")
    assert (first.edtf, second.edtf) == ("2015-03-04", "2015-03-04T14:30:00")
    assert second.precision == "minute"
    assert found.problems == []


@given(st.dates(datetime.date(1000, 1, 1)), st.sampled_from(["day first", "month first"]))
def test_a_date_in_numbers_is_the_day_that_its_order_says(day, order):
    form = "%d/%m/" if order == "day first" else "%m/%d/"
    (when,), _ = whens(f"{day.strftime(form)}{day.year:04d}", order=order)
    assert when.edtf == day.isoformat()


def coded(date, code, end="", **when):
    spec = {
        "start": {"column": "date"}, "end": {"column": "end"},
        "precision": {"column": "p", "codes": {"1": "day", "2": "week", "3": "month", "4": "year", "5": "within",
                                               "6": "throughout", "7": "about", "8": "unknown"}},
        **when,
    }  # fmt: skip
    found = got(table(("date", "end", "p"), (date, end, code)), mapping={**MARKS, "when": spec})
    return found.events[0], found


@pytest.mark.parametrize(
    ("code", "end", "edtf", "shape"),
    [
        ("1", "", "2022-02-24", "point"),
        ("2", "", "[2022-02-21..2022-02-27]", "point"),
        ("3", "", "2022-02", "point"),
        ("4", "", "2022", "point"),
        ("5", "2022-03-09", "[2022-02-24..2022-03-09]", "point"),
        ("6", "2022-03-09", "2022-02-24/2022-03-09", "span"),
        ("7", "", "2022-02-24~", "point"),
        ("8", "", None, "point"),
        ("1", "2022-03-09", "[2022-02-24..2022-03-09]", "point"),
        ("5", "2022-02-24", "2022-02-24", "point"),
        ("5", "", "2022-02-24", "point"),
    ],
)
def test_a_precision_code_never_leaves_a_pin_where_the_day_is_not_known(code, end, edtf, shape):
    event, found = coded("2022-02-24", code, end)
    assert (event.when.edtf, event.when.shape) == (edtf, shape)
    assert event.extra["columns"]["date"] == "2022-02-24"
    assert event.extra["columns"]["p"] == code
    assert found.problems == []


def test_a_widened_date_has_the_bounds_that_a_phrase_would_have():
    event, _ = coded("2015-05-03", "5", "2015-05-09")
    (said,), _ = whens("between 3 and 9 May 2015")
    assert [getattr(event.when, name) for name in ("edtf", "shape", "start_lo", "end_hi")] == [
        getattr(said, name) for name in ("edtf", "shape", "start_lo", "end_hi")
    ]


def test_a_code_that_is_not_listed_is_named():
    event, found = coded("2022-02-24", "9")
    assert event.when.edtf == "2022-02-24"
    assert "'9' is none of 1, 2" in found.told_at(2)


def test_an_end_before_its_start_is_named_and_both_are_kept():
    event, found = coded("2022-03-09", "5", "2022-02-24")
    assert event.when.edtf == "2022-03-09"
    assert event.extra["columns"]["end"] == "2022-02-24"
    assert "do not make a period" in found.told_at(2)


def spanned(start, end, **when):
    spec = {"start": {"column": "a"}, "end": {"column": "b"}, **when}
    found = got(table(("a", "b", "c"), (start, end, "x")), mapping={**MARKS, "when": spec})
    return found.events[0].when


@pytest.mark.parametrize(
    ("start", "end", "edtf"),
    [
        ("2022-02-24", "2022-03-09", "2022-02-24/2022-03-09"),
        ("2022-02", "2022-03", "2022-02/2022-03"),
        ("2022-02-24", "2022-02-24", "2022-02-24"),
        ("2022-02-24", "", "2022-02-24"),
        ("", "2022-03-09", "/2022-03-09"),
        ("early March 2022", "2022-03-20", "2022-03-01/2022-03-20"),
    ],
)
def test_a_start_and_an_end_are_a_period(start, end, edtf):
    assert spanned(start, end).edtf == edtf


def test_a_period_of_times_keeps_its_wording():
    when = spanned("2022-02-24 10:00", "2022-02-25 11:30")
    assert when.edtf == "2022-02-24/2022-02-25"
    assert when.text == "2022-02-24 10:00 – 2022-02-25 11:30"


def in_parts(**parts):
    spec = {"start": {"year": "Y", "month": "M", "day": "D", "time": "T"}, "wording": "W"}
    row = tuple(parts.get(name, "") for name in "YMDTW")
    found = got(table((*"YMDTW", "x"), (*row, "x")), mapping={**MARKS, "when": spec})
    return found.events[0].when, found


@pytest.mark.parametrize(
    ("parts", "edtf"),
    [
        ({"Y": "2022"}, "2022"),
        ({"Y": "2022", "M": "2"}, "2022-02"),
        ({"Y": "2022", "M": "02", "D": "5.0"}, "2022-02-05"),
        ({"Y": "2022", "M": "2", "D": "5", "T": "2:30 PM"}, "2022-02-05T14:30:00"),
        ({"Y": "-44", "M": "3", "D": "15"}, "-0044-03-15"),
        ({"Y": "-13800000000"}, "Y-13800000000"),
        ({"Y": "2022", "M": "13"}, None),
        ({"Y": "2022", "D": "5"}, None),
        ({"M": "5"}, None),
        ({"Y": "about 1900"}, None),
    ],
)
def test_a_date_in_parts_is_put_together_or_kept_as_it_is(parts, edtf):
    when, found = in_parts(**parts)
    assert when.edtf == edtf
    assert bool(found.told_at(2)) == (edtf is None)


def test_the_wording_of_a_date_stays_beside_it():
    when, _ = in_parts(Y="2022", M="2", W="sometime in February")
    assert (when.edtf, when.text) == ("2022-02", "sometime in February")
    when, _ = in_parts(W="long ago")
    assert (when.edtf, when.text) == (None, "long ago")


def timed(date, time):
    spec = {"start": {"column": "a", "time": "b"}}
    found = got(table(("a", "b", "c"), (date, time, "x")), mapping={**MARKS, "when": spec})
    return found.events[0].when, found


@pytest.mark.parametrize(
    ("date", "time", "edtf"),
    [
        ("2022-02-24", "14:30", "2022-02-24T14:30:00"),
        ("20220224", "2:30 pm", "2022-02-24T14:30:00"),
        ("2022-02-24", "", "2022-02-24"),
        ("2022-02-24", "blah", "2022-02-24"),
        ("2022-02", "14:30", "2022-02"),
        ("", "14:30", None),
    ],
)
def test_a_time_of_day_needs_its_day(date, time, edtf):
    when, found = timed(date, time)
    assert when.edtf == edtf
    if edtf in ("2022-02", None) or time == "blah":
        assert time in when.text
        assert found.told_at(2)


def with_epoch(date, number, unit="auto"):
    spec = {"start": {"column": "a"}, "epoch": {"column": "b", "unit": unit}}
    found = got(table(("a", "b", "c"), (date, number, "x")), mapping={**MARKS, "when": spec})
    return found.events[0].when, found


@pytest.mark.parametrize(
    "number", ["1645705815", "1645705815000", "1645705815123456", "1645705815000000000", "1645705815.0"]
)
def test_seconds_and_their_parts_are_told_by_their_size(number):
    when, found = with_epoch("", number)
    assert when.edtf == "2022-02-24T12:30:15Z"
    assert found.problems == []
    _, found = with_epoch("2022-02-24T12:30:15Z", number)
    assert found.problems == []


def test_a_number_that_contradicts_its_date_is_named_and_both_are_kept():
    when, found = with_epoch("2022-02-24T12:30:15Z", "1645709415")
    assert when.edtf == "2022-02-24T12:30:15Z"
    assert "2022-02-24T13:30:15Z" in found.told_at(2)
    assert found.events[0].extra["columns"]["b"] == "1645709415"
    _, found = with_epoch("2022-02-24T12:30:15Z", "yesterday")
    assert "whole number" in found.told_at(2)
