"""The Data Package: valid for others, and the same records when it comes back."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile

import pytest
from builders import a_claim, a_source, an_event
from formats.outgoing_records import brought_back, documents, outgoing, written
from hypothesis import given, settings

from viewer.domain.records import BUILT_IN_KINDS, Link
from viewer.formats.bundle_writing import event_json, source_json
from viewer.formats.exports.data_package import FORMAT as WRITING
from viewer.formats.foreign import Confidence, Head
from viewer.formats.incoming import UnreadableError
from viewer.formats.packages.data_package_reading import FORMAT as READING


@settings(max_examples=150)
@given(documents())
def test_reading_is_the_inverse_of_writing(document):
    data, losses = written(WRITING, document)
    found, problems = brought_back(READING, data)
    assert (losses, problems) == ([], [])
    assert tuple(found.get("Source", ())) == tuple(document.sources())
    assert tuple(found.get("Event", ())) == tuple(document.events())
    assert tuple(found.get("Kind", ())) == tuple(k for k in document.kinds if k not in BUILT_IN_KINDS)
    assert tuple(found.get("Actor", ())) == document.actors
    assert tuple(found.get("Place", ())) == document.places
    assert [*map(event_json, found.get("Event", ()))] == [*map(event_json, document.events())]
    assert [*map(source_json, found.get("Source", ()))] == [*map(source_json, document.sources())]
    assert written(WRITING, document) == (data, losses)


def test_the_sample_is_a_valid_package(sample_document, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    target = tmp_path / "sample.zip"
    assert sample_document.export(target, WRITING) == ()
    package = frictionless.Package(str(target))
    report = package.validate()
    assert report.valid, report.flatten(["type", "note"])[:5]
    assert package.get_resource("events").read_rows()[0]["kind"] in {"deployment", "withdrawal", "statement"}
    declared = sum(len(each.schema.foreign_keys) for each in package.resources)
    assert declared == 16
    assert "licenses" not in package.to_descriptor()


TRICKY = (
    "=1+1", "-5", "@x", "\t", "\r", "\r\nx", "＝1", "'=1", "'", 'a,b;"c"\nd', " ", "\ufeff", "\u2028", "\x1f",
)  # fmt: skip


@pytest.mark.parametrize("text", TRICKY)
def test_odd_texts_are_valid_and_come_back(text, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    source = a_source(uid="s", title=text, text=text)
    event = an_event(uid=text, title=text, summary=text, tags=(text,), claims=(a_claim(source, note=text),))
    data, _ = written(WRITING, outgoing((source,), (event,)))
    (tmp_path / "odd.zip").write_bytes(data)
    report = frictionless.Package(str(tmp_path / "odd.zip")).validate()
    assert report.valid, report.flatten(["type", "note"])[:5]
    found, problems = brought_back(READING, data)
    assert (found["Event"], problems) == ([event], [])


def test_a_reference_is_declared_only_where_it_arrives(tmp_path):
    frictionless = pytest.importorskip("frictionless")
    event = an_event(uid="e", claims=(), links=(Link(to="elsewhere", relation="about"),))
    data, _ = written(WRITING, outgoing((), (event,)))
    (tmp_path / "a.zip").write_bytes(data)
    package = frictionless.Package(str(tmp_path / "a.zip"))
    assert package.validate().valid
    keys = package.get_resource("event_links").schema.foreign_keys
    assert [key["fields"] for key in keys] == [["event"]]


def rewritten(data, change):
    """A package whose tables, by name as lists of rows with their header, were changed by hand."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    files = {name: packed.read(name) for name in packed.namelist()}
    for name in [name for name in files if name.endswith(".csv")]:
        header, *rows = csv.reader(io.StringIO(files[name].decode(), newline=""))
        header, rows = change(name.removesuffix(".csv"), header, rows) or (header, rows)
        text = io.StringIO(newline="")
        csv.writer(text).writerows([header, *rows])
        files[name] = text.getvalue().encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"folder/{name}", content)
    return out.getvalue()


def test_rows_may_stand_in_any_order(sample_document):
    data, _ = written(WRITING, sample_document.outgoing())

    def shuffled(_name, header, rows):
        random.Random(1).shuffle(rows)
        return header, rows

    found, problems = brought_back(READING, rewritten(data, shuffled))
    assert problems == []
    there = {event.uid: event for event in found["Event"]}
    for event in sample_document.store.events():
        assert {each.uid for each in there[event.uid].claims} == {each.uid for each in event.claims}
        assert sorted(there[event.uid].tags) == sorted(event.tags)


def test_what_was_changed_by_hand_is_kept_or_named():
    source = a_source(uid="s")
    event = an_event(uid="e", claims=(a_claim(source, uid="c", quote=None, span=None),))
    data, _ = written(WRITING, outgoing((source,), (event,)))

    def changed(name, header, rows):
        if name == "events":
            return [*header, "mood"], [[*rows[0], "grim"]]
        if name == "claims":
            rows[0][header.index("credibility")] = "9"
            return header, [*rows, ["gone", "x", "s", *rows[0][3:]]]
        return None

    found, problems = brought_back(READING, rewritten(data, changed))
    assert found["Event"][0].extra == {"columns": {"mood": "grim"}}
    (claim,) = found["Event"][0].claims
    assert (claim.credibility, claim.extra) == (None, {"credibility": 9})
    assert [(problem.path, problem.line) for problem in problems] == [
        ("claims row 1.credibility", 2),
        ("claims row 2", 3),
    ]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nothing", b"text"])
def test_what_is_no_zip_is_refused(data):
    with pytest.raises(UnreadableError, match="not a zip"):
        brought_back(READING, data)


@pytest.mark.parametrize(
    "description", [None, b"[", b"{}", b'{"dateline": {"version": 2}, "resources": []}', b'{"resources": []}']
)
def test_another_package_is_refused(description):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("x.csv", "a")
        if description is not None:
            archive.writestr("datapackage.json", description)
    with pytest.raises(UnreadableError, match="Data Package"):
        brought_back(READING, out.getvalue())


def test_a_damaged_package_is_refused(sample_document):
    data, _ = written(WRITING, sample_document.outgoing())
    for place in range(0, len(data), len(data) // 60):
        broken = bytearray(data)
        broken[place] ^= 0xFF
        try:
            brought_back(READING, bytes(broken))
        except UnreadableError:
            pass


def test_a_package_is_told_by_its_beginning(sample_document):
    data, _ = written(WRITING, sample_document.outgoing())
    assert READING.recognise(Head("x", data[:65536])) == Confidence.LIKELY
    assert READING.recognise(Head("x.zip", b"PK\x03\x04" + bytes(60))) == Confidence.ENDING
    assert READING.recognise(Head("x.zip", b"a,b")) == READING.recognise(Head("", b"")) == Confidence.NO


def test_what_the_document_says_of_itself_stands_in_the_description():
    data, _ = written(WRITING, outgoing(title="T", language="fr", extra={"x": 1}, known_by=0))
    told = json.loads(zipfile.ZipFile(io.BytesIO(data)).read("datapackage.json"))
    assert told["dateline"] == {
        "version": 1, "title": "T", "language": "fr", "known_by": "1970-01-01T00:00:00Z", "extra": {"x": 1},
    }  # fmt: skip
