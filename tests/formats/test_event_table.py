"""Our own table of events, brought back: its rows are the events that they were, with what was changed in them."""

from __future__ import annotations

import json

import pytest
from builders import an_event
from formats.foreign_reading import sorted_out
from formats.outgoing_records import brought_back, outgoing, written
from hypothesis import given
from record_strategies import records

from viewer.formats.exports.csv_events import FORMAT as WRITING
from viewer.formats.foreign import Confidence, Head
from viewer.formats.incoming import UnreadableError
from viewer.formats.packages.event_table import FORMAT
from viewer.formats.registry import recognised


def test_the_sample_comes_back_as_it_was(made, dateline, tmp_path):
    table = tmp_path / "events.csv"
    assert dateline("export", made, table, "--format", "csv-events").code in (0, 1)
    assert recognised(Head("events.csv", table.read_bytes())) == "dateline-events"
    ran = json.loads(dateline("import", made, table, "--json").out)
    assert (ran["added"], ran["updated"], ran["problems"]) == (0, 0, [])
    words = table.read_text(encoding="utf-8-sig")
    title = next(line for line in words.splitlines()[1:]).split(",")[1]
    table.write_text(words.replace(title, "Another title", 1), encoding="utf-8-sig", newline="")
    ran = json.loads(dateline("import", made, table, "--json").out)
    assert (ran["added"], ran["updated"]) == (0, 1)


@given(records())
def test_every_row_keeps_its_uid_and_what_a_row_can_say(drawn):
    data, _ = written(WRITING, outgoing(drawn.sources, drawn.events))
    found, problems = brought_back(FORMAT, data)
    assert problems == []
    for was, event in zip(drawn.events, found.get("Event", ()), strict=True):
        assert (event.uid, event.kind, event.title) == (was.uid, was.kind, was.title)
        assert (event.summary or None, event.place) == (was.summary or None, was.place)
        assert getattr(event.when, "edtf", None) == getattr(was.when, "edtf", None)
        assert getattr(event.quantity, "low", None) == getattr(was.quantity, "low", None)


def test_a_row_without_a_uid_is_named_and_others_come(tmp_path):
    data, _ = written(WRITING, outgoing((), (an_event(uid="a"), an_event(uid="b"))))
    events, _, problems, _ = sorted_out(FORMAT, data.replace(b"\na,", b"\n,"))
    assert [event.uid for event in events] == ["b"]
    assert [(each.path, each.line) for each in problems] == [("row 1", 2)]


@pytest.mark.parametrize("data", [b"", b"uid,title\r\na,b\r\n", b"\xff\xfe"])
def test_another_table_is_not_ours(data):
    assert FORMAT.recognise(Head("x.csv", data)) == Confidence.NO
    with pytest.raises(UnreadableError):
        list(sorted_out(FORMAT, data))
