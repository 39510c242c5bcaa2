"""Filters: each criterion by itself, all together, and fuzzy dates possibly or certainly."""

from __future__ import annotations

import pytest
from builders import a_claim, a_source, an_event
from hypothesis import given
from hypothesis import strategies as st
from record_strategies import EDTF

from viewer.document import Document
from viewer.domain.calendar import seconds
from viewer.domain.dates import from_edtf, read_date, unread_date
from viewer.domain.filters import Filter
from viewer.domain.records import Actor, Part, Place
from viewer.drafting import Drafting
from viewer.storage.finding import matching_ids


def found(document, **criteria):
    """The uids that a filter shows, in its order."""
    matching = document.matching(Filter(**criteria))
    events = [event.uid for event in document.store.events(matching.ids)]
    assert len(events) + matching.hidden == len(document.store.event_ids())
    return events


def period(since=None, until=None, **more):
    return {
        "earliest": None if since is None else read_date(since).earliest,
        "latest": None if until is None else read_date(until).latest,
        **more,
    }


@pytest.fixture
def people(document):
    """Three events with actors, places, tags and sources of their own."""
    drafting = Drafting(document.store)
    drafting.meet_actors([Actor(uid="a", name="North Korea", aliases=("DPRK", 'the "North"'))])
    drafting.meet_places([Place(uid="p", name="Kursk_Oblast", aliases=("Koursk",))])
    document.do(drafting.edit("Names"))
    paper = a_source(uid="paper-1", title="The Daily 100%", publisher="Daily House")
    agency = a_source(uid="agency-1", title="Agency wire", publisher=None)
    document.save_event(
        an_event(
            uid="arrive", place="Kursk_Oblast", tags=("rail",), claims=(a_claim(paper),),
            actors=(Part(name="North Korea", role="force"),),
        ),
        new_sources=[paper, agency],
    )  # fmt: skip
    document.save_event(
        an_event(
            uid="leave", kind="withdrawal", origin="Kursk_Oblast", place="Moscow", tags=("rail", "air"),
            claims=(a_claim(agency), a_claim(paper)),
        )
    )  # fmt: skip
    document.save_event(
        an_event(uid="say", kind="statement", actors=(Part(name="Minister", role="speaker"),))
    )
    return document


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        ({}, ["arrive", "leave", "say"]),
        ({"kinds": frozenset({"deployment"})}, ["arrive"]),
        ({"kinds": frozenset({"deployment", "statement"})}, ["arrive", "say"]),
        ({"kinds": frozenset()}, []),
        ({"kinds": frozenset({"no such kind"})}, []),
        ({"actor": "north"}, ["arrive"]),
        ({"actor": "DPRK"}, ["arrive"]),
        ({"actor": 'the "N'}, ["arrive"]),
        ({"actor": "["}, []),
        ({"actor": '"'}, ["arrive"]),
        ({"actor": "minister"}, ["say"]),
        ({"actor": "%"}, []),
        ({"place": "kursk"}, ["arrive", "leave"]),
        ({"place": "Koursk"}, ["arrive", "leave"]),
        ({"place": "kursk-oblast"}, []),
        ({"place": "t_o"}, []),
        ({"place": "k_o"}, ["arrive", "leave"]),
        ({"place": "Moscow"}, ["leave"]),
        ({"source": "daily"}, ["arrive", "leave"]),
        ({"source": "Daily House"}, ["arrive", "leave"]),
        ({"source": "100%"}, ["arrive", "leave"]),
        ({"source": "agency-1"}, ["leave"]),
        ({"source": "agency-"}, ["leave"]),
        ({"source": "gency-1"}, []),
        ({"tag": "rail"}, ["arrive", "leave"]),
        ({"tag": "air"}, ["leave"]),
        ({"tag": "ra"}, []),
        ({"text": "soldiers train"}, ["arrive", "leave", "say"]),
        ({"text": "officials"}, ["arrive", "leave"]),
        ({"text": "nowhere"}, []),
        ({"tag": "rail", "actor": "North", "place": "Kursk", "source": "paper", "text": "3,000"}, ["arrive"]),
        ({"tag": "rail", "kinds": frozenset({"statement"})}, []),
    ],
)  # fmt: skip
def test_each_criterion(people, criteria, expected):
    assert found(people, **criteria) == expected


