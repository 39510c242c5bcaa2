from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest
from builders import a_claim, an_event
from hypothesis import given
from hypothesis import strategies as st

from viewer.domain.context import Context, SourceFacts
from viewer.domain.provenance import context_of, standing
from viewer.domain.records import Claim, Hop, Part
from viewer.graphs.drawing import drawn_graph

NAMES = ("Yonhap", "NIS", "JoongAng", "an official", "TASS")
SOURCES = tuple(f"s{number}" for number in range(8))


def measure(text, _role):
    return 6.0 * len(text)


def graph(event, context=None):
    return drawn_graph(event, context or around(), measure=measure)


def around(derived=None, **more):
    facts = {uid: SourceFacts(title=f"Paper {uid}", derived_from=(derived or {}).get(uid)) for uid in SOURCES}
    return Context(sources=facts, **more)


def said_by(*names, **fields):
    chain = tuple(Hop(name=name.strip("?"), anonymous=name.endswith("?")) for name in names)
    return a_claim(fields.pop("source", "s0"), chain=chain, **fields)


def texts(found, role="actor"):
    return sorted(node.text for node in found.nodes if node.role == role)


def joined(found, start, end):
    """Whether a line leads from a node to another, by their texts."""
    named = {node.key: node.text for node in found.nodes}
    return (start, end) in {(named[line.start], named[line.end]) for line in found.lines}


hops = st.builds(
    Hop, name=st.sampled_from(NAMES), anonymous=st.booleans(), verb=st.sampled_from([None, "said"])
)
claims = st.lists(
    st.builds(
        Claim,
        uid=st.integers(0, 10**6).map(str),
        source=st.sampled_from((*SOURCES, "unknown")),
        stance=st.sampled_from(("supports", "disputes", "mentions")),
        verb=st.sampled_from((None, "reported")),
        retracted=st.booleans(),
        statement=st.sampled_from((None, "made", "missing")),
        chain=st.lists(hops, max_size=4).map(tuple),
    ),
    max_size=60,
    unique_by=lambda claim: claim.uid,
).map(tuple)
derivations = st.dictionaries(st.sampled_from(SOURCES), st.sampled_from((*SOURCES, "unknown")))
made = an_event(uid="made", kind="statement", actors=(Part(name="NIS", role="speaker"),))


@given(claims, derivations)
def test_no_two_nodes_overlap_and_all_lie_inside(told, derived):
    found = graph(an_event(claims=told), around(derived, statements={"made": made}))
    for one, other in combinations(found.nodes, 2):
        beside = one.x + one.width <= other.x or other.x + other.width <= one.x
        assert beside or one.y + one.height <= other.y or other.y + other.height <= one.y
    for node in found.nodes:
        assert node.x >= 0
        assert node.x + node.width <= found.width
        assert node.y >= 0
        assert node.y + node.height <= found.height


@given(claims, derivations)
def test_every_claim_is_drawn_or_counted_in_the_gathered_node(told, derived):
    found = graph(an_event(claims=told), around(derived))
    drawn = [uid for node in found.nodes if node.role in ("claim", "rest") for uid in node.claims]
    assert sorted(drawn) == sorted(claim.uid for claim in told)
    assert len(found.nodes) <= 60


@given(claims, derivations)
def test_the_same_event_gives_the_same_picture(told, derived):
    event = an_event(claims=told)
    assert graph(event, around(derived)) == graph(event, around(derived))


@given(claims, derivations)
def test_what_counts_as_an_origin_is_shown_as_one(told, derived):
    event, context = an_event(claims=told), around(derived, statements={"made": made})
    found = graph(event, context)
    counted = [node for node in found.nodes if node.counted]
    assert not any(node.anonymous or node.struck for node in counted if node.role == "actor")
    if not found.gathered:
        reports = {uid for origin in standing(event, context).origins for uid in origin.claims}
        assert bool(counted) == bool(reports)


def test_ten_copies_of_one_agency_meet_in_one_origin():
    told = tuple(said_by("Yonhap", source=uid) for uid in SOURCES)
    found = graph(an_event(claims=told))
    assert texts(found) == ["Yonhap"]
    assert all(joined(found, "Yonhap", f"Paper {uid}") for uid in SOURCES)


def test_the_anonymous_are_never_taken_for_the_same():
    found = graph(an_event(claims=(said_by("officials?", source="s0"), said_by("officials?", source="s1"))))
    assert texts(found) == ["officials", "officials"]
    assert not any(node.counted for node in found.nodes)


def test_a_chain_leads_from_its_origin_through_its_hops_with_their_verbs():
    chain = (Hop(name="two officials", anonymous=True, verb="told"), Hop(name="JoongAng", verb="wrote"))
    found = graph(an_event(title="They came", claims=(a_claim("s0", chain=chain),)))
    assert joined(found, "two officials", "JoongAng")
    assert joined(found, "JoongAng", "Paper s0")
    assert joined(found, "Paper s0", "supports")
    assert joined(found, "supports", "They came")
    assert {line.label for line in found.lines} >= {"told", "wrote"}
    columns = sorted(found.nodes, key=lambda node: node.x)
    assert [node.text for node in columns] == [
        "two officials",
        "JoongAng",
        "Paper s0",
        "supports",
        "They came",
    ]


def test_an_outlet_that_ends_its_own_chain_is_not_drawn_twice():
    context = Context(sources={"s0": SourceFacts(title="Troops", publisher="JoongAng")})
    found = graph(an_event(claims=(said_by("NIS", "JoongAng"),)), context)
    assert texts(found) == ["NIS"]


