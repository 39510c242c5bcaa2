"""JSON Lines and lists of objects as tables."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from table_files import got

from viewer.formats.foreign import Confidence, Head
from viewer.formats.incoming import UnreadableError
from viewer.formats.tables import json_lines

words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=10)


def read(*objects, **options):
    lines = [each if isinstance(each, str) else json.dumps(each, ensure_ascii=False) for each in objects]
    return got("\n".join(lines), "jsonl", "table.jsonl", **options)


@given(
    st.lists(
        st.dictionaries(words.filter(lambda name: name.strip() == name != ""), words), min_size=1, max_size=5
    )
)
def test_whatever_an_object_says_is_kept(objects):
    mapping = {"format": "dateline table mapping", "version": 1}
    found = read(*objects, mapping=mapping)
    kept = [event.extra.get("columns", {}) for event in found.events]
    said = [{key: value for key, value in each.items() if value} for each in objects]
    if all(len({" ".join(key.split()) for key in each}) == len(each) for each in said):
        assert [sorted(each.values()) for each in kept] == [sorted(each.values()) for each in said if each]


def test_keys_are_columns_and_values_text():
    found = read(
        {
            "id": 7,
            "title": "t",
            "tags": ["a", "b"],
            "big": 123456789012345678901234567890,
            "x": {"y": [1.5, "z", None, True]},
            "n": None,
        },
        {"id": 8, "title": "u", "b": True},
    )
    assert found.event("t").tags == ("a", "b")
    assert found.event("t").extra["columns"] == {
        "big": "123456789012345678901234567890",
        "x": '{"y": [1.5, "z", null, true]}',
    }
    assert found.event("u").extra["columns"] == {"b": "true"}
    assert [event.uid for event in found.events] == ["table-table:7", "table-table:8"]


def test_a_key_that_comes_late_is_kept_by_its_name():
    rows = [{"id": number, "title": f"t{number}"} for number in range(1500)]
    rows[1400]["late"] = "x"
    found = read(*rows)
    assert found.event("t1400").extra == {"columns": {"late": "x"}}
    assert len(found.events) == 1500


def test_a_list_of_objects_is_read_with_the_lines_of_its_elements():
    data = '[\n{"id": 1, "title": "a"},\n\n{"id": 2,\n "title": "b"},\n3\n]\n'
    found = got(data, "jsonl", "x.json")
    assert [event.title for event in found.events] == ["a", "b"]
    assert "expected an object" in found.told_at(6)


def test_fault_46_each_bad_line_is_named_and_the_others_come_in():
    deep = "[" * 100_000
    found = read(
        {"id": 1, "title": "first"},
        '{"id": 2, "title": "broken',
        '{"id": 3, "title": "nan", "x": NaN}',
        '{"id": 4, "title": "twice", "x": 1, "x": 2}',
        '{"id": 5, "title": "half \\ud83d"}',
        '{"id": 6, "title": ' + deep,
        '{"id": 7, "title": "deep", "x": ' + "[" * 150 + "]" * 150 + "}",
        "[1]",
        '{"id": 9, "title": "n\\u0000l"}',
        '{"id": 8, "title": "last", "n": ' + "9" * 10_000 + "}",
    )
    assert [event.title for event in found.events] == ["first", "nan", "twice", "half �", "n�l", "last"]
    assert found.event("nan").extra["columns"] == {"x": "NaN"}
    assert found.event("twice").extra["columns"] == {"x": "1", "x (2)": "2"}
    assert found.event("last").extra["columns"] == {"n": "9" * 10_000}
    assert "not JSON" in found.told_at(2)
    assert "surrogate" in found.told_at(5)
    assert "too deep" in found.told_at(6)
    assert "too deep" in found.told_at(7)
    assert "expected an object" in found.told_at(8)
    assert "NUL" in found.told_at(9)


@pytest.mark.parametrize("data", ["", "  \n", "[]", "7", '"text"', "[1, 2]"])
def test_what_holds_no_object_is_refused(data):
    with pytest.raises(UnreadableError):
        got(data, "jsonl", "x.json")


@pytest.mark.parametrize("data", ['[{"a": 1}', '[{"a": 1} {"b": 2}]', '[{"a": 1},]x', "[" * 100_000])
def test_a_broken_list_is_refused_with_its_line(data):
    with pytest.raises(UnreadableError):
        got(data, "jsonl", "x.json")


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("x", '{"a": 1}\n{"a": 2}\n', Confidence.LIKELY),
        ("x", '[{"a": 1}]', Confidence.LIKELY),
        ("x.jsonl", '{"a": 1}\n', Confidence.ENDING),
        ("x.json", '{"a": 1}\n', Confidence.NO),
        ("x.json", '{\n"a": 1\n}\n', Confidence.NO),
        ("x", "a,b\n1,2\n", Confidence.NO),
        ("x", "", Confidence.NO),
    ],
)
def test_json_lines_are_recognised(name, data, expected):
    assert json_lines.recognise(Head(name, data.encode())) == expected


@given(st.binary(max_size=200))
def test_recognising_never_raises(data):
    assert json_lines.recognise(Head("x.jsonl", data)) >= Confidence.NO
