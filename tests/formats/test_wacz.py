"""Web archives, read: pages as sources, every hash compared, and archives that are traps."""

from __future__ import annotations

import hashlib
import io
import json
import struct
import zipfile

import pytest
from formats.foreign_reading import read, sorted_out
from hypothesis import given
from hypothesis import strategies as st

from viewer.formats.foreign import Confidence, Head
from viewer.formats.incoming import UnreadableError
from viewer.formats.references.wacz import FORMAT

HEADER = {"format": "json-pages-1.0", "id": "pages", "title": "All"}
PAGE = {
    "id": "1",
    "url": "https://example.org/a",
    "ts": "2020-10-07T21:22:36Z",
    "title": "A  page",
    "text": "Words.",
}


def lines(*pages):
    return "".join(f"{page if isinstance(page, str) else json.dumps(page)}\n" for page in pages).encode()


def archive(pages, *, change=None, listed=True, method=zipfile.ZIP_DEFLATED, **extra):
    """An archive of a list of pages; `change` alters the members after they were listed."""
    members = {"archive/data.warc": b"WARC/1.0\r\n", "pages/pages.jsonl": pages, **extra}
    resources = [
        {"name": name, "path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in members.items()
    ]
    manifest = {"profile": "data-package", "wacz_version": "1.1.1", "resources": resources if listed else []}
    members["datapackage.json"] = json.dumps(manifest).encode()
    digest = hashlib.sha256(members["datapackage.json"]).hexdigest()
    members["datapackage-digest.json"] = json.dumps(
        {"path": "datapackage.json", "hash": f"sha256:{digest}"}
    ).encode()
    members.update(change or {})
    return packed(members, method)


def packed(members, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return file.getvalue()


def test_pages_are_sources_with_their_text_and_the_archives_hash():
    data = archive(
        lines(HEADER, {**PAGE, "size": 7}, {"url": "https://example.org/b", "ts": "20201007212236"})
    )
    events, (one, other), odd, _ = sorted_out(FORMAT, data, "a.wacz")
    assert (one.title, one.url, one.text) == ("A page", "https://example.org/a", "Words.")
    assert (one.accessed.edtf, one.published) == ("2020-10-07T21:22:36Z", None)
    assert one.extra["wacz"] == {
        "file": "a.wacz", "sha256": hashlib.sha256(data).hexdigest(), "verified": True, "id": "1",
        "ts": "2020-10-07T21:22:36Z", "size": 7,
    }  # fmt: skip
    assert (other.title, other.accessed.edtf) == ("https://example.org/b", "2020-10-07T21:22:36Z")
    assert (events, odd) == ([], [])


def test_further_lists_are_read_and_a_page_is_given_once():
    more = {"pages/extraPages.jsonl": lines(HEADER, PAGE, {**PAGE, "ts": "2021-01-01T00:00:00Z"})}
    _, found, odd, _ = sorted_out(FORMAT, archive(lines(PAGE), **more))
    assert len({each.uid for each in found}) == len(found) == 2
    assert odd == []


@pytest.mark.parametrize(
    ("ts", "edtf"),
    [
        ("2020-10-07T21:22:36.512Z", "2020-10-07T21:22:36Z"),
        ("2020-10-07 21:22:36+0200", "2020-10-07T21:22:36+02:00"),
        ("2020-10-07", "2020-10-07"),
        ("yesterday", None),
        (1602105756, None),
        ("2020-13-07T21:22:36Z", None),
    ],
)
def test_a_time_is_read_strictly_and_what_is_none_is_named(ts, edtf):
    _, (source,), odd, _ = sorted_out(FORMAT, archive(lines({**PAGE, "ts": ts})))
    assert source.accessed.edtf == edtf
    assert [each.path for each in odd] == ([] if edtf else ["pages/pages.jsonl:1 · ts"])


def test_what_does_not_match_its_hash_is_named_and_marked():
    data = archive(lines(PAGE), change={"pages/pages.jsonl": lines({**PAGE, "title": "Forged"})})
    _, (source,), odd, _ = sorted_out(FORMAT, data)
    assert (source.title, source.extra["wacz"]["verified"]) == ("Forged", False)
    assert [each.path for each in odd] == ["pages/pages.jsonl"]
    assert "does not match its hash" in odd[0].message


def test_a_list_of_resources_that_was_changed_is_named():
    manifest = json.dumps({"wacz_version": "1.1.1", "resources": []}).encode()
    _, _, odd, _ = sorted_out(FORMAT, archive(lines(PAGE), change={"datapackage.json": manifest}))
    assert [each.path for each in odd] == ["datapackage-digest.json", "datapackage.json"]
    assert "2 files are not listed" in odd[1].message


@pytest.mark.parametrize(
    ("resource", "said"),
    [
        ({"path": "gone.warc", "hash": "sha256:0"}, "does not hold it"),
        ({"path": "archive/data.warc"}, "no hash"),
        ({"path": "archive/data.warc", "hash": "crc:1"}, "no hash"),
        ({"path": "archive/data.warc", "hash": "sha256:0"}, "does not match"),
        ({"path": ["x"]}, "does not hold it"),
        (5, "does not hold it"),
    ],
)
def test_each_resource_that_cannot_be_verified_is_named(resource, said):
    manifest = json.dumps({"wacz_version": "1.1.1", "resources": [resource]}).encode()
    data = packed({"archive/data.warc": b"x", "pages/pages.jsonl": lines(PAGE), "datapackage.json": manifest})
    _, found, odd, _ = sorted_out(FORMAT, data)
    assert said in odd[0].message
    assert len(found) == 1


def test_odd_pages_are_named_by_their_lines_and_the_others_read():
    pages = lines(HEADER, "nonsense", {"ts": "x"}, [1], {"url": "https://e.org", "x": float("nan")}, PAGE, "")
    _, found, odd, _ = sorted_out(FORMAT, archive(pages))
    assert [each.line for each in odd] == [2, 3, 4, 5]
    assert len(found) == 1


def test_an_archive_without_pages_says_so():
    data = packed({"datapackage.json": json.dumps({"wacz_version": "1.1.1", "resources": []})})
    _, found, odd, _ = sorted_out(FORMAT, data)
    assert (found, [each.path for each in odd]) == ([], ["pages"])


@pytest.mark.parametrize(
    "data",
    [
        b"", b"words", b"PK\x03\x04", packed({}), packed({"a.json": "{}"}), packed({"datapackage.json": "{}"}),
        packed({"datapackage.json": "nonsense"}), packed({"datapackage.json": "[]", "pages/pages.jsonl": "{}"}),
        packed({"datapackage.json": "[" * 100_000}),
    ],
)  # fmt: skip
def test_what_is_no_web_archive_is_refused(data):
    with pytest.raises(UnreadableError):
        read(FORMAT, data)


def test_a_member_that_is_packed_too_densely_is_not_unpacked():
    bomb = {"archive/bomb.warc": bytes(40_000_000)}
    _, found, odd, _ = sorted_out(FORMAT, archive(lines(PAGE), **bomb))
    assert [(each.path, "as a trap would" in each.message) for each in odd] == [("archive/bomb.warc", True)]
    assert len(found) == 1


def test_many_members_together_are_not_unpacked_beyond_the_limit():
    bombs = {f"archive/{number}.warc": bytes(3_000_000) for number in range(20)}
    _, _, odd, _ = sorted_out(FORMAT, archive(lines(PAGE), **bombs))
    assert 10 < len(odd) < 20


def test_a_page_that_is_too_long_is_named_and_the_next_one_read():
    pages = lines({**PAGE, "text": "x" * 17_000_000}, {**PAGE, "url": "https://example.org/b"})
    _, found, odd, _ = sorted_out(FORMAT, archive(pages, method=zipfile.ZIP_STORED))
    assert [each.url for each in found] == ["https://example.org/b"]
    assert "16 MB" in odd[0].message


def test_an_encrypted_member_is_named():
    data = bytearray(archive(lines(PAGE)))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(sign) + at
        struct.pack_into("<H", data, place, 1)
    _, found, odd, _ = sorted_out(FORMAT, bytes(data))
    assert [(each.path, "encrypted" in each.message) for each in odd] == [("archive/data.warc", True)]
    assert len(found) == 1


def test_names_lead_nowhere(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    sorted_out(FORMAT, archive(lines(PAGE), **{"../../out.warc": b"x", "/etc/x.warc": b"x", "C:\\x": b"x"}))
    assert list(tmp_path.iterdir()) == []
    assert not (tmp_path.parent / "out.warc").exists()


def test_a_web_archive_is_told_from_other_archives():
    assert FORMAT.recognise(Head("x", archive(lines(PAGE)))) == Confidence.SURE
    assert FORMAT.recognise(Head("x.wacz", packed({"a": "b"}))) == Confidence.LIKELY
    assert FORMAT.recognise(Head("x.zip", packed({"a": "b", "xl/workbook.xml": "c"}))) == Confidence.NO
    assert FORMAT.recognise(Head("x.wacz", b"words")) == Confidence.NO


@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_byte_that_changed_stops_nothing(place, value):
    data = bytearray(archive(lines(HEADER, PAGE)))
    data[place % len(data)] = value
    try:
        found = read(FORMAT, bytes(data))
    except UnreadableError:
        return
    assert all(found)
