"""Mappings: what they make of a table, as JSON both ways, and how faults in them are named."""

from __future__ import annotations

import dataclasses
import json
from typing import get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_files import brought, got, table

from viewer.domain.quantities import Quantity
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables.mapping import TableMapping, Words
from viewer.formats.tables.mapping_json import MappingError, mapping_from_json, mapping_json
from viewer.formats.tables.profiles import profile_mapping, profiles

MARKS = {"format": "dateline table mapping", "version": 1}


def mapped(*rows, **fields):
    return got(table(*rows), mapping={**MARKS, **fields})


mappings = st.builds(
    TableMapping,
    name=st.text(max_size=5),
    rows=st.just("events"),
    title=st.builds(
        Words,
        columns=st.lists(st.text(min_size=1, max_size=5).filter(str.strip), max_size=3).map(tuple),
        separator=st.text(max_size=3),
        first=st.booleans(),
        fixed=st.none() | st.text(max_size=5),
    ),
    identifier=st.lists(st.text(min_size=1, max_size=5).filter(str.strip), max_size=3).map(tuple),
    language=st.none() | st.just("fr"),
)


@given(mappings)
def test_a_mapping_comes_back_from_json_the_same(mapping):
    assert mapping_from_json(json.loads(json.dumps(mapping_json(mapping)))) == mapping


@pytest.mark.parametrize("name", profiles())
def test_the_mapping_of_every_profile_can_be_saved_and_taken_up(name):
    mapping = profile_mapping(name)
    assert mapping_from_json(json.loads(json.dumps(mapping_json(mapping)))) == mapping


def test_every_field_of_a_mapping_can_be_written_in_json():
    full = {
        **MARKS, "name": "n", "label": "l", "scope": "s", "rows": "events", "header": False, "columns": ["A", "B"],
        "sheet": "S", "joins": [{"sheet": "T", "column": "A", "key": "K", "separator": ";"}], "language": "fr",
        "identifier": ["A"], "title": ["A", "B"], "summary": "B",
        "kind": {"columns": ["A"], "values": {"A": {"1": "x"}}},
        "kinds": [{"name": "x", "label": "X", "shape": "bar", "colour": "#123456"}],
        "when": {
            "start": {"year": "Y", "month": "M", "day": "D", "time": "T"}, "end": {"column": "E"},
            "between": "within", "wording": "W", "order": "day first",
            "precision": {"column": "P", "codes": {"1": "day"}}, "epoch": {"column": "S", "unit": "ms"},
        },
        "place": {"name": "P", "latitude": "La", "longitude": "Lo", "precision": "Pr"},
        "origin": "O", "quantity": {"value": "V", "best": "B", "low": "L", "high": "H", "unit": {"fixed": "men"},
                                    "measure": "losses", "none": ["-1"]},
        "actors": [{"column": "A", "role": "force", "separator": ";"}], "tags": [{"column": "T", "separator": ","}],
        "sources": [{
            "identifier": ["S"], "title": "S", "publisher": "P", "author": "A", "medium": "M", "url": "U",
            "archived_url": "R", "language": "L", "published": "D", "accessed": "C",
            "reliability": {"fixed": "C"}, "text": "X", "separator": ";",
            "chain": [{"name": {"columns": ["O", "Q"], "first": True}, "verb": "said"}], "quote": "Q", "note": "N",
            "verb": {"fixed": "reported"}, "stance": "disputes", "credibility": "G", "success": {"S": "ok"},
        }],
        "keep": ["A"],
    }  # fmt: skip
    mapping = mapping_from_json(full)
    assert {field.name for field in dataclasses.fields(mapping)} == full.keys() - MARKS.keys()
    assert get_type_hints(TableMapping)
    assert mapping_from_json(mapping_json(mapping)) == mapping


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ([], "no mapping"),
        ({"format": "x"}, "no mapping"),
        ({"version": 2}, "version 2"),
        ({"titel": "A"}, "titel: there is no such field"),
        ({"title": 7}, "title: expected a column"),
        ({"title": ["A", ""]}, r"title\[1\]: expected the name of a column"),
        ({"title": {"colums": []}}, "title.colums: there is no such field"),
        ({"header": "no"}, "header: expected true or false"),
        ({"header": False}, "columns: a table without a header"),
        ({"rows": "things"}, "rows: expected one of events, sources"),
        ({"rows": "sources"}, "sources: expected columns"),
        ({"when": {"order": "us"}}, "when.order: expected one of auto"),
        ({"when": {"precision": {"codes": {}}}}, "when.precision.column: is missing"),
        (
            {"when": {"precision": {"column": "P", "codes": {"1": "hour"}}}},
            "when.precision.codes.1: expected one",
        ),
        ({"actors": {}}, "actors: expected a list"),
        ({"sources": [{"stance": "maybe"}]}, r"sources\[0\].stance: expected one of"),
        ({"quantity": {"measure": "deaths"}}, "quantity.measure: expected one of"),
        ({"place": "A"}, "place: expected an object"),
        ({"kinds": [{"name": "x"}]}, r"kinds\[0\].label: is missing"),
    ],
)
def test_a_fault_is_named_by_its_field_and_what_was_expected(fault, told):
    with pytest.raises(MappingError, match=told):
        mapping_from_json({**MARKS, **fault} if isinstance(fault, dict) else fault)
    with pytest.raises(UnreadableError, match=told):
        got("A\nx\n", mapping={**MARKS, **fault} if isinstance(fault, dict) else fault)


