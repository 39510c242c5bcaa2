"""Quotes tied to a text: found where they stand once, and shown inside their paragraph."""

from __future__ import annotations

from builders import QUOTE, SPAN, TEXT, a_claim
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.anchoring import CONTEXT, anchored, passage, quote_holds

WORDS = st.text(alphabet="ab é한\n", max_size=120)


@given(WORDS, st.text(alphabet="ab é한", min_size=1, max_size=6), WORDS)
def test_a_quote_is_anchored_exactly_where_it_stands_once(before, quote, after):
    text = before + quote + after
    claim = anchored(a_claim("s", quote=quote, span=None), text)
    alone = [at for at in range(len(text)) if text.startswith(quote, at)] == [len(before)]
    assert (claim.span == (len(before), len(before) + len(quote))) is alone
    if alone:
        assert (claim.prefix, claim.suffix) == (before[-CONTEXT:], after[:CONTEXT])
        assert quote_holds(claim.quote, claim.span, text)


def test_a_span_is_kept_right_or_wrong():
    assert anchored(a_claim("s", span=(0, 3)), TEXT).span == (0, 3)


def test_a_passage_is_the_quote_within_its_paragraph():
    found = passage(a_claim("s", quote=QUOTE, span=SPAN), TEXT)
    assert (found.before, found.quote, found.after, found.holds) == ("", QUOTE, ", two officials said.", True)


def test_a_long_paragraph_is_cut_between_words():
    text = "word " * 200 + "QUOTE" + " word" * 200
    start = text.index("QUOTE")
    found = passage(a_claim("s", quote="QUOTE", span=(start, start + 5)), text, reach=42)
    assert found.before.startswith("…word")
    assert found.after.endswith("word…")
    assert len(found.before) <= 43
    assert len(found.after) <= 43


def test_a_quote_that_the_text_does_not_say_shows_the_words_kept_beside_it():
    found = passage(a_claim("s", span=(0, 5), prefix="before ", suffix=" after"), TEXT)
    assert (found.before, found.quote, found.after, found.holds) == ("before ", QUOTE, " after", False)
