"""What is wrong in a bundle is named by its path and line, kept, and never silently repaired."""

from __future__ import annotations

import json

import pytest
from builders import SPAN, a_bundle, raw_claim, raw_event, raw_source
from bundle_reading import (
    WRONG,
    brought_in,
    dotted,
    everything,
    exported_anew,
    named,
    paths_in,
    put,
    read,
    rewritten,
    sort_of,
    value_at,
)

from viewer.formats.bundle import read_bundle
from viewer.formats.incoming import Known, UnreadableError


@pytest.mark.parametrize("span", [[0, 3], [SPAN[0], SPAN[1] + 1], [900, 933], [SPAN[1], SPAN[1]]], ids=str)
def test_a_wrong_span_is_named_and_kept(span):
    source = raw_source()
    found = read(sources=[source], events=[raw_event(claims=[raw_claim(source["uid"], span=span)])])
    assert named(found) == ["events[0].claims[0].span"]
    assert list(found.events[0].event.claims[0].span) == span


@pytest.mark.parametrize(
    "span", [[1], [1, 2, 3], "1-2", [5, 2], [-1, 2], [1.0, 2], [True, 2], [0, 10**17], {}, 3], ids=str
)
def test_what_is_no_span_is_named_and_given_back(span):
    source = raw_source()
    found = read(sources=[source], events=[raw_event(claims=[raw_claim(source["uid"], span=span)])])
    assert named(found) == ["events[0].claims[0].span"]
    assert found.events[0].event.claims[0].span is None
    assert rewritten(found)["events"][0]["claims"][0]["span"] == span


def test_a_span_is_checked_against_a_text_that_the_document_has(document):
    source = raw_source(uid="s")
    brought_in(document, a_bundle(sources=[source]))
    result = brought_in(document, a_bundle(events=[raw_event(claims=[raw_claim("s", span=[0, 3])])]))
    assert [problem.path for problem in result.problems] == ["events[0].claims[0].span"]


@pytest.mark.parametrize(
    ("when", "paths"),
    [
        ({"edtf": "2024-10", "earliest": "2024-10-01", "latest": "2024-10-31"}, []),
        ({"edtf": "2024-10", "earliest": "2024-10-02"}, [".earliest"]),
        ({"edtf": "2024-10", "earliest": "2024", "latest": "2024-11-01"}, [".earliest", ".latest"]),
        ({"edtf": "[..2024-10]", "earliest": "-inf", "latest": "2024-10-31"}, []),
        ({"edtf": "[..2024-10]", "earliest": "unknown"}, [".earliest"]),
        ({"edtf": "/2024-10", "earliest": "unknown"}, []),
        ({"edtf": "2024-13"}, [".edtf"]),
        ({"edtf": "last week", "text": "last week"}, [".edtf"]),
        ({"edtf": "9" * 5_000}, [".edtf"]),
        ({"text": "last week"}, []),
        ({"text": "last week", "earliest": "2024-10-01"}, [".edtf"]),
        ({"edtf": 2024}, [".edtf"]),
        ({"edtf": "2024", "earliest": 5}, [".earliest"]),
        ("2024", [""]),
    ],
    ids=str,
)
def test_a_date_that_contradicts_its_edtf_is_named(when, paths):
    source = raw_source(published=when)
    event = raw_event(when=when, claims=[raw_claim(source["uid"], when=when)])
    found = read(sources=[source], events=[event])
    owners = ("sources[0].published", "events[0].when", "events[0].claims[0].when")
    assert sorted(named(found)) == sorted(f"{owner}{path}" for owner in owners for path in paths)


