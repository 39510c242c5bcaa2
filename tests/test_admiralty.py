"""The words of the Admiralty scale ship as data, whole in each language."""

from __future__ import annotations

import pytest

from viewer.admiralty import scale
from viewer.domain.records import RELIABILITIES


@pytest.mark.parametrize("language", ["en", "fr", "fr_FR", "fr-CA"])
def test_every_grade_has_words_of_its_own(language):
    found = scale(language)
    assert tuple(found.reliability) == RELIABILITIES
    assert tuple(found.credibility) == (1, 2, 3, 4, 5, 6)
    for words in (found.reliability, found.credibility):
        assert len({*words.values()}) == 6
        assert all(words.values())


def test_a_language_without_words_gets_the_english_ones():
    assert scale("ko") == scale("en")
    assert scale("fr") != scale("en")
    assert scale("en").reliability["B"] == "usually reliable"
    assert scale("fr").reliability["B"] == "généralement fiable"
