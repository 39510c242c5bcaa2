"""`dateline explain`: how a wording is understood, in the words of the contract."""

from __future__ import annotations

import json
import time

import pytest


@pytest.fixture
def explain(dateline):
    """Explain a text; return what ran and the JSON value that it printed."""

    def run(*arguments):
        ran = dateline("explain", *arguments, "--json")
        return ran, json.loads(ran.out)

    return run


def test_a_date_in_the_contracts_words(explain):
    ran, told = explain("la première semaine de février", "--reference", "2025-03-10", "--language", "fr")
    assert (ran.code, ran.err) == (0, "")
    assert told == {
        "kind": "date",
        "text": "la première semaine de février",
        "edtf": "[2025-02-01..2025-02-07]",
        "earliest": "2025-02-01",
        "latest": "2025-02-07",
        "shape": "point",
        "precision": told["precision"],
        "flags": ["convention"],
        "rule": "R2+R4",
        "readings": [],
        "reference": "2025-03-10",
        "language": "fr",
    }


@pytest.mark.parametrize(
    ("arguments", "edtf", "earliest", "latest", "shape", "flags"),
    [
        (["2025-02"], "2025-02", "2025-02-01", "2025-02-28", "point", []),
        (["../1985"], "../1985", "-inf", "1985-12-31", "span", []),
        (["1985/.."], "1985/..", "1985-01-01", "+inf", "span", []),
        (["1985-04/"], "1985-04/", "1985-04-01", "unknown", "span", []),
        (["{1960,1961-12}"], "{1960,1961-12}", "1960-01-01", "1961-12-31", "set", []),
        (["-0043"], "-0043", "-0043-01-01", "-0043-12-31", "point", []),
        (["Y-17E7"], "Y-17E7", "-170000000-01-01", "-170000000-12-31", "point", []),
        (["2004-06-11%"], "2004-06-11%", "2004-06-11", "2004-06-11", "point", ["approximate", "uncertain"]),
        (["in October", "--language", "en"], "XXXX-10", "unknown", "unknown", "point", []),
        (["early 2025"], "[2025-01..2025-04]", "2025-01-01", "2025-04-30", "point", ["approximate", "convention"]),
        (
            ["14:30 UTC on 3 March 2022"], "2022-03-03T14:30:00Z", "2022-03-03T14:30:00Z", "2022-03-03T14:30:59Z",
            "point", [],
        ),
    ],
)  # fmt: skip
def test_dates(explain, arguments, edtf, earliest, latest, shape, flags):
    ran, told = explain(*arguments)
    assert ran.code == 0
    assert (told["edtf"], told["earliest"], told["latest"]) == (edtf, earliest, latest)
    assert (told["shape"], told["flags"], told["readings"]) == (shape, flags, [])


def test_an_ambiguous_date_names_its_readings(explain):
    ran, told = explain("03/04/2025", "--language", "en")
    assert (ran.code, told["flags"]) == (0, ["ambiguous"])
    assert [(each["edtf"], each["earliest"]) for each in told["readings"]] == [
        ("2025-03-04", "2025-03-04"),
        ("2025-04-03", "2025-04-03"),
    ]
    assert all(each["words"] for each in told["readings"])


def test_a_zone_is_told(explain):
    _, told = explain("2022-03-03T14:30:00+02:00")
    assert told["zone"] == "+02:00"
    assert "zone" not in explain("2022-03-03")[1]


@pytest.mark.parametrize(
    ("arguments", "low", "high", "qualifier", "unit"),
    [
        (["up to 3,000"], None, 3000, "at_most", None),
        (["près de mille", "--language", "fr"], 1000, 1000, "nearly", None),
        (["entre 10 000 et 12 000 soldats", "--language", "fr"], 10000, 12000, "between", "soldats"),
        (["2.5 million people"], 2500000, 2500000, "exact", "people"),
        (["12", "--as", "quantity"], 12, 12, "exact", None),
    ],
)
def test_quantities(explain, arguments, low, high, qualifier, unit):
    ran, told = explain(*arguments)
    assert (ran.code, ran.err) == (0, "")
    assert told == {
        "kind": "quantity", "low": low, "high": high, "qualifier": qualifier, "unit": unit,
        "text": arguments[0], "readings": [],
    }  # fmt: skip
    assert not isinstance(told["low"], float)


def test_an_ambiguous_number_is_not_decided(explain, dateline):
    ran, told = explain("1.500 soldiers", "--as", "quantity")
    assert ran.code == 1
    assert (told["kind"], told["low"], told["high"]) == ("quantity", None, None)
    assert {each["low"] for each in told["readings"]} == {1.5, 1500}
    words = dateline("explain", "1.500 soldiers", "--as", "quantity")
    assert words.code == 1
    assert "1,500" in words.out
    assert "1.5" in words.out


def test_a_number_of_four_digits_is_a_year_unless_a_number_is_asked_for(explain):
    assert explain("1500")[1]["kind"] == "date"
    assert explain("1500", "--as", "quantity")[1]["kind"] == "quantity"
    assert explain("1500 soldiers")[1]["kind"] == "quantity"


