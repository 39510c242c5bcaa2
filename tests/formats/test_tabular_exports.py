"""Tables for people: a row for each event or claim, dates told four times, nothing that a spreadsheet computes."""

from __future__ import annotations

import csv
import io
import zipfile

from builders import a_claim, a_source, an_event
from formats.outgoing_records import documents, outgoing, written
from hypothesis import given, settings

from viewer.domain.dates import from_edtf, read_date
from viewer.domain.quantities import Quantity
from viewer.domain.records import Hop, Link, Part
from viewer.formats.exports.csv_claims import FORMAT as CLAIMS
from viewer.formats.exports.csv_events import FORMAT as EVENTS
from viewer.formats.exports.workbook import FORMAT as WORKBOOK
from viewer.formats.exports.workbook import MOST_CHARACTERS


def rows(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def sheets(data):
    """The cells of each sheet of a workbook, and whether any holds a formula."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


SOURCE = a_source(
    uid="s", title="A daily paper", publisher="P", url="https://example.org/a", published=from_edtf("2025-02-19"),
    reliability="B",
)  # fmt: skip
CLAIM = a_claim(
    SOURCE, uid="c", when=read_date("February 2025"), credibility=2, verb="reported",
    chain=(Hop(name="two officials", anonymous=True, verb="said"), Hop(name="An agency")),
)  # fmt: skip
EVENT = an_event(
    uid="e", title="Soldiers come", when=read_date("in early March 2024"), place="Kursk", summary="Sum",
    quantity=Quantity(text="up to 3,000", high=3000, qualifier="at_most", unit="soldiers", measure="deployed"),
    actors=(Part(name="North Korea", role="force"), Part(name="A", role="speaker"), Part(name="B", role="speaker")),
    links=(Link(to="e", relation="about"),), tags=("x", "y"), claims=(CLAIM,),
)  # fmt: skip


def test_an_event_is_a_row_with_its_date_four_times():
    data, losses = written(EVENTS, outgoing((SOURCE,), (EVENT,)))
    (row,) = rows(data)
    assert losses == [("claims in their own words and dates", 1)]
    assert row == {
        "uid": "e", "title": "Soldiers come", "kind": "deployment", "when": "in early March 2024",
        "edtf": "[2024-03-01..2024-03-10]", "earliest": "2024-03-01", "latest": "2024-03-10", "place": "Kursk",
        "origin": "", "quantity": "up to 3,000", "quantity_low": "", "quantity_high": "3000",
        "quantity_qualifier": "at_most", "quantity_unit": "soldiers", "quantity_measure": "deployed",
        "summary": "Sum", "force": "North Korea", "speaker": "A; B", "addressee": "", "mentioned": "",
        "tags": "x; y",
        "claims": "1", "independent_origins": "0", "disputed_by": "0", "sources": "A daily paper",
        "source_urls": "https://example.org/a", "links": "about e",
    }  # fmt: skip


def test_a_claim_is_a_row_with_its_event_source_and_chain():
    data, losses = written(CLAIMS, outgoing((SOURCE,), (EVENT, an_event())))
    (row,) = rows(data)
    assert losses == [("events without a claim", 1)]
    expected = {
        "uid": "c", "event_uid": "e", "event": "Soldiers come", "source": "A daily paper", "publisher": "P",
        "published": "2025-02-19", "url": "https://example.org/a", "reliability": "B", "stance": "supports",
        "verb": "reported", "quote": CLAIM.quote, "credibility": "2", "when": "February 2025", "edtf": "2025-02",
        "chain": "two officials (anonymous), said → An agency", "retracted": "",
    }  # fmt: skip
    assert {key: row[key] for key in expected} == expected


def test_an_undated_event_and_an_open_one_say_so():
    undated, since = an_event(uid="u"), an_event(uid="s", when=read_date("since August 2024"))
    first, second = rows(written(EVENTS, outgoing((), (undated, since)))[0])
    assert [first[key] for key in ("when", "edtf", "earliest", "latest")] == ["", "", "", ""]
    assert (second["earliest"], second["latest"]) == ("2024-08-01", "open")


def test_a_workbook_has_three_sheets_with_headers():
    data, losses = written(WORKBOOK, outgoing((SOURCE,), (EVENT,)))
    found = sheets(data)
    assert losses == []
    assert list(found) == ["Events", "Claims", "Sources"]
    for name, uid in (("Events", "e"), ("Claims", "c"), ("Sources", "s")):
        header, row = found[name]
        assert row[header.index("uid")] == uid
    header, row = found["Events"]
    assert row[header.index("quantity_high")] == 3000
    assert row[header.index("earliest")] == "2024-03-01"
    assert (data, losses) == written(WORKBOOK, outgoing((SOURCE,), (EVENT,)))


def test_a_workbook_computes_nothing_and_leads_nowhere():
    texts = ("=1+1", "{=1}", "@x", "+1", "https://example.org", "file:///etc/passwd", "\x07\ufffe", "_x000A_")
    events = [an_event(title=text, summary=text) for text in texts]
    data, _ = written(WORKBOOK, outgoing((), events))
    packed = zipfile.ZipFile(io.BytesIO(data))
    sheet = packed.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet
    header, *found = sheets(data)["Events"]
    assert [row[header.index("title")] for row in found][:6] == list(texts[:6])


def test_a_text_that_no_cell_holds_is_cut_and_told():
    source = a_source(text="x" * (MOST_CHARACTERS + 1))
    data, losses = written(WORKBOOK, outgoing((source,), ()))
    assert losses == [("texts cut at the 32,767 characters of a cell", 1)]
    header, row = sheets(data)["Sources"]
    assert len(row[header.index("text")]) == MOST_CHARACTERS


@settings(max_examples=30)
@given(documents())
def test_whatever_is_in_a_document_becomes_rows(document):
    events = list(document.events())
    assert len(rows(written(EVENTS, document)[0])) == len(events)
    assert len(rows(written(CLAIMS, document)[0])) == sum(len(event.claims) for event in events)
    assert len(sheets(written(WORKBOOK, document)[0])["Events"]) == len(events) + 1