@pytest.mark.parametrize(
    "when",
    [
        {"edtf": "last week", "earliest": "2024-10-01", "latest": "2024-10-02", "x": 1},
        {"text": "so", "edtf": "last week", "earliest": "2024-10-01"},
        {"text": "so", "earliest": "2024-10-01"},
        {"latest": "2024-10-01"},
        {"edtf": 5, "earliest": [1]},
        {"edtf": "2024", "earliest": "2024-01-01", "latest": "2024-12-31", "x": {"y": [0]}},
        "2024",
        7,
        [],
    ],
    ids=str,
)
def test_a_date_that_cannot_be_read_is_given_back(when):
    assert rewritten(read(events=[raw_event(when=when)]))["events"][0]["when"] == when


def test_the_edtf_counts_when_bounds_contradict_it():
    found = read(events=[raw_event(when={"edtf": "2024-10", "earliest": "2020-01-01"})])
    assert rewritten(found)["events"][0]["when"]["earliest"] == "2024-10-01"
    assert "2020-01-01" in found.problems[0].message
    assert "2024-10-01" in found.problems[0].message


def test_an_unknown_kind_is_named_and_added(document):
    result = brought_in(document, a_bundle(events=[raw_event(kind="raid"), raw_event(kind="raid")]))
    assert [problem.path for problem in result.problems] == ["events[0].kind"]
    assert result.added == 2
    assert [kind.name for kind in document.store.kinds()][3:] == ["raid"]


def test_a_link_to_nowhere_is_named_and_given_back():
    link = {"to": "gone", "relation": "about", "x": 1}
    found = read(events=[raw_event(uid="e", links=[link, {"to": "e", "relation": "about"}])])
    assert named(found) == ["events[0].links[0].to"]
    assert [each.to for each in found.events[0].event.links] == ["e"]
    assert link in rewritten(found)["events"][0]["links"]


def test_references_to_nowhere_are_named_and_given_back():
    source = raw_source(derived_from="gone")
    lost = raw_claim("gone")
    found = read(
        sources=[source], events=[raw_event(claims=[raw_claim(source["uid"], statement="gone"), lost])]
    )
    assert named(found) == [
        "sources[0].derived_from",
        "events[0].claims[0].statement",
        "events[0].claims[1].source",
    ]
    back = rewritten(found)
    assert back["sources"][0]["derived_from"] == "gone"
    assert back["events"][0]["claims"][0]["statement"] == "gone"
    assert back["events"][0]["claims"][1] == lost


def test_references_may_lead_to_what_the_document_has(document):
    brought_in(
        document,
        a_bundle(
            sources=[raw_source(uid="s")], events=[raw_event(uid="e", kind="raid")], kinds=[{"name": "raid"}]
        ),
    )
    claim = raw_claim("s", statement="e")
    event = raw_event(kind="raid", links=[{"to": "e", "relation": "about"}], claims=[claim])
    result = brought_in(document, a_bundle(sources=[raw_source(derived_from="s")], events=[event]))
    assert (result.added, result.problems) == (1, ())


def test_a_uid_that_is_used_again_is_named():
    source, event = (
        raw_source(uid="u"),
        raw_event(uid="u", claims=[raw_claim("u", uid="u"), raw_claim("u", uid="u")]),
    )
    found = read(
        sources=[source, {**source, "title": "Other"}], events=[event, raw_event(uid="u", title="Other")]
    )
    assert named(found) == ["sources[1]", "events[1]", "events[0].claims[1].uid"]
    assert found.refused == 1
    assert [entry.source.title for entry in found.sources] == [source["title"]]
    assert [entry.event.title for entry in found.events] == [event["title"]]
    assert [claim.uid for claim in found.events[0].event.claims] == ["u", ""]


