from __future__ import annotations

import math
import time
from contextlib import suppress

import pytest
from edtf_strings import calendar_expressions, dates, days, expressions
from hypothesis import assume, given
from hypothesis import strategies as st

from viewer.domain.calendar import MAX_SECONDS, MIN_SECONDS
from viewer.domain.dates import bounds_text, from_edtf
from viewer.domain.edtf import DateError, Expression, parse

# EDTF, earliest, latest, flags: Approximate, Uncertain, Span or Set, Convention, aMbiguous
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
    # the specification's examples that are not above, level by level
    ("2004-02-01/2005-02-08", "2004-02-01", "2005-02-08", "S"),
    ("2004-02-01/2005", "2004-02-01", "2005-12-31", "S"),
    ("2005/2006-02", "2005-01-01", "2006-02-28", "S"),
    ("1985-04-12T23:20:30+04:30", "1985-04-12T18:50:30Z", "1985-04-12T18:50:30Z", ""),
    ("2001-21", "2001-03-01", "2001-05-31", "C"),
    ("2004-06~", "2004-06-01", "2004-06-30", "A"),
    ("1985-04-XX", "1985-04-01", "1985-04-30", ""),
    ("1985-04-12/..", "1985-04-12", "+inf", "S"),
    ("1985-04/..", "1985-04-01", "+inf", "S"),
    ("../1985-04-12", "-inf", "1985-04-12", "S"),
    ("../1985-04", "-inf", "1985-04-30", "S"),
    ("1985-04-12/", "1985-04-12", "unknown", "S"),
    ("1985/", "1985-01-01", "unknown", "S"),
    ("/1985-04-12", "unknown", "1985-04-12", "S"),
    ("/1985-04", "unknown", "1985-04-30", "S"),
    ("/1985", "unknown", "1985-12-31", "S"),
    ("1984?/2004%", "1984-01-01", "2004-12-31", "AUS"),
    ("1984~/2004~", "1984-01-01", "2004-12-31", "AS"),
    ("1984-06?/2004-08?", "1984-06-01", "2004-08-31", "US"),
    ("1984-06-02?/2004-08-08~", "1984-06-02", "2004-08-08", "AUS"),
    ("1984-06-02?/", "1984-06-02", "unknown", "US"),
    ("-1985", "-1985-01-01", "-1985-12-31", ""),
    ("Y-17E7", "-170000000-01-01", "-170000000-12-31", ""),
    ("1950S2", "1900-01-01", "1999-12-31", "A"),
    ("Y171010000S3", "171000000-01-01", "171999999-12-31", "A"),
    ("Y3388E2S3", "338000-01-01", "338999-12-31", "A"),
    ("2001-34", "2001-04-01", "2001-06-30", ""),
    ("[1760-12..]", "1760-12-01", "+inf", ""),
    ("[1760-01,1760-02,1760-12..]", "1760-01-01", "+inf", ""),
    ("[1667,1760-12]", "1667-01-01", "1760-12-31", ""),
    ("[..1984]", "-inf", "1984-12-31", ""),
    ("{1667,1668,1670..1672}", "1667-01-01", "1672-12-31", "S"),
    ("{1960,1961-12}", "1960-01-01", "1961-12-31", "S"),
    ("{..1984}", "-inf", "1984-12-31", "S"),
    ("2004-06~-11", "2004-06-11", "2004-06-11", "A"),
    ("2004?-06-11", "2004-06-11", "2004-06-11", "U"),
    ("?2004-06-~11", "2004-06-11", "2004-06-11", "AU"),
    ("2004-%06-11", "2004-06-11", "2004-06-11", "AU"),
    ("156X-12-25", "1560-12-25", "1569-12-25", ""),
    ("15XX-12-25", "1500-12-25", "1599-12-25", ""),
    ("XXXX-12-XX", "unknown", "unknown", ""),
    ("1XXX-XX", "1000-01-01", "1999-12-31", ""),
    ("1XXX-12", "1000-12-01", "1999-12-31", ""),
    ("1984-1X", "1984-10-01", "1984-12-31", ""),
    ("2004-06-~01/2004-06-~20", "2004-06-01", "2004-06-20", "AS"),
    ("2004-06-XX/2004-07-03", "2004-06-01", "2004-07-03", "S"),
    # digits left open anywhere: the first and the last day that exist
    ("1560-XX-25", "1560-01-25", "1560-12-25", ""),
    ("2023-XX-31", "2023-01-31", "2023-12-31", ""),
    ("2023-X2-30", "2023-12-30", "2023-12-30", ""),
    ("2023-X4-30", "2023-04-30", "2023-04-30", ""),
    ("2025-0X", "2025-01-01", "2025-09-30", ""),
    ("2024-02-2X", "2024-02-20", "2024-02-29", ""),
    ("2023-02-2X", "2023-02-20", "2023-02-28", ""),
    ("2023-01-3X", "2023-01-30", "2023-01-31", ""),
    ("2023-01-0X", "2023-01-01", "2023-01-09", ""),
    ("202X-02-29", "2020-02-29", "2028-02-29", ""),
    ("19XX-02-29", "1904-02-29", "1996-02-29", ""),
    ("2XXX", "2000-01-01", "2999-12-31", ""),
    ("2X25", "2025-01-01", "2925-12-31", ""),
    ("XX25", "0025-01-01", "9925-12-31", ""),
    ("-000X-02-29", "-0008-02-29", "-0004-02-29", ""),
    ("-000X", "-0009-01-01", "-0001-12-31", ""),
    ("20XX-24", "2000-12-01", "2100-02-28", "C"),
    # a year that is not known at all
    ("XXXX", "unknown", "unknown", ""),
    ("XXXX-10", "unknown", "unknown", ""),
    ("XXXX-02-29", "unknown", "unknown", ""),
    ("XXXX-24", "unknown", "unknown", "C"),
    ("XXXX-10?", "unknown", "unknown", "U"),
    ("-XXXX", "unknown", "unknown", ""),
    ("XXXX-10/2004", "unknown", "2004-12-31", "S"),
    ("XXXX-12-28/XXXX-01-03", "unknown", "unknown", "S"),
    ("XXXX-10/..", "unknown", "+inf", "S"),
    ("[XXXX-02-11..XXXX-02-20]", "unknown", "unknown", ""),
    ("[..1960,XXXX-10]", "-inf", "unknown", ""),
    ("{1960,XXXX-10}", "unknown", "unknown", "S"),
    # years by number
    ("Y12345", "12345-01-01", "12345-12-31", ""),
    ("Y1E5", "100000-01-01", "100000-12-31", ""),
    ("Y-17E7/..", "-170000000-01-01", "+inf", "S"),
    ("Y290000000000", "290000000000-01-01", "290000000000-12-31", ""),
    ("Y29E10", "290000000000-01-01", "290000000000-12-31", ""),
    ("1950S4", "1950-01-01", "1950-12-31", "A"),
    ("1950S3", "1950-01-01", "1959-12-31", "A"),
    ("1950S1", "1000-01-01", "1999-12-31", "A"),
    ("-1950S2", "-1999-01-01", "-1900-12-31", "A"),
    ("0044S1", "0040-01-01", "0049-12-31", "A"),
    ("1950S2?", "1900-01-01", "1999-12-31", "AU"),
    ("1950S2/1980", "1900-01-01", "1980-12-31", "AS"),
    # qualifiers on components, in intervals and sets
    ("2011-~06-~04", "2011-06-04", "2011-06-04", "A"),
    ("2004~-06", "2004-06-01", "2004-06-30", "A"),
    ("2004-?06-11", "2004-06-11", "2004-06-11", "U"),
    ("?-0043-~03", "-0043-03-01", "-0043-03-31", "AU"),
    ("~1985", "1985-01-01", "1985-12-31", "A"),
    ("%Y17000", "17000-01-01", "17000-12-31", "AU"),
    ("2011-23~", "2011-09-01", "2011-11-30", "AC"),
    ("[1984~,1985]", "1984-01-01", "1985-12-31", "A"),
    ("[1985?..]", "1985-01-01", "+inf", "U"),
    ("[2025-01-01~..2025-01-10~]", "2025-01-01", "2025-01-10", "A"),
    ("{1984}", "1984-01-01", "1984-12-31", "S"),
    ("[2024-03..2024]", "2024-03-01", "2024-12-31", ""),
    ("[2024..2024-03]", "2024-01-01", "2024-03-31", ""),
    ("2024/2024-03", "2024-01-01", "2024-03-31", "S"),
    ("{1672,1960..}", "1672-01-01", "+inf", "S"),
]  # fmt: skip

