"""An event in words says all that its record says: what a claim gives differently, and that it is retracted."""

from __future__ import annotations

from builders import a_claim, a_source, an_event

from viewer.domain.dates import from_edtf
from viewer.domain.quantities import Quantity
from viewer.report import event_lines


def lines(event, *sources):
    return list(event_lines(event, {source.uid: source for source in sources}))


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
