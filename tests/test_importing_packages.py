"""A Data Package brings in a whole document: what refers to later parts of it arrives, and nothing is lost."""

from __future__ import annotations

import io
import json
import zipfile
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from builders import QUOTE, SPAN, TEXT, a_claim, a_source, an_event
from formats.outgoing_records import documents, outgoing, written
from hypothesis import given, settings

from viewer.document import Document
from viewer.domain.dates import from_edtf
from viewer.domain.records import Actor, Link, Place
from viewer.formats.exports.data_package import FORMAT
from viewer.formats.reading import PART
from viewer.importing import FileToImport


def package(records_out):
    return written(FORMAT, records_out)[0]


def brought(folder, data, name="d.dateline"):
    """A new document with a package brought in, and what came of it."""
    document = Document.create(Path(folder, name))
    file = Path(folder, f"{name}.zip")
    file.write_bytes(data)
    return document, document.import_files([FileToImport(file.name, file, "datapackage")])


def contents(data):
    """What a package holds, but for the name and uid of the document that it was made of."""
    packed = zipfile.ZipFile(io.BytesIO(data))
    files = {name: packed.read(name) for name in packed.namelist()}
    told = json.loads(files.pop("datapackage.json"))
    return files, {key: value for key, value in told.items() if key not in ("id", "title")}


@settings(max_examples=12, deadline=None)
@given(documents())
def test_a_document_goes_out_and_comes_in_without_any_loss(drawn):
    with TemporaryDirectory() as folder:
        first, _ = brought(folder, package(drawn))
        second, result = brought(folder, sent := package(first.outgoing()), "again.dateline")
        with closing(first), closing(second):
            assert contents(package(second.outgoing())) == contents(sent)
            assert result.refused == 0
            again = second.import_files([FileToImport("x.zip", sent, "datapackage")])
            assert (again.added, again.updated) == (0, 0)
            assert second.check() == first.check()


def test_what_the_sample_says_of_itself_comes_along(sample_document, tmp_path):
    sent = package(sample_document.outgoing())
    document, result = brought(tmp_path, sent)
    with closing(document):
        assert result.problems == ()
        assert contents(package(document.outgoing())) == contents(sent)
        assert document.store.meta().title == sample_document.store.meta().title


COUNT = PART + 500


@pytest.fixture(scope="module")
def linked():
    """Many events, each of which leads to the one after it, its own statement; sources that copy later ones."""
    sources = [
        a_source(uid=f"s{n}", text=TEXT, derived_from=f"s{n + 1}" if n + 1 < COUNT else None)
        for n in range(COUNT)
    ]
    events = []
    for n in range(COUNT):
        after = f"e{n + 1}" if n + 1 < COUNT else None
        claim = a_claim(
            sources[n], uid=f"c{n}", quote=QUOTE, span=SPAN, prefix="", suffix="", statement=after
        )
        links = () if after is None else (Link(to=after, relation="follows"),)
        events.append(
            an_event(uid=f"e{n}", when=from_edtf("2024"), place=f"p{n}", links=links, claims=(claim,))
        )
    places = tuple(
        Place(uid=f"place-{n}", name=f"p{n}", parent=f"p{n + 1}" if n + 1 < COUNT else None, latitude=1.5)
        for n in range(COUNT)
    )
    actors = (Actor(uid="a", name="A", parent="B"), Actor(uid="b", name="B", aliases=("Bee",)))
    return outgoing(sources, events, places=places, actors=actors, title="T")


def test_what_leads_to_later_parts_of_a_large_file_arrives(linked, tmp_path):
    data = package(linked)
    document, result = brought(tmp_path, data)
    with closing(document):
        assert (result.added, result.refused, result.problems) == (COUNT, 0, ())
        assert list(document.store.events()) == list(linked.events())
        assert list(document.store.sources()) == list(linked.sources())
        assert {each.name: each for each in document.store.places()} == {p.name: p for p in linked.places}
        assert document.check() == []
        again = document.import_files([FileToImport("again.zip", data, "datapackage")])
        assert (again.added, again.updated, again.unchanged) == (0, 0, COUNT)