# code, its first and last day in 2023, precision, whether its bounds are our convention
PARTS_OF_YEAR = [
    ("21", "2023-03-01", "2023-05-31", "season", True),
    ("22", "2023-06-01", "2023-08-31", "season", True),
    ("23", "2023-09-01", "2023-11-30", "season", True),
    ("24", "2023-12-01", "2024-02-29", "season", True),
    ("25", "2023-03-01", "2023-05-31", "season", True),
    ("26", "2023-06-01", "2023-08-31", "season", True),
    ("27", "2023-09-01", "2023-11-30", "season", True),
    ("28", "2023-12-01", "2024-02-29", "season", True),
    ("29", "2023-09-01", "2023-11-30", "season", True),
    ("30", "2023-12-01", "2024-02-29", "season", True),
    ("31", "2023-03-01", "2023-05-31", "season", True),
    ("32", "2023-06-01", "2023-08-31", "season", True),
    ("33", "2023-01-01", "2023-03-31", "quarter", False),
    ("34", "2023-04-01", "2023-06-30", "quarter", False),
    ("35", "2023-07-01", "2023-09-30", "quarter", False),
    ("36", "2023-10-01", "2023-12-31", "quarter", False),
    ("37", "2023-01-01", "2023-04-30", "season", False),
    ("38", "2023-05-01", "2023-08-31", "season", False),
    ("39", "2023-09-01", "2023-12-31", "season", False),
    ("40", "2023-01-01", "2023-06-30", "half-year", False),
    ("41", "2023-07-01", "2023-12-31", "half-year", False),
]


