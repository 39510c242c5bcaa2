"""The bundle: lossless both ways, and whatever is thrown at it is read or refused."""

from __future__ import annotations

import json
import random
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from builders import TEXT, a_bundle, raw_claim, raw_event, raw_source
from bundle_reading import (
    WRONG,
    brought_in,
    everything,
    exported_anew,
    paths_in,
    put,
    read,
    rewritten,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from record_strategies import extras, json_values, names, records
from untouched import assert_untouched

from viewer.document import Document
from viewer.domain.records import BUILT_IN_KINDS, Actor, Kind, Place
from viewer.formats.bundle import read_bundle
from viewer.formats.bundle_writing import write_bundle
from viewer.formats.incoming import Known, UnreadableError


@settings(max_examples=150)
@given(records(), st.none() | names, st.none() | names, extras)
def test_reading_is_the_inverse_of_writing(drawn, title, language, extra):
    kinds = [*BUILT_IN_KINDS, Kind(name="raid", label="Raid", shape="bar", colour="#123456")]
    actors = [
        Actor(uid="a1", name="A", aliases=("B",), parent="C"),
        Actor(uid="a2", name="C", extra={"x-y": 0}),
    ]
    places = [
        Place(uid="p1", name="P", latitude=0, longitude=0.0, precision="town", parent="Q", aliases=("é",)),
        Place(uid="p2", name="Q", latitude=-51.5, extra={"x-z": False}),
    ]
    views = [{"uid": "v1", "name": "View", "filter": {"kinds": ["raid"]}}]
    text = write_bundle(
        title=title, language=language, kinds=kinds, actors=actors, places=places, sources=drawn.sources,
        events=drawn.events, views=views, extra=extra,
    )  # fmt: skip
    found = read_bundle(text.encode(), Known())
    assert found.problems == []
    assert tuple(entry.source for entry in found.sources) == drawn.sources
    assert tuple(entry.event for entry in found.events) == drawn.events
    assert (found.title, found.language, found.extra) == (title, language, extra)
    assert (found.kinds, found.actors, found.places, found.views) == (kinds[3:], actors, places, views)


@settings(max_examples=40)
@given(records(most=3), extras)
def test_a_document_is_the_same_after_export_and_import(tmp_path, drawn, extra):
    text = write_bundle(
        title="T", language="en", kinds=(), actors=(), places=(), sources=drawn.sources, events=drawn.events,
        views=(), extra=extra,
    )  # fmt: skip
    first = exported_anew(tmp_path, text)
    assert exported_anew(tmp_path, first) == first


def test_the_sample_is_the_same_after_export_and_import(tmp_path, sample):
    first = exported_anew(tmp_path, sample.read_text())
    assert exported_anew(tmp_path, first) == first


def test_unknown_keys_are_given_back_at_every_level():
    more = {"x-text": "kept", "x-list": [1, {"a": None}], "x-null": None, "x-false": False, "x-zero": 0}
    source = raw_source(published={"edtf": "2025", **more}, **more)
    claim = raw_claim(
        source["uid"], when={"edtf": "2025", **more}, quantity={"low": 1, **more},
        chain=[{"name": "An agency", **more}], **more,
    )  # fmt: skip
    event = raw_event(
        uid="e", when={"edtf": "2025", **more}, quantity={"high": 2, **more},
        actors=[{"name": "Army", "role": "force", **more}], links=[{"to": "e", "relation": "about", **more}],
        claims=[claim], **more,
    )  # fmt: skip
    found = read(
        sources=[source], events=[event], actors=[{"name": "Army", **more}], places=[{"name": "Kursk", **more}],
        kinds=[{"name": "raid", **more}], views=[{"name": "View", **more}], **more,
    )  # fmt: skip
    assert found.problems == []
    back = rewritten(found)
    places = [
        back, back["kinds"][0], back["actors"][0], back["places"][0], back["views"][0],
        back["sources"][0], back["events"][0],
        back["sources"][0]["published"], *(back["events"][0][key] for key in ("when", "quantity")),
        back["events"][0]["actors"][0], back["events"][0]["links"][0], back["events"][0]["claims"][0],
        *(back["events"][0]["claims"][0][key] for key in ("when", "quantity")),
        back["events"][0]["claims"][0]["chain"][0],
    ]  # fmt: skip
    for place in places:
        assert {key: place.get(key, "gone") for key in more} == more


def test_a_source_may_derive_from_a_later_one(document):
    data = a_bundle(sources=[raw_source(uid="copy", derived_from="wire"), raw_source(uid="wire")])
    assert brought_in(document, data).problems == ()
    assert [(source.uid, source.derived_from) for source in document.store.sources()] == [
        ("copy", "wire"),
        ("wire", None),
    ]
    assert document.check() == []


def test_what_a_file_does_not_state_stays(document):
    source = raw_source(uid="s", publisher="P")
    claim = raw_claim("s", uid="c")
    brought_in(
        document,
        a_bundle(
            title="T", sources=[source], events=[raw_event(uid="e", summary="S", claims=[claim], tags=["t"])]
        ),
    )
    second = raw_claim("s", uid="d", quote="line", span=None)
    result = brought_in(
        document,
        a_bundle(
            title="Other",
            sources=[{"uid": "s", "title": "New title"}],
            events=[{"uid": "e", "kind": "deployment", "tags": [], "claims": [second]}],
        ),
    )
    (event,) = document.store.events()
    (held,) = document.store.sources()
    assert (result.added, result.updated) == (0, 1)
    assert (event.summary, event.tags, [claim.uid for claim in event.claims]) == ("S", (), ["c", "d"])
    assert (held.title, held.publisher, held.text) == ("New title", "P", TEXT)
    assert document.title == "T"


def test_nothing_wrong_overwrites_what_was_right(document):
    """An update with an unreadable value leaves the value that the document has."""
    source, event = (
        raw_source(uid="s", publisher="P"),
        raw_event(uid="e", summary="S", place="P", when={"edtf": "2024"}, tags=["t"]),
    )
    brought_in(document, a_bundle(sources=[source], events=[event]))
    before = next(document.store.events()), next(document.store.sources())
    wrong = {
        "uid": "e",
        "kind": "deployment",
        "title": 5,
        "summary": [],
        "place": {},
        "when": "2024",
        "tags": "t",
    }
    result = brought_in(
        document, a_bundle(sources=[{"uid": "s", "publisher": 5, "text": []}], events=[wrong])
    )
    assert len(result.problems) == 8
    event, source = next(document.store.events()), next(document.store.sources())
    assert (event.title, event.summary, event.place, event.when, event.tags) == (
        before[0].title, "S", "P", before[0].when, ("t",),
    )  # fmt: skip
    assert (source.title, source.publisher, source.text) == (before[1].title, "P", TEXT)


@pytest.mark.parametrize("depth", [90, 150, 400, 700, 900, 950, 980])
def test_whatever_depth_is_read_can_be_written(document, depth):
    value = "[" * depth + "]" * depth
    data = (
        a_bundle(events=[raw_event(uid="e", more="PUT")], top="PUT").decode().replace('"PUT"', value).encode()
    )
    try:
        brought_in(document, data)
    except UnreadableError:
        return
    document.bundle()
    assert document.check() == []


@given(st.binary(max_size=300) | json_values.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_read_or_refused(data):
    with pytest.raises(UnreadableError):
        read_bundle(data, Known(), "in.json")


def mutated(data, chance):
    """A copy with a few bytes changed, left out, doubled or cut off."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(changed))
        match chance.randrange(5):
            case 0:
                changed[at] = chance.randrange(256)
            case 1:
                del changed[at : at + chance.randint(1, 40)]
            case 2:
                changed[at:at] = changed[at : at + chance.randint(1, 40)]
            case 3:
                changed[at:at] = chance.choice(
                    [b"null", b"[", b"}", b'"', b"NaN", b"\\ud800", b"1e999", b",", b"-"]
                )
            case _:
                changed[at : at + 1] = chance.choice([b"0", b"9", b"true", b'""', b"{}", b"[]"])
    return bytes(changed)


def test_mutated_bundles_are_read_or_refused(sample):
    whole, chance = sample.read_bytes(), random.Random(46)
    refused = 0
    for _ in range(1_500):
        try:
            rewritten(read_bundle(mutated(whole, chance), Known(), "in.json"))
        except UnreadableError:
            refused += 1
    assert 0 < refused < 1_500


def test_mutated_bundles_are_imported_without_error_and_export_what_they_brought(tmp_path):
    """Other values at random places: whatever came in is sound, and comes in again as the same."""
    fine, chance = everything(), random.Random(50)
    places = list(paths_in(fine))
    for _ in range(60):
        changed = fine
        for path in chance.sample(places, 3):
            try:
                changed = put(changed, path, chance.choice([*WRONG, "e", "s", "A", "P", "2024", "9" * 101]))
            except (KeyError, IndexError, TypeError):  # an outer place was changed before
                pass
        changed = {**changed, "format": "dateline", "version": 1}
        path = Path(tempfile.mkdtemp(dir=tmp_path)) / "a.dateline"
        with closing(Document.create(path)) as document:
            brought_in(document, json.dumps(changed).encode())
            again = brought_in(document, json.dumps(changed).encode())
            assert (again.added, again.updated) == (0, 0)
            first = document.bundle()
            document.undo()
            assert document.store.event_ids() == []
        second = exported_anew(tmp_path, first)
        assert second == first
        assert exported_anew(tmp_path, second) == second


def test_a_dry_run_says_the_same_and_changes_not_a_byte(document, sample):
    changed = put(json.loads(sample.read_text()), ("events", 2, "claims", 0, "span"), [1, 2])
    data = json.dumps(put(changed, ("events", 5, "kind"), None)).encode()
    with assert_untouched(document.path):
        dry = document.import_files([("in.json", data)], dry_run=True)
    done = document.import_files([("in.json", data)])
    for part in ("added", "updated", "unchanged", "refused", "problems"):
        assert getattr(dry, part) == getattr(done, part)
    assert (done.added, done.refused) == (15, 1)
    assert {problem.path for problem in done.problems} >= {"events[2].claims[0].span", "events[5]"}
