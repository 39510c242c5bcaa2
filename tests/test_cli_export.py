"""`dateline export`: the format by the ending or by its name, and what that cannot carry."""

from __future__ import annotations

import json
import zipfile

import pytest
from builders import bundle_file, raw_event
from untouched import assert_untouched, snapshot

from viewer.formats.registry import writable_formats

NAMES = [form.name for form in writable_formats()]


def test_the_formats_are_those_that_are_promised():
    assert NAMES[:10] == [
        "bundle", "datapackage", "csv-events", "csv-claims", "xlsx", "html", "timelinejs", "csl-json", "icalendar",
        "prov-json",
    ]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_each_format_is_written_by_its_name_and_always_alike(made, dateline, tmp_path, name):
    outs = [tmp_path / "one.out", tmp_path / "two.out"]
    for out in outs:
        ran = dateline("export", made, out, "--format", name)
        assert (ran.code, ran.out) == (0, "")
        assert ran.err.endswith(f"Wrote {out}.\n")
    assert outs[0].read_bytes() == outs[1].read_bytes() != b""


@pytest.mark.parametrize(
    ("ending", "begins"),
    [
        (".json", b'{\n "format": "dateline"'), (".zip", b"PK"), (".csv", b"\xef\xbb\xbfuid,title,kind"),
        (".XLSX", b"PK"), (".ics", b"BEGIN:VCALENDAR"), (".html", b"<!"),
    ],
)  # fmt: skip
def test_the_ending_says_the_format(made, dateline, tmp_path, ending, begins):
    out = tmp_path / f"out{ending}"
    assert dateline("export", made, out).code == 0
    assert out.read_bytes().startswith(begins)


@pytest.mark.parametrize(
    "arguments", [["o.txt"], ["o"], ["o.csv", "--format", "docx"], ["o.csv", "--format", ""]]
)
def test_an_unknown_format_names_the_choices_and_writes_nothing(made, dateline, tmp_path, arguments):
    before = snapshot(tmp_path)
    ran = dateline("export", made, tmp_path / arguments[0], *arguments[1:])
    assert (ran.code, ran.out) == (2, "")
    assert all(name in ran.err for name in NAMES)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf"])
def test_pictures_are_made_elsewhere(made, dateline, tmp_path, ending):
    ran = dateline("export", made, tmp_path / f"o{ending}")
    assert (ran.code, "dateline render" in ran.err) == (2, True)


def test_what_a_format_cannot_carry_is_told_beside_the_output(dateline, tmp_path):
    document, out = tmp_path / "d.dateline", tmp_path / "o.json"
    dateline("new", document)
    events = [raw_event(uid="a"), raw_event(uid="b", when={"edtf": "2025"}), raw_event(uid="c")]
    dateline("import", document, bundle_file(tmp_path, sources=[], events=events))
    ran = dateline("export", document, out, "--format", "timelinejs")
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"Not carried: events without a date: 2.\nWrote {out}.\n"
    assert len(json.loads(out.read_text(encoding="utf-8"))["events"]) == 1
    assert "Not carried" not in dateline("export", document, tmp_path / "o.zip").err


def test_a_filter_chooses_what_is_written_in_any_format(made, dateline, tmp_path):
    out = tmp_path / "o.zip"
    assert dateline("export", made, out, "--kind", "withdrawal").code == 0
    packed = zipfile.ZipFile(out)
    kinds = packed.read("kinds.csv").decode().splitlines()
    assert [line.partition(",")[0] for line in kinds] == ["name", "withdrawal"]


def records(path):
    """The sources and events of an exported bundle."""
    bundle = json.loads(path.read_text(encoding="utf-8"))
    return bundle["sources"], bundle["events"]


def test_a_data_package_brings_every_record_back(made, dateline, tmp_path):
    package, other, first, second = (tmp_path / name for name in ("o.zip", "o.dateline", "1.json", "2.json"))
    dateline("export", made, package)
    dateline("new", other)
    ran = dateline("import", other, package)
    assert (ran.code, ran.out) == (0, "16 added, 0 updated, 0 unchanged, 0 refused\n")
    assert dateline("import", other, package).out == "0 added, 0 updated, 16 unchanged, 0 refused\n"
    dateline("export", made, first)
    dateline("export", other, second)
    assert records(second) == records(first)


def test_timelinejs_brings_every_dated_event_back(made, dateline, tmp_path):
    slides, other, first, second = (tmp_path / name for name in ("o.json", "o.dateline", "1.json", "2.json"))
    dateline("export", made, slides, "--format", "timelinejs")
    dateline("new", other)
    # What leads to an event without a date is named: such events are not among the slides.
    assert dateline("import", other, slides).out.startswith("8 added, 0 updated")
    dateline("export", made, first)
    dateline("export", other, second)
    (sources, events), found = records(first), records(second)
    dated = [event for event in events if event["when"] and "edtf" in event["when"]]
    assert ([event["uid"] for event in found[1]], found[0]) == ([event["uid"] for event in dated], sources)


def test_an_export_that_fails_leaves_the_older_file(made, dateline, tmp_path):
    (tmp_path / "folder.xlsx").mkdir()
    with assert_untouched(made):
        for name in ("folder.xlsx", "missing/out.zip"):
            ran = dateline("export", made, tmp_path / name)
            assert (ran.code, "could not be written" in ran.err) == (2, True)
