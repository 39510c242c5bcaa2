from __future__ import annotations

import pytest
from edtf_strings import expressions
from hypothesis import given

from viewer.domain.date_words import describe_date, describe_rules, explain_date
from viewer.domain.dates import DateError, from_edtf, read_date, unread_date

REFERENCE = from_edtf("2025-03-10")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[2025-02-01..2025-02-07]", "1–7 Feb 2025, some day within"),
        ("19 Feb 2025", "19 Feb 2025"),
        ("2024-10", "Oct 2024, some day within"),
        ("2025", "2025, some day within"),
        ("[2025-01..2025-02]", "Jan – Feb 2025, some day within"),
        ("[2024-12..2025-02]", "Dec 2024 – Feb 2025, some day within"),
        ("[2025-01-28..2025-02-03]", "28 Jan – 3 Feb 2025, some day within"),
        ("[2024-12-28..2025-01-03]", "28 Dec 2024 – 3 Jan 2025, some day within"),
        ("[2023-40..2024-09]", "Jan 2023 – Sep 2024, some day within"),
        ("[2025-03-04,2025-04-03]", "4 Mar 2025 or 3 Apr 2025"),
        ("[1667,1668,1670..1672]", "1667 or 1668 or 1670–1672, some day within"),
        ("[..1871,1875]", "1871 or earlier or 1875, some day within"),
        ("{1960,1961-12}", "1960 and Dec 1961"),
        ("{2025-01-31,2025-02-01}", "31 Jan 2025 and 1 Feb 2025"),
        ("[..1760-12-03]", "3 Dec 1760 or earlier"),
        ("[..1871]", "1871 or earlier"),
        ("[2022-03..]", "Mar 2022 or later"),
        ("[..2023-40]", "first half of 2023 or earlier"),
        ("2024-08-01/2024-09-05", "1 Aug 2024 – 5 Sep 2024, throughout"),
        ("2004-02-01/2005-02", "1 Feb 2004 – Feb 2005, throughout"),
        ("2024/2024", "2024, throughout"),
        ("2024-21/2024-10", "spring 2024 – Oct 2024, throughout"),
        ("200X/2015", "from 2000–2009 to 2015, throughout"),
        ("../1985-12", "until Dec 1985, throughout"),
        ("1985/..", "from 1985 on, throughout"),
        ("1985~/..", "from about 1985 on, throughout"),
        ("1985-04/", "from Apr 1985, end unknown"),
        ("/2005", "until 2005, start unknown"),
        ("2025-02~", "about Feb 2025, some day within"),
        ("1984?", "1984, some day within, uncertain"),
        ("2004-06-11%", "about 11 Jun 2004, uncertain"),
        ("186X", "1860s, some day within"),
        ("200X", "2000–2009, some day within"),
        ("20XX", "2000–2099, some day within"),
        ("-004X", "50 BC – 41 BC, some day within"),
        ("156X-12-25", "25 Dec 1560 – 25 Dec 1569, some day within"),
        ("1950S2", "about 1900–1999, some day within"),
        ("2024-21", "spring 2024, some day within"),
        ("2011-28", "winter 2011–12, some day within"),
        ("1999-24", "winter 1999–2000, some day within"),
        ("2001-29", "southern spring 2001, some day within"),
        ("2001-30", "southern summer 2001–02, some day within"),
        ("-0077-24", "Dec 78 BC – Feb 77 BC, some day within"),
        ("2023-24", "winter 2023–24, some day within (for the years write 2023/2024)"),
        ("1939-41", "second half of 1939, some day within (for the years write 1939/1941)"),
        ("2024-35", "Q3 2024, some day within"),
        ("2024-38", "May – Aug 2024, some day within"),
        ("2023-40", "first half of 2023, some day within"),
        ("XXXX", "some year"),
        ("XXXX-10", "Oct, year unknown"),
        ("XXXX-02-29", "29 Feb, year unknown"),
        ("XXXX-24?", "winter, year unknown, uncertain"),
        ("XXXX-33", "Q1, year unknown"),
        ("[XXXX-02-11..XXXX-02-20]", "11–20 Feb, year unknown"),
        ("XXXX-12-28/XXXX-01-03", "28 Dec of some year – 3 Jan of some year, throughout"),
        ("-0043", "44 BC, some day within"),
        ("-0043-03-15", "15 Mar 44 BC"),
        ("0014", "14 AD, some day within"),
        ("Y170000002", "170000002, some day within"),
        ("2022-03-03T14:30Z", "3 Mar 2022, 14:30 UTC"),
        ("2022-03-03 14:30", "3 Mar 2022, 14:30"),
        ("2022-03-03T14:30:15+02:00", "3 Mar 2022, 12:30:15 UTC"),
        ("14h on 3 March 2022", "3 Mar 2022, 14:00–14:59"),
        ("19th century", "19th century, some day within"),
        ("21st century", "21st century, some day within"),
        ("12th century", "12th century, some day within"),
    ],
)
def test_description(text: str, words: str) -> None:
    assert describe_date(read_date(text)) == words


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("19 Feb 2025", "on 19 February 2025"),
        ("2024-10", "some day in October 2024"),
        ("2025", "some day in 2025"),
        ("186X", "some day in the 1860s"),
        ("2024-35", "some day in the third quarter of 2024"),
        ("2023-41", "some day in the second half of 2023"),
        ("[2025-02-01..2025-02-07]", "some day from 1 to 7 February 2025"),
        ("[2025-01..2025-02]", "some day from January to February 2025"),
        ("[2025-01-28..2025-02-03]", "some day from 28 January to 3 February 2025"),
        ("[1667,1760-12-03]", "some day in 1667 or on 3 December 1760"),
        ("[2025-01-31,2025-02-01]", "on 31 January 2025 or on 1 February 2025"),
        ("{1960,1961-12}", "in 1960 and in December 1961"),
        ("[..1760-12-03]", "on 3 December 1760 or earlier"),
        ("[2022-03..]", "some day in March 2022 or later"),
        ("2024-08-01/2024-09-05", "throughout, from 1 August 2024 to 5 September 2024"),
        ("2024/2024", "throughout 2024"),
        ("../1985-12", "throughout, until December 1985"),
        ("1985/..", "throughout, from 1985 on"),
        ("1985-04/", "from April 1985, until when is unknown"),
        ("/2005", "until 2005, since when is unknown"),
        ("2025-02%", "some day in February 2025, approximately, uncertain"),
        ("XXXX-10", "some day in October, year unknown"),
        ("XXXX-02-19", "on 19 February, year unknown"),
        ("XXXX-33", "some day in the first quarter of some year"),
        ("2022-03-03T14:30Z", "on 3 March 2022 at 14:30 UTC"),
        ("14h on 3 March 2022", "on 3 March 2022 from 14:00 to 14:59"),
        ("first week of February 2025", "some day from 1 to 7 February 2025; first week by convention"),
        ("last week of June 2024", "some day from 24 to 30 June 2024; last week by convention"),
        (
            "the week of 3 February 2025",
            "some day from 3 to 9 February 2025; weeks run from Monday to Sunday",
        ),
        (
            "late March 2024",
            "some day from 21 to 31 March 2024, approximately; early, mid and late are thirds",
        ),
        (
            "2024-21",
            "some day in spring 2024, from March to May 2024; seasons are those of the north, by months",
        ),
        (
            "19th century",
            "some day in the 19th century, from 1800 to 1899; centuries run from the year 00 to 99",
        ),
        (
            "2023-24",
            (
                "some day in winter 2023–24, from December 2023 to February 2024; "
                "seasons are those of the north, by months"
            ),
        ),
    ],
)
def test_explanation(text: str, sentence: str) -> None:
    assert explain_date(read_date(text)) == sentence


