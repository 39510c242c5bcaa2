"""iCalendar, written: days as days, vaguer dates across all their days, and never a date that was not said."""

from __future__ import annotations

from datetime import UTC, date, datetime

import icalendar
import pytest
from builders import a_claim, a_source, an_event
from formats.outgoing_records import documents, outgoing, written
from hypothesis import given, settings

from viewer.domain.dates import from_edtf, read_date, unread_date
from viewer.domain.records import Place
from viewer.formats.exports.calendar_writing import FORMAT


def entries(data):
    return icalendar.Calendar.from_ical(data).walk("VEVENT")


@pytest.mark.parametrize(
    ("wording", "start", "end"),
    [
        ("19 February 2025", date(2025, 2, 19), date(2025, 2, 20)),
        ("5-6 August 2024", date(2024, 8, 5), date(2024, 8, 7)),
        ("Feb 2025", date(2025, 2, 1), date(2025, 3, 1)),
        ("in early March 2024", date(2024, 3, 1), date(2024, 3, 11)),
        ("14:30 UTC on 3 March 2022", datetime(2022, 3, 3, 14, 30, tzinfo=UTC),
         datetime(2022, 3, 3, 14, 31, tzinfo=UTC)),
        ("since August 2024", date(2024, 8, 1), date(2024, 9, 1)),
        ("until May 2023", date(2023, 5, 1), date(2023, 6, 1)),
    ],
)  # fmt: skip
def test_an_entry_lies_across_all_days_that_are_possible(wording, start, end):
    when = read_date(wording)
    (entry,) = entries(written(FORMAT, outgoing((), (an_event(when=when),)))[0])
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (start, end)
    assert entry["x-dateline-edtf"] == when.edtf
    assert f"When: {wording}" in entry["description"]


def test_an_entry_says_where_what_and_by_whom():
    source = a_source(url="https://example.org/a")
    event = an_event(
        uid="e", title="A; B, C\nD", when=from_edtf("2025-02"), place="Kursk", tags=("x",), summary="S",
        claims=(a_claim(source), a_claim(a_source(url="javascript:x"))),
    )  # fmt: skip
    kursk = Place(uid="p", name="Kursk", latitude=51.7, longitude=36.2)
    data, losses = written(FORMAT, outgoing((source,), (event,), places=(kursk,)))
    (entry,) = entries(data)
    assert (entry["uid"], entry["summary"], entry["location"]) == ("e", "A; B, C\nD", "Kursk")
    assert (entry["geo"].latitude, entry["geo"].longitude) == (51.7, 36.2)
    assert entry["url"] == "https://example.org/a"
    assert entry["categories"].to_ical() == b"Deployment,x"
    assert losses == [("claims (the addresses of their sources are named)", 2)]
    assert data == written(FORMAT, outgoing((source,), (event,), places=(kursk,)))[0]


def test_what_cannot_be_shown_is_told():
    dates = (None, unread_date("x"), from_edtf("XXXX-10"), from_edtf("-0043-03-15"), from_edtf("Y-200000"))
    data, losses = written(FORMAT, outgoing((), [an_event(when=when) for when in dates]))
    assert entries(data) == []
    assert losses == [("events without a date", 3), ("events before the year 1 or after 9998", 2)]


def test_an_open_end_is_told():
    _, losses = written(FORMAT, outgoing((), (an_event(when=from_edtf("2024-08/..")),)))
    assert losses == [("open ends: only the side that is known is drawn", 1)]


@settings(max_examples=60)
@given(documents())
def test_whatever_is_in_a_document_can_be_read_as_a_calendar(document):
    data, losses = written(FORMAT, document)
    left_out = sum(count for what, count in losses if what.startswith("events"))
    found = entries(data)
    assert len(found) == len(list(document.events())) - left_out
    for entry in found:
        assert entry["dtstart"].dt < entry["dtend"].dt
        assert {"uid", "dtstamp", "summary"} <= {key.lower() for key in entry}