def test_in_words(dateline):
    ran = dateline("explain", "early 2025")
    assert (ran.code, ran.err) == (0, "")
    told = dict(line.split(None, 1) for line in ran.out.splitlines())
    assert told["edtf"] == "[2025-01..2025-04]"
    assert (told["earliest"], told["latest"]) == ("2025-01-01", "2025-04-30")
    assert told["flags"] == "approximate, convention"
    assert told["means"]
    assert told["rules"]
    ran = dateline("explain", "up to 3,000 soldiers")
    assert "up to 3,000 soldiers" in ran.out
    assert "reading 2" in dateline("explain", "03/04/2025").out


@pytest.mark.parametrize(
    "text", ["31 June 2024", "soon", "", " ", ".", "-", "[", "9" * 5_000, "٣ مارس", "2025\u202e-02", "a\x00b"]
)
@pytest.mark.parametrize("more", [[], ["--as", "date"], ["--as", "quantity"]], ids=" ".join)
def test_what_cannot_be_read_exits_1_and_says_why(explain, dateline, text, more):
    ran, told = explain(text, *more)
    assert ran.code == 1
    assert (told["kind"], told["text"]) == (None, text)
    assert told["error"]
    assert len(told["error"]) < 1_000
    assert told["at"] is None or 0 <= told["at"][0] < told["at"][1] <= len(text)
    words = dateline("explain", text, *more)
    assert (words.code, words.out) == (1, "")
    assert words.err
    assert not {"\x00", "\u202e"} & set(words.err)


def test_a_caret_points_at_the_word_that_is_not_understood(dateline):
    ran = dateline("explain", "soon in 2025", "--as", "date")
    text, carets = ran.err.splitlines()[-2:]
    assert text == "  soon in 2025"
    assert carets == "  ^^^^"


def test_a_caret_keeps_its_place_behind_what_is_hidden_or_wide(dateline, explain):
    text = "2025년\t\u200f"
    ran = dateline("explain", text, "--as", "date")
    shown, carets = ran.err.splitlines()[-2:]
    assert shown == "  2025년 �"
    assert explain(text, "--as", "date")[1]["at"] == [6, 7]
    assert carets == "  " + " " * 7 + "^"


def test_a_long_text_is_not_printed_again(dateline):
    ran = dateline("explain", "x" * 100_000)
    assert ran.code == 1
    assert len(ran.err) < 1_000
    assert "^" not in ran.err


@pytest.mark.parametrize(
    "text",
    ["9" * 100_000, " " * 100_000, "1" + "0" * 90_000, "Feb " * 20_000, "{" * 50_000, "\u200f" * 60_000],
)
def test_nonsense_is_answered_at_once(explain, text):
    started = time.perf_counter()
    ran, _ = explain(text)
    assert ran.code == 1
    assert time.perf_counter() - started < 1


@pytest.mark.parametrize(
    "more",
    [
        ["--reference", "soon"], ["--reference", "March"], ["--reference", ""], ["--language", "pl"],
        ["--language", "../en"], ["--language", ""], ["--as", "weight"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_options_exit_2(dateline, more):
    ran = dateline("explain", "February", *more)
    assert (ran.code, ran.out) == (2, "")
    assert "Error: " in ran.err


def test_a_language_without_words_names_those_that_have_some(dateline):
    ran = dateline("explain", "w lutym", "--language", "pl")
    assert all(language in ran.err for language in ("en", "fr", "de", "es", "uk", "ru", "ko"))


@pytest.mark.parametrize("tag", ["fr", "fr-FR", "FR", "fr_CA"])
def test_a_language_may_be_a_tag(explain, tag):
    assert explain("03/04/2025", "--language", tag)[1]["edtf"] == "2025-04-03"


def test_a_reference_may_be_as_vague_as_a_month_and_in_its_own_words(explain):
    for reference in ("2025-02", "février 2025", "Feb 2025"):
        _, told = explain("mi-février", "--reference", reference, "--language", "fr")
        assert told["edtf"] == "[2025-02-11..2025-02-20]"
        assert told["reference"] == "2025-02"


@pytest.mark.parametrize("option", ["--from", "--to", "--as-known-on"])
@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("03/04/2025", "2025-03-04 or 2025-04-03"),
        ("2023-24", "2023/2024"),
        ("1985-04/", "both ends"),
        ("XXXX-10", ""),
    ],
)
def test_a_filter_takes_one_date_and_no_guess(made, dateline, option, text, named):
    ran = dateline("list", made, option, text)
    assert (ran.code, ran.out) == (2, "")
    assert f"Invalid value for '{option}'" in ran.err
    assert named in ran.err


def test_a_filter_reads_what_explain_reads(made, dateline):
    period = ["--from", "early February 2025", "--to", "mid-February 2025"]
    same = ["--from", "2025-02-01", "--to", "2025-02-20"]
    assert dateline("list", made, *period) == dateline("list", made, *same)
