from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.sentences import sentence_around, sentences, sentences_around

CASES = [
    ("One. Two.", ["One.", "Two."]),
    ("Vraiment ? Oui ! Bon…", ["Vraiment ?", "Oui !", "Bon…"]),
    ("M. Dupont et Mme Weber sont venus. Ils repartent.",
     ["M. Dupont et Mme Weber sont venus.", "Ils repartent."]),
    ("Gen. Smith met Sen. Jones of the U.S. Senate. They agreed.",
     ["Gen. Smith met Sen. Jones of the U.S. Senate.", "They agreed."]),
    ("Vgl. p. 12, art. 5 et n° 7. Fin.", ["Vgl. p. 12, art. 5 et n° 7.", "Fin."]),
    ("On Feb. 19 they left. By 3.30 p.m. all was over.",
     ["On Feb. 19 they left.", "By 3.30 p.m. all was over."]),
    ("Le 3 févr. Paris a répondu. Rien.", ["Le 3 févr. Paris a répondu.", "Rien."]),
    ("About 3.5 million. Then 4.", ["About 3.5 million.", "Then 4."]),
    ("« Nous partons. » Puis rien.", ["« Nous partons. »", "Puis rien."]),
    ("“We leave.” He left. (So be it.) End.", ["“We leave.”", "He left.", "(So be it.)", "End."]),
    ("He said (as J. Smith had) so. Good.", ["He said (as J. Smith had) so.", "Good."]),
    ("They said no. Then they sat. No. 5 went.", ["They said no.", "Then they sat.", "No. 5 went."]),
    ("Wait... what? Yes.", ["Wait... what?", "Yes."]),
    ("파병했다. 돌아왔다.", ["파병했다.", "돌아왔다."]),
    ("部队抵达。随后撤离！结束", ["部队抵达。", "随后撤离！", "结束"]),
    ("  No end mark  ", ["No end mark"]),
    ("", []),
    (" \t ", []),
]  # fmt: skip


@pytest.mark.parametrize(("paragraph", "expected"), CASES, ids=[case[0][:20] for case in CASES])
def test_a_paragraph_is_cut_into_sentences(paragraph, expected):
    assert [paragraph[start:end] for start, end in sentences(paragraph)] == expected


def test_the_sentence_around_a_place():
    text = "First line.\nOne here. Two 😀 here.\n\nLast."

    def around(words):
        start, end = sentence_around(text, text.index(words))
        return text[start:end]

    assert around("One") == "One here."
    assert around("😀") == "Two 😀 here."
    assert around("Last") == "Last."
    gap = text.index(" Two")
    assert text[slice(*sentence_around(text, gap))] == "Two 😀 here."
    end_of_line = text.index("\n\n")
    assert text[slice(*sentence_around(text, end_of_line))] == "Two 😀 here."
    blank = end_of_line + 1
    assert sentence_around(text, blank) == (blank, blank)


def test_all_sentences_that_a_passage_touches():
    text = "One is here. Two is here. Three."
    start, end = text.index("here"), text.index("Two") + 3
    assert text[slice(*sentences_around(text, (start, end)))] == "One is here. Two is here."


@given(st.text(st.sampled_from("aB. !?»\n\tM1é"), max_size=60), st.data())
def test_the_sentence_around_any_place_lies_in_its_line(text, data):
    place = data.draw(st.integers(0, len(text)))
    start, end = sentence_around(text, place)
    assert 0 <= start <= end <= len(text)
    assert "\n" not in text[start:end]


def test_an_endless_line_is_not_read_whole():
    text = "word " * 1_000_000
    start, end = sentence_around(text, 2_500_000)
    assert start < 2_500_000 < end
    assert end - start < 10_000
