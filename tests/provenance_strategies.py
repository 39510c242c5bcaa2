"""Events and what lies around them, drawn at random, with every circle that a stranger's file may hold."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from viewer.domain.dates import from_edtf
from viewer.domain.provenance import Context, SourceFacts
from viewer.domain.quantities import Quantity
from viewer.domain.records import STANCES, Claim, Event, Hop, Part

SOURCES = tuple(f"s{number}" for number in range(5))
STATEMENTS = tuple(f"t{number}" for number in range(3))
NAMES = ("An agency", "an agency", "A minister", "The state", "A witness")

years = st.integers(1995, 2030).map(lambda year: from_edtf(str(year)))
dates = st.one_of(
    years,
    st.sampled_from(
        (
            "2010/..",
            "../2005",
            "2001/2003",
            "2004-02",
            "2004-02-03",
            "2004-02-04T01:00:00Z",
            "2004-02-03T23:00:00Z",
        )
    ).map(from_edtf),
)
quantities = st.builds(
    lambda low, more, qualifier, unit, measure: Quantity(
        low=None if qualifier == "at_most" else low,
        high=None if qualifier == "at_least" else low + more,
        qualifier=qualifier,
        unit=unit,
        measure=measure,
    ),
    st.integers(0, 30),
    st.integers(0, 3),
    st.sampled_from(("exact", "between", "at_most", "at_least", "nearly")),
    st.sampled_from((None, "soldiers", "Soldiers", "tanks")),
    st.sampled_from((None, "deployed", "losses")),
)
chains = st.lists(
    st.builds(Hop, name=st.sampled_from(NAMES), anonymous=st.sampled_from((None, False, True))), max_size=2
).map(tuple)
claims = st.builds(
    Claim,
    uid=st.just(""),
    source=st.sampled_from(SOURCES),
    stance=st.sampled_from((*STANCES, "supports")),
    retracted=st.sampled_from((False, False, True)),
    when=st.none() | dates,
    quantity=st.none() | quantities,
    statement=st.none() | st.sampled_from(STATEMENTS),
    chain=chains,
)


def events(uid="event", fewest=0, most=8, **fields):
    """Events whose claims have uids of their own."""
    return st.builds(
        lambda drawn, when, quantity: Event(
            uid=uid,
            kind="deployment",
            title=uid,
            when=when,
            quantity=quantity,
            claims=tuple(replace(claim, uid=f"{uid}-{number}") for number, claim in enumerate(drawn)),
            **fields,
        ),
        st.lists(claims, min_size=fewest, max_size=most),
        st.none() | dates,
        st.none() | quantities,
    )


@st.composite
def contexts(draw):
    """Contexts in which every source has a date of publication."""
    sources = {
        uid: SourceFacts(
            title=uid,
            derived_from=draw(st.none() | st.sampled_from(SOURCES)),
            published=draw(years),
            reliability=draw(st.none() | st.sampled_from("ACF")),
        )
        for uid in SOURCES
    }
    statements = {
        uid: draw(
            events(
                uid,
                most=2,
                actors=tuple(
                    Part(name=name, role="speaker")
                    for name in draw(st.lists(st.sampled_from(NAMES), max_size=1))
                ),
            )
        )
        for uid in STATEMENTS
    }
    parents = draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(NAMES), max_size=3))
    return Context(sources=sources, parents=parents, statements=statements)
