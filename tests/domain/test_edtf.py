from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.calendar import MAX_YEAR, days_in_month
from viewer.domain.dates import DateError, FuzzyDate, bounds_text, from_edtf

# EDTF, earliest, latest, flags: Approximate, Uncertain, Span, Convention, aMbiguous
READINGS = [
    ("1985-04-12", "1985-04-12", "1985-04-12", ""),
    ("1985-04", "1985-04-01", "1985-04-30", ""),
    ("1985", "1985-01-01", "1985-12-31", ""),
    ("2025-02", "2025-02-01", "2025-02-28", ""),
    ("0000", "0000-01-01", "0000-12-31", ""),
    ("-0043", "-0043-01-01", "-0043-12-31", ""),
    ("-0043-03-15", "-0043-03-15", "-0043-03-15", ""),
    ("1964/2008", "1964-01-01", "2008-12-31", "S"),
    ("2004-06/2006-08", "2004-06-01", "2006-08-31", "S"),
    ("2004-02-01/2005-02", "2004-02-01", "2005-02-28", "S"),
    ("2025-02~", "2025-02-01", "2025-02-28", "A"),
    ("1984?", "1984-01-01", "1984-12-31", "U"),
    ("2004-06-11%", "2004-06-11", "2004-06-11", "AU"),
    ("1984~/2004-06", "1984-01-01", "2004-06-30", "AS"),
    ("2004-06-11%/2004-06?", "2004-06-11", "2004-06-30", "AUS"),
    ("20XX", "2000-01-01", "2099-12-31", ""),
    ("201X", "2010-01-01", "2019-12-31", ""),
    ("186X~", "1860-01-01", "1869-12-31", "A"),
    ("-004X", "-0049-01-01", "-0040-12-31", ""),
    ("-01XX", "-0199-01-01", "-0100-12-31", ""),
    ("2004-XX", "2004-01-01", "2004-12-31", ""),
    ("1985-XX-XX", "1985-01-01", "1985-12-31", ""),
    ("2004-02-XX", "2004-02-01", "2004-02-29", ""),
    ("2024-21", "2024-03-01", "2024-05-31", "C"),
    ("2024-22?", "2024-06-01", "2024-08-31", "CU"),
    ("2001-23", "2001-09-01", "2001-11-30", "C"),
    ("2001-24", "2001-12-01", "2002-02-28", "C"),
    ("2023-24", "2023-12-01", "2024-02-29", "CM"),
    ("-0077-24", "-0077-12-01", "-0076-02-29", "C"),
    ("2021-22", "2021-06-01", "2021-08-31", "CM"),
    ("../1985", "-inf", "1985-12-31", "S"),
    ("1985/..", "1985-01-01", "+inf", "S"),
    ("1985-04/", "1985-04-01", "unknown", "S"),
    ("/2005", "unknown", "2005-12-31", "S"),
    ("Y170000002", "170000002-01-01", "170000002-12-31", ""),
    ("Y-170000002", "-170000002-01-01", "-170000002-12-31", ""),
    ("Y12345/..", "12345-01-01", "+inf", "S"),
    ("[1667,1668,1670..1672]", "1667-01-01", "1672-12-31", ""),
    ("[1672,1667]", "1667-01-01", "1672-12-31", ""),
    ("[..1760-12-03]", "-inf", "1760-12-03", ""),
    ("[1951..]", "1951-01-01", "+inf", ""),
    ("[..1871,1875]", "-inf", "1875-12-31", ""),
    ("[1875,1880..]", "1875-01-01", "+inf", ""),
    ("[2025-02-01..2025-02-07]", "2025-02-01", "2025-02-07", ""),
    ("[2025-01..2025-02]", "2025-01-01", "2025-02-28", ""),
    ("[2025-01-31,2025-02-01]", "2025-01-31", "2025-02-01", ""),
    ("[1990..1993]", "1990-01-01", "1993-12-31", ""),
    ("1985-04-12T23:20:30", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", ""),
    ("1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30Z", ""),
    ("2022-03-03T14:30:00+02:00", "2022-03-03T12:30:00Z", "2022-03-03T12:30:00Z", ""),
    ("1985-04-12T23:20:30-04:30", "1985-04-13T03:50:30Z", "1985-04-13T03:50:30Z", ""),
]  # fmt: skip


def flags_of(edtf: str) -> set[str]:
    date = from_edtf(edtf)
    flags = {
        "A": date.approximate,
        "U": date.uncertain,
        "S": date.shape == "span",
        "C": date.convention,
        "M": date.ambiguous,
    }
    return {flag for flag, is_set in flags.items() if is_set}


@pytest.mark.parametrize(("edtf", "earliest", "latest", "flags"), READINGS)
def test_expression_means_its_bounds(edtf: str, earliest: str, latest: str, flags: str) -> None:
    assert bounds_text(from_edtf(edtf)) == (earliest, latest)
    assert flags_of(edtf) == set(flags)
    assert from_edtf(edtf).edtf == edtf


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (" 2025-02 ", "2025-02"),
        ("[1667, 1668 ,1670..1672]", "[1667,1668,1670..1672]"),
        ("1985-04-12T23:20:30-04", "1985-04-12T23:20:30-04:00"),
        ("1985-04-12T23:20:30+00:00", "1985-04-12T23:20:30Z"),
        ("２０２５", "2025"),
    ],
)
def test_canonical_words(written: str, canonical: str) -> None:
    assert from_edtf(written).edtf == canonical