@pytest.mark.parametrize(
    ("text", "language", "rules"),
    [
        ("19 February 2025", "en", ""),
        ("2025-02-19", "en", ""),
        ("H1 2023", "en", ""),
        ("before 1872", "en", ""),
        ("in October", "en", "year taken from 10 March 2025"),
        ("yesterday", "en", "counted from 10 March 2025"),
        ("03/04/2025", "fr", "day before month"),
        ("03/04/2025", "en", "day and month in either order"),
        ("2001-29", "en", "seasons are those of the south, by months"),
        ("early spring 2024", "en", "early, mid and late are thirds; seasons are those of the north, by months"),
        ("first half of March 2023", "en", "the first half of a month ends on the 15th"),
        ("la première semaine de février", "fr", "first week by convention; year taken from 10 March 2025"),
        ("from the first week of May to the second week of June 2024", "en",
         "weeks of a month are its days 1–7, 8–14 …"),
        ("1914-18", "en", "read as years"),
    ],
)  # fmt: skip
def test_rules_that_were_used(text: str, language: str, rules: str) -> None:
    assert describe_rules(read_date(text, reference=REFERENCE, language=language)) == rules


def test_a_vague_reference_is_named_as_it_is() -> None:
    date = read_date("in October", reference=from_edtf("2025-02"))
    assert describe_rules(date) == "year taken from February 2025"


def test_what_was_not_understood() -> None:
    date = unread_date("soon after")
    assert describe_date(date) == explain_date(date) == "not understood: kept as written"
    assert describe_rules(date) == ""


@given(expressions)
def test_every_date_has_words(edtf: str) -> None:
    try:
        date = from_edtf(edtf)
    except DateError:
        return
    assert describe_date(date)
    assert explain_date(date)
    assert "None" not in describe_date(date) + explain_date(date)
    assert "XXXX" not in describe_date(date) + explain_date(date)
