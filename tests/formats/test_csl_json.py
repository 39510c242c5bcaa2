"""CSL-JSON, read: dates in all their forms, names, and what is kept."""

from __future__ import annotations

import json

import pytest
from builders import a_source
from formats.foreign_reading import problems, read, sorted_out, sources
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.dates import from_edtf
from viewer.formats.bundle_writing import source_json
from viewer.formats.incoming import UnreadableError
from viewer.formats.references.csl_json import FORMAT


def one(**fields):
    return sources(FORMAT, json.dumps([{"type": "webpage", "title": "T", **fields}]))[0]


@pytest.mark.parametrize(
    ("issued", "edtf", "text"),
    [
        ({"date-parts": [[2025]]}, "2025", None),
        ({"date-parts": [["2025", "2"]]}, "2025-02", None),
        ({"date-parts": [[2025, 2, 5]]}, "2025-02-05", None),
        ({"date-parts": [[2025, 2, None]]}, "2025-02", None),
        ({"date-parts": [[2025, 0, 0]]}, "2025", None),
        ({"date-parts": [[2025, 2, 5], [2025, 3]]}, "2025-02-05/2025-03", None),
        ({"date-parts": [[2025, 2], [0]]}, "2025-02/..", None),
        ({"date-parts": [[-44, 3, 15]]}, "-0043-03-15", None),
        ({"date-parts": [[1850]], "circa": True}, "1850~", None),
        ({"date-parts": [[1850], [1860]], "circa": "1"}, "1850~/1860~", None),
        ({"date-parts": [[1850]], "circa": 0}, "1850", None),
        ({"date-parts": [[2019]], "season": "1"}, "2019-21", None),
        ({"date-parts": [[2019]], "season": 22, "circa": True}, "2019-22~", None),
        ({"date-parts": [[2019]], "season": "Winter"}, "2019-24", None),
        ({"date-parts": [[2019]], "literal": "around 2019"}, "2019", "around 2019"),
        ({"literal": "February 2017"}, "2017-02", "February 2017"),
        ({"raw": "2017-05-10"}, "2017-05-10", None),
        ({"literal": "2017-05-0010"}, None, "2017-05-0010"),
        ({"literal": "n.d."}, None, "n.d."),
        ("2020-05~", "2020-05~", None),
        (2020, "2020", None),
    ],
)
def test_a_date_is_as_fine_as_the_file_says(issued, edtf, text):
    date = one(issued=issued).published
    assert (date.edtf, date.text) == (edtf, text)


@pytest.mark.parametrize(
    "empty", [None, "", {}, {"date-parts": []}, {"date-parts": [[]]}, {"date-parts": [[""]]}]
)
def test_no_date_is_none(empty):
    data = json.dumps([{"type": "book", "title": "T", "issued": empty}])
    assert sources(FORMAT, data)[0].published is None
    assert problems(FORMAT, data) == []


@pytest.mark.parametrize(
    "issued",
    [
        {"literal": "2017-05-0010"},
        {"date-parts": [[2020, 13]]},
        {"date-parts": [[2020, 2, 31]]},
        {"date-parts": [[2020, 0, 5]]},
        {"date-parts": [["MMXX"]]},
        {"date-parts": [[2020, 1, 1, 1]]},
        {"date-parts": [[2021], [2020]]},
        {"date-parts": [[1], [2], [3]]},
        {"date-parts": [[2020]], "season": "monsoon"},
        {"date-parts": [[99999999999999]]},
        [2020],
        True,
    ],
)  # fmt: skip
def test_a_date_that_cannot_be_read_is_kept_and_named(issued):
    found, given_sources, odd, _ = sorted_out(
        FORMAT, json.dumps([{"type": "book", "title": "T", "issued": issued}])
    )
    source = given_sources[0]
    assert [each.path for each in odd] == ["[0].issued"]
    assert source.published is None or source.published.edtf is None
    assert source.extra.get("csl", {}).get("issued") == issued or source.published.text == issued["literal"]
    assert found == []


