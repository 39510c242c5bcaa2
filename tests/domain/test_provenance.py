"""Reports and independent origins: ten outlets that quote one agency are one origin."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from builders import a_claim, an_event
from hypothesis import given
from hypothesis import strategies as st
from provenance_strategies import contexts, events

from viewer.domain.dates import from_edtf, unread_date
from viewer.domain.provenance import (
    Context,
    SourceFacts,
    Standing,
    context_of,
    first_publication,
    known_on,
    standing,
    undated_claims,
)
from viewer.domain.records import Actor, Hop, Part
from viewer.formats.bundle import read_bundle
from viewer.formats.incoming import Known

AGENCY, WITNESS = Hop(name="An agency"), Hop(name="a witness", anonymous=True)
MANY = 10_000
LIMIT = 3.0
"""Seconds of work; a hundred times what MANY claims take, and a fraction of what comparing pairs would."""


def by(*names, **fields):
    """A claim of the source "s", whose chain begins with these."""
    return a_claim("s", **{"chain": tuple(Hop(name=name) for name in names), **fields})


def told(*claims, **fields):
    return an_event(claims=claims, **fields)


def summary(found):
    """Reports, names of the origins, how many are not established, disputes."""
    return found.reports, [origin.name for origin in found.origins], len(found.unestablished), found.disputes


def reasons(found):
    return [why for origin in found.origins for why in origin.why]


def copies(**derived_from):
    """Sources by uid and what each was copied from, titled like their uid."""
    return {uid: SourceFacts(title=uid.upper(), derived_from=other) for uid, other in derived_from.items()}


def a_statement(uid, *speakers, claims=()):
    parts = tuple(Part(name=name, role="speaker") for name in speakers)
    return an_event(uid=uid, kind="statement", title=f"Words {uid}", actors=parts, claims=claims)


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([], (0, [], 0, 0)),
        ([{"chain": (AGENCY,)}], (1, ["An agency"], 0, 0)),
        ([{"chain": (AGENCY, Hop(name="Outlet"))}, {"chain": (AGENCY,)}], (2, ["An agency"], 0, 0)),
        ([{"chain": (AGENCY,)}, {"chain": (Hop(name="AN  agency "),)}], (2, ["An agency"], 0, 0)),
        ([{"chain": (AGENCY,)}, {"chain": (Hop(name="Another"),)}], (2, ["An agency", "Another"], 0, 0)),
        ([{"chain": (WITNESS, AGENCY)}], (1, [], 1, 0)),
        ([{"chain": (Hop(name=" "), AGENCY)}], (1, [], 1, 0)),
        ([{"chain": ()}, {"chain": (AGENCY,)}], (2, ["An agency"], 1, 0)),
        ([{"chain": (AGENCY,)}, {"chain": (AGENCY,), "stance": "disputes"}], (1, ["An agency"], 0, 1)),
        ([{"chain": (AGENCY,), "stance": "mentions"}], (0, [], 0, 0)),
        ([{"chain": (AGENCY,), "retracted": True}], (0, [], 0, 0)),
        ([{"chain": (AGENCY,), "retracted": True, "stance": "disputes"}], (0, [], 0, 0)),
        ([{"chain": (AGENCY,), "statement": "not in this document"}], (1, ["An agency"], 0, 0)),
    ],
)
def test_how_an_event_stands_by_itself(claims, expected):
    event = told(*(a_claim("source", **claim) for claim in claims))
    assert summary(standing(event)) == expected


def test_each_claim_is_named_with_the_reason_for_which_it_was_counted():
    first, second, third = by("An agency"), by(), a_claim("s", chain=(WITNESS,))
    found = standing(told(first, second, third))
    (origin,) = found.origins
    assert (origin.claims, origin.why) == ((first.uid,), ("named as the origin",))
    assert found.unestablished == (second.uid, third.uid)
    assert found.unestablished_why == (
        "no origin is recorded",
        "the origin, “a witness”, is anonymous",
    )


def test_ten_copies_of_one_story_are_one_origin():
    sources = copies(agency=None, **{f"paper{number}": "agency" for number in range(9)})
    story = a_claim("agency", chain=(AGENCY,))
    retold = [a_claim(f"paper{number}", chain=(AGENCY,) if number % 2 else ()) for number in range(9)]
    found = standing(told(story, *retold), Context(sources=sources))
    assert summary(found) == (10, ["An agency"], 0, 0)
    assert "copied from “AGENCY”, whose origin is An agency" in reasons(found)


@pytest.mark.parametrize(
    ("sources", "claims", "expected"),
    [
        # A copy of a copy that says nothing of the event itself.
        (copies(a=None, b="a", c="b"), [("a", "X"), ("c", None)], (2, ["X"], 0, 0)),
        # The nearest of two originals.
        (copies(a=None, b="a", c="b"), [("a", "X"), ("b", "Y"), ("c", None)], (3, ["X", "Y"], 0, 0)),
        # A copy with an origin of its own adds one.
        (copies(a=None, b="a"), [("a", "X"), ("b", "Y")], (2, ["X", "Y"], 0, 0)),
        # What was copied names nobody.
        (copies(a=None, b="a"), [("a", None), ("b", None)], (2, [], 2, 0)),
        # The origin goes with the text, not back to where it came from.
        (copies(a=None, b="a"), [("a", None), ("b", "X")], (2, ["X"], 1, 0)),
        # What was copied says nothing of this event.
        (copies(a=None, b="a"), [("b", None)], (1, [], 1, 0)),
        # Copied from itself, and in a circle.
        (copies(a="a"), [("a", "X"), ("a", None)], (2, ["X"], 1, 0)),
        (copies(a="b", b="a"), [("a", "X"), ("b", None)], (2, ["X"], 0, 0)),
        (copies(a="b", b="c", c="b"), [("a", None), ("c", None)], (2, [], 2, 0)),
        # Another claim of the same source is not another source.
        (copies(a="b", b="a"), [("a", "X"), ("a", None)], (2, ["X"], 1, 0)),
        # The original is not in the document.
        (copies(b="a"), [("a", "X"), ("b", None)], (2, ["X"], 0, 0)),
    ],
)
def test_a_copy_goes_back_to_what_was_copied(sources, claims, expected):
    event = told(*(a_claim(uid, chain=() if name is None else (Hop(name=name),)) for uid, name in claims))
    assert summary(standing(event, Context(sources=sources))) == expected


@pytest.mark.parametrize(
    ("copied", "expected"),
    [
        ((), (1, [], 1, 0)),
        ((AGENCY,), (1, [], 1, 0)),
        ((Hop(name="A minister"),), (1, ["A minister"], 0, 0)),
    ],
)
def test_a_copy_falls_with_its_original_unless_it_names_another_origin(copied, expected):
    retracted = a_claim("a", chain=(AGENCY,), retracted=True)
    around = Context(sources=copies(a=None, b="a", c="b"))
    found = standing(told(retracted, a_claim("c", chain=copied)), around)
    assert summary(found) == expected
    if found.unestablished:
        assert found.unestablished_why == ("copied from “A”, which is retracted",)


def test_a_copy_goes_back_to_the_first_origin_that_its_original_names():
    claims = (a_claim("a", chain=(AGENCY,)), a_claim("a", chain=(Hop(name="A minister"),)), a_claim("b"))
    found = standing(told(*claims), Context(sources=copies(a=None, b="a")))
    assert [origin.claims for origin in found.origins] == [(claims[0].uid, claims[2].uid), (claims[1].uid,)]


def test_an_original_stands_while_one_of_its_claims_does():
    claims = (a_claim("a", chain=(AGENCY,), retracted=True), a_claim("a", chain=(AGENCY,)), a_claim("b"))
    found = standing(told(*claims), Context(sources=copies(a=None, b="a")))
    assert summary(found) == (2, ["An agency"], 0, 0)


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        ([a_statement("t", "A minister")], ["A minister"]),
        ([a_statement("t", "A minister", "An ally")], ["A minister"]),
        ([a_statement("t", claims=(by("A spokesman"),))], ["A spokesman"]),
        ([a_statement("t", claims=(by("Nobody", retracted=True), by("A spokesman")))], ["A spokesman"]),
        ([a_statement("t")], ["Words t"]),
        ([a_statement("t", "a witness", claims=(a_claim("s", chain=(WITNESS,)),))], []),
        ([a_statement("t", claims=(a_claim("s", chain=(WITNESS,)),))], []),
        # Reported in another statement, in itself, in a circle, and in one that is not there.
        ([a_statement("t", claims=(by(statement="u"),)), a_statement("u", "An aide")], ["An aide"]),
        ([a_statement("t", claims=(by(statement="t"),))], ["Words t"]),
        (
            [a_statement("t", claims=(by(statement="u"),)), a_statement("u", claims=(by(statement="t"),))],
            ["Words u"],
        ),
        ([a_statement("t", claims=(by(statement="u"),))], ["Words t"]),
    ],
)
def test_a_claim_made_in_a_statement_goes_back_to_its_speaker(statements, expected):
    around = context_of(events=statements)
    assert summary(standing(told(by(statement="t")), around))[:2] == (1, expected)


def test_statements_made_in_each_other_are_one_origin():
    around = context_of(
        events=[a_statement("t", claims=(by(statement="u"),)), a_statement("u", claims=(by(statement="t"),))]
    )
    assert len(standing(told(by(statement="u"), by(statement="t")), around).origins) == 1


def test_the_speaker_comes_before_the_chain_and_is_the_same_origin_as_his_name():
    around = context_of(events=[a_statement("t", "A minister", "An ally")])
    found = standing(told(by("An outlet", statement="t"), by("a minister")), around)
    assert summary(found) == (2, ["A minister"], 0, 0)
    assert reasons(found)[0] == "said in the statement “Words t” by A minister and An ally"


def test_an_anonymous_speaker_is_not_established_and_it_is_said_why():
    around = context_of(events=[a_statement("t", claims=(a_claim("s", chain=(WITNESS,)),))])
    found = standing(told(by(statement="t")), around)
    assert found.unestablished_why == ("the speaker of the statement “Words t” is anonymous",)


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ({"An agency": "The state", "A minister": "the  STATE"}, 1),
        ({"An agency": "Its owner", "Its owner": "The state", "A minister": "The state"}, 1),
        ({"An agency": "A minister"}, 1),
        ({"an AGENCY": "A minister"}, 1),
        ({"An agency": "The state", "A minister": "Another state"}, 2),
        ({"An agency": "An agency"}, 2),
        ({"An agency": "A minister", "A minister": "An agency"}, 1),
        ({"An agency": "A", "A minister": "B", "A": "B", "B": "A"}, 1),
        ({}, 2),
    ],
)
def test_actors_with_a_common_parent_are_one_origin(parents, expected):
    found = standing(told(by("An agency"), by("A minister")), Context(parents=parents))
    assert len(found.origins) == expected


@pytest.mark.parametrize(
    ("second", "why"),
    [
        ("A minister", "named as the origin; A minister has the same parent The state as An agency"),
        ("The state", "named as the origin; The state stands above An agency"),
        ("AFA", "named as the origin; AFA is another name of An agency"),
        ("an agency", "named as the origin"),
    ],
)
def test_why_two_names_are_one_origin_is_said(second, why):
    actors = [
        Actor(uid="1", name="An agency", aliases=("AFA", "afa"), parent="The state"),
        Actor(uid="2", name="A minister", parent="The state"),
    ]
    (origin,) = standing(told(by("An agency"), by(second)), context_of(actors=actors)).origins
    assert origin.why == ("named as the origin", why)


def test_what_stands_below_the_first_name_is_said():
    (origin,) = standing(
        told(by("The state"), by("A minister")), Context(parents={"A minister": "The state"})
    ).origins
    assert origin.why[1] == "named as the origin; A minister belongs to The state"


def test_those_in_a_circle_of_parents_are_named_by_its_first():
    parents = {"An agency": "South", "A minister": "North", "South": "North", "North": "South"}
    (origin,) = standing(told(by("An agency"), by("A minister")), Context(parents=parents)).origins
    assert origin.why[1].endswith("A minister has the same parent North as An agency")


@pytest.mark.parametrize(
    "actors",
    [
        [Actor(uid="1", name="North", aliases=("South",)), Actor(uid="2", name="South")],
        [Actor(uid="1", name="North", aliases=("South",)), Actor(uid="2", name="West", aliases=("south",))],
    ],
)
def test_an_alias_that_may_be_another_actor_stands_for_itself(actors):
    assert len(standing(told(by("North"), by("South")), context_of(actors=actors)).origins) == 2


# By two clocks

JANUARY, FEBRUARY, MARCH = (from_edtf(f"2025-0{month}") for month in (1, 2, 3))
DATED = {
    "jan": SourceFacts(title="January", published=JANUARY),
    "feb": SourceFacts(title="February", published=FEBRUARY, derived_from="mar"),
    "mar": SourceFacts(title="March", published=MARCH),
    "never": SourceFacts(title="Never"),
    "unread": SourceFacts(title="Unread", published=unread_date("one day")),
    "since": SourceFacts(title="Since", published=from_edtf("2025-01/..")),
}


def test_only_what_was_published_by_a_day_was_known_on_it():
    around = Context(sources=DATED)
    event = told(*(a_claim(source) for source in DATED), a_claim("not in this document"))
    assert known_on(event, JANUARY.latest - 1, around) is None
    assert [claim.source for claim in known_on(event, JANUARY.latest, around).claims] == ["jan"]
    assert [claim.source for claim in known_on(event, MARCH.latest, around).claims] == ["jan", "feb", "mar"]
    assert undated_claims(event, around) == 4


def test_an_event_without_claims_was_always_known():
    event = an_event(when=MARCH)
    assert known_on(event, JANUARY.earliest, Context()) == event


def test_origins_are_counted_anew_for_each_day():
    around = Context(sources=DATED)
    event = told(a_claim("jan", chain=(WITNESS,)), a_claim("feb"), a_claim("mar", chain=(AGENCY,)))
    days = [JANUARY.earliest, JANUARY.latest, FEBRUARY.latest, MARCH.latest]
    assert [summary(standing(event, around, known_by=day)) for day in days] == [
        (0, [], 0, 0),
        (1, [], 1, 0),
        (2, [], 2, 0),  # copied from what was not yet published
        (3, ["An agency"], 1, 0),
    ]


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ([{"source": "mar"}, {"source": "feb"}], FEBRUARY),
        ([{"source": "never"}, {"source": "mar", "stance": "mentions"}], MARCH),
        ([{"source": "jan", "retracted": True}, {"source": "mar"}], MARCH),
        ([{"source": "jan", "stance": "disputes"}, {"source": "mar"}], MARCH),
        ([{"source": "never"}, {"source": "since"}], None),
        ([], None),
    ],
)
def test_when_an_event_was_first_reported(claims, expected):
    event = told(*(a_claim(**claim) for claim in claims))
    assert first_publication(event, Context(sources=DATED)) == expected


# Whatever is recorded


@given(events(), contexts(), st.integers(0, 20))
def test_every_report_is_counted_once(event, around, place):
    found = standing(event, around)
    counted = [uid for origin in found.origins for uid in origin.claims]
    reports = [claim.uid for claim in event.claims if claim.stance == "supports" and not claim.retracted]
    assert sorted([*counted, *found.unestablished]) == sorted(reports)
    assert all(len(origin.claims) == len(origin.why) for origin in found.origins)
    assert len(found.unestablished) == len(found.unestablished_why)
    rotated = replace(event, claims=event.claims[place:] + event.claims[:place])
    assert len(standing(rotated, around).origins) == len(found.origins)


@given(events(fewest=1), contexts(), st.integers(0, 20))
def test_adding_a_claim_never_lowers_the_number_of_reports(event, around, place):
    place %= len(event.claims)
    fewer = replace(event, claims=event.claims[:place] + event.claims[place + 1 :])
    assert standing(fewer, around).reports <= standing(event, around).reports


@given(events(), contexts())
def test_as_known_on_the_last_day_equals_no_restriction(event, around):
    last = max(facts.published.latest for facts in around.sources.values())
    assert known_on(event, last, around) == event
    assert standing(event, around, known_by=last) == standing(event, around)


@given(events(), contexts(), st.integers(1995, 2030), st.integers(1995, 2030))
def test_what_was_known_stays_known(event, around, earlier, later):
    first, second = sorted(from_edtf(str(year)).latest for year in (earlier, later))
    reports = [standing(event, around, known_by=day).reports for day in (first, second)]
    assert reports == sorted(reports)


# Many


def _in_a_line(number):
    return f"s{number - 1}" if number else None


@pytest.mark.parametrize("first", [None, f"s{MANY - 1}"])
def test_many_copies_of_copies_are_counted_at_once(first):
    around = Context(
        sources={
            f"s{number}": SourceFacts(title="T", derived_from=_in_a_line(number) or first)
            for number in range(MANY)
        }
    )
    event = told(*(a_claim(f"s{number}", chain=() if number else (AGENCY,)) for number in range(MANY)))
    assert _timed(event, around)[:2] == (MANY, ["An agency"])


def test_many_names_in_a_circle_of_parents_are_counted_at_once():
    around = Context(parents={f"n{number}": f"n{(number + 1) % MANY}" for number in range(MANY)})
    assert len(_timed(told(*(by(f"n{number}") for number in range(MANY))), around)[1]) == 1


def test_many_statements_made_in_each_other_are_counted_at_once():
    statements = [
        a_statement(f"t{number}", claims=(by(statement=f"t{(number + 1) % MANY}"),)) for number in range(MANY)
    ]
    event = told(*(by(statement=f"t{number}") for number in range(MANY)))
    assert len(_timed(event, context_of(events=statements))[1]) == 1


def test_many_claims_made_in_a_statement_of_many_claims_are_counted_at_once():
    statement = a_statement("t", "A minister", claims=tuple(by(f"n{number}") for number in range(MANY)))
    event = told(*(by(statement="t") for _ in range(MANY)))
    assert _timed(event, context_of(events=[statement]))[1] == ["A minister"]


def _timed(event, around):
    began = time.process_time()
    found = standing(event, around)
    assert time.process_time() - began < LIMIT
    return summary(found)


# On the real input


@pytest.fixture
def recorded(seed):
    """The events of the real input by a word of their title, and what lies around them."""
    incoming = read_bundle(seed.read_bytes(), Known())
    found = [entry.event for entry in incoming.events]

    def event(word):
        (match,) = [each for each in found if word in each.title]
        return match

    return event, context_of([entry.source for entry in incoming.sources], incoming.actors, found)


def test_a_group_of_services_is_one_origin_until_each_has_a_claim_of_its_own(recorded):
    event, around = recorded
    october = event("10,000 to 12,000")
    (claim,) = october.claims
    assert len(standing(october, around).origins) == 1
    services = ("US intelligence", "South Korean intelligence", "Ukrainian intelligence")
    claims = tuple(
        replace(claim, uid=service, chain=(Hop(name=service, anonymous=False),)) for service in services
    )
    assert [origin.name for origin in standing(replace(october, claims=claims), around).origins] == list(
        services
    )


def test_unnamed_sources_by_way_of_one_outlet_establish_nothing(recorded):
    event, around = recorded
    units = event("Motor rifle")
    assert summary(standing(units, around)) == (1, [], 1, 0)
    assert [hop.name for hop in units.claims[0].chain[1:]] == ["JoongAng"]


def test_a_source_copied_from_the_first_adds_a_report_and_no_origin(recorded):
    event, around = recorded
    october = event("10,000 to 12,000")
    (claim,) = october.claims
    copied = SourceFacts(title="A copy", derived_from=claim.source)
    around = replace(around, sources={**around.sources, "copy": copied})
    for chain in ((), claim.chain):
        both = replace(october, claims=(claim, replace(claim, uid="copied", source="copy", chain=chain)))
        found = standing(both, around)
        assert (found.reports, len(found.origins), found.unestablished) == (2, 1, ())


def test_a_statement_is_an_origin_of_what_it_is_about_once_it_is_chosen(recorded):
    event, around = recorded
    statement = event("Zelensky")
    (about,) = [link.to for link in statement.links]
    sent = event("Additional North Korean units")
    assert sent.uid == about
    before = standing(sent, around)
    claim = replace(statement.claims[0], uid="chosen", statement=statement.uid, chain=())
    after = standing(replace(sent, claims=(*sent.claims, claim)), around)
    assert [origin.name for origin in after.origins if origin not in before.origins] == ["Volodymyr Zelensky"]
    assert after.reports == before.reports + 1


def test_nothing_recorded_is_the_empty_standing():
    assert standing(an_event()) == Standing()
