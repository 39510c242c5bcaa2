"""TimelineJS, written: honest dates, nothing that becomes markup, and the records back through our own reader."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest
from builders import a_claim, a_source, an_event
from formats.outgoing_records import brought_back, documents, outgoing, written
from hypothesis import assume, given, settings

from viewer.domain.dates import from_edtf, read_date, unread_date
from viewer.formats.exports.timelinejs_writing import FORMAT as WRITING
from viewer.formats.foreign import Confidence, Head
from viewer.formats.timelines.timelinejs import FORMAT as READING


def slides(*events, sources=()):
    return json.loads(written(WRITING, outgoing(sources, events))[0])["events"]


@pytest.mark.parametrize(
    ("wording", "start", "end"),
    [
        ("19 February 2025", (2025, 2, 19), None),
        ("Feb 2025", (2025, 2), None),
        ("2025", (2025,), None),
        ("winter 2023-24", (2023, 12), (2024, 2)),
        ("in early March 2024", (2024, 3, 1), (2024, 3, 10)),
        ("19th century", (1800,), (1899,)),
        ("since August 2024", (2024, 8), None),
        ("until May 2023", (2023, 5), None),
        ("14:30 UTC on 3 March 2022", (2022, 3, 3, 14, 30), None),
        ("15 March 44 BC", (-44, 3, 15), None),
    ],
)
def test_a_date_is_never_finer_than_it_is_known(wording, start, end):
    (slide,) = slides(an_event(when=read_date(wording)))
    assert tuple(slide["start_date"].values()) == start
    assert (tuple(slide["end_date"].values()) if "end_date" in slide else None) == end
    assert slide["display_date"] == wording


def test_what_has_no_date_is_left_out_and_told():
    events = (an_event(), an_event(when=unread_date("some day")), an_event(when=from_edtf("XXXX-10")))
    data, losses = written(WRITING, outgoing((), events))
    assert (json.loads(data)["events"], losses) == ([], [("events without a date", 3)])


def test_nothing_of_a_document_becomes_markup():
    bad = '<img src=x onerror="alert(1)">&'
    source = a_source(title=bad, publisher=bad, url="javascript:alert(1)", text=None)
    claim = a_claim(source, quote=bad, span=None)
    event = an_event(title=bad, summary=f"{bad}\n\n{bad}", when=from_edtf("2025", text=bad), claims=(claim,))
    data, _ = written(WRITING, outgoing((source,), (event,), name=bad))
    told = json.loads(data)
    (slide,) = told["events"]
    shown = [*slide["text"].values(), slide["display_date"], slide["group"], *told["title"]["text"].values()]
    assert set(re.findall("<[^>]*>", " ".join(shown))) == {
        "<p>",
        "</p>",
        "<blockquote>",
        "</blockquote>",
    }
    assert "javascript:" not in " ".join(shown)


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("https://example.org/a?b=1&c=2", True),
        ("http://example.org", True),
        ("file:///etc/passwd", False),
        ("https://user@example.org", False),
        ("https://", False),
        ("https://exa mple.org", False),
        ("ftp://example.org", False),
        ("//example.org", False),
        ("https://[", False),
    ],
)
def test_only_addresses_of_the_web_are_linked(url, linked):
    source = a_source(url=url, text=None)
    event = an_event(when=from_edtf("2025"), claims=(a_claim(source, quote=None, span=None),))
    (slide,) = slides(event, sources=(source,))
    assert ("<a href=" in slide["text"]["text"]) == linked


def test_years_that_no_browser_knows_have_a_scale_of_their_own():
    data, _ = written(WRITING, outgoing((), (an_event(when=from_edtf("Y-13800000000")),)))
    told = json.loads(data)
    assert (told["scale"], told["events"][0]["start_date"]) == ("cosmological", {"year": -13_800_000_001})


def visible(event):
    """An event whose title shows as it is: without markup, spaces in a row or line breaks."""
    return replace(event, title="A & B <of> " + re.sub(r"\W", "x", event.title))


@settings(max_examples=60)
@given(documents())
def test_our_own_reader_brings_back_every_dated_event_and_every_source(document):
    events = [visible(event) for event in document.events()]
    document = replace(document, events=lambda: iter(events))
    dated = [event for event in events if event.when is not None and event.when.is_dated]
    assume(dated)
    data, losses = written(WRITING, document)
    found, problems = brought_back(READING, data)
    assert problems == []
    assert found.get("Source", []) == list(document.sources())
    assert found.get("Event", []) == dated
    assert sum(count for _, count in losses) == len(events) - len(dated)


def test_the_sample_is_told_from_other_files_and_comes_back(sample_document):
    target = sample_document.path.with_name("out.json")
    events = [each for each in sample_document.store.events() if each.when and each.when.is_dated]
    assert [str(loss) for loss in sample_document.export(target, WRITING)] == ["events without a date: 8"]
    data = target.read_bytes()
    assert READING.recognise(Head("out.json", data[:65536])) == Confidence.SURE
    found, problems = brought_back(READING, data)
    assert (found["Event"], problems) == (events, [])