def test_an_alias_is_the_same_actor():
    told = (said_by("NIS", source="s0"), said_by("National Intelligence Service", source="s1"))
    found = graph(an_event(claims=told), around(aliases={"NIS": "National Intelligence Service"}))
    assert len(texts(found)) == 1


def test_origins_with_a_common_parent_say_that_they_count_as_one():
    told = (said_by("GUR", source="s0"), said_by("Army", source="s1"))
    found = graph(an_event(claims=told), around(parents={"GUR": "Ukraine", "Army": "Ukraine"}))
    assert all("GUR, Army" in node.hint for node in found.nodes if node.role == "actor")


def test_a_copy_hangs_on_its_original_and_needs_no_origin_of_its_own():
    told = (said_by("Yonhap", source="s0"), a_claim("s1"))
    found = graph(an_event(claims=told), around({"s1": "s0"}))
    assert joined(found, "Paper s0", "Paper s1")
    assert [line.derived for line in found.lines if line.verb == "copied by"] == [True]
    assert texts(found) == ["Yonhap"]


def test_an_original_that_says_nothing_of_the_event_is_shown_all_the_same():
    found = graph(an_event(claims=(a_claim("s1"),)), around({"s1": "s0"}))
    assert texts(found, "source") == ["Paper s0", "Paper s1"]
    assert texts(found) == ["origin not recorded"]


def test_sources_copied_from_each_other_in_a_circle_are_drawn_once():
    told = tuple(a_claim(uid) for uid in SOURCES[:3])
    found = graph(an_event(claims=told), around({"s0": "s1", "s1": "s2", "s2": "s0"}))
    assert texts(found, "source") == ["Paper s0", "Paper s1", "Paper s2"]
    assert "origin not recorded" in texts(found)


def test_a_chain_that_returns_to_where_it_began_is_drawn():
    found = graph(an_event(claims=(said_by("NIS", "TASS", "NIS"),)))
    assert texts(found) == ["NIS", "TASS"]


def test_a_statement_stands_between_who_made_it_and_the_source():
    statement = replace(made, title="They are back", actors=(Part(name="Zelensky", role="speaker"),))
    told = said_by("Zelensky", statement="made")
    found = graph(an_event(claims=(told,)), around(statements={"made": statement}))
    assert joined(found, "Zelensky", "They are back")
    assert joined(found, "They are back", "Paper s0")
    assert [node.uid for node in found.nodes if node.role == "statement"] == ["made"]
    assert [node.text for node in found.nodes if node.counted] == ["Zelensky"]


def test_disputes_are_marked_and_what_was_retracted_is_struck():
    told = (
        said_by("NIS", source="s0"),
        said_by("TASS", source="s1", stance="disputes"),
        said_by("a blogger", source="s2", retracted=True),
    )
    found = graph(an_event(claims=told))
    assert {node.manner for node in found.nodes if node.role == "claim" and not node.struck} == {
        "supports",
        "disputes",
    }
    assert {node.text for node in found.nodes if node.struck} == {"a blogger", "Paper s2", "supports"}
    by_end = {line.start: line.manner for line in found.lines}
    named = {node.text: by_end[node.key] for node in found.nodes if node.role == "actor"}
    assert named == {"NIS": "supports", "TASS": "disputes", "a blogger": "retracted"}


@pytest.mark.parametrize(("stance", "word"), [("supports", "reports"), ("mentions", "claims")])
def test_of_very_many_the_rest_is_gathered_and_counted(stance, word):
    told = tuple(a_claim(f"paper {number}", stance=stance) for number in range(300))
    found = graph(an_event(claims=told))
    drawn = sum(len(node.claims) for node in found.nodes if node.role == "claim")
    assert [node.text for node in found.nodes if node.role == "rest"] == [f"… and {300 - drawn} more {word}"]
    assert len(found.nodes) <= 60


def test_another_origin_is_drawn_before_the_tenth_copy():
    told = tuple(said_by("Yonhap", source=f"paper {number}") for number in range(300))
    found = graph(an_event(claims=(*told, said_by("NIS", source="late"))))
    assert texts(found) == ["NIS", "Yonhap"]


def test_a_chain_of_a_thousand_hops_is_cut_in_its_middle():
    found = graph(an_event(claims=(said_by(*(f"relay {number}" for number in range(1000))),)))
    assert "… 990 more hops" in texts(found)
    assert len(texts(found)) == 11


def test_ten_thousand_claims_are_counted_in_no_time():
    told = tuple(said_by(f"official {number % 900}", source=f"paper {number}") for number in range(10_000))
    found = graph(an_event(claims=told))
    drawn = [uid for node in found.nodes if node.role in ("claim", "rest") for uid in node.claims]
    assert len(set(drawn)) == 10_000


def test_long_names_are_cut_and_kept_whole_beside():
    name = "Ministry of Defence " * 20
    node = next(node for node in graph(an_event(claims=(said_by(name),))).nodes if node.role == "actor")
    assert node.lines[0].endswith("…")
    assert name in node.hint
    assert node.width <= 240


def test_an_event_without_claims_is_a_graph_of_itself():
    found = graph(an_event(title="Nobody says so"))
    assert [node.text for node in found.nodes] == ["Nobody says so"]


def test_the_sample_draws_each_event(sample_document):
    store = sample_document.store
    context = context_of(store.sources(), store.actors(), store.events())
    for event in store.events():
        found = graph(event, context)
        assert sum(len(node.claims) for node in found.nodes if node.role == "claim") == len(event.claims)
