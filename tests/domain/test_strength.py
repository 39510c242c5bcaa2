"""How many over time: a band for each event, nothing added up, what was left out is said."""

from __future__ import annotations

import pytest
from builders import a_claim, an_event
from hypothesis import given
from hypothesis import strategies as st
from provenance_strategies import dates, events, quantities

from viewer.domain.dates import from_edtf, unread_date
from viewer.domain.quantities import MEASURES, Quantity
from viewer.domain.records import Part
from viewer.domain.strength import strength_series
from viewer.formats.bundle import read_bundle
from viewer.formats.incoming import Known

OCTOBER = from_edtf("2024-10")
NORTH = (Part(name="The North", role="force"),)


def counted(low=100, high=100, measure="deployed", unit="soldiers", **fields):
    """An event with a number and a date."""
    quantity = Quantity(low=low, high=high, unit=unit, measure=measure)
    return an_event(**{"when": OCTOBER, "quantity": quantity, "actors": NORTH, **fields})


def series(*told, measure="deployed", **asked):
    return strength_series(told, measure=measure, **asked)


def left_out(*told, **asked):
    return [reason for _, reason in series(*told, **asked).left_out]


def test_an_event_is_a_band_over_all_the_time_in_which_it_may_lie():
    event = counted(None, 3000)
    (band,) = series(event).flows
    assert (band.uid, band.start_lo, band.end_hi) == (event.uid, OCTOBER.earliest, OCTOBER.latest)
    assert (band.low, band.high, band.disputed) == (None, 3000, False)


def test_overlapping_numbers_stay_apart():
    found = series(counted(100, 200), counted(300, 400))
    assert [(band.low, band.high) for band in found.flows] == [(100, 200), (300, 400)]


def test_bands_come_in_order_of_time():
    first, second, open_end, open_start = (
        counted(when=from_edtf(edtf)) for edtf in ("2024-01", "2024-02", "2024-02/..", "../2024-03")
    )
    found = series(open_end, second, open_start, first).flows
    assert [band.uid for band in found] == [open_start.uid, first.uid, second.uid, open_end.uid]


@pytest.mark.parametrize(
    ("measure", "edtf", "is_stock"),
    [
        ("present", "2024-10", True),
        ("in training", "2024-10", True),
        ("deployed", "2024-10", False),
        ("deployed", "2024-08/..", False),
        ("deployed", "[..2024-10]", True),
        ("withdrawn", "[..2024-10]", False),
        ("losses", "2024-10", False),
    ],
)
def test_what_there_is_stays_apart_from_what_came_or_went(measure, edtf, is_stock):
    found = series(counted(measure=measure, when=from_edtf(edtf)), measure=measure)
    assert (len(found.stocks), len(found.flows)) == ((1, 0) if is_stock else (0, 1))


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (counted(when=None), "no date"),
        (counted(when=unread_date("soon")), "no date"),
        (counted(None, None), "no number"),
        (an_event(kind="deployment", when=OCTOBER), "no number"),
        (counted(measure=None), "what the number counts is not recorded"),
        (counted(unit="tanks"), "other unit: tanks"),
        (counted(claims=(a_claim("s", stance="disputes"),)), "disputed, and no report supports it"),
        (counted(claims=(a_claim("s", retracted=True),)), "no report supports it"),
    ],
)
def test_what_cannot_be_drawn_is_named_with_the_reason(event, reason):
    usual = counted(), counted(claims=(a_claim("s"),))
    found = series(*usual, event)
    assert found.left_out == ((event.uid, reason),)
    assert [band.uid for band in found.flows] == [each.uid for each in usual]


def test_what_belongs_to_another_measure_is_not_left_out_but_elsewhere():
    others = counted(measure="losses"), an_event(kind="withdrawal"), an_event(kind="statement")
    found = series(*others)
    assert (found.flows, found.stocks, found.left_out) == ((), (), ())


def test_a_force_is_asked_for_by_its_name():
    south = counted(actors=(Part(name="The South", role="force"),))
    mentioned = counted(actors=(Part(name="The North", role="mentioned"),))
    found = series(counted(), south, mentioned, force="the north")
    assert len(found.flows) == 1
    assert found.left_out == ((mentioned.uid, "the north is named, but not as the force that is counted"),)
    assert len(series(counted(), south, mentioned).flows) == 3


def test_one_unit_is_shown_and_the_others_can_be_asked_for():
    told = counted(unit="tanks"), counted(), counted(unit="Soldiers"), counted(unit=None)
    found = series(*told)
    assert (found.unit, found.units) == ("soldiers", ("soldiers", "tanks"))
    assert len(found.flows) == 3
    assert left_out(*told, unit="tanks") == ["other unit: soldiers", "other unit: Soldiers"]


@pytest.mark.parametrize(
    "claims",
    [
        (a_claim("s"), a_claim("s", stance="disputes")),
        (a_claim("s", quantity=Quantity(low=1, high=1)), a_claim("s", quantity=Quantity(low=9, high=9))),
    ],
)
def test_a_number_that_is_in_doubt_is_signed(claims):
    (band,) = series(counted(claims=claims)).flows
    assert band.disputed


@given(
    st.lists(st.tuples(events(), st.none() | dates, st.none() | quantities), max_size=6),
    st.sampled_from(MEASURES),
)
def test_nothing_is_drawn_twice_and_nothing_is_dropped(drawn, measure):
    told = [
        an_event(kind="statement", claims=event.claims, when=when, quantity=number)
        for event, when, number in drawn
    ]
    found = series(*told, measure=measure)
    said = [band.uid for band in (*found.stocks, *found.flows)] + [uid for uid, _ in found.left_out]
    assert sorted(said) == sorted(
        event.uid for event in told if event.quantity is not None and event.quantity.measure == measure
    )


def test_the_real_input_gives_bands_and_says_what_it_leaves_out(seed):
    told = [entry.event for entry in read_bundle(seed.read_bytes(), Known()).events]
    found = series(*told, force="North Korea")
    assert [(band.low, band.high) for band in found.flows] == [(10_000, 12_000), (None, 3_000)]
    assert found.stocks == ()
    assert {reason for _, reason in found.left_out} == {"no number"}
    (training,) = series(*told, measure="in training").stocks
    assert (training.low, training.high) == (1000, 1000)