def flags_of(edtf: str) -> set[str]:
    date = from_edtf(edtf)
    flags = {
        "A": date.approximate,
        "U": date.uncertain,
        "S": date.shape in ("span", "set"),
        "C": date.convention,
        "M": date.ambiguous,
    }
    return {flag for flag, is_set in flags.items() if is_set}


@pytest.mark.parametrize(("edtf", "earliest", "latest", "flags"), READINGS)
def test_expression_means_its_bounds(edtf: str, earliest: str, latest: str, flags: str) -> None:
    assert bounds_text(from_edtf(edtf)) == (earliest, latest)
    assert flags_of(edtf) == set(flags)
    assert from_edtf(edtf).edtf == edtf


@pytest.mark.parametrize(("code", "earliest", "latest", "precision", "convention"), PARTS_OF_YEAR)
def test_part_of_a_year(code: str, earliest: str, latest: str, precision: str, convention: bool) -> None:
    date = from_edtf(f"2023-{code}")
    assert bounds_text(date) == (earliest, latest)
    assert (date.precision, date.convention) == (precision, convention)


@pytest.mark.parametrize(
    ("edtf", "ambiguous"),
    [
        ("2023-24", True), ("1939-41", True), ("2021-22", True), ("2011-21", True), ("2019-21", True),
        ("2024-21", False), ("2024-35", False), ("2001-29", False), ("2010-21", False), ("2024-24", False),
        ("-2023-24", False), ("202X-24", False), ("2023-12", False), ("2023-24~", True),
        ("2023-~24", False), ("?2023-24", False), ("2023-24/2024-10", False), ("[2023-24,2025]", False),
    ],
)  # fmt: skip
def test_a_part_of_a_year_that_reads_like_a_second_year_is_ambiguous(edtf: str, ambiguous: bool) -> None:
    assert from_edtf(edtf).ambiguous is ambiguous


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        (" 2025-02 ", "2025-02"),
        ("[1667, 1668 ,1670..1672]", "[1667,1668,1670..1672]"),
        ("2004-06 / 2006-08", "2004-06/2006-08"),
        ("1985-04 / ..", "1985-04/.."),
        ("/ 1985", "/1985"),
        ("{ 1960 ,1961-12 }", "{1960,1961-12}"),
        ("[ .. 1984 ]", "[..1984]"),
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
        ("156X-12-25", "decade"), ("15XX-12", "century"), ("1560-XX-25", "year"), ("1984-1X", "year"),
        ("2025-02-1X", "month"), ("2X25", "century"), ("1XXX", "century"), ("XXXX", "year"),
        ("XXXX-10", "month"), ("XXXX-02-19", "day"), ("XXXX-24", "season"), ("20XX-24", "century"),
        ("1950S4", "year"), ("1950S3", "decade"), ("1950S2", "century"), ("Y3388E2S3", "century"),
        ("{1960,1961-34}", "year"), ("[2024-33,2024-05]", "quarter"),
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
        "Y1985", "Y01985", "Y", "Y0", "Y-", "Y290000000001", "Y-290000000001", "Y999999999999999999",
        "Y12345-01", "12345", "Y1E12", "Y3E11", "Y1E999999", "Y-1E99999999999999999", "Y0E5", "Y17E", "Y17E-3",
        "1985E2", "1985S", "1985S0", "1985S5", "0044S3", "1985S100", "198XS2", "1985-01S2", "Y290000000000S1",
        "-0000", "-0000-01", "-0000S2", "-0000-24",
        "1985-00", "1985-13", "1985-20", "1985-42", "1985-99", "1985-21-05", "1985-41-XX",
        "1985-02-29", "2024-02-30", "1985-01-00", "1985-04-31", "1985-01-32", "1985-XX-32", "1985-XX-00",
        "2004-02-3X", "2023-02-29", "202X-02-30", "XXXX-02-30", "2X25-02-29", "2023-X4-31", "2025-2X", "2025-4X",
        "2025-01-4X", "1985-X0-00",
        "1985-04-12T24:00:00", "1985-04-12T23:60:00", "1985-04-12T23:20:60", "1985-04-31T10:00:00",
        "1985-04-12T23:20:30+24:00", "1985-04-12T23:20:30+04:60", "1985-04-12T23:20:30 Z",
        "1985-04-12 23:20:30", "1985-04-12T23:20:30Z?", "1985-04-1XT23:20:30", "1985-21-01T23:20:30",
        "XXXXX", "XXX", "X985X", "X", "1985-X", "1985-XX-X", "201x", "19uu",
        "1985??", "?~1985", "1985?~", "1985-?", "?", "1985-04?-", "(1985)?", "1985-(04)~",
        "19/02/2025", "1985/1984", "1985-05/1985-04", "../..", "/", "../", "/..", "//", "1985//1986",
        "1985/1986/1987", "1985/soon", "2022-03-03T14:30:00Z/2022-03-04", "1985..1986", "1985,1986",
        "unknown/1985", "1985/open",
        "[]", "[", "{", "{}", "[..]", "{..}", "[1985", "1985]", "[1985}", "{1985]", "[1985,]", "[,1985]",
        "[1985..1984]", "[1984..1985..1986]", "[1984,..1985]", "[1984..,1985]", "[..1984,1985..]", "[[1984]]",
        "[1984/1985]", "[1984]/1985", "{[1984],1985}", "[1984 1985]", "[1984...1985]", "[2022-03-03T14:30:00]",
        "١٩٨٥", "1985\x00", "1985\n1986", "[1985..1986]/1987",
    ],
)  # fmt: skip
def test_what_is_not_edtf_is_refused_with_a_message(edtf: str) -> None:
    with pytest.raises(DateError) as refusal:
        from_edtf(edtf)
    assert str(refusal.value).endswith(".")


