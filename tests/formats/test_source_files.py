"""Sources read from plain files: which encoding, which title, and what is refused."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.formats.incoming import UnreadableError
from viewer.formats.source_files import TEXT_LIMIT, read_source

STORY = "Des soldats près de Koursk\n\n« Rien », dit-il – l’été.\n"


@pytest.mark.parametrize(
    "data",
    [
        STORY.encode(),
        codecs.BOM_UTF8 + STORY.encode(),
        codecs.BOM_UTF16_LE + STORY.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + STORY.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + STORY.encode("utf-32-le"),
        STORY.replace("\n", "\r\n").encode(),
        STORY.replace("\n", "\r").encode(),
    ],
)
def test_a_text_reads_the_same_in_every_unicode_encoding(data):
    found = read_source(data, name="story.txt")
    assert (found.text, found.title, found.notes) == (STORY, "Des soldats près de Koursk", ())


def test_a_text_that_is_not_unicode_is_read_as_cp1252_and_says_so():
    found = read_source(STORY.encode("cp1252"), name="STORY.TXT")
    assert found.text == STORY
    assert "Windows-1252" in found.notes[0]


def test_what_the_server_says_of_the_encoding_is_believed_if_it_can_be():
    story = "Солдаты прибыли на поезде."
    url = "https://press.example/1"
    found = read_source(story.encode("cp1251"), content_type="text/plain; charset=windows-1251", url=url)
    assert (found.text, found.notes, found.url) == (story, (), url)
    assert read_source(story.encode(), content_type="text/plain; charset=none-such").text == story
    assert read_source(story.encode(), content_type="text/plain; charset=rot13").text == story


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("# A *title*\n\nText", "a.md", "A *title*"),
        ("\n\n  First   line \nText", "a.txt", "First line"),
        ("word " * 100, "soldiers by train.txt", "soldiers by train"),
        ("word " * 100, "", None),
        ("###\ntext", "b.md", "b"),
    ],
)
def test_a_title_is_suggested(text, name, title):
    assert read_source(text.encode(), name=name).title == title


@pytest.mark.parametrize(
    ("data", "where", "reason"),
    [
        (b"", {"name": "a.txt"}, "empty"),
        (b" \n ", {"name": "a.txt"}, "empty"),
        (b"x" * (TEXT_LIMIT + 1), {"name": "a.txt"}, "10.0 MB; of a text at most 10 MB"),
        (b"PK\x03\x04\0\0", {"name": "a.txt"}, "bytes that no text has"),
        (codecs.BOM_UTF16_LE + b"\x00\xd8a", {"name": "a.txt"}, "UTF-16"),
        (b"%PDF-1.7", {"name": "a.pdf"}, "expected a file that ends in .txt"),
        (b"%PDF-1.7", {"content_type": "application/pdf"}, "found “application/pdf”"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(data, where, reason):
    with pytest.raises(UnreadableError, match=reason):
        read_source(data, **where)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    try:
        found = read_source(data, name="any.txt")
    except UnreadableError:
        return
    found.text.encode()
    assert "\0" not in found.text
    assert "\r" not in found.text