def test_a_claim_uid_of_another_event_is_named_in_this_file_in_another_and_in_the_document(document):
    def holding(uid):
        return raw_event(uid=uid, claims=[raw_claim("s", uid="taken", note=uid)])

    files = [
        ("1.json", a_bundle(sources=[raw_source(uid="s")], events=[holding("a"), holding("b")])),
        ("2.json", a_bundle(events=[holding("c")])),
    ]
    result = document.import_files(files)
    assert [(p.file, p.path) for p in result.problems] == [
        ("1.json", "events[1].claims[0].uid"),
        ("2.json", "events[0].claims[0].uid"),
    ]
    late = brought_in(document, a_bundle(events=[holding("d")]))
    assert [problem.path for problem in late.problems] == ["events[0].claims[0].uid"]
    claims = [claim for event in document.store.events() for claim in event.claims]
    assert [claim.note for claim in claims] == ["a", "b", "c", "d"]
    assert [claim.uid for claim in claims].count("taken") == 1
    again = document.import_files(files)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 3)


def test_names_that_are_described_twice_or_are_their_own_parents(document):
    actors = [
        {"uid": "1", "name": "A", "parent": "B", "aliases": ["first"]},
        {"uid": "1", "name": "B", "parent": "C", "aliases": ["second"]},
        {"uid": "3", "name": "C", "parent": "A", "aliases": ["third"]},
        {"uid": "4", "name": "A", "aliases": ["again"]},
        {"uid": "5", "name": "D", "parent": "D"},
        {"name": ""},
        {"uid": "7", "name": "E", "parent": "Nowhere"},
    ]
    paths = ["[1].uid", "[2].parent", "[3].name", "[4].parent", "[5].name"]
    result = brought_in(document, a_bundle(actors=actors, places=actors))
    assert [problem.path for problem in result.problems] == [
        f"{key}{path}" for key in ("actors", "places") for path in paths
    ]
    for found in (document.store.actors(), document.store.places()):
        assert {each.name: (each.parent, each.aliases) for each in found} == {
            "A": ("B", ("first",)), "B": ("C", ("second",)), "C": (None, ("third",)), "D": (None, ()),
            "E": ("Nowhere", ()), "Nowhere": (None, ()),
        }  # fmt: skip


def test_views_without_a_uid_are_added_once(document):
    views = [
        {"name": "V", "filter": {}},
        {"name": "V", "filter": {}},
        {"uid": "u", "name": "U"},
        {"uid": "u", "name": "X"},
        {"uid": []},
    ]
    data = a_bundle(views=views)
    result = brought_in(document, data)
    assert [problem.path for problem in result.problems] == ["views[3]", "views[4].uid"]
    held = document.store.views()
    brought_in(document, data)
    assert document.store.views() == held
    assert [view["name"] for view in held] == ["V", "U", "View"]


@pytest.mark.parametrize(("length", "taken"), [(1, True), (100, True), (101, False), (0, False)])
def test_a_uid_is_any_text_of_up_to_100_characters(document, length, taken):
    uid = "é" * length
    data = a_bundle(sources=[raw_source(uid=uid)], events=[raw_event(uid=uid)])
    result = brought_in(document, data)
    assert (result.added, result.refused) == ((1, 0) if taken else (0, 1))
    assert set(document.store.ids_by("events", "uid")) == ({uid} if taken else set())
    assert {problem.path for problem in result.problems} == (
        set() if taken else {"sources[0].uid", "sources[0]", "events[0].uid", "events[0]"}
    )


def test_what_has_no_uid_kind_or_title():
    found = read(
        sources=[{"title": "No uid"}, {"uid": "s"}, "text", None],
        events=[
            {"kind": "deployment", "title": "No uid"},
            {"uid": "a", "title": "No kind"},
            {"uid": "b", "kind": "deployment"},
            5,
        ],
    )
    assert set(named(found)) == {
        "sources[0]", "sources[1].title", "sources[2]", "sources[3]",
        "events[0]", "events[1]", "events[2].title", "events[3]",
    }  # fmt: skip
    assert found.refused == 3
    assert [entry.source.title for entry in found.sources] == ["s"]
    assert [entry.event.title for entry in found.events] == ["b"]


