"""The text of the reading desk below its page: pieces, lines, places, passages, words found."""

from __future__ import annotations

import re

import pytest
from desk_hands import passage
from hypothesis import given
from hypothesis import strategies as st

from viewer.ui.desk.blocks import PIECE, WHOLE, blocks_of
from viewer.ui.desk.finding import MOST, find
from viewer.ui.desk.laid_block import LaidBlock
from viewer.ui.desk.passages import MOST_DRAWN, Passages
from viewer.ui.theme import theme

BREAKS = "\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"
LETTERS = st.text(st.sampled_from("ab .é😀한\u0301\u202e\ufffc\t"), min_size=1, max_size=80)


def pieces(text):
    blocks = blocks_of(text)
    return [text[slice(*blocks.span(block))] for block in range(len(blocks))]


@given(st.text(st.sampled_from("ab .😀" + BREAKS), max_size=60))
def test_the_pieces_of_a_text_are_its_lines(text):
    assert pieces(text) == [line for line in re.split(f"[{BREAKS}]", text) if line]


@given(st.integers(WHOLE + 1, 4 * WHOLE), st.sampled_from(["x", "word ", "A sentence. ", "部队。"]))
def test_a_line_without_end_is_cut_into_pieces(length, words):
    text = "before\n" + (words * length)[:length] + "\nafter"
    found = pieces(text)
    assert "".join(found) == text.replace("\n", "")
    assert all(len(piece) <= PIECE for piece in found)
    assert (found[0], found[-1]) == ("before", "after")


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("one\ntwo\nthree", [True, True, True]),  # a line is a paragraph
        ("a line that\nwas wrapped\n\nand a\nnew one", [True, False, True, False]),
        ("a line that\r\nwas wrapped\r\n\r\nand a\r\nnew one", [True, False, True, False]),
        (("long " * 40 + "\n\n") * 2 + "long " * 40 + "\nlast", [True] * 4),
    ],
)
def test_where_paragraphs_begin(text, begins):
    assert blocks_of(text).begins_paragraph.tolist() == begins


@given(LETTERS)
def test_places_and_units_go_both_ways(qapp, words):
    block = LaidBlock(words, 1_000, theme().font("reading"), 120, 27)
    assert [block.place_of(block.units(place)) for place in range(1_000, block.end + 1)] == [
        *range(1_000, block.end + 1)
    ]
    assert block.units(block.end) == len(words.encode("utf-16-le")) // 2


@given(LETTERS)
def test_lines_hold_every_place_once(qapp, words):
    block = LaidBlock(words, 50, theme().font("reading"), 120, 27)
    assert [line.first for line in block.lines] == [50, *(line.last for line in block.lines[:-1])]
    assert block.lines[-1].last == block.end
    steps = [50]
    while steps[-1] < block.end:
        steps.append(block.step(steps[-1], 1))
    assert steps == sorted(set(steps))
    assert {block.step(place, -1) for place in steps[1:]} <= set(steps)


def test_passages_are_found_by_place_and_by_event():
    text = "one two three four five"
    found = Passages(
        [passage(text, "two three", 1), passage(text, "three", 2), passage(text, "three four five", 1)]
    )
    assert found.events_at(text.index("three")) == (2, 1)
    assert found.events_at(text.index("two")) == (1,)
    assert found.events_at(0) == ()
    assert found.spans_of(1) == [(4, 13), (8, 23)]
    assert [mark.level for mark in found.marks(0, len(text))] == [0, 1, 2]
    assert [mark.first for mark in found.marks(14, 20)] == [8]
    assert found.next_from(4, 1) == (8, 13)
    assert found.next_from(4, -1) is None


def test_quotes_alike_are_one_mark_and_no_more_are_drawn_than_can_be_told_apart():
    text = "word " * 200
    assert len(Passages(passage(text, "word", n) for n in range(1_000)).marks(0, 10)) == 1
    many = Passages(passage(text, "word " * n, n) for n in range(1, 200))
    assert len(many.marks(0, len(text))) == MOST_DRAWN


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("fevrier", ["Février", "février"]),
        ("FÉVRIER", ["Février", "février"]),
        ("l'ete", ["l’été"]),
        ("le 19", ["le\n19"]),
        ("(a", ["(a"]),
        ("한국", ["한국"]),
        ("", []),
        ("   ", []),
    ],
)
def test_words_are_found_whatever_their_spelling(words, found):
    text = "Février, l’été. le\n19 février (a) 😀 한국군"
    assert [text[start:end] for start, end in find(text, words)] == found


def test_only_so_many_places_are_found():
    assert len(find("a" * 5_000_000, "a")) == MOST