def test_columns_are_found_whatever_their_case_and_those_that_are_not_there_are_named():
    found = mapped(
        ("EVENT_ID", "Head Line"), ("1", "t"), identifier=["event id"], title="head_line", summary="Text"
    )
    assert found.events[0].uid == "table-table:1"
    assert found.events[0].title == "t"
    assert "no column “Text”" in found.told


def test_words_are_joined_chosen_decoded_or_fixed():
    found = mapped(
        ("a", "b", "c"), ("x", "", "1"), ("x", "y", "2"), ("z", "z", "3"),
        title={"columns": ["a", "b"], "separator": " / "},
        summary={"columns": ["b", "a"], "first": True},
        kind={"columns": ["c"], "values": {"c": {"1": "deployment", "2": "march"}}},
        origin={"fixed": "Here"},
        kinds=[{"name": "march", "label": "March!", "shape": "bar", "colour": "#111111"}],
    )  # fmt: skip
    assert [event.title for event in found.events] == ["x", "x / y", "z"]
    assert [event.summary for event in found.events] == ["x", "y", "z"]
    assert [event.kind for event in found.events] == ["deployment", "march", "3"]
    assert {event.origin for event in found.events} == {"Here"}
    assert [kind.label for kind in found.kinds] == ["March!", "3"]
    # A code is kept, and so is a column that was not chosen.
    assert found.events[1].extra == {"columns": {"a": "x", "c": "2"}}


def test_many_kinds_do_not_crowd_the_legend():
    rows = [(f"t{number}", f"kind {number}") for number in range(40)]
    found = mapped(("title", "k"), *rows, title="title", kind="k")
    assert len(found.kinds) == 17
    assert len({(kind.shape, kind.colour) for kind in found.kinds[:16]}) == 16
    assert found.events[-1].kind == "other"
    assert "more than 16 kinds" in found.told


def test_numbers_are_read_and_odd_ones_kept_and_named():
    rows = [("5",), ("up to 3,000 soldiers",), ("many",), ("-1",), ("",)]
    found = mapped(("n",), *rows, quantity={"value": "n", "measure": "present", "none": ["-1"]}, title="n")
    assert [event.quantity for event in found.events] == [
        Quantity(low=5, high=5, qualifier="exact", measure="present"),
        Quantity(
            text="up to 3,000 soldiers", high=3000, qualifier="at_most", unit="soldiers", measure="present"
        ),
        Quantity(text="many", measure="present"),
        None,
    ]
    assert "Kept as it is written" in found.told_at(4)
    assert found.events[3].extra == {"columns": {"n": "-1"}}


