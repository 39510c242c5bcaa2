from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.calendar import DAY, iso_day, seconds
from viewer.domain.dates import DateError, bounds_text, from_edtf, read_date, unread_date

SEED = Path(__file__).parents[2].parent / "shared" / "seed" / "kursk.json"
ENGLISH = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
FRENCH = [
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
]  # fmt: skip
ABBREVIATED = "jan feb mar apr may jun jul aug sep oct nov dec"
ABREGES = "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("2025-02-19", "2025-02-19"),
        ("2025-02", "2025-02"),
        ("2025", "2025"),
        ("2025-02~", "2025-02~"),
        ("20xx", "20XX"),
        ("y170000002", "Y170000002"),
        ("[2025-02-01 .. 2025-02-07]", "[2025-02-01..2025-02-07]"),
        ("2024-08-01 / 2024-09-05", "2024-08-01/2024-09-05"),
        ("2025-02-19 14:30", "2025-02-19T14:30:00"),
        ("2025-02-19T14:30Z", "2025-02-19T14:30:00Z"),
        ("2025-02-19t14:30z", "2025-02-19T14:30:00Z"),
        ("2025-02-19 14:30:15+02:00", "2025-02-19T14:30:15+02:00"),
        ("Feb 2025", "2025-02"),
        ("February 2025", "2025-02"),
        ("FEB. 2025", "2025-02"),
        ("19 February 2025", "2025-02-19"),
        ("19 Feb 2025", "2025-02-19"),
        ("Feb 19, 2025", "2025-02-19"),
        ("February 19, 2025", "2025-02-19"),
        ("Feb. 9, 2025", "2025-02-09"),
        ("  19   Feb\u00a02025 ", "2025-02-19"),
        ("19 février 2025", "2025-02-19"),
        ("19 fevrier 2025", "2025-02-19"),
        ("19 févr. 2025", "2025-02-19"),
        ("19 fe\u0301vrier 2025", "2025-02-19"),
        ("1er mars 2025", "2025-03-01"),
        ("1er Août 2024", "2024-08-01"),
        ("février 2025", "2025-02"),
        ("31 déc. 2024", "2024-12-31"),
    ],
)
def test_forms_that_people_type(text: str, edtf: str) -> None:
    assert read_date(text).edtf == edtf
    assert bounds_text(read_date(text))[0][:10] == bounds_text(from_edtf(edtf))[0][:10]


@pytest.mark.parametrize("names", [ENGLISH, FRENCH])
def test_every_month_has_its_name(names: list[str]) -> None:
    assert [read_date(f"{name} 2025").edtf for name in names] == [f"2025-{m:02d}" for m in range(1, 13)]


@pytest.mark.parametrize("names", [ABBREVIATED, ABREGES])
def test_every_month_has_its_abbreviation(names: str) -> None:
    assert [read_date(f"3 {name} 2025").edtf for name in names.split()] == [
        f"2025-{m:02d}-03" for m in range(1, 13)
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("10", "four digits"),
        ("12:30", "needs its day"),
        ("12:30:15 UTC", "needs its day"),
        ("2024-02-30", "29 days"),
        ("30 February 2024", "29 days"),
        ("31 June 2024", "30 days"),
        ("0 June 2024", "days 1 to 31"),
        ("99999-01-01", "four digits"),
        ("20250219", "Separate"),
        ("19/02/25", "year with four digits"),
        ("2025-2-19", "two digits"),
        ("5" * 5_000, "at most 200 characters"),
        ("5" * 200, "at most 18 digits"),
        ("Y" + "9" * 19, "at most 18 digits"),
        ("x" * 201, "at most 200 characters"),
        ("x" * 200, "19 February 2025"),
        ("[" * 100 + "]" * 100, "19 February 2025"),
        ("1985," * 39, "19 February 2025"),
        ("\ufdfa" * 200, "19 February 2025"),
        ("١٩ Feb 2025", "digits other than"),
        ("", "There is no date"),
        (" \n\t", "There is no date"),
        ("soon", "19 February 2025"),
        ("13 Smarch 2025", "19 February 2025"),
        ("19 Feb 25", "year with four digits"),
        ("1er 2025", "19 February 2025"),
        ("19 Feb 2025 or never", "19 February 2025"),
        ("2025-02-19 25:00", "00:00:00 to 23:59:59"),
        ("2025-02-30 10:00", "28 days"),
        ("2025-02-19 14", "19 February 2025"),
        ("\ud800", "19 February 2025"),
    ],
)
def test_what_is_missing_or_impossible_is_refused_and_never_completed(text: str, hint: str) -> None:
    with pytest.raises(DateError, match=hint) as refusal:
        read_date(text)
    assert len(str(refusal.value)) < 400


def test_the_wording_is_kept_as_it_was_given() -> None:
    assert read_date(" 19  Févr. 2025").text == " 19  Févr. 2025"
    assert read_date("2025-02").text is None
    assert from_edtf("2025-02", text="au mois de février").text == "au mois de février"
    assert from_edtf("2025-02", text="2025-02").text == "2025-02"