def test_an_item_gives_all_its_fields():
    item = {
        "id": "http://zotero.org/users/1/items/A", "type": "article-newspaper", "title": "The <i>Times</i> & we",
        "container-title": "The Gazette", "publisher": "Gazette Ltd",
        "author": [{"family": "Gaulle", "given": "C.", "non-dropping-particle": "de"}, {"literal": "AFP"},
                   {"family": "King", "given": "M.", "suffix": "Jr."}],
        "issued": {"date-parts": [[2025, 2, 5]]}, "accessed": {"date-parts": [["2025", 3, 1]]},
        "URL": "https://example.org/a", "archive": "Wayback Machine",
        "archive_location": "https://archive.example.org/a", "language": "fr", "abstract": "A", "note": "N",
    }  # fmt: skip
    source = sources(FORMAT, json.dumps([item]))[0]
    assert (source.title, source.publisher) == ("The Times & we", "The Gazette")
    assert source.author == "C. de Gaulle; AFP; M. King, Jr."
    assert (source.medium, source.url, source.language) == (
        "article-newspaper",
        "https://example.org/a",
        "fr",
    )
    assert source.archived_url == "https://archive.example.org/a"
    assert (source.published.edtf, source.accessed.edtf) == ("2025-02-05", "2025-03-01")
    assert source.extra["csl"] == {
        key: item[key] for key in ("id", "title", "publisher", "author", "archive", "abstract", "note")
    }
    assert source.text is None


def test_a_book_is_published_by_its_publisher():
    assert one(type="book", publisher="P", **{"container-title": "Series"}).publisher == "P"


def test_without_a_title_another_name_stands_for_it_and_is_named():
    data = json.dumps([{"type": "webpage", "container-title": "Site", "note": "x"}, {"type": "map"}])
    assert [each.title for each in sources(FORMAT, data)] == ["Site", "map"]
    assert [path for path, _ in problems(FORMAT, data)] == ["[0].title", "[1].title"]


def test_addresses_that_are_none_of_the_web_are_kept():
    source = one(URL="javascript:x", archive="Box 7")
    assert (source.url, source.archived_url) == (None, None)
    assert source.extra["csl"] == {"URL": "javascript:x", "archive": "Box 7"}


def test_an_item_is_the_same_when_it_is_read_again_and_a_serial_number_is_no_name():
    items = [
        {"type": "book", "id": 1, "title": "A"},
        {"type": "book", "id": 1, "title": "A"},
        {"type": "book"},
    ] * 2
    uids = [each.uid for each in sources(FORMAT, json.dumps(items))]
    assert len(set(uids)) == len(items)
    assert [each.uid for each in sources(FORMAT, json.dumps(items))] == uids
    other = json.dumps([{"type": "book", "id": 1, "title": "B"}])
    assert sources(FORMAT, other)[0].uid not in uids


def test_a_list_within_an_object_is_read():
    assert len(sources(FORMAT, json.dumps({"items": [{"type": "book", "title": "T"}]}))) == 1
    assert sources(FORMAT, json.dumps({"items": []})) == []


def test_our_own_record_counts_where_it_agrees_with_the_visible_one():
    source = a_source(uid="s", title="Ours", published=from_edtf("2024-02~"), text="Words.", reliability="B")
    item = {"id": "s", "type": "book", "title": "Ours", "issued": {"date-parts": [[2024, 2]], "circa": True}}
    own = {**item, "dateline": source_json(source)}
    assert sources(FORMAT, json.dumps([own])) == [source]
    changed = sources(FORMAT, json.dumps([{**own, "title": "New", "issued": {"date-parts": [[2023]]}}]))[0]
    assert (changed.uid, changed.title, changed.published.edtf, changed.text) == (
        "s",
        "New",
        "2023",
        "Words.",
    )


def test_odd_items_are_named_by_their_lines():
    data = '[\n5,\n{"type": "book", "title": NaN},\n{"type": "book", "title": "T"}\n]'
    assert problems(FORMAT, data) == [("[0]", 2), ("[1]", 3)]


@pytest.mark.parametrize("data", ["", "5", "{}", "[", '{"items": 5}', '[{"type": "book"}] x'])
def test_what_is_no_list_of_references_is_refused(data):
    with pytest.raises(UnreadableError):
        read(FORMAT, data)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(("date-parts", "season", "circa", "literal", "family", "given", "uid", "title")),
        inner, max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip
KEYS = (
    "id",
    "type",
    "title",
    "container-title",
    "author",
    "issued",
    "accessed",
    "URL",
    "archive",
    "language",
    "dateline",
)


@given(st.lists(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=6), max_size=4))
def test_each_item_is_a_source_whatever_it_holds(items):
    found = sources(FORMAT, json.dumps(items))
    assert len(found) == len(items)
    assert all(each.title and each.uid for each in found)
