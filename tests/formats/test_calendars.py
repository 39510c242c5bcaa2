"""iCalendar, read: whose end belongs to it, zones, what repeats, and what is broken."""

from __future__ import annotations

import io

import pytest
from builders import an_event
from formats.foreign_reading import events, problems, read, sorted_out
from formats.outgoing_records import outgoing, written
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.dates import read_date
from viewer.formats.exports.calendar_writing import FORMAT as WRITING
from viewer.formats.foreign import Opened
from viewer.formats.incoming import UnreadableError
from viewer.formats.timelines.calendars import FORMAT


def entry(*lines):
    return "\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT"))


def calendar(*parts):
    return "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *parts, "END:VCALENDAR", ""))


def one(*lines):
    return events(FORMAT, calendar(entry("SUMMARY:S", *lines)))[0]


@pytest.mark.parametrize(
    ("lines", "edtf", "precision"),
    [
        (("DTSTART;VALUE=DATE:20240224",), "2024-02-24", "day"),
        (("DTSTART:20240224",), "2024-02-24", "day"),
        (("DTSTART;VALUE=DATE:20240224", "DTEND;VALUE=DATE:20240225"), "2024-02-24", "day"),
        (("DTSTART;VALUE=DATE:20240224", "DTEND;VALUE=DATE:20240224"), "2024-02-24", "day"),
        (("DTSTART;VALUE=DATE:20240224", "DTEND;VALUE=DATE:20240302"), "2024-02-24/2024-03-01", "day"),
        (("DTSTART;VALUE=DATE:20240224", "DURATION:P3D"), "2024-02-24/2024-02-26", "day"),
        (("DTSTART:20240224T050000Z",), "2024-02-24T05:00:00Z", "minute"),
        (("DTSTART:20240224T050007Z",), "2024-02-24T05:00:07Z", "second"),
        (("DTSTART:20240224T050000",), "2024-02-24T05:00:00", "minute"),
        (("DTSTART;TZID=Europe/Kyiv:20240224T050000",), "2024-02-24T05:00:00+02:00", "minute"),
        (("DTSTART;TZID=W. Europe Standard Time:20240724T050000",), "2024-07-24T05:00:00+02:00", "minute"),
        (("DTSTART;TZID=Asia/Kathmandu:20240224T050000",), "2024-02-24T05:00:00+05:45", "minute"),
    ],
)
def test_a_date_is_as_fine_as_the_file_says(lines, edtf, precision):
    event = one(*lines)
    assert (event.when.edtf, event.when.precision, event.when.text) == (edtf, precision, None)
    assert event.extra == {}


@pytest.mark.parametrize(
    ("end", "edtf"),
    [
        ("DTEND:20240224T090000Z", "2024-02-24"),
        ("DTEND:20240225T000000Z", "2024-02-24"),
        ("DTEND:20240226T090000Z", "2024-02-24/2024-02-26"),
        ("DURATION:PT4H", "2024-02-24"),
    ],
)
def test_hours_that_last_are_days_say_so_and_are_kept(end, edtf):
    event = one("DTSTART:20240224T050000Z", end)
    assert event.when.edtf == edtf
    assert event.when.text.startswith("2024-02-24 05:00 – 2024-02-2")
    assert event.extra["icalendar"]["lines"] == ["DTSTART:20240224T050000Z", end]


def test_a_zone_of_the_files_own_is_used():
    zone = ("BEGIN:VTIMEZONE", "TZID:Our Zone", "BEGIN:STANDARD", "DTSTART:19700101T000000", "TZOFFSETFROM:+0300",
            "TZOFFSETTO:+0330", "END:STANDARD", "END:VTIMEZONE")  # fmt: skip
    data = calendar(*zone, entry("DTSTART;TZID=Our Zone:20240224T050000"))
    assert events(FORMAT, data)[0].when.edtf == "2024-02-24T05:00:00+03:30"


def test_a_zone_that_nobody_knows_is_named_and_not_guessed():
    found, _, odd, _ = sorted_out(FORMAT, calendar(entry("DTSTART;TZID=Nowhere:20240224T050000")))
    assert found[0].when.edtf == "2024-02-24T05:00:00"
    assert [(each.path, each.line) for each in odd] == [("VEVENT[0].DTSTART", 4)]