def test_where_the_wording_stood_is_kept_beside_it_but_is_not_its_meaning() -> None:
    date = read_date("19 février 2025", reference=read_date("2025-03-10"), language="fr")
    assert (date.reference, date.language) == ("2025-03-10", "fr")
    assert date == read_date("19 février 2025")


def test_a_time_without_seconds_covers_its_minute() -> None:
    date = read_date("2022-03-03T14:30Z")
    assert bounds_text(date) == ("2022-03-03T14:30:00Z", "2022-03-03T14:30:59Z")
    assert (date.precision, date.zone) == ("minute", "UTC")
    assert read_date("2022-03-03 14:30:00").precision == "second"


def test_the_minute_survives_a_file_that_keeps_wording_and_edtf() -> None:
    date = read_date("2022-03-03 14:30")
    assert date.edtf is not None
    assert from_edtf(date.edtf, text=date.text) == date


def test_a_wording_that_says_something_else_does_not_change_the_edtf() -> None:
    assert from_edtf("2024-10", text="Feb 2025") == replace(from_edtf("2024-10"), text="Feb 2025")


def test_a_point_may_be_anywhere_within_and_has_no_core() -> None:
    date = from_edtf("2024-10")
    first, last = seconds(2024, 10, 1), seconds(2024, 11, 1) - 1
    assert (date.shape, date.start_lo, date.start_hi, date.end_lo, date.end_hi) == (
        "point",
        first,
        last,
        first,
        last,
    )
    assert (date.earliest_state, date.latest_state) == ("known", "known")


def test_a_span_has_four_bounds_and_a_certain_core() -> None:
    date = from_edtf("2024-08/2024-10-05")
    assert date.shape == "span"
    assert (date.start_lo, date.start_hi) == (seconds(2024, 8, 1), seconds(2024, 9, 1) - 1)
    assert (date.end_lo, date.end_hi) == (seconds(2024, 10, 5), seconds(2024, 10, 6) - 1)


@pytest.mark.parametrize(
    ("edtf", "known", "states"),
    [
        ("../1985", (False, False, True, True), ("open", "known")),
        ("1985/..", (True, True, False, False), ("known", "open")),
        ("1985-04/", (True, True, False, False), ("known", "unknown")),
        ("/2005", (False, False, True, True), ("unknown", "known")),
        ("[..1985]", (False, True, False, True), ("open", "known")),
        ("[1985..]", (True, False, True, False), ("known", "open")),
    ],
)
def test_open_and_unknown_sides_have_no_bound(
    edtf: str, known: tuple[bool, ...], states: tuple[str, str]
) -> None:
    date = from_edtf(edtf)
    bounds = (date.start_lo, date.start_hi, date.end_lo, date.end_hi)
    assert tuple(bound is not None for bound in bounds) == known
    assert (date.earliest_state, date.latest_state) == states
    assert date.is_dated


def test_a_wording_that_is_not_understood_is_kept_without_a_meaning() -> None:
    date = unread_date("soon after")
    assert (date.text, date.edtf, date.is_dated) == ("soon after", None, False)
    assert bounds_text(date) == ("unknown", "unknown")


@given(st.integers(seconds(-9999), seconds(10000) - 1))
def test_any_day_of_four_digits_is_read_as_that_day(at: int) -> None:
    date = read_date(iso_day(at))
    midnight = at // DAY * DAY
    assert (date.earliest, date.latest) == (midnight, midnight + DAY - 1)
    assert bounds_text(date) == (iso_day(at), iso_day(at))


@given(
    st.dates(), st.sampled_from(["{d} {m} {y:04d}", "{m} {d}, {y:04d}", "{d:02d} {m} {y:04d}"]), st.booleans()
)
def test_written_out_days_are_the_same_days(day: Any, form: str, is_french: bool) -> None:
    month = (FRENCH if is_french else ENGLISH)[day.month - 1]
    assert read_date(form.format(d=day.day, m=month, y=day.year)).edtf == day.isoformat()


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        date = read_date(text)
    except DateError:
        return
    assert date.edtf is not None
    assert from_edtf(date.edtf, text=date.text) == date


@pytest.mark.skipif(not SEED.exists(), reason="the real input is not beside the project")
def test_the_real_input_means_what_it_says() -> None:
    bundle = json.loads(SEED.read_text(encoding="utf-8"))
    whens = [event["when"] for event in bundle["events"] if event.get("when")]
    assert whens
    for when in whens:
        date = from_edtf(when["edtf"], text=when["text"])
        assert (date.text, bounds_text(date)) == (when["text"], (when["earliest"], when["latest"]))


@pytest.mark.parametrize("reference", ["199X", "2023/2025", "[..2025-03]", "2024-08/..", "XXXX-03"])
def test_a_reference_that_does_not_tell_a_year_completes_nothing(reference: str) -> None:
    stood_at = read_date(reference)
    assert read_date("19 February", reference=stood_at).edtf == "XXXX-02-19"
    with pytest.raises(DateError, match="date of its source"):
        read_date("yesterday", reference=stood_at)


@pytest.mark.parametrize(("reference", "edtf"), [("2024", "2024-02-19"), ("2024-12/2025-01", "2024-02-19")])
def test_a_reference_of_up_to_a_year_does(reference: str, edtf: str) -> None:
    assert read_date("19 February", reference=read_date(reference)).edtf == edtf
