"""Saved pages and plain texts as sources."""

from __future__ import annotations

from importlib.util import find_spec

import pytest
from formats.foreign_reading import read, sorted_out
from formats.test_web_page import HOSTILE, PARAGRAPHS, linked_data, page

from viewer.children import stream_child
from viewer.formats.incoming import UnreadableError
from viewer.formats.reading import read_out
from viewer.formats.references.plain_text import FORMAT as TEXT
from viewer.formats.references.saved_page import FORMAT as PAGE

needs_web = pytest.mark.skipif(find_spec("trafilatura") is None, reason="the extra [web] is not installed")


@needs_web
def test_a_page_is_a_source_whose_date_is_to_be_confirmed():
    _, (source,), odd, _ = sorted_out(PAGE, page(head=linked_data()), "night train.html")
    assert all(paragraph in source.text for paragraph in PARAGRAPHS)
    assert (source.title, source.author, source.publisher) == ("Le train de nuit", "Anne Petit", "La Gazette")
    assert (source.published.edtf, source.language) == ("2025-02-03", "fr")
    assert source.extra["page"]["file"] == "night train.html"
    assert [each.path for each in odd] == ["published"]
    assert "2025-02-03" in odd[0].message


@needs_web
def test_a_page_without_a_date_says_so():
    _, (source,), odd, _ = sorted_out(PAGE, page(), "a.html")
    assert source.published is None
    assert "does not say when" in odd[0].message


@needs_web
def test_another_saving_is_another_source():
    uids = [sorted_out(PAGE, page(foot=foot), "a.html")[1][0].uid for foot in ("x", "x", "y")]
    assert uids[0] == uids[1] != uids[2]


@needs_web
def test_a_page_is_read_within_the_limits_of_the_process_that_reads_it(tmp_path):
    file = tmp_path / "a.html"
    file.write_text(page(head=linked_data()))
    arguments = {"format_name": "saved-page", "name": "a.html", "options": {}}
    with file.open("rb") as opened:
        lines = list(
            stream_child(
                read_out, opened, arguments=arguments, cpu_seconds=30, memory_mb=2048, wall_seconds=60
            )
        )
    assert any(PARAGRAPHS[0].encode() in line for line in lines)


@needs_web
@pytest.mark.parametrize("name", ["open tags", "open comments", "nothing"])
def test_a_page_without_words_is_refused(name):
    with pytest.raises(UnreadableError, match="no article"):
        read(PAGE, HOSTILE[name][0] or "<html>", "a.html")


def test_a_page_that_is_too_large_is_not_even_begun():
    with pytest.raises(UnreadableError, match="2 MB"):
        read(PAGE, b"<html>" + bytes(3_000_000), "a.html")


def test_a_text_is_a_source_as_it_stands():
    _, (source,), odd, _ = sorted_out(TEXT, "# The  train\r\n\r\nWords – and more\n", "a.md")
    assert (source.title, source.text) == ("The train", "# The  train\n\nWords – and more\n")
    assert (odd, source.published) == ([], None)


def test_a_text_of_another_encoding_is_named():
    _, (source,), odd, _ = sorted_out(TEXT, "Été\n".encode("cp1252"), "a.txt")
    assert source.title == "Été"
    assert "Windows-1252" in odd[0].message


@pytest.mark.parametrize("data", [b"", b" \n", b"\0\1\2", b"x" * 10_000_001])
def test_what_is_no_text_is_refused(data):
    with pytest.raises(UnreadableError):
        read(TEXT, data, "a.txt")