@pytest.mark.parametrize(
    ("edtf", "precision"),
    [
        ("2022-03-03T14:30:00Z", "second"), ("2025-02-19", "day"), ("2025-02", "month"),
        ("2025-02-XX", "month"), ("2024-21", "season"), ("2025", "year"),
        ("2004-XX", "year"), ("186X", "decade"), ("18XX", "century"),
        ("[2025-01..2025-02]", "month"), ("2004-02-01/2005-02", "month"), ("[1667,1668-12-03]", "year"),
    ],
)  # fmt: skip
def test_precision_is_the_coarsest_that_is_stated(edtf: str, precision: str) -> None:
    assert from_edtf(edtf).precision == precision


@pytest.mark.parametrize(("edtf", "zone"), [("Z", "UTC"), ("+02:00", "+02:00"), ("", None)])
def test_a_zone_is_kept_as_stated(edtf: str, zone: str | None) -> None:
    assert from_edtf(f"2022-03-03T14:30:00{edtf}").zone == zone


@pytest.mark.parametrize(
    "edtf",
    [
        "", " ", "soon", "85", "198", "19850412", "1985-4", "1985-04-1", "+1985", "1985-04-12T23:20",
        "Y1985", "Y01985", "Y", "Y290000000001", "Y-290000000001", "Y999999999999999999", "Y1E5",
        "-0000", "-0000-01",
        "1985-00", "1985-13", "1985-20", "1985-25", "1985-41", "1985-21-05", "1985-02-29", "2024-02-30",
        "1985-01-00",
        "1985-04-12T24:00:00", "1985-04-12T23:60:00", "1985-04-12T23:20:60", "1985-04-31T10:00:00",
        "1985-04-12T23:20:30+24:00", "1985-04-12T23:20:30 Z", "1985-04-12 23:20:30", "1985-04-12T23:20:30Z?",
        "2X25", "20X5", "XX25", "20XX-02", "2025-X2", "2025-02-1X", "2025-XX-01", "XXXX-XX-19",
        "1985??", "?1985", "1985-?04", "~1985", "19/02/2025", "1985/1984", "1985-05/1985-04",
        "../..", "/", "../", "/..",
        "1985/1986/1987", "1985/soon", "2022-03-03T14:30:00Z/2022-03-04",
        "[]", "[..]", "[1985", "1985]", "[1985,]", "[,1985]", "[1985..1984]", "[1984~,1985]", "[1985?..]",
        "[1984..1985..1986]", "[1984,..1985]", "[1984..,1985]", "[..1984,1985..]", "[[1984]]",
        "{1984}", "[1984/1985]",
        "١٩٨٥", "1985\x00", "1985\n1986", "[1985..1986]/1987",
    ],
)  # fmt: skip
def test_what_is_not_edtf_is_refused_with_a_message(edtf: str) -> None:
    with pytest.raises(DateError) as refusal:
        from_edtf(edtf)
    assert str(refusal.value).endswith(".")


