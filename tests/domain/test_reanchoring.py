"""Quotes found again in the text that replaced theirs: what is certain, what is asked, what is lost."""

from __future__ import annotations

import random
import time

import pytest
from builders import a_claim
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.anchoring import quote_holds
from viewer.domain.reanchoring import CERTAINTIES, moved, reanchor

OLD = (
    "The first train came on Monday with some 3,000 soldiers, two officials said.\n\n"
    "Some went on to the border. The ministry did not comment on the report.\n\n"
    "“No one has told us,” a villager said – she asked not to be named.\n\n"
    "Some went on to the camp. The ministry did not comment on the figures.\n"
)
TRAIN = "The first train came on Monday with some 3,000 soldiers"
VILLAGER = "“No one has told us,” a villager said – she asked not to be named."


def claim_on(text, quote, *, nth=0, **fields):
    """A claim on the nth place of a quote."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(quote, start + 1)
    end = start + len(quote)
    context = {"prefix": text[max(0, start - 32) : start], "suffix": text[end : end + 32]}
    return a_claim("s", quote=quote, span=(start, end), **{**context, **fields})


def found_again(quote, new, **fields):
    (found,) = reanchor([claim_on(OLD, quote, **fields)], OLD, new)
    if found.span is not None:
        assert new[slice(*found.span)] == found.quote
    return found


def test_an_unchanged_text_keeps_every_quote_where_it_was():
    claims = [claim_on(OLD, word) for word in ("Some went on to", TRAIN, "The", "on", "s")]
    found = reanchor(claims, OLD, OLD)
    assert [(one.claim, one.certainty, one.span) for one in found] == [
        (claim.uid, "exact", claim.span) for claim in claims
    ]


@pytest.mark.parametrize(
    "new", ["A new headline\n\n" + OLD, OLD.replace("Monday", "Tuesday"), OLD + "Updated.", VILLAGER]
)
def test_the_same_words_in_one_place_are_certain(new):
    found = found_again(VILLAGER, new)
    assert (found.certainty, found.quote, found.score, found.asks) == ("exact", VILLAGER, 1.0, False)


@pytest.mark.parametrize("nth", [0, 1])
def test_a_repeated_quote_is_told_by_the_words_around_it(nth):
    paragraphs = OLD.split("\n\n")
    new = "\n\n".join(["New.", paragraphs[3].strip(), paragraphs[1], "Ends."])
    found = found_again("The ministry did not comment on the", new, nth=nth)
    assert found.certainty == "context"
    assert new[found.span[1] :].startswith([" report", " figures"][nth])


def test_a_repeated_quote_with_nothing_around_it_is_asked_at_its_nearest_place():
    new = "x" * 100 + "\nSome went on to\n" + "y" * 100 + "\nSome went on to\n" + "z" * 30
    found = found_again("Some went on to", new, nth=1)
    assert (found.certainty, found.asks) == ("likely", True)
    assert found.span[0] == new.rindex("Some")


@pytest.mark.parametrize(
    "change",
    [
        {"“": '"', "”": '"', "–": "-"},
        {"“": "« ", "”": " »"},
        {" ": "\xa0"},
        {" ": "\n   "},
        {"villager": "villa\xadger"},
    ],
)
def test_other_spaces_quote_marks_and_dashes_do_not_matter(change):
    new = "A new headline\n" + OLD.translate(str.maketrans({})).replace("Monday", "Tuesday") + "End."
    for before, after in change.items():
        new = new.replace(before, after)
    found = found_again(VILLAGER, new)
    assert found.certainty == "context"
    assert not found.asks
    assert found.quote[0] in '“"«'
    assert found.quote.endswith("named.")


def test_changed_words_between_the_same_words_are_asked():
    new = (
        "New.\n" + OLD.replace("The ministry did not comment on the report", "Nobody would comment") + "End."
    )
    found = found_again("The ministry did not comment", new)
    assert found.certainty == "likely"  # the one that is left was another one
    new = "New.\n" + OLD.replace("did not comment on the report", "would not comment on that report") + "End."
    found = found_again("The ministry did not comment on the report", new)
    assert (found.certainty, found.quote) == ("likely", "The ministry would not comment on that report")


def test_a_reworded_and_moved_passage_is_proposed_whole():
    passage = "The first goods train came on Sunday with some 13,000 soldiers"
    new = (
        "All is new here.\n\nNothing of it stood there before, nor this. " + passage + " aboard, it is said."
    )
    found = found_again(TRAIN, new)
    assert (found.certainty, found.quote) == ("likely", passage)
    assert 0.7 <= found.score < 1


@pytest.mark.parametrize("quote", ["3,000 soldiers", "some 3,000", "train"])
def test_a_number_or_word_inside_another_is_not_it(quote):
    new = OLD.replace("some 3,000 soldiers", "awesome 13,000,000 soldiersmen").replace("train", "trains")
    found = found_again(quote, new)
    assert found.certainty in ("likely", "lost")


def test_a_short_quote_elsewhere_is_asked():
    assert (
        found_again("Monday", "On " + "other things. " * 9 + "Monday is a day of rest.").certainty == "likely"
    )


def test_a_quote_that_is_gone_is_lost_and_its_words_are_kept():
    claim = claim_on(OLD, VILLAGER)
    new = "An entirely different story about the price of bread and who pays for it in the end."
    (found,) = reanchor([claim], OLD, new)
    assert (found.certainty, found.span, found.quote, found.score) == ("lost", None, None, 0.0)
    lost = moved(claim, found, new)
    assert (lost.quote, lost.prefix, lost.suffix, lost.span) == (
        claim.quote,
        claim.prefix,
        claim.suffix,
        None,
    )


def test_a_moved_claim_holds_in_the_new_text_and_knows_its_new_surroundings():
    claim = claim_on(OLD, TRAIN)
    new = "Corrected. " + OLD.replace("some 3,000", "nearly 2,000")
    (found,) = reanchor([claim], OLD, new)
    there = moved(claim, found, new)
    assert quote_holds(there.quote, there.span, new)
    assert (there.prefix, there.uid) == ("Corrected. ", claim.uid)
    assert there.suffix.startswith(", two officials")


def test_a_quote_without_a_place_is_found_by_its_words():
    claim = a_claim("s", quote=VILLAGER, span=None)
    assert [found.certainty for found in reanchor([claim], None, OLD)] == ["exact"]
    assert reanchor([a_claim("s", quote=None, span=None)], OLD, OLD) == ()


@given(
    st.text(alphabet="ab, é한\n“", max_size=80),
    st.text(alphabet="ab, é한\n”", max_size=80),
    st.integers(-5, 90),
    st.integers(0, 30),
)
def test_whatever_is_proposed_stands_in_the_new_text(old, new, start, size):
    span = (start, start + size)
    quote = old[max(0, start) : max(0, start) + size] or "ab"
    for found in reanchor([a_claim("s", quote=quote, span=span)], old, new):
        assert found.certainty in CERTAINTIES
        assert (found.span is None) == (found.certainty == "lost")
        if found.span is not None:
            assert new[slice(*found.span)] == found.quote != ""
            assert 0 <= found.score <= 1


def words(seed, count):
    chosen = random.Random(seed)
    known = ["".join(chosen.choices("etaoinshrdlu", k=chosen.randint(2, 9))) for _ in range(8000)]
    return chosen.choices(known, k=count)


def claims_every(old, step, size):
    return [claim_on_span(old, at, at + size) for at in range(100, len(old) - size, step)]


def claim_on_span(old, start, end):
    return a_claim(
        "s",
        quote=old[start:end],
        span=(start, end),
        prefix=old[start - 32 : start],
        suffix=old[end : end + 32],
    )


LONG = " ".join(words("old", 800_000))
CASES = {
    "all broken": (LONG, LONG.replace("et", "ot"), 150),
    "nothing left": (LONG, " ".join(words("new", 800_000)), 150),
    "nothing left of long quotes": (LONG, " ".join(words("new", 800_000)), 2_000),
    "one letter": ("a" * 5_000_000, "b" + "a" * 4_999_000 + "b", 300),
    "one word": ("a " * 2_500_000, "b " + "a " * 2_400_000 + "b", 301),
    "one space": (" " * 5_000_000, "b" + " " * 4_900_000 + "b", 10),
}


@pytest.mark.parametrize("name", CASES)
def test_many_quotes_in_a_long_text_take_bounded_time(name):
    old, new, size = CASES[name]
    claims = claims_every(old, len(old) // 300, size)
    assert len(claims) >= 290
    start = time.process_time()
    found = reanchor(claims, old, new)
    assert (
        time.process_time() - start < 15
    )  # one to two seconds on an idle machine; minutes if it were quadratic
    assert len(found) == len(claims)