def test_a_best_number_outside_its_bounds_is_kept_and_named():
    rows = [("7", "5", "9"), ("12", "5", "9"), ("3", "3", "3"), ("3", "", ""), ("1", "9", "5")]
    spec = {"best": "b", "low": "l", "high": "h", "unit": {"fixed": "deaths"}, "measure": "losses"}
    found = mapped(("b", "l", "h"), *rows, quantity=spec, title={"fixed": "t"})
    assert [(each.quantity.low, each.quantity.high, each.quantity.text) for each in found.events] == [
        (5, 9, "best 7, low 5, high 9"),
        (5, 9, "best 12, low 5, high 9"),
        (3, 3, None),
        (3, 3, "best 3"),
        (9, 5, "best 1, low 9, high 5"),
    ]
    assert found.events[0].quantity.unit == "deaths"
    assert "12, is not between 5 and 9" in found.told_at(3)
    assert found.told_at(6)
    assert not found.told_at(2)
    assert found.events[1].extra["columns"] == {"b": "12", "l": "5", "h": "9"}


def test_actors_and_tags_are_parted():
    found = mapped(
        ("t", "who", "said", "tags"), ("x", "A; B;; A", "C", "p, q"), title="t",
        actors=[{"column": "who", "role": "force", "separator": ";"}, {"column": "said", "role": "speaker"}],
        tags=[{"column": "tags", "separator": ","}],
    )  # fmt: skip
    event = found.events[0]
    assert [(part.name, part.role) for part in event.actors] == [
        ("A", "force"),
        ("B", "force"),
        ("C", "speaker"),
    ]
    assert event.tags == ("p", "q")


def test_one_source_is_given_once_and_its_claims_have_a_chain():
    rows = [("1", "u1", "Ministry", "Wire", "quoted"), ("2", "u1", "", "Wire", ""), ("3", "", "", "", "")]
    source = {
        "title": "t", "url": "u", "chain": [{"name": "o", "verb": "announced"}, {"name": "w"}], "quote": "q",
        "verb": {"fixed": "reported"}, "reliability": {"fixed": "B"}, "credibility": {"fixed": "2"},
    }  # fmt: skip
    found = mapped(("id", "u", "o", "w", "q"), *rows, title="id", sources=[source])
    assert len(found.sources) == 1
    assert (found.sources[0].title, found.sources[0].url, found.sources[0].reliability) == ("u1", "u1", "B")
    first, second, third = (event.claims for event in found.events)
    assert [(hop.name, hop.verb) for hop in first[0].chain] == [("Ministry", "announced"), ("Wire", None)]
    assert (first[0].quote, first[0].verb, first[0].credibility) == ("quoted", "reported", 2)
    assert [hop.name for hop in second[0].chain] == ["Wire"]
    assert third == ()


def test_parallel_lists_make_several_claims_and_lengths_that_differ_are_named():
    rows = [("1", "A; B", "h1;h2"), ("2", "A;B;C", "h1;h2"), ("3", '"x;y";z', "p;q")]
    found = mapped(
        ("id", "office", "head"), *rows, title="id",
        sources=[{"title": "head", "publisher": "office", "separator": ";", "chain": [{"name": "office"}]}],
    )  # fmt: skip
    assert [len(event.claims) for event in found.events] == [2, 3, 2]
    assert [source.publisher for source in found.sources] == ["A", "B", "C", "x;y", "z"]
    assert "2 and 3 parts" in found.told_at(3)
    assert found.events[1].extra["columns"]["office"] == "A;B;C"


def test_grades_that_are_none_are_named():
    found = mapped(
        ("t", "r", "c"), ("x", "Z", "9"), title="t",
        sources=[{"title": "t", "reliability": "r", "credibility": "c"}],
    )  # fmt: skip
    assert found.sources[0].reliability is None
    assert found.events[0].claims[0].credibility is None
    assert "A, B, C" in found.told_at(2)
    assert "1 to 6" in found.told_at(2)


def test_rows_of_one_identifier_stay_events_of_their_own_and_are_named():
    found = mapped(
        ("id", "t"), ("7", "a"), ("7", "b"), ("8", "c"), identifier=["id"], title="t", scope="mine"
    )
    assert [event.uid for event in found.events] == ["mine:7", "mine:7 (2)", "mine:8"]
    assert "was there before" in found.told_at(3)


