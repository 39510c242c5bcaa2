"""JSON from strangers: what the standard parser lets pass is a fault of the element that holds it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.formats.incoming import UnreadableError
from viewer.formats.strict_json import Element, members

words = st.text(st.characters(exclude_categories=["Cs"]))
plain_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**18) + 1, 10**18 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=20,
)  # fmt: skip


def as_read(found):
    """What was read, as plain values; nothing of it may be faulty."""
    plain = {}
    for key, value in found.items():
        elements = value if isinstance(value, list) else [value]
        assert [each.fault for each in elements] == [""] * len(elements)
        plain[key] = [each.value for each in value] if isinstance(value, list) else value.value
    return plain


def only(data):
    """The one element of the one list of a document."""
    (element,) = members(data)["list"]
    return element


@given(
    st.dictionaries(words, plain_values, max_size=5),
    st.sampled_from([None, 0, 2]),
    st.booleans(),
)
def test_it_reads_what_the_standard_parser_reads(value, indent, ascii_only):
    data = json.dumps(value, indent=indent, ensure_ascii=ascii_only).encode()
    assert as_read(members(data)) == value


def test_a_mark_at_the_beginning_is_passed_over():
    assert as_read(members("\ufeff{}".encode())) == {}


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    try:
        members(data)
    except UnreadableError:
        pass


@given(st.text('{}[]",:0123456789.eE+-truefalsnNaI \n\\u', max_size=80))
def test_any_signs_of_json_are_read_or_refused(text):
    try:
        members(text.encode())
    except UnreadableError:
        pass


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"", 1),
        (b"{", 1),
        (b'{"a": 1', 1),
        (b'{"a": 1,}', 1),
        (b'{"a" 1}', 1),
        (b"{1: 2}", 1),
        (b'{"a": [1,]}', 1),
        (b'{"a": [1 2]}', 1),
        (b'{"a": 1}\n{}', 2),
        (b'{\n"a": 1,\n"b": tru\n}', 3),
        (b'{\n"a": 1,\n"a": 2\n}', 3),
        (b'{\n"\\ud800": 1}', 2),
        (b"[]", 1),
        (b"null", 1),
        (b"{}\x00", 1),
    ],
)
def test_a_fault_of_syntax_makes_the_file_unreadable_and_names_the_line(data, line):
    with pytest.raises(UnreadableError) as told:
        members(data)
    assert told.value.line == line


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("NaN", "NaN is no JSON number"),
        ("[Infinity]", "Infinity is no JSON number"),
        ('{"a": -Infinity}', "-Infinity is no JSON number"),
        ("1e999", "too large"),
        ("9" * 10_000, "10000 digits"),
        ("-" + "9" * 19, "19 digits"),
        ('"\\ud800"', "half of a character"),
        ('{"\\udc00": 1}', "half of a character"),
        ('{"a": 1, "a": 1}', "“a” is given twice"),
        ('{"b": [{"c": 1, "c": 2}]}', "“c” is given twice"),
        ("[" * 101 + "]" * 101, "too deep"),
        ('{"a":' * 101 + "1" + "}" * 101, "too deep"),
        ("[" * 800 + "]" * 800, "too deep"),
    ],
    ids=lambda value: value[:20],
)
def test_fault_46_is_a_fault_of_its_element_alone(value, told):
    found = members(f'{{"list": [1,\n{value},\n{{"a": 1}}], "after": 2}}'.encode())
    first, faulty, last = found["list"]
    assert (first, last) == (Element(1, 1), Element({"a": 1}, 3))
    assert told in faulty.fault
    assert faulty.line == 2
    assert found["after"] == Element(2, 3)


@pytest.mark.parametrize("depth", [1_000, 100_000])
@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"list": ['])
def test_fault_46_unending_depth_is_refused_not_a_crash(depth, opening):
    with pytest.raises(UnreadableError):
        members(opening * depth)


@pytest.mark.parametrize("depth", [103, 1_000, 100_000])
def test_fault_46_depth_is_a_fault_of_its_element_or_refuses_the_file(depth):
    # How deep Python itself reads before it gives up differs between its versions.
    data = b'{"list": ' + b"[" * depth + b"]" * depth + b"}"
    try:
        told = members(data)["list"][0].fault
    except UnreadableError as error:
        told = str(error)
    assert "too deep" in told


def test_what_is_just_allowed_is_read():
    assert only(b'{"list": [%s]}' % (b"9" * 18)) == Element(10**18 - 1, 1)
    deep = json.loads("[" * 99 + "1" + "]" * 99)
    assert only(json.dumps({"list": [deep]}).encode()) == Element(deep, 1)
    assert only(b'{"list": ["\\ud83d\\ude00"]}') == Element("\U0001f600", 1)
