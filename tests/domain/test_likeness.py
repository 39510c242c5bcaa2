"""Copies of one story are told from other stories, whatever was cut, moved or reworded."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.likeness import NEAR, likeness, near_copies, sketch

WORDS = [f"{first}{last}" for first in ("ba", "ko", "ri", "tu", "le", "sha") for last in "bcdfghjklmnpqrstvz"]
TEXTS = st.text(alphabet="ab é한,\n", max_size=200)


def article(seed, words=800):
    """An article of its own: paragraphs of forty words."""
    chosen = random.Random(seed).choices(WORDS, k=words)
    return "\n\n".join(" ".join(chosen[at : at + 40]).capitalize() + "." for at in range(0, words, 40))


STORY = article("story")
PARAGRAPHS = STORY.split("\n\n")
COPIES = {
    "set otherwise": STORY.upper().replace("\n\n", "\n").replace(".", " ,"),
    "moved": "\n\n".join(random.Random(3).sample(PARAGRAPHS, len(PARAGRAPHS))),
    "cut to a third": "\n\n".join(PARAGRAPHS[:7]),
    "with words of its own": f"{article('before', 200)}\n\n{STORY}\n\n{article('after', 200)}",
    "edited": " ".join("other" if at % 17 == 0 else word for at, word in enumerate(STORY.split())),
}


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_is_known_however_it_was_edited(name):
    assert likeness(STORY, COPIES[name]) >= NEAR


@pytest.mark.parametrize("seed", range(5))
def test_another_article_that_quotes_the_same_words_is_no_copy(seed):
    other = "\n\n".join([*article(seed).split("\n\n")[:16], *PARAGRAPHS[4:8]])
    assert 0 < likeness(STORY, other) < NEAR


def test_near_copies_names_them_likest_first_and_nothing_else():
    others = {
        "other": article("other"),
        "empty": "",
        "edited": COPIES["edited"],
        "same": STORY,
        "moved": COPIES["moved"],
    }
    found = near_copies(STORY, others)
    assert [uid for uid, _score in found] == ["same", "moved", "edited"]
    assert found[0][1] == 1.0
    assert found == near_copies(sketch(STORY), {uid: sketch(text) for uid, text in others.items()})


def test_an_article_within_a_long_text_is_found_in_its_sample():
    book = "\n\n".join([*(article(f"chapter {at}", 4000) for at in range(10)), STORY * 2])
    assert likeness(book, book.replace("ba", "BA")) == 1.0
    assert likeness(article("outside", 40_000), book) < 0.1


def test_a_sentence_is_not_a_copy_of_the_article_that_quotes_it():
    assert likeness(" ".join(STORY.split()[100:112]), STORY) < NEAR


@pytest.mark.parametrize("text", ["", "one", "one two three", "…", "한국어 기사"])
def test_short_texts_are_like_themselves_alone(text):
    assert likeness(text, text) == (1.0 if sketch(text).runs else 0.0)
    assert likeness(text, "something else") == 0.0


@given(TEXTS, TEXTS)
def test_likeness_is_symmetric_and_a_share(one, other):
    score = likeness(one, other)
    assert score == likeness(other, one)
    assert 0 <= score <= 1


@pytest.mark.parametrize(
    "text", ["a" * 5_000_000, "a b " * 1_250_000, "x\n" * 2_500_000, " ".join(map(str, range(700_000)))]
)
def test_five_megabytes_are_sketched_in_bounded_time_and_size(text):
    start = time.process_time()
    assert len(sketch(text).runs) <= 2048
    assert time.process_time() - start < 4  # a second on an idle machine; a quadratic one would take hours