@pytest.mark.parametrize(
    ("edtf", "reason", "where"),
    [
        ("2024-02-30", "February 2024 has 29 days, there is no day 30", "30"),
        ("-0001-02-29", "February -0001 has 28 days, there is no day 29", "29"),
        ("2004-02-3X", "February 2004 has 29 days, there is no day 3X", "3X"),
        ("202X-02-30", "In 202X, February has at most 29 days, there is no day 30", "30"),
        ("2X25-02-29", "In 2X25, February has at most 28 days, there is no day 29", "29"),
        ("2023-XX-32", "A month has at most 31 days, there is no day 32", "32"),
        ("2024-13", "13 is neither a month", "13"),
        ("2025-2X-01", "2X is neither a month", "2X"),
        ("2024-21-05", "21 is a part of the year", "05"),
        ("-0000-01", "1 BC is written 0000", "-0000"),
        ("2024-02-19T10:61:00", "00:00:00 to 23:59:59", "61"),
        ("2024-02-19T24:00:00", "Midnight is 00:00:00", "24"),
        ("2024-02-19T10:00:00+25:00", "zone to", "25"),
        ("Y290000000001", "Years reach from", "Y290000000001"),
        ("Y1E999999999", "Years reach from", "Y1E999999999"),
        ("Y1985", "written without Y", "Y1985"),
        ("1985S5", "5 digits count, but the year has 4", "5"),
        ("2024-03/2024-02", "2024-03/2024-02 ends before it begins", "2024-03/2024-02"),
        ("2024-03/2024-02-30", "29 days", "30"),
        ("[2023, 2024-13..]", "13 is neither", "13"),
        ("{2023,2025..2024}", "2025..2024 ends before it begins", "2025..2024"),
    ],
)
def test_refusal_says_what_is_wrong_and_where(edtf: str, reason: str, where: str) -> None:
    with pytest.raises(DateError) as refusal:
        parse(edtf)
    assert reason in str(refusal.value)
    assert refusal.value.at is not None
    start, end = refusal.value.at
    assert (edtf[start:end], edtf[:start].count(where)) == (where, edtf.count(where) - 1)


@pytest.mark.parametrize(
    "text", ["", "soon", "19 February 2025", "1985-4", "85", "03/04/2025", "2-3 May 2024", "14:30", "[soon]"]
)
def test_what_does_not_look_like_edtf_is_left_to_others(text: str) -> None:
    assert parse(text) is None


