"""Whose a file is: each format knows its own, and leaves those of others alone."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from builders import a_bundle, a_source, an_event
from formats.outgoing_records import outgoing, written
from formats.test_calendars import calendar, entry
from formats.test_csl_writing import WRITING as CSL
from formats.test_ris import FULL, reference
from formats.test_timeline_project import OLD, event, timeline
from formats.test_timelinejs_writing import WRITING as TIMELINEJS
from formats.test_wacz import PAGE, archive, lines
from formats.test_web_page import page
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.dates import from_edtf
from viewer.formats import wire
from viewer.formats.bundle import read_elements
from viewer.formats.exports.calendar_writing import FORMAT as CALENDAR
from viewer.formats.exports.csv_events import FORMAT as EVENT_TABLE
from viewer.formats.exports.data_package import FORMAT as PACKAGE
from viewer.formats.exports.workbook import FORMAT as WORKBOOK
from viewer.formats.foreign import Confidence, Head, Opened
from viewer.formats.incoming import Known, UnreadableError
from viewer.formats.registry import BUNDLE, HEAD_BYTES, readable_format, readable_formats, recognised

SLIDE = {"start_date": {"year": "2024"}, "text": {"headline": "H", "text": "T"}}
OURS = outgoing(
    (a_source(uid="s", title="S", url="https://example.org", text="Words."),),
    (an_event(uid="e", title="E", when=from_edtf("2024-02")),),
)


SAMPLES = {
    "timelinejs": [
        ("a.json", json.dumps({"events": [SLIDE]})),
        ("a.json", json.dumps({"title": {"text": {"headline": "T"}}, "events": [SLIDE] * 500}, indent=1)),
        ("noname", "\ufeff \n" + json.dumps({"scale": "human", "eras": [SLIDE], "events": []})),
        ("a.json", written(TIMELINEJS, OURS)[0]),
    ],
    "timeline-project": [
        ("a.timeline", timeline(event())),
        ("a.xml", timeline(event()).replace("?>", "?>\n<!-- saved -->")),
        ("noname", "<timeline><version>1</version></timeline>"),
        ("a.timeline", OLD),
    ],
    "icalendar": [
        ("a.ics", calendar(entry("SUMMARY:a,b", "DTSTART:20240101"))),
        ("noname", calendar(*[entry("SUMMARY:a;b", "X:1")] * 20).replace("\r\n", "\n")),
        ("a.ics", written(CALENDAR, OURS)[0]),
    ],
    "csl-json": [
        ("a.json", json.dumps([{"id": 1, "type": "article-newspaper", "title": "T"}])),
        ("noname", json.dumps([{"type": "webpage", "URL": "https://example.org"}] * 3, indent=2)),
        ("a.json", json.dumps({"items": [{"id": "1", "type": "post-weblog", "issued": {}}]})),
        ("a.json", written(CSL, OURS)[0]),
    ],
    "ris": [
        ("a.ris", reference(*FULL)),
        ("noname", "\ufeff" + reference("TI  - T")),
        ("a.ris", "Exported by us\n\n" + reference("TI  - T")),
        ("a.txt", reference("TI  - T").encode("utf-16")),
    ],
    "wacz": [("a.wacz", archive(lines(PAGE))), ("a.zip", archive(lines(PAGE), method=zipfile.ZIP_STORED))],
    "saved-page": [("a.html", page()), ("noname", page()), ("a.htm", "<div>" + page())],
    "plain-text": [
        ("a.txt", "Some words. And more.\n\nA second paragraph."),
        ("a.md", "# Title\n\nWords: a, b, c."),
    ],
    "csv": [("a.csv", "title,date\nA,2024\nB,2025\n"), ("a.tsv", "title\tdate\nA\t2024\n")],
    "jsonl": [("a.jsonl", '{"title": "A", "date": "2024"}\n{"title": "B", "date": "2025"}\n')],
    "spreadsheet": [("a.xlsx", written(WORKBOOK, OURS)[0])],
    "datapackage": [("a.zip", written(PACKAGE, OURS)[0])],
    "dateline-events": [("a.csv", written(EVENT_TABLE, OURS)[0]), ("a", written(EVENT_TABLE, OURS)[0][3:])],
    BUNDLE: [("a.json", a_bundle(events=[]))],
}
EACH = [(name, *sample) for name, samples in SAMPLES.items() for sample in samples]


def head(name, data):
    data = data.encode() if isinstance(data, str) else data
    return Head(name, data[:HEAD_BYTES])


@pytest.mark.parametrize(("format_name", "name", "data"), EACH)
def test_a_file_is_known_by_its_own_format(format_name, name, data):
    assert recognised(head(name, data)) == format_name


@pytest.mark.parametrize(("format_name", "name", "data"), EACH)
def test_of_all_formats_only_its_own_is_as_sure(format_name, name, data):
    sure = {each.name: each.recognise(head(name, data)) for each in readable_formats()}
    own = sure.pop(format_name, Confidence.SURE)
    assert all(other < own for other in sure.values()), sure


@pytest.mark.parametrize(("format_name", "name", "data"), [each for each in EACH if each[0] != BUNDLE])
def test_what_is_found_passes_the_check_of_what_comes_in(format_name, name, data):
    data = data.encode() if isinstance(data, str) else data
    reading = readable_format(format_name).read(Opened(io.BytesIO(data), name))
    found = {}
    told = []
    for line in wire.lines_of(reading, lambda: 0):
        section, each = wire.element_of(line)
        (found.setdefault(section, []) if section in wire.SECTIONS else told).append(each)
    incoming = read_elements({**found}, Known())
    assert incoming.problems == []
    assert not [each for each in told if isinstance(each, UnreadableError)]
    assert len(incoming.sources) + len(incoming.events) == sum(
        len(found.get(section, ())) for section in ("sources", "events")
    )


def test_every_format_has_its_samples():
    assert {each.name for each in readable_formats()} <= set(SAMPLES)


@given(st.text(max_size=8), st.binary(max_size=300))
def test_recognising_never_fails(name, data):
    for each in readable_formats():
        assert Confidence.NO <= each.recognise(Head(name, data)) <= Confidence.SURE
