"""Dates in the bundle: how a wording was read comes back with it, and stays when rules change."""

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from builders import raw_event, raw_source
from bundle_reading import exported_anew, named, read, rewritten
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import EDTF, WORDINGS, dates
from record_strategies import read as read_wording

from viewer.domain.dates import DateError, from_edtf, read_date
from viewer.domain.restating import restated
from viewer.formats.bundle_dates import date_json


def through(when):
    """A date as JSON, read as that of an event; without problems."""
    incoming = read(events=[raw_event(when=when)])
    assert incoming.problems == []
    return incoming.events[0].event.when


def whole(date):
    """All that is known of a date; of one that no rules read, neither their version, nor how EDTF came in."""
    stated = date.rule in (None, "EDTF")
    return {
        **asdict(date),
        "rule": None if stated and date.text is None else date.rule,
        "parser_version": None if stated else date.parser_version,
    }


@settings(max_examples=300)
@given(dates)
def test_reading_a_date_is_the_inverse_of_writing_it(date):
    assert whole(through(date_json(date))) == whole(date)


@given(
    st.text(max_size=30) | st.sampled_from([text for text, _, _ in WORDINGS]),
    st.none() | st.sampled_from(["2025-02", "2025-03-10"]),
    st.sampled_from([None, "en", "fr", "de"]),
)
def test_whatever_can_be_read_can_be_written(text, reference, language):
    try:
        date = read_date(text, reference=reference and from_edtf(reference), language=language)
    except DateError:
        return
    assert whole(through(date_json(date))) == whole(date)


@pytest.mark.parametrize("edtf", EDTF)
def test_what_the_edtf_says_itself_is_not_said_twice(edtf):
    assert date_json(from_edtf(edtf)).keys() == {"edtf", "earliest", "latest"}


@pytest.mark.parametrize(
    ("wording", "more"),
    [
        (("19 February 2025", None, None), {}),
        (("circa 1860s", None, None), {}),
        (("early 2025", None, None), {"flags": ["approximate", "convention"], "rule": "R1", "parser": 2}),
        (
            ("Début janvier", "2025-02", "fr"),
            {
                "flags": ["approximate", "convention"], "reference": "2025-02", "language": "fr",
                "rule": "R1+R4", "parser": 2,
            },
        ),
        (("03/04/2025", None, None), {"flags": ["ambiguous"], "rule": "R10", "parser": 2}),
    ],
)  # fmt: skip
def test_what_it_does_not_say_stands_beside_it(wording, more):
    written = date_json(read_wording(wording))
    del written["edtf"], written["earliest"], written["latest"]
    assert written == {"text": wording[0], **more}


def test_a_stated_reading_stays_although_the_rules_would_read_the_wording_otherwise():
    when = {
        "text": "early 2025", "edtf": "[2025-01..2025-03]", "flags": ["approximate"], "rule": "R1", "parser": 1,
    }  # fmt: skip
    date = through(when)
    assert (date.flags, date.rule, date.parser_version) == (("approximate",), "R1", 1)
    assert date_json(date) == {**when, "earliest": "2025-01-01", "latest": "2025-03-31"}


def test_a_wording_that_says_the_same_adds_what_it_says():
    assert through({"text": "early 2025", "edtf": "[2025-01..2025-04]"}) == read_date("early 2025")
    hour = through({"text": "14:30 UTC on 3 March 2022", "edtf": "2022-03-03T14:30:00Z"})
    assert hour.precision == "minute"


def test_reference_and_language_help_to_read_the_wording():
    plain = {"text": "Début janvier", "edtf": "[2025-01-01..2025-01-10]"}
    assert through(plain).flags == ()
    assert through({**plain, "reference": "2025-02", "language": "fr"}).flags == ("approximate", "convention")


@pytest.mark.parametrize("more", [{}, {"reference": "2025-02", "language": "fr"}], ids=["bare", "told"])
def test_a_wording_without_an_edtf_is_never_guessed(more):
    date = through({"text": "Début janvier 2025", **more})
    assert (date.text, date.edtf, date.is_dated) == ("Début janvier 2025", None, False)
    assert date_json(date) == {"text": "Début janvier 2025", **more}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("flags", "approximate"), ("flags", ["vague"]), ("flags", [[]]), ("flags", {"approximate": True}),
        ("precision", "fortnight"), ("precision", "minute"), ("precision", 1), ("precision", []),
        ("reference", "some day"), ("reference", "XXXX-10"), ("reference", 2025), ("reference", "9" * 300),
        ("language", 1), ("rule", "R"), ("rule", "a guess"), ("rule", ["R1"]), ("parser", "2"),
        ("parser", -1), ("parser", True), ("parser", 1.5), ("parser", 10**9),
    ],
)  # fmt: skip
def test_a_bad_value_is_named_and_kept(key, value):
    when = {"text": "x", "edtf": "2025", key: value}
    incoming = read(events=[raw_event(when=when)], sources=[raw_source(published=when, accessed=when)])
    assert named(incoming) == [
        f"sources[0].published.{key}", f"sources[0].accessed.{key}", f"events[0].when.{key}",
    ]  # fmt: skip
    assert incoming.events[0].event.when == from_edtf("2025", text="x")
    back = rewritten(incoming)
    assert back["events"][0]["when"][key] == back["sources"][0]["published"][key] == value


def test_flags_that_we_do_not_know_stand_behind_those_that_we_do():
    when = {"text": "x", "edtf": "2025", "flags": ["vague", "uncertain", 7], "parser": 1}
    incoming = read(events=[raw_event(when=when)])
    assert named(incoming) == ["events[0].when.flags"] * 2
    assert incoming.events[0].event.when.flags == ("uncertain",)
    back = rewritten(incoming)["events"][0]["when"]
    assert back["flags"] == ["uncertain", "vague", 7]
    assert rewritten(read(events=[raw_event(when=back)]))["events"][0]["when"] == back


def test_a_time_keeps_to_precisions_of_a_time():
    incoming = read(events=[raw_event(when={"edtf": "2022-03-03T14:30:00Z", "precision": "day"})])
    assert named(incoming) == ["events[0].when.precision"]
    hour = through({"edtf": "2022-03-03T14:00:00Z", "precision": "hour"})
    assert hour == restated("2022-03-03T14:00:00Z", precision="hour")


def test_keys_beside_an_edtf_that_cannot_be_read_are_kept():
    when = {"text": "x", "edtf": "some day", "flags": ["uncertain"], "rule": "R1", "parser": 1}
    incoming = read(events=[raw_event(when=when)])
    assert named(incoming) == ["events[0].when.edtf"]
    assert rewritten(incoming)["events"][0]["when"] == when


@given(st.lists(dates, max_size=4))
def test_a_document_gives_its_dates_back(tmp_path, found):
    events = [raw_event(when=date_json(date)) for date in found]
    first = exported_anew(tmp_path, json.dumps({"format": "dateline", "version": 1, "events": events}))
    assert [event["when"] for event in json.loads(first)["events"]] == [date_json(date) for date in found]
    assert exported_anew(tmp_path, first) == first


def test_the_real_input_is_the_same_after_export_and_import(tmp_path, seed):
    first = exported_anew(tmp_path, seed.read_text(encoding="utf-8"))
    assert exported_anew(tmp_path, first) == first


def test_writing_never_fails_on_what_a_stranger_stored():
    date = restated("2025", text="x")
    odd = type(date)(**{**asdict(date), "edtf": "some day"})
    assert date_json(odd)["edtf"] == "some day"