def test_a_set_has_at_most_a_hundred_members() -> None:
    years = [f"{year}" for year in range(1900, 2001)]
    assert parse(f"[{','.join(years[:100])}]") is not None
    with pytest.raises(DateError, match="at most 100 members"):
        parse(f"[{','.join(years)}]")


@pytest.mark.parametrize(
    "text",
    [
        "5" * 100_000, "Y" + "5" * 100_000, "Y1E" + "5" * 100_000, "1985S" + "5" * 100_000, " " * 1_000_000,
        " " * 1_000_000 + "/", "[" + " " * 1_000_000 + "]", "[" + "1985," * 100_000 + "1985]", "/" * 100_000,
        "1985-" * 100_000, "[" * 100_000, "." * 100_000 + "/", "X" * 100_000, "?" * 100_000,
    ],
)  # fmt: skip
def test_a_text_of_any_length_is_refused_at_once(text: str) -> None:
    began = time.perf_counter()
    with suppress(DateError):
        assert parse(text) is None
    assert time.perf_counter() - began < 0.05


def test_a_year_that_is_not_known_leaves_its_side_without_a_bound() -> None:
    expression = parse("XXXX-10/2004")
    assert expression is not None
    assert (expression.first, expression.first_state, expression.last_state) == (None, "unknown", "known")
    unknown = expression.extents[0]
    assert (unknown.text, unknown.lo, unknown.hi) == ("XXXX-10", None, None)
    assert not from_edtf("XXXX-10").is_dated


def read_or_refusal(edtf: str) -> Expression | str | None:
    try:
        return parse(edtf)
    except DateError as refusal:
        return str(refusal)


def bounds(expression: Expression) -> tuple[float, float]:
    """Return the outer seconds; a side that is open or unknown reaches farther than any other."""
    first, last = expression.first, expression.last
    return (
        -math.inf if first is None or first.lo is None else first.lo,
        math.inf if last is None or last.hi is None else last.hi,
    )


@given(expressions)
def test_canonical_words_mean_the_same_and_bounds_are_in_order(edtf: str) -> None:
    expression = read_or_refusal(edtf)
    if isinstance(expression, str):
        # Drawn ends may be in the wrong order or both open; nothing else may be refused.
        assert "ends before it begins" in expression or "open on both sides" in expression
        return
    assert expression is not None
    assert parse(expression.text) == expression
    date = from_edtf(edtf)
    assert from_edtf(expression.text) == date
    for lo, hi in ((date.earliest, date.latest), (date.start_lo, date.start_hi), (date.end_lo, date.end_hi)):
        assert lo is None or hi is None or lo <= hi
    earliest, latest = bounds(expression)
    assert earliest <= latest
    for extent in expression.extents:
        assert (extent.lo is None) is (extent.hi is None)
        if extent.lo is not None and extent.hi is not None:
            assert MIN_SECONDS < extent.lo <= extent.hi < MAX_SECONDS


@given(st.text(alphabet="0129XYES-/.[],?~%TZ:+ {}", max_size=24) | st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    expression = read_or_refusal(text)
    if isinstance(expression, Expression):
        assert parse(expression.text) == expression


@given(calendar_expressions, st.data())
def test_a_digit_left_open_never_narrows_the_bounds(edtf: str, data: st.DataObject) -> None:
    digits = [place for place, letter in enumerate(edtf) if letter.isdecimal()]
    assume(digits)
    at = data.draw(st.sampled_from(digits))
    said, blurred = read_or_refusal(edtf), read_or_refusal(f"{edtf[:at]}X{edtf[at + 1 :]}")
    assume(isinstance(said, Expression))
    assert isinstance(said, Expression)
    assert isinstance(blurred, Expression)
    assert bounds(blurred)[0] <= bounds(said)[0]
    assert bounds(blurred)[1] >= bounds(said)[1]


@given(dates, st.sampled_from("?~%"), st.booleans())
def test_a_qualifier_never_moves_a_bound(date: str, qualifier: str, is_before: bool) -> None:
    qualified = parse(f"{qualifier}{date}" if is_before else f"{date}{qualifier}")
    plain = parse(date)
    assume(qualified is not None)  # it may have one there already
    assert plain is not None
    assert qualified is not None
    assert bounds(qualified) == bounds(plain)
    assert all(extent.approximate or extent.uncertain for extent in qualified.extents)


@given(days)
def test_a_day_is_itself(day: str) -> None:
    assert bounds_text(from_edtf(day)) == (day, day)
