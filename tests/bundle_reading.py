"""Reading bundles in tests: a bundle in which every key is filled, and what becomes of a changed one."""

from __future__ import annotations

import copy
import json
import tempfile
from contextlib import closing
from pathlib import Path

from builders import a_bundle, raw_claim, raw_event, raw_source

from viewer.document import Document
from viewer.formats.bundle import read_bundle
from viewer.formats.bundle_writing import write_bundle
from viewer.formats.incoming import Known


def read(**members):
    return read_bundle(a_bundle(**members), Known())


def named(incoming):
    """The paths of all problems."""
    return [problem.path for problem in incoming.problems]


def rewritten(incoming):
    """What was read, written again as plain JSON."""
    text = write_bundle(
        title=incoming.title,
        language=incoming.language,
        kinds=incoming.kinds,
        actors=incoming.actors,
        places=incoming.places,
        sources=[entry.source for entry in incoming.sources],
        events=[entry.event for entry in incoming.events],
        views=incoming.views,
        extra=incoming.extra,
    )
    return json.loads(text)


def brought_in(document, data):
    return document.import_files([("in.json", data)])


def exported_anew(tmp_path, text):
    """Import a bundle into a new document; return what that exports and what importing it again does."""
    path = Path(tempfile.mkdtemp(dir=tmp_path)) / "a.dateline"
    with closing(Document.create(path)) as document:
        brought_in(document, text.encode())
        before = document.store.dump()
        again = brought_in(document, text.encode())
        assert (again.added, again.updated) == (0, 0)
        assert document.store.dump() == before
        return document.bundle()


WRONG = (None, True, 5, -1.5, "some words", [], {}, [[]], [5, None, "x"], {"x": {}}, ["a", {"name": 5}])


def everything():
    """A bundle in which every key has a value of its type."""
    source = raw_source(
        uid="s", publisher="P", author="A", medium="M", url="U", archived_url="V", language="fr",
        published={"text": "in 2025", "edtf": "2025", "earliest": "2025-01-01", "latest": "2025-12-31",
                   "flags": ["approximate"], "precision": "decade", "reference": "2025-02", "language": "fr",
                   "rule": "R1+R4", "parser": 1},
        accessed={"edtf": "2025"}, reliability="B", derived_from="s0",
    )  # fmt: skip
    claim = raw_claim(
        "s", uid="c", prefix="p", suffix="q", stance="disputes", verb="denied", credibility=2,
        when={"edtf": "2024"},
        quantity={"text": "some", "low": 1, "high": 2.5, "qualifier": "between", "unit": "men",
                  "measure": "losses"},
        statement="e", note="N", retracted=True, chain=[{"name": "H", "anonymous": True, "verb": "said"}],
    )  # fmt: skip
    event = raw_event(
        uid="e", summary="S", when={"edtf": "2024"}, place="P", origin="O", quantity={"low": 1}, tags=["t"],
        actors=[{"name": "A", "role": "force"}], links=[{"to": "e", "relation": "about"}], claims=[claim],
    )  # fmt: skip
    return {
        "format": "dateline", "version": 1, "title": "T", "language": "en",
        "kinds": [{"name": "raid", "label": "Raid", "shape": "bar", "colour": "#000000"}],
        "actors": [{"uid": "a", "name": "A", "aliases": ["B"], "parent": "C"}],
        "places": [{"uid": "p", "name": "P", "aliases": ["Q"], "parent": "R", "latitude": 1, "longitude": 2.5,
                    "precision": "x"}],
        "views": [{"uid": "v", "name": "V", "filter": {}}],
        "sources": [raw_source(uid="s0"), source], "events": [event], "x-more": {"a": [1]},
    }  # fmt: skip


def paths_in(value, path=()):
    """Every place in a JSON value, outermost first."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*path, key)
        yield from paths_in(inner, (*path, key))


def put(value, path, wrong):
    changed = copy.deepcopy(value)
    *outer, last = path
    inner = changed
    for key in outer:
        inner = inner[key]
    inner[last] = wrong
    return changed


def value_at(value, path):
    for key in path:
        value = value[key]
    return value


def sort_of(value):
    if isinstance(value, bool):
        return "flag"
    return {int: "number", float: "number", str: "text", list: "list", dict: "object"}.get(type(value))


def dotted(path):
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in path).lstrip(".")
