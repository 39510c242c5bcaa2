"""What falls when a source is retracted or graded anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_claim, an_event
from hypothesis import given
from hypothesis import strategies as st
from provenance_strategies import SOURCES, contexts, events

from viewer.domain.dates import from_edtf
from viewer.domain.impact import LOSSES, SourceChange, impact
from viewer.domain.provenance import Context, SourceFacts, context_of, standing
from viewer.domain.quantities import Quantity
from viewer.domain.records import Hop
from viewer.formats.bundle import read_bundle
from viewer.formats.incoming import Known

AGENCY, MINISTER = Hop(name="An agency"), Hop(name="A minister")
RETRACT = SourceChange(source="agency", retract=True)
AROUND = Context(
    sources={
        "agency": SourceFacts(title="The story", reliability="B"),
        "other": SourceFacts(title="Another"),
        **{f"paper{number}": SourceFacts(title="A copy", derived_from="agency") for number in range(9)},
    }
)


def lost(event, change=RETRACT, context=AROUND):
    """What an event loses; None when it is not affected."""
    found = impact([event], context, change).affected
    return found[0].lost if found else None


def told(*claims, **fields):
    return an_event(claims=claims, **fields)


def test_retracting_an_agency_names_exactly_the_events_that_lose_support():
    copies = [a_claim(f"paper{number}", chain=(AGENCY,)) for number in range(9)]
    alone = told(a_claim("agency", chain=(AGENCY,)))
    copied = told(a_claim("agency", chain=(AGENCY,)), *copies, title="Ten copies")
    also_said = told(a_claim("agency", chain=(AGENCY,)), a_claim("other", chain=(MINISTER,)))
    same_origin = told(a_claim("agency", chain=(AGENCY,)), a_claim("other", chain=(AGENCY,)))
    untouched = told(a_claim("other", chain=(AGENCY,)))
    empty = an_event()
    found = impact([alone, copied, also_said, same_origin, untouched, empty], AROUND, RETRACT)
    assert [(each.uid, each.lost) for each in found.affected] == [
        (alone.uid, "loses all support"),
        (copied.uid, "loses all support"),
        (also_said.uid, "loses an origin"),
        (same_origin.uid, "loses a report"),
    ]
    ten = found.affected[1]
    assert (ten.title, ten.before.reports, len(ten.before.origins)) == ("Ten copies", 10, 1)
    assert (ten.after.reports, ten.after.origins, len(ten.after.unestablished)) == (9, (), 9)
    assert found.retracted == tuple(
        (each.uid, each.claims[0].uid) for each in (alone, copied, also_said, same_origin)
    )
    assert found.going_back == tuple((copied.uid, claim.uid) for claim in copies)
    assert ten.going_back == tuple(claim.uid for claim in copies)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([a_claim("agency", stance="mentions")], None),
        ([a_claim("agency", retracted=True)], None),
        ([a_claim("agency", stance="disputes"), a_claim("other")], "loses a dispute"),
        ([a_claim("agency", stance="disputes"), a_claim("paper1")], "loses a dispute"),
        ([a_claim("agency"), a_claim("other")], "loses a report"),
        ([a_claim("agency"), a_claim("paper1")], "loses all support"),
        # A copy with an origin of its own still stands.
        ([a_claim("agency", chain=(AGENCY,)), a_claim("paper1", chain=(MINISTER,))], "loses an origin"),
        ([a_claim("paper1", chain=(AGENCY,))], None),
    ],
)
def test_what_an_event_loses(claims, expected):
    assert lost(told(*claims)) == expected


def test_a_copy_of_which_nothing_falls_is_still_named():
    event = told(a_claim("paper1", chain=(AGENCY,)))
    assert impact([event], AROUND, RETRACT).going_back == ((event.uid, event.claims[0].uid),)


def test_copies_in_a_circle_end():
    around = Context(
        sources={"agency": SourceFacts(derived_from="b"), "b": SourceFacts(derived_from="agency")}
    )
    event = told(a_claim("agency", chain=(AGENCY,)), a_claim("b"))
    found = impact([event], around, RETRACT)
    assert found.going_back == ((event.uid, event.claims[1].uid),)
    assert found.affected[0].lost == "loses all support"


def test_a_statement_known_only_from_the_source_loses_its_speaker():
    statement = an_event(uid="t", kind="statement", claims=(a_claim("agency", chain=(MINISTER,)),))
    around = replace(AROUND, statements={"t": statement})
    event = told(a_claim("other", statement="t"), a_claim("other"))
    (found,) = impact([event], around, RETRACT).affected
    assert found.lost == "loses an origin"
    assert [origin.name for origin in found.before.origins] == ["A minister"]


@pytest.mark.parametrize(
    ("reliability", "expected"),
    [("D", "graded lower"), (None, "graded lower"), ("A", "graded higher"), ("B", None)],
)
def test_a_source_that_is_graded_anew_lists_what_rests_on_it(reliability, expected):
    change = SourceChange(source="agency", reliability=reliability)
    event = told(a_claim("agency", chain=(AGENCY,)))
    assert lost(event, change) == expected
    assert lost(told(a_claim("agency", retracted=True)), change) is None
    assert lost(told(a_claim("other")), change) is None
    assert impact([event], AROUND, change).retracted == ()


def test_the_graver_loss_is_named():
    event = told(a_claim("agency"), a_claim("other"))
    assert lost(event, SourceChange(source="agency", retract=True, reliability="F")) == "loses a report"


def test_numbers_and_dates_that_lose_their_only_claim_are_listed():
    few, many = (Quantity(low=number, high=number, measure="deployed") for number in (10, 1000))
    early, late = from_edtf("2024"), from_edtf("2025")
    event = told(
        a_claim("agency", quantity=few),
        a_claim("agency", quantity=replace(many, text="a thousand"), when=late),
        a_claim("other", quantity=many),
        quantity=Quantity(high=1000, qualifier="at_most"),
        when=early,
    )
    (found,) = impact([event], AROUND, RETRACT).affected
    assert found.numbers == (few,)
    assert found.dates == (late,)  # the other report gives the event's own
    assert [each.field for each in found.conflicts_before] == ["quantity"]
    assert found.conflicts_after == ()


def test_what_the_event_says_rests_on_the_reports_that_say_nothing_else():
    stated = Quantity(high=3000, qualifier="at_most")
    other = a_claim("other", quantity=Quantity(low=1, high=1), when=from_edtf("2025"))
    event = told(a_claim("agency"), other, quantity=stated, when=from_edtf("2024"))
    (found,) = impact([event], AROUND, RETRACT).affected
    assert (found.numbers, found.dates) == ((stated,), (event.when,))


def _retracted(event, source):
    claims = tuple(
        replace(claim, retracted=True) if claim.source == source else claim for claim in event.claims
    )
    return replace(event, claims=claims)


def _counts(found):
    return found.reports, {origin.key: sorted(origin.claims) for origin in found.origins}, found.disputes


@given(st.tuples(events("a"), events("b"), events("c")), contexts(), st.sampled_from(SOURCES))
def test_exactly_the_events_that_count_otherwise_are_affected(told_events, around, source):
    statements = {uid: _retracted(event, source) for uid, event in around.statements.items()}
    after = replace(around, statements=statements)
    expected = {
        event.uid
        for event in told_events
        if _counts(standing(event, around)) != _counts(standing(_retracted(event, source), after))
    }
    found = impact(told_events, around, SourceChange(source=source, retract=True))
    assert {each.uid for each in found.affected} == expected
    assert all(each.lost in LOSSES for each in found.affected)
    assert {uid for _, uid in found.retracted} == {
        claim.uid
        for event in told_events
        for claim in event.claims
        if claim.source == source and not claim.retracted
    }


@given(events(), contexts(), st.sampled_from(SOURCES))
def test_retracting_and_taking_it_back_is_the_identity(event, around, source):
    retracted = {
        uid for _, uid in impact([event], around, SourceChange(source=source, retract=True)).retracted
    }
    back = tuple(
        replace(claim, retracted=False) if claim.uid in retracted else claim
        for claim in _retracted(event, source).claims
    )
    assert replace(event, claims=back) == event
    assert standing(replace(event, claims=back), around) == standing(event, around)


def test_retracting_the_one_source_of_the_real_input_takes_all_support(seed):
    incoming = read_bundle(seed.read_bytes(), Known())
    told_events = [entry.event for entry in incoming.events]
    around = context_of([entry.source for entry in incoming.sources], incoming.actors, told_events)
    (source,) = around.sources
    found = impact(told_events, around, SourceChange(source=source, retract=True))
    assert {each.uid for each in found.affected} == {event.uid for event in told_events}
    assert {each.lost for each in found.affected} == {"loses all support"}
    numbered = {event.uid for event in told_events if event.quantity is not None}
    assert {each.uid for each in found.affected if each.numbers} == numbered
