from __future__ import annotations

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.citing import LONGEST, propose
from viewer.domain.dates import from_edtf
from viewer.domain.sentences import sentences_around

REFERENCE = from_edtf("2025-03-10")

DATES = [
    ("en", "They left on 19 February and came back in late March 2025.", ["19 February", "in late March 2025"]),
    ("en", "On February 19, 2025, they left.", ["February 19, 2025"]),
    ("en", "It was over as of 2025-02-19 (local time).", ["2025-02-19"]),
    ("en", "They arrived in early May and on 3 June.", ["in early May", "3 June"]),
    ("en", "They may have left; the second brigade will march on.", []),
    ("en", "They left three days ago, officials said on Monday.", ["three days ago", "Monday"]),
    ("en", "About 2,500 men and 2024 shells.", []),
    ("fr", "Ils sont partis au cours de la deuxième semaine de mars, dit-on.",
     ["au cours de la deuxième semaine de mars"]),
    ("fr", "Des soldats ont été tués à la mi-février.", ["mi-février"]),
    ("fr", "Entre mars et avril 2024, puis l'été dernier.", ["Entre mars et avril 2024", "été dernier"]),
    ("fr", "Un premier assaut en mai de l'année dernière, le 6 précisément.", ["en mai de l'année dernière"]),
    ("fr", "Ils étaient là il y a deux semaines.", ["il y a deux semaines"]),
    ("de", "Er schickte am 3. Februar rund 3.000 Soldaten.", ["am 3. Februar"]),
    ("uk", "Це сталося у лютому 2025 року.", ["у лютому 2025 року"]),
    (None, "Nothing of the kind.", []),
]  # fmt: skip

NUMBERS = [
    ("en", "Between 10,000 and 12,000 additional troops arrived.", ["Between 10,000 and 12,000 additional troops"]),
    ("en", "About 1,500 North Korean soldiers left.", ["About 1,500 North Korean soldiers"]),
    ("en", "It lost dozens of tanks, 30% of them new.", ["dozens of tanks", "30%"]),
    ("en", "Up to 3,000 left in March 2025.", ["Up to 3,000"]),
    ("en", "The 93rd brigade, one of them, in 2024.", []),
    ("fr", "Le port a vu passer jusqu'à 3 500 marins en 2025.", ["jusqu'à 3 500 marins"]),
    ("fr", "Jusqu'à 3 500 marins, puis près de mille marins de réserve.",
     ["Jusqu'à 3 500 marins", "près de mille marins"]),
    ("fr", "Des centaines de soldats sont arrivés.", ["Des centaines de soldats"]),
    ("en", "It took two days and three weeks.", []),
    ("fr", "Un retrait, puis une offensive, le 19 février.", []),
    ("de", "Rund 3.000 Soldaten kamen.", ["Rund 3.000 Soldaten"]),
]  # fmt: skip

CHAINS = [
    ("Selon les médias norvégiens, ils sont partis.", [("médias norvégiens", False, None)]),
    ("D'après des sources anonymes, il est parti.", [("sources anonymes", True, None)]),
    ("Le quotidien danois Politiken, citant plusieurs sources, rapporte qu'ils sont partis.",
     [("plusieurs sources", True, "told"), ("Politiken", False, "reported")]),
    ("Yonhap, citing a government official, reported that 1,500 left.",
     [("government official", True, "told"), ("Yonhap", False, "reported")]),
    ("Ils sont partis, a déclaré le Conseil fédéral dans une note.",
     [("Conseil fédéral", False, "stated")]),
    ("Enfin, Maria Kowalska, du SKW (un service, à Varsovie), a déclaré que tous partaient.",
     [("Maria Kowalska", False, "stated")]),
    ("L'International Crisis Group (ICG), une organisation, affirme que tous partent.",
     [("International Crisis Group (ICG)", False, "stated")]),
    ("En mars, le ministre danois Troels Poulsen a déclaré qu'ils partaient.",
     [("Troels Poulsen", False, "stated")]),
    ("According to several sources, the units left.", [("several sources", True, None)]),
    ("The losses, according to the General Staff of Ukraine, are heavy.",
     [("General Staff of Ukraine", False, None)]),
    ("“They left,” said Gen. John Smith.", [("Gen. John Smith", False, "said")]),
    ("The NIS said that 1,500 were sent.", [("NIS", False, "said")]),
    ("U.S. officials told Reuters that they left.", [("U.S. officials", True, "told")]),
    ("Two officials, quoted by AFP, said so.", [("Two officials", True, "said"), ("AFP", False, None)]),
    ("Ils sont partis selon Yonhap, citée par l'AFP.", [("Yonhap", False, None), ("AFP", False, None)]),
    ("The move was first reported by Reuters.", [("Reuters", False, "reported")]),
    ("Selon Interfax, le ministre Sergueï Lavrov a déclaré que tout allait bien.",
     [("Sergueï Lavrov", False, "stated"), ("Interfax", False, None)]),
    ("Selon lui, ils sont partis.", []),
    ("He said that they left.", []),
    ("It rained.", []),
]  # fmt: skip