DATED = {
    "day": "2025-02-19",
    "month": "2025-02",
    "year": "2025",
    "week": "[2025-02-01..2025-02-07]",
    "before": "[..2024-10-31]",
    "after": "[2025-03-01..]",
    "ongoing": "2024-12/..",
    "ended": "/2025-01-15",
    "ancient": "Y-280000000000",
}


@pytest.fixture
def dated(document):
    """Events of every sort of extent, one whose wording is not understood and one without a date."""
    for uid, edtf in DATED.items():
        document.save_event(an_event(uid=uid, when=from_edtf(edtf)))
    document.save_event(an_event(uid="unread", when=unread_date("one of those days")))
    document.save_event(an_event(uid="undated"))
    return document


@pytest.mark.parametrize(
    ("since", "until", "possibly", "certainly"),
    [
        ("2025-02", "2025-02", "day month year week ongoing", "day month week"),
        ("2025-02-05", "2025-02-10", "month year week ongoing", ""),
        ("2025-02-19", "2025-02-19", "day month year ongoing", "day"),
        ("2025", None, "day month year week after ongoing ended", "day month year week after"),
        (None, "2024-11", "before ended ancient", "before ancient"),
        (None, "2025-01", "year before ongoing ended ancient", "before ended ancient"),
        ("2026", None, "after ongoing", ""),
        ("Y-290000000000", "2024", "before ongoing ended ancient", "ancient"),
        (None, None, " ".join((*DATED, "unread undated")), " ".join((*DATED, "unread undated"))),
    ],
)  # fmt: skip
def test_a_period_possibly_and_certainly(dated, since, until, possibly, certainly):
    assert set(found(dated, **period(since, until))) == set(possibly.split())
    assert set(found(dated, **period(since, until), certainly=True)) == set(certainly.split())


@pytest.mark.parametrize(
    ("edtf", "possibly", "certainly"),
    [
        ("{1960,1961-12}", True, True),
        ("{1960,1975}", True, False),
        ("[1958,1960]", True, False),
        ("1960/", True, False),
        ("/1960", True, False),
        ("1960/..", True, False),
        ("[..1960]", True, False),
        ("1970/", False, False),
        ("[..1950]", False, False),
        ("XXXX-10", False, False),
    ],
)
def test_sets_and_ends_that_are_open_or_unknown(document, edtf, possibly, certainly):
    document.save_event(an_event(uid="e", when=from_edtf(edtf)))
    sixties = period("1959", "1965")
    assert bool(found(document, **sixties)) is possibly
    assert bool(found(document, **sixties, certainly=True)) is certainly


def test_the_order_is_that_of_time_with_the_undated_last(dated):
    assert found(dated) == [
        "before", "ancient", "ongoing", "year", "week", "month", "day", "after", "ended", "unread", "undated",
    ]  # fmt: skip


@given(
    st.sampled_from(EDTF),
    st.tuples(st.integers(1900, 2030), st.integers(0, 30)),
    st.booleans(),
    st.booleans(),
)
def test_certainly_is_never_more_than_possibly(document, edtf, years, has_start, has_end):
    document.save_event(an_event(uid="e", when=from_edtf(edtf)))
    first, length = years
    wanted = Filter(
        earliest=seconds(first) if has_start else None,
        latest=seconds(first + length) if has_end else None,
    )
    certainly = Filter(earliest=wanted.earliest, latest=wanted.latest, certainly=True)
    assert set(matching_ids(document.store, certainly)) <= set(matching_ids(document.store, wanted))


def test_a_search_limits_what_a_filter_shows(people: Document):
    ids = people.store.event_ids()
    assert matching_ids(people.store, Filter(tag="rail"), among=[ids[1], ids[2]]) == [ids[1]]
    assert matching_ids(people.store, Filter(), among=[]) == []
