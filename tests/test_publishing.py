"""What of a document is written: everything, or the events of a filter with only what these name."""

from __future__ import annotations

import pytest
from builders import a_bundle, a_claim, an_event, raw_claim, raw_event, raw_source
from untouched import assert_untouched, snapshot

from viewer.domain.dates import read_date
from viewer.domain.filters import Filter
from viewer.formats.outgoing import Loss, WritableFormat
from viewer.storage.errors import WriteError


@pytest.fixture
def told(document):
    """Two events with sources, places and actors of their own, and others that belong to nothing written."""
    sources = [
        raw_source(uid="wire", publisher="Wire", published={"edtf": "2024-12-01"}),
        raw_source(uid="copy", derived_from="wire", published={"edtf": "2025-01-10"}),
        raw_source(uid="late", published={"edtf": "2025-03"}),
        raw_source(uid="unused"),
    ]
    events = [
        raw_event(
            uid="a", kind="raid", place="Town", tags=["x"], actors=[{"name": "Unit", "role": "force"}],
            claims=[
                raw_claim("copy", uid="c1", chain=[{"name": "MoD"}]),
                raw_claim("late", uid="c2", chain=[{"name": "Speaker"}]),
            ],
        ),
        raw_event(uid="b", place="Elsewhere", links=[{"to": "a", "relation": "follows"}]),
    ]  # fmt: skip
    actors = [
        {"name": "State"}, {"name": "Army", "parent": "State"}, {"name": "Unit", "parent": "Army"},
        {"name": "Ministry", "aliases": ["MoD"]}, {"name": "Speaker"}, {"name": "Wire"}, {"name": "Nobody"},
    ]  # fmt: skip
    places = [{"name": "Region"}, {"name": "Town", "parent": "Region"}, {"name": "Elsewhere"}]
    views = [{"name": "A view"}]
    data = a_bundle(
        title="T",
        sources=sources,
        events=events,
        actors=actors,
        places=places,
        views=views,
        kinds=[{"name": "raid"}],
    )
    document.import_files([("in.json", data)])
    return document


def names(records):
    return [getattr(record, "name", None) or record.uid for record in records]


def test_a_whole_document_is_all_that_it_holds(told):
    out = told.outgoing()
    assert (out.title, out.name, out.hidden, out.known_by) == ("T", "T", 0, None)
    assert list(out.sources()) == list(told.store.sources())
    assert list(out.events()) == list(out.events()) == list(told.store.events())
    assert (out.actors, out.places, out.views) == (
        told.store.actors(),
        told.store.places(),
        told.store.views(),
    )
    assert out.context() is told.provenance_context()


def test_a_selection_has_only_what_its_events_name(told):
    out = told.outgoing(Filter(tag="x"))
    assert names(out.events()) == ["a"]
    assert names(out.sources()) == ["wire", "copy", "late"]
    assert names(out.actors) == ["State", "Army", "Unit", "Ministry", "Speaker", "Wire", "MoD"]
    assert names(out.places) == ["Region", "Town"]
    assert (names(out.kinds), out.views, out.hidden) == (["raid"], (), 1)


def test_what_was_known_then_names_only_what_was_known_then(told):
    moment = read_date("2025-01-31").latest
    out = told.outgoing(Filter(known_by=moment))
    (event, other) = out.events()
    assert ([claim.uid for claim in event.claims], other.uid) == (["c1"], "b")
    assert names(out.sources()) == ["wire", "copy"]
    assert "Speaker" not in names(out.actors)
    assert out.known_by == moment


def test_a_document_without_a_title_goes_by_its_file(document):
    assert (document.outgoing().title, document.outgoing().name) == (None, "test")


def breaking(error):
    def write(_outgoing, file):
        file.write(b"half")
        raise error

    return WritableFormat(name="x", label="X", ending=".x", write=write)


@pytest.mark.parametrize(
    ("error", "raised"), [(OSError("full"), WriteError), (ValueError("odd"), ValueError)]
)
def test_a_writer_that_breaks_leaves_the_older_file_and_no_other(told, tmp_path, error, raised):
    target = tmp_path / "out"
    target.write_bytes(b"older")
    before = snapshot(tmp_path)
    with assert_untouched(target), pytest.raises(raised):
        told.export(target, breaking(error))
    assert snapshot(tmp_path) == before


def test_what_is_left_out_is_returned(told, tmp_path):
    losses = (Loss("events without a date", 1_200),)
    form = WritableFormat(name="x", label="X", ending=".x", write=lambda _outgoing, _file: losses)
    assert told.export(tmp_path / "out", form) == losses
    assert str(losses[0]) == "events without a date: 1,200"


def test_a_bundle_of_a_selection_says_the_same_when_it_comes_back(told, tmp_path):
    event = an_event(claims=(a_claim("late", uid="c3"),))
    told.save_event(event)
    text = told.bundle(Filter(source="late"))
    assert text == told.bundle(Filter(source="late"))
    told.export_bundle(tmp_path / "o.json", Filter(source="late"))
    assert (tmp_path / "o.json").read_text(encoding="utf-8") == text