@pytest.mark.parametrize(
    "start", ["20240231", "20240224T246000", "tomorrow", "-00440315", "20240224T240000Z"]
)
def test_a_date_that_cannot_be_is_kept_undated_and_named(start):
    found, _, odd, _ = sorted_out(FORMAT, calendar(entry("SUMMARY:S", f"DTSTART:{start}")))
    assert (found[0].when.edtf, found[0].when.text) == (None, start)
    assert [(each.path, each.line) for each in odd] == [("VEVENT[0].DTSTART", 5)]
    assert found[0].extra["icalendar"]["lines"] == [f"DTSTART:{start}"]


def test_an_end_before_the_start_is_kept_and_named():
    found, _, odd, _ = sorted_out(FORMAT, calendar(entry("DTSTART:20240224", "DTEND:20240101")))
    assert found[0].when.edtf == "2024-02-24"
    assert [each.path for each in odd] == ["VEVENT[0].DTEND"]


def test_what_repeats_comes_once_and_keeps_its_rule():
    rule = "RRULE:FREQ=WEEKLY;COUNT=5"
    found, _, odd, _ = sorted_out(FORMAT, calendar(entry("UID:1", "DTSTART:20240224", rule)))
    assert len(found) == 1
    assert found[0].extra["icalendar"]["lines"] == [rule]
    assert (odd[0].path, odd[0].line) == ("VEVENT[0].RRULE", 6)
    assert "FREQ=WEEKLY;COUNT=5" in odd[0].message


def test_one_date_of_a_series_has_a_uid_of_its_own():
    series = entry("UID:1", "DTSTART:20240224"), entry("UID:1", "RECURRENCE-ID:20240302", "DTSTART:20240303")
    found, _, odd, _ = sorted_out(FORMAT, calendar(*series))
    assert len({each.uid for each in found}) == 2
    assert odd == []


def test_a_uid_that_is_used_again_loses_nothing():
    found, _, odd, _ = sorted_out(FORMAT, calendar(*[entry("UID:1", "DTSTART:20240224")] * 3))
    assert len({each.uid for each in found}) == 3
    assert [each.path for each in odd] == ["VEVENT[1].UID", "VEVENT[2].UID"]


def test_words_are_unfolded_and_unescaped():
    data = calendar(
        entry("SUMMARY:A\\, b\\; c\\nd", "DESCRIPTION:Ünf", " olded", "CATEGORIES:A,B\\,C", "CATEGORIES:D")
    )
    folded = data.encode().replace("Ünf".encode(), b"\xc3\r\n \x9cnf")  # in the middle of a character
    event = events(FORMAT, folded)[0]
    assert (event.title, event.summary, event.tags) == ("A, b; c d", "Ünfolded", ("A", "B,C", "D"))


def test_a_place_has_its_position_and_an_address_is_a_source():
    lines = ("LOCATION:Kursk", "GEO:51.7;36.2", "URL:https://example.org/a,b")
    found, sources, _, others = sorted_out(
        FORMAT, calendar(entry(*lines), entry("LOCATION:Kursk", "GEO:1;2"))
    )
    assert [(each.name, each.latitude, each.longitude) for each in others[1:]] == [("Kursk", 51.7, 36.2)]
    assert (found[0].place, found[0].claims[0].source) == ("Kursk", sources[0].uid)
    assert sources[0].url == "https://example.org/a,b"
    assert found[1].extra["icalendar"]["lines"] == ["GEO:1;2"]


def test_a_position_that_cannot_be_is_kept():
    found, _, odd, others = sorted_out(
        FORMAT, calendar(entry("GEO:91;1"), entry("GEO:x;y"), entry("GEO:1;2"))
    )
    assert [(each.place) for each in found] == [None, None, "1, 2"]
    assert [each.name for each in others] == ["event", "1, 2"]
    assert [each.extra["icalendar"]["lines"] for each in found[:2]] == [["GEO:91;1"], ["GEO:x;y"]]
    assert [each.path for each in odd if each.path.endswith("GEO")] == ["VEVENT[1].GEO"]