REAL = ("[2025-02-01..2025-02-07]", "2024-10", "[2025-01-01..2025-01-10]", "2025-02-19")
"""Dates of events of the real input that stand in their quotes."""


@pytest.mark.parametrize(("language", "passage", "expected"), DATES, ids=[row[1][:24] for row in DATES])
def test_the_dates_of_a_passage(language, passage, expected):
    found = propose(passage, reference=REFERENCE, language=language).dates
    assert [passage[slice(*date.span)] for date in found] == expected
    assert all(date.date.text == passage[slice(*date.span)] or date.date.rule == "EDTF" for date in found)


@pytest.mark.parametrize(("language", "passage", "expected"), NUMBERS, ids=[row[1][:24] for row in NUMBERS])
def test_the_numbers_of_a_passage(language, passage, expected):
    found = propose(passage, reference=REFERENCE, language=language).quantities
    assert [passage[slice(*number.span)] for number in found] == expected
    assert [number.quantity.text for number in found] == expected


@pytest.mark.parametrize(("passage", "expected"), CHAINS, ids=[row[0][:24] for row in CHAINS])
def test_the_likely_chain_of_a_passage(passage, expected):
    chain = propose(passage).chain
    assert [(hop.name, hop.anonymous, hop.verb) for hop in chain] == expected


def test_dates_are_read_from_the_source_and_its_date():
    (found,) = propose("en octobre", reference=from_edtf("2025-02"), language="fr").dates
    assert (found.date.edtf, found.date.reference, found.date.language) == ("2024-10", "2025-02", "fr")


def test_the_sentence_around_says_who_where_the_passage_does_not():
    sentence = "Selon Yonhap, ils sont partis en mars."
    assert propose("ils sont partis", language="fr").chain == ()
    assert [hop.name for hop in propose("ils sont partis", language="fr", around=sentence).chain] == [
        "Yonhap"
    ]


def test_the_real_article(seed):
    bundle = json.loads(seed.read_text(encoding="utf-8"))
    (source,) = bundle["sources"]
    claims = [claim for event in bundle["events"] for claim in event["claims"]]
    reference = from_edtf(source["published"]["edtf"])
    proposals = {}
    for claim in claims:
        start, end = sentences_around(source["text"], tuple(claim["span"]))
        proposals[claim["quote"]] = propose(
            claim["quote"], reference=reference, language="fr", around=source["text"][start:end]
        )
    quotes = {
        (event.get("when") or {}).get("edtf"): event["claims"][0]["quote"] for event in bundle["events"]
    }
    for edtf in REAL:
        assert [date.date.edtf for date in proposals[quotes[edtf]].dates] == [edtf]
    chained = [claim["quote"] for claim in claims if claim.get("chain")]
    assert sum(bool(proposals[quote].chain) for quote in chained) >= len(chained) - 3


ENDLESS = ["le 19 ", "février ", "de la deuxième semaine de ", "mille ", "un ", "1 ", "9", "'", "a ", "selon ",
           "a,", "M. ", "selon a, de b", "entre 3 et "]  # fmt: skip


@pytest.mark.parametrize("words", ENDLESS)
def test_a_hostile_passage_is_looked_through_in_time(words):
    passage = words * (5_000_000 // len(words))
    propose(passage[:100], reference=REFERENCE, language="fr")  # the lexicons are read once
    fastest = min(_seconds(passage) for _ in range(3))
    assert fastest < 0.02 * 2  # twice what is promised: the machine may be busy


def _seconds(passage):
    started = time.perf_counter()
    proposal = propose(passage, reference=REFERENCE, language="fr")
    assert all(found.span[1] <= LONGEST for found in (*proposal.dates, *proposal.quantities))
    return time.perf_counter() - started


@given(st.text(max_size=80), st.sampled_from([None, "en", "fr", "ko", "xx"]))
def test_any_text_can_be_looked_through(text, language):
    proposal = propose(text, reference=REFERENCE, language=language, around=text)
    for found in (*proposal.dates, *proposal.quantities):
        assert 0 <= found.span[0] < found.span[1] <= len(text)
