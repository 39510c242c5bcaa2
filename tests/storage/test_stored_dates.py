"""Fuzzy dates in the store: every field is read back, and the order and the filters go by their bounds."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import asdict, replace

import pytest
from builders import a_claim, a_source, an_event
from hypothesis import given, settings
from record_strategies import WORDINGS, dates, read

from viewer.document import Document
from viewer.domain.dates import from_edtf, read_date
from viewer.domain.restating import restated


@settings(max_examples=150)
@given(dates, dates)
def test_every_field_of_a_date_is_read_back(document, one, other):
    source = a_source(uid="s", published=one, accessed=other)
    event = an_event(uid="e", when=one, claims=(a_claim(source, uid="c", when=other),))
    document.save_event(event, new_sources=[source])
    (held,) = document.store.events()
    kept = document.store.source("s")
    stored = (held.when, held.claims[0].when, kept.published, kept.accessed)
    assert [asdict(date) for date in stored] == [asdict(date) for date in (one, other, one, other)]
    assert document.check() == []


@pytest.mark.parametrize("wording", WORDINGS, ids=str)
def test_the_columns_hold_what_was_read(document, wording):
    """In SQLite's own words, for whoever opens the file with another tool."""
    date = read(wording)
    document.save_event(an_event(when=date))
    with closing(sqlite3.connect(document.path)) as connection:
        connection.row_factory = sqlite3.Row
        row = dict(connection.execute("SELECT * FROM events").fetchone())
    columns = {name.removeprefix("when_"): value for name, value in row.items() if name.startswith("when_")}
    assert columns.pop("parser") == date.parser_version
    assert columns == {name: getattr(date, name) for name in columns}


@pytest.mark.parametrize("precision", ["minute", "hour"])
def test_a_time_that_is_known_no_better_covers_all_of_it(document, precision):
    date = restated("2022-03-03T14:00:00Z", precision=precision)
    assert date.latest - date.earliest + 1 == {"minute": 60, "hour": 3600}[precision]
    document.save_event(an_event(when=date))
    assert document.check() == []


@pytest.fixture
def path(tmp_path):
    """The path of a document with an event of an interval."""
    path = tmp_path / "checked.dateline"
    with closing(Document.create(path)) as document:
        document.save_event(an_event(uid="event", when=from_edtf("2025-02/..", text="since early February")))
    return path


def changed(path, **columns):
    with closing(sqlite3.connect(path)) as connection, connection:
        for name, value in columns.items():
            connection.execute(f"UPDATE events SET when_{name} = ?", (value,))
    with closing(Document.open(path)) as document:
        return [(finding.table, finding.uid) for finding in document.check()]


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("earliest_state", "open"),
        ("latest_state", "unknown"),
        ("shape", "point"),
        ("start_lo", 0),
        ("end_hi", 0),
    ],
)
def test_states_and_shape_that_contradict_the_edtf_are_named(path, column, value):
    assert changed(path, **{column: value}) == [("events", "event")]


def test_what_the_wording_added_once_is_no_fault_when_rules_change(path):
    """Another version read "since early February" otherwise, and called it approximate by its own rules."""
    assert changed(path, approximate=1, convention=1, rule="R1+R4", parser=1, language="en") == []


EXTENTS = {
    "until": "../2024-11",
    "before": "[..2024-12-31]",
    "long ago": "Y-200000",
    "year": "2025",
    "week": "[2025-02-01..2025-02-07]",
    "set": "{2025-02-03,2025-02-05}",
    "month": "2025-02",
    "since": "2025-02/..",
    "from": "2025-02/",
    "day": "2025-02-19",
    "to": "/2025-01-15",
    "any year": "XXXX-10",
}


@pytest.fixture
def dated(tmp_path):
    """The path of a document with an event of every sort of extent, and one without a date."""
    path = tmp_path / "dated.dateline"
    with closing(Document.create(path)) as document:
        for uid, edtf in reversed(EXTENTS.items()):
            document.save_event(an_event(uid=uid, when=from_edtf(edtf)))
        document.save_event(an_event(uid="undated"))
    return path


def listed(dateline, path, *options):
    ran = dateline("list", path, *options)
    assert ran.code == 0
    return [line.rpartition("[")[2].rstrip("]") for line in ran.out.splitlines()]


def test_the_list_goes_by_earliest_then_latest_the_unknown_last(dated, dateline):
    assert listed(dateline, dated) == [
        "until", "before", "long ago", "year", "week", "month", "since", "from", "set", "day", "to", "any year",
        "undated",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "possibly", "certainly"),
    [
        (
            ["--from", "2025-02", "--to", "2025-02"],
            "year week set month since from day",
            "week set month day",
        ),
        (["--from", "2025-02-06", "--to", "2025-02-10"], "year week month since from", ""),
        (["--from", "2025-02"], "year week set month since from day", "week set month since from day"),
        (["--to", "2024-12"], "until before long-ago to", "until before long-ago"),
        (["--from", "2024", "--to", "2024-12"], "until before to", ""),
        (["--to", "2025-01"], "until before long-ago year to", "until before long-ago to"),
        (["--from", "2030"], "since from", ""),
    ],
    ids=" ".join,
)
def test_a_period_overlaps_or_contains(dated, dateline, period, possibly, certainly):
    """An open end reaches to infinity: it is contained only where the period is open there too."""
    for how, expected in (("--possibly", possibly), ("--certainly", certainly)):
        assert {uid.replace(" ", "-") for uid in listed(dateline, dated, *period, how)} == set(
            expected.split()
        )


def test_a_revised_wording_keeps_reference_and_language(document):
    date = read_date("le 19 février", reference=from_edtf("2025-02"), language="fr")
    document.save_event(an_event(uid="e", when=date))
    (event,) = document.store.events()
    document.save_event(replace(event, title="Another title"))
    (event,) = document.store.events()
    assert asdict(event.when) == asdict(date)
    assert (event.when.reference, event.when.language) == ("2025-02", "fr")


@pytest.mark.parametrize(
    "edtf", ["", "some day", "2025-13", "2025-21", "2025-02/..", "{1960,1961-12}", "[1667,1668..1672]"]
)
@pytest.mark.parametrize("precision", ["hour", "day", "fortnight"])
def test_columns_that_do_not_fit_each_other_are_shown_all_the_same(path, dateline, tmp_path, edtf, precision):
    changed(
        path, edtf=edtf, precision=precision, ambiguous=1, rule="R10", reference="some day", start_lo=None
    )
    for command in (["list", path], ["list", path, "--json"], ["show", path, "event"], ["reread", path]):
        assert dateline(*command).code == 0
    assert dateline("export", path, tmp_path / "out.json").code == 0