def test_lines_without_a_field_of_ours_are_kept_as_they_stand():
    lines = ["DTSTAMP:20240101T000000Z", "ATTENDEE;CN=Bob:mailto:b@example.org", "BEGIN:VALARM", "SUMMARY:inner",
             "END:VALARM", "X-MINE;A=1:x\\,y", "SUMMARY:second"]  # fmt: skip
    assert one(*lines).extra == {"icalendar": {"lines": lines}}


def test_what_is_broken_is_named_by_its_line_and_the_others_are_read():
    data = calendar(
        "\r\n".join(("BEGIN:VEVENT", "SUMMARY:lost")),
        entry("SUMMARY:one", "DTSTART:20240224", "no colon here"),
        "\r\n".join(("BEGIN:VTODO", "END:VTODO", "BEGIN:VTODO", "END:VTODO")),
        entry("SUMMARY:two", "DTSTART:20240224"),
    )
    assert [each.title for each in events(FORMAT, data)] == ["one", "two"]
    assert problems(FORMAT, data) == [("VEVENT", 3), ("VEVENT[0]", 5), ("VTODO", 10)]


def test_an_event_without_an_end_is_named():
    assert problems(FORMAT, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VCALENDAR\n") == [("VEVENT", 2)]
    assert problems(FORMAT, "BEGIN:VCALENDAR\nBEGIN:VEVENT\nBEGIN:VALARM\n") == [("VEVENT", 2)]


def test_an_old_encoding_is_read_and_named():
    found, _, odd, _ = sorted_out(FORMAT, calendar(entry("SUMMARY:Été")).encode("cp1252"))
    assert found[0].title == "Été"
    assert [each.line for each in odd] == [4, 3]


@pytest.mark.parametrize("data", ["", "words", "BEGIN:VCARD\r\nEND:VCARD\r\n", "/etc/passwd"])
def test_what_is_no_calendar_is_refused(data):
    with pytest.raises(UnreadableError):
        read(FORMAT, data)


class Watched(io.BytesIO):
    """A file that tells how far it was read."""


def test_a_huge_calendar_is_read_as_it_comes():
    file = Watched(calendar(*[entry(f"UID:{number}", "DTSTART:20240224") for number in range(5000)]).encode())
    reading = FORMAT.read(Opened(file, "x"))
    for _ in range(10):
        next(reading)
    assert file.tell() < 2000


@pytest.mark.parametrize(
    "wording", ["19 February 2025", "early March 2024", "2024", "14:30 UTC on 3 March 2022"]
)
def test_a_date_of_ours_comes_back_as_it_was(wording):
    when = read_date(wording)
    data, _ = written(WRITING, outgoing((), (an_event(uid="e", title="T", when=when, summary="S"),)))
    event = events(FORMAT, data)[0]
    assert (event.when.edtf, event.when.precision, event.when.flags) == (
        when.edtf,
        when.precision,
        when.flags,
    )
    assert (event.title, event.summary) == ("T", "S")
    moved = data.replace(b"DTSTART", b"X-WAS").replace(b"DTEND", b"DTSTART;VALUE=DATE:20300101\r\nX-WAS-END")
    assert events(FORMAT, moved)[0].when.edtf == "2030-01-01"


LINES = st.sampled_from(
    ("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "BEGIN:VTIMEZONE", "END:VTIMEZONE", "TZID:Z",
     "DTSTART:20240224", "DTSTART;TZID=Z:20240224T000000", "DTEND:20240224T010000Z", "DTEND:20240301",
     "DURATION:PT1H",
     "DURATION:P1W", "UID:1", "GEO:1;2", "GEO:x", "CATEGORIES:a,,b", "URL:https://e.org", "URL:x", ":", ";", " x",
     "RRULE:FREQ=X", "DTSTART;VALUE=PERIOD:20240101T000000Z/PT1H", "DTSTART:00010101T000000", "DTEND:99991231",
     "X-DATELINE-EDTF:2024-13", "BEGIN:STANDARD", "END:STANDARD", "TZOFFSETTO:x", "\0", "SUMMARY:x")
)  # fmt: skip


@given(st.lists(LINES | st.text(max_size=20), max_size=25))
def test_no_calendar_stops_the_reader(lines):
    data = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", *lines)).encode("utf-8", "replace")
    for each in read(FORMAT, data):
        assert each is not None