def test_refusal_says_what_is_wrong() -> None:
    with pytest.raises(DateError, match="February 2024 has 29 days"):
        from_edtf("2024-02-30")
    with pytest.raises(DateError, match="neither a month"):
        from_edtf("2024-13")
    with pytest.raises(DateError, match="ends before it begins"):
        from_edtf("2024-03/2024-02")


QUALIFIERS = st.sampled_from(["", "?", "~", "%"])
YEARS = st.integers(-9999, 9999).map(lambda y: f"{'-' if y < 0 else ''}{abs(y):04d}")


@st.composite
def days(draw: st.DrawFn) -> str:
    year = draw(st.integers(-9999, 9999))
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, days_in_month(year, month)))
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"


PLAIN = st.one_of(
    YEARS,
    days(),
    st.builds("{}-{:02d}".format, YEARS, st.integers(1, 12) | st.integers(21, 24)),
    st.builds("{}-{}".format, YEARS, st.sampled_from(["XX", "XX-XX", "02-XX"])),
    st.builds("{:02d}XX".format, st.integers(0, 99)),
    st.builds("{:03d}X".format, st.integers(0, 999)),
    st.integers(10_000, MAX_YEAR).flatmap(lambda y: st.sampled_from([f"Y{y}", f"Y-{y}"])),
)
QUALIFIED = st.builds("{}{}".format, PLAIN, QUALIFIERS)
ENDS = QUALIFIED | st.sampled_from(["", ".."])
MEMBERS = PLAIN | st.builds("{}..{}".format, PLAIN, PLAIN)
EXPRESSIONS = st.one_of(
    QUALIFIED,
    st.builds("{}/{}".format, ENDS, ENDS),
    st.lists(MEMBERS, min_size=1, max_size=4).map(lambda members: f"[{', '.join(members)}]"),
    st.builds("[..{}]".format, PLAIN),
    st.builds("[{}..]".format, PLAIN),
    st.builds("{}T{:02d}:{:02d}:{:02d}{}".format, days(), st.integers(0, 23), st.integers(0, 59),
              st.integers(0, 59), st.sampled_from(["", "Z", "+02:00", "-11", "+00:00"])),
)  # fmt: skip


def read_or_refusal(edtf: str) -> FuzzyDate | str:
    try:
        return from_edtf(edtf)
    except DateError as refusal:
        return str(refusal)


@given(EXPRESSIONS)
def test_canonical_words_mean_the_same_and_bounds_are_in_order(edtf: str) -> None:
    date = read_or_refusal(edtf)
    if isinstance(date, str):
        # Drawn ends may be in the wrong order or both open; nothing else may be refused.
        assert "ends before it begins" in date or "open on both sides" in date
        return
    assert date.edtf is not None
    assert from_edtf(date.edtf) == date
    assert date.is_dated
    for lo, hi in ((date.earliest, date.latest), (date.start_lo, date.start_hi), (date.end_lo, date.end_hi)):
        assert lo is None or hi is None or lo <= hi


@given(st.text(alphabet="0129XY-/.[],?~%TZ:+ {}", max_size=24) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    date = read_or_refusal(text)
    if isinstance(date, str):
        return
    assert date.edtf is not None
    assert from_edtf(date.edtf) == date


@given(days(), QUALIFIERS)
def test_qualifiers_never_move_bounds(day: str, qualifier: str) -> None:
    assert bounds_text(from_edtf(day + qualifier)) == bounds_text(from_edtf(day)) == (day, day)