@pytest.mark.parametrize(
    "path", [p for p in paths_in(everything()) if p[0] not in ("format", "version", "x-more")], ids=dotted
)
def test_a_wrong_type_anywhere_is_named_there_and_never_an_error(document, path):
    """Another type at one place: the problem is named there, or at what is useless without it."""
    fine = everything()
    assert read_bundle(json.dumps(fine).encode(), Known()).problems == []
    meant = value_at(fine, path)
    for wrong in (*WRONG, "\x00" * 300, 10**17):
        data = json.dumps(put(fine, path, wrong)).encode()
        problems = named(document.import_files([("in.json", data)], dry_run=True))
        if wrong is not None and sort_of(wrong) != sort_of(meant) and "filter" not in path:
            place = dotted(path)
            assert [name for name in problems if name.startswith(place) or place.startswith(name)]


@pytest.mark.parametrize(
    "value",
    ["NaN", "Infinity", "9" * 10_000, '"\\ud800"', '{"a": 1, "a": 2}', "[" * 300 + "]" * 300],
    ids=lambda v: v[:12],
)
@pytest.mark.parametrize(
    "key", ["sources", "events", "actors", "places", "kinds", "views", "x-list", "x-single", "title"]
)
def test_fault_46_is_named_with_its_line_and_only_its_element_is_refused(document, key, value):
    members = {
        "sources": [raw_source()],
        "events": [raw_event()],
        "actors": [{"name": "A"}],
        "places": [{"name": "P"}],
    }
    whole = json.loads(a_bundle(**members, kinds=[{"name": "raid"}], views=[{"name": "V"}], **{"x-list": []}))
    single = key in ("x-single", "title")
    whole[key] = (
        "PUT HERE"
        if single
        else [*whole[key], {"uid": "odd", "name": "odd", "kind": "raid", "more": "PUT HERE"}]
    )
    text = json.dumps(whole, indent=1)
    data = text.replace('"PUT HERE"', value).encode()
    result = brought_in(document, data)
    (problem,) = result.problems
    assert problem.path in ((key, f"{key}[0]") if single else (f"{key}[{len(whole[key]) - 1}]",))
    put_at = text[: text.index('"PUT HERE"')].count("\n") + 1
    assert problem.line in ((put_at,) if single else range(put_at - 5, put_at))
    assert (result.added, result.refused) == (1, key == "events")
    assert "odd" not in document.bundle()
    assert document.bundle() == exported_anew(document.path.parent, document.bundle())


@pytest.mark.parametrize("long", ["x" * 10**6, "\U00018cd6" * 10**5])
def test_a_problem_is_short_whatever_stands_in_the_file(long):
    event = raw_event(
        uid="e", kind=long, when={"edtf": "2025", "earliest": long}, links=[{"to": long[:100], "relation": 1}]
    )
    found = read(
        events=[event, {long: 1}], kinds=[{"name": "k", long: 1}], actors=[{"name": long, "parent": long}]
    )
    assert len(found.problems) >= 6
    assert all(len(problem.message) <= 300 and len(problem.path) <= 300 for problem in found.problems)
    for data in (
        a_bundle(version=long),
        f'{{"{long}": 1, "{long}": 2}}'.encode(),
        f'{{"a": {{"{long}": 1, "{long}": 2}}}}'.encode(),
    ):
        with pytest.raises(UnreadableError) as told:
            read_bundle(data, Known())
        assert len(str(told.value)) < 400


def test_a_source_that_would_be_a_copy_of_itself_is_named_and_given_back():
    first, second, third = (raw_source(uid=uid) for uid in ("first", "second", "third"))
    first["derived_from"], second["derived_from"], third["derived_from"] = "second", "first", "third"
    found = read(sources=[first, second, third])
    assert named(found) == ["sources[1].derived_from", "sources[2].derived_from"]
    assert [entry.source.derived_from for entry in found.sources] == ["second", None, None]
    assert found.sources[1].source.extra["derived_from"] == "first"
