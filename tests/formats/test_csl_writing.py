"""CSL-JSON, written: dates as vague as they are, and the sources back through our own reader."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from builders import a_source, an_event
from formats.outgoing_records import brought_back, documents, outgoing, written
from hypothesis import given, settings

from viewer.domain.dates import read_date, unread_date
from viewer.formats.exports.csl_writing import FORMAT as WRITING
from viewer.formats.foreign import Confidence, Head
from viewer.formats.references.csl_json import FORMAT as READING


def item(**fields):
    return json.loads(written(WRITING, outgoing((a_source(**fields),)))[0])[0]


@pytest.mark.parametrize(
    ("wording", "issued"),
    [
        ("19 February 2025", {"date-parts": [[2025, 2, 19]]}),
        ("Feb 2025", {"date-parts": [[2025, 2]]}),
        ("2025", {"date-parts": [[2025]]}),
        ("circa 1860", {"date-parts": [[1860]], "circa": True}),
        ("in early March 2024", {"date-parts": [[2024, 3, 1], [2024, 3, 10]], "circa": True}),
        ("5-6 August 2024", {"date-parts": [[2024, 8, 5], [2024, 8, 6]]}),
        ("14:30 UTC on 3 March 2022", {"date-parts": [[2022, 3, 3]]}),
        ("since August 2024", {"literal": "since August 2024"}),
    ],
)
def test_a_date_is_never_finer_than_it_is_known(wording, issued):
    assert item(published=read_date(wording))["issued"] == issued


def test_a_date_that_was_not_read_stays_in_words():
    assert item(published=unread_date("lately"))["issued"] == {"literal": "lately"}


@pytest.mark.parametrize(
    ("medium", "url", "kind", "publisher"),
    [
        ("newspaper article", None, "article-newspaper", "container-title"),
        ("Telegram post", "https://t.me/x", "post", "container-title"),
        ("report", None, "report", "publisher"),
        (None, "https://example.org", "webpage", "container-title"),
        (None, None, "document", "publisher"),
    ],
)
def test_a_source_is_of_the_type_of_its_medium(medium, url, kind, publisher):
    found = item(medium=medium, url=url, publisher="P")
    assert (found["type"], found[publisher]) == (kind, "P")


def test_events_are_not_carried_and_told():
    assert written(WRITING, outgoing((), (an_event(),))) == (b"[]\n", [("events", 1)])


@settings(max_examples=60)
@given(documents())
def test_our_own_reader_brings_back_every_source(document):
    sources = [
        replace(source, title="A & B " + re.sub(r"\W", "x", source.title)) for source in document.sources()
    ]
    data, _ = written(WRITING, replace(document, sources=lambda: iter(sources)))
    if sources:
        assert READING.recognise(Head("out.json", data[:65536])) == Confidence.SURE
    found, problems = brought_back(READING, data)
    assert found.get("Source", []) == sources
    assert [problem.path for problem in problems if "cannot be read as a date" not in problem.message] == []
