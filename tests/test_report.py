"""An event in words says all that its record says: what a claim gives differently, and that it is retracted."""

from __future__ import annotations

import pytest
from builders import a_claim, a_source, an_event

from viewer.domain.conflicts import conflicts
from viewer.domain.dates import from_edtf
from viewer.domain.provenance import context_of, standing
from viewer.domain.quantities import Quantity
from viewer.domain.records import Hop
from viewer.report import event_lines


def lines(event, *sources):
    around = context_of(sources)
    known = {source.uid: source for source in sources}
    return list(event_lines(event, known, standing(event, around), conflicts(event, context=around)))


def test_a_claims_own_date_and_number_stand_beside_those_of_the_event():
    source = a_source()
    claim = a_claim(source, when=from_edtf("2024-10"), quantity=Quantity(high=3000, qualifier="at_most"))
    told = lines(an_event(when=from_edtf("2024-11"), claims=(claim,)), source)
    assert "when      Nov 2024, some day within" in told
    assert told.index("says      Oct 2024, some day within") > told.index("claim 1   supports")
    assert "says      up to 3,000" in told


def test_a_retracted_claim_is_marked():
    source = a_source()
    told = lines(an_event(claims=(a_claim(source), a_claim(source, retracted=True, verb="said"))), source)
    assert "claim 1   supports" in told
    assert "claim 2   supports, said (retracted)" in told


def test_an_origin_is_told_without_a_place_too():
    assert "where     from Rostov" in lines(an_event(origin="Rostov"))
    assert "where     Kursk, from Rostov" in lines(an_event(place="Kursk", origin="Rostov"))


def test_it_is_told_how_the_origins_were_counted():
    source = a_source()
    named = a_claim(source, chain=(Hop(name="Ministry"), Hop(name="Agency")))
    told = lines(an_event(claims=(named, a_claim(source), a_claim(source))), source)
    start = told.index("3 reports · 1 origin · 2 not established")
    assert told[start + 1 : start + 5] == [
        "origin    Ministry",
        "          claim 1: named as the origin",
        "origin    not established",
        "          claims 2, 3: no origin is recorded",
    ]


def test_what_clashes_is_told_with_the_claims_in_question():
    source = a_source()
    dates = [a_claim(source, when=from_edtf(edtf)) for edtf in ("2024-10", "2024-10-05", "2024-12")]
    told = lines(an_event(claims=tuple(dates)), source)
    (clash,) = [line for line in told if line.startswith("conflict")]
    assert "cannot all hold" in clash
    assert told[told.index(clash) + 1] == "          claims 1, 2, 3"


def test_of_very_many_claims_the_first_are_named_and_the_rest_counted():
    source = a_source()
    told = lines(an_event(claims=tuple(a_claim(source) for _ in range(1000))), source)
    (counted,) = [line for line in told if "no origin is recorded" in line]
    assert " 20 and 980 more: " in counted


@pytest.mark.parametrize(
    ("reliability", "credibility", "says"),
    [
        ("B", 2, "grade     B2 (usually reliable; probably true)"),
        ("D", None, "grade     D (not usually reliable)"),
        (None, 6, "grade     6 (truth cannot be judged)"),
    ],
)
def test_a_grade_is_told_with_its_words(reliability, credibility, says):
    source = a_source(reliability=reliability)
    assert says in lines(an_event(claims=(a_claim(source, credibility=credibility),)), source)


def test_what_was_not_judged_is_not_graded():
    source = a_source()
    assert not [line for line in lines(an_event(claims=(a_claim(source),)), source) if "grade" in line]