def test_rows_without_identifier_have_the_same_uid_whenever_they_are_read():
    rows = [("t", "n"), ("a", "1"), ("a", "1"), ("b", "2")]
    first, again = (mapped(*rows, title="t") for _ in range(2))
    assert [event.uid for event in first.events] == [event.uid for event in again.events]
    assert len({event.uid for event in first.events}) == 3
    longer = mapped(*rows, ("c", "3"), title="t")
    assert [event.uid for event in longer.events][:3] == [event.uid for event in first.events]


def test_places_have_their_position_and_another_one_is_kept_and_named():
    rows = [
        ("a", "Ulm", "48.4", "9,99"),
        ("b", "Ulm", "48.4", "9,99"),
        ("c", "Ulm", "50", "9"),
        ("d", "X", "99", "1"),
    ]
    found = mapped(
        ("t", "p", "lat", "lon"), *rows, title="t",
        place={"name": "p", "latitude": "lat", "longitude": "lon"},
    )  # fmt: skip
    assert [(place.name, place.latitude, place.longitude) for place in found.places] == [("Ulm", 48.4, 9.99)]
    assert found.event("b").extra == {}
    assert found.event("c").extra == {"columns": {"lat": "50", "lon": "9"}}
    assert found.event("d").extra == {"columns": {"lat": "99", "lon": "1"}}
    assert "lies elsewhere" in found.told_at(4)
    assert "from -90 to 90" in found.told_at(5)


def test_long_titles_are_cut_and_kept_whole():
    long = "word " * 100
    found = mapped(("t", "s"), (long, ""), ("two\nlines", "own"), ("", "only this"), title="t", summary="s")
    assert len(found.events[0].title) == 300
    assert found.events[0].summary == long.strip()
    assert found.events[1].title == "two lines"
    assert found.events[1].extra["columns"]["title"] == "two\nlines"
    assert found.events[2].title == "only this"
    assert "no title" in found.told_at(5)


def test_a_table_without_a_header_takes_the_names_of_its_mapping():
    found = got(
        "1,first\n2,second\n", mapping={**MARKS, "header": False, "columns": ["n", "t"], "title": "t"}
    )
    assert [event.title for event in found.events] == ["first", "second"]


def test_rows_can_be_sources():
    data = table(
        ("link", "said", "more"),
        ("https://e.org/1", "Text one", "x"),
        ("", "", "y"),
        ("https://e.org/1", "", ""),
    )
    found = got(data, mapping={**MARKS, "rows": "sources", "sources": [{"url": "link", "text": "said"}]})
    assert found.events == []
    (source,) = found.sources
    assert (source.title, source.text, source.extra) == (
        "https://e.org/1",
        "Text one",
        {"columns": {"more": "x"}},
    )
    assert "neither a title nor a link" in found.told_at(3)
    assert "same link" in found.told_at(4)


def test_what_is_brought_in_passes_the_checks_of_a_bundle_whole():
    rows = [("id", "title", "date", "place", "lat", "lon", "source", "url", "kind", "n"),
            ("1", "a", "03/14/2015", "Ulm", "48", "9", "S", "https://e.org", "deployment", "5"),
            ("2", "b", "soon", "Ulm", "48", "9", "S", "https://e.org", "parade", "up to 9")]  # fmt: skip
    incoming = brought(table(*rows))
    assert incoming.problems == []
    assert [each.event.title for each in incoming.events] == ["a", "b"]
    assert incoming.events[0].event.when.edtf == "2015-03-14"
    assert incoming.events[0].event.when.text == "03/14/2015"
    assert incoming.events[1].event.when.text == "soon"
    assert [kind.name for kind in incoming.kinds] == ["parade"]


def test_a_fixed_source_stands_for_all_rows():
    found = mapped(
        ("t",), ("a",), ("b",), title="t", sources=[{"title": {"fixed": "My files"}, "separator": ";"}]
    )
    assert [source.title for source in found.sources] == ["My files"]
    assert [len(event.claims) for event in found.events] == [1, 1]


def test_a_name_of_a_file_that_is_no_text_makes_a_uid_that_is():
    (event,) = got("title\nx y\n", name="caf\udce9.csv").events
    event.uid.encode()


def test_titles_stay_plain_text():
    title = '<img src="file:///etc/passwd"><b>x</b> &lt; R&D'
    assert got(table(("title",), (title,))).events[0].title == title
